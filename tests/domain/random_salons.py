"""Random salons for the property tests: zones and weeks with clock changes, shifts, breaks, bookings, policies."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
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


def _minute_of_day(most: int) -> st.SearchStrategy[int]:
    return st.one_of(
        st.sampled_from([minute for minute in (0, 60, 120, 150, 180, 540, 780, 1080, 1320, 1439, 1440) if minute <= most]),
        st.integers(0, most // 15).map(lambda quarter: quarter * 15),
        st.integers(0, most),
    )


CLOCK_SPANS = st.builds(ClockSpan, _minute_of_day(1439), _minute_of_day(1440))
SHORT_SPANS = st.builds(
    lambda starts, length: ClockSpan(starts, (starts + length - 1) % 1440 + 1), _minute_of_day(1439), st.integers(1, 90)
)
WEEKDAYS = st.one_of(st.just(frozenset(range(7))), st.frozensets(st.integers(0, 6), max_size=5))
SHIFTS = st.lists(st.builds(Weekly, WEEKDAYS, CLOCK_SPANS), min_size=1, max_size=3).map(tuple)
BREAKS = st.lists(st.builds(Weekly, WEEKDAYS, SHORT_SPANS), max_size=2).map(tuple)


def working_times(around: date) -> st.SearchStrategy[WorkingTime]:
    """Return hours with now and then an exception near the date."""
    near = st.integers(-2, 2).map(lambda days: around + timedelta(days=days))
    day_hours = st.builds(DayHours, near, st.lists(CLOCK_SPANS, max_size=2).map(tuple))
    exceptions = st.one_of(st.just(()), st.lists(day_hours, max_size=2, unique_by=lambda hours: hours.on).map(tuple))
    return st.builds(WorkingTime, SHIFTS, BREAKS, exceptions)


def spans(around: date, *, most: int = 5) -> st.SearchStrategy[tuple[Span, ...]]:
    """Return spans near the date, on whole minutes or not, some empty."""
    midnight = datetime(around.year, around.month, around.day, tzinfo=UTC)

    def span(begin: int, length: int, seconds: int) -> Span:
        starts_at = midnight + begin * MINUTE + timedelta(seconds=seconds)
        return Span(starts_at, starts_at + length * MINUTE + timedelta(seconds=seconds))

    begins = st.one_of(st.integers(-96, 240).map(lambda quarter: quarter * 15), st.integers(-1440, 3600))
    seconds = st.sampled_from([0, 0, 0, 0, 0, 17])
    return st.lists(st.builds(span, begins, st.integers(0, 300), seconds), max_size=most).map(tuple)


@st.composite
def cases(draw: st.DrawFn, *, fits: tuple[Fit, ...] = (Fit.GRID, Fit.TIGHT)) -> Case:
    """Return a salon, what is asked of it, and when."""
    zone_name, changed_on = draw(st.sampled_from(PLACES))
    first = changed_on + timedelta(days=draw(st.integers(-1, 1)))
    lengths = st.one_of(st.integers(5, 120), st.sampled_from([30, 45, 60, 75, 90, 240, 1500, 3000]))
    on = st.integers(-1, 2).map(lambda days: first + timedelta(days=days))
    technicians = tuple(
        TechnicianTime(
            key,
            draw(working_times(first)),
            draw(lengths),
            draw(spans(first)),
            draw(spans(first, most=1)),
            draw(st.one_of(st.just(frozenset()), st.frozensets(on, max_size=1))),
        )
        for key in draw(st.sampled_from([("mai",), ("mai",), ("mai", "an")]))
    )
    stations = draw(
        st.one_of(
            st.none(),
            st.lists(spans(first, most=3), max_size=2).map(
                lambda found: tuple(StationTime(f"table-{n}", blocks) for n, blocks in enumerate(found))
            ),
        )
    )
    buffers = st.sampled_from([0, 0, 5, 10, 15, 17, 60, 240])
    request = Request(
        technicians, draw(buffers), draw(buffers), stations, draw(spans(first, most=1)), draw(spans(first, most=1))
    )
    rules = SalonRules(
        ZoneInfo(zone_name),
        draw(st.sampled_from([1, 5, 7, 10, 15, 15, 20, 30, 45, 60, 480])),
        draw(st.sampled_from([0, 0, 120, 1440])),
        draw(st.sampled_from([1, 2, 60])),
        draw(st.sampled_from(fits)),
    )
    before = draw(st.one_of(st.just(4320), st.integers(-1440, 2880)))
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)
    now = midnight - before * MINUTE + timedelta(seconds=draw(st.sampled_from([0, 0, 1, 59])))
    return Case(rules, request, first, first + timedelta(days=draw(st.sampled_from([0, 0, 1, 2]))), now)
