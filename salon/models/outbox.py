"""What goes out later or only once: messages to send, idempotency keys, throttles."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from salon.db import Base, Numbered, OfSalon, of_salon


class OutboxMessage(OfSalon, Base):
    """A message to a visit's client, stored with the change that causes it; address and words come at sending."""

    __tablename__ = "outbox_message"
    __table_args__ = of_salon(
        ForeignKeyConstraint(["salon_id", "visit_id"], ["visit.salon_id", "visit.id"], ondelete="CASCADE"),
        Index("ix_outbox_message_due", "sent_at", "due_at"),
    )
    visit_id: Mapped[int]
    kind: Mapped[str]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]


class IdempotencyKey(OfSalon, Base):
    """An answered request; the answer is sealed as (salon, idempotency_key, key_hash, answer), kept 24 h."""

    __tablename__ = "idempotency_key"
    __table_args__ = of_salon(UniqueConstraint("salon_id", "key_hash"))
    key_hash: Mapped[str]
    body_hash: Mapped[str]
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    answered_at: Mapped[datetime]


class Throttle(Numbered, Base):
    """Tries counted per hashed subject and window; shared by all processes."""

    __tablename__ = "throttle"
    __table_args__ = (UniqueConstraint("subject", "window_starts_at"),)
    subject: Mapped[str]
    window_starts_at: Mapped[datetime]
    tries: Mapped[int]
