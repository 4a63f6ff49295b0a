"""Screening: each row of the rule table, each step of the procedure, and the slow second implementation."""

import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salon.domain.flags import Observed
from salon.domain.menu import FULL_ZONES, AgeBand, Kind, Massage, massage
from salon.domain.outcome import Action, Choice, client_outcome, reception_action
from salon.domain.rulebook import QUESTION, QUESTIONS, RULE, RULES, TOPIC, TOPICS, Level
from salon.domain.rulebook.conditions import gate
from salon.domain.screening import PlaceStatus, Result, Screening, screen, stricter, unanswered
from salon.domain.screening_record import screening_from_record, screening_record
from salon.domain.validity import IntakeStatus
from tests.domain.answer_sets import CODES, EXAMPLES, FOLLOW_UPS, GATES, answer_sets, bands, kinds, oks, salon_raises
from tests.domain.rule_examples import BOTH, BREAK, ECZ, JOINT, LEFT, PSO, RIGHT, WARTS, said
from tests.domain.rule_examples import EXAMPLES as ROWS
from tests.domain.slow_screening import ZONES, slow_screen

MANICURE = massage("manicure")
COMPLEX = massage("complex")
POINTS = massage("acupressure")
CHILDREN = massage("children")
CHILD = AgeBand.FROM_3_TO_12
MILDNESS = [result.value for result in Result][:5]
many = settings(max_examples=EXAMPLES)


def caution(screening: Screening, code: str):
    """Return the one caution with this code."""
    (found,) = (caution for caution in screening.cautions if caution.code == code)
    return found


def as_plain(screening: Screening) -> dict[str, object]:
    """Return the part of a screening that the slow implementation answers too."""
    return {
        "result": screening.result.value,
        "sides": [side.value for side in screening.sides],
        "shaking": screening.shaking,
        "steps": list(screening.steps),
        "cautions": [(c.code, c.level.code, c.zone.value, [s.value for s in c.sides]) for c in screening.cautions],
        "services": {kind.value: result.value for kind, result in screening.services.items()},
    }


# ---- the rows ----


@pytest.mark.parametrize("row", ROWS, ids=[row.rule for row in ROWS])
def test_each_row_gives_its_level_and_result(row):
    screening = screen(row.answers, MANICURE)
    found = [c for c in screening.cautions if c.rule == row.rule]
    assert [int(c.level) for c in found] == [row.level]
    assert screening.result.value == row.result
    assert tuple(side.value for side in screening.sides) == row.sides
    assert screening.manicure.value == row.manicure


def test_every_row_has_its_example():
    assert {row.rule for row in ROWS} == set(RULE)
    assert len(ROWS) == len(RULES) == 67


def test_every_row_has_a_source_and_every_topic_says_what_it_rests_on():
    assert all(rule.source for rule in RULES)
    assert all(topic.rests_on for topic in TOPICS)
    assert {rule.topic for rule in RULES} == set(TOPIC)


def test_every_topic_and_every_question_a_rule_looks_at_exists():
    links = {topic.gate for topic in TOPICS}
    links |= {link for topic in TOPICS for link in (topic.side, topic.site) if link}
    links |= {link for rule in RULES if rule.when for link in rule.when.link_ids()}
    assert links <= set(QUESTION)
    for rule in RULES:
        if rule.when:
            own = TOPIC[rule.topic].gate
            assert all(link == own or link.startswith(own + ".") for link in rule.when.link_ids()), rule.code


def test_every_follow_up_is_used_by_a_rule_or_says_where():
    used = {link for rule in RULES if rule.when for link in rule.when.link_ids()}
    used |= {link for topic in TOPICS for link in (topic.side, topic.site) if link}
    unused = {q.link_id for q in QUESTIONS if q.parent and q.link_id not in used}
    spots = {link for link in QUESTION if link.endswith(".spots")}
    assert unused == spots | {"heart.hypertension.reading_known", "allergy.severe"}


@settings(max_examples=EXAMPLES // 4)
@given(answer_sets(most=8))
def test_one_topic_raises_exactly_one_row(answers):
    codes = [c.code for c in screen(answers, MANICURE).cautions]
    assert len(codes) == len(set(codes))
    raised = {topic.code for topic in TOPICS if gate(topic.gate).holds(answers)}
    assert raised - set(codes) <= {"ulcer_nonhealing"}
    assert set(codes) <= raised


def test_no_rule_stands_in_the_shadow_of_another():
    """Of two rows of a topic, each is the only one for its own example."""
    for row in ROWS:
        answers = row.answers
        topic = RULE[row.rule].topic
        holding = [r.code for r in RULES if r.topic == topic and (r.when is None or r.when.holds(answers))]
        assert holding == [row.rule]


# ---- no answers, odd answers ----


def test_nothing_answered_raises_nothing():
    screening = screen({}, MANICURE)
    assert screening.result is Result.ALLOWED
    assert screening.shaking
    assert screening.steps == screening.cautions == ()
    assert {place.status for place in screening.places} == {PlaceStatus.FREE}


def test_a_skipped_gate_raises_nothing_whatever_came_with_it():
    follow_ups = {"heart.hypertension.sys": 200, "injury.healed": "no", "skin.psoriasis.state": "flare"}
    assert screen(follow_ups, MANICURE).cautions == ()


def test_not_sure_counts_as_yes():
    for question in GATES:
        if "not_sure" in question.options and "yes" in question.options:
            unsure = as_plain(screen({question.link_id: "not_sure"}, MANICURE))
            assert unsure == as_plain(screen({question.link_id: "yes"}, MANICURE)), question.link_id


@given(st.dictionaries(st.sampled_from(sorted(QUESTION)), st.sampled_from(["", "perhaps", 0, -1, ("x",), (), "no"])))
@settings(max_examples=300)
def test_screening_answers_whatever_it_is_given(answers):
    for kind in Kind:
        assert screen(answers, Massage(kind)).result in Result


# ---- the blood pressure ----


@pytest.mark.parametrize(
    ("controlled", "upper", "lower", "level"),
    [
        ("yes", 159, 99, 20),
        ("yes", 160, None, 30),
        ("yes", None, 100, 30),
        ("yes", 179, 119, 30),
        ("yes", 180, None, 50),
        ("no", None, 120, 50),
        ("no", 159, 80, 40),
        ("not_sure", 165, None, 40),
        (None, None, None, 40),
        ("yes", None, None, 20),
    ],
)
def test_readings_are_looked_at_first_then_whether_it_is_controlled(controlled, upper, lower, level):
    given_answers = {"heart.hypertension": "yes", "heart.hypertension.reading_known": "no"}
    for name, value in (("controlled", controlled), ("sys", upper), ("dia", lower)):
        if value is not None:
            given_answers[f"heart.hypertension.{name}"] = value
    assert screen(given_answers, MANICURE).cautions[0].level == level


def test_a_high_reading_leaves_30_under_a_doctors_ok():
    for readings, level in (({}, 20), ({"sys": 160}, 30), ({"dia": 100}, 30), ({"sys": 159, "dia": 99}, 20)):
        answers = said("heart.hypertension", controlled="no", **readings)
        assert screen(answers, MANICURE, doctor_ok=["hypertension"]).cautions[0].level == level


# ---- zones and sides ----


def test_a_block_outside_the_hand_only_drops_that_place():
    answers = said(WARTS, side=LEFT, site=("forearm",))
    screening = screen(answers, MANICURE)
    assert screening.result is Result.ADAPTED
    assert len(screening.sides) == 2
    blocked = [(p.side, p.site) for p in screening.places if p.status is PlaceStatus.BLOCKED]
    assert blocked == [("left", "forearm")]


def test_a_flag_outside_the_services_zones_is_passed_over_but_stays_listed():
    screening = screen(said(WARTS, site=("upper_arm",)), MANICURE)
    assert screening.result is Result.ALLOWED
    assert [c.code for c in screening.cautions] == ["warts_papilloma"]
    assert not screening.shaking
    assert "avoid_area" in screening.steps
    assert screening.services[Kind.COMPLEX] is Result.ADAPTED


def test_the_services_own_zones_count_not_those_of_its_kind():
    answers = said(WARTS, side=LEFT, site=("forearm",))
    hands_only = massage("manicure", zones=["fingers", "hand"])
    assert screen(answers, hands_only).result is Result.ALLOWED
    assert screen(answers, hands_only).services[Kind.MANICURE] is Result.ADAPTED


def test_two_sides_blocked_take_the_lower_of_the_two():
    answers = said("injury", side=LEFT, healed="no") | said(WARTS, side=RIGHT, site=("hand",))
    assert screen(answers, MANICURE).result is Result.POSTPONE


def test_unknown_side_is_both_and_unknown_site_is_all():
    for side in ("both", "not_sure", None):
        answers = said(WARTS, site=()) | ({} if side is None else {f"{WARTS}.side": side})
        assert screen(answers, MANICURE).result is Result.POSTPONE


def test_the_massage_is_never_better_than_the_manicure_it_contains():
    answers = said(BREAK, side=LEFT, site=("hand",), open="yes", over_4_weeks="no")
    assert screen(answers, MANICURE).result is Result.POSTPONE
    answers = said(BREAK, side=LEFT, site=("upper_arm",), open="yes", over_4_weeks="no")
    assert screen(answers, MANICURE).result is Result.ADAPTED


# ---- kinds ----


def test_pressing_is_refused_to_thin_blood_even_with_a_doctors_ok():
    for answers in (said("blood.thinner"), said("blood.bleeding")):
        assert screen(answers, POINTS, doctor_ok=["bleeding_disorder", "anticoagulant"]).result is Result.REFUSE


def test_for_children_a_standing_flag_needs_a_doctor():
    assert screen(said("heart.hypotension"), CHILDREN, age_band=CHILD).result is Result.CLEARANCE
    assert screen(said("asthma"), CHILDREN, age_band=CHILD).result is Result.ADAPTED
    assert screen(said(PSO, on_hands_arms="no"), CHILDREN, age_band=CHILD).result is Result.ALLOWED


def test_for_children_flags_of_the_day_keep_level_and_zone():
    answers = said(JOINT, side=LEFT, seen_doctor="no")
    screening = screen(answers, CHILDREN, age_band=CHILD)
    assert screening.result is Result.ADAPTED
    assert [side.value for side in screening.sides] == ["right"]


def test_for_children_standing_flags_count_in_both_arms():
    assert screen(said("injury", side=LEFT), CHILDREN, age_band=CHILD).result is Result.REFUSE
    assert screen(said("lymph", side=LEFT, swollen_now="no"), CHILDREN, age_band=CHILD).result is Result.CLEARANCE


def test_for_children_the_doctors_ok_counts_for_lower_levels_too_but_never_for_50():
    def result(answers, code):
        return screen(answers, CHILDREN, age_band=CHILD, doctor_ok=[code]).result

    assert result(said("heart.hypotension"), "hypotension") is Result.ADAPTED
    assert result(said(WARTS, side=LEFT), "warts_papilloma") is Result.ADAPTED
    assert result(said("skin.fungal"), "fungal_infection") is Result.POSTPONE
    assert result(said("injury", side=LEFT), "injury_recent") is Result.REFUSE


def test_cautions_keep_their_own_level_before_the_raises_of_a_kind():
    screening = screen(said("heart.hypotension"), CHILDREN, age_band=CHILD)
    assert [c.level for c in screening.cautions] == [Level.ADAPT]


@pytest.mark.parametrize(
    ("kind", "fits"),
    [
        ("manicure_only", "3_to_12 13_to_15 16_to_17 18_plus"),
        ("manicure", "13_to_15 16_to_17 18_plus"),
        ("acupressure", "16_to_17 18_plus"),
        ("complex", "16_to_17 18_plus"),
        ("children", "3_to_12 13_to_15"),
        ("medical", ""),
    ],
)
def test_each_kind_has_its_ages(kind, fits):
    for band in AgeBand:
        is_available = screen({}, massage(kind), age_band=band).result is not Result.NOT_AVAILABLE
        assert is_available == (band.value in fits.split())


def test_the_higher_of_the_services_and_the_kinds_age_counts():
    band = AgeBand.FROM_16_TO_17
    assert screen({}, massage("manicure", minimum_age=16), age_band=band).result is Result.ALLOWED
    assert screen({}, massage("manicure", minimum_age=17), age_band=band).result is Result.NOT_AVAILABLE


# ---- doctor's OK, salon, chair ----


def test_a_doctors_ok_frees_the_area_but_not_that_of_a_sore_that_does_not_heal():
    lymph = screen(said("lymph", side=LEFT, swollen_now="no"), MANICURE, doctor_ok=["lymph_risk"])
    assert lymph.result is Result.ADAPTED
    assert "avoid_area" not in lymph.steps
    sore = said(BREAK, side=LEFT, site=("forearm",), open="no")
    screening = screen(sore, MANICURE, doctor_ok=["ulcer_nonhealing"])
    assert "avoid_area" in caution(screening, "ulcer_nonhealing").steps
    assert screening.result is Result.POSTPONE  # the manicure stays put off: 20 counts as 30


def test_a_doctors_ok_changes_nothing_but_40():
    for code, answers in (("fever_today", said("today.fever")), ("dvt_suspected", said("today.arm_swollen"))):
        assert as_plain(screen(answers, MANICURE, doctor_ok=[code])) == as_plain(screen(answers, MANICURE))


def test_a_salon_may_only_tighten():
    answers = said("skin.fragile")
    assert screen(answers, MANICURE, raises={"skin_fragile": 50}).result is Result.REFUSE
    assert screen(answers, MANICURE, raises={"skin_fragile": 10}).result is Result.ADAPTED
    raised = screen(said(PSO, on_hands_arms="no"), MANICURE, raises={"psoriasis.elsewhere": 40})
    assert raised.result is Result.CLEARANCE
    assert raised.cautions[0].is_raised
    calm = said(PSO, on_hands_arms="yes", state="calm")
    assert screen(calm, MANICURE, raises={"psoriasis.elsewhere": 40}).result is Result.ADAPTED


def test_a_salons_raise_comes_before_the_doctors_ok():
    screening = screen(said("skin.fragile"), MANICURE, raises={"skin_fragile": 40}, doctor_ok=["skin_fragile"])
    assert screening.result is Result.ADAPTED


def test_what_is_seen_at_the_chair_counts_at_its_strictest_where_it_is_seen():
    seen = Observed("rash_unexplained", side=LEFT, sites=("forearm",))
    screening = screen({}, MANICURE, observed=[seen])
    assert screening.result is Result.ADAPTED
    assert screening.cautions[0].is_observed


def test_what_is_seen_joins_what_was_told():
    told = said(WARTS, side=LEFT, site=("fingers",))
    screening = screen(told, MANICURE, observed=[Observed("warts_papilloma", side=RIGHT, sites=("hand",))])
    assert screening.result is Result.POSTPONE
    assert len(screening.cautions) == 1
    assert [site.value for site in screening.cautions[0].sites] == ["fingers", "hand"]


@pytest.mark.parametrize("code", CODES)
def test_every_code_can_be_seen_and_shows_as_one_caution(code):
    screening = screen({}, MANICURE, observed=[Observed(code)])
    assert [c.code for c in screening.cautions] == [code]


# ---- against the second implementation ----


@many
@given(answer_sets(most=8), kinds, bands, oks, salon_raises)
def test_the_slow_implementation_agrees(answers, kind, band, doctor_ok, raises):
    fast = screen(answers, massage(kind), age_band=AgeBand(band), doctor_ok=doctor_ok, raises=raises)
    assert as_plain(fast) == slow_screen(answers, kind, band=band, doctor_ok=doctor_ok, raises=raises)


@settings(max_examples=EXAMPLES // 4)
@given(st.data(), answer_sets(most=5), kinds.filter(lambda kind: kind != "manicure_only"))
def test_the_slow_implementation_agrees_on_a_services_own_zones(data, answers, kind):
    zones = data.draw(st.lists(st.sampled_from(sorted(ZONES[kind])), min_size=1, unique=True))
    band = "3_to_12" if kind == "children" else "18_plus"
    fast = screen(answers, massage(kind, zones=zones), age_band=AgeBand(band))
    assert as_plain(fast) == slow_screen(answers, kind, zones=set(zones), band=band)


# ---- never milder ----

# What an answer's stricter neighbours are; leaving a follow-up out is always one of them.
STRICTER_WORD = {"yes": "no", "no": "yes"}


def stricter_sets(answers):
    """Return answer sets that are stricter by one step each: a yes more, a follow-up less."""
    for question in GATES:
        if answers.get(question.link_id, "no") in ("no", ()):
            bare = {k: v for k, v in answers.items() if k not in FOLLOW_UPS[question.link_id]}
            worst = question.options if question.repeats else question.options[0]
            yield bare | {question.link_id: worst}
    for link in answers:
        question = QUESTION[link]
        if question.parent and question.bounds is None:  # an optional reading left out may be milder
            yield {k: v for k, v in answers.items() if k != link}


def severity(screening):
    """Return what may not fall: the rank of every kind and of the service, the sides lost, shaking."""
    kinds_in_order = [screening.services[kind] for kind in screening.services]
    ranks = [(*MILDNESS, "not_available").index(r) for r in (screening.result, *kinds_in_order)]
    return [*ranks, -len(screening.sides) if ranks[0] < 2 else 0, not screening.shaking]


@settings(max_examples=EXAMPLES)
@given(answer_sets(most=5), st.integers(0, 2**32), kinds, salon_raises)
def test_a_stricter_answer_never_gives_a_milder_result(answers, seed, kind, raises):
    worse = Random(seed).choice(list(stricter_sets(answers)))
    band = AgeBand("3_to_12" if kind == "children" else "18_plus")
    before = screen(answers, massage(kind), age_band=band, raises=raises)
    after = screen(worse, massage(kind), age_band=band, raises=raises)
    assert all(a <= b for a, b in zip(severity(before), severity(after), strict=True))


@settings(max_examples=EXAMPLES // 4)
@given(answer_sets(), kinds, salon_raises, oks)
def test_a_salons_raise_and_what_is_seen_never_make_it_milder(answers, kind, raises, codes):
    plain = screen(answers, massage(kind))
    seen = screen(answers, massage(kind), raises=raises, observed=[Observed(code) for code in codes])
    assert all(a <= b for a, b in zip(severity(plain), severity(seen), strict=True))


@settings(max_examples=300)
@given(answer_sets(most=8), kinds, oks)
def test_same_input_same_output_in_any_order_and_through_the_record(answers, kind, doctor_ok):
    once = screen(answers, massage(kind), doctor_ok=doctor_ok)
    turned = dict(reversed(answers.items()))
    again = screen(turned, massage(kind), doctor_ok=tuple(reversed(doctor_ok)))
    assert once == again
    stored = json.loads(json.dumps(screening_record(once)))
    assert screening_from_record(stored) == once


def test_cautions_come_strictest_first_then_by_code():
    answers = said("heart.hypotension") | said("blood.thinner") | said("today.fever") | said("lymph")
    codes = [c.code for c in screen(answers, MANICURE).cautions]
    assert codes == ["lymph_risk", "fever_today", "anticoagulant", "hypotension"]


# ---- who is told what ----


@pytest.mark.parametrize(
    ("answers", "action"),
    [
        ({}, Action.OK),
        (said("skin.fragile"), Action.ADAPT),
        (said("today.dizzy"), Action.NOT_TODAY),
        (said("pregnant"), Action.DOCTORS_NOTE),
        (said("arm_access"), Action.NOT_OFFERED),
        (said("today.arm_swollen"), Action.NOT_TODAY),  # the manicure itself is put off
    ],
)
def test_the_reception_sees_one_action(answers, action):
    assert reception_action(screen(answers, MANICURE)) is action


def test_the_form_comes_before_the_result_and_help_before_all():
    screening = screen(said("today.dizzy"), MANICURE)
    assert reception_action(screening, IntakeStatus.EXPIRED) is Action.INTAKE_EXPIRED
    assert reception_action(unanswered(), IntakeStatus.MISSING) is Action.INTAKE_MISSING
    assert reception_action(screening, IntakeStatus.DAY_OF_DUE) is Action.DAY_OF_DUE
    assert reception_action(screening, IntakeStatus.MISSING, urgent_in_salon=True) is Action.CALL_HELP
    young = screen({}, MANICURE, age_band=CHILD)
    assert reception_action(young) is Action.NOT_OFFERED


def test_the_manicure_is_offered_only_when_it_is_fine_itself():
    offered = client_outcome(screen(said("pregnant"), MANICURE), Kind.MANICURE)
    assert offered.choices == (
        Choice.BRING_DOCTORS_NOTE,
        Choice.MANICURE_ONLY,
        Choice.RESCHEDULE,
        Choice.ASK_A_PERSON,
        Choice.CANCEL,
    )
    put_off = client_outcome(screen(said("skin.fungal"), MANICURE), Kind.MANICURE)
    assert Choice.MANICURE_ONLY not in put_off.choices
    assert put_off.message_keys == ("client.massage.postpone", "client.manicure.postpone", "client.catching")
    alone = client_outcome(screen(said("blood.thinner"), massage(None)), Kind.MANICURE_ONLY)
    assert alone.message_keys == ("client.manicure.ok",)
    assert Choice.MANICURE_ONLY not in alone.choices


def test_an_emergency_says_nothing_else():
    outcome = client_outcome(screen(said("today.urgent"), MANICURE), Kind.MANICURE, emergency=True)
    assert outcome.outcome is Result.REFUSE
    assert outcome.message_keys == ("client.emergency",)
    assert Choice.KEEP not in outcome.choices


def test_some_answers_need_advice_the_same_day():
    for answers in (said("today.arm_swollen"), said("today.red_spreading"), said("heart.hypertension", sys=180)):
        assert "client.advice_today" in client_outcome(screen(answers, MANICURE), Kind.MANICURE).message_keys


def test_every_outcome_offers_a_person_and_a_way_out():
    for row in ROWS:
        for kind in (Kind.MANICURE, Kind.COMPLEX, Kind.MANICURE_ONLY):
            choices = client_outcome(screen(row.answers, Massage(kind)), kind).choices
            assert choices[-2:] == (Choice.ASK_A_PERSON, Choice.CANCEL)
            assert len(choices) > 2 or kind is not Kind.MANICURE_ONLY


def test_the_stricter_of_two_results():
    assert stricter(Result.POSTPONE, Result.ADAPTED) is Result.POSTPONE
    assert stricter(Result.REFUSE, Result.UNKNOWN) is Result.UNKNOWN


def test_zones_of_a_kind_are_those_of_the_table():
    for kind, zones in ZONES.items():
        assert {site.value for site in FULL_ZONES[Kind(kind)]} == zones
    assert screen(said(ECZ, state="calm"), COMPLEX).places[0].status is PlaceStatus.GENTLE
    assert tuple(side.value for side in screen({}, COMPLEX).sides) == BOTH
