"""Changing a visit's service to the one without massage: same start, its own list price and length."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, select
from sqlalchemy.orm import Session

from salon.domain.appointment import Status
from salon.domain.availability import free_technicians
from salon.domain.choice import first_free_station
from salon.domain.errors import InvalidRequest, NotFound, SlotTaken, WrongState
from salon.domain.permissions import Actor, Permission, Role
from salon.models import Addon, Appointment, AppointmentAddon, Service, ServiceAddon
from salon.usecases.appointments import Found, change, find, find_assigned
from salon.usecases.audit import record_act
from salon.usecases.booking import store_addons
from salon.usecases.boundary import use_case
from salon.usecases.diary import Diary, Wish, open_diary
from salon.usecases.evaluations import evaluate

_CHANGEABLE = (Status.REQUESTED.value, Status.BOOKED.value, Status.CHECKED_IN.value)


@use_case(Permission.SERVICE_CHANGE, writes=True)
def change_service(session: Session, actor: Actor, reference: str, service: str, *, now: datetime) -> None:
    """Change to the service's `without_massage`, by staff (a technician only for her own visit).

    Raises InvalidRequest (service) for any other service, WrongState once it has begun, SlotTaken if it does not fit.
    """
    only_own = actor.role is Role.TECHNICIAN
    found = find_assigned(session, actor, reference) if only_own else find(session, actor, reference)
    instead = _without_massage(session, found)
    if instead is None or instead.key != service:
        raise InvalidRequest(("service", "only_without_massage"))
    drop_massage(session, actor, found, instead, now=now)


@use_case(Permission.VISIT_PERFORM, writes=True)
def drop_massage_of(session: Session, actor: Actor, reference: str, *, now: datetime) -> None:
    """Make a technician's own visit a manicure only. Raises NotFound without an alternative."""
    found = find_assigned(session, actor, reference)
    instead = _without_massage(session, found)
    if instead is None:
        raise NotFound
    drop_massage(session, actor, found, instead, now=now)


@use_case(Permission.OWN_MASSAGE_DROP, writes=True)
def drop_own_massage(session: Session, actor: Actor, *, now: datetime) -> None:
    """Make the holder's visit a manicure only. Raises NotFound when the visit has no massage with an alternative."""
    references = session.execute(
        select(Appointment.reference)
        .where(
            Appointment.salon_id == actor.salon_id,
            Appointment.visit_id == actor.visit_id,
            Appointment.status.in_(_CHANGEABLE),
        )
        .order_by(Appointment.starts_at)
    ).scalars()
    changed = False
    for reference in list(references):
        found = find(session, actor, reference)
        instead = _without_massage(session, found)
        if instead is not None:
            drop_massage(session, actor, found, instead, now=now)
            changed = True
    if not changed:
        raise NotFound


def _without_massage(session: Session, found: Found) -> Any:
    return session.execute(
        select(Service).where(
            Service.salon_id == found.appointment.salon_id, Service.id == found.service.without_massage_id
        )
    ).scalar_one_or_none()


def drop_massage(session: Session, actor: Actor, found: Found, instead: Any, *, now: datetime) -> None:
    """Write the change inside an open transaction: service, price, length, station, add-ons, and a new evaluation."""
    appointment = found.appointment
    if appointment.status not in _CHANGEABLE:
        raise WrongState(state=appointment.status, wanted=Status.BOOKED.value)
    wish = Wish(instead.key, _kept_addons(session, found, instead), found.technician.key)
    diary = _diary(session, actor, found, wish, now=now)
    rules, request = diary.beside_hours()
    if not free_technicians(rules, request, appointment.starts_at, now=now):
        raise SlotTaken(("service", "taken"))
    technician = found.technician.key
    station = first_free_station(request, appointment.starts_at, technician=technician)
    ends_at = appointment.starts_at + timedelta(minutes=diary.minutes_with(technician))
    change(
        session,
        actor,
        found,
        service_id=instead.id,
        station_id=diary.station_ids[station] if station else None,
        ends_at=ends_at,
        block_starts_at=appointment.starts_at - timedelta(minutes=instead.buffer_before_minutes),
        block_ends_at=ends_at + timedelta(minutes=instead.buffer_after_minutes),
        price_minor=diary.price_with(technician),
    )
    session.execute(
        delete(AppointmentAddon).where(
            AppointmentAddon.salon_id == actor.salon_id, AppointmentAddon.appointment_id == appointment.id
        )
    )
    store_addons(session, actor, diary, appointment.id)
    evaluate(session, actor, appointment.id, cause="service_changed", now=now)
    record_act(session, actor, "service_changed", appointment.reference, now=now, service=instead.key)


def _diary(session: Session, actor: Actor, found: Found, wish: Wish, *, now: datetime) -> Diary:
    on = found.appointment.starts_at.date()
    diary = open_diary(
        session,
        actor.salon_id,
        wish,
        first=on - timedelta(days=1),
        last=on + timedelta(days=1),
        now=now,
        client_id=found.client.id,
        without_appointment=found.appointment.id,
    )
    if found.technician.key not in diary.doers:
        raise InvalidRequest(("service", "technician_does_not_do_it"))
    return diary


def _kept_addons(session: Session, found: Found, instead: Any) -> tuple[str, ...]:
    """Return the booked add-ons that the other service lists as well."""
    salon_id = found.appointment.salon_id
    rows = session.execute(
        select(Addon.key)
        .join(
            AppointmentAddon, and_(AppointmentAddon.salon_id == Addon.salon_id, AppointmentAddon.addon_id == Addon.id)
        )
        .join(ServiceAddon, and_(ServiceAddon.salon_id == Addon.salon_id, ServiceAddon.addon_id == Addon.id))
        .where(
            Addon.salon_id == salon_id,
            AppointmentAddon.appointment_id == found.appointment.id,
            ServiceAddon.service_id == instead.id,
        )
        .order_by(AppointmentAddon.position)
    )
    return tuple(rows.scalars())
