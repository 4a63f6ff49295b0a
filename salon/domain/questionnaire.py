"""Which questions are asked and shown, and the server's check of what was answered (domain.md 2.4b, 3.1, 3.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from salon.domain.rulebook import (
    AGE_BAND,
    DIA,
    QUESTION,
    QUESTIONS,
    SYS,
    TOPIC,
    Asked,
    Question,
    QuestionType,
    ShownWhen,
)
from salon.domain.rulebook.conditions import Answer, Answers
from salon.domain.rulebook.questions import SITE_OF_SPOT, SITES

READING_KNOWN = "heart.hypertension.reading_known"
URGENT = "today.urgent"
HEART, HEART_UNSTABLE = "heart.disease", "heart.disease.unstable"
# What changes from day to day without being another answer to the item.
_FLEETING = frozenset({SYS, DIA, READING_KNOWN})


class Scope(StrEnum):
    """How much is asked: everything, everything but the day's items (sent early), or the day's items."""

    FULL = "full"
    STANDING = "standing"
    DAY = "day"


_ASKED: Mapping[Scope, frozenset[Asked]] = {
    Scope.FULL: frozenset(Asked),
    Scope.STANDING: frozenset({Asked.STANDING, Asked.BOTH}),
    Scope.DAY: frozenset({Asked.DAY, Asked.BOTH}),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One question that cannot be taken as answered.

    code is one of: unknown_question, required, wrong_type, not_an_option, out_of_range, not_above_lower.
    """

    link_id: str
    code: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A checked set of answers: hidden ones dropped, lists in the catalogue's order; at most one problem a question.

    is_urgent: an emergency was answered; then nothing else is required of it.
    """

    answers: Answers
    problems: tuple[Problem, ...]
    is_urgent: bool


def questions_for(scope: Scope) -> tuple[Question, ...]:
    """Return the questions of a scope in the order asked, shown or not; the age band is part of each."""
    return tuple(question for question in QUESTIONS if question.asked in _ASKED[scope])


def is_shown(question: Question, answers: Answers) -> bool:
    """Whether a question is enabled by these answers; a hidden parent hides it too."""
    if question.parent is not None and not is_shown(QUESTION[question.parent], answers):
        return False
    return not question.shown_when or any(_line_holds(line, answers) for line in question.shown_when)


def shown_questions(scope: Scope, answers: Answers) -> tuple[Question, ...]:
    """Return the questions of a scope that these answers show, in the order asked."""
    return tuple(question for question in questions_for(scope) if is_shown(question, answers))


def option_text_key(link_id: str, code: str) -> str:
    """Return the key of an option's wording: its own where the question words it itself, else the shared one."""
    last = link_id.rpartition(".")[2]
    if link_id == "allergy":
        return f"allergen.{code}"
    if last in ("side", "site", "spots"):
        return f"{last.removesuffix('s')}.{code}"
    if link_id in _OWN_WORDS and code not in ("yes", "no", "not_sure"):
        return f"option.{link_id}.{code}"
    return f"option.{code}"


_OWN_WORDS = frozenset(
    {
        AGE_BAND,
        "cancer",
        "bone.infection",
        "blood.clot.where",
        "joint.arthritis.state",
        "skin.psoriasis.state",
        "skin.eczema.state",
    }
)


def check_submission(given: Mapping[str, object], scope: Scope) -> Submission:
    """Return the answers of a submitted form as they may be stored, with one problem for each question at fault.

    Unknown codes are problems, answers of questions that are hidden or not asked in this scope are dropped unread.
    An urgent answer is taken alone: then only unknown codes remain problems.
    """
    raw = dict(given)
    if SYS in raw or DIA in raw:
        raw.setdefault(READING_KNOWN, "yes")
    answers: dict[str, Answer] = {}
    problems: dict[str, str] = {}
    for question in questions_for(scope):
        if is_shown(question, answers):
            _take(question, raw, answers, problems)
    _compare_readings(answers, problems)
    _follow_spots(answers)
    unknown = _unknown(raw)
    if is_urgent(raw):
        answers.update(_urgent_answers(raw))
        return Submission(answers, unknown, is_urgent=True)
    return Submission(answers, (*_in_order(problems), *unknown), is_urgent=False)


def preview_answers(given: Mapping[str, object]) -> Submission:
    """Return answers as the screening preview takes them: nothing required, nothing hidden, every value checked.

    An absent gate counts as no, an absent follow-up as its stricter answer; screening does so by itself.
    Source: contract.md 6.
    """
    answers: dict[str, Answer] = {}
    problems: dict[str, str] = {}
    for question in QUESTIONS:
        if question.link_id in given:
            _take(question, given, answers, problems)
    _compare_readings(answers, problems)
    return Submission(answers, (*_in_order(problems), *_unknown(given)), is_urgent=is_urgent(answers))


def is_urgent(answers: Mapping[str, object]) -> bool:
    """Whether an emergency is answered: urgent symptoms yes or not sure, or an unstable heart."""
    return bool(_urgent_answers(answers))


def merged_answers(full: Answers, day: Answers) -> Answers:
    """Return the answers in force: the day's items replace the full intake's item by item, follow-ups included."""
    answered = {question.link_id for question in QUESTIONS if question.parent is None} & day.keys()
    kept = {link: value for link, value in full.items() if _top(link) not in answered}
    return kept | dict(day)


def standing_answers(answers: Answers) -> Answers:
    """Return the answers without those of the day's own items: what holds for a visit on another day."""
    return {link: value for link, value in answers.items() if QUESTION[link].asked is not Asked.DAY}


def item_answers(code: str, answers: Answers) -> Answers:
    """Return the answers behind one caution code, without readings: what a doctor's OK was given for."""
    gate = TOPIC[code].gate
    return {link: value for link, value in answers.items() if _top(link) == gate and link not in _FLEETING}


def _top(link_id: str) -> str:
    question = QUESTION.get(link_id)
    while question is not None and question.parent is not None:
        question = QUESTION[question.parent]
    return link_id if question is None else question.link_id


def _line_holds(line: ShownWhen, answers: Answers) -> bool:
    value = answers.get(line.question)
    is_given = value is not None and value != ()
    if line.operator == "exists":
        return is_given == (line.code == "true")
    is_same = line.code in value if isinstance(value, tuple) else value == line.code
    return is_given and is_same == (line.operator == "=")


def _take(question: Question, raw: Mapping[str, object], answers: dict[str, Answer], problems: dict[str, str]) -> None:
    if question.link_id not in raw:
        if question.required:
            problems[question.link_id] = "required"
        return
    value, fault = _read(question, raw[question.link_id])
    if fault is not None:
        problems[question.link_id] = fault
    elif value is not None:
        answers[question.link_id] = value


def _read(question: Question, value: object) -> tuple[Answer | None, str | None]:
    """Return the answer, or the code of what is wrong with it."""
    if question.type is QuestionType.INTEGER:
        return _read_number(question, value)
    allowed = question.options
    if "yes" in allowed:  # not sure is never refused beside yes and no: it takes the stricter branch
        allowed = (*allowed, "not_sure")
    if not question.repeats:
        if not isinstance(value, str):
            return None, "wrong_type"
        return (value, None) if value in allowed else (None, "not_an_option")
    if not isinstance(value, list | tuple) or not all(isinstance(entry, str) for entry in value):
        return None, "wrong_type"
    if not set(value) <= set(allowed):
        return None, "not_an_option"
    return tuple(code for code in allowed if code in value), None


def _read_number(question: Question, value: object) -> tuple[int | None, str | None]:
    if not isinstance(value, int) or isinstance(value, bool):
        return None, "wrong_type"
    lowest, highest = question.bounds or (value, value)
    return (value, None) if lowest <= value <= highest else (None, "out_of_range")


def _compare_readings(answers: Answers, problems: dict[str, str]) -> None:
    upper, lower = answers.get(SYS), answers.get(DIA)
    if isinstance(upper, int) and isinstance(lower, int) and upper <= lower:
        problems[SYS] = "not_above_lower"


def _follow_spots(answers: dict[str, Answer]) -> None:
    """The spots tapped on the picture say the site as well."""
    for link, value in tuple(answers.items()):
        if link.endswith(".spots") and isinstance(value, tuple) and value:
            site_link = f"{link.removesuffix('.spots')}.site"
            listed = answers.get(site_link, ())
            named = {SITE_OF_SPOT[spot] for spot in value} | set(listed if isinstance(listed, tuple) else ())
            answers[site_link] = tuple(site for site in SITES if site in named)


def _urgent_answers(raw: Mapping[str, object]) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    symptom = raw.get(URGENT)
    if symptom == "yes" or symptom == "not_sure":
        found[URGENT] = "yes" if symptom == "yes" else "not_sure"
    heart = raw.get(HEART, "yes")
    if raw.get(HEART_UNSTABLE) == "yes" and heart in ("yes", "not_sure"):
        found |= {HEART: "yes" if heart == "yes" else "not_sure", HEART_UNSTABLE: "yes"}
    return found


def _unknown(raw: Mapping[str, object]) -> tuple[Problem, ...]:
    return tuple(Problem(link, "unknown_question") for link in sorted(raw) if link not in QUESTION)


def _in_order(problems: Mapping[str, str]) -> tuple[Problem, ...]:
    return tuple(Problem(link, problems[link]) for link in QUESTION if link in problems)
