"""Sets of whole minutes as the bits of one big integer: bit n is the n-th minute after the window's start.

Python's big integers do set arithmetic on a month of minutes in about a microsecond.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from salon.domain.time import instant_at, instant_of_minute, local_date, minute_floor


def full(size: int) -> int:
    """Return all minutes of a window."""
    return (1 << size) - 1


def from_minute(first: int, size: int) -> int:
    """Return the window's minutes at and after one, which may lie outside the window."""
    first = min(max(first, 0), size)
    return full(size - first) << first


def covered(spans: Iterable[tuple[int, int]], size: int) -> int:
    """Return the minutes that lie in any of the half-open spans; parts outside the window are cut off.

    Each span, less what one before it covers, is 2^end - 2^start; all ends and all starts are summed
    as bytes, so the cost is one subtraction, however many spans there are.
    """
    opens, closes = bytearray(size // 8 + 1), bytearray(size // 8 + 1)
    so_far = 0
    for starts, ends in sorted(spans):
        begin, stop = max(starts, so_far), min(ends, size)
        if begin < stop:
            opens[begin >> 3] |= 1 << (begin & 7)
            closes[stop >> 3] |= 1 << (stop & 7)
            so_far = stop
    return int.from_bytes(closes, "little") - int.from_bytes(opens, "little")


def stepped(spans: Iterable[tuple[int, int]], step: int, size: int) -> int:
    """Return start, start + step, ... before the end, of each span; spans begin inside the window and end in it.

    A run of n steps is (2^(start + n * step) - 2^start) / (2^step - 1). As long as the runs are apart,
    one subtraction and one division make all of them; a run that reaches into the one before is added by itself.
    """
    opens, closes = bytearray((size + step) // 8 + 1), bytearray((size + step) // 8 + 1)
    added, so_far = 0, 0
    for starts, ends in spans:
        if ends <= starts:
            continue
        stop = starts - (starts - ends) // step * step
        if starts < so_far:
            added |= full(stop - starts) // full(step) << starts
            continue
        so_far = stop
        opens[starts >> 3] |= 1 << (starts & 7)
        closes[stop >> 3] |= 1 << (stop & 7)
    return (int.from_bytes(closes, "little") - int.from_bytes(opens, "little")) // full(step) | added


def minutes_of(mask: int) -> Iterator[int]:
    """Yield the minutes of a set, ascending."""
    digits = bin(mask)[:1:-1]
    found = digits.find("1")
    while found >= 0:
        yield found
        found = digits.find("1", found + 1)


def minutes_down(mask: int) -> Iterator[int]:
    """Yield the minutes of a set, descending."""
    while mask:
        last = mask.bit_length() - 1
        yield last
        mask ^= 1 << last


@lru_cache(maxsize=1024)
def dates_from(on: date, zone: ZoneInfo, origin: int, size: int) -> int:
    """Return the window's minutes whose local date is `on` or later.

    Dates follow each other at one instant, but for a clock change at midnight: there each minute is asked.
    """
    midnight = datetime.combine(on, datetime.min.time())
    passes = sorted((minute_floor(instant_at(midnight, zone)), minute_floor(midnight.replace(tzinfo=zone, fold=1))))
    mask = from_minute(passes[1] - origin, size)
    for minute in range(max(passes[0], origin), min(passes[1], origin + size)):
        if local_date(instant_of_minute(minute), zone) >= on:
            mask |= 1 << (minute - origin)
    return mask
