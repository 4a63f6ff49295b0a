"""Messages that leave with a change: queued in its transaction, sent by the worker."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from salon.models import OutboxMessage


def enqueue(session: Session, salon_id: int | None, visit_id: int, kind: str, *, now: datetime) -> None:
    """Queue a message to a visit's client; address, language, link and words are found when it is sent.

    kind is `confirmation`, `intake_link` or a later one that salon/mailer.py words.
    """
    session.execute(insert(OutboxMessage).values(salon_id=salon_id, visit_id=visit_id, kind=kind, due_at=now))
