"""What the command line says when something is refused: one sentence on stderr, never a traceback."""

from collections.abc import Mapping

from sqlalchemy.exc import DBAPIError

from config import ConfigurationError
from salon.domain.errors import NotFound, SalonError, Unavailable

REFUSED = 1
_NOT_THERE = frozenset({"42P01", "42883", "22023"})  # PostgreSQL: no such table, function, role
_SENTENCES: Mapping[type[SalonError], str] = {
    NotFound: "There is no salon with this address here.",
    Unavailable: "The database does not answer now: try again.",
}


class Refused(Exception):
    """Something that the command does not do; the text is one sentence."""


def sentence(error: BaseException) -> str:
    """Return one sentence for a person at a terminal."""
    if isinstance(error, Refused | ConfigurationError):
        return str(error)
    if _lacks_tables(error) or _lacks_tables(error.__cause__):
        return "The database has no schema of this program yet: run `salon db upgrade` first."
    if isinstance(error, SalonError):
        return _SENTENCES.get(type(error), f"Refused: {error.code}.")
    if isinstance(error, DBAPIError):
        return f"The database refuses: {_first_line(error.orig)}"
    if isinstance(error, OSError) and error.strerror:
        where = f" ({error.filename})" if error.filename else ""
        return f"{error.strerror}{where}."
    return f"Something went wrong that nobody foresaw: {type(error).__name__}: {_first_line(error)}"


def _lacks_tables(error: BaseException | None) -> bool:
    """Return whether a database error says that a table is not there."""
    if not isinstance(error, DBAPIError):
        return False
    return "no such table" in str(error.orig) or getattr(error.orig, "sqlstate", None) in _NOT_THERE


def _first_line(error: BaseException | None) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0][:200]
