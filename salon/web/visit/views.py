"""My visit: what, when, where, who; calendar, change, cancel, the way to the health check."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from salon import clock
from salon.calendar_file import calendar_file
from salon.domain.errors import TooLate
from salon.usecases import own_visit, service_change
from salon.usecases.own_visit import OwnAppointment, OwnVisit
from salon.web.access import Audience, actor, audience
from salon.web.client_frame import Money, address_of, frame, greet, here, in_words
from salon.web.messages import problem_title
from salon.web.public.views import policy_words

visit = Blueprint("visit", __name__, url_prefix="/visit")
ENDED = ("cancelled", "declined", "no_show", "completed")


@visit.get("/<token>")
@audience(Audience.VISIT_LINK)
def my_visit(token: str) -> str:
    """The visit of the link; it never shows an answer."""
    own = own_visit.read_own_visit(actor(), now=clock.now())
    greet(own.salon, own=own.locale)
    first = own.appointments[0]
    is_over = first.status in ENDED or first.end <= clock.now()
    return render_template(
        "visit/visit.html",
        salon=frame(own.salon),
        visit=_shown(own, first, token, is_over=is_over),
        intake={"status": first.intake_status, "url": _intake_url(first, token)},
        manicure=_manicure(first, token) if not is_over else None,
        cancelling=_cancelling(own, first, token),
        too_late="" if first.can_cancel or is_over else policy_words(own.salon),
        care="",
        again_url=url_for("public.book", salon=own.salon.slug, service=first.service),
    )


def _shown(own: OwnVisit, first: OwnAppointment, token: str, *, is_over: bool) -> dict[str, Any]:
    words = {
        "requested": _("waiting for the salon's answer"),
        "cancelled": _("cancelled"),
        "declined": _("not possible"),
        "no_show": _("missed"),
        "completed": _("done"),
    }
    return {
        "reference": first.reference,
        "start": here(own.salon, first.start),
        "end": here(own.salon, first.end),
        "service": in_words(first.service_name),
        "addons": [in_words(name) for name in first.addons],
        "technician": first.technician_name,
        "price": Money(first.price_minor, own.salon.currency),
        "status": first.status,
        "status_word": words.get(first.status, ""),
        "is_over": is_over,
        "calendar_url": url_for("visit.calendar", token=token),
        "times_url": "",
    }


def _intake_url(first: OwnAppointment, token: str) -> str:
    if first.intake_status == "not_required":
        return ""
    return url_for("visit.intake_link", token=token)


def _manicure(first: OwnAppointment, token: str) -> dict[str, Any] | None:
    if first.without_massage is None:
        return None
    instead = first.without_massage
    return {
        "name": in_words(instead.name),
        "price": Money(instead.price_minor, instead.currency),
        "minutes": instead.duration_min,
        "end": first.start.astimezone(instead.zone) + timedelta(minutes=instead.duration_min),
        "action": url_for("visit.drop_massage", token=token),
    }


def _cancelling(own: OwnVisit, first: OwnAppointment, token: str) -> dict[str, Any] | None:
    if not first.can_cancel:
        return None
    return {"rule": policy_words(own.salon), "fee": None, "action": url_for("visit.cancel", token=token)}


@visit.get("/<token>/calendar.ics")
@audience(Audience.VISIT_LINK)
def calendar(token: str) -> Response:
    """The visit for a calendar: what, when, where; no health word, no link."""
    own = own_visit.read_own_visit(actor(), now=clock.now())
    greet(own.salon, own=own.locale)
    first = own.appointments[0]
    written = calendar_file(
        uid=f"{first.reference}@{own.salon.slug}",
        starts_at=first.start,
        ends_at=own.appointments[-1].end,
        zone=own.salon.zone,
        title=f"{in_words(first.service_name)}, {own.salon.name}",
        place=address_of(own.salon),
        now=clock.now(),
    )
    answer = Response(written, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = "attachment; filename=visit.ics"
    return answer


@visit.post("/<token>/cancel")
@audience(Audience.VISIT_LINK)
def cancel(token: str) -> Response:
    """Cancel, within the salon's notice; otherwise say the rule."""
    try:
        own_visit.cancel_own_visit(actor(), now=clock.now())
        flash(_("Your visit is cancelled."), "ok")
    except TooLate as error:
        flash(problem_title(error), "info")
    return redirect(url_for("visit.my_visit", token=token), 303)  # type: ignore[return-value]


@visit.post("/<token>/without-massage")
@audience(Audience.VISIT_LINK)
def drop_massage(token: str) -> Response:
    """Keep the time, without the massage."""
    service_change.drop_own_massage(actor(), now=clock.now())
    flash(_("Changed. We look forward to doing your nails."), "ok")
    return redirect(url_for("visit.my_visit", token=token), 303)  # type: ignore[return-value]


@visit.get("/<token>/health-check")
@audience(Audience.VISIT_LINK)
def intake_link(token: str) -> str:
    """Say that the health check has a link of its own, and offer to send it again."""
    own = own_visit.read_own_visit(actor(), now=clock.now())
    greet(own.salon, own=own.locale)
    return render_template(
        "visit/health_check.html", salon=frame(own.salon), action=url_for("visit.send_link", token=token)
    )


@visit.post("/<token>/health-check")
@audience(Audience.VISIT_LINK)
def send_link(token: str) -> Response:
    """Send a fresh link to the health check to the address of the booking."""
    own_visit.send_own_intake_link(actor(), now=clock.now())
    flash(_("We have written to you. The link in the message opens the health check."), "ok")
    return redirect(url_for("visit.my_visit", token=token), 303)  # type: ignore[return-value]
