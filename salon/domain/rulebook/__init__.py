"""The rule book: questions, topics and rules as data, each with its source, under one version."""

from salon.domain.rulebook import bones, heart, other, skin, today
from salon.domain.rulebook.questions import AGE_BAND, DIA, QUESTION, QUESTIONS, SECTIONS, SYS
from salon.domain.rulebook.terms import (
    Asked,
    Level,
    Manicure,
    Question,
    QuestionType,
    Rule,
    ShownWhen,
    Side,
    Topic,
    Zone,
)

# Raise the first when a rule changes, the second when a question or an answer code does.
RULES_VERSION = "1"
QUESTIONNAIRE_VERSION = "1"

TOPICS: tuple[Topic, ...] = (*today.TOPICS, *skin.TOPICS, *heart.TOPICS, *bones.TOPICS, *other.TOPICS)
RULES: tuple[Rule, ...] = (*today.RULES, *skin.RULES, *heart.RULES, *bones.RULES, *other.RULES)
TOPIC: dict[str, Topic] = {topic.code: topic for topic in TOPICS}
RULE: dict[str, Rule] = {rule.code: rule for rule in RULES}

__all__ = [
    "AGE_BAND",
    "DIA",
    "QUESTION",
    "QUESTIONNAIRE_VERSION",
    "QUESTIONS",
    "RULE",
    "RULES",
    "RULES_VERSION",
    "SECTIONS",
    "SYS",
    "TOPIC",
    "TOPICS",
    "Asked",
    "Level",
    "Manicure",
    "Question",
    "QuestionType",
    "Rule",
    "ShownWhen",
    "Side",
    "Topic",
    "Zone",
]
