"""At the chair: the technician marks cautions as seen, adds what she sees, starts and finishes the visit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from salon.domain.appointment import Move, Status, moved
from salon.domain.errors import InvalidRequest, NotReady
from salon.domain.menu import Site
from salon.domain.permissions import Actor, Permission
from salon.domain.rulebook import TOPIC, Side
from salon.models import Acknowledgement, ObservedCaution, Product, VisitRecord
from salon.usecases.appointments import find_assigned, move
from salon.usecases.audit import record_act
from salon.usecases.boundary import use_case
from salon.usecases.card import card_of_assigned, compose, current_screening
from salon.usecases.evaluations import evaluate, next_number, seal

LONGEST_NOTE = 500
OUTCOMES = ("as_planned", "adapted", "stopped")
_SIDES = (*(side.value for side in Side), "both", "not_sure")
_SITES = tuple(site.value for site in Site)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Observation:
    """What she sees: a caution code, where, and her own note."""

    code: str
    side: str | None = None
    sites: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: outcome as_planned, adapted or stopped; product keys of the salon's shelf."""

    outcome: str
    skin_reaction: bool = False
    products: tuple[str, ...] = ()
    note: str = ""


@use_case(Permission.CAUTION_ACKNOWLEDGE, writes=True)
def acknowledge(session: Session, actor: Actor, reference: str, codes: Sequence[str], *, now: datetime) -> None:
    """Mark cautions of the open card as seen, at the level they have now. Raises InvalidRequest for unknown codes."""
    found = card_of_assigned(session, actor, reference, now=now)
    screening, _, _ = current_screening(session, actor, found, now=now)
    levels = {caution.code: int(caution.level) for caution in screening.cautions}
    unknown = [code for code in codes if code not in levels]
    if unknown or not codes:
        raise InvalidRequest(("cautions", "unknown" if unknown else "required"))
    appointment_id = found.appointment.id
    number = next_number(session, Acknowledgement, actor.salon_id, Acknowledgement.appointment_id == appointment_id)
    seen = {code: levels[code] for code in codes}
    session.execute(
        insert(Acknowledgement).values(
            salon_id=actor.salon_id,
            appointment_id=appointment_id,
            number=number,
            member_id=actor.member_id,
            codes=seal(actor.salon_id, "acknowledgement", f"{appointment_id}.{number}", "codes", seen),
            seen_at=now,
        )
    )
    record_act(session, actor, "cautions_seen", reference, now=now)


@use_case(Permission.CAUTION_OBSERVE, writes=True)
def observe(session: Session, actor: Actor, reference: str, seen: Observation, *, now: datetime) -> None:
    """Add a caution that she sees; it only raises, and has to be marked as seen like the others."""
    found = card_of_assigned(session, actor, reference, now=now)
    faults = [
        fault
        for fault, is_wrong in (
            (("code", "unknown"), seen.code not in TOPIC),
            (("side", "unknown"), seen.side is not None and seen.side not in _SIDES),
            (("site", "unknown"), bool(set(seen.sites) - set(_SITES))),
            (("note", "too_long"), len(seen.note) > LONGEST_NOTE),
        )
        if is_wrong
    ]
    if faults:
        raise InvalidRequest(*faults)
    appointment_id = found.appointment.id
    number = next_number(session, ObservedCaution, actor.salon_id, ObservedCaution.appointment_id == appointment_id)
    body = {"code": seen.code, "side": seen.side, "sites": list(seen.sites), "note": seen.note}
    session.execute(
        insert(ObservedCaution).values(
            salon_id=actor.salon_id,
            appointment_id=appointment_id,
            number=number,
            member_id=actor.member_id,
            body=seal(actor.salon_id, "observed_caution", f"{appointment_id}.{number}", "body", body),
            observed_at=now,
        )
    )
    evaluate(session, actor, appointment_id, cause="observed", now=now)
    record_act(session, actor, "caution_observed", reference, now=now)


@use_case(Permission.VISIT_PERFORM, writes=True)
def start(session: Session, actor: Actor, reference: str, *, confirmed_today: bool, now: datetime) -> Status:
    """Start the visit. Raises NotReady while something stands in the way, InvalidRequest without the day's tick.

    confirmed_today: "nothing changed", needed when the day's answers are older than 2 h (domain.md 3.5).
    """
    found = card_of_assigned(session, actor, reference, now=now)
    moved(Status(found.appointment.status), Move.START)
    card = compose(session, actor, found, now=now)
    if card.not_ready:
        raise NotReady(missing=card.not_ready)
    if card.confirmation_needed and not confirmed_today:
        raise InvalidRequest(("confirmed_today", "required"))
    return move(session, actor, found, Move.START, now=now)


@use_case(Permission.VISIT_PERFORM, writes=True)
def complete(session: Session, actor: Actor, reference: str, done: Done, *, now: datetime) -> Status:
    """Finish the visit and keep the record of what was done; finishing early frees the rest of the block."""
    found = find_assigned(session, actor, reference)
    _check_done(session, actor, done)
    row = found.appointment
    finished = max(_whole_minute(now), row.starts_at + _MINUTE)
    earlier: dict[str, object] = {}
    if finished < row.block_ends_at:
        earlier = {"ends_at": min(row.ends_at, finished), "block_ends_at": finished}
    status = move(session, actor, found, Move.COMPLETE, now=now, finished_at=now, **earlier)
    number = next_number(session, VisitRecord, actor.salon_id, VisitRecord.appointment_id == row.id)
    body = {"skin_reaction": done.skin_reaction, "products": list(done.products), "note": done.note}
    session.execute(
        insert(VisitRecord).values(
            salon_id=actor.salon_id,
            appointment_id=row.id,
            number=number,
            member_id=actor.member_id,
            outcome=done.outcome,
            body=seal(actor.salon_id, "visit_record", f"{row.id}.{number}", "body", body),
            recorded_at=now,
        )
    )
    return status


def _check_done(session: Session, actor: Actor, done: Done) -> None:
    if done.outcome not in OUTCOMES:
        raise InvalidRequest(("outcome", "unknown"))
    if len(done.note) > LONGEST_NOTE:
        raise InvalidRequest(("note", "too_long"))
    known = set(session.execute(select(Product.key).where(Product.salon_id == actor.salon_id)).scalars())
    if set(done.products) - known:
        raise InvalidRequest(("products", "unknown"))


def _whole_minute(now: datetime) -> datetime:
    floor = now.replace(second=0, microsecond=0)
    return floor if floor == now else floor + _MINUTE
