"""The day's list: for the desk with one neutral action, for a technician her own visits."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from salon.domain.errors import InvalidRequest, NotFound
from salon.domain.menu import AgeBand
from salon.domain.outcome import Action, reception_action
from salon.domain.permissions import Actor, Permission, Role
from salon.domain.screening import Screening, screen, unanswered
from salon.domain.validity import IntakeStatus
from salon.models import Addon, Appointment, AppointmentAddon, Client, Service, Station, Technician
from salon.usecases.availability import check_range
from salon.usecases.boundary import use_case
from salon.usecases.evaluations import AnsweredAt, answered_at, in_force_of, massage_of, status_of
from salon.usecases.salons import SalonFacts, facts_of

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Named:
    """A key with the name people know it by (by locale where the salon writes several)."""

    key: str
    name: Any


@dataclass(frozen=True, slots=True)
class DayRow:
    """One appointment on the list: no health word, only the intake's status and the one action."""

    id: int
    reference: str
    start: datetime
    end: datetime
    status: str
    version: int
    technician_id: int
    technician: Named
    service: Named
    addons: tuple[Named, ...]
    station: Named | None
    client_name: str
    intake_status: str
    action: str
    has_massage: bool
    without_massage: bool
    checked_in_at: datetime | None
    started_at: datetime | None


@dataclass(frozen=True, slots=True)
class DayList:
    """Appointments in order of start; cursor continues the list, None at its end."""

    salon: SalonFacts
    rows: tuple[DayRow, ...]
    technicians: tuple[Named, ...]
    cursor: str | None


@use_case(Permission.DAY_READ, writes=False)
def read_days(
    session: Session,
    actor: Actor,
    *,
    first: date,
    last: date,
    now: datetime,
    technician: str | None = None,
    limit: int = MOST_ROWS,
    cursor: str | None = None,
) -> DayList:
    """Return the appointments that start on local dates first..last; a technician gets her own only.

    Raises NotFound for an unknown technician, InvalidRequest for a range over 62 days, a limit or a cursor.
    """
    check_range(first, last)
    if not 1 <= limit <= MOST_ROWS:
        raise InvalidRequest(("limit", "out_of_range"))
    salon = facts_of(session, actor.salon_id)
    team = _team(session, actor)
    since, until = salon.bounds(first, last)
    conditions: list[Any] = [
        Appointment.salon_id == actor.salon_id,
        Appointment.starts_at >= since,
        Appointment.starts_at < until,
        Appointment.visit_id.is_not(None),
    ]
    if technician is not None and technician not in {row.key for row in team}:
        raise NotFound
    if actor.role is Role.TECHNICIAN:
        conditions.append(Appointment.technician_id == actor.technician_id)
    if technician is not None:
        conditions.append(Technician.key == technician)
    if cursor is not None:
        at, row_id = _opened(cursor)
        conditions.append(or_(Appointment.starts_at > at, and_(Appointment.starts_at == at, Appointment.id > row_id)))
    found = _rows(session, conditions, limit + 1)
    page = found[:limit]
    return DayList(
        salon=salon,
        rows=tuple(_listed(session, salon, page, now=now)),
        technicians=tuple(Named(row.key, row.name) for row in team),
        cursor=_closed(page[-1]) if len(found) > limit else None,
    )


@use_case(Permission.CARD_READ, writes=False)
def language_of(session: Session, actor: Actor) -> str | None:
    """Return the first of the technician's languages; None for a member who is none."""
    languages = session.execute(
        select(Technician.languages).where(Technician.salon_id == actor.salon_id, Technician.id == actor.technician_id)
    ).scalar_one_or_none()
    return languages[0] if languages else None


def rows_where(session: Session, salon: SalonFacts, conditions: Sequence[Any], *, now: datetime) -> list[DayRow]:
    """Return the rows of some appointments inside an open transaction."""
    return _listed(session, salon, _rows(session, conditions, MOST_ROWS), now=now)


def _team(session: Session, actor: Actor) -> Sequence[Any]:
    return session.execute(
        select(Technician.key, Technician.name)
        .where(Technician.salon_id == actor.salon_id)
        .order_by(Technician.position)
    ).all()


def _rows(session: Session, conditions: Sequence[Any], most: int) -> list[Any]:
    rows = session.execute(
        select(Appointment, Client.name, Client.age_band, Technician, Service, Station)
        .join(Client, and_(Client.salon_id == Appointment.salon_id, Client.id == Appointment.client_id))
        .join(Technician, and_(Technician.salon_id == Appointment.salon_id, Technician.id == Appointment.technician_id))
        .join(Service, and_(Service.salon_id == Appointment.salon_id, Service.id == Appointment.service_id))
        .outerjoin(Station, and_(Station.salon_id == Appointment.salon_id, Station.id == Appointment.station_id))
        .where(*conditions)
        .order_by(Appointment.starts_at, Appointment.id)
        .limit(most)
    )
    return list(rows)


def _listed(session: Session, salon: SalonFacts, rows: Sequence[Any], *, now: datetime) -> list[DayRow]:
    if not rows:
        return []
    ids = [row.Appointment.id for row in rows]
    answered = answered_at(session, salon.id, {row.Appointment.client_id for row in rows})
    screenings = in_force_of(session, salon.id, ids)
    addons = _addons(session, salon.id, ids)
    listed = []
    for row in rows:
        appointment, service = row.Appointment, row.Service
        status = status_of(
            service,
            answered.get(appointment.client_id, AnsweredAt()),
            start=appointment.starts_at,
            now=now,
            valid_days=salon.policy.intake_valid_days,
        )
        listed.append(
            DayRow(
                id=appointment.id,
                reference=appointment.reference,
                start=appointment.starts_at,
                end=appointment.ends_at,
                status=appointment.status,
                version=appointment.version,
                technician_id=appointment.technician_id,
                technician=Named(row.Technician.key, row.Technician.name),
                service=Named(service.key, service.name),
                addons=tuple(addons.get(appointment.id, ())),
                station=Named(row.Station.key, row.Station.name) if row.Station else None,
                client_name=row.name,
                intake_status=status.value,
                action=action_of(service, status, screenings.get(appointment.id), row.age_band).value,
                has_massage=service.massage_kind is not None,
                without_massage=service.without_massage_id is not None,
                checked_in_at=appointment.checked_in_at,
                started_at=appointment.started_at,
            )
        )
    return listed


def action_of(service: Any, status: IntakeStatus, screening: Screening | None, age_band: str | None) -> Action:
    """Return the reception's one action for an appointment from the evaluation in force."""
    if screening is None:
        band = AgeBand(age_band or AgeBand.ADULT)
        screening = unanswered(band) if status.is_unknown else screen({}, massage_of(service), age_band=band)
    return reception_action(screening, status)


def _addons(session: Session, salon_id: int, appointment_ids: Sequence[int]) -> Mapping[int, list[Named]]:
    rows = session.execute(
        select(AppointmentAddon.appointment_id, Addon.key, Addon.name)
        .join(Addon, and_(Addon.salon_id == AppointmentAddon.salon_id, Addon.id == AppointmentAddon.addon_id))
        .where(AppointmentAddon.salon_id == salon_id, AppointmentAddon.appointment_id.in_(appointment_ids))
        .order_by(AppointmentAddon.appointment_id, AppointmentAddon.position)
    )
    found: dict[int, list[Named]] = {}
    for row in rows:
        found.setdefault(row.appointment_id, []).append(Named(row.key, row.name))
    return found


def _closed(row: Any) -> str:
    position = json.dumps([row.Appointment.starts_at.isoformat(), row.Appointment.id])
    return base64.urlsafe_b64encode(position.encode()).decode()


def _opened(cursor: str) -> tuple[datetime, int]:
    try:
        at, row_id = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        instant = datetime.fromisoformat(at)
        is_place = instant.tzinfo is not None and type(row_id) is int and 0 <= row_id < 2**62
    except (binascii.Error, ValueError, TypeError) as error:
        raise InvalidRequest(("cursor", "unknown")) from error
    if not is_place:
        raise InvalidRequest(("cursor", "unknown"))
    return instant, row_id
