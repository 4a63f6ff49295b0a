"""Moving an appointment: one transaction that ignores its own old time, through the same engine."""

from datetime import datetime, timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from salon.domain.appointment import Status
from salon.domain.availability import free_technicians
from salon.domain.choice import Refusal, first_free_station, refusal
from salon.domain.errors import NotOffered, SlotTaken, WrongState
from salon.domain.permissions import Actor, Permission
from salon.models import Addon, Appointment, AppointmentAddon
from salon.usecases.appointments import Found, change, check_notice, find
from salon.usecases.audit import record_act
from salon.usecases.booking import BookingRequest, drop_expired_holds, nearest_alternatives
from salon.usecases.boundary import use_case
from salon.usecases.diary import Diary, Wish, open_diary
from salon.usecases.evaluations import evaluate
from salon.usecases.messages import enqueue

_MOVABLE = (Status.REQUESTED.value, Status.BOOKED.value)


@use_case(Permission.VISIT_MOVE, writes=True)
def move_appointment(
    session: Session, actor: Actor, reference: str, *, start: datetime, technician: str | None, now: datetime
) -> None:
    """Move for the client; the technician stays unless another is named. Raises as book_at_desk, and WrongState."""
    move_found(session, actor, find(session, actor, reference), start=start, technician=technician, now=now)


@use_case(Permission.OWN_VISIT_CHANGE, writes=True)
def move_own_visit(session: Session, actor: Actor, *, start: datetime, technician: str | None, now: datetime) -> None:
    """Move the visit of the link, all its appointments by the same stretch. Raises TooLate, SlotTaken, NotOffered."""
    rows = session.execute(
        select(Appointment.reference, Appointment.starts_at)
        .where(Appointment.salon_id == actor.salon_id, Appointment.visit_id == actor.visit_id)
        .order_by(Appointment.starts_at)
    ).all()
    first = rows[0].starts_at
    check_notice(session, actor, first, now=now)
    later_first = reversed(rows) if start > first else rows
    for row in later_first:  # so that a part never meets the place that another part is about to leave
        found = find(session, actor, row.reference)
        move_found(session, actor, found, start=start + (row.starts_at - first), technician=technician, now=now)


def move_found(
    session: Session, actor: Actor, found: Found, *, start: datetime, technician: str | None, now: datetime
) -> None:
    """Move inside an open transaction."""
    if found.appointment.status not in _MOVABLE:
        raise WrongState(state=found.appointment.status, wanted=Status.BOOKED.value)
    wish = Wish(found.service.key, _addon_keys(session, found), technician or found.technician.key)
    diary = _open(session, actor, found, wish, start, now=now)
    free = free_technicians(diary.rules, diary.request, start, now=now) if diary.doers else ()
    if not free:
        _refuse(session, actor, found, diary, wish, start, now=now)
    drop_expired_holds(session, actor.salon_id, now=now)
    _write(session, actor, found, diary, start, free[0])
    evaluate(session, actor, found.appointment.id, cause="moved", now=now)
    enqueue(session, actor.salon_id, found.visit.id, "confirmation", now=now)
    record_act(session, actor, "appointment_moved", found.appointment.reference, now=now)


def _open(session: Session, actor: Actor, found: Found, wish: Wish, start: datetime, *, now: datetime) -> Diary:
    on = start.astimezone(now.tzinfo).date()
    return open_diary(
        session,
        actor.salon_id,
        wish,
        first=on - timedelta(days=1),
        last=on + timedelta(days=1),
        now=now,
        client_id=found.client.id,
        without_appointment=found.appointment.id,
    )


def _refuse(
    session: Session, actor: Actor, found: Found, diary: Diary, wish: Wish, start: datetime, *, now: datetime
) -> None:
    alternatives = nearest_alternatives(
        session,
        actor,
        BookingRequest(wish, start),
        found.client.id,
        now=now,
        without_appointment=found.appointment.id,
    )
    if diary.doers and refusal(diary.rules, diary.request, start, now=now) is Refusal.TAKEN:
        raise SlotTaken(("start", "taken"), alternatives=alternatives)
    raise NotOffered(("start", "not_offered"), alternatives=alternatives)


def _write(session: Session, actor: Actor, found: Found, diary: Diary, start: datetime, technician: str) -> None:
    ends_at = start + timedelta(minutes=diary.minutes_with(technician))
    station = first_free_station(diary.request, start, technician=technician)
    change(
        session,
        actor,
        found,
        technician_id=diary.doers[technician].id,
        station_id=diary.station_ids[station] if station else None,
        starts_at=start,
        ends_at=ends_at,
        block_starts_at=start - timedelta(minutes=diary.service.buffer_before_minutes),
        block_ends_at=ends_at + timedelta(minutes=diary.service.buffer_after_minutes),
        price_minor=diary.price_with(technician),
    )


def _addon_keys(session: Session, found: Found) -> tuple[str, ...]:
    rows = session.execute(
        select(Addon.key)
        .join(
            AppointmentAddon, and_(AppointmentAddon.salon_id == Addon.salon_id, AppointmentAddon.addon_id == Addon.id)
        )
        .where(Addon.salon_id == found.appointment.salon_id, AppointmentAddon.appointment_id == found.appointment.id)
        .order_by(AppointmentAddon.position)
    )
    return tuple(rows.scalars())
