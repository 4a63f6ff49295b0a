"""Who did what (ordinary audit) and who read which health answers (hash-chained per salon)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from salon.db import Base, OfSalon, of_salon


class AuditEntry(OfSalon, Base):
    """One act of one actor; no health word. A trigger refuses every change."""

    __tablename__ = "audit_entry"
    __table_args__ = of_salon(Index("ix_audit_entry_at", "salon_id", "acted_at"))
    acted_at: Mapped[datetime]
    actor_role: Mapped[str]
    user_id: Mapped[int | None]
    source: Mapped[str]
    act: Mapped[str]
    subject: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class HealthRead(OfSalon, Base):
    """One read of health answers; hash covers the row and the one before. A trigger refuses every change."""

    __tablename__ = "health_read"
    __table_args__ = of_salon(
        UniqueConstraint("salon_id", "number"),
        ForeignKeyConstraint(["salon_id", "client_id"], ["client.salon_id", "client.id"]),
        Index("ix_health_read_client", "salon_id", "client_id"),
    )
    number: Mapped[int]
    read_at: Mapped[datetime]
    actor_role: Mapped[str]
    member_id: Mapped[int | None]
    client_id: Mapped[int]
    appointment_reference: Mapped[str]
    purpose: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class HealthReadHead(OfSalon, Base):
    """The last link of a salon's chain, so that cutting the end off is found."""

    __tablename__ = "health_read_head"
    __table_args__ = of_salon(UniqueConstraint("salon_id"))
    number: Mapped[int]
    hash: Mapped[str]
