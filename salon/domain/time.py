"""Wall clock and instants: the only place that knows how a salon's local time becomes an instant and back.

Inside the product an instant is an aware datetime in UTC; a time of day is a count of minutes since
midnight as written (0-1440, 1440 is "24:00"). Source: contract, section 5.
"""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MIDNIGHT_AFTER = 1440
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_DAY = r"\d{4}-\d\d-\d\d"
_OFFSET = r"[+-]\d\d:?\d\d"
_DATE_TEXT = re.compile(_DAY, re.ASCII)
_CLOCK_TEXT = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00", re.ASCII)
_WALL_TEXT = re.compile(rf"({_DAY}T\d\d:\d\d)({_OFFSET})?", re.ASCII)
_INSTANT_TEXT = re.compile(rf"{_DAY}[Tt]\d\d:\d\d(:\d\d([.,]\d+)?)?([Zz]|{_OFFSET}|[+-]\d\d)", re.ASCII)


class BadTime(ValueError):
    """A text that is not the date, time of day, wall time or instant that was asked for; `code` says why."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text


def instant_at(wall: datetime, zone: ZoneInfo, *, fold: int = 0) -> datetime:
    """Return the instant of a wall time (naive) in the zone.

    A wall time that the clocks skip moves on by the gap; one that comes twice is its first pass,
    with fold=1 its second.
    """
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return max(first, second) if fold else first


def instant_on(on: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return the instant of a time of day (minutes, may be 1440 and more: the dates after) on a local date."""
    wall = datetime.combine(on, datetime.min.time()) + timedelta(minutes=minute)
    return instant_at(wall, zone)


def span_on(on: date, starts: int, ends: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the instants of a shift or break that begins on a local date.

    An end at or before its start, as written, is on the next date. A clock change can leave the
    span empty (end at or before start): then it does nothing.
    """
    return instant_on(on, starts, zone), instant_on(on, ends_minute(starts, ends), zone)


def ends_minute(starts: int, ends: int) -> int:
    """Return the end of a shift or break in minutes since midnight of the date on which it begins."""
    return ends if ends > starts else ends + MIDNIGHT_AFTER


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """Return the date that the salon's calendar shows at an instant."""
    return instant.astimezone(zone).date()


def minute_floor(instant: datetime) -> int:
    """Return the last whole minute at or before an instant, counted from 1970 in UTC."""
    since = instant - _EPOCH
    return since.days * 1440 + since.seconds // 60


def minute_ceil(instant: datetime) -> int:
    """Return the first whole minute at or after an instant, counted from 1970 in UTC."""
    until = _EPOCH - instant
    return -(until.days * 1440 + until.seconds // 60)


def instant_of_minute(minute: int) -> datetime:
    """Return the instant of a whole minute counted from 1970 in UTC."""
    return _EPOCH + timedelta(minutes=minute)


def parse_date(text: str) -> date:
    """Return the date of "YYYY-MM-DD". Raises BadTime."""
    if not _DATE_TEXT.fullmatch(text):
        raise BadTime("not_a_date", text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadTime("not_a_date", text) from None


def parse_clock(text: str) -> int:
    """Return the minutes since midnight of "HH:MM"; "24:00" is 1440. Raises BadTime."""
    if not _CLOCK_TEXT.fullmatch(text):
        raise BadTime("not_a_time_of_day", text)
    return int(text[:2]) * 60 + int(text[3:])


def clock_text(minute: int) -> str:
    """Return "HH:MM" for minutes since midnight, "24:00" for 1440."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def parse_wall(text: str, zone: ZoneInfo) -> datetime:
    """Return the instant of a salon file's wall time, "2026-10-25T02:30" or "2026-10-25T02:30+01:00".

    Raises BadTime when the text is malformed, or has an offset that the zone does not have at that wall time.
    """
    match = _WALL_TEXT.fullmatch(text)
    if match is None:
        raise BadTime("not_a_wall_time", text)
    try:
        wall = datetime.fromisoformat(match[1])
        if match[2] is None:
            return instant_at(wall, zone)
        named = datetime.fromisoformat(text).astimezone(UTC)
        reads = named.astimezone(zone).replace(tzinfo=None, fold=0)
    except (ValueError, OverflowError):
        raise BadTime("not_a_wall_time", text) from None
    if reads != wall:
        raise BadTime("not_an_offset_of_the_zone", text)
    return named


def wall_text(instant: datetime, zone: ZoneInfo) -> str:
    """Return the salon file's wall time of an instant; the second pass of one that comes twice has its offset.

    Raises ValueError for an instant off the whole minute: the file cannot say it.
    """
    local = instant.astimezone(zone)
    if local.second or local.microsecond:
        raise ValueError(f"not a whole minute: {instant.isoformat()}")
    text = local.isoformat(timespec="minutes")
    return text if local.fold else text[:16]


def parse_instant(text: str) -> datetime:
    """Return the instant of an ISO 8601 text with any valid offset, in UTC.

    Raises BadTime: "no_offset" for one without offset, otherwise "not_an_instant".
    """
    if not _INSTANT_TEXT.fullmatch(text):
        code = "no_offset" if _INSTANT_TEXT.fullmatch(f"{text}Z") else "not_an_instant"
        raise BadTime(code, text)
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadTime("not_an_instant", text) from None


def instant_text(instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant as ISO 8601 with the offset of the salon's zone, to the second."""
    return instant.astimezone(zone).isoformat(timespec="seconds")
