"""Wall clock and instants: gaps, passes, offsets, midnight, and the texts of files and of the API."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from salon.domain.time import (
    BadTime,
    clock_text,
    instant_at,
    instant_of_minute,
    instant_on,
    instant_text,
    local_date,
    minute_ceil,
    minute_floor,
    parse_clock,
    parse_date,
    parse_instant,
    parse_wall,
    span_on,
    wall_text,
)
from tests.domain.random_salons import PLACES
from tests.domain.slow_availability import MINUTE, slow_instant

BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "wall", "instant"),
    [
        ("Europe/Berlin", "2026-12-25T00:00", "2026-12-24T23:00"),
        ("Europe/Berlin", "2026-03-29T01:59", "2026-03-29T00:59"),
        ("Europe/Berlin", "2026-03-29T02:00", "2026-03-29T01:00"),
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30"),  # skipped: 03:30
        ("Europe/Berlin", "2026-03-29T03:30", "2026-03-29T01:30"),
        ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30"),  # twice: the first pass
        ("Australia/Lord_Howe", "2026-10-04T02:10", "2026-10-03T15:40"),  # half an hour: 02:40
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45"),
        ("Pacific/Apia", "2011-12-30T10:00", "2011-12-30T20:00"),  # the date that never was: the 31st
        ("Asia/Ho_Chi_Minh", "2026-03-29T02:30", "2026-03-28T19:30"),
    ],
)
def test_a_wall_time_becomes_an_instant(zone: str, wall: str, instant: str) -> None:
    assert parse_wall(wall, ZoneInfo(zone)) == utc(instant)


def test_the_second_pass_is_named_by_its_offset_and_written_with_it() -> None:
    first, second = utc("2026-10-25T00:30"), utc("2026-10-25T01:30")
    wall = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001 - a wall time
    assert parse_wall("2026-10-25T02:30+01:00", BERLIN) == instant_at(wall, BERLIN, fold=1) == second
    assert parse_wall("2026-10-25T02:30+02:00", BERLIN) == first
    assert wall_text(second, BERLIN) == "2026-10-25T02:30+01:00"
    assert wall_text(first, BERLIN) == "2026-10-25T02:30"
    assert wall_text(utc("2026-04-04T15:15"), LORD_HOWE) == "2026-04-05T01:45+10:30"


def test_the_second_pass_of_a_skipped_wall_time_is_its_only_one() -> None:
    skipped = datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001 - a wall time
    assert instant_at(skipped, BERLIN, fold=1) == instant_at(skipped, BERLIN)


@pytest.mark.parametrize("place", PLACES)
def test_around_a_clock_change_every_wall_time_is_as_slow_reckoning_says_and_comes_back(
    place: tuple[str, date],
) -> None:
    zone, on = ZoneInfo(place[0]), place[1]
    midnight = datetime(on.year, on.month, on.day)  # noqa: DTZ001 - a wall time
    for minute in range(-1440, 2880, 10):
        wall = midnight + minute * MINUTE
        instant = instant_at(wall, zone)
        assert instant == slow_instant(wall, zone) == instant_on(on, minute, zone)
        for each in (instant, instant_at(wall, zone, fold=1)):
            assert parse_wall(wall_text(each, zone), zone) == each


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-12-25", "not_a_wall_time"),
        ("2026-12-25T00:00:00", "not_a_wall_time"),
        ("2026-12-25T24:00", "not_a_wall_time"),
        ("2026-02-30T10:00", "not_a_wall_time"),
        ("2026-12-25 00:00", "not_a_wall_time"),
        ("2026-12-25T00:00Z", "not_a_wall_time"),
        ("٢٠٢٦-12-25T00:00", "not_a_wall_time"),
        ("0001-01-01T00:00", "not_a_wall_time"),
        ("0001-01-01T00:00+14:00", "not_a_wall_time"),
        ("", "not_a_wall_time"),
        ("2026-12-25T00:00+05:00", "not_an_offset_of_the_zone"),
        ("2026-03-29T02:30+01:00", "not_an_offset_of_the_zone"),
        ("2026-10-25T02:30+03:00", "not_an_offset_of_the_zone"),
    ],
)
def test_a_bad_wall_time_says_why(text: str, code: str) -> None:
    with pytest.raises(BadTime) as caught:
        parse_wall(text, BERLIN)
    assert (caught.value.code, caught.value.text) == (code, text)


def test_a_wall_time_is_written_in_whole_minutes_only() -> None:
    with pytest.raises(ValueError, match="whole minute"):
        wall_text(utc("2026-12-25T10:00:01"), BERLIN)


@pytest.mark.parametrize(("text", "minute"), [("00:00", 0), ("09:05", 545), ("23:59", 1439), ("24:00", 1440)])
def test_a_time_of_day_is_minutes_since_midnight(text: str, minute: int) -> None:
    assert parse_clock(text) == minute
    assert clock_text(minute) == text


@pytest.mark.parametrize("text", ["24:01", "9:00", "09:60", "25:00", "09:00:00", " 09:00", "09:00\n", "", "-1:00"])
def test_a_bad_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(BadTime, match="not_a_time_of_day"):
        parse_clock(text)


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        ("09:00", "18:00", ("2026-11-23T08:00", "2026-11-23T17:00")),
        ("09:00", "24:00", ("2026-11-23T08:00", "2026-11-23T23:00")),
        ("00:00", "24:00", ("2026-11-22T23:00", "2026-11-23T23:00")),
        ("22:00", "06:00", ("2026-11-23T21:00", "2026-11-24T05:00")),
        ("22:00", "00:00", ("2026-11-23T21:00", "2026-11-23T23:00")),
        ("09:00", "09:00", ("2026-11-23T08:00", "2026-11-24T08:00")),
    ],
)
def test_a_shift_that_ends_at_or_before_its_start_ends_on_the_next_date(
    starts: str, ends: str, expected: tuple[str, str]
) -> None:
    span = span_on(date(2026, 11, 23), parse_clock(starts), parse_clock(ends), BERLIN)
    assert span == (utc(expected[0]), utc(expected[1]))


def test_a_clock_change_can_leave_a_shift_empty() -> None:
    starts, ends = span_on(date(2026, 3, 29), parse_clock("02:45"), parse_clock("03:15"), BERLIN)
    assert ends < starts


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-01T10:00:00+01:00",
        "2026-12-01T10:00+01:00",
        "2026-12-01T09:00Z",
        "2026-12-01t09:00:00.000z",
        "2026-12-01T14:45:00+05:45",
        "2026-11-30T23:00:00-1000",
        "2026-12-01T23:00+14",
    ],
)
def test_an_instant_may_have_any_offset(text: str) -> None:
    assert parse_instant(text) == utc("2026-12-01T09:00")
    assert instant_text(parse_instant(text), BERLIN) == "2026-12-01T10:00:00+01:00"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-12-01T10:00:00", "no_offset"),
        ("2026-12-01T10:00", "no_offset"),
        ("2026-12-01", "not_an_instant"),
        ("2026-12-01T10:00 01:00", "not_an_instant"),
        ("2026-12-01T10:60Z", "not_an_instant"),
        ("2026-12-01T10:00+25:00", "not_an_instant"),
        ("0001-01-01T00:00+14:00", "not_an_instant"),
        ("9999-12-31T23:59-14:00", "not_an_instant"),
        ("tomorrow", "not_an_instant"),
        ("", "not_an_instant"),
        ("2026-12-01T10:00Z\0", "not_an_instant"),
    ],
)
def test_a_bad_instant_says_why(text: str, code: str) -> None:
    with pytest.raises(BadTime) as caught:
        parse_instant(text)
    assert caught.value.code == code


def test_dates_are_written_one_way() -> None:
    assert parse_date("2026-02-28") == date(2026, 2, 28)
    for text in ("2026-02-30", "20260228", "2026-2-28", "2026-W09-1", "", "2026-02-28T00:00"):
        with pytest.raises(BadTime, match="not_a_date"):
            parse_date(text)


def test_the_local_date_is_the_salons() -> None:
    assert local_date(utc("2026-12-24T22:59"), BERLIN) == date(2026, 12, 24)
    assert local_date(utc("2026-12-24T23:00"), BERLIN) == date(2026, 12, 25)


def test_minutes_round_down_and_up() -> None:
    whole, later = utc("2026-12-24T22:59"), utc("2026-12-24T22:59:00.000001")
    assert minute_floor(whole) == minute_ceil(whole) == minute_floor(later) == minute_ceil(later) - 1
    assert instant_of_minute(minute_floor(later)) == whole
