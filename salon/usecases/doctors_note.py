"""Recording that a doctor agreed: one sentence and a date, never a diagnosis."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from salon.domain.errors import InvalidRequest
from salon.domain.menu import Kind
from salon.domain.permissions import Actor, Permission, Role
from salon.domain.questionnaire import item_answers
from salon.domain.rulebook import TOPIC, Asked, Level
from salon.domain.screening import Screening
from salon.domain.validity import OK_VALID_DAYS
from salon.models import DoctorOk
from salon.usecases.appointments import Found, find
from salon.usecases.audit import record_act
from salon.usecases.boundary import use_case
from salon.usecases.card import card_of_assigned
from salon.usecases.evaluations import (
    answers_in_force,
    evaluate,
    in_force_of,
    massage_of,
    next_number,
    open_appointments,
    seal,
)
from salon.usecases.salons import facts_of


@use_case(Permission.DOCTOR_OK_RECORD, writes=True)
def record_doctor_ok(
    session: Session, actor: Actor, reference: str, *, code: str | None, dated_on: date, paper_seen: bool, now: datetime
) -> None:
    """Record a doctor's OK for what is asked; it turns clearance into adapt for each code, and is evaluated at once.

    code      only for the technician whose card is open; reception records it for all that is asked, unseen
    dated_on  local date on the note, at most 180 days old, not in the future

    Raises InvalidRequest (code, dated_on).
    """
    found = _found(session, actor, reference, now=now)
    if actor.technician_id is None and code is not None:
        raise InvalidRequest(("code", "not_for_reception"))
    today = facts_of(session, actor.salon_id).local_date(now)
    if not today - timedelta(days=OK_VALID_DAYS) <= dated_on <= today:
        raise InvalidRequest(("dated_on", "out_of_range"))
    asked = codes_asked_for(in_force_of(session, actor.salon_id, [found.appointment.id]), found)
    codes = asked if code is None else asked & {code}
    if not codes:
        raise InvalidRequest(("code", "nothing_asked"))
    _store(session, actor, found, codes, dated_on=dated_on, paper_seen=paper_seen, now=now)
    for appointment_id in open_appointments(session, actor.salon_id, found.client.id, now=now):
        evaluate(session, actor, appointment_id, cause="doctor_ok", now=now)
    record_act(session, actor, "doctor_ok_recorded", reference, now=now)


def _found(session: Session, actor: Actor, reference: str, *, now: datetime) -> Found:
    if actor.role is Role.TECHNICIAN:
        return card_of_assigned(session, actor, reference, now=now)
    return find(session, actor, reference)


def codes_asked_for(screenings: dict[int, Screening], found: Found) -> set[str]:
    """Return the codes that wait for a doctor's OK here: those at 40, for children those raised to it."""
    screening = screenings.get(found.appointment.id)
    if screening is None:
        return set()
    for_children = massage_of(found.service).kind is Kind.CHILDREN
    return {caution.code for caution in screening.cautions if _asks_for_note(caution, for_children=for_children)}


def _asks_for_note(caution: Any, *, for_children: bool) -> bool:
    if caution.level == Level.CLEARANCE_REQUIRED:
        return True
    is_standing = TOPIC[caution.code].asked is not Asked.DAY
    return for_children and is_standing and caution.is_health and Level.ADAPT <= caution.level < Level.DO_NOT_MASSAGE


def _store(
    session: Session, actor: Actor, found: Found, codes: set[str], *, dated_on: date, paper_seen: bool, now: datetime
) -> None:
    client_id = found.client.id
    answers = answers_in_force(session, actor.salon_id, client_id, start=found.appointment.starts_at).answers
    number = next_number(session, DoctorOk, actor.salon_id, DoctorOk.client_id == client_id)
    given_for = {code: dict(item_answers(code, answers)) for code in sorted(codes)}
    session.execute(
        insert(DoctorOk).values(
            salon_id=actor.salon_id,
            client_id=client_id,
            number=number,
            member_id=actor.member_id,
            codes=seal(actor.salon_id, "doctor_ok", f"{client_id}.{number}", "codes", given_for),
            dated_on=dated_on,
            has_seen_paper=paper_seen,
            recorded_at=now,
        )
    )
