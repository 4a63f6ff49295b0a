"""How long answers hold: statuses, the day's window, what is asked next, a doctor's OK."""

from datetime import UTC, date, datetime, timedelta

import pytest

from salon.domain.questionnaire import Scope
from salon.domain.validity import (
    IntakeStatus,
    caution_ends_at,
    confirmation_needed,
    doctor_ok_holds,
    intake_status,
    scope_due,
)
from tests.domain.rule_examples import said

START = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def status(*, full=None, day=None, now=START, requires=True, valid_days=180):
    """Ages before the start become instants."""
    return intake_status(
        requires_intake=requires,
        full_at=None if full is None else START - full,
        day_at=None if day is None else START - day,
        start=START,
        now=now,
        valid_days=valid_days,
    )


def test_a_service_without_intake_needs_none():
    assert status(requires=False) is IntakeStatus.NOT_REQUIRED


def test_without_a_full_intake_it_is_missing():
    assert status(day=timedelta(hours=1)) is IntakeStatus.MISSING


@pytest.mark.parametrize(
    ("age", "expected"),
    [(180 * DAY, IntakeStatus.VALID), (180 * DAY + SECOND, IntakeStatus.EXPIRED)],
)
def test_a_full_intake_holds_180_days_up_to_the_start(age, expected):
    assert status(full=age, day=timedelta(hours=1)) is expected
    assert status(full=age, now=START - 2 * DAY) is expected


def test_the_salon_sets_the_days():
    assert status(full=31 * DAY, day=timedelta(0), valid_days=30) is IntakeStatus.EXPIRED


@pytest.mark.parametrize(
    ("before", "expected"),
    [(DAY + SECOND, IntakeStatus.VALID), (DAY, IntakeStatus.DAY_OF_DUE), (timedelta(0), IntakeStatus.DAY_OF_DUE)],
)
def test_the_days_items_are_due_from_24_hours_before(before, expected):
    assert status(full=7 * DAY, now=START - before) is expected


@pytest.mark.parametrize(
    ("age", "expected"),
    [(DAY, IntakeStatus.VALID), (DAY + SECOND, IntakeStatus.DAY_OF_DUE), (timedelta(0), IntakeStatus.VALID)],
)
def test_the_days_answers_hold_24_hours(age, expected):
    assert status(full=7 * DAY, day=age) is expected


def test_missing_expired_and_due_are_unknown():
    assert {s.value for s in IntakeStatus if s.is_unknown} == {"missing", "expired", "day_of_due"}


@pytest.mark.parametrize(
    ("full", "day", "before", "scope"),
    [
        (None, None, 3 * DAY, Scope.STANDING),
        (None, None, timedelta(hours=3), Scope.FULL),
        (7 * DAY, None, 3 * DAY, None),
        (7 * DAY, None, timedelta(hours=3), Scope.DAY),
        (7 * DAY, timedelta(hours=4), timedelta(hours=3), None),
        (200 * DAY, timedelta(hours=4), timedelta(hours=3), Scope.FULL),
    ],
)
def test_the_form_asks_what_is_due(full, day, before, scope):
    found = scope_due(
        full_at=None if full is None else START - full,
        day_at=None if day is None else START - day,
        start=START,
        now=START - before,
        valid_days=180,
    )
    assert found is scope


@pytest.mark.parametrize(("age", "needed"), [(timedelta(hours=2), False), (timedelta(hours=2) + SECOND, True)])
def test_older_than_two_hours_is_confirmed_at_the_chair(age, needed):
    assert confirmation_needed(day_at=START - age, now=START) is needed
    assert confirmation_needed(day_at=None, now=START)


def test_a_condition_of_the_day_serves_a_day_and_a_standing_one_the_full_intake():
    assert caution_ends_at("fever_today", answered_at=START) == START + DAY
    assert caution_ends_at("psoriasis", answered_at=START, valid_days=90) == START + 90 * DAY


LYMPH = said("lymph", side="left", swollen_now="no")
DATED = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("visit_on", "holds"),
    [
        (DATED, True),
        (DATED + timedelta(days=180), True),
        (DATED + timedelta(days=181), False),
        (DATED - timedelta(days=1), False),
    ],
)
def test_a_doctors_ok_holds_180_days(visit_on, holds):
    found = doctor_ok_holds("lymph_risk", dated_on=DATED, visit_on=visit_on, answers_then=LYMPH, answers_now=LYMPH)
    assert found is holds


def test_a_doctors_ok_ends_when_the_item_is_answered_otherwise():
    def holds(answers_now):
        return doctor_ok_holds(
            "lymph_risk", dated_on=DATED, visit_on=DATED, answers_then=LYMPH, answers_now=answers_now
        )

    assert not holds(LYMPH | {"lymph.side": "right"})
    assert not holds({"lymph": "yes"})
    assert holds(LYMPH | said("stroke"))


def test_todays_reading_does_not_end_a_doctors_ok():
    pressure = said("heart.hypertension", controlled="no")
    measured = pressure | {"heart.hypertension.reading_known": "yes", "heart.hypertension.sys": 150}
    assert doctor_ok_holds("hypertension", dated_on=DATED, visit_on=DATED, answers_then=pressure, answers_now=measured)
