"""Random answer sets for the property tests, and what makes an answer stricter."""

import os

from hypothesis import strategies as st

from salon.domain.rulebook import QUESTION, QUESTIONS, TOPICS, QuestionType

EXAMPLES = 20_000 if os.environ.get("DEEP") == "1" else 2_000
FOLLOW_UPS = {q.link_id: [c.link_id for c in QUESTIONS if c.link_id.startswith(q.link_id + ".")] for q in QUESTIONS}
GATES = [q for q in QUESTIONS if q.parent is None and q.link_id != "age_band"]
CODES = sorted(topic.code for topic in TOPICS)


def value_of(question):
    """Any answer that the question takes."""
    if question.type is QuestionType.INTEGER:
        low, high = question.bounds
        edges = [n for n in (99, 100, 119, 120, 159, 160, 179, 180) if low <= n <= high]
        return st.one_of(st.integers(low, high), st.sampled_from(edges))
    if question.repeats:
        return st.lists(st.sampled_from(question.options), unique=True).map(
            lambda picked: tuple(code for code in question.options if code in picked)
        )
    return st.sampled_from(question.options)


@st.composite
def answer_sets(draw, most=6):
    """Answers to a few questions with some of their follow-ups; gates that are plainly no are mixed in."""
    answers = {}
    for gate in draw(st.lists(st.sampled_from(GATES), max_size=most, unique=True)):
        answers[gate.link_id] = draw(value_of(gate))
        for link in FOLLOW_UPS[gate.link_id]:
            if draw(st.integers(0, 3)):
                answers[link] = draw(value_of(QUESTION[link]))
    return answers


kinds = st.sampled_from(["manicure_only", "manicure", "acupressure", "complex", "children"])
bands = st.sampled_from(["under_3", "3_to_12", "13_to_15", "16_to_17", "18_plus", "18_plus", "18_plus"])
oks = st.lists(st.sampled_from(CODES), max_size=8, unique=True)
salon_raises = st.dictionaries(st.sampled_from(CODES), st.sampled_from([20, 30, 40, 50]), max_size=3)
