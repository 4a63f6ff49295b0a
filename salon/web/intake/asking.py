"""Questions of the rulebook as a page asks them, and a page's form as answers."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from salon.domain.questionnaire import Scope, option_text_key, questions_for
from salon.domain.rulebook import QUESTION, SECTIONS
from salon.domain.rulebook.questions import SITE_OF_SPOT, SPOTS
from salon.domain.rulebook.terms import Question
from salon.safety_texts import text, text_keys

FIRST = "you"
URGENT = "urgent"
URGENT_QUESTION = "today.urgent"
PLACE = "place"
_STACKED_FROM = 4
_DIGITS = 3

Answers = Mapping[str, Any]


def parts_of(scope: Scope) -> tuple[str, ...]:
    """Return the screens of a scope in order; the urgent question is a screen of its own before all others."""
    asked = questions_for(scope)
    sections = [code for code in SECTIONS if code != FIRST and any(question.section == code for question in asked)]
    if any(question.link_id == URGENT_QUESTION for question in asked):
        return (URGENT, *sections)
    return tuple(sections)


def gates_of(part: str, scope: Scope) -> list[Question]:
    """Return the questions of a screen that hang under no other."""
    if part == URGENT:
        return [QUESTION[URGENT_QUESTION]]
    return [
        question
        for question in questions_for(scope)
        if question.parent is None and question.section == part and question.link_id != URGENT_QUESTION
    ]


def question_shown(question: Question, answers: Answers, faults: Mapping[str, str], locale: str) -> dict[str, Any]:
    """Return a question with its follow-ups as the page's macro takes it."""
    link = question.link_id
    shown: dict[str, Any] = {
        "name": link,
        "id": link.replace(".", "-"),
        "text": text(f"question.{link}", locale),
        "help": text(f"help.{link}", locale) if f"help.{link}" in text_keys() else "",
        "error": faults.get(link, ""),
        "follow_ups": _follow_ups(question, answers, faults, locale),
    }
    if question.type.value == "integer":
        lowest, highest = question.bounds or (0, 0)
        return shown | {
            "kind": "number",
            "value": answers.get(link, ""),
            "minimum": lowest,
            "maximum": highest,
            "unit": "",
        }
    opens = bool(shown["follow_ups"])
    options = [
        {"value": code, "label": text(option_text_key(link, code), locale), "opens": opens and code != "no"}
        for code in question.options
    ]
    if question.repeats:
        return shown | {"kind": "many", "options": options, "values": list(answers.get(link) or ())}
    return shown | {
        "kind": "choice",
        "options": options,
        "value": answers.get(link, ""),
        "is_stacked": len(options) >= _STACKED_FROM,
    }


def _children(question: Question) -> list[Question]:
    return [child for child in QUESTION.values() if child.parent == question.link_id]


def _follow_ups(question: Question, answers: Answers, faults: Mapping[str, str], locale: str) -> list[dict[str, Any]]:
    children = _children(question)
    names = {child.link_id.rsplit(".", 1)[-1] for child in children}
    shown = []
    for child in children:
        last = child.link_id.rsplit(".", 1)[-1]
        if "site" in names and last in ("side", "spots"):
            continue  # asked together with the place, on the picture of the hands
        if last == "site":
            shown.append(_place_shown(question, answers, faults, locale))
        else:
            shown.append(question_shown(child, answers, faults, locale))
    return shown


def _place_shown(gate: Question, answers: Answers, faults: Mapping[str, str], locale: str) -> dict[str, Any]:
    link = gate.link_id
    sides = {"left": ("left",), "right": ("right",), "both": ("left", "right")}.get(
        str(answers.get(f"{link}.side")), ()
    )
    spots = answers.get(f"{link}.spots") or ()
    return {
        "name": f"{link}.{PLACE}",
        "id": f"{link}.{PLACE}".replace(".", "-"),
        "kind": "places",
        "text": text(f"question.{link}.site", locale),
        "help": "",
        "error": faults.get(f"{link}.site", faults.get(f"{link}.side", "")),
        "follow_ups": [],
        "sites": [{"value": spot, "label": text(f"spot.{spot}", locale)} for spot in SPOTS],
        "values": [f"{side}.{spot}" for side in sides for spot in spots],
    }


def answers_of(form: MultiDict[str, str], part: str, scope: Scope) -> dict[str, Any]:
    """Return what a screen's form says, as answers by linkId; what was left empty is absent.

    "None applies" (none=1) answers every unanswered gate of a standing section with no, or with an empty list.
    """
    found: dict[str, Any] = {}
    none_applies = form.get("none") == "1" and may_skip_all(part)
    for gate in gates_of(part, scope):
        _take(gate, form, found)
        if none_applies and gate.link_id not in found:
            found[gate.link_id] = [] if gate.repeats else "no"
    return found


def may_skip_all(part: str) -> bool:
    """Whether "none applies" stands under a screen: never for the questions of today."""
    return part not in (URGENT, "today", FIRST)


def _take(question: Question, form: MultiDict[str, str], found: dict[str, Any]) -> None:
    link = question.link_id
    if question.repeats:
        given = [value for value in form.getlist(link) if value]
        if given:
            found[link] = given
    elif (value := form.get(link, "").strip()) != "":
        is_number = question.type.value == "integer" and value.isascii() and value.isdigit() and len(value) <= _DIGITS
        found[link] = int(value) if is_number else value
    places = form.getlist(f"{link}.{PLACE}")
    if places:
        found.update(_place_answers(link, places))
    for child in _children(question):
        _take(child, form, found)


def _place_answers(link: str, places: list[str]) -> dict[str, Any]:
    """Return side, sites and spots of places such as left.thumb; what is no place is refused by the check."""
    pairs = [place.partition(".") for place in places]
    sides = {side for side, _, _ in pairs}
    spots = list(dict.fromkeys(spot for _, _, spot in pairs))
    return {
        f"{link}.side": "both" if {"left", "right"} <= sides else next(iter(sides)),
        f"{link}.spots": spots,
        f"{link}.site": list(dict.fromkeys(SITE_OF_SPOT.get(spot, spot) for spot in spots)),
    }


def belongs_to(link_id: str, part: str) -> bool:
    """Whether a question stands on this screen."""
    question = QUESTION.get(link_id)
    if question is None:
        return False
    if part == URGENT:
        return link_id == URGENT_QUESTION
    return question.section == part and link_id != URGENT_QUESTION


def words_of(link_id: str, value: Any, locale: str) -> str:
    """Return an answer in words, as the reader gave it."""
    if isinstance(value, int):
        return str(value)
    values = value if isinstance(value, (list, tuple)) else [value]
    return ", ".join(text(option_text_key(link_id, code), locale) for code in values)
