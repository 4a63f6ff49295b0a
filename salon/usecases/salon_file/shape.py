"""The shape of a salon file: JSON that fits the schema, each misfit said in our own words."""

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from salon.usecases.salon_file.faults import Fault, FileRefused, member

SCHEMA_FILE = Path(__file__).with_name("schema.json")
MOST_FAULTS = 200
_TYPE_NAMES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "object": "an object",
    "string": "a text",
}
_SENTENCES = {
    "minimum": "must be {limit} or more",
    "maximum": "must be {limit} or less",
    "minLength": "must not be empty",
    "maxLength": "must be {limit} characters or shorter",
    "minItems": "needs {limit} or more entries",
    "maxItems": "needs {limit} entries, no more",
    "minProperties": "must not be empty",
    "uniqueItems": "holds the same entry twice",
}


class _Doubled(dict[str, Any]):
    """An object of the file that names a member twice."""

    names: tuple[str, ...] = ()


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the salon file."""
    found: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return found


def shaped(raw: bytes) -> dict[str, Any]:
    """Return the JSON value of a file of the right shape. Raises FileRefused with everything that does not fit."""
    try:
        document = _parsed(raw)
        faults = [*_text_faults(document, "$")]
    except RecursionError as error:
        raise FileRefused([Fault("$", "is nested too deeply")]) from error
    if not faults:
        for misfit in _validator().iter_errors(document):
            faults.extend(_faults_of(misfit))
            if len(faults) >= MOST_FAULTS:
                break
    if faults:
        raise FileRefused(sorted(faults[:MOST_FAULTS], key=lambda fault: _natural(fault.path)))
    shaped_document: dict[str, Any] = document
    return shaped_document


def _natural(path: str) -> list[tuple[int, str]]:
    """Return a sorting key under which $.x[10] stands after $.x[9]."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", path)]


# ---- JSON ----


def _parsed(raw: bytes) -> Any:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused([Fault("$", f"is not UTF-8 at byte {error.start}")]) from error
    try:
        return json.loads(text, object_pairs_hook=_object, parse_float=_number, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        reason = f"is not JSON at line {error.lineno}, column {error.colno}"
        raise FileRefused([Fault("$", reason)]) from error
    except ValueError as error:
        raise FileRefused([Fault("$", "holds a number that JSON does not have or that is far too long")]) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    names = [name for name, _ in pairs]
    doubled = _Doubled(found)
    doubled.names = tuple(name for name in found if names.count(name) > 1)
    return doubled


def _number(text: str) -> int | float:
    """Return 60.0 as 60: JSON knows only numbers."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _text_faults(value: Any, path: str) -> Iterator[Fault]:
    """Find members named twice and text that no database can keep (half a surrogate pair, NUL)."""
    if isinstance(value, dict):
        for name in value.names if isinstance(value, _Doubled) else ():
            yield Fault(member(path, _printable(name)), "stands twice in one object")
        for name, inner in value.items():
            yield from _text_faults(inner, member(path, _printable(name)))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _text_faults(inner, f"{path}[{number}]")
    elif isinstance(value, str) and not _is_text(value):
        yield Fault(path, "holds half a character (a lone surrogate)")


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _printable(name: str) -> str:
    return name.encode("ascii" if not _is_text(name) else "utf-8", "replace").decode()


# ---- the schema ----


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern with `$` as JSON Schema means it: the very end, no line break after it."""
    return re.compile(pattern.removesuffix("$") + r"\Z" if pattern.endswith("$") else pattern)


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not _compiled(pattern).search(instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


@functools.cache
def _validator() -> Any:
    strict = extend(Draft202012Validator, {"pattern": _pattern})
    whole = schema()
    return strict(_inlined(whole, whole.pop("$defs")))


def _inlined(part: Any, definitions: dict[str, Any]) -> Any:
    """Return the schema with each reference replaced by what it names: twice as fast, and none refers to itself."""
    if isinstance(part, list):
        return [_inlined(inner, definitions) for inner in part]
    if not isinstance(part, dict):
        return part
    named = part.get("$ref")
    if isinstance(named, str):
        rest = {name: inner for name, inner in part.items() if name != "$ref"}
        return {**_inlined(definitions[named.removeprefix("#/$defs/")], definitions), **rest}
    return {name: _inlined(inner, definitions) for name, inner in part.items()}


def _faults_of(error: ValidationError) -> Iterator[Fault]:
    """Return a schema error as faults in our words: one for each missing or unknown member."""
    path = _path(error)
    keyword: str = str(error.validator)
    rule: Any = error.validator_value
    instance: Any = error.instance
    if keyword == "required":
        missing = [name for name in rule if name not in instance]
        named = next((name for name in missing if error.message.startswith(repr(name))), missing[0])
        yield Fault(member(path, named), "is missing")
    elif keyword == "additionalProperties":
        known = error.schema.get("properties", {})
        yield from (Fault(member(path, name), "is not a known member") for name in instance if name not in known)
    elif keyword == "type":
        kinds = [rule] if isinstance(rule, str) else rule
        yield Fault(path, f"must be {' or '.join(_TYPE_NAMES[kind] for kind in kinds)}")
    elif keyword == "enum":
        known = ", ".join("null" if word is None else str(word) for word in rule)
        yield Fault(path, f"is {_shown(instance)} and must be one of {known}")
    elif keyword == "const":
        yield Fault(path, f'is {_shown(instance)} and must be "{rule}"')
    elif keyword == "pattern":
        yield Fault(path, f"is {_shown(instance)} and must be {error.schema.get('description', f'like {rule}')}")
    else:
        yield Fault(path, _SENTENCES.get(keyword, "does not fit the schema").format(limit=rule))


def _path(error: ValidationError) -> str:
    path = "$"
    for part in error.absolute_path:
        path = f"{path}[{part}]" if isinstance(part, int) else member(path, part)
    return path


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."
