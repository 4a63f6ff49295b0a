"""One visit from booking to the end, through the use cases, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from salon.domain.errors import MassageNotOffered, NotFound, NotReady, SlotTaken
from salon.usecases import appointments, booking, calendar, card, chair, intake
from salon.usecases.accounts import link_actor
from salon.usecases.intake import ConsentGiven
from tests import make

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
STORY_ANSWERS = {
    "heart.hypertension": "yes",
    "heart.hypertension.controlled": "yes",
    "heart.hypertension.reading_known": "no",
    "skin.psoriasis": "yes",
    "skin.psoriasis.on_hands_arms": "yes",
    "skin.psoriasis.state": "calm",
    "skin.psoriasis.side": "both",
    "today.skin_break": "yes",
    "today.skin_break.side": "left",
    "today.skin_break.site": ["forearm"],
    "today.skin_break.open": "no",
    "today.skin_break.over_4_weeks": "no",
}
SIGNED = ConsentGiven(accepted=True, signed_name="Inés García")


def test_the_story_from_booking_to_the_end(in_app: Flask) -> None:
    made = make.make_salon()
    booked = make.make_booking(made, START, now=NOW)
    assert booked.intake_status == "required"
    evening = START - timedelta(hours=12)

    actor = link_actor(booked.intake_token, "intake", now=evening)
    result = intake.submit_intake(
        actor, make.healthy_answers() | STORY_ANSWERS, consent=SIGNED, locale="es", now=evening
    )
    assert result.outcome.outcome == "adapted"

    day = calendar.read_days(made.receptionist, first=START.date(), last=START.date(), now=evening)
    assert [(row.action, row.intake_status) for row in day.rows] == [("adapt", "valid")]

    technician = made.technicians[booked.technician]
    soon = START - timedelta(minutes=10)
    opened = card.read_card(technician, booked.reference, now=soon)
    assert [(each.caution.code, int(each.caution.level)) for each in opened.cautions] == [
        ("skin_break", 30),
        ("hypertension", 20),
        ("psoriasis", 20),
    ]
    assert opened.not_ready == ("cautions",)
    with pytest.raises(NotReady):
        chair.start(technician, booked.reference, confirmed_today=True, now=soon)
    chair.acknowledge(technician, booked.reference, ["skin_break"], now=soon)
    appointments.check_in(made.receptionist, booked.reference, now=soon)
    assert chair.start(technician, booked.reference, confirmed_today=True, now=soon) == "in_service"
    done = chair.Done("adapted", products=("almond-oil",))
    assert chair.complete(technician, booked.reference, done, now=START + timedelta(minutes=50)) == "completed"


def test_a_second_client_is_offered_the_nearest_other_times(in_app: Flask) -> None:
    made = make.make_salon(technicians=("mai",))
    make.make_booking(made, START, now=NOW)
    with pytest.raises(SlotTaken) as refused:
        make.make_booking(made, START, now=NOW)
    assert refused.value.alternatives
    assert all(abs(slot.start - START) >= timedelta(minutes=60) for slot in refused.value.alternatives)


def test_another_salon_and_another_technician_see_nothing(in_app: Flask) -> None:
    made = make.make_salon()
    other = make.make_salon("birch")
    booked = make.make_booking(made, START, now=NOW)
    with pytest.raises(NotFound):
        appointments.check_in(other.receptionist, booked.reference, now=NOW)
    wrong = next(actor for key, actor in made.technicians.items() if key != booked.technician)
    with pytest.raises(NotFound):
        card.read_card(wrong, booked.reference, now=START)


def test_a_known_client_is_not_offered_what_her_answers_refuse(in_app: Flask) -> None:
    made = make.make_salon()
    booked = make.make_booking(made, START, now=NOW)
    actor = link_actor(booked.intake_token, "intake", now=START)
    refusing = make.healthy_answers() | {"arm_access": "yes", "arm_access.side": "both"}
    intake.submit_intake(actor, refusing, consent=SIGNED, locale=None, now=START - timedelta(hours=1))
    again = make.booking_request(START + timedelta(days=7), client_link=booked.visit_token, contact=None)
    with pytest.raises(MassageNotOffered) as refused:
        booking.book_online(made.public, again, now=START)
    assert refused.value.facts == {"without_massage": "classic-manicure"}
