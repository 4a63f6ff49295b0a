"""The appointment card: what the technician needs to know in five seconds; each reading is logged."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from salon.domain.errors import NotFound
from salon.domain.menu import AddOn, excluded_allergens, struck_out
from salon.domain.permissions import Actor, Permission
from salon.domain.protocol import AdaptedStep, adapted_protocol
from salon.domain.rulebook import Level
from salon.domain.screening import Caution, Result, Screening, screen, unanswered
from salon.domain.validity import IntakeStatus, confirmation_needed
from salon.models import Acknowledgement, Addon, Appointment, AppointmentAddon, Product, Station, VisitRecord
from salon.usecases.appointments import Found, find
from salon.usecases.audit import record_act, record_health_read
from salon.usecases.boundary import use_case
from salon.usecases.evaluations import (
    AnsweredAt,
    age_of,
    answered_at,
    in_force_of,
    massage_of,
    observed_at,
    status_of,
    unseal,
)
from salon.usecases.salons import SalonFacts, facts_of

CARD_WINDOW = timedelta(hours=24)
SHIPPED_LOCALES = ("en", "es", "vi", "ru", "uk", "pl", "ko")


@dataclass(frozen=True, slots=True)
class CardCaution:
    """A caution with what people did about it."""

    caution: Caution
    new_since_last: bool
    observed_by: str | None
    acknowledged_at: datetime | None

    @property
    def must_be_seen(self) -> bool:
        """Whether the massage cannot start before she marked it as seen."""
        return self.caution.level >= Level.POSTPONE


@dataclass(frozen=True, slots=True)
class CardAddon:
    """A booked add-on; is_struck when today's steps leave it out."""

    key: str
    name: Mapping[str, str]
    is_struck: bool


@dataclass(frozen=True, slots=True)
class PreviousVisit:
    """What was done last time."""

    on: datetime
    outcome: str
    skin_reaction: bool
    products: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Card:
    """Everything on the appointment card, as codes; names by locale."""

    salon: SalonFacts
    reference: str
    start: datetime
    end: datetime
    status: str
    service: str
    service_name: Mapping[str, str]
    massage_kind: str | None
    without_massage: bool
    station: str | None
    station_name: str | None
    client_name: str
    age_band: str
    visits: int
    intake_status: str
    screening: Screening
    cautions: tuple[CardCaution, ...]
    protocol: tuple[AdaptedStep, ...]
    addons: tuple[CardAddon, ...]
    products_excluded: tuple[str, ...]
    products_struck: tuple[str, ...]
    product_names: Mapping[str, str]
    previous: PreviousVisit | None
    language: str
    confirmation_needed: bool
    not_ready: tuple[str, ...]


@use_case(Permission.CARD_READ, writes=True)
def _open_card(session: Session, actor: Actor, reference: str, *, now: datetime) -> Card | None:
    try:
        found = card_of_assigned(session, actor, reference, now=now)
    except NotFound:
        record_act(session, actor, "card_refused", reference[:20], now=now)
        return None
    card = compose(session, actor, found, now=now)
    record_health_read(session, actor, found.client.id, reference=reference, purpose="card", now=now)
    return card


def read_card(actor: Actor, reference: str, *, now: datetime) -> Card:
    """Return the card of an appointment assigned to the technician, from 24 h before to 24 h after it.

    Each reading is one row of the health log. Anything else is refused like something that does not exist
    (NotFound), and that is kept too: the refusal's row is committed before the error leaves.
    """
    card = _open_card(actor, reference, now=now)
    if card is None:
        raise NotFound
    return card


def card_of_assigned(session: Session, actor: Actor, reference: str, *, now: datetime) -> Found:
    """Return the rows of an appointment whose card is open to this technician now. Raises NotFound."""
    found = find(session, actor, reference)
    row = found.appointment
    is_hers = actor.technician_id is not None and row.technician_id == actor.technician_id
    if not is_hers or not row.starts_at - CARD_WINDOW <= now <= row.ends_at + CARD_WINDOW:
        raise NotFound
    return found


def current_screening(
    session: Session, actor: Actor, found: Found, *, now: datetime
) -> tuple[Screening, IntakeStatus, AnsweredAt]:
    """Return the screening that counts now: unknown while answers are missing, expired or due; cautions are kept."""
    salon = facts_of(session, actor.salon_id)
    row = found.appointment
    answered = answered_at(session, actor.salon_id, [found.client.id]).get(found.client.id, AnsweredAt())
    status = status_of(found.service, answered, start=row.starts_at, now=now, valid_days=salon.policy.intake_valid_days)
    screening = in_force_of(session, actor.salon_id, [row.id]).get(row.id)
    band = age_of({}, found.client)
    if screening is None:
        screening = unanswered(band) if status.is_unknown else screen({}, massage_of(found.service), age_band=band)
    elif status.is_unknown:
        screening = replace(screening, result=Result.UNKNOWN, sides=(), shaking=False)
    return screening, status, answered


def compose(session: Session, actor: Actor, found: Found, *, now: datetime) -> Card:
    """Return the card's values inside an open transaction; the caller logs the reading."""
    screening, status, answered = current_screening(session, actor, found, now=now)
    row, service = found.appointment, found.service
    previous_row, previous = _previous(session, actor, found)
    cautions = _cautions(session, actor, found, screening, previous_row)
    products = _products(session, actor)
    station, station_name = _station(session, actor, row.station_id)
    codes = [caution.code for caution in screening.cautions if caution.level >= Level.ADAPT]
    needs_tick = found.service.massage_kind is not None and confirmation_needed(day_at=answered.day_at, now=now)
    return Card(
        salon=facts_of(session, actor.salon_id),
        reference=row.reference,
        start=row.starts_at,
        end=row.ends_at,
        status=row.status,
        service=service.key,
        service_name=service.name,
        massage_kind=service.massage_kind,
        without_massage=service.without_massage_id is not None,
        station=station,
        station_name=station_name,
        client_name=first_name_and_initial(found.client.name),
        age_band=screening.age_band.value,
        visits=_visits(session, actor, found.client.id),
        intake_status=status.value,
        screening=screening,
        cautions=cautions,
        protocol=adapted_protocol(massage_of(service), screening),
        addons=_addons(session, actor, found, screening, codes),
        products_excluded=excluded_allergens(screening.steps),
        products_struck=struck_out(
            [AddOn(product.key, None, tuple(product.allergens)) for product in products],
            steps=screening.steps,
            cautions=codes,
            age_band=screening.age_band,
        ),
        product_names={product.key: product.name for product in products},
        previous=previous,
        language=next((code for code in found.technician.languages if code in SHIPPED_LOCALES), "en"),
        confirmation_needed=needs_tick,
        not_ready=what_is_missing(screening, status, cautions),
    )


def what_is_missing(screening: Screening, status: IntakeStatus, cautions: tuple[CardCaution, ...]) -> tuple[str, ...]:
    """Return why the visit cannot start yet, as codes: intake, result, cautions; empty when it can."""
    missing = []
    if status.is_unknown:
        missing.append("intake")
    elif screening.result.blocks:
        missing.append("result")
    if any(caution.must_be_seen and caution.acknowledged_at is None for caution in cautions):
        missing.append("cautions")
    return tuple(missing)


def first_name_and_initial(name: str) -> str:
    """Return "Ines G." for "Ines García": what the card shows of a name."""
    parts = name.split()
    return parts[0] if len(parts) < 2 else f"{parts[0]} {parts[-1][0]}."


def _cautions(
    session: Session, actor: Actor, found: Found, screening: Screening, previous: Any
) -> tuple[CardCaution, ...]:
    seen = acknowledged(session, actor.salon_id, found.appointment.id)
    observed = {
        observation.code: member
        for observation, _, member in observed_at(session, actor.salon_id, found.appointment.id)
    }
    before: set[str] | None = None
    if previous is not None:
        screened = in_force_of(session, actor.salon_id, [previous.id]).get(previous.id)
        before = {caution.code for caution in screened.cautions} if screened else None
    return tuple(
        CardCaution(
            caution,
            new_since_last=before is not None and caution.code not in before,
            observed_by=found.technician.name if caution.code in observed else None,
            acknowledged_at=_seen_at(seen, caution),
        )
        for caution in screening.cautions
    )


def _seen_at(seen: Mapping[str, tuple[int, datetime]], caution: Caution) -> datetime | None:
    level_then, at = seen.get(caution.code, (-1, None))
    return at if level_then >= caution.level else None


def acknowledged(session: Session, salon_id: int | None, appointment_id: int) -> dict[str, tuple[int, datetime]]:
    """Return the cautions marked as seen: code to (the level it had then, when)."""
    rows = session.execute(
        select(Acknowledgement.number, Acknowledgement.codes, Acknowledgement.seen_at)
        .where(Acknowledgement.salon_id == salon_id, Acknowledgement.appointment_id == appointment_id)
        .order_by(Acknowledgement.number)
    )
    seen: dict[str, tuple[int, datetime]] = {}
    for row in rows:
        codes = unseal(salon_id, "acknowledgement", f"{appointment_id}.{row.number}", "codes", row.codes)
        seen.update({code: (level, row.seen_at) for code, level in codes.items()})
    return seen


def _previous(session: Session, actor: Actor, found: Found) -> tuple[Any, PreviousVisit | None]:
    row = session.execute(
        select(Appointment, VisitRecord)
        .outerjoin(
            VisitRecord,
            and_(VisitRecord.salon_id == Appointment.salon_id, VisitRecord.appointment_id == Appointment.id),
        )
        .where(
            Appointment.salon_id == actor.salon_id,
            Appointment.client_id == found.client.id,
            Appointment.status == "completed",
            Appointment.starts_at < found.appointment.starts_at,
            Appointment.id != found.appointment.id,
        )
        .order_by(Appointment.starts_at.desc(), VisitRecord.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None, None
    if row.VisitRecord is None:
        return row.Appointment, None
    record = row.VisitRecord
    body = unseal(actor.salon_id, "visit_record", f"{row.Appointment.id}.{record.number}", "body", record.body)
    return row.Appointment, PreviousVisit(
        on=row.Appointment.starts_at,
        outcome=record.outcome,
        skin_reaction=body["skin_reaction"],
        products=tuple(body["products"]),
        note=body["note"],
    )


def _visits(session: Session, actor: Actor, client_id: int) -> int:
    done = session.execute(
        select(Appointment.id).where(
            Appointment.salon_id == actor.salon_id,
            Appointment.client_id == client_id,
            Appointment.status == "completed",
        )
    )
    return len(done.all())


def _station(session: Session, actor: Actor, station_id: int | None) -> tuple[str | None, str | None]:
    row = session.execute(
        select(Station.key, Station.name).where(Station.salon_id == actor.salon_id, Station.id == station_id)
    ).one_or_none()
    return (row.key, row.name) if row else (None, None)


def _products(session: Session, actor: Actor) -> list[Any]:
    rows = session.execute(
        select(Product.key, Product.name, Product.allergens)
        .where(Product.salon_id == actor.salon_id)
        .order_by(Product.position)
    )
    return list(rows)


def _addons(
    session: Session, actor: Actor, found: Found, screening: Screening, codes: list[str]
) -> tuple[CardAddon, ...]:
    rows = session.execute(
        select(Addon.key, Addon.name, Addon.kind, Addon.allergens)
        .join(
            AppointmentAddon, and_(AppointmentAddon.salon_id == Addon.salon_id, AppointmentAddon.addon_id == Addon.id)
        )
        .where(Addon.salon_id == actor.salon_id, AppointmentAddon.appointment_id == found.appointment.id)
        .order_by(AppointmentAddon.position)
    ).all()
    struck = struck_out(
        [AddOn(row.key, row.kind, tuple(row.allergens)) for row in rows],
        steps=screening.steps,
        cautions=codes,
        age_band=screening.age_band,
    )
    return tuple(CardAddon(row.key, row.name, row.key in struck) for row in rows)
