"""The form: what is asked and shown, and the server's check of what comes back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salon.domain.questionnaire import (
    Problem,
    Scope,
    check_submission,
    is_shown,
    is_urgent,
    item_answers,
    merged_answers,
    preview_answers,
    questions_for,
    shown_questions,
    standing_answers,
)
from salon.domain.rulebook import QUESTION, QUESTIONS, SECTIONS, TOPICS, Asked
from tests.domain.answer_sets import answer_sets
from tests.domain.rule_examples import said

BP = "heart.hypertension"


def healthy(scope=Scope.FULL, **more):
    """Answers of a healthy adult to everything required; a double underscore stands for a dot."""
    answers = {"age_band": "18_plus", "allergy": []}
    answers |= {q.link_id: "no" for q in questions_for(scope) if q.required and q.link_id not in answers}
    if scope is Scope.DAY:
        del answers["allergy"]
    return answers | {name.replace("__", "."): value for name, value in more.items()}


def problems(answers, scope=Scope.FULL):
    return {problem.link_id: problem.code for problem in check_submission(answers, scope).problems}


# ---- the questions as data ----


def test_the_catalogue_has_39_gates_and_the_age():
    tops = [q.link_id for q in QUESTIONS if q.parent is None]
    assert len(tops) == 40
    assert {topic.gate for topic in TOPICS} == set(tops) - {"age_band"}


def test_every_gate_but_pregnancy_is_required_and_no_follow_up_is():
    assert {q.link_id for q in QUESTIONS if q.parent is None and not q.required} == {"pregnant"}
    assert not [q.link_id for q in QUESTIONS if q.parent and q.required]


def test_urgent_symptoms_come_first_of_the_day():
    today = [q.link_id for q in QUESTIONS if q.section == "today"]
    assert today[0] == "today.urgent"
    assert list(dict.fromkeys(q.section for q in QUESTIONS)) == list(SECTIONS)


def test_parents_stand_before_their_children_in_the_same_section():
    order = {q.link_id: place for place, q in enumerate(QUESTIONS)}
    for question in QUESTIONS:
        if question.parent:
            assert order[question.parent] < order[question.link_id]
            assert QUESTION[question.parent].section == question.section
            assert all(line.question in order for line in question.shown_when)


def test_every_question_can_be_reached():
    """Each follow-up is shown by some answers to those above it."""
    for question in QUESTIONS:
        answers = {}
        step = question
        while step.parent:
            line = step.shown_when[0]
            above = QUESTION[line.question]
            wanted = line.code if line.operator == "=" else above.options[0]
            answers[line.question] = (wanted,) if above.repeats else wanted
            step = QUESTION[step.parent]
        assert is_shown(question, answers), question.link_id


def test_scopes_ask_the_days_items_only_on_the_day():
    standing = {q.asked for q in questions_for(Scope.STANDING)}
    day = {q.asked for q in questions_for(Scope.DAY)}
    assert standing == {Asked.STANDING, Asked.BOTH}
    assert day == {Asked.DAY, Asked.BOTH}
    assert len(questions_for(Scope.FULL)) == len(QUESTIONS)
    assert all("age_band" in {q.link_id for q in questions_for(scope)} for scope in Scope)


# ---- what is shown ----


@pytest.mark.parametrize(
    ("link_id", "answers", "shown"),
    [
        ("today.skin_break.open", {"today.skin_break": "not_sure"}, True),
        ("today.skin_break.open", {"today.skin_break": "no"}, False),
        ("skin.psoriasis.state", {"skin.psoriasis": "yes"}, True),  # unanswered counts as yes
        ("skin.psoriasis.state", said("skin.psoriasis", on_hands_arms="no"), False),
        ("skin.psoriasis.state", said("skin.psoriasis", "no", on_hands_arms="yes"), False),
        ("blood.clot.within_6m", said("blood.clot", where="leg"), True),
        ("blood.clot.within_6m", said("blood.clot", where="arm"), False),
        ("blood.clot.within_6m", said("blood.clot"), False),
        ("cancer.in_arm", {"cancer": "past"}, False),
        ("cancer.in_arm", {"cancer": "not_sure"}, True),
        ("allergy.severe", {"allergy": ()}, False),
        ("allergy.severe", {"allergy": ("nuts",)}, True),
        (f"{BP}.sys", said(BP, reading_known="yes"), True),
        (f"{BP}.sys", said(BP, reading_known="no"), False),
    ],
)
def test_follow_ups_are_shown_only_when_needed(link_id, answers, shown):
    assert is_shown(QUESTION[link_id], answers) is shown


def test_a_healthy_client_sees_no_follow_up():
    answers = check_submission(healthy(), Scope.FULL).answers
    assert [q.link_id for q in shown_questions(Scope.FULL, answers) if q.parent] == []


# ---- the check ----


@pytest.mark.parametrize("scope", Scope)
def test_a_healthy_answer_is_taken(scope):
    checked = check_submission(healthy(scope), scope)
    assert checked.problems == ()
    assert not checked.is_urgent


def test_nothing_answered_names_every_required_question():
    missing = problems({})
    assert set(missing) == {q.link_id for q in QUESTIONS if q.required}
    assert set(missing.values()) == {"required"}


@pytest.mark.parametrize(
    ("link_id", "value", "code"),
    [
        ("today.fever", "maybe", "not_an_option"),
        ("today.fever", "", "not_an_option"),
        ("today.fever", True, "wrong_type"),
        ("today.fever", None, "wrong_type"),
        ("today.fever", ["yes"], "wrong_type"),
        ("allergy", "nuts", "wrong_type"),
        ("allergy", ["peanuts"], "not_an_option"),
        ("allergy", [1], "wrong_type"),
        ("allergy", {"nuts": 1}, "wrong_type"),
        ("age_band", "17", "not_an_option"),
        ("cancer", "yes", "not_an_option"),
        ("bone.infection", "yes", "not_an_option"),
    ],
)
def test_wrong_values_are_named_once(link_id, value, code):
    assert problems(healthy() | {link_id: value}) == {link_id: code}


@pytest.mark.parametrize(
    ("upper", "lower", "wrong"),
    [
        (70, 40, {}),
        (260, 160, {}),
        (69, 40, {"sys": "out_of_range"}),
        (261, 80, {"sys": "out_of_range"}),
        (120, 39, {"dia": "out_of_range"}),
        (250, 161, {"dia": "out_of_range"}),
        (100, 100, {"sys": "not_above_lower"}),
        (90, 120, {"sys": "not_above_lower"}),
        ("120", 80, {"sys": "wrong_type"}),
        (120.5, 80, {"sys": "wrong_type"}),
        (True, 80, {"sys": "wrong_type"}),
    ],
)
def test_blood_pressure_has_bounds(upper, lower, wrong):
    answers = healthy(heart__hypertension="yes") | {f"{BP}.sys": upper, f"{BP}.dia": lower}
    assert problems(answers) == {f"{BP}.{name}": code for name, code in wrong.items()}


def test_a_reading_says_that_it_is_known_unless_that_was_denied():
    told = check_submission(healthy(heart__hypertension="yes", heart__hypertension__sys=165), Scope.FULL)
    assert told.answers[f"{BP}.reading_known"] == "yes"
    assert told.answers[f"{BP}.sys"] == 165
    denied = healthy(heart__hypertension="yes", heart__hypertension__sys=165, heart__hypertension__reading_known="no")
    assert f"{BP}.sys" not in check_submission(denied, Scope.FULL).answers


def test_unknown_codes_are_refused():
    checked = check_submission(healthy(mood="fine"), Scope.FULL)
    assert checked.problems == (Problem("mood", "unknown_question"),)


def test_answers_of_hidden_questions_are_dropped_even_wrong_ones():
    answers = healthy(today__skin_break__open="rubbish", cancer__in_arm="yes", allergy__severe=7)
    checked = check_submission(answers, Scope.FULL)
    assert checked.problems == ()
    assert not {"today.skin_break.open", "cancer.in_arm", "allergy.severe"} & checked.answers.keys()


def test_days_items_sent_too_early_are_dropped():
    checked = check_submission(healthy(Scope.STANDING, today__fever="yes"), Scope.STANDING)
    assert checked.problems == ()
    assert "today.fever" not in checked.answers


def test_lists_come_back_in_the_catalogues_order_and_once():
    checked = check_submission(healthy(allergy=["other", "nuts", "nuts"]), Scope.FULL)
    assert checked.answers["allergy"] == ("nuts", "other")


def test_spots_say_the_site():
    answers = healthy(skin__warts="yes", skin__warts__spots=["wrist", "thumb"], skin__warts__site=["forearm"])
    checked = check_submission(answers, Scope.FULL)
    assert checked.answers["skin.warts.site"] == ("fingers", "wrist", "forearm")


def test_no_follow_up_has_to_be_answered():
    gates = {q.link_id: "yes" for q in QUESTIONS if q.parent is None and "yes" in q.options}
    del gates["today.urgent"]
    assert problems(healthy() | gates) == {}


# ---- emergencies ----


@pytest.mark.parametrize(
    ("answers", "urgent"),
    [
        ({"today.urgent": "yes"}, True),
        ({"today.urgent": "not_sure"}, True),
        ({"today.urgent": "no"}, False),
        ({"heart.disease": "yes", "heart.disease.unstable": "yes"}, True),
        ({"heart.disease.unstable": "yes"}, True),
        ({"heart.disease": "no", "heart.disease.unstable": "yes"}, False),
        ({"heart.disease": "yes", "heart.disease.unstable": "not_sure"}, False),
        ({"today.urgent": ["yes"]}, False),
    ],
)
def test_an_emergency_is_seen(answers, urgent):
    assert is_urgent(answers) is urgent


@pytest.mark.parametrize("scope", Scope)
def test_an_emergency_is_taken_alone_whatever_is_asked(scope):
    checked = check_submission({"today.urgent": "yes"}, scope)
    assert (checked.problems, checked.is_urgent) == ((), True)
    assert checked.answers == {"today.urgent": "yes"}
    heart = check_submission({"heart.disease.unstable": "yes", "today.fever": "rubbish"}, scope)
    assert (heart.problems, heart.is_urgent) == ((), True)
    assert heart.answers["heart.disease"] == "yes"


def test_an_emergency_does_not_let_unknown_codes_in():
    assert problems({"today.urgent": "yes", "mood": "bad"}) == {"mood": "unknown_question"}


# ---- preview ----


def test_a_preview_requires_nothing_and_keeps_what_is_hidden():
    checked = preview_answers({f"{BP}": "yes", f"{BP}.reading_known": "no", f"{BP}.sys": 190})
    assert checked.problems == ()
    assert checked.answers[f"{BP}.sys"] == 190


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({f"{BP}.sys": 120, f"{BP}.dia": 120}, "not_above_lower"),
        ({f"{BP}.sys": 300}, "out_of_range"),
        ({"joint.arthritis.state": "not_sure"}, "not_an_option"),
        ({"skin.warts.side": "up"}, "not_an_option"),
        ({"nonsense": "yes"}, "unknown_question"),
    ],
)
def test_a_preview_refuses_values_outside_the_catalogue(answers, code):
    assert [problem.code for problem in preview_answers(answers).problems] == [code]


@given(answer_sets(most=8))
@settings(max_examples=300)
def test_every_answer_of_the_catalogue_is_taken_by_a_preview(answers):
    readings = [problem for problem in preview_answers(answers).problems if problem.code != "not_above_lower"]
    assert readings == []


@given(
    st.dictionaries(
        st.sampled_from([*QUESTION, "x", ""]),
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers()
            | st.floats()
            | st.text(max_size=5)
            | st.sampled_from(["yes", "no"]),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
            max_leaves=4,
        ),
        max_size=12,
    ),
    st.sampled_from(Scope),
)
@settings(max_examples=500)
def test_no_submission_breaks_the_check(given_answers, scope):
    for checked in (check_submission(given_answers, scope), preview_answers(given_answers)):
        links = [problem.link_id for problem in checked.problems]
        assert len(links) == len(set(links))
        assert set(checked.answers) <= set(QUESTION)


@given(answer_sets(most=8))
@settings(max_examples=300)
def test_checking_twice_changes_nothing(answers):
    once = check_submission(healthy() | answers, Scope.FULL)
    again = check_submission(once.answers, Scope.FULL)
    assert again.answers == once.answers


# ---- answers in force ----


def test_the_days_answers_replace_an_item_with_its_follow_ups():
    full = said("skin.psoriasis", state="calm", side="left") | said("injury", healed="yes")
    merged = merged_answers(full, said("skin.psoriasis", on_hands_arms="no") | {"today.fever": "no"})
    assert merged == said("skin.psoriasis", on_hands_arms="no") | said("injury", healed="yes") | {"today.fever": "no"}


def test_standing_answers_leave_the_day_out():
    answers = said("today.skin_break", open="yes") | said("skin.fungal")
    assert standing_answers(answers) == said("skin.fungal")


def test_what_a_doctors_ok_was_given_for_leaves_readings_out():
    answers = said(BP, controlled="no", reading_known="yes", sys=150, dia=90) | said("stroke")
    assert item_answers("hypertension", answers) == said(BP, controlled="no")
