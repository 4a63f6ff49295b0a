"""The engine against the slow one, and what must hold of every answer, over random salons and clock changes."""

import os
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from salon.domain.availability import Fit, Slot, Span, free_technicians, is_offered, slots
from salon.domain.choice import Refusal, first_free_station, nearest, refusal
from salon.domain.time import local_date
from salon.domain.working_time import WorkingTime, stretches
from tests.domain.random_salons import MINUTE, Case, cases, working_times
from tests.domain.slow_availability import overlap, slow_instant, slow_slots, worked_minutes

DEEP = os.environ.get("DEEP") == "1"
MANY = settings(max_examples=50_000 if DEEP else 2_000, deadline=None)
SOME = settings(max_examples=5_000 if DEEP else 150, deadline=None)


def listed(case: Case) -> tuple[Slot, ...]:
    return slots(case.rules, case.request, first=case.first, last=case.last, now=case.now)


def block_of(case: Case, slot: Slot, key: str) -> tuple[Span, Span]:
    """Return the service and its block."""
    length = next(each.length_minutes for each in case.request.technicians if each.key == key) * MINUTE
    service = Span(slot.starts_at, slot.starts_at + length)
    before, after = case.request.before_minutes * MINUTE, case.request.after_minutes * MINUTE
    return service, Span(service.starts_at - before, service.ends_at + after)


def with_block(case: Case, key: str, block: Span) -> Case:
    technicians = tuple(
        replace(each, blocks=(*each.blocks, block)) if each.key == key else each for each in case.request.technicians
    )
    return replace(case, request=replace(case.request, technicians=technicians))


@settings(SOME, max_examples=10_000 if DEEP else 300)
@given(working_times())
def test_working_time_is_the_minutes_of_its_shifts_less_the_breaks(
    drawn: tuple[ZoneInfo, date, WorkingTime],
) -> None:
    zone, changed_on, working = drawn
    first = changed_on - timedelta(days=9)
    for days, found in enumerate(stretches(working, first, first + timedelta(days=18), zone)):
        minutes = [minute for starts, ends in found for minute in range(starts, ends)]
        assert minutes == sorted(worked_minutes(working, first + timedelta(days=days), zone))
        assert all(one[1] < other[0] for one, other in pairwise(found))


@MANY
@given(cases())
def test_the_engine_lists_what_the_slow_one_lists(case: Case) -> None:
    expected = slow_slots(case.rules, case.request, first=case.first, last=case.last, now=case.now)
    assert [(slot.starts_at, slot.technicians) for slot in listed(case)] == expected


@SOME
@given(cases(), st.data())
def test_what_is_listed_is_accepted_and_nothing_else_is(case: Case, data: st.DataObject) -> None:
    by_start = {slot.starts_at: slot.technicians for slot in listed(case)}
    midnight = slow_instant(_midnight(case), case.rules.zone)
    minutes = data.draw(st.lists(st.integers(-120, 3000), max_size=10))
    asked = [midnight + minute * MINUTE for minute in minutes] + list(by_start)[:: max(1, len(by_start) // 10)]
    for start in [*asked, *(start + timedelta(seconds=1) for start in asked[-2:])]:
        if case.first <= local_date(start, case.rules.zone) <= case.last:
            free = free_technicians(case.rules, case.request, start, now=case.now)
            assert free == by_start.get(start, ())
            assert (refusal(case.rules, case.request, start, now=case.now) is None) == (start in by_start)


@SOME
@given(cases())
def test_nothing_offered_overlaps_and_a_station_is_free(case: Case) -> None:
    for slot in listed(case)[::5]:
        for key in slot.technicians:
            service, block = block_of(case, slot, key)
            technician = next(each for each in case.request.technicians if each.key == key)
            taken = [*technician.blocks, *technician.away, *case.request.closures]
            assert not any(overlap(block, span) for span in taken)
            assert not any(overlap(service, span) for span in case.request.client_busy)
            station = first_free_station(case.request, slot.starts_at, technician=key)
            on_it = [each.blocks for each in case.request.stations or () if each.key == station]
            assert not any(overlap(block, span) for span in (on_it[0] if on_it else ()))


@SOME
@given(cases(fits=(Fit.GRID,)), st.data())
def test_a_booking_never_adds_a_start_on_the_grid(case: Case, data: st.DataObject) -> None:
    before = listed(case)
    if not before:
        return
    slot = data.draw(st.sampled_from(before))
    _, block = block_of(case, slot, slot.technicians[0])
    after = listed(with_block(case, slot.technicians[0], block))
    free = {(each.starts_at, key) for each in before for key in each.technicians}
    assert {(each.starts_at, key) for each in after for key in each.technicians} < free


@SOME
@given(cases(), st.data())
def test_a_booked_start_is_taken_and_with_tight_fit_the_next_one_touches_it(case: Case, data: st.DataObject) -> None:
    before = listed(case)
    if not before:
        return
    slot = data.draw(st.sampled_from(before))
    key = slot.technicians[0]
    _, block = block_of(case, slot, key)
    only = tuple(each for each in case.request.technicians if each.key == key)
    booked = with_block(replace(case, request=replace(case.request, technicians=only)), key, block)
    assert refusal(booked.rules, booked.request, slot.starts_at, now=booked.now) is Refusal.TAKEN
    for each in listed(booked):
        assert not overlap(block_of(booked, each, key)[1], block)


@SOME
@given(cases())
def test_the_nearest_are_offered_starts_in_order_of_distance(case: Case) -> None:
    start = slow_instant(_midnight(case), case.rules.zone) + timedelta(hours=10)
    found = nearest(case.rules, case.request, start, now=case.now)
    distances = [abs(slot.starts_at - start) for slot in found]
    assert distances == sorted(distances)
    assert len(found) <= 5
    assert all(is_offered(case.rules, case.request, slot.starts_at, now=case.now) for slot in found)
    if len(found) < 5:
        return
    for slot in listed(case):
        assert slot in found or abs(slot.starts_at - start) >= distances[-1]


def _midnight(case: Case) -> datetime:
    return datetime(case.first.year, case.first.month, case.first.day)  # noqa: DTZ001 - a wall time
