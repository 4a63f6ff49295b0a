"""One visit at the desk, and what can be done about it: each a plain post that comes back here."""

from collections.abc import Callable
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from salon import clock
from salon.domain.errors import InvalidRequest, NotFound, SalonError
from salon.domain.time import BadTime, parse_date
from salon.usecases import appointments, doctors_note, service_change
from salon.usecases import desk as desk_cases
from salon.usecases.desk import DeskVisit
from salon.web.access import Audience, actor, audience
from salon.web.client_frame import Money, here, in_words
from salon.web.desk.blueprint import DESK_ROLES, action_shown, desk
from salon.web.desk.views import is_open, status_words
from salon.web.messages import field_message, problem_title
from salon.web.staff_frame import staff_pages


def _intake_words(status: str) -> str:
    words = {
        "missing": _("Form not answered"),
        "valid": _("Form complete"),
        "expired": _("Form too old"),
        "day_of_due": _("Questions of the day are due"),
    }
    return str(words.get(status, ""))


@desk.get("/appointments/<reference>")
@audience(Audience.MEMBER, *DESK_ROLES)
def visit(reference: str) -> str:
    """One visit: time, service, state, one neutral action, and the buttons its state allows."""
    return _page(reference)


def _page(reference: str, *, doctor_error: str = "", dated_on: str = "") -> str:
    found = desk_cases.read_visit(actor(), reference, now=clock.now())
    pages = staff_pages(found.salon, "desk.visit")
    on = found.salon.local_date(found.row.start)
    return render_template(
        "desk/appointment.html",
        **pages,
        chosen=_chosen(found, doctor_error, dated_on),
        back={"url": url_for("desk.day", day=on), "label": _("The day")},
    )


def _chosen(found: DeskVisit, doctor_error: str, dated_on: str) -> dict[str, Any]:
    row, salon, now = found.row, found.salon, clock.now()
    today = salon.local_date(now).isoformat()
    asks_note = is_open(row) and row.action == "doctors_note"
    may_change = row.status in ("requested", "booked", "checked_in")
    return {
        "client": row.client_name,
        "reference": row.reference,
        "facts": [fact for fact in (found.phone, found.email) if fact],
        "start": here(salon, row.start),
        "end": here(salon, row.end),
        "technician": row.technician.name,
        "station": row.station.name if row.station else "",
        "service": in_words(row.service.name),
        "addons": [in_words(addon.name) for addon in row.addons],
        "price": Money(found.price_minor, salon.currency),
        "note": found.note,
        "status_word": status_words(row, now),
        "intake_word": _intake_words(row.intake_status),
        "action": action_shown(row.action) if row.has_massage and is_open(row) else None,
        "moves": _moves(row.status, row.reference),
        "change": _change(found) if may_change else None,
        "send_link": {"label": _("Send the form again"), "action": url_for("desk.send_link", reference=row.reference)}
        if may_change and row.intake_status != "not_required"
        else None,
        "doctor_ok": {
            "action": url_for("desk.doctor_ok", reference=row.reference),
            "dated_on": dated_on or today,
            "latest": today,
            "error": doctor_error,
        }
        if asks_note
        else None,
        "history": [],
    }


def _moves(status: str, reference: str) -> list[dict[str, Any]]:
    offered = {
        "booked": (("desk.check_in", _("Check in")), ("desk.no_show", _("Did not come")), ("desk.cancel", _("Cancel"))),
        "checked_in": (("desk.cancel", _("Cancel")),),
        "requested": (("desk.cancel", _("Cancel")),),
    }
    return [
        {"label": label, "action": url_for(endpoint, reference=reference), "values": [], "is_main": number == 0}
        for number, (endpoint, label) in enumerate(offered.get(status, ()))
    ]


def _change(found: DeskVisit) -> dict[str, Any] | None:
    if found.instead is None:
        return None
    key, name, _price = found.instead
    return {
        "label": _("Change to %(service)s", service=in_words(name)),
        "action": url_for("desk.change_service", reference=found.row.reference),
        "values": [("service", key)],
    }


def _back(reference: str) -> Response:
    if request.args.get("back") == "day":  # pressed on the list: the list is where she works
        found = desk_cases.read_visit(actor(), reference, now=clock.now())
        return redirect(url_for("desk.day", day=found.salon.local_date(found.row.start)), 303)  # type: ignore[return-value]
    here_again = url_for("desk.visit", reference=reference)
    return redirect(here_again, 303)  # type: ignore[return-value]


def _done(reference: str, said: str) -> Response:
    flash(said, "ok")
    return _back(reference)


def _try(reference: str, act: Callable[[], object], said: str) -> Response:
    """Do it and say so, or say why not; what is not in this salon stays a 404."""
    try:
        act()
    except NotFound:
        raise
    except SalonError as error:
        flash(problem_title(error), "info")
        return _back(reference)
    return _done(reference, said)


@desk.post("/appointments/<reference>/check-in")
@audience(Audience.MEMBER, *DESK_ROLES)
def check_in(reference: str) -> Response:
    """The client is here."""
    return _try(reference, lambda: appointments.check_in(actor(), reference, now=clock.now()), _("Checked in."))


@desk.post("/appointments/<reference>/no-show")
@audience(Audience.MEMBER, *DESK_ROLES)
def no_show(reference: str) -> Response:
    """The client did not come."""
    said = _("Noted. The time is free again.")
    return _try(reference, lambda: appointments.mark_no_show(actor(), reference, now=clock.now()), said)


@desk.post("/appointments/<reference>/cancel")
@audience(Audience.MEMBER, *DESK_ROLES)
def cancel(reference: str) -> Response:
    """Cancel for the client."""
    said = _("Cancelled. The time is free again.")
    return _try(reference, lambda: appointments.cancel(actor(), reference, now=clock.now()), said)


@desk.post("/appointments/<reference>/change-service")
@audience(Audience.MEMBER, *DESK_ROLES)
def change_service(reference: str) -> Response:
    """Change to the service without massage."""
    service, said = request.form.get("service", ""), _("Changed to the service without massage.")
    return _try(reference, lambda: service_change.change_service(actor(), reference, service, now=clock.now()), said)


@desk.post("/appointments/<reference>/intake-link")
@audience(Audience.MEMBER, *DESK_ROLES)
def send_link(reference: str) -> Response:
    """Send the client a fresh link to the health check."""
    desk_cases.send_intake_link(actor(), reference, now=clock.now())
    return _done(reference, _("The link is on its way."))


@desk.post("/appointments/<reference>/doctor-ok")
@audience(Audience.MEMBER, *DESK_ROLES)
def doctor_ok(reference: str) -> Response:
    """Record that a doctor agreed to what is asked; reception never learns what that is."""
    typed = request.form.get("dated_on", "")
    try:
        doctors_note.record_doctor_ok(
            actor(),
            reference,
            code=None,
            dated_on=parse_date(typed),
            paper_seen=request.form.get("paper_seen") == "yes",
            now=clock.now(),
        )
    except BadTime as error:
        return make_response(_page(reference, doctor_error=field_message(error.code)), 422)
    except InvalidRequest as error:
        said = field_message(error.fields[0][1])
        return make_response(_page(reference, doctor_error=said, dated_on=typed), 422)
    return _done(reference, _("The doctor's OK is recorded."))
