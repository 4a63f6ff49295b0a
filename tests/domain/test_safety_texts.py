"""Safety texts: every key in every language, short enough, plain enough, never silently English."""

import re
import string

import pytest

from salon import safety_texts
from salon.domain.consent import GUARDIAN_STATEMENT, STATEMENTS
from salon.domain.menu import ALLERGENS, Site
from salon.domain.outcome import Action, Choice
from salon.domain.protocol import TECHNIQUE, StepStatus
from salon.domain.questionnaire import option_text_key
from salon.domain.rulebook import QUESTIONS, RULES, SECTIONS, TOPICS, Level, Zone
from salon.domain.rulebook.questions import SPOTS
from salon.domain.screening import PlaceStatus, Result
from salon.safety_texts import Review, ReviewState, review_state, source_hash, state_of, text

LOCALES = safety_texts.locales()
SHIPPED = ("en", "es", "vi")
LONGEST_SUMMARY = 139
STEPS = {step for rule in RULES for step in rule.steps} | {"exclude"}
FREE_KEYS = {
    "help.today.infection",
    "help.heart.hypertension.reading_known",
    "help.lymph",
    "help.allergy.severe",
    "help.pregnant",
    "help.site",
    "caution.agreed",
    "caution.raised_by_salon",
    "caution.observed",
    "caution.product_allergy.labels",
    "client.manicure.ok",
    "client.manicure.postpone",
    "client.catching",
    "client.advice_today",
    "client.emergency",
    "client.emergency_no_number",
    "client.no_diagnosis",
    "client.pregnancy_line",
    "client.none_applies",
    "client.unreviewed",
    "client.doctors_note",
    "side.left",
    "side.right",
    "side.both",
    "side.not_sure",
}


def needed_keys():
    """Return every key that the domain can ask for."""
    return {
        *FREE_KEYS,
        *(f"section.{code}" for code in SECTIONS),
        *(f"question.{q.link_id}" for q in QUESTIONS),
        *(option_text_key(q.link_id, code) for q in QUESTIONS for code in q.options),
        *(f"allergen.{code}" for code in ALLERGENS),
        *(f"site.{site}" for site in Site),
        *(f"spot.{spot}" for spot in SPOTS),
        *(f"zone.{zone}" for zone in Zone),
        *(f"level.{level.code}" for level in Level),
        *(f"result.{result}" for result in Result),
        *(f"status.{status}" for status in StepStatus),
        *(f"place.{status}" for status in PlaceStatus),
        *(f"caution_name.{topic.code}" for topic in TOPICS),
        *(f"caution.{rule.code}" for rule in RULES),
        *(f"caution.{rule.code}.agreed" for rule in RULES if rule.level is Level.CLEARANCE_REQUIRED),
        *(f"step.{step}" for step in STEPS),
        *(f"client.change.{step}" for step in STEPS),
        *(f"protocol.{step.code}" for steps in TECHNIQUE.values() for step in steps),
        *(f"action.{action}" for action in Action),
        *(f"choice.{choice}" for choice in Choice),
        *(f"client.massage.{result}" for result in Result),
        *(f"consent.{statement.code}" for statement in (*STATEMENTS, GUARDIAN_STATEMENT)),
    }


def places(wording):
    """Return the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(wording) if name}


def test_the_languages_of_the_story_are_there():
    assert set(SHIPPED) <= set(LOCALES)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_key_exists_and_none_is_left_over(locale):
    assert needed_keys() == safety_texts.text_keys(locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_texts_are_filled_trimmed_and_keep_their_places(locale):
    for key in safety_texts.text_keys():
        wording = text(key, locale)
        assert wording, key
        assert wording == wording.strip(), key
        assert places(wording) == places(text(key, "en")), key
        assert not re.search(r"[<>&]|\s\s", wording), key


@pytest.mark.parametrize("locale", LOCALES)
def test_a_caution_is_a_short_summary(locale):
    for key in safety_texts.text_keys():
        if key.startswith("caution."):
            assert len(text(key, locale)) <= LONGEST_SUMMARY, key


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != "en"])
def test_no_sentence_is_left_in_english(locale):
    sentences = [key for key in safety_texts.text_keys() if " " in text(key, "en")]
    same = {key for key in sentences if text(key, locale) == text(key, "en")}
    assert same == set()


def test_a_missing_key_or_language_is_an_error():
    with pytest.raises(KeyError):
        text("question.of_nobody", "en")
    with pytest.raises(KeyError):
        text("question.allergy", "xx")


def test_step_effects_name_the_allergen():
    assert safety_texts.effect_text("exclude_nuts", "en") == "Without: Nuts"
    assert safety_texts.effect_text("light", "en") == text("step.light", "en")


# ---- reviewed or not ----


def test_every_signature_in_the_files_is_of_a_named_person_and_a_known_key():
    for locale in LOCALES:
        for key in safety_texts.text_keys(locale):
            signed = safety_texts.review(key, locale)
            assert signed is None or (signed.reviewed_by and signed.reviewed_on)


def test_nothing_is_reviewed_until_somebody_signs():
    assert review_state("question.allergy", "es") is ReviewState.UNREVIEWED


@pytest.mark.parametrize(
    ("english", "wording", "state"),
    [
        ("Are you ill?", "¿Está enfermo?", ReviewState.REVIEWED),
        ("Do you feel ill?", "¿Está enfermo?", ReviewState.STALE),
        ("Are you ill?", "¿Se siente mal?", ReviewState.STALE),
    ],
)
def test_a_signature_goes_stale_when_the_english_or_the_wording_changes(english, wording, state):
    signed = Review("Ines", "2026-11-22", source_hash("Are you ill?", "¿Está enfermo?"))
    assert state_of(signed, english=english, wording=wording) is state


# ---- plain English for the client ----


def syllables(word):
    """Count groups of vowels; a silent final e does not count."""
    word = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", word))
    if word.endswith("e") and not word.endswith("le") and groups > 1:
        groups -= 1
    return max(groups, 1)


def grade(wording):
    """Return the Flesch-Kincaid grade."""
    words = re.findall(r"[A-Za-z0-9'-]+", wording)
    sentences = max(len(re.findall(r"[.?!:;]+", wording)), 1)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def client_sentences():
    """Return the client's English sentences; labels of one to three words have no sentence to measure."""
    keys = [key for key in safety_texts.text_keys() if key.startswith(("question.", "help.", "client.", "consent."))]
    return {key: text(key, "en") for key in keys if len(text(key, "en").split()) > 3}


def test_client_sentences_are_plain_english():
    grades = {key: grade(wording) for key, wording in client_sentences().items()}
    assert {key: round(value, 1) for key, value in grades.items() if value > 8} == {}
    assert sum(grades.values()) / len(grades) <= 6


def test_a_question_has_at_most_20_words():
    for question in QUESTIONS:
        assert len(text(f"question.{question.link_id}", "en").split()) <= 20, question.link_id


def test_no_client_text_names_what_must_not_be_asked():
    for key in safety_texts.text_keys():
        if key.startswith(("question.", "option.", "client.", "consent.")):
            assert not re.search(r"hiv|hepatitis|\bgender\b|\bmedicine name", text(key, "en"), re.IGNORECASE), key
