"""The grid of starts that a technician's own working time allows for a service of some length."""

from bisect import bisect_right
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from salon.domain.minute_mask import stepped
from salon.domain.time import MIDNIGHT_AFTER
from salon.domain.working_time import Stretch, WorkingTime, joined, stretches

_EPOCH_DAY = date(1970, 1, 1).toordinal()


def window(first: date, last: date) -> tuple[int, int]:
    """Return origin and size, in minutes, of a window that holds every instant of the local dates in any zone."""
    before, dates = first.toordinal() - 1, last.toordinal() - first.toordinal() + 1
    return (before - _EPOCH_DAY) * MIDNIGHT_AFTER, (dates + 2) * MIDNIGHT_AFTER


def run_at(runs: tuple[Stretch, ...] | list[Stretch], minute: int) -> Stretch | None:
    """Return the one of the joined stretches that holds the minute."""
    at = bisect_right(runs, minute, key=lambda run: run[0]) - 1
    return runs[at] if at >= 0 and minute < runs[at][1] else None


@lru_cache(maxsize=1024)
def working_starts(
    working: WorkingTime, zone: ZoneInfo, first: date, last: date, step: int, length: int
) -> tuple[int, tuple[Stretch, ...]]:
    """Return the grid of a technician's own working time, where the service fits in, and the joined stretches.

    The set of minutes counts from the window's origin. It depends on the values given and nothing else,
    so an answer that is kept is never stale.
    """
    reach = -(-length // MIDNIGHT_AFTER) + 1
    dates = stretches(working, first - timedelta(days=2), last + timedelta(days=1 + reach), zone)
    runs = tuple(joined(stretch for of_date in dates for stretch in of_date))
    origin, size = window(first, last)
    grids: list[Stretch] = []
    for starts, ends in (stretch for of_date in dates for stretch in of_date):
        run = run_at(runs, starts)
        last_end = run[1] - length + 1 if run else starts
        skipped = max(0, -((starts - origin) // step)) * step
        grids.append((starts + skipped - origin, min(ends, last_end, origin + size) - origin))
    return stepped(grids, step, size), runs
