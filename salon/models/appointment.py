"""Visits and their appointments, with the overlap guard's columns, and the links that clients hold."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from salon.db import Base, OfSalon, of_salon

STATUSES = (
    "requested",
    "held",
    "booked",
    "checked_in",
    "in_service",
    "completed",
    "declined",
    "cancelled",
    "no_show",
)


class Visit(OfSalon, Base):
    """A client comes once, for one or more appointments; group and series link visits booked together."""

    __tablename__ = "visit"
    __table_args__ = of_salon(
        ForeignKeyConstraint(["salon_id", "client_id"], ["client.salon_id", "client.id"]),
        UniqueConstraint("salon_id", "id", "client_id"),
        Index("ix_visit_client", "salon_id", "client_id"),
    )
    client_id: Mapped[int]
    locale: Mapped[str]
    source: Mapped[str]
    note: Mapped[str | None]
    group_key: Mapped[str | None]
    series_key: Mapped[str | None]
    booked_at: Mapped[datetime]


class Appointment(OfSalon, Base):
    """One client with one technician for one stretch of time; block = the stretch with its buffers.

    A hold is a row without a visit until held_until. Price and length are what was agreed at booking.
    The overlap guard (technician, station, client) is in the first migration, in each database's own words.
    """

    __tablename__ = "appointment"
    __table_args__ = of_salon(
        ForeignKeyConstraint(
            ["salon_id", "visit_id", "client_id"],
            ["visit.salon_id", "visit.id", "visit.client_id"],
            onupdate="CASCADE",
        ),
        ForeignKeyConstraint(["salon_id", "technician_id"], ["technician.salon_id", "technician.id"]),
        ForeignKeyConstraint(["salon_id", "service_id"], ["service.salon_id", "service.id"]),
        ForeignKeyConstraint(["salon_id", "station_id"], ["station.salon_id", "station.id"]),
        CheckConstraint(f"status IN {STATUSES}", name="status_known"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("block_starts_at <= starts_at AND block_ends_at >= ends_at", name="block_covers_visit"),
        CheckConstraint("visit_id IS NOT NULL OR status = 'held'", name="only_a_hold_has_no_visit"),
        CheckConstraint("(status = 'held') = (held_until IS NOT NULL)", name="hold_ends"),
        CheckConstraint("(visit_id IS NULL) = (client_id IS NULL)", name="client_is_the_visits"),
        CheckConstraint("price_minor >= 0", name="price_not_negative"),
        Index("ix_appointment_technician_time", "salon_id", "technician_id", "block_starts_at"),
        Index("ix_appointment_time", "salon_id", "block_starts_at"),
        Index("ix_appointment_station_time", "salon_id", "station_id", "block_starts_at"),
        Index("ix_appointment_client_time", "salon_id", "client_id", "starts_at"),
        Index("ix_appointment_visit", "salon_id", "visit_id"),
        Index(
            "ix_appointment_hold",
            "salon_id",
            "held_until",
            sqlite_where=text("held_until IS NOT NULL"),
            postgresql_where=text("held_until IS NOT NULL"),
        ),
    )
    reference: Mapped[str] = mapped_column(unique=True)
    visit_id: Mapped[int | None]
    client_id: Mapped[int | None]
    technician_id: Mapped[int]
    service_id: Mapped[int]
    station_id: Mapped[int | None]
    status: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    block_starts_at: Mapped[datetime]
    block_ends_at: Mapped[datetime]
    price_minor: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    held_until: Mapped[datetime | None]
    held_by_hash: Mapped[str | None]
    confirmed_at: Mapped[datetime | None]
    checked_in_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    override_reason: Mapped[str | None]


class AppointmentAddon(OfSalon, Base):
    """An add-on of this appointment with the price and length agreed at booking."""

    __tablename__ = "appointment_addon"
    __table_args__ = of_salon(
        ForeignKeyConstraint(
            ["salon_id", "appointment_id"], ["appointment.salon_id", "appointment.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["salon_id", "addon_id"], ["addon.salon_id", "addon.id"]),
        UniqueConstraint("salon_id", "appointment_id", "addon_id"),
    )
    appointment_id: Mapped[int]
    addon_id: Mapped[int]
    position: Mapped[int]
    price_minor: Mapped[int]
    duration_minutes: Mapped[int]


class Link(OfSalon, Base):
    """A token that a client was sent; only its hash is kept, each message mints its own."""

    __tablename__ = "link"
    __table_args__ = of_salon(
        ForeignKeyConstraint(["salon_id", "visit_id"], ["visit.salon_id", "visit.id"], ondelete="CASCADE"),
        CheckConstraint("kind IN ('visit', 'intake', 'privacy')", name="kind_known"),
        Index("ix_link_visit", "salon_id", "visit_id"),
    )
    visit_id: Mapped[int]
    kind: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    minted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
