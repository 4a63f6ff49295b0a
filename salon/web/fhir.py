"""The questionnaire as an HL7 FHIR R4 Questionnaire: group, display, choice and integer items, nothing else."""

from typing import Any

from salon.domain.questionnaire import Scope, option_text_key, questions_for
from salon.domain.rulebook import QUESTIONNAIRE_VERSION, SECTIONS
from salon.domain.rulebook.terms import Question, ShownWhen
from salon.safety_texts import text, text_keys

URL = "urn:salon:intake"


def questionnaire(scope: Scope, locale: str) -> dict[str, Any]:
    """Return the questions of a scope as a Questionnaire resource; items nest under their parents."""
    asked = questions_for(scope)
    groups = []
    for section in SECTIONS:
        of_section = [question for question in asked if question.section == section]
        if of_section:
            groups.append(
                {
                    "linkId": f"section.{section}",
                    "type": "group",
                    "text": text(f"section.{section}", locale),
                    "item": [_item(question, of_section, locale) for question in of_section if not question.parent],
                }
            )
    return {
        "resourceType": "Questionnaire",
        "url": URL,
        "version": QUESTIONNAIRE_VERSION,
        "status": "active",
        "language": locale,
        "item": groups,
    }


def _item(question: Question, asked: list[Question], locale: str) -> dict[str, Any]:
    item: dict[str, Any] = {
        "linkId": question.link_id,
        "type": question.type.value,
        "text": text(f"question.{question.link_id}", locale),
        "required": question.required,
    }
    if question.repeats:
        item["repeats"] = True
    if question.options:
        item["answerOption"] = [
            {"valueCoding": {"code": code, "display": text(option_text_key(question.link_id, code), locale)}}
            for code in question.options
        ]
    if question.shown_when:
        item["enableBehavior"] = "any"
        item["enableWhen"] = [_line(line) for line in question.shown_when]
    children = [_item(child, asked, locale) for child in asked if child.parent == question.link_id]
    help_key = f"help.{question.link_id}"
    if help_key in text_keys():
        children.insert(0, {"linkId": f"{question.link_id}.help", "type": "display", "text": text(help_key, locale)})
    if children:
        item["item"] = children
    return item


def _line(line: ShownWhen) -> dict[str, Any]:
    if line.operator == "exists":
        return {"question": line.question, "operator": "exists", "answerBoolean": line.code == "true"}
    return {"question": line.question, "operator": line.operator, "answerCoding": {"code": line.code}}
