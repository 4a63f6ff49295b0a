"""The words of safety: questions, cautions, steps and outcomes by key and language, each with its review state.

Kept as `translations/<locale>/safety.toml`: one table for each first part of a key, and `[reviewed]` with who signed
which wording. A missing key is an error, never silent English.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

SOURCE_LOCALE = "en"
_REVIEWED = "reviewed"


class ReviewState(StrEnum):
    """Whether a named speaker has signed a wording, and whether it still is the one that was signed."""

    UNREVIEWED = "unreviewed"
    STALE = "stale"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Review:
    """Who signed a wording and when; source_hash is that of the English and the wording as signed."""

    reviewed_by: str
    reviewed_on: str
    source_hash: str


@dataclass(frozen=True, slots=True)
class _Book:
    texts: Mapping[str, str]
    reviews: Mapping[str, Review]


def text(key: str, locale: str, **values: object) -> str:
    """Return the wording of a key in a language, its {places} filled in.

    Raises KeyError for a key or a language that does not exist.
    """
    wording = _book(locale).texts[key]
    return wording.format(**values) if values else wording


def effect_text(step: str, locale: str) -> str:
    """Return the technician's words for a step effect, `exclude_<allergen>` included."""
    if step.startswith("exclude_"):
        return text("step.exclude", locale, allergen=text(f"allergen.{step.removeprefix('exclude_')}", locale))
    return text(f"step.{step}", locale)


def locales() -> tuple[str, ...]:
    """Return the languages that have safety texts, sorted."""
    return tuple(sorted(entry.name for entry in _folder().iterdir() if (entry / "safety.toml").is_file()))


def text_keys(locale: str = SOURCE_LOCALE) -> frozenset[str]:
    """Return all keys of a language."""
    return frozenset(_book(locale).texts)


def review(key: str, locale: str) -> Review | None:
    """Return who signed the wording, or None."""
    return _book(locale).reviews.get(key)


def review_state(key: str, locale: str) -> ReviewState:
    """Return whether a wording is signed as it stands."""
    return state_of(review(key, locale), english=text(key, SOURCE_LOCALE), wording=text(key, locale))


def state_of(signed: Review | None, *, english: str, wording: str) -> ReviewState:
    """Return the state of a signature: a change of the wording or of its English makes it stale."""
    if signed is None:
        return ReviewState.UNREVIEWED
    return ReviewState.REVIEWED if signed.source_hash == source_hash(english, wording) else ReviewState.STALE


def source_hash(english: str, wording: str) -> str:
    """Return what a signature stands for: the English and the wording beside it."""
    return hashlib.sha256(f"{english}\n{wording}".encode()).hexdigest()[:16]


def _folder() -> Traversable:
    return resources.files("salon") / "translations"


@cache
def _book(locale: str) -> _Book:
    if locale not in locales():
        raise KeyError(locale)
    tables = tomllib.loads((_folder() / locale / "safety.toml").read_text(encoding="utf-8"))
    reviews = tables.pop(_REVIEWED, {})
    texts = {f"{table}.{name}": wording for table, entries in tables.items() for name, wording in entries.items()}
    return _Book(texts, {key: Review(**entry) for key, entry in reviews.items()})
