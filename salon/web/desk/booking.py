"""A new visit at the desk: for a known client or a new one; outside the rules only with a reason."""

from datetime import datetime, time
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, SelectMultipleField, StringField, TimeField
from wtforms.fields.choices import SelectChoice

from salon import clock
from salon.domain.errors import InvalidRequest, MassageNotOffered, StartRefused
from salon.domain.time import instant_at
from salon.i18n import NAMES
from salon.usecases import booking, menu, salons
from salon.usecases import desk as desk_cases
from salon.usecases.booking import BookingRequest
from salon.usecases.clients import Contact
from salon.usecases.diary import Wish
from salon.usecases.menu import MenuService
from salon.usecases.salons import SalonFacts
from salon.web import formats
from salon.web.access import Audience, actor, audience
from salon.web.client_frame import here, in_words
from salon.web.desk.blueprint import DESK_ROLES, desk
from salon.web.messages import field_message, problem_title
from salon.web.shell import current_locale
from salon.web.staff_frame import staff_pages

ANYONE = ""


class VisitForm(FlaskForm):
    """Who, what, when; what is wrong with them the use case says."""

    client_key = StringField(_l("Known client"))
    name = StringField(_l("Name"))
    phone = StringField(_l("Phone"))
    email = StringField(_l("E-mail"))
    locale = SelectField(_l("Language"), validate_choice=False)
    service = SelectField(_l("Service"), validate_choice=False)
    addons = SelectMultipleField(_l("Add-ons"), validate_choice=False)
    technician = SelectField(_l("With"), validate_choice=False)
    on = DateField(_l("Day"))
    at = TimeField(_l("Time"))
    note = StringField(_l("Note"))
    reason = StringField(_l("Reason, if outside hours or notice"))

    def offer_choices(self, salon: SalonFacts, lines: tuple[MenuService, ...]) -> None:
        """Offer the salon's services, team and languages."""
        people = {person.key: person.name for line in lines for person in line.technicians}
        added = {addon.key: in_words(addon.name) for line in lines for addon in line.addons}
        self.service.choices = [SelectChoice(line.key, in_words(line.name)) for line in lines]
        self.addons.choices = [SelectChoice(key, name) for key, name in added.items()]
        self.technician.choices = [SelectChoice(ANYONE, _("Whose turn it is"))]
        self.technician.choices += [SelectChoice(key, name) for key, name in people.items()]
        self.locale.choices = [SelectChoice(code, NAMES[code]) for code in salon.locales]


@desk.get("/book")
@audience(Audience.MEMBER, *DESK_ROLES)
def new_visit() -> str:
    """The form, with the clients that a search finds."""
    facts = salons.read_salon(actor())
    now = here(facts, clock.now())
    form = VisitForm(formdata=None, on=facts.local_date(now), at=time(now.hour, 0), locale=facts.locales[0])
    asked = request.args.get("day", "")
    if asked:
        form.on.process_formdata([asked])
        form.on.process_errors = []
    known = request.args.get("client", "")
    form.client_key.data = known
    return _page(facts, form)


@desk.post("/book")
@audience(Audience.MEMBER, *DESK_ROLES)
def book_visit() -> Response | str:
    """Book, or show what is wrong with everything typed still there."""
    facts = salons.read_salon(actor())
    form = VisitForm()
    if form.on.data is None or form.at.data is None:
        for field in (form.on, form.at):
            if field.data is None:
                field.errors = [field_message("required")]
        return make_response(_page(facts, form), 422)
    try:
        made = booking.book_at_desk(actor(), _wanted(form, facts), now=clock.now())
    except StartRefused as refused:
        form.at.errors = [problem_title(refused)]
        return make_response(_page(facts, form, refused), refused.status)
    except InvalidRequest as error:
        _show(form, error)
        return make_response(_page(facts, form), error.status)
    except MassageNotOffered as error:
        form.service.errors = [problem_title(error)]
        return make_response(_page(facts, form), error.status)
    flash(_("Booked."), "ok")
    return redirect(url_for("desk.visit", reference=made.reference), 303)  # type: ignore[return-value]


def _wanted(form: VisitForm, facts: SalonFacts) -> BookingRequest:
    start = instant_at(datetime.combine(form.on.data, form.at.data), facts.zone)
    typed = Contact(
        name=form.name.data or "",
        phone=form.phone.data or None,
        email=form.email.data or None,
        locale=form.locale.data or None,
    )
    known = (form.client_key.data or "").strip() or None
    return BookingRequest(
        wish=Wish(form.service.data or "", tuple(form.addons.data or ()), form.technician.data or None),
        start=start,
        contact=None if known else typed,
        client_key=known,
        note=form.note.data or None,
        override_reason=form.reason.data or None,
    )


def _show(form: VisitForm, error: InvalidRequest) -> None:
    places = {"start": form.at, "override.reason": form.reason, "note": form.note}
    for path, code in error.fields:
        field = places.get(path) or getattr(form, path.rsplit(".", 1)[-1], form.name)
        field.errors = [field_message(code)]


def _page(facts: SalonFacts, form: VisitForm, refused: StartRefused | None = None) -> str:
    form.offer_choices(facts, menu.read_menu(actor()))
    words = request.values.get("find", "")
    locale = current_locale()

    def slot_words(start: datetime) -> str:
        local = here(facts, start)
        return f"{formats.day_short(local, locale)}, {formats.clock(local, locale)}"

    clients = [
        {"key": one.key, "name": one.name, "reach": " ".join(part for part in (one.phone, one.email) if part)}
        for one in (desk_cases.find_clients(actor(), words) if words else [])
    ]
    shown: dict[str, Any] = {
        "form": form,
        "find": words,
        "clients": clients,
        "action": url_for("desk.book_visit"),
        "search_url": url_for("desk.new_visit"),
        "nearest": [
            {
                "on": here(facts, slot.start).date().isoformat(),
                "at": f"{here(facts, slot.start):%H:%M}",
                "words": slot_words(slot.start),
            }
            for slot in (refused.alternatives if refused else ())
        ],
        "back": {"url": url_for("desk.day"), "label": _("The day")},
    }
    return render_template("desk/book.html", **staff_pages(facts, "desk.new_visit"), **shown)
