"""A slow engine that is obviously right: sets of minutes and plain datetime intervals.

It takes the fast engine's inputs, and shares none of its code. Source: contract, section 5.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from salon.domain.availability import Fit, Request, SalonRules, TechnicianTime
from salon.domain.working_time import ClockSpan, WorkingTime

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def slow_slots(
    rules: SalonRules, request: Request, *, first: date, last: date, now: datetime
) -> list[tuple[datetime, tuple[str, ...]]]:
    """Return every offered start of the local dates with the sorted keys of who is free."""
    free: dict[datetime, set[str]] = {}
    for technician in request.technicians:
        for start in slow_starts(rules, request, technician, first=first, last=last, now=now):
            free.setdefault(start, set()).add(technician.key)
    return [(start, tuple(sorted(free[start]))) for start in sorted(free)]


def slow_starts(
    rules: SalonRules, request: Request, technician: TechnicianTime, *, first: date, last: date, now: datetime
) -> Iterator[datetime]:
    """Yield one technician's offered starts, by asking each candidate for each rule."""
    length = technician.length_minutes
    dates = [first + offset * DAY for offset in range(-2, (last - first).days + length // 1440 + 3)]
    by_date = [worked_minutes(technician.working, on, rules.zone) for on in dates]
    worked = set().union(*by_date)
    today = now.astimezone(rules.zone).date()
    for minute in sorted(_candidates(rules, request, technician, by_date, worked)):
        start = EPOCH + minute * MINUTE
        on = start.astimezone(rules.zone).date()
        if (
            first <= on <= last
            and on <= today + rules.horizon_days * DAY
            and start >= now + rules.notice_minutes * MINUTE
            and on not in technician.full_on
            and worked.issuperset(range(minute, minute + length))
            and _nothing_in_the_way(request, technician, start, start + length * MINUTE)
        ):
            yield start


def _candidates(
    rules: SalonRules, request: Request, technician: TechnicianTime, by_date: list[set[int]], worked: set[int]
) -> set[int]:
    found = set()
    for minutes in by_date:
        for begin in (minute for minute in minutes if minute - 1 not in minutes):
            end = begin
            while end in minutes:
                end += 1
            found |= set(range(begin, end, rules.step_minutes))
    if rules.fit is Fit.TIGHT:
        ends = {span.ends_at for span in technician.blocks if span.starts_at < span.ends_at}
        found |= {minutes_since(end) + request.before_minutes for end in ends if end.second == 0} & worked
    return found


def _nothing_in_the_way(request: Request, technician: TechnicianTime, start: datetime, end: datetime) -> bool:
    block = (start - request.before_minutes * MINUTE, end + request.after_minutes * MINUTE)
    busy = [*technician.blocks, *technician.away, *request.closures]
    if any(overlap(block, span) for span in busy):
        return False
    if any(overlap((start, end), span) for span in request.client_busy):
        return False
    if request.stations is None:
        return True
    return any(not any(overlap(block, span) for span in station.blocks) for station in request.stations)


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Return whether two half-open intervals share an instant; an empty one shares none."""
    return max(one[0], other[0]) < min(one[1], other[1])


def worked_minutes(working: WorkingTime, on: date, zone: ZoneInfo) -> set[int]:
    """Return the minutes of the shifts that begin on a date, less every break's."""
    own = [hours.spans for hours in working.exceptions if hours.on == on]
    shifts = own[0] if own else [rule.span for rule in working.hours if on.weekday() in rule.weekdays]
    minutes = set().union(*(_minutes(on, shift, zone) for shift in shifts))
    for other in (on + offset * DAY for offset in range(-2, 3)):
        for rule in working.breaks:
            if minutes and other.weekday() in rule.weekdays:
                minutes.difference_update(_minutes(other, rule.span, zone))
    return minutes


def _minutes(on: date, span: ClockSpan, zone: ZoneInfo) -> range:
    midnight = datetime(on.year, on.month, on.day)  # noqa: DTZ001 - a wall time
    end_date = midnight + DAY if span.ends <= span.starts else midnight
    begin = slow_instant(midnight + span.starts * MINUTE, zone)
    end = slow_instant(end_date + span.ends * MINUTE, zone)
    return range(minutes_since(begin), minutes_since(end))


def minutes_since(instant: datetime) -> int:
    """Return an instant's minutes since 1970."""
    return int(instant.timestamp()) // 60


@lru_cache(maxsize=100_000)
def slow_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant at which the zone's clocks show the wall time; a skipped one moves on by the gap."""
    around = [wall.replace(tzinfo=UTC) + side * timedelta(hours=26) for side in (-1, 1)]
    before, after = (instant.astimezone(zone).utcoffset() or timedelta() for instant in around)
    tries = sorted((wall - offset).replace(tzinfo=UTC) for offset in (before, after))
    for instant in tries:
        if instant.astimezone(zone).replace(tzinfo=None) == wall:
            return instant
    return (wall - before).replace(tzinfo=UTC)
