"""The desk's own view of one visit, finding a client, sending the form again: no health word in any of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from salon.domain.permissions import Actor, Permission
from salon.models import Appointment, Client, Service
from salon.usecases.appointments import find
from salon.usecases.audit import record_act
from salon.usecases.boundary import use_case
from salon.usecases.calendar import DayRow, rows_where
from salon.usecases.messages import enqueue
from salon.usecases.salons import SalonFacts, facts_of

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class DeskVisit:
    """One visit as reception sees it. instead: the service without massage, (key, name by locale, price)."""

    salon: SalonFacts
    row: DayRow
    price_minor: int
    note: str
    phone: str
    email: str
    instead: tuple[str, Mapping[str, str], int] | None


@use_case(Permission.CLIENT_READ, writes=False)
def read_visit(session: Session, actor: Actor, reference: str, *, now: datetime) -> DeskVisit:
    """Return one visit of the salon. Raises NotFound."""
    found = find(session, actor, reference)
    salon = facts_of(session, actor.salon_id)
    row = rows_where(
        session, salon, [Appointment.salon_id == actor.salon_id, Appointment.reference == reference], now=now
    )[0]
    instead = session.execute(
        select(Service.key, Service.name, Service.price_minor).where(
            Service.salon_id == actor.salon_id, Service.id == found.service.without_massage_id
        )
    ).one_or_none()
    return DeskVisit(
        salon=salon,
        row=row,
        price_minor=found.appointment.price_minor,
        note=found.visit.note or "",
        phone=found.client.phone or "",
        email=found.client.email or "",
        instead=(instead.key, instead.name, instead.price_minor) if instead else None,
    )


@use_case(Permission.INTAKE_LINK_SEND, writes=True)
def send_intake_link(session: Session, actor: Actor, reference: str, *, now: datetime) -> None:
    """Queue a fresh link to the health check for the visit's client. Raises NotFound."""
    found = find(session, actor, reference)
    enqueue(session, actor.salon_id, found.visit.id, "intake_link", now=now)
    record_act(session, actor, "intake_link_sent", reference, now=now)


@dataclass(frozen=True, slots=True)
class FoundClient:
    """A client as a search shows her: enough to tell two of a name apart."""

    key: str
    name: str
    phone: str
    email: str
    locale: str | None


@use_case(Permission.CLIENT_READ, writes=False)
def find_clients(session: Session, actor: Actor, words: str) -> list[FoundClient]:
    """Return clients whose name or e-mail holds the words, or whose phone ends in the digits; 20 at most."""
    wanted = words.strip()
    if not wanted:
        return []
    digits = "".join(letter for letter in wanted if letter.isdigit())
    matches = [Client.name.icontains(wanted, autoescape=True), Client.email.icontains(wanted, autoescape=True)]
    if len(digits) > 2:
        matches.append(Client.phone.endswith(digits, autoescape=True))
    rows = session.execute(
        select(Client.key, Client.name, Client.phone, Client.email, Client.locale)
        .where(
            Client.salon_id == actor.salon_id,
            Client.erased_at.is_(None),
            Client.merged_into_id.is_(None),
            or_(*matches),
        )
        .order_by(Client.name, Client.id)
        .limit(MOST_FOUND)
    )
    return [FoundClient(row.key, row.name, row.phone or "", row.email or "", row.locale) for row in rows]
