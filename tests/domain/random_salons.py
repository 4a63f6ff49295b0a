"""Random salons for the property tests: zones and weeks with clock changes, shifts, breaks, bookings, policies."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from salon.domain.availability import Fit, Request, SalonRules, Span, StationTime, TechnicianTime
from salon.domain.working_time import ClockSpan, DayHours, Weekly, WorkingTime

# Dates on which the clocks change, or on which nothing does.
PLACES = (
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),  # half an hour
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Asia/Ho_Chi_Minh", date(2026, 10, 25)),  # never
    ("Asia/Kathmandu", date(2026, 3, 29)),
    ("Africa/Casablanca", date(2026, 2, 15)),  # back for Ramadan, and on again
    ("Africa/Casablanca", date(2026, 3, 22)),
    ("Pacific/Apia", date(2011, 12, 30)),  # a date that never was
    ("Pacific/Apia", date(2012, 4, 1)),
    ("America/Goose_Bay", date(2010, 11, 7)),  # at 00:01: two dates take turns
    ("America/Goose_Bay", date(2010, 3, 14)),
    ("America/Sao_Paulo", date(2018, 11, 4)),  # no midnight
    ("America/Sao_Paulo", date(2019, 2, 17)),  # two evenings
    ("Africa/Cairo", date(2026, 4, 24)),
    ("Asia/Pyongyang", date(2018, 5, 5)),  # changed its rules
    ("America/Caracas", date(2016, 5, 1)),
    ("Antarctica/Troll", date(2026, 3, 29)),  # two hours
)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Case:
    """One question to the engine."""

    rules: SalonRules
    request: Request
    first: date
    last: date
    now: datetime


LIKELY = (0, 60, 120, 150, 180, 540, 780, 1080, 1320, 1439)


def _clock_span(drawn: int) -> ClockSpan:
    """Return a shift: both ends likely ones, quarters of an hour, or any minute."""
    drawn, kind = divmod(drawn, 3)
    first, second = divmod(drawn, 1441)
    if kind == 0:
        return ClockSpan(LIKELY[first % 10], [*LIKELY, 1440][second % 11])
    grain = 15 if kind == 1 else 1
    return ClockSpan(first // grain * grain, second // grain * grain)


def _short_span(drawn: int) -> ClockSpan:
    """Return a break, half of them at a likely time, which often means over midnight."""
    length, starts = divmod(drawn, 1440)
    starts = LIKELY[starts % 10] if starts % 2 else starts
    return ClockSpan(starts, (starts + length) % 1440 + 1)


# One number for each span: hypothesis pays by the draw.
CLOCK_SPANS = st.integers(0, 1440 * 1441 * 3 - 1).map(_clock_span)
SHORT_SPANS = st.integers(0, 90 * 1440 - 1).map(_short_span)
WEEKDAYS = st.sampled_from([frozenset(days) for days in (range(7), range(7), range(5), (5, 6), (0, 2, 4, 6), (6,), ())])
SHIFTS = st.lists(st.builds(Weekly, WEEKDAYS, CLOCK_SPANS), min_size=1, max_size=3).map(tuple)
BREAKS = st.lists(st.builds(Weekly, WEEKDAYS, SHORT_SPANS), max_size=2).map(tuple)


def _span_numbers(drawn: int) -> tuple[int, int, int]:
    """Return start in minutes from midnight, length, and seconds more: on the quarter, on the minute or off it."""
    drawn, kind = divmod(drawn, 6)
    length, begin = divmod(drawn, 5040)
    grain = 15 if kind < 3 else 1
    return begin // grain * grain - 1440, length // grain * grain, 17 if kind == 5 else 0


SPANS = {
    most: st.lists(
        st.integers(0, 301 * 5040 * 6 - 1).map(_span_numbers),
        max_size=most,
    )
    for most in (1, 3, 5)
}
DAYS_NEAR = st.integers(-2, 2)
EXCEPTIONS = st.lists(
    st.tuples(DAYS_NEAR, st.lists(CLOCK_SPANS, max_size=2)), max_size=2, unique_by=lambda exception: exception[0]
)
LENGTHS = st.integers(0, 160).map(
    lambda drawn: [30, 45, 60, 75, 90, 240, 1500, 3000][drawn % 8] if drawn < 40 else drawn - 35
)
FULL_ON = st.one_of(st.just(()), st.tuples(DAYS_NEAR))
TECHNICIANS = st.lists(
    st.tuples(SHIFTS, BREAKS, EXCEPTIONS, LENGTHS, SPANS[5], SPANS[1], FULL_ON), min_size=1, max_size=2
)
BUFFERS = st.sampled_from([0, 0, 5, 10, 15, 17, 60, 240])
REQUESTS = st.tuples(TECHNICIANS, BUFFERS, BUFFERS, st.none() | st.lists(SPANS[3], max_size=2), SPANS[1], SPANS[1])
STEPS = st.sampled_from([1, 5, 7, 10, 15, 15, 20, 30, 45, 60, 480])
RULES = {
    fits: st.builds(
        SalonRules,
        st.none(),
        STEPS,
        st.sampled_from([0, 0, 120, 1440]),
        st.sampled_from([1, 2, 60]),
        st.sampled_from(fits),
    )
    for fits in ((Fit.GRID,), (Fit.GRID, Fit.TIGHT))
}
NOTICE_BEFORE = st.tuples(st.integers(-1440, 4320), st.sampled_from([0, 0, 1, 59]))
# Some ranges are longer than a week: there the engine repeats what it knows of a weekday.
RANGES = st.sampled_from([(days, more) for days in (-1, 0, 1) for more in (0, 0, 1, 2)] + [(-8, 9)])
WHEN = st.tuples(st.sampled_from(PLACES), RANGES, NOTICE_BEFORE)
WORKING_TIMES = st.tuples(st.sampled_from(PLACES), SHIFTS, BREAKS, EXCEPTIONS)


def _spans(midnight: datetime, drawn: list[tuple[int, int, int]]) -> tuple[Span, ...]:
    """Return spans near the date, on whole minutes or not, some empty."""
    starts = [midnight + begin * MINUTE + timedelta(seconds=seconds) for begin, _, seconds in drawn]
    return tuple(
        Span(start, start + length * MINUTE + timedelta(seconds=seconds))
        for start, (_, length, seconds) in zip(starts, drawn, strict=True)
    )


def _working(near: date, shifts: Any, breaks: Any, exceptions: Any) -> WorkingTime:
    day_hours = tuple(DayHours(near + timedelta(days=days), tuple(hours)) for days, hours in exceptions)
    return WorkingTime(shifts, breaks, day_hours)


def _technician(key: str, midnight: datetime, drawn: Any) -> TechnicianTime:
    shifts, breaks, exceptions, length, blocks, away, full_on = drawn
    return TechnicianTime(
        key,
        _working(midnight.date(), shifts, breaks, exceptions),
        length,
        _spans(midnight, blocks),
        _spans(midnight, away),
        frozenset(midnight.date() + timedelta(days=days) for days in full_on),
    )


def _request(midnight: datetime, drawn: Any) -> Request:
    technicians, before, after, stations, closures, client_busy = drawn
    return Request(
        tuple(_technician(key, midnight, each) for key, each in zip(("mai", "an"), technicians, strict=False)),
        before,
        after,
        None
        if stations is None
        else tuple(StationTime(f"table-{n}", _spans(midnight, blocks)) for n, blocks in enumerate(stations)),
        _spans(midnight, closures),
        _spans(midnight, client_busy),
    )


def _case(rules: SalonRules, when: Any, request: Any) -> Case:
    (zone_name, changed_on), (days, more), (before, seconds) = when
    first = changed_on + timedelta(days=days)
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)
    now = midnight - before * MINUTE + timedelta(seconds=seconds)
    return Case(
        replace(rules, zone=ZoneInfo(zone_name)),
        _request(midnight, request),
        first,
        first + timedelta(days=more),
        now,
    )


CASES = {fits: st.builds(_case, rules, WHEN, REQUESTS) for fits, rules in RULES.items()}


def working_times() -> st.SearchStrategy[tuple[ZoneInfo, date, WorkingTime]]:
    """Return zones with a date on which the clocks change, and working time with exceptions near it."""
    return WORKING_TIMES.map(lambda drawn: (ZoneInfo(drawn[0][0]), drawn[0][1], _working(drawn[0][1], *drawn[1:])))


def cases(*, fits: tuple[Fit, ...] = (Fit.GRID, Fit.TIGHT)) -> st.SearchStrategy[Case]:
    """Return salons, what is asked of them, and when."""
    return CASES[fits]
