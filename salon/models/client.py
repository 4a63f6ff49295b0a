"""Clients as reception knows them: contact, language, no health word."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from salon.db import Base, OfSalon, of_salon


class Client(OfSalon, Base):
    """A contact. A public booking always makes a new one; a merge points the second at the first."""

    __tablename__ = "client"
    __table_args__ = of_salon(
        UniqueConstraint("salon_id", "key"),
        ForeignKeyConstraint(["salon_id", "merged_into_id"], ["client.salon_id", "client.id"]),
        Index("ix_client_phone", "salon_id", "phone"),
        Index("ix_client_email", "salon_id", "email"),
    )
    key: Mapped[str]
    name: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    locale: Mapped[str | None]
    age_band: Mapped[str | None]
    note: Mapped[str | None]
    merged_into_id: Mapped[int | None]
    may_book_online: Mapped[bool] = mapped_column(default=True)
    added_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
