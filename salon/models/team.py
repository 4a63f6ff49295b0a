"""Technicians: their hours, breaks, exceptions, time off, and which services they do."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from salon.db import Base, OfSalon, of_salon


def _of_technician() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["salon_id", "technician_id"], ["technician.salon_id", "technician.id"], ondelete="CASCADE"
    )


class Technician(OfSalon, Base):
    """A person at the table; languages in her order, the first shipped one is her card's."""

    __tablename__ = "technician"
    __table_args__ = of_salon(UniqueConstraint("salon_id", "key"))
    key: Mapped[str]
    name: Mapped[str]
    languages: Mapped[list[str]] = mapped_column(JSON)
    qualifications: Mapped[list[str]] = mapped_column(JSON)
    position: Mapped[int]
    left_at: Mapped[datetime | None]


class TechnicianService(OfSalon, Base):
    """She does this service; her own length and price where they differ from the menu's."""

    __tablename__ = "technician_service"
    __table_args__ = of_salon(
        _of_technician(),
        ForeignKeyConstraint(["salon_id", "service_id"], ["service.salon_id", "service.id"], ondelete="CASCADE"),
        UniqueConstraint("salon_id", "technician_id", "service_id"),
        CheckConstraint("duration_minutes BETWEEN 5 AND 5760", name="duration_in_range"),
        CheckConstraint("price_minor >= 0", name="price_not_negative"),
        Index("ix_technician_service_service", "salon_id", "service_id"),
    )
    technician_id: Mapped[int]
    service_id: Mapped[int]
    position: Mapped[int]
    duration_minutes: Mapped[int | None]
    price_minor: Mapped[int | None]


class WeeklyHours(OfSalon, Base):
    """One shift or break on some weekdays, as wall time "HH:MM"; `to` at or before `from` ends next date."""

    __tablename__ = "weekly_hours"
    __table_args__ = of_salon(
        _of_technician(),
        UniqueConstraint("salon_id", "technician_id", "kind", "position"),
        CheckConstraint("kind IN ('hours', 'break')", name="kind_known"),
    )
    technician_id: Mapped[int]
    kind: Mapped[str]
    days: Mapped[list[str]] = mapped_column(JSON)
    from_time: Mapped[str]
    to_time: Mapped[str]
    position: Mapped[int]


class HoursException(OfSalon, Base):
    """The hours of one date instead of the weekly ones: pairs of wall times; none is a day off."""

    __tablename__ = "hours_exception"
    __table_args__ = of_salon(_of_technician(), UniqueConstraint("salon_id", "technician_id", "on_date"))
    technician_id: Mapped[int]
    on_date: Mapped[date]
    hours: Mapped[list[list[str]]] = mapped_column(JSON)


class TimeOff(OfSalon, Base):
    """She is away from one instant to another."""

    __tablename__ = "time_off"
    __table_args__ = of_salon(
        _of_technician(),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_time_off_time", "salon_id", "technician_id", "ends_at"),
    )
    technician_id: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    position: Mapped[int]
