"""Sending what was queued: claimed by one worker at a time, tried again with growing delay, then given up."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import and_, func, select, update
from sqlalchemy.orm import Session

from salon.domain.permissions import Actor, Permission
from salon.models import Addon, Appointment, AppointmentAddon, Client, OutboxMessage, Service, Technician, Visit
from salon.models.across import claim_messages
from salon.usecases.boundary import use_case
from salon.usecases.links import mint_links
from salon.usecases.salons import SalonFacts, facts_of

LEASE = timedelta(minutes=10)
MOST_TRIES = 12
_FIRST_DELAY = timedelta(minutes=1)
_LONGEST_DELAY = timedelta(hours=6)
_LINK_OF_KIND = {"confirmation": "visit", "intake_link": "intake"}
_STILL_ON = ("requested", "booked", "checked_in")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this worker alone may send until leased_until."""

    salon_id: int
    id: int
    leased_until: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message says, before it has words. token opens the link of its kind and is nowhere stored.

    service and addons are names by locale; message_key is the same at every try.
    """

    kind: str
    message_key: str
    salon: SalonFacts
    email: str
    client_name: str
    locale: str
    reference: str
    service: Mapping[str, str]
    addons: tuple[Mapping[str, str], ...]
    technician: str
    start: datetime
    end: datetime
    price_minor: int
    token: str


@use_case(Permission.MESSAGES_SEND, writes=True)
def claim_due(session: Session, _actor: Actor, *, most: int, now: datetime) -> list[Claimed]:
    """Lease up to `most` due messages of all salons to the caller; nobody else gets them meanwhile."""
    leased_until = now + LEASE
    return [
        Claimed(salon_id, number, leased_until) for salon_id, number in claim_messages(session, now, leased_until, most)
    ]


@use_case(Permission.MESSAGES_SEND, writes=True)
def open_letter(session: Session, actor: Actor, message_id: int, *, now: datetime) -> Letter | None:
    """Return what a claimed message says, with a fresh link; None (and given up) when there is nobody to tell any more.

    That is a client without an e-mail address, or a visit that was cancelled or is over.
    """
    row = session.execute(
        select(OutboxMessage.kind, Visit, Client, Appointment, Service, Technician)
        .join(Visit, and_(Visit.salon_id == OutboxMessage.salon_id, Visit.id == OutboxMessage.visit_id))
        .join(Client, and_(Client.salon_id == Visit.salon_id, Client.id == Visit.client_id))
        .join(Appointment, and_(Appointment.salon_id == Visit.salon_id, Appointment.visit_id == Visit.id))
        .join(Service, and_(Service.salon_id == Appointment.salon_id, Service.id == Appointment.service_id))
        .join(Technician, and_(Technician.salon_id == Appointment.salon_id, Technician.id == Appointment.technician_id))
        .where(
            OutboxMessage.salon_id == actor.salon_id,
            OutboxMessage.id == message_id,
            OutboxMessage.sent_at.is_(None),
            Appointment.status.in_(_STILL_ON),
            Appointment.ends_at > now,
        )
        .order_by(Appointment.starts_at)
        .limit(1)
    ).one_or_none()
    if row is None or row.Client.email is None or row.kind not in _LINK_OF_KIND:
        _change(session, actor, message_id, given_up_at=now)
        return None
    link = _LINK_OF_KIND[row.kind]
    return Letter(
        kind=row.kind,
        message_key=_message_key(actor, message_id),
        salon=facts_of(session, actor.salon_id),
        email=row.Client.email,
        client_name=row.Client.name,
        locale=row.Visit.locale,
        reference=row.Appointment.reference,
        service=row.Service.name,
        addons=_addons(session, actor, row.Appointment.id),
        technician=row.Technician.name,
        start=row.Appointment.starts_at,
        end=row.Appointment.ends_at,
        price_minor=row.Appointment.price_minor,
        token=mint_links(session, actor.salon_id, row.Visit.id, (link,), now=now)[link],
    )


def _addons(session: Session, actor: Actor, appointment_id: int) -> tuple[Mapping[str, str], ...]:
    rows = session.execute(
        select(Addon.name)
        .join(
            AppointmentAddon, and_(AppointmentAddon.salon_id == Addon.salon_id, AppointmentAddon.addon_id == Addon.id)
        )
        .where(AppointmentAddon.salon_id == actor.salon_id, AppointmentAddon.appointment_id == appointment_id)
        .order_by(AppointmentAddon.position)
    )
    return tuple(rows.scalars())


def _message_key(actor: Actor, message_id: int) -> str:
    """Return a name that is the same at every try and tells nobody how many messages there are."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, f"message {actor.salon_id}/{message_id}".encode(), hashlib.sha256).hexdigest()[:32]


@use_case(Permission.MESSAGES_SEND, writes=True)
def mark_sent(session: Session, actor: Actor, message_id: int, *, now: datetime) -> None:
    """Remember that the mail server took the message."""
    _change(session, actor, message_id, sent_at=now, leased_until=None)


@use_case(Permission.MESSAGES_SEND, writes=True)
def mark_failed(session: Session, actor: Actor, message_id: int, *, for_good: bool, now: datetime) -> bool:
    """Put a message off for a growing while, or give it up; return whether it was given up.

    for_good: the server refuses it and no later try will help. After 12 tries (about two days) it is given up too.
    """
    tries = session.execute(
        select(OutboxMessage.tries).where(OutboxMessage.salon_id == actor.salon_id, OutboxMessage.id == message_id)
    ).scalar_one()
    given_up = for_good or tries >= MOST_TRIES
    if given_up:
        _change(session, actor, message_id, given_up_at=now, leased_until=None)
    else:
        _change(session, actor, message_id, due_at=now + delay_after(tries), leased_until=None)
    return given_up


def delay_after(tries: int) -> timedelta:
    """Return how long to wait after this many tries: one minute, then twice as long each time, six hours at most."""
    longer: int = 2 ** min(tries - 1, 20)
    return min(_FIRST_DELAY * longer, _LONGEST_DELAY)


@use_case(Permission.MESSAGES_SEND, writes=False)
def count_waiting(session: Session, actor: Actor) -> int:
    """Return how many messages of the actor's salon wait to be sent."""
    waiting: int = session.execute(
        select(func.count())
        .select_from(OutboxMessage)
        .where(
            OutboxMessage.salon_id == actor.salon_id,
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.given_up_at.is_(None),
        )
    ).scalar_one()
    return waiting


def _change(session: Session, actor: Actor, message_id: int, **values: object) -> None:
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.salon_id == actor.salon_id, OutboxMessage.id == message_id)
        .values(**values)
    )
