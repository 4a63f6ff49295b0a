"""When the salon is open: wherever at least one technician works and the salon is not closed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from salon.domain.permissions import Actor, Permission
from salon.domain.time import instant_of_minute, minute_ceil, minute_floor
from salon.domain.working_time import joined, stretches
from salon.usecases.books import setting_of
from salon.usecases.boundary import use_case
from salon.usecases.diary import working_time_of
from salon.usecases.salons import facts_of

DAYS_AHEAD = 7


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A date on the salon's wall and its opening times, as pairs of aware instants in the salon's zone."""

    on: date
    spans: tuple[tuple[datetime, datetime], ...]


@use_case(Permission.MENU_READ, writes=False)
def read_opening(session: Session, actor: Actor, *, now: datetime) -> tuple[OpenDay, ...]:
    """Return today and the next six dates with their opening times; an empty one is closed."""
    salon = facts_of(session, actor.salon_id)
    first = salon.local_date(now)
    last = first + timedelta(days=DAYS_AHEAD - 1)
    since, until = salon.bounds(first, last)
    found = setting_of(session, salon.id, 0, (), since=since - timedelta(days=2), until=until + timedelta(days=2))
    spans: dict[date, list[tuple[int, int]]] = defaultdict(list)
    for technician in found["technician"]:
        working = working_time_of(found, technician.id)
        for number, of_date in enumerate(stretches(working, first, last, salon.zone)):
            spans[first + timedelta(days=number)].extend(of_date)
    closed = [(minute_floor(row.starts_at), minute_ceil(row.ends_at)) for row in found["closed"]]
    return tuple(
        OpenDay(on, _instants(spans[on], closed, salon.zone))
        for on in (first + timedelta(days=number) for number in range(DAYS_AHEAD))
    )


def _instants(
    spans: list[tuple[int, int]], closed: list[tuple[int, int]], zone: ZoneInfo
) -> tuple[tuple[datetime, datetime], ...]:
    left = joined(spans)
    for begins, ends in closed:
        left = [part for span in left for part in _without(span, begins, ends)]
    return tuple((instant_of_minute(a).astimezone(zone), instant_of_minute(b).astimezone(zone)) for a, b in left)


def _without(span: tuple[int, int], begins: int, ends: int) -> list[tuple[int, int]]:
    starts_at, ends_at = span
    parts = [(starts_at, min(ends_at, begins)), (max(starts_at, ends), ends_at)]
    return [(a, b) for a, b in parts if a < b]
