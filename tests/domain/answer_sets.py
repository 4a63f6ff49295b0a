"""Random answer sets for the property tests, and what makes an answer stricter."""

import os
from random import Random

from hypothesis import strategies as st

from salon.domain.rulebook import QUESTION, QUESTIONS, TOPICS, QuestionType

EXAMPLES = 20_000 if os.environ.get("DEEP") == "1" else 2_000
FOLLOW_UPS = {q.link_id: [c.link_id for c in QUESTIONS if c.link_id.startswith(q.link_id + ".")] for q in QUESTIONS}
GATES = [q for q in QUESTIONS if q.parent is None and q.link_id != "age_band"]
CODES = sorted(topic.code for topic in TOPICS)


def any_value(question, chance):
    """Any answer that the question takes; blood pressure often at an edge."""
    if question.type is QuestionType.INTEGER:
        low, high = question.bounds
        edges = [n for n in (99, 100, 119, 120, 159, 160, 179, 180) if low <= n <= high]
        return chance.choice([chance.randint(low, high), *edges])
    if question.repeats:
        return tuple(code for code in question.options if chance.random() < 0.4)
    return chance.choice(question.options)


def some_answers(chance, most):
    """Answers to a few questions with most of their follow-ups; gates that are plainly no are mixed in."""
    answers = {}
    for gate in chance.sample(GATES, min(chance.randint(0, most), chance.randint(0, most))):
        answers[gate.link_id] = any_value(gate, chance)
        for link in FOLLOW_UPS[gate.link_id]:
            if chance.random() < 0.75:
                answers[link] = any_value(QUESTION[link], chance)
    return answers


def answer_sets(most=6):
    """Random answer sets, each from one seed: a hundred times faster than drawing every answer by itself."""
    return st.integers(0, 2**48).map(lambda seed: some_answers(Random(seed), most))


kinds = st.sampled_from(["manicure_only", "manicure", "acupressure", "complex", "children"])
bands = st.sampled_from(["under_3", "3_to_12", "13_to_15", "16_to_17", "18_plus", "18_plus", "18_plus"])
# Drawn by themselves, codes seldom meet the answers: so often it is all of them.
oks = st.one_of(
    st.just(()), st.just(tuple(CODES)), st.lists(st.sampled_from(CODES), max_size=8, unique=True).map(tuple)
)
salon_raises = st.one_of(
    st.just({}),
    st.sampled_from([20, 30, 40, 50]).map(lambda level: dict.fromkeys(CODES, level)),
    st.dictionaries(st.sampled_from(CODES), st.sampled_from([20, 30, 40, 50]), max_size=4),
)
