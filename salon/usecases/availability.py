"""Listing the free starts of a service."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from salon.domain import availability
from salon.domain.availability import Slot
from salon.domain.errors import Alternative, InvalidRequest
from salon.domain.permissions import Actor, Permission
from salon.usecases.boundary import use_case
from salon.usecases.diary import Diary, Wish, open_diary

MOST_DAYS = 62
MOST_ADDONS = 20
ALTERNATIVES_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class SlotsFound:
    """Free starts, ascending; instants are UTC, time_zone is the salon's."""

    time_zone: str
    slots: tuple[Alternative, ...]


def with_end(diary: Diary, slot: Slot) -> Alternative:
    """Return a slot with its end: of the slowest of its technicians, where their lengths differ."""
    minutes = max(diary.minutes_with(technician) for technician in slot.technicians)
    return Alternative(slot.starts_at, slot.starts_at + timedelta(minutes=minutes), slot.technicians)


@use_case(Permission.SLOTS_READ, writes=False)
def find_slots(session: Session, actor: Actor, wish: Wish, *, first: date, last: date, now: datetime) -> SlotsFound:
    """Return the starts offered on the local dates first..last, inclusive.

    Raises NotFound for unknown keys; InvalidRequest for a range turned round or over 62 days (from, to)
    and for an add-on that the service does not list (addons).
    """
    check_range(first, last)
    check_addons(wish)
    diary = open_diary(session, actor.salon_id, wish, first=first, last=last, now=now)
    found = availability.slots(diary.rules, diary.request, first=first, last=last, now=now)
    return SlotsFound(diary.salon.time_zone, tuple(with_end(diary, slot) for slot in found))


def check_range(first: date, last: date) -> None:
    """Raise InvalidRequest unless first..last is a range of at most 62 local dates."""
    if last < first:
        raise InvalidRequest(("to", "before_from"))
    if (last - first).days >= MOST_DAYS:
        raise InvalidRequest(("to", "range_too_long"))
    if first.year < 1971 or last.year > 9000:  # the calendar of the engine; nobody books there
        raise InvalidRequest(("from", "out_of_range"))


def check_addons(wish: Wish) -> None:
    """Raise InvalidRequest for more add-ons than a visit can hold."""
    if len(wish.addons) > MOST_ADDONS:
        raise InvalidRequest(("addons", "too_many"))
