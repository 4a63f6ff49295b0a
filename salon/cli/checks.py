"""`salon check`: one line for each thing that must be right before a salon is served."""

import smtplib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from config import Settings
from salon import mailer
from salon.cli import database
from salon.crypto import CannotOpen, key_ring
from salon.db import db

_DURABLE_COMMITS = ("on", "remote_apply", "remote_write", "local")
_SQLITE_FULL = 2


@dataclass(frozen=True, slots=True)
class Checked:
    """One line of the answer."""

    name: str
    words: str
    is_right: bool = True

    def __str__(self) -> str:
        return f"{'ok' if self.is_right else 'wrong':<6} {self.name}: {self.words}"


def checks() -> Iterator[Checked]:
    """Yield each check inside the app's context; one that fails says why and the others go on."""
    settings: Settings = current_app.extensions["settings"]
    yield Checked("configuration", f"{settings.environment}, links begin with {settings.public_url}")
    for name, check in (
        ("database", _database),
        ("migrations", _migrations),
        ("durability", _durability),
        ("keys", _keys),
        ("mail", _mail),
    ):
        yield _checked(name, check)


def _checked(name: str, check: Callable[[], str]) -> Checked:
    try:
        return Checked(name, check())
    except Wrong as wrong:
        return Checked(name, str(wrong), is_right=False)
    except DBAPIError as error:
        return Checked(name, str(error.orig).splitlines()[0], is_right=False)


class Wrong(Exception):
    """A check that failed; the text says what to do."""


def _database() -> str:
    with db.engine.connect() as connection:
        if db.engine.dialect.name == "sqlite":
            version = connection.execute(text("SELECT sqlite_version()")).scalar_one()
            return f"SQLite {version}, {make_url(str(db.engine.url)).database}"
        version = connection.execute(text("SHOW server_version")).scalar_one()
        return f"PostgreSQL {version}"


def _migrations() -> str:
    present, head = database.present(), database.head()
    if present == head:
        return f"at {head}"
    raise Wrong(f"the database is at {present or 'nothing'}, this program needs {head}: run `salon db upgrade`")


def _durability() -> str:
    """Read back from the app's own connections what keeps an acknowledged booking through a power loss."""
    with db.engine.connect() as connection:
        if db.engine.dialect.name == "sqlite":
            journal = connection.execute(text("PRAGMA journal_mode")).scalar_one()
            synchronous = connection.execute(text("PRAGMA synchronous")).scalar_one()
            if journal != "wal" or synchronous != _SQLITE_FULL:
                raise Wrong(f"journal_mode is {journal}, synchronous is {synchronous}; it needs wal and 2 (FULL)")
            return "SQLite WAL, synchronous=FULL"
        found = {
            name: connection.execute(text(f"SHOW {name}")).scalar_one()
            for name in ("synchronous_commit", "fsync", "full_page_writes")
        }
    settings: Settings = current_app.extensions["settings"]
    is_lost = found["synchronous_commit"] not in _DURABLE_COMMITS
    is_torn = settings.is_production and "off" in found.values()  # a developer's own server may be a fast one
    words = "PostgreSQL " + ", ".join(f"{name}={value}" for name, value in found.items())
    if is_lost or is_torn:
        raise Wrong(words)
    return words


def _keys() -> str:
    ring = key_ring()
    try:
        opened = ring.open(ring.seal(b"sealed", "check"), "check")
    except CannotOpen as error:
        raise Wrong("what the newest key seals does not open again") from error
    settings: Settings = current_app.extensions["settings"]
    if opened != b"sealed":
        raise Wrong("what the newest key seals does not open again")
    count = len(settings.health_keys)
    return f"{count} health {'key' if count == 1 else 'keys'}, the newest seals and opens"


def _mail() -> str:
    settings: Settings = current_app.extensions["settings"]
    if settings.smtp_url is None:
        return "SMTP_URL is not set, so messages wait in the outbox"
    try:
        with mailer.connected(settings.smtp_url) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        raise Wrong(f"the mail server does not answer ({mailer.said(error)})") from error
    return "the mail server answers"
