"""The salon with its policy, its stations, closures and the levels it raised."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from salon.db import Base, Numbered, OfSalon, of_salon


class Salon(Numbered, Base):
    """One salon. Wall-clock members of the salon file are in its time_zone; money in its currency."""

    __tablename__ = "salon"
    __table_args__ = (
        CheckConstraint("slot_step_minutes BETWEEN 1 AND 480", name="step_in_range"),
        CheckConstraint("fit IN ('grid', 'tight')", name="fit_known"),
        CheckConstraint("min_notice_minutes BETWEEN 0 AND 525600", name="notice_in_range"),
        CheckConstraint("horizon_days BETWEEN 1 AND 3650", name="horizon_in_range"),
        CheckConstraint("intake_valid_days BETWEEN 30 AND 365", name="intake_validity_in_range"),
    )
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    time_zone: Mapped[str]
    currency: Mapped[str]
    locales: Mapped[list[str]] = mapped_column(JSON)
    country: Mapped[str | None]
    street: Mapped[str | None]
    postcode: Mapped[str | None]
    city: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    emergency_number: Mapped[str | None]
    accent: Mapped[str | None]
    logo_text: Mapped[str | None]
    slot_step_minutes: Mapped[int]
    fit: Mapped[str]
    min_notice_minutes: Mapped[int]
    horizon_days: Mapped[int]
    cancel_notice_minutes: Mapped[int]
    intake_valid_days: Mapped[int]
    massage_minutes_a_day: Mapped[int | None]
    founded_at: Mapped[datetime]


class Station(OfSalon, Base):
    """A table or chair; position is the salon file's order, in which free ones are taken."""

    __tablename__ = "station"
    __table_args__ = of_salon(UniqueConstraint("salon_id", "key"), UniqueConstraint("salon_id", "position"))
    key: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    position: Mapped[int]


class Closure(OfSalon, Base):
    """The whole salon is closed from one instant to another."""

    __tablename__ = "closure"
    __table_args__ = of_salon(
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_closure_time", "salon_id", "ends_at"),
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason: Mapped[str]
    position: Mapped[int]


class LevelRaise(OfSalon, Base):
    """A level that this salon raised above the shipped one, for a caution code; the newest row counts."""

    __tablename__ = "level_raise"
    __table_args__ = of_salon(
        ForeignKeyConstraint(["salon_id", "member_id"], ["membership.salon_id", "membership.id"]),
        CheckConstraint("level IN (0, 10, 20, 30, 40, 50)", name="level_known"),
    )
    code: Mapped[str]
    level: Mapped[int]
    member_id: Mapped[int | None]
    raised_at: Mapped[datetime]
