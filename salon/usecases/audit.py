"""Writing and reading the two trails: acts, and reads of health answers."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from salon.domain.permissions import Actor, Permission
from salon.models import AuditEntry, HealthRead, HealthReadHead, Membership, Salon, User
from salon.usecases.boundary import use_case

_FIRST_HASH = "0" * 64


def record_act(
    session: Session, actor: Actor, act: str, subject: str, *, now: datetime, **facts: str | int | bool | None
) -> None:
    """Add one row to the trail of acts. subject is a reference or key; facts hold ids and codes, no health word."""
    session.execute(
        insert(AuditEntry).values(
            salon_id=actor.salon_id,
            acted_at=now,
            actor_role=actor.role.value,
            user_id=actor.user_id,
            source=actor.source,
            act=act,
            subject=subject,
            facts=facts,
        )
    )


def _hash_of(
    number: int, read_at: datetime, actor: str, member_id: int | None, client_id: int, subject: str, previous: str
) -> str:
    row = [number, read_at.isoformat(), actor, member_id, client_id, subject, previous]
    return hashlib.sha256(json.dumps(row, separators=(",", ":")).encode()).hexdigest()


def record_health_read(
    session: Session, actor: Actor, client_id: int, *, reference: str, purpose: str, now: datetime
) -> None:
    """Chain one read of a client's health answers; call it last: no row, no read.

    purpose is a code: `card`, `read_back`, `break_glass`, `export`.
    """
    salon_id = actor.salon_id
    head = session.execute(
        select(HealthReadHead.number, HealthReadHead.hash).where(HealthReadHead.salon_id == salon_id)
    ).one_or_none()
    number, previous = (head.number + 1, head.hash) if head else (1, _FIRST_HASH)
    subject = f"{purpose} {reference}"
    link = _hash_of(number, now, actor.role.value, actor.member_id, client_id, subject, previous)
    session.execute(
        insert(HealthRead).values(
            salon_id=salon_id,
            number=number,
            read_at=now,
            actor_role=actor.role.value,
            member_id=actor.member_id,
            client_id=client_id,
            appointment_reference=reference,
            purpose=purpose,
            previous_hash=previous,
            hash=link,
        )
    )
    if head is None:
        session.execute(insert(HealthReadHead).values(salon_id=salon_id, number=number, hash=link))
    else:
        session.execute(
            update(HealthReadHead).where(HealthReadHead.salon_id == salon_id).values(number=number, hash=link)
        )


@dataclass(frozen=True, slots=True)
class Act:
    """One row of the trail; by is a name or the role."""

    at: datetime
    by: str
    source: str
    act: str
    subject: str


@dataclass(frozen=True, slots=True)
class Trail:
    """The two trails of some days in the salon's zone, oldest first; chain_holds tells whether the log verifies."""

    time_zone: str
    acts: tuple[Act, ...]
    health_reads: tuple[Act, ...]
    chain_holds: bool


def chain_holds(session: Session, salon_id: int) -> bool:
    """Whether each row of the salon's log of health reads fits the one before, up to the head."""
    previous, last = _FIRST_HASH, 0
    rows = session.execute(
        select(
            HealthRead.number,
            HealthRead.read_at,
            HealthRead.actor_role,
            HealthRead.member_id,
            HealthRead.client_id,
            HealthRead.purpose,
            HealthRead.appointment_reference,
            HealthRead.previous_hash,
            HealthRead.hash,
        )
        .where(HealthRead.salon_id == salon_id)
        .order_by(HealthRead.number)
    )
    for row in rows:
        subject = f"{row.purpose} {row.appointment_reference}"
        fits = _hash_of(row.number, row.read_at, row.actor_role, row.member_id, row.client_id, subject, previous)
        if row.number != last + 1 or row.previous_hash != previous or row.hash != fits:
            return False
        previous, last = row.hash, row.number
    head = session.execute(
        select(HealthReadHead.number, HealthReadHead.hash).where(HealthReadHead.salon_id == salon_id)
    ).one_or_none()
    return (head.number, head.hash) == (last, previous) if head else last == 0


@use_case(Permission.AUDIT_READ, writes=False)
def read_trail(session: Session, actor: Actor, *, first: date, last: date) -> Trail:
    """Return what was done and who read health answers on local dates first..last, inclusive."""
    zone_name = session.execute(select(Salon.time_zone).where(Salon.id == actor.salon_id)).scalar_one()
    zone = ZoneInfo(zone_name)
    since = datetime.combine(first, time(), zone)
    until = datetime.combine(last + timedelta(days=1), time(), zone)
    acts = session.execute(
        select(AuditEntry, User.email)
        .outerjoin(User, User.id == AuditEntry.user_id)
        .where(AuditEntry.salon_id == actor.salon_id, AuditEntry.acted_at >= since, AuditEntry.acted_at < until)
        .order_by(AuditEntry.id)
        .limit(5000)
    )
    reads = session.execute(
        select(HealthRead, User.email)
        .outerjoin(Membership, (Membership.salon_id == HealthRead.salon_id) & (Membership.id == HealthRead.member_id))
        .outerjoin(User, User.id == Membership.user_id)
        .where(HealthRead.salon_id == actor.salon_id, HealthRead.read_at >= since, HealthRead.read_at < until)
        .order_by(HealthRead.number)
        .limit(5000)
    )
    return Trail(
        time_zone=zone_name,
        acts=tuple(Act(a.acted_at, email or a.actor_role, a.source, a.act, a.subject) for a, email in acts),
        health_reads=tuple(
            Act(r.read_at, email or r.actor_role, "app", r.purpose, r.appointment_reference) for r, email in reads
        ),
        chain_holds=chain_holds(session, actor.salon_id or 0),
    )
