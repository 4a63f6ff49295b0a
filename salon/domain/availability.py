"""Which starts are offered: one engine that lists the free starts and says whether one start is free.

Source: contract, section 5, rules 1 to 6. All lengths are whole minutes of elapsed time; instants are aware, UTC.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import reduce
from itertools import islice
from operator import or_
from typing import NamedTuple
from zoneinfo import ZoneInfo

from salon.domain.minute_mask import covered, dates_from, from_minute, full, minutes_down, minutes_of
from salon.domain.time import instant_of_minute, local_date, minute_ceil, minute_floor
from salon.domain.working_starts import run_at, window, working_starts
from salon.domain.working_time import Stretch, WorkingTime


class Fit(StrEnum):
    """Where a start may lie: on the grid only, or also right after an appointment."""

    GRID = "grid"
    TIGHT = "tight"


class Span(NamedTuple):
    """A half-open stretch of time; one that is empty does nothing."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class SalonRules:
    """What the salon's policy says about starts."""

    zone: ZoneInfo
    step_minutes: int
    notice_minutes: int
    horizon_days: int
    fit: Fit = Fit.GRID


@dataclass(frozen=True, slots=True)
class TechnicianTime:
    """A technician who does the service and holds its qualification, with her own length for it.

    length_minutes  the service for her plus the add-ons
    blocks          blocks of her blocking appointments, buffers included
    away            her time off
    full_on         local dates on which her limit of massage minutes leaves no room for this service
    """

    key: str
    working: WorkingTime
    length_minutes: int
    blocks: tuple[Span, ...] = ()
    away: tuple[Span, ...] = ()
    full_on: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class StationTime:
    """A station of the kind that the service needs, with the blocks on it."""

    key: str
    blocks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """One service for one client, with everything that can stand in its way.

    technicians  those who may do it: all who can, or the one who was chosen; each key once
    stations     those of the service's kind in the salon's order; None when it needs none
    closures     of the salon
    client_busy  an identified client's other blocking appointments, the service itself without buffers
    A visit that is moved is left out of all of these by the caller.
    """

    technicians: tuple[TechnicianTime, ...]
    before_minutes: int = 0
    after_minutes: int = 0
    stations: tuple[StationTime, ...] | None = None
    closures: tuple[Span, ...] = ()
    client_busy: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A start with the sorted keys of the technicians who are free for it."""

    starts_at: datetime
    technicians: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FreeStarts:
    """The free starts of each technician as sets of minutes (minute_mask) after `origin`, by sorted key.

    Several services in a row are had by shifting one's set by the other's length and intersecting the two.
    """

    origin: int
    masks: tuple[tuple[str, int], ...]

    def slots(self) -> tuple[Slot, ...]:
        """Return the starts ascending, each with everybody who is free."""
        free: dict[int, list[str]] = {}
        for key, mask in self.masks:
            for minute in minutes_of(mask):
                free.setdefault(minute, []).append(key)
        return tuple(Slot(self._instant(minute), tuple(free[minute])) for minute in sorted(free))

    def nearest(self, start: datetime, *, limit: int) -> tuple[Slot, ...]:
        """Return up to `limit` slots, nearest to start first; of two as near, the earlier first."""
        anybody = reduce(or_, (mask for _, mask in self.masks), 0)
        begin = max(minute_ceil(start) - self.origin, 0)
        later = [begin + minute for minute in islice(minutes_of(anybody >> begin), limit)]
        earlier = list(islice(minutes_down(anybody & full(begin)), limit))
        found = [(abs(at - start), at, minute) for minute in earlier + later for at in [self._instant(minute)]]
        return tuple(
            Slot(at, tuple(key for key, mask in self.masks if mask >> minute & 1))
            for _, at, minute in sorted(found)[:limit]
        )

    def _instant(self, minute: int) -> datetime:
        return instant_of_minute(self.origin + minute)


def slots(rules: SalonRules, request: Request, *, first: date, last: date, now: datetime) -> tuple[Slot, ...]:
    """Return every start offered on the local dates first to last, ascending, with the free technicians' keys.

    Raises ValueError if the step or a length is not above zero, or a buffer is below.
    """
    return free_starts(rules, request, first=first, last=last, now=now).slots()


def free_technicians(rules: SalonRules, request: Request, start: datetime, *, now: datetime) -> tuple[str, ...]:
    """Return the sorted keys of the technicians with whom this start is offered; by the engine that lists."""
    if not now <= start <= now + timedelta(days=rules.horizon_days + 2):
        return ()
    on = local_date(start, rules.zone)
    found = free_starts(rules, request, first=on, last=on, now=now)
    minute = minute_floor(start)
    if minute_ceil(start) != minute or minute < found.origin:
        return ()
    return tuple(key for key, mask in found.masks if mask >> (minute - found.origin) & 1)


def is_offered(rules: SalonRules, request: Request, start: datetime, *, now: datetime) -> bool:
    """Return whether the start is offered with any of the request's technicians."""
    return bool(free_technicians(rules, request, start, now=now))


def free_starts(rules: SalonRules, request: Request, *, first: date, last: date, now: datetime) -> FreeStarts:
    """Return the sets behind `slots`, for whoever combines several services. Raises ValueError as `slots` does."""
    _check(rules, request)
    not_before = now + timedelta(minutes=rules.notice_minutes)
    horizon = local_date(now, rules.zone).toordinal() + rules.horizon_days
    last = date.fromordinal(min(last.toordinal(), horizon))
    first = max(first, local_date(not_before, rules.zone) - timedelta(days=1))
    if first > last:
        return FreeStarts(0, ())
    window = _Window(rules, request, first, last, not_before)
    technicians = sorted(request.technicians, key=lambda technician: technician.key)
    return FreeStarts(window.origin, tuple((each.key, window.free(each)) for each in technicians))


def _check(rules: SalonRules, request: Request) -> None:
    lengths = [technician.length_minutes for technician in request.technicians]
    if min([rules.step_minutes, *lengths]) <= 0 or min(request.before_minutes, request.after_minutes) < 0:
        raise ValueError("step and lengths are above zero, buffers not below")


class _Window:
    """The minutes in which the starts of a run of local dates can lie, and what all technicians share there."""

    def __init__(self, rules: SalonRules, request: Request, first: date, last: date, not_before: datetime) -> None:
        self.rules, self.request, self.first, self.last = rules, request, first, last
        self.origin, self.size = window(first, last)
        after_last = last + timedelta(days=1)
        listed = self._dates_from(first) & ~self._dates_from(after_last)
        self.allowed = listed & from_minute(minute_ceil(not_before) - self.origin, self.size)
        self._shared: dict[int, int] = {}

    def free(self, technician: TechnicianTime) -> int:
        """Return the technician's free starts."""
        length = technician.length_minutes
        mask, runs = working_starts(
            technician.working, self.rules.zone, self.first, self.last, self.rules.step_minutes, length
        )
        if self.rules.fit is Fit.TIGHT:
            mask |= self._right_after(technician, runs)
        for on in technician.full_on:
            mask &= ~(self._dates_from(on) & ~self._dates_from(on + timedelta(days=1)))
        return mask & self._allowed_for(length) & ~self._overlapping([*technician.blocks, *technician.away], length)

    def _allowed_for(self, length: int) -> int:
        """Return the starts that closures, stations and the client leave to a service of this length."""
        if length not in self._shared:
            mask = self.allowed & ~self._overlapping(self.request.closures, length)
            if self.request.stations is not None:
                busy = full(self.size)
                for station in self.request.stations:
                    busy &= self._overlapping(station.blocks, length)
                mask &= ~busy
            client_busy = _busy(self.request.client_busy)
            self._shared[length] = mask & ~self._too_near(client_busy, 0, length)
        return self._shared[length]

    def _overlapping(self, spans: Iterable[Span], length: int) -> int:
        """Return the starts whose block would overlap one of the spans."""
        return self._too_near(_busy(spans), self.request.before_minutes, length + self.request.after_minutes)

    def _too_near(self, busy: Iterable[Stretch], before: int, after: int) -> int:
        earlier, later = after - 1 + self.origin, before - self.origin
        return covered([(starts - earlier, ends + later) for starts, ends in busy], self.size)

    def _right_after(self, technician: TechnicianTime, runs: tuple[Stretch, ...]) -> int:
        """Return the starts in her working time whose block begins exactly where one of her blocks ends."""
        mask = 0
        for starts_at, ends_at in technician.blocks:
            minute = minute_floor(ends_at) + self.request.before_minutes
            run = run_at(runs, minute)
            is_whole = starts_at < ends_at and minute_floor(ends_at) == minute_ceil(ends_at)
            if is_whole and run and minute + technician.length_minutes <= run[1]:
                bit = minute - self.origin
                mask |= 1 << bit if 0 <= bit < self.size else 0
        return mask

    def _dates_from(self, on: date) -> int:
        return dates_from(on, self.rules.zone, self.origin, self.size)


def _busy(spans: Iterable[Span]) -> list[Stretch]:
    """Return the whole minutes that each span touches; for blocks of whole minutes that changes no overlap."""
    return [(minute_floor(starts_at), minute_ceil(ends_at)) for starts_at, ends_at in spans if starts_at < ends_at]
