"""People who sign in: who they are (user), what they may do in a salon (membership), tokens and sessions."""

from datetime import datetime
from typing import Any

from flask_security import AsaList
from flask_security.core import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column

from salon.db import Base, Key, Numbered, OfSalon, of_salon


class User(Numbered, UserMixin, Base):
    """A person with an e-mail and a password; roles live in memberships, never here."""

    __tablename__ = "user"
    email: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime | None]
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    mf_recovery_codes: Mapped[Any] = mapped_column(MutableList.as_mutable(AsaList()), nullable=True)
    locale: Mapped[str | None]


class SignedInSession(Numbered, Base):
    """One browser that is signed in; ending the row ends the session, whatever cookie comes back."""

    __tablename__ = "signed_in_session"
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    salon_id: Mapped[int | None] = mapped_column(Key)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Membership(OfSalon, Base):
    """What a user is in one salon; a technician, or an owner at the table, is linked to her technician row."""

    __tablename__ = "membership"
    __table_args__ = of_salon(
        UniqueConstraint("salon_id", "user_id"),
        ForeignKeyConstraint(["salon_id", "technician_id"], ["technician.salon_id", "technician.id"]),
        CheckConstraint("role IN ('owner', 'receptionist', 'technician')", name="role_known"),
        CheckConstraint("role <> 'technician' OR technician_id IS NOT NULL", name="technician_is_named"),
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]
    technician_id: Mapped[int | None]
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ApiToken(OfSalon, Base):
    """A bearer token of one member in one salon; only its hash is kept."""

    __tablename__ = "api_token"
    __table_args__ = of_salon(
        ForeignKeyConstraint(["salon_id", "member_id"], ["membership.salon_id", "membership.id"], ondelete="CASCADE"),
    )
    member_id: Mapped[int]
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
