"""A request that may come twice: the first answer is kept sealed for a day and given again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from salon.domain.errors import KeyReused
from salon.domain.permissions import Actor
from salon.models import IdempotencyKey
from salon.usecases.evaluations import seal, unseal

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Once:
    """The Idempotency-Key of a request and the hash of its body; one key belongs to one body, per salon."""

    key: str
    body_hash: str

    @property
    def key_hash(self) -> str:
        """What is stored of the key."""
        return hashlib.sha256(self.key.encode()).hexdigest()


def recalled(session: Session, actor: Actor, once: Once, *, now: datetime) -> Any:
    """Return the JSON values kept for this request, None the first time. Raises KeyReused for another body.

    It runs under the salon's write lock: the second of two at once waits here until the first has committed.
    """
    row = session.execute(
        select(IdempotencyKey).where(
            IdempotencyKey.salon_id == actor.salon_id, IdempotencyKey.key_hash == once.key_hash
        )
    ).scalar_one_or_none()
    if row is None:
        return None
    if row.answered_at + KEPT <= now:
        session.execute(
            delete(IdempotencyKey).where(IdempotencyKey.salon_id == actor.salon_id, IdempotencyKey.id == row.id)
        )
        return None
    if row.body_hash != once.body_hash:
        raise KeyReused(("Idempotency-Key", "other_body"))
    return unseal(actor.salon_id, "idempotency_key", once.key_hash, "answer", row.answer)


def remember(session: Session, actor: Actor, once: Once, answer: Any, *, now: datetime) -> None:
    """Keep the answer, in the transaction of what it answers: only what was really done uses the key up."""
    session.execute(
        insert(IdempotencyKey).values(
            salon_id=actor.salon_id,
            key_hash=once.key_hash,
            body_hash=once.body_hash,
            answer=seal(actor.salon_id, "idempotency_key", once.key_hash, "answer", answer),
            answered_at=now,
        )
    )
