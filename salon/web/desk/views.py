"""The day as a list, with what needs someone; days before and after by arrows."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from salon import clock
from salon.domain.errors import NotFound
from salon.domain.time import BadTime, parse_date
from salon.usecases import calendar, salons
from salon.usecases.calendar import DayList, DayRow
from salon.web import formats
from salon.web.access import Audience, actor, audience
from salon.web.client_frame import here, in_words
from salon.web.desk.blueprint import DESK_ROLES, action_shown, desk
from salon.web.shell import current_locale
from salon.web.staff_frame import staff_pages

SOON = timedelta(hours=2)
_STATES = {
    "requested": "booked",
    "booked": "booked",
    "checked_in": "here",
    "in_service": "chair",
    "completed": "done",
    "cancelled": "gone",
    "declined": "gone",
    "no_show": "gone",
}
_UNKNOWN = ("intake_missing", "intake_expired", "day_of_due")


@desk.get("")
@audience(Audience.MEMBER, *DESK_ROLES)
def day() -> str:
    """The visits of one day in order of start."""
    facts = salons.read_salon(actor())
    now = clock.now()
    today = facts.local_date(now)
    on = _date(request.args.get("day")) or today
    found = calendar.read_days(actor(), first=on, last=on, now=now)
    pages = staff_pages(facts, "desk.day")
    shown = {
        "date": on,
        "is_today": on == today,
        "previous_url": url_for("desk.day", day=on - timedelta(days=1)),
        "next_url": url_for("desk.day", day=on + timedelta(days=1)),
        "today_url": url_for("desk.day"),
        "now": here(facts, now) if on == today else None,
    }
    return render_template(
        "desk/day.html",
        **pages,
        day=shown,
        views=[],
        new_url=url_for("desk.new_visit", day=on),
        needs=_needs(found, now) if on == today else [],
        visits=[_row(row, found, now) for row in found.rows],
    )


def _date(text: str | None) -> date | None:
    try:
        return parse_date(text) if text else None
    except BadTime as error:
        raise NotFound from error


def status_words(row: DayRow, now: datetime) -> str:
    """Return the state in words, with the minutes somebody waits or is late."""
    waited = int((now - row.checked_in_at).total_seconds() // 60) if row.checked_in_at else 0
    late = int((now - row.start).total_seconds() // 60)
    words = {
        "requested": _("asked for"),
        "booked": _("%(minutes)s min late", minutes=late) if late > 0 else _("booked"),
        "checked_in": _("here for %(minutes)s min", minutes=max(waited, 0)),
        "in_service": _("in the chair"),
        "completed": _("done"),
        "cancelled": _("cancelled"),
        "declined": _("declined"),
        "no_show": _("did not come"),
    }
    return str(words.get(row.status, row.status))


def is_open(row: DayRow) -> bool:
    """Whether something can still be settled about the visit."""
    return row.status in ("requested", "booked", "checked_in", "in_service")


def _row(row: DayRow, found: DayList, now: datetime) -> dict[str, Any]:
    visit_url = url_for("desk.visit", reference=row.reference)
    is_late = row.status == "booked" and now > row.start
    return {
        "start": here(found.salon, row.start),
        "end": here(found.salon, row.end),
        "client": row.client_name,
        "client_note": "",
        "is_new": False,
        "service": in_words(row.service.name),
        "addons": [in_words(addon.name) for addon in row.addons],
        "has_massage": row.has_massage,
        "technician": row.technician.name,
        "station": row.station.name if row.station else "",
        "state": "late" if is_late else _STATES[row.status],
        "status_word": status_words(row, now),
        "action": action_shown(row.action) if is_open(row) and row.has_massage else None,
        "url": visit_url,
        "next": _next(row),
        "more": [{"label": _("Open the visit"), "url": visit_url}] if is_open(row) else [],
    }


def _next(row: DayRow) -> dict[str, str] | None:
    if row.status == "booked":
        return {"label": _("Check in"), "action": url_for("desk.check_in", reference=row.reference, back="day")}
    return None


def _needs(found: DayList, now: datetime) -> list[dict[str, Any]]:
    """Return who waits, who is late, whose form is missing soon, what is to settle: in the order of a glance."""
    locale = current_locale()

    def rows(chosen: list[DayRow]) -> list[dict[str, str]]:
        return [
            {
                "text": row.client_name,
                "figure": f"{formats.clock(here(found.salon, row.start), locale)} {row.technician.name}",
                "url": url_for("desk.visit", reference=row.reference),
            }
            for row in chosen
        ]

    still = [row for row in found.rows if row.status == "booked"]
    groups = (
        (_("Waiting"), "", True, [row for row in found.rows if row.status == "checked_in"]),
        (_("Late"), "", False, [row for row in still if row.start < now]),
        (
            _("Form missing, next two hours"),
            "unknown",
            False,
            [row for row in still if row.action in _UNKNOWN and now <= row.start <= now + SOON],
        ),
        (
            _("To settle"),
            "",
            False,
            [row for row in still if row.has_massage and row.action not in ("ok", "adapt", *_UNKNOWN)],
        ),
    )
    return [
        {"title": title, "code": code, "is_warm": warm, "rows": rows(chosen)}
        for title, code, warm, chosen in groups
        if chosen
    ]
