"""What people did about cautions: seen, observed at the chair, the doctor's OK, and the record of the visit."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from salon.db import Base, OfSalon, of_salon


def _of_appointment() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["salon_id", "appointment_id"], ["appointment.salon_id", "appointment.id"])


def _by_member() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["salon_id", "member_id"], ["membership.salon_id", "membership.id"])


class Acknowledgement(OfSalon, Base):
    """She marked cautions as seen; their codes are sealed as (salon, acknowledgement, appointment_id.number, codes)."""

    __tablename__ = "acknowledgement"
    __table_args__ = of_salon(_of_appointment(), _by_member(), UniqueConstraint("salon_id", "appointment_id", "number"))
    appointment_id: Mapped[int]
    number: Mapped[int]
    member_id: Mapped[int]
    codes: Mapped[bytes] = mapped_column(LargeBinary)
    seen_at: Mapped[datetime]


class ObservedCaution(OfSalon, Base):
    """Something seen at the chair; it only raises. Sealed as (salon, observed_caution, appointment_id.number, body)."""

    __tablename__ = "observed_caution"
    __table_args__ = of_salon(_of_appointment(), _by_member(), UniqueConstraint("salon_id", "appointment_id", "number"))
    appointment_id: Mapped[int]
    number: Mapped[int]
    member_id: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    observed_at: Mapped[datetime]


class DoctorOk(OfSalon, Base):
    """A doctor agreed; which code is sealed as (salon, doctor_ok, client_id.number, code). Never a diagnosis."""

    __tablename__ = "doctor_ok"
    __table_args__ = of_salon(
        ForeignKeyConstraint(["salon_id", "client_id"], ["client.salon_id", "client.id"]),
        _by_member(),
        UniqueConstraint("salon_id", "client_id", "number"),
    )
    client_id: Mapped[int]
    number: Mapped[int]
    member_id: Mapped[int | None]
    codes: Mapped[bytes] = mapped_column(LargeBinary)
    dated_on: Mapped[date]
    has_seen_paper: Mapped[bool]
    recorded_at: Mapped[datetime]


class VisitRecord(OfSalon, Base):
    """What was done, append-only. Sealed as (salon, visit_record, appointment_id.number, body)."""

    __tablename__ = "visit_record"
    __table_args__ = of_salon(
        _of_appointment(),
        _by_member(),
        UniqueConstraint("salon_id", "appointment_id", "number"),
        CheckConstraint("outcome IN ('as_planned', 'adapted', 'stopped')", name="outcome_known"),
    )
    appointment_id: Mapped[int]
    number: Mapped[int]
    member_id: Mapped[int]
    outcome: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_at: Mapped[datetime]
