"""One appointment by its reference: found in the actor's salon, moved from state to state."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from salon.domain.appointment import Move, Status, moved
from salon.domain.errors import NotFound, TooLate
from salon.domain.permissions import Actor, Permission
from salon.models import Appointment, Client, Service, Technician, Visit
from salon.usecases.audit import record_act
from salon.usecases.boundary import use_case
from salon.usecases.salons import facts_of

_STAMPS = {Move.CHECK_IN: "checked_in_at", Move.CANCEL: "cancelled_at", Move.START: "started_at"}


@dataclass(frozen=True, slots=True)
class Found:
    """The rows behind one appointment."""

    appointment: Any
    visit: Any
    client: Any
    service: Any
    technician: Any


def find(session: Session, actor: Actor, reference: str) -> Found:
    """Return the appointment of the actor's salon. Raises NotFound, for another salon's too."""
    row = session.execute(
        select(Appointment, Visit, Client, Service, Technician)
        .join(Visit, and_(Visit.salon_id == Appointment.salon_id, Visit.id == Appointment.visit_id))
        .join(Client, and_(Client.salon_id == Appointment.salon_id, Client.id == Appointment.client_id))
        .join(Service, and_(Service.salon_id == Appointment.salon_id, Service.id == Appointment.service_id))
        .join(Technician, and_(Technician.salon_id == Appointment.salon_id, Technician.id == Appointment.technician_id))
        .where(Appointment.salon_id == actor.salon_id, Appointment.reference == reference)
    ).one_or_none()
    if row is None:
        raise NotFound
    return Found(*row)


def find_assigned(session: Session, actor: Actor, reference: str) -> Found:
    """Return an appointment of the technician who asks. Raises NotFound when it is somebody else's."""
    found = find(session, actor, reference)
    if actor.technician_id is None or found.appointment.technician_id != actor.technician_id:
        raise NotFound
    return found


def change(session: Session, actor: Actor, found: Found, **values: object) -> None:
    """Write new values to the appointment and count its version up."""
    session.execute(
        update(Appointment)
        .where(Appointment.salon_id == actor.salon_id, Appointment.id == found.appointment.id)
        .values(**values, version=Appointment.version + 1)
    )


def move(session: Session, actor: Actor, found: Found, by: Move, *, now: datetime, **values: object) -> Status:
    """Move the appointment to its next state and return it. Raises WrongState naming both."""
    status = moved(Status(found.appointment.status), by)
    stamp = {_STAMPS[by]: now} if by in _STAMPS else {}
    change(session, actor, found, status=status.value, **stamp, **values)
    record_act(session, actor, f"appointment_{by.value}", found.appointment.reference, now=now)
    return status


@use_case(Permission.VISIT_RECEIVE, writes=True)
def check_in(session: Session, actor: Actor, reference: str, *, now: datetime) -> Status:
    """Mark that the client is here; return the new state."""
    return move(session, actor, find(session, actor, reference), Move.CHECK_IN, now=now)


@use_case(Permission.VISIT_RECEIVE, writes=True)
def mark_no_show(session: Session, actor: Actor, reference: str, *, now: datetime) -> Status:
    """Mark that the client did not come; her time is free again."""
    return move(session, actor, find(session, actor, reference), Move.MARK_NO_SHOW, now=now)


@use_case(Permission.VISIT_CANCEL, writes=True)
def cancel(session: Session, actor: Actor, reference: str, *, now: datetime) -> Status:
    """Cancel for the client; her time is free again."""
    return move(session, actor, find(session, actor, reference), Move.CANCEL, now=now)


def check_notice(session: Session, actor: Actor, start: datetime, *, now: datetime) -> None:
    """Raise TooLate when the salon's notice for changes by clients has passed."""
    minutes = facts_of(session, actor.salon_id).policy.cancel_notice_min
    if now > start - timedelta(minutes=minutes):
        raise TooLate(notice_minutes=minutes)
