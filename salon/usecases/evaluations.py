"""Evaluations: the answers in force, screened for one appointment and stored append-only and sealed."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, insert, select
from sqlalchemy.orm import Session

from salon.crypto import key_ring, place
from salon.domain.errors import MassageNotOffered
from salon.domain.flags import Observed
from salon.domain.menu import AgeBand, Kind, Massage, massage
from salon.domain.permissions import Actor
from salon.domain.questionnaire import merged_answers, standing_answers
from salon.domain.rulebook import QUESTIONNAIRE_VERSION, RULES_VERSION
from salon.domain.screening import Result, Screening, screen
from salon.domain.screening_record import screening_from_record, screening_record
from salon.domain.time import local_date
from salon.domain.validity import IntakeStatus, day_answers_hold, doctor_ok_holds, intake_status
from salon.models import (
    Appointment,
    Client,
    DoctorOk,
    Evaluation,
    IntakeResponse,
    LevelRaise,
    ObservedCaution,
    Salon,
    Service,
)
from salon.usecases.salons import SalonFacts, facts_of

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AnswersInForce:
    """A client's answers as they count for one start; full_at and day_at are None where never given."""

    answers: Answers
    response_id: int | None
    full_at: datetime | None
    day_at: datetime | None


@dataclass(frozen=True, slots=True)
class AnsweredAt:
    """When a client last gave the full intake and the day's items."""

    full_at: datetime | None = None
    day_at: datetime | None = None


def seal(salon_id: int | None, table: str, row: object, field: str, value: object) -> bytes:
    """Return JSON values sealed for their row."""
    plain = json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()
    return key_ring().seal(plain, place(salon_id or 0, table, row, field))


def unseal(salon_id: int | None, table: str, row: object, field: str, sealed: bytes) -> Any:
    """Return the JSON values of a sealed field. Raises CannotOpen."""
    return json.loads(key_ring().open(sealed, place(salon_id or 0, table, row, field)))


def massage_of(service: Any) -> Massage:
    """Return what screening needs to know of a service row."""
    return massage(service.massage_kind, zones=service.massage_zones, minimum_age=service.minimum_age)


def needs_intake(service: Any) -> bool:
    """Whether this service needs answers: as the menu says, and always with a massage (unanswered is never green)."""
    return bool(service.requires_intake) or service.massage_kind is not None


def answered_at(session: Session, salon_id: int | None, client_ids: Collection[int]) -> dict[int, AnsweredAt]:
    """Return when each client last answered, in one query; clients who never did are missing."""
    newest = func.max(IntakeResponse.submitted_at, type_=IntakeResponse.submitted_at.type)
    rows = session.execute(
        select(IntakeResponse.client_id, IntakeResponse.scope, IntakeResponse.has_day, newest.label("at"))
        .where(
            IntakeResponse.salon_id == salon_id,
            IntakeResponse.client_id.in_(client_ids),
            IntakeResponse.withdrawn_at.is_(None),
        )
        .group_by(IntakeResponse.client_id, IntakeResponse.scope, IntakeResponse.has_day)
    )
    full: dict[int, datetime] = {}
    day: dict[int, datetime] = {}
    for row in rows:
        if row.scope == "full":
            full[row.client_id] = max(row.at, full.get(row.client_id, row.at))
        if row.has_day:
            day[row.client_id] = max(row.at, day.get(row.client_id, row.at))
    return {client: AnsweredAt(full.get(client), day.get(client)) for client in full.keys() | day.keys()}


def status_of(service: Any, answered: AnsweredAt, *, start: datetime, now: datetime, valid_days: int) -> IntakeStatus:
    """Return the intake's status for an appointment of this service."""
    return intake_status(
        requires_intake=needs_intake(service),
        full_at=answered.full_at,
        day_at=answered.day_at,
        start=start,
        now=now,
        valid_days=valid_days,
    )


def answers_in_force(session: Session, salon_id: int | None, client_id: int, *, start: datetime) -> AnswersInForce:
    """Return the client's answers as they count for a visit at `start`: older first, the newer replace item by item.

    The day's own items count only when they were answered at most 24 h before the start.
    """
    full = _newest(session, salon_id, client_id, IntakeResponse.scope == "full")
    day = _newest(session, salon_id, client_id, IntakeResponse.has_day.is_(True))
    day_counts = day is not None and day_answers_hold(day_at=day.submitted_at, start=start)
    counted = {row.id: row for row in (full, day if day_counts else None) if row is not None}
    answers: Answers = {}
    for row in sorted(counted.values(), key=lambda row: (row.submitted_at, row.id)):
        given: Answers = unseal(salon_id, "intake_response", f"{row.visit_id}.{row.number}", "answers", row.answers)
        answers = merged_answers(answers, given if day_counts else standing_answers(given))
    return AnswersInForce(
        answers,
        max(counted, default=None),
        full.submitted_at if full else None,
        day.submitted_at if day else None,
    )


def _newest(session: Session, salon_id: int | None, client_id: int, which: Any) -> Any:
    return session.execute(
        select(
            IntakeResponse.id,
            IntakeResponse.visit_id,
            IntakeResponse.number,
            IntakeResponse.answers,
            IntakeResponse.submitted_at,
        )
        .where(
            IntakeResponse.salon_id == salon_id,
            IntakeResponse.client_id == client_id,
            IntakeResponse.withdrawn_at.is_(None),
            which,
        )
        .order_by(IntakeResponse.submitted_at.desc(), IntakeResponse.id.desc())
        .limit(1)
    ).one_or_none()


def raises_of(session: Session, salon_id: int | None) -> dict[str, int]:
    """Return the levels that the salon raised, by code; the newest row of a code counts."""
    rows = session.execute(
        select(LevelRaise.code, LevelRaise.level).where(LevelRaise.salon_id == salon_id).order_by(LevelRaise.id)
    )
    return {row.code: row.level for row in rows if row.level}


def doctor_oks(session: Session, salon_id: int | None, client_id: int, *, visit_on: date, answers: Answers) -> set[str]:
    """Return the codes for which a doctor's OK counts at a visit on this local date."""
    rows = session.execute(
        select(DoctorOk.number, DoctorOk.codes, DoctorOk.dated_on).where(
            DoctorOk.salon_id == salon_id, DoctorOk.client_id == client_id
        )
    )
    held: set[str] = set()
    for row in rows:
        for code, answers_then in unseal(
            salon_id, "doctor_ok", f"{client_id}.{row.number}", "codes", row.codes
        ).items():
            if doctor_ok_holds(
                code, dated_on=row.dated_on, visit_on=visit_on, answers_then=answers_then, answers_now=answers
            ):
                held.add(code)
    return held


def observed_at(session: Session, salon_id: int | None, appointment_id: int) -> list[tuple[Observed, str, int]]:
    """Return what was seen at the chair: the observation, her note and the member's id."""
    rows = session.execute(
        select(ObservedCaution.number, ObservedCaution.body, ObservedCaution.member_id)
        .where(ObservedCaution.salon_id == salon_id, ObservedCaution.appointment_id == appointment_id)
        .order_by(ObservedCaution.number)
    )
    found = []
    for row in rows:
        body = unseal(salon_id, "observed_caution", f"{appointment_id}.{row.number}", "body", row.body)
        seen = Observed(body["code"], body["side"], tuple(body["sites"]))
        found.append((seen, body.get("note") or "", row.member_id))
    return found


def age_of(answers: Answers, client: Any) -> AgeBand:
    """Return the age band that was answered, else the one given at booking, else an adult's."""
    return AgeBand(answers.get("age_band") or (client.age_band if client else None) or AgeBand.ADULT)


def screened(
    session: Session, salon: SalonFacts, appointment: Any, service: Any, client: Any
) -> tuple[Screening, AnswersInForce]:
    """Return the screening of the answers in force for this appointment, with everything that changes it."""
    in_force = answers_in_force(session, salon.id, client.id, start=appointment.starts_at)
    on = local_date(appointment.starts_at, salon.zone)
    screening = screen(
        in_force.answers,
        massage_of(service),
        age_band=age_of(in_force.answers, client),
        doctor_ok=doctor_oks(session, salon.id, client.id, visit_on=on, answers=in_force.answers),
        raises=raises_of(session, salon.id),
        observed=[seen for seen, _, _ in observed_at(session, salon.id, appointment.id)],
    )
    return screening, in_force


def evaluate(session: Session, actor: Actor, appointment_id: int, *, cause: str, now: datetime) -> Screening | None:
    """Evaluate an appointment anew and store the result; None (and nothing stored) while there are no answers.

    cause is a code: booked, answered, moved, service_changed, doctor_ok, observed, withdrawn, rules_changed.
    """
    row = session.execute(
        select(Appointment, Service, Client)
        .join(Service, and_(Service.salon_id == Appointment.salon_id, Service.id == Appointment.service_id))
        .join(Client, and_(Client.salon_id == Appointment.salon_id, Client.id == Appointment.client_id))
        .where(Appointment.salon_id == actor.salon_id, Appointment.id == appointment_id)
    ).one()
    salon = facts_of(session, actor.salon_id)
    screening, in_force = screened(session, salon, row.Appointment, row.Service, row.Client)
    is_observed = any(caution.is_observed for caution in screening.cautions)
    if in_force.response_id is None and not is_observed:
        return None
    _append(session, actor, appointment_id, screening, in_force, cause=cause, now=now)
    return screening


def _append(
    session: Session,
    actor: Actor,
    appointment_id: int,
    screening: Screening,
    in_force: AnswersInForce,
    *,
    cause: str,
    now: datetime,
) -> None:
    number = next_number(session, Evaluation, actor.salon_id, Evaluation.appointment_id == appointment_id)
    answers = json.dumps(dict(in_force.answers), sort_keys=True, ensure_ascii=False).encode()
    body = {
        "screening": screening_record(screening),
        "response": in_force.response_id,
        "answers_hash": hashlib.sha256(answers).hexdigest(),
        "rules_version": RULES_VERSION,
        "questionnaire_version": QUESTIONNAIRE_VERSION,
    }
    session.execute(
        insert(Evaluation).values(
            salon_id=actor.salon_id,
            appointment_id=appointment_id,
            number=number,
            response_id=in_force.response_id,
            cause=cause,
            body=seal(actor.salon_id, "evaluation", f"{appointment_id}.{number}", "body", body),
            evaluated_at=now,
        )
    )


def next_number(session: Session, table: Any, salon_id: int | None, whose: Any) -> int:
    """Return the next number of an append-only row among its own; the salon's write lock keeps it unique."""
    newest: int | None = session.execute(
        select(func.max(table.number)).where(table.salon_id == salon_id, whose)
    ).scalar_one()
    return (newest or 0) + 1


def in_force_of(session: Session, salon_id: int | None, appointment_ids: Collection[int]) -> dict[int, Screening]:
    """Return the newest evaluation of each appointment, in one query; those never evaluated are missing."""
    newest = (
        select(Evaluation.appointment_id, func.max(Evaluation.number).label("number"))
        .where(Evaluation.salon_id == salon_id, Evaluation.appointment_id.in_(appointment_ids))
        .group_by(Evaluation.appointment_id)
        .subquery()
    )
    rows = session.execute(
        select(Evaluation.appointment_id, Evaluation.number, Evaluation.body)
        .join(
            newest,
            and_(Evaluation.appointment_id == newest.c.appointment_id, Evaluation.number == newest.c.number),
        )
        .where(Evaluation.salon_id == salon_id)
    )
    return {
        row.appointment_id: screening_from_record(
            unseal(salon_id, "evaluation", f"{row.appointment_id}.{row.number}", "body", row.body)["screening"]
        )
        for row in rows
    }


def open_appointments(session: Session, salon_id: int | None, client_id: int, *, now: datetime) -> list[int]:
    """Return the client's appointments that are still to come or under way, earliest first."""
    rows = session.execute(
        select(Appointment.id)
        .where(
            Appointment.salon_id == salon_id,
            Appointment.client_id == client_id,
            Appointment.status.in_(("requested", "booked", "checked_in", "in_service")),
            Appointment.ends_at > now,
        )
        .order_by(Appointment.starts_at)
    )
    return list(rows.scalars())


def evaluate_new_appointment(
    session: Session, actor: Actor, salon: Salon, service: Any, appointment_id: int, client_id: int, *, now: datetime
) -> str:
    """Evaluate a fresh booking from the answers in force; return required, not_required or valid (contract.md 4)."""
    if not needs_intake(service):
        return "not_required"
    answered = answered_at(session, actor.salon_id, [client_id]).get(client_id)
    if answered is None:
        return "required"
    start = session.execute(select(Appointment.starts_at).where(Appointment.id == appointment_id)).scalar_one()
    evaluate(session, actor, appointment_id, cause="booked", now=now)
    status = status_of(service, answered, start=start, now=now, valid_days=salon.intake_valid_days)
    return "valid" if status is IntakeStatus.VALID else "required"


def check_massage_offered(session: Session, salon: Salon, service: Any, client_id: int, start: datetime) -> None:
    """Raise MassageNotOffered when a known client's standing answers do not allow this massage; no reason is given.

    Contract.md 4: postpone (from a standing item) and refuse are not offered; clearance books, the note is due.
    """
    kind = massage_of(service).kind
    if kind is Kind.MANICURE_ONLY:
        return
    in_force = answers_in_force(session, salon.id, client_id, start=start)
    if in_force.response_id is None:
        return
    client = session.execute(select(Client).where(Client.salon_id == salon.id, Client.id == client_id)).scalar_one()
    answers = standing_answers(in_force.answers)
    visit_on = local_date(start, facts_of(session, salon.id).zone)
    result = screen(
        answers,
        massage_of(service),
        age_band=age_of(answers, client),
        doctor_ok=doctor_oks(session, salon.id, client_id, visit_on=visit_on, answers=answers),
        raises=raises_of(session, salon.id),
    ).result
    if result in (Result.POSTPONE, Result.REFUSE, Result.NOT_AVAILABLE):
        instead = session.execute(
            select(Service.key).where(Service.salon_id == salon.id, Service.id == service.without_massage_id)
        ).scalar_one_or_none()
        raise MassageNotOffered(("service", "not_offered"), without_massage=instead)
