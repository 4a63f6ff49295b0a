"""Booking in steps: service, add-ons, technician, time, who, look it over, booked. Works without a script."""

import hashlib
import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext as _

from salon import clock
from salon.domain.errors import InvalidRequest, MassageNotOffered, StartRefused
from salon.i18n import NAMES, language
from salon.usecases import booking, menu, salons
from salon.usecases.booking import Booked, BookingRequest
from salon.usecases.clients import Contact
from salon.usecases.idempotency import Once
from salon.usecases.throttle import check_tries
from salon.web import formats
from salon.web.access import Audience, actor, audience, client_address
from salon.web.api.public import BOOKINGS_AN_HOUR
from salon.web.client_frame import Money, frame, greet, here, in_words
from salon.web.messages import field_message, problem_title
from salon.web.public.blueprint import public
from salon.web.public.choice import ANYONE, Chosen, read_choice
from salon.web.public.forms import ContactForm
from salon.web.public.times import soonest, time_page
from salon.web.public.views import menu_shown, policy_words
from salon.web.shell import current_locale

STEPS = 5
_FIELDS = ("name", "phone", "email", "locale", "age_band", "note")


def _chosen() -> Chosen:
    facts = salons.read_salon(actor())
    greet(facts)
    return read_choice(request.values, facts, menu.read_menu(actor()))


@public.get("/<salon>/book")
@audience(Audience.PUBLIC)
def book(salon: str) -> str:
    """The first step that is still open."""
    chosen = _chosen()
    if chosen.service is None:
        return _page("service", chosen, menu=_services(chosen))
    if not chosen.has_addons:
        return _addons(chosen)
    if chosen.technician is None:
        return _technicians(chosen)
    if chosen.start is None:
        return _page("time", chosen, **time_page(chosen))
    return _details(chosen, ContactForm(formdata=None, locale=language()))


@public.post("/<salon>/book")
@audience(Audience.PUBLIC)
def book_post(salon: str) -> Response | str:
    """Look the details over, go back to them, or book."""
    chosen = _chosen()
    if chosen.service is None or chosen.start is None or chosen.technician is None:
        return book_missing(chosen)
    form = ContactForm()
    form.offer_languages(chosen.salon.locales)
    if request.form.get("back") == "details":
        return _details(chosen, form)
    if request.form.get("once"):
        return _book(chosen, form)
    faults = _faults(chosen, form)
    return make_response(_details(chosen, form), 422) if faults else _review(chosen, form)


def book_missing(chosen: Chosen) -> Response:
    """Answer a form whose earlier steps are missing: begin with the first of them."""
    answer = make_response("", 303)
    answer.headers["Location"] = chosen.url()
    return answer


def _faults(chosen: Chosen, form: ContactForm) -> bool:
    """Check the contact as the use case will; write what is wrong beside each field."""
    try:
        booking.check_contact_shape(_contact(form), chosen.salon, chosen.service)
    except InvalidRequest as error:
        show_faults(form, error)
        return True
    return False


def show_faults(form: ContactForm, error: InvalidRequest) -> None:
    """Write what is wrong beside the fields; a fault without a field of its own goes to the name."""
    for path, code in error.fields:
        field = getattr(form, path.rsplit(".", 1)[-1], form.name)
        field.errors = [*field.errors, field_message(code)]


def _contact(form: ContactForm) -> Contact:
    return Contact(
        name=form.name.data or "",
        phone=form.phone.data or None,
        email=form.email.data or None,
        locale=form.locale.data or None,
        age_band=form.age_band.data or None,
    )


def _book(chosen: Chosen, form: ContactForm) -> Response | str:
    check_tries(f"booking {client_address()}", most=BOOKINGS_AN_HOUR, minutes=60, now=clock.now())
    kept = "\n".join(f"{name}={value}" for name, value in sorted(_kept(chosen, form)))
    once = Once(request.form["once"][:80], hashlib.sha256(kept.encode()).hexdigest())
    assert chosen.start is not None  # noqa: S101 - book_post has seen to it
    wanted = BookingRequest(
        wish=chosen.wish, start=chosen.start, contact=_contact(form), note=form.note.data or None, once=once
    )
    try:
        made = booking.book_online(actor(), wanted, now=clock.now())
    except StartRefused as refused:
        return make_response(_lost(chosen, form, refused), refused.status)
    except InvalidRequest as error:
        show_faults(form, error)
        return make_response(_details(chosen, form), error.status)
    except MassageNotOffered as error:
        form.name.errors = [problem_title(error)]
        return make_response(_details(chosen, form), error.status)
    return _booked(chosen, made, form.email.data or "")


def _page(step: str, chosen: Chosen, *, lost: dict[str, Any] | None = None, **shown: Any) -> str:
    return render_template(
        f"public/book_{step}.html", salon=frame(chosen.salon), trail=_trail(step, chosen), lost=lost, **shown
    )


def _trail(step: str, chosen: Chosen) -> dict[str, Any]:
    order = ("service", "addons", "technician", "time", "details", "review")
    number = min(max(order.index(step), 1), STEPS) if step != "service" else 1
    slug = chosen.salon.slug
    things: list[dict[str, str]] = []
    if chosen.service:
        added = [in_words(addon.name) for addon in chosen.service.addons if addon.key in chosen.addons]
        note = _("with %(addons)s", addons=", ".join(added)) if added else ""
        again = url_for("public.book", salon=slug) if len(chosen.menu) > 1 else ""
        things.append({"text": in_words(chosen.service.name), "note": note, "change_url": again})
    if chosen.technician:
        name = chosen.person.name if chosen.person else _("Anyone who is free")
        several = chosen.service is not None and len(chosen.service.technicians) > 1
        url = chosen.url(technician=None, start=None) if several else ""
        things.append({"text": name, "note": "", "change_url": url})
    if chosen.start and step == "details":
        at = here(chosen.salon, chosen.start)
        words = f"{formats.day(at, current_locale())}, {formats.clock(at, current_locale())}"
        things.append({"text": words, "note": "", "change_url": chosen.url(start=None)})
    return {
        "step": number,
        "steps": STEPS,
        "back_url": _back(step, chosen),
        "minutes": chosen.minutes or None,
        "price": Money(chosen.price_minor, chosen.salon.currency),
        "chosen": things,
        "held_until": None,
    }


def _back(step: str, chosen: Chosen) -> str:
    if step == "details":
        return chosen.url(start=None)
    if step == "time" and chosen.service and len(chosen.service.technicians) > 1:
        return chosen.url(technician=None)
    if step in ("time", "technician") and chosen.service and chosen.service.addons:
        return chosen.url(technician=None, has_addons=False, addons=())
    if step != "service" and len(chosen.menu) > 1:
        return url_for("public.book", salon=chosen.salon.slug)
    return url_for("public.salon_page", salon=chosen.salon.slug)


def _services(chosen: Chosen) -> list[dict[str, Any]]:
    return menu_shown(chosen.salon, chosen.menu)


def _addons(chosen: Chosen) -> str:
    assert chosen.service is not None  # noqa: S101 - the step before
    rows = [
        {
            "value": addon.key,
            "label": in_words(addon.name),
            "note": _("+%(count)s min", count=addon.duration_min),
            "figure": formats.money(Money(addon.price_minor, chosen.salon.currency), current_locale()),
            "is_chosen": addon.key in chosen.addons,
            "data": {"minutes": addon.duration_min, "minor": addon.price_minor},
        }
        for addon in chosen.service.addons
    ]
    keep = [("service", chosen.service.key), ("with", "yes")]
    return _page("addons", chosen, addons=rows, keep=keep, action=url_for("public.book", salon=chosen.salon.slug))


def _technicians(chosen: Chosen) -> str:
    assert chosen.service is not None  # noqa: S101 - the step before
    locale = current_locale()
    prices = {person.price_minor for person in chosen.service.technicians}
    people = [
        {
            "name": person.name,
            "url": chosen.url(technician=person.key),
            "speaks": ", ".join(locale.languages.get(code, code) for code in person.languages),
            "next_words": "",
            "minutes": person.duration_min,
            "price": Money(person.price_minor, chosen.salon.currency) if len(prices) > 1 else None,
        }
        for person in chosen.service.technicians
    ]
    anyone = {"url": chosen.url(technician=ANYONE), "next_words": ""}
    return _page("technician", chosen, anyone=anyone, technicians=people)


def _asks_age(chosen: Chosen) -> bool:
    return chosen.service is not None and (
        chosen.service.minimum_age > 0 or chosen.service.massage_kind not in (None, "manicure")
    )


def _details(chosen: Chosen, form: ContactForm, *, lost: dict[str, Any] | None = None) -> str:
    form.offer_languages(chosen.salon.locales)
    return _page(
        "details",
        chosen,
        lost=lost,
        form=form,
        action=url_for("public.book_post", salon=chosen.salon.slug),
        keep=chosen.values(),
        asks_age=_asks_age(chosen),
    )


def _kept(chosen: Chosen, form: ContactForm) -> list[tuple[str, str]]:
    typed = [(name, str(getattr(form, name).data or "")) for name in _FIELDS]
    return [*chosen.values(), *((name, value) for name, value in typed if value)]


def _review(chosen: Chosen, form: ContactForm) -> str:
    assert chosen.service is not None  # noqa: S101 - book_post has seen to it
    assert chosen.start is not None  # noqa: S101 - book_post has seen to it
    start = here(chosen.salon, chosen.start)
    end = here(chosen.salon, chosen.start + timedelta(minutes=chosen.minutes))
    added = [addon for addon in chosen.service.addons if addon.key in chosen.addons]
    currency = chosen.salon.currency
    base = chosen.price_minor - sum(addon.price_minor for addon in added)
    bill = [
        (in_words(chosen.service.name), Money(base, currency)),
        *((in_words(addon.name), Money(addon.price_minor, currency)) for addon in added),
    ]
    if len(bill) > 1:
        bill.append((_("Together"), Money(chosen.price_minor, currency)))
    technician = chosen.person.name if chosen.person else _("anyone who is free")
    visit = {
        "start": start,
        "end": end,
        "service": in_words(chosen.service.name),
        "addons": [in_words(addon.name) for addon in added],
        "technician": technician,
        "needs_intake": chosen.service.massage_kind is not None,
        "person": form.name.data,
        "reached_at": [reach for reach in (form.phone.data, form.email.data) if reach],
        "language": NAMES.get(form.locale.data or "", form.locale.data or NAMES[language()]),
        "note": form.note.data or "",
    }
    label = _("Book %(time)s with %(name)s", time=formats.clock(start, current_locale()), name=technician)
    return _page(
        "review",
        chosen,
        visit=visit,
        bill=bill,
        label=label,
        policy=policy_words(chosen.salon),
        action=url_for("public.book_post", salon=chosen.salon.slug),
        edit_url=chosen.url(),
        keep=[*_kept(chosen, form), ("once", secrets.token_urlsafe(18))],
    )


def _lost(chosen: Chosen, form: ContactForm, refused: StartRefused) -> str:
    """Show the details again with everything typed, and the nearest times that keep it all as well."""
    again = replace(chosen, start=None)
    rows = soonest(chosen, refused.alternatives)
    for row, slot in zip(rows, refused.alternatives, strict=True):
        row["start_value"] = replace(chosen, start=slot.start).values()[-1][1]
    return _details(again, form, lost={"text": problem_title(refused), "nearest": rows})


def _booked(chosen: Chosen, made: Booked, email: str) -> str:
    names = {person.key: person.name for person in (chosen.service.technicians if chosen.service else ())}
    visit = {
        "reference": made.reference,
        "start": here(chosen.salon, made.start),
        "end": here(chosen.salon, made.end),
        "service": in_words(chosen.service.name) if chosen.service else "",
        "addons": [
            in_words(a.name) for a in (chosen.service.addons if chosen.service else ()) if a.key in chosen.addons
        ],
        "technician": names.get(made.technician, made.technician),
        "price": Money(made.price_minor, made.currency),
        "url": url_for("visit.my_visit", token=made.visit_token),
        "calendar_url": url_for("visit.calendar", token=made.visit_token),
        "written_to": email,
    }
    intake = {"status": made.intake_status, "url": url_for("intake.start", token=made.intake_token)}
    return render_template("public/booked.html", salon=frame(chosen.salon), visit=visit, intake=intake)
