"""The client's own visit by her link: what, when, where, who; cancelling it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from salon.domain.appointment import Move, Status, may_move
from salon.domain.errors import NotFound
from salon.domain.permissions import Actor, Permission
from salon.models import Addon, Appointment, AppointmentAddon, Service, Visit
from salon.usecases.appointments import check_notice, find, move
from salon.usecases.boundary import use_case
from salon.usecases.evaluations import AnsweredAt, answered_at, status_of
from salon.usecases.messages import enqueue
from salon.usecases.salons import SalonFacts, facts_of


@dataclass(frozen=True, slots=True)
class OwnAppointment:
    """One appointment of the visit; names by locale, price in minor units."""

    reference: str
    status: str
    start: datetime
    end: datetime
    service: str
    service_name: Mapping[str, str]
    addons: tuple[Mapping[str, str], ...]
    technician: str
    technician_name: str
    price_minor: int
    intake_status: str
    can_cancel: bool
    can_reschedule: bool
    without_massage: "ManicureInstead | None"


@dataclass(frozen=True, slots=True)
class ManicureInstead:
    """The service without massage that the visit can become, at its own list price and length."""

    key: str
    name: Mapping[str, str]
    price_minor: int
    currency: str
    duration_min: int
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class OwnVisit:
    """The visit that a link belongs to."""

    salon: SalonFacts
    client_name: str
    locale: str
    appointments: tuple[OwnAppointment, ...]


@use_case(Permission.OWN_VISIT_READ, writes=False)
def read_own_visit(session: Session, actor: Actor, *, now: datetime) -> OwnVisit:
    """Return the visit of the link, its appointments in order; it never shows an answer."""
    references = _references(session, actor)
    salon = facts_of(session, actor.salon_id)
    appointments = []
    client_name, locale = "", salon.locales[0]
    for reference in references:
        found = find(session, actor, reference)
        client_name, locale = found.client.name, found.visit.locale
        row, service = found.appointment, found.service
        answered = answered_at(session, actor.salon_id, [found.client.id]).get(found.client.id, AnsweredAt())
        in_time = now <= row.starts_at - timedelta(minutes=salon.policy.cancel_notice_min)
        is_open = may_move(Status(row.status), Move.CANCEL)
        appointments.append(
            OwnAppointment(
                reference=row.reference,
                status=row.status,
                start=row.starts_at,
                end=row.ends_at,
                service=service.key,
                service_name=service.name,
                addons=_addon_names(session, actor, row.id),
                technician=found.technician.key,
                technician_name=found.technician.name,
                price_minor=row.price_minor,
                intake_status=status_of(
                    service, answered, start=row.starts_at, now=now, valid_days=salon.policy.intake_valid_days
                ).value,
                can_cancel=is_open and in_time,
                can_reschedule=row.status == Status.BOOKED and in_time,
                without_massage=_instead(session, salon, service.without_massage_id) if is_open else None,
            )
        )
    return OwnVisit(salon, client_name, locale, tuple(appointments))


def _instead(session: Session, salon: SalonFacts, service_id: int | None) -> ManicureInstead | None:
    row = session.execute(
        select(Service).where(Service.salon_id == salon.id, Service.id == service_id)
    ).scalar_one_or_none()
    if row is None:
        return None
    return ManicureInstead(row.key, row.name, row.price_minor, salon.currency, row.duration_minutes, salon.zone)


def _references(session: Session, actor: Actor) -> list[str]:
    rows = session.execute(
        select(Appointment.reference)
        .join(Visit, and_(Visit.salon_id == Appointment.salon_id, Visit.id == Appointment.visit_id))
        .where(Visit.salon_id == actor.salon_id, Visit.id == actor.visit_id)
        .order_by(Appointment.starts_at, Appointment.id)
    )
    found = list(rows.scalars())
    if not found:
        raise NotFound
    return found


def _addon_names(session: Session, actor: Actor, appointment_id: int) -> tuple[Mapping[str, str], ...]:
    rows = session.execute(
        select(Addon.name)
        .join(
            AppointmentAddon, and_(AppointmentAddon.salon_id == Addon.salon_id, AppointmentAddon.addon_id == Addon.id)
        )
        .where(Addon.salon_id == actor.salon_id, AppointmentAddon.appointment_id == appointment_id)
        .order_by(AppointmentAddon.position)
    )
    return tuple(rows.scalars())


@use_case(Permission.OWN_VISIT_CHANGE, writes=True)
def cancel_own_visit(session: Session, actor: Actor, *, now: datetime) -> None:
    """Cancel the whole visit. Raises TooLate within the salon's notice, WrongState when a part is no longer open."""
    for reference in _references(session, actor):
        found = find(session, actor, reference)
        check_notice(session, actor, found.appointment.starts_at, now=now)
        move(session, actor, found, Move.CANCEL, now=now)


@use_case(Permission.OWN_VISIT_CHANGE, writes=True)
def send_own_intake_link(session: Session, actor: Actor, *, now: datetime) -> None:
    """Queue a fresh link to the health check, to the address of the booking; a visit link never opens answers."""
    _references(session, actor)
    enqueue(session, actor.salon_id, actor.visit_id or 0, "intake_link", now=now)
