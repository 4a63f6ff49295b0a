"""What members may hold: strict types, no coercion; instants with their offset, plain dates."""

from datetime import date, datetime
from typing import Any

from apiflask import Schema
from apiflask.fields import Boolean, Field, Integer, List, Nested, String
from apiflask.validators import Length
from marshmallow import RAISE, ValidationError

from salon.domain.time import BadTime, parse_date, parse_instant
from salon.web.messages import field_message

LONGEST_TEXT = 500
LONGEST_KEY = 40


class Body(Schema):
    """An object that knows all its members; any other is refused."""

    class Meta:
        """Marshmallow's own switch for that."""

        unknown = RAISE


class Yes(Boolean):
    """true or false, not their look-alikes."""

    truthy = {True}  # noqa: RUF012 - marshmallow's own way to say it
    falsy = {False}  # noqa: RUF012

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        if not isinstance(value, bool):
            raise ValidationError(field_message("wrong_type"))
        return value


class Instant(String):
    """An instant with its offset, as an aware datetime."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return parse_instant(text)
        except BadTime as error:
            raise ValidationError(field_message(error.code)) from error


class Day(String):
    """A date YYYY-MM-DD."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return parse_date(text)
        except BadTime as error:
            raise ValidationError(field_message(error.code)) from error


def key(**options: Any) -> String:
    """Return a field for a key of the salon file."""
    return String(validate=Length(1, LONGEST_KEY), **options)


def words(longest: int = LONGEST_TEXT, **options: Any) -> String:
    """Return a field for text that people type."""
    return String(validate=Length(0, longest), **options)


def keys(**options: Any) -> List[Any]:
    """Return a field for a list of keys."""
    return List(key(), validate=Length(0, 100), **options)


__all__ = ["Body", "Day", "Field", "Instant", "Integer", "Nested", "Yes", "date", "datetime", "key", "keys", "words"]
