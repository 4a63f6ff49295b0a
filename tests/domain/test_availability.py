"""Which starts are offered: each rule by example, on both sides of its boundary, at clock changes, and empty."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from salon.domain.availability import (
    Fit,
    Request,
    SalonRules,
    Span,
    StationTime,
    TechnicianTime,
    free_starts,
    free_technicians,
    is_offered,
    slots,
)
from salon.domain.choice import (
    Refusal,
    fairest_first,
    first_free_station,
    full_dates,
    minutes_by_date,
    nearest,
    refusal,
)
from salon.domain.time import parse_wall
from salon.domain.working_time import WEEKDAYS, ClockSpan, DayHours, Weekly, WorkingTime

BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
MONDAY = date(2026, 11, 23)
RULES = SalonRules(BERLIN, step_minutes=60, notice_minutes=0, horizon_days=3650)
LONG_AGO = datetime(2017, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def daily(*spans: str, breaks: Iterable[str] = (), exceptions: tuple[DayHours, ...] = ()) -> WorkingTime:
    """Return hours of every day, each as "09:00-18:00"."""
    return WorkingTime(
        tuple(Weekly.written(WEEKDAYS, *span.split("-")) for span in spans),
        tuple(Weekly.written(WEEKDAYS, *span.split("-")) for span in breaks),
        exceptions,
    )


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return parse_wall(text if "T" in text else f"{MONDAY}T{text}", zone)


def span(starts: str, ends: str, zone: ZoneInfo = BERLIN) -> Span:
    return Span(at(starts, zone), at(ends, zone))


def asked(working: WorkingTime, length: int = 60, **more: tuple[Span, ...]) -> Request:
    return Request((TechnicianTime("mai", working, length, **more),))  # type: ignore[arg-type]


def starts(
    request: Request,
    *,
    rules: SalonRules = RULES,
    on: date = MONDAY,
    last: date | None = None,
    now: datetime = LONG_AGO,
) -> list[str]:
    """Return the wall times of the starts listed, with the offset on days when it matters to the reader."""
    found = slots(rules, request, first=on, last=last or on, now=now)
    return [slot.starts_at.astimezone(rules.zone).strftime("%H:%M") for slot in found]


# ---- rule 1: working time ----


def test_a_technician_works_on_her_weekdays() -> None:
    working = WorkingTime((Weekly.written(["mon", "wed"], "09:00", "12:00"),))
    assert starts(asked(working)) == ["09:00", "10:00", "11:00"]
    assert starts(asked(working), on=MONDAY + timedelta(days=1)) == []
    assert starts(asked(working), last=MONDAY + timedelta(days=6)) == ["09:00", "10:00", "11:00"] * 2


def test_nobody_and_no_hours_offer_nothing() -> None:
    assert starts(Request(())) == []
    assert starts(asked(WorkingTime(()))) == []


def test_shifts_that_overlap_or_touch_are_one_stretch_with_one_grid() -> None:
    assert starts(asked(daily("09:00-10:30", "10:30-12:00"))) == ["09:00", "10:00", "11:00"]
    assert starts(asked(daily("10:00-12:00", "09:00-11:30", "09:15-09:30"))) == ["09:00", "10:00", "11:00"]
    assert starts(asked(daily("09:00-10:30", "10:31-12:00"))) == ["09:00", "10:31"]


def test_an_exception_replaces_the_hours_of_its_date_and_keeps_the_breaks() -> None:
    exceptions = (DayHours(MONDAY, (ClockSpan.written("14:00", "17:00"),)), DayHours(MONDAY + timedelta(days=1), ()))
    working = daily("09:00-11:00", breaks=["15:00-15:30"], exceptions=exceptions)
    assert starts(asked(working)) == ["14:00", "15:30"]
    assert starts(asked(working), on=MONDAY + timedelta(days=1)) == []
    assert starts(asked(working), on=MONDAY + timedelta(days=2)) == ["09:00", "10:00"]


def test_an_exception_leaves_the_shift_of_the_evening_before() -> None:
    working = daily("22:00-02:00", exceptions=(DayHours(MONDAY, ()),))
    assert starts(asked(working)) == ["00:00", "01:00"]
    assert starts(asked(working), on=MONDAY + timedelta(days=1)) == ["22:00", "23:00"]


def test_a_break_cuts_the_evening_befores_shift_on_its_own_weekday() -> None:
    hours = (Weekly.written(["sun"], "22:00", "03:00"),)
    monday = WorkingTime(hours, (Weekly.written(["mon"], "00:30", "01:00"),))
    sunday = WorkingTime(hours, (Weekly.written(["sun"], "00:30", "01:00"),))
    assert starts(asked(monday, 30)) == ["00:00", "01:00", "02:00"]
    assert starts(asked(monday)) == ["01:00", "02:00"]
    assert starts(asked(sunday)) == ["00:00", "01:00", "02:00"]


def test_a_break_over_midnight_cuts_both_dates() -> None:
    working = daily("00:00-24:00", breaks=["23:00-01:30"])
    assert starts(asked(working), rules=replace(RULES, step_minutes=240)) == [
        "01:30",
        "05:30",
        "09:30",
        "13:30",
        "17:30",
        "21:30",
    ]


def test_a_shift_to_24_00_ends_at_midnight() -> None:
    assert starts(asked(daily("22:00-24:00"))) == ["22:00", "23:00"]
    assert starts(asked(daily("22:00-00:00"))) == ["22:00", "23:00"]


# ---- rule 2: the grid ----


def test_a_break_begins_a_new_grid_and_a_booking_does_not() -> None:
    working = daily("09:00-15:00", breaks=["11:10-11:40"])
    assert starts(asked(working)) == ["09:00", "10:00", "11:40", "12:40", "13:40"]
    booked = asked(working, blocks=(span("12:40", "13:10"),))
    assert starts(booked) == ["09:00", "10:00", "11:40", "13:40"]
    assert starts(asked(working, away=(span("12:00", "13:10"),))) == ["09:00", "10:00", "13:40"]


def test_tight_fit_adds_the_start_right_after_a_block() -> None:
    tight = replace(RULES, fit=Fit.TIGHT)
    booked = asked(daily("09:00-13:00"), blocks=(span("09:00", "10:10"),), away=(span("12:30", "12:40"),))
    assert starts(booked) == ["11:00"]
    assert starts(booked, rules=tight) == ["10:10", "11:00"]
    assert starts(replace(booked, before_minutes=5), rules=tight) == ["10:15", "11:00"]


def test_tight_fit_adds_nothing_outside_working_time_or_off_the_minute() -> None:
    tight = replace(RULES, fit=Fit.TIGHT)
    before = asked(daily("09:00-11:00"), blocks=(span("08:00", "08:30"), span("10:01", "10:02")))
    assert starts(before, rules=tight) == ["09:00"]
    late = Span(at("09:00"), at("09:20") + timedelta(seconds=30))
    assert starts(asked(daily("09:00-11:00"), blocks=(late,)), rules=tight) == ["10:00"]
    nothing = asked(daily("09:00-11:00"), blocks=(span("09:20", "09:20"),))
    assert starts(nothing, rules=tight) == ["09:00", "10:00"]


# ---- rule 3: the service and its block ----


def test_the_service_may_end_with_the_stretch_and_not_a_minute_later() -> None:
    assert starts(asked(daily("09:00-11:00"))) == ["09:00", "10:00"]
    assert starts(asked(daily("09:00-11:00"), 61)) == ["09:00"]
    assert starts(asked(daily("09:00-11:00"), 120)) == ["09:00"]
    assert starts(asked(daily("09:00-11:00"), 121)) == []


def test_a_service_may_span_neighbouring_dates_that_touch_and_each_date_has_its_grid() -> None:
    working = daily("20:00-24:00", "00:00-00:50")
    step = replace(RULES, step_minutes=45)
    assert starts(asked(working, 90), rules=step) == ["20:00", "20:45", "21:30", "22:15", "23:00"]
    assert starts(asked(daily("20:00-24:00", "00:05-00:50"), 90), rules=step) == ["20:00", "20:45", "21:30", "22:15"]


def test_dates_that_overlap_offer_both_grids_once() -> None:
    working = WorkingTime((Weekly.written(["sun"], "22:00", "03:00"), Weekly.written(["mon"], "01:30", "04:00")))
    assert starts(asked(working)) == ["00:00", "01:00", "01:30", "02:00", "02:30"]
    same = WorkingTime((Weekly.written(["sun"], "22:00", "03:00"), Weekly.written(["mon"], "01:00", "04:00")))
    assert starts(asked(same)) == ["00:00", "01:00", "02:00", "03:00"]


def test_a_service_of_days_runs_through_shifts_that_touch() -> None:
    assert starts(asked(daily("00:00-24:00"), 5760), rules=replace(RULES, step_minutes=480)) == [
        "00:00",
        "08:00",
        "16:00",
    ]
    assert starts(asked(daily("00:00-23:59"), 5760)) == []


def test_blocks_may_touch_and_neighbours_buffers_add_up() -> None:
    booked = replace(asked(daily("09:00-18:00"), blocks=(span("12:00", "13:00"),)), before_minutes=0)
    assert starts(booked) == ["09:00", "10:00", "11:00", "13:00", "14:00", "15:00", "16:00", "17:00"]
    assert "11:00" not in starts(replace(booked, after_minutes=1))
    assert "13:00" not in starts(replace(booked, before_minutes=1))
    assert "13:00" in starts(replace(booked, after_minutes=1))


def test_buffers_reach_over_the_ends_of_a_stretch_and_into_breaks() -> None:
    working = daily("09:00-11:00", "12:00-13:00", breaks=["11:00-12:00"])
    assert starts(replace(asked(working), before_minutes=30, after_minutes=30)) == ["09:00", "10:00", "12:00"]


def test_buffers_do_not_reach_into_time_off_closures_or_the_evening_befores_block() -> None:
    request = replace(asked(daily("09:00-11:00"), away=(span("08:00", "08:31"),)), before_minutes=30)
    assert starts(request) == ["10:00"]
    closed = replace(asked(daily("09:00-11:00")), after_minutes=30, closures=(span("11:29", "12:00"),))
    assert starts(closed) == ["09:00"]


def test_a_closure_in_part_of_a_day_takes_that_part() -> None:
    closed = replace(asked(daily("09:00-14:00")), closures=(span("10:30", "12:00"), span("13:00", "13:00")))
    assert starts(closed) == ["09:00", "12:00", "13:00"]


def test_a_block_off_the_minute_is_busy_to_the_second() -> None:
    ends = Span(at("09:00"), at("10:00") + timedelta(seconds=1))
    assert starts(asked(daily("09:00-12:00"), blocks=(ends,))) == ["11:00"]
    begins = Span(at("10:00") - timedelta(seconds=1), at("11:00"))
    assert starts(asked(daily("09:00-12:00"), blocks=(begins,))) == ["11:00"]


# ---- clock changes ----


def test_when_the_clocks_go_on_the_skipped_hour_is_not_offered_and_lengths_are_elapsed() -> None:
    on = date(2026, 3, 29)
    assert starts(asked(daily("00:00-06:00")), on=on) == ["00:00", "01:00", "03:00", "04:00", "05:00"]
    assert starts(asked(daily("01:00-04:00"), 120), on=on) == ["01:00"]
    assert starts(asked(daily("01:00-04:00"), 121), on=on) == []
    assert starts(asked(daily("02:30-05:00")), on=on) == ["03:30"]
    assert starts(asked(daily("02:15-03:15")), on=on) == []


def test_when_the_clocks_go_back_the_hour_that_comes_twice_is_offered_twice() -> None:
    on = date(2026, 10, 25)
    found = slots(RULES, asked(daily("01:00-04:00")), first=on, last=on, now=LONG_AGO)
    told = [slot.starts_at.astimezone(BERLIN).isoformat(timespec="minutes")[11:] for slot in found]
    assert told == ["01:00+02:00", "02:00+02:00", "02:00+01:00", "03:00+01:00"]
    assert starts(asked(daily("01:00-02:30"), 90), on=on) == ["01:00"]
    assert starts(asked(daily("02:30-04:00"), 150), on=on) == ["02:30"]


def test_lord_howes_half_hour() -> None:
    rules = replace(RULES, zone=LORD_HOWE, step_minutes=30)
    working = daily("01:00-03:30")
    assert starts(asked(working, 30), rules=rules, on=date(2026, 10, 4)) == ["01:00", "01:30", "02:30", "03:00"]
    twice = ["01:00", "01:30", "01:30", "02:00", "02:30", "03:00"]
    assert starts(asked(working, 30), rules=rules, on=date(2026, 4, 5)) == twice


def test_a_date_that_never_was_lists_nothing_and_its_shift_moves_on() -> None:
    rules = replace(RULES, zone=ZoneInfo("Pacific/Apia"), step_minutes=60)
    now = datetime(2011, 12, 1, tzinfo=UTC)
    assert starts(asked(daily("09:00-11:00")), rules=rules, on=date(2011, 12, 30), now=now) == []
    assert starts(asked(daily("09:00-11:00")), rules=rules, on=date(2011, 12, 31), now=now) == ["09:00", "10:00"]


def test_two_dates_that_take_turns_keep_their_own_starts() -> None:
    rules = replace(RULES, zone=ZoneInfo("America/Goose_Bay"), step_minutes=30)
    now = datetime(2010, 11, 1, tzinfo=UTC)
    working = daily("22:30-00:30")
    saturday = starts(asked(working, 30), rules=rules, on=date(2010, 11, 6), now=now)
    sunday = starts(asked(working, 30), rules=rules, on=date(2010, 11, 7), now=now)
    assert saturday == ["00:00", "22:30", "23:00", "23:30", "23:30"]
    assert sunday[:2] == ["00:00", "00:00"]


# ---- rule 4: notice, horizon, dates ----


def test_notice_is_exact_to_the_second() -> None:
    rules = replace(RULES, notice_minutes=120)
    request = asked(daily("09:00-12:00"))
    assert starts(request, rules=rules, now=at("08:00")) == ["10:00", "11:00"]
    assert starts(request, rules=rules, now=at("08:00") + timedelta(microseconds=1)) == ["11:00"]
    assert starts(request, rules=rules, now=at("07:59") + timedelta(seconds=59)) == ["10:00", "11:00"]


def test_the_horizon_is_in_whole_local_dates() -> None:
    rules = replace(RULES, horizon_days=1)
    request = asked(daily("09:00-10:00", "23:00-24:00"))
    late = at("2026-11-22T23:59")
    assert starts(request, rules=rules, now=late) == ["09:00", "23:00"]
    assert starts(request, rules=rules, now=late - timedelta(days=1)) == []
    assert starts(request, rules=rules, now=late, last=MONDAY + timedelta(days=9)) == ["09:00", "23:00"]


def test_a_start_after_midnight_is_listed_under_its_own_date() -> None:
    working = WorkingTime((Weekly.written(["sun"], "23:00", "01:00"),))
    assert starts(asked(working), on=MONDAY - timedelta(days=1)) == ["23:00"]
    assert starts(asked(working)) == ["00:00"]


def test_a_range_that_is_past_or_backwards_is_empty() -> None:
    request = asked(daily("09:00-10:00"))
    assert starts(request, now=at("2026-12-01T00:00")) == []
    assert starts(request, on=MONDAY, last=MONDAY - timedelta(days=1)) == []
    assert starts(request, on=date.min, last=date.max, rules=replace(RULES, horizon_days=0), now=at("00:00")) == [
        "09:00"
    ]


# ---- rule 5: stations and the client ----


def test_one_station_is_free_for_the_whole_block_and_the_first_is_taken() -> None:
    one, two = StationTime("one", (span("09:00", "10:00"),)), StationTime("two", (span("10:30", "12:00"),))
    request = replace(asked(daily("09:00-13:00")), stations=(one, two))
    assert starts(request) == ["09:00", "10:00", "11:00", "12:00"]
    assert first_free_station(request, at("09:00"), technician="mai") == "two"
    assert first_free_station(request, at("10:00"), technician="mai") == "one"
    assert first_free_station(request, at("12:00"), technician="mai") == "one"
    assert starts(replace(request, before_minutes=1)) == ["09:00", "11:00", "12:00"]
    assert starts(replace(request, stations=(two,))) == ["09:00", "12:00"]


def test_a_service_without_station_needs_none_and_one_of_a_kind_that_is_not_there_is_never_offered() -> None:
    request = asked(daily("09:00-10:00"))
    assert first_free_station(request, at("09:00"), technician="mai") is None
    assert starts(replace(request, stations=())) == []
    with pytest.raises(LookupError):
        first_free_station(replace(request, stations=()), at("09:00"), technician="mai")
    with pytest.raises(LookupError):
        first_free_station(replace(request, stations=()), at("09:00"), technician="nobody")


def test_the_clients_own_visits_stand_in_the_way_without_buffers() -> None:
    request = replace(asked(daily("09:00-13:00")), client_busy=(span("10:00", "11:00"),))
    assert starts(replace(request, before_minutes=30, after_minutes=30)) == ["09:00", "11:00", "12:00"]
    assert starts(replace(request, client_busy=(span("10:59", "11:01"),))) == ["09:00", "12:00"]


# ---- rule 6: any technician ----


def test_a_slot_lists_everybody_who_is_free_by_sorted_key_each_with_her_length() -> None:
    mai = TechnicianTime("mai", daily("09:00-11:00"), 60)
    an = TechnicianTime("an", daily("10:00-12:00"), 120)
    found = slots(RULES, Request((mai, an)), first=MONDAY, last=MONDAY, now=LONG_AGO)
    assert [(slot.starts_at, slot.technicians) for slot in found] == [
        (at("09:00"), ("mai",)),
        (at("10:00"), ("an", "mai")),
    ]
    assert free_technicians(RULES, Request((mai, an)), at("10:00"), now=LONG_AGO) == ("an", "mai")


def test_the_least_booked_comes_first_and_ties_go_by_key() -> None:
    assert fairest_first(["mai", "an", "lan"], {"an": 60, "mai": 30}) == ("lan", "mai", "an")
    assert fairest_first(["mai", "an"], {"an": 30, "mai": 30}) == ("an", "mai")
    assert fairest_first([], {}) == ()


def test_booked_minutes_count_on_the_local_date_of_the_start() -> None:
    spans = [span("09:00", "10:00"), span("23:30", "2026-11-24T00:30"), span("2026-11-24T00:00", "2026-11-24T00:20")]
    assert minutes_by_date(spans, BERLIN) == {MONDAY: 120, MONDAY + timedelta(days=1): 20}


def test_a_date_full_of_massage_offers_nothing() -> None:
    full = full_dates({MONDAY: 100, MONDAY + timedelta(days=1): 99}, asked_minutes=21, limit_minutes=120)
    assert full == {MONDAY}
    technician = TechnicianTime("mai", daily("09:00-10:00"), 60, full_on=full)
    assert starts(Request((technician,)), last=MONDAY + timedelta(days=1)) == ["09:00"]
    assert starts(Request((technician,))) == []


# ---- one engine accepts and lists; refusals; alternatives ----


def test_a_start_off_the_grid_or_the_minute_is_not_offered() -> None:
    request = asked(daily("09:00-12:00"))
    assert is_offered(RULES, request, at("09:00"), now=LONG_AGO)
    for start in (at("09:01"), at("09:00") + timedelta(seconds=1), at("12:00"), at("08:00")):
        assert not is_offered(RULES, request, start, now=LONG_AGO)


@pytest.mark.parametrize("start", [datetime.min, datetime.max, datetime(1969, 12, 31), datetime(2200, 1, 1)])  # noqa: DTZ001, DTZ901
def test_starts_at_the_ends_of_time_are_refused_plainly(start: datetime) -> None:
    request = asked(daily("09:00-12:00"))
    start = start.replace(tzinfo=UTC)
    assert refusal(RULES, request, start, now=at("08:00")) is Refusal.NOT_OFFERED
    assert nearest(RULES, request, start, now=at("08:00")) == ()


def test_a_start_that_overlaps_a_block_is_taken_and_any_other_is_not_offered() -> None:
    request = replace(asked(daily("09:00-12:00"), blocks=(span("10:00", "11:00"),)), closures=(span("11:30", "12:00"),))

    def why(start: str, request: Request = request) -> Refusal | None:
        return refusal(RULES, request, at(start), now=at("08:00"))

    assert why("09:00") is None
    assert why("10:00") is Refusal.TAKEN
    assert why("10:07") is Refusal.TAKEN
    assert why("11:00") is Refusal.NOT_OFFERED  # closed
    assert why("08:30") is Refusal.NOT_OFFERED
    client = replace(asked(daily("09:00-12:00")), client_busy=(span("09:30", "10:00"),))
    assert why("09:00", client) is Refusal.TAKEN
    station = replace(asked(daily("09:00-12:00")), stations=(StationTime("one", (span("09:30", "10:00"),)),))
    assert why("09:00", station) is Refusal.TAKEN
    assert why("11:00", replace(station, stations=())) is Refusal.NOT_OFFERED
    away = TechnicianTime("an", daily("09:00-12:00"), 60, away=(span("00:00", "23:00"),))
    assert why("10:00", replace(request, technicians=(*request.technicians, away))) is Refusal.TAKEN
    assert why("10:07", replace(request, technicians=(*request.technicians, away))) is Refusal.NOT_OFFERED


def test_alternatives_are_the_nearest_first_and_of_two_as_near_the_earlier() -> None:
    request = asked(daily("09:00-14:00"), blocks=(span("11:00", "12:00"),))
    found = nearest(RULES, request, at("11:00"), now=at("00:00"))
    assert [slot.starts_at for slot in found] == [at(hour) for hour in ("10:00", "12:00", "09:00", "13:00")] + [
        at("2026-11-24T09:00")
    ]
    assert len(nearest(RULES, request, at("11:00"), now=at("00:00"), limit=2)) == 2


def test_alternatives_are_within_fourteen_days() -> None:
    far = asked(daily("00:00-24:00"), away=(span("00:00", "2026-12-07T09:00"),))
    assert [slot.starts_at for slot in nearest(RULES, far, at("09:00"), now=at("00:00"))] == [at("2026-12-07T09:00")]
    assert nearest(RULES, far, at("08:59"), now=at("00:00")) == ()


def test_two_services_in_a_row_are_two_sets_shifted_and_intersected() -> None:
    rules = replace(RULES, step_minutes=30)
    first = free_starts(rules, asked(daily("09:00-11:00")), first=MONDAY, last=MONDAY, now=LONG_AGO)
    then = asked(daily("10:30-12:00"), 30)
    second = free_starts(rules, then, first=MONDAY, last=MONDAY, now=LONG_AGO)
    (_, mask), (_, after) = first.masks[0], second.masks[0]
    both = replace(first, masks=(("mai", mask & after >> 60),))
    assert [slot.starts_at for slot in both.slots()] == [at("09:30"), at("10:00")]


@pytest.mark.parametrize(("length", "step", "before"), [(0, 15, 0), (-1, 15, 0), (60, 0, 0), (60, 15, -1)])
def test_lengths_and_steps_are_above_zero(length: int, step: int, before: int) -> None:
    request = replace(asked(daily("09:00-12:00"), length), before_minutes=before)
    with pytest.raises(ValueError, match="above zero"):
        starts(request, rules=replace(RULES, step_minutes=step))
