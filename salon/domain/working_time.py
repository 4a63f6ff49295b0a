"""The working time of a technician: shifts and exceptions less breaks, as stretches of whole minutes.

Minutes count from 1970 in UTC. Source: contract, section 5, rule 1 and the first half of rule 3.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from salon.domain.time import MIDNIGHT_AFTER, ends_minute, instant_on, minute_floor, parse_clock

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ClockSpan:
    """From one time of day to another, in minutes as written; an end at or before the start is on the next date."""

    starts: int
    ends: int

    @classmethod
    def written(cls, starts: str, ends: str) -> "ClockSpan":
        """Return the span of two texts "HH:MM", the second may be "24:00". Raises BadTime."""
        return cls(parse_clock(starts), parse_clock(ends))


@dataclass(frozen=True, slots=True)
class Weekly:
    """A shift or a break on some weekdays (0 is Monday)."""

    weekdays: frozenset[int]
    span: ClockSpan

    @classmethod
    def written(cls, days: Iterable[str], starts: str, ends: str) -> "Weekly":
        """Return the rule of a salon file: days out of "mon".."sun", times as "HH:MM". Raises ValueError."""
        return cls(frozenset(WEEKDAYS.index(day) for day in days), ClockSpan.written(starts, ends))


@dataclass(frozen=True, slots=True)
class DayHours:
    """The shifts of one date instead of the weekly ones; none is a day off."""

    on: date
    spans: tuple[ClockSpan, ...]


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """When a technician works: weekly shifts, weekly breaks, and dates with hours of their own."""

    hours: tuple[Weekly, ...]
    breaks: tuple[Weekly, ...] = ()
    exceptions: tuple[DayHours, ...] = ()


def stretches(working: WorkingTime, first: date, last: date, zone: ZoneInfo) -> tuple[tuple[Stretch, ...], ...]:
    """Return for each date from first to last the stretches of the shifts that begin on it.

    The stretches of one date are ascending and apart; those of neighbouring dates may overlap or touch.
    """
    days = _days(zone, first.toordinal() - 2, last.toordinal() + 2)
    return tuple(_each_date(working, days, first.toordinal(), last.toordinal()))


def joined(spans: Iterable[Stretch]) -> list[Stretch]:
    """Return the spans ascending, merged where they overlap or touch; empty ones are dropped."""
    merged: list[Stretch] = []
    for starts, ends in sorted(spans):
        if ends <= starts:
            continue
        if merged and starts <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ends))
        else:
            merged.append((starts, ends))
    return merged


class _Days:
    """The wall clock of a run of dates, with the dates on which it runs evenly known beforehand."""

    def __init__(self, zone: ZoneInfo, first: int, last: int) -> None:
        self.zone = zone
        self.midnight = {day: self.exactly(day, 0) for day in range(first, last + 2)}
        self.even = {
            day: self.midnight[day + 1] - self.midnight[day] == MIDNIGHT_AFTER for day in range(first, last + 1)
        }

    def exactly(self, day: int, minute: int) -> int:
        return minute_floor(instant_on(date.fromordinal(day), minute, self.zone))

    def minute(self, day: int, minute: int) -> int:
        """Return the instant of a time of day, which may be on the date after."""
        if minute >= MIDNIGHT_AFTER:
            day, minute = day + 1, minute - MIDNIGHT_AFTER
        return self.midnight[day] + minute if self.even.get(day) else self.exactly(day, minute)

    def span(self, day: int, span: ClockSpan) -> Stretch:
        ends = ends_minute(span.starts, span.ends)
        return self.minute(day, span.starts), self.minute(day, ends)


@lru_cache(maxsize=256)
def _days(zone: ZoneInfo, first: int, last: int) -> _Days:
    return _Days(zone, first, last)


def _each_date(working: WorkingTime, days: _Days, first: int, last: int) -> Iterator[tuple[Stretch, ...]]:
    """Walk the dates; on dates far from clock changes and without exception the weekday's answer is repeated."""
    shifts, breaks = _by_weekday(working.hours), _by_weekday(working.breaks)
    special = {hours.on.toordinal(): hours.spans for hours in working.exceptions}
    usual: dict[int, tuple[Stretch, ...]] = {}
    for day in range(first, last + 1):
        weekday = (day - 1) % 7
        midnight = days.midnight[day]
        is_usual = day not in special and all(days.even[near] for near in range(day - 2, day + 3))
        if is_usual and weekday in usual:
            yield tuple((midnight + starts, midnight + ends) for starts, ends in usual[weekday])
            continue
        found = _of_date(day, special.get(day, shifts[weekday]), breaks, days)
        if is_usual:
            usual[weekday] = tuple((starts - midnight, ends - midnight) for starts, ends in found)
        yield found


def _by_weekday(rules: tuple[Weekly, ...]) -> list[tuple[ClockSpan, ...]]:
    return [tuple(rule.span for rule in rules if weekday in rule.weekdays) for weekday in range(7)]


def _of_date(
    day: int, shifts: tuple[ClockSpan, ...], breaks: list[tuple[ClockSpan, ...]], days: _Days
) -> tuple[Stretch, ...]:
    """Return one date's stretches; breaks of the dates around it reach in where a shift passes midnight."""
    near = range(day - 2, day + 3)
    cuts = joined(days.span(other, span) for other in near for span in breaks[(other - 1) % 7])
    return tuple(_without(joined(days.span(day, span) for span in shifts), cuts))


def _without(spans: list[Stretch], cuts: list[Stretch]) -> Iterator[Stretch]:
    for starts, ends in spans:
        at = starts
        for cut_starts, cut_ends in cuts:
            if cut_ends <= at or cut_starts >= ends:
                continue
            if at < cut_starts:
                yield at, cut_starts
            at = cut_ends
        if at < ends:
            yield at, ends
