"""The page of free times: the next ones, a week, and one day in parts."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from salon import clock
from salon.domain.errors import Alternative
from salon.usecases import availability
from salon.web import formats
from salon.web.access import actor
from salon.web.client_frame import here
from salon.web.public.choice import Chosen
from salon.web.shell import current_locale

SEARCHED_DAYS = 28
NOON, EVENING = 12, 17


def time_page(chosen: Chosen) -> dict[str, Any]:
    """Return what the page of times shows for a choice without a start."""
    today = chosen.salon.local_date(clock.now())
    horizon = today + timedelta(days=chosen.salon.policy.horizon_days)
    day = min(max(chosen.day or today, today), horizon)
    last = min(max(today + timedelta(days=SEARCHED_DAYS), day + timedelta(days=7)), horizon)
    last = min(last, today + timedelta(days=availability.MOST_DAYS - 1)) if day < last else last
    first = today if (last - today).days < availability.MOST_DAYS else day
    found = availability.find_slots(actor(), chosen.wish, first=first, last=last, now=clock.now()).slots
    by_day: dict[date, list[Alternative]] = {}
    for slot in found:
        by_day.setdefault(chosen.salon.local_date(slot.start), []).append(slot)
    if chosen.day is None and by_day:
        day = next(iter(by_day))
    return {
        "soonest": soonest(chosen, found[:3]),
        "week": _week(chosen, by_day, day, today, horizon),
        "day": {"date": day, "parts": _parts(chosen, by_day.get(day, ()))},
        "full_words": _full_words(by_day, day),
        "place": chosen.salon.city or chosen.salon.name,
    }


def soonest(chosen: Chosen, slots: Sequence[Alternative]) -> list[dict[str, Any]]:
    """Return a few free times as rows."""
    return [
        {
            "start": here(chosen.salon, slot.start),
            "end": here(chosen.salon, slot.end),
            "day_words": day_words(chosen, chosen.salon.local_date(slot.start)),
            "technician": people_words(chosen, slot.technicians),
            "url": chosen.url(start=slot.start, day=None),
            "is_evening": here(chosen.salon, slot.start).hour >= EVENING and _has_massage(chosen),
        }
        for slot in slots
    ]


def day_words(chosen: Chosen, on: date) -> str:
    """Return today, tomorrow, or the day."""
    ahead = (on - chosen.salon.local_date(clock.now())).days
    if ahead in (0, 1):
        return str(_("Today") if ahead == 0 else _("Tomorrow"))
    return formats.day(on, current_locale())


def people_words(chosen: Chosen, keys: Sequence[str]) -> str:
    """Return the name of who is free, or of one of several."""
    names = {person.key: person.name for person in (chosen.service.technicians if chosen.service else ())}
    named = [names.get(key, key) for key in keys]
    return named[0] if len(named) == 1 else str(_("%(name)s or %(count)s more", name=named[0], count=len(named) - 1))


def _has_massage(chosen: Chosen) -> bool:
    return chosen.service is not None and chosen.service.massage_kind is not None


def _week(
    chosen: Chosen, by_day: dict[date, list[Alternative]], day: date, today: date, horizon: date
) -> dict[str, Any]:
    begins = day - timedelta(days=(day - today).days % 7)
    days = [begins + timedelta(days=number) for number in range(7)]
    before, after = begins - timedelta(days=7), begins + timedelta(days=7)
    locale = current_locale()
    return {
        "title": formats.month(day, locale),
        "label": _("Week of %(day)s", day=formats.day(begins, locale)),
        "previous_url": chosen.url(day=max(before, today)) if begins > today else "",
        "next_url": chosen.url(day=after) if after <= horizon else "",
        "days": [
            {
                "date": on,
                "free": len(by_day.get(on, ())),
                "is_open": on in by_day or on <= horizon,
                "is_chosen": on == day,
                "url": chosen.url(day=on),
            }
            for on in days
        ],
    }


def _parts(chosen: Chosen, slots: Sequence[Alternative]) -> list[dict[str, Any]]:
    parts: dict[str, list[dict[str, Any]]] = {"morning": [], "afternoon": [], "evening": []}
    for slot in slots:
        start = here(chosen.salon, slot.start)
        code = "morning" if start.hour < NOON else "afternoon" if start.hour < EVENING else "evening"
        parts[code].append(
            {
                "start": start,
                "technician": people_words(chosen, slot.technicians),
                "url": chosen.url(start=slot.start, day=None),
            }
        )
    return [
        {"code": code, "best": code == "evening" and _has_massage(chosen), "times": times}
        for code, times in parts.items()
    ]


def _full_words(by_day: dict[date, list[Alternative]], day: date) -> str:
    if by_day.get(day):
        return ""
    later = next((on for on in by_day if on > day), None)
    if later is None:
        return str(_("There is no free time in these weeks. Please call us."))
    return str(_("There is no free time on this day. The next is %(day)s.", day=formats.day(later, current_locale())))
