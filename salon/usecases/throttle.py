"""Counting tries in the database, so that every worker and process sees the same number."""

import hashlib
from datetime import UTC, datetime, timedelta

from flask import current_app
from sqlalchemy import delete, insert, update

from salon.db import transaction
from salon.domain.errors import TooMany
from salon.models import Throttle


def check_tries(subject: str, *, most: int, minutes: int, now: datetime) -> None:
    """Count one try for a subject in its present window; raise TooMany above `most`. subject is stored hashed."""
    if not current_app.extensions["settings"].throttle:
        return
    length = timedelta(minutes=minutes)
    window = _window(length, now)
    hashed = _hashed(subject)
    with transaction(None, writes=True) as session:
        known = Throttle.subject == hashed, Throttle.window_starts_at == window
        tries = session.execute(
            update(Throttle).where(*known).values(tries=Throttle.tries + 1).returning(Throttle.tries)
        ).scalar_one_or_none()
        if tries is None:
            tries = 1
            session.execute(insert(Throttle).values(subject=hashed, window_starts_at=window, tries=1))
    if tries > most:
        raise TooMany(retry_after_seconds=int((window + length - now).total_seconds()) + 1)


def forget_tries(subject: str) -> None:
    """Forget what was counted for a subject: it has shown that it is the right one."""
    if current_app.extensions["settings"].throttle:
        with transaction(None, writes=True) as session:
            session.execute(delete(Throttle).where(Throttle.subject == _hashed(subject)))


def _window(length: timedelta, now: datetime) -> datetime:
    return datetime.fromtimestamp(now.timestamp() // length.total_seconds() * length.total_seconds(), UTC)


def _hashed(subject: str) -> str:
    return hashlib.sha256(f"{current_app.config['SECRET_KEY']} {subject}".encode()).hexdigest()
