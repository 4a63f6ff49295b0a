"""The client's intake: what the form asks now, answers so far, and the submission that becomes a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, insert, select
from sqlalchemy.orm import Session

from salon.domain.consent import CONSENT_VERSION, GUARDIAN_STATEMENT, STATEMENTS, Statement, needs_guardian
from salon.domain.errors import InvalidRequest, NotFound
from salon.domain.menu import AgeBand
from salon.domain.outcome import Choice, ClientOutcome, client_outcome
from salon.domain.permissions import Actor, Permission
from salon.domain.questionnaire import Scope, Submission, check_submission
from salon.domain.rulebook import QUESTIONNAIRE_VERSION
from salon.domain.screening import screen, unanswered
from salon.domain.validity import day_items_open, scope_due
from salon.models import Appointment, Client, Consent, IntakeDraft, IntakeResponse, Service, Technician, Visit
from salon.usecases.audit import record_act
from salon.usecases.boundary import use_case
from salon.usecases.evaluations import (
    AnsweredAt,
    answered_at,
    evaluate,
    in_force_of,
    massage_of,
    needs_intake,
    next_number,
    open_appointments,
    seal,
    status_of,
    unseal,
)
from salon.usecases.salons import SalonFacts, facts_of

LONGEST_SIGNATURE = 120
ENDED = ("declined", "cancelled", "no_show")

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who signs for a client under 18: name and relation, nothing more."""

    name: str
    relation: str


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """The signature under the answers; version None means the one shown now."""

    accepted: bool
    signed_name: str
    version: str | None = None
    guardian: Guardian | None = None


@dataclass(frozen=True, slots=True)
class IntakeForm:
    """What a visit's form asks now. scope None: nothing is due; scope_to_ask is then what a correction asks.

    draft holds the answers so far; None while the client has not agreed that we keep any.
    """

    salon: SalonFacts
    scope: Scope | None
    scope_to_ask: Scope
    status: str
    locale: str
    client_name: str
    service: Mapping[str, str]
    technician_name: str
    start: datetime
    without_massage: "ManicureOnly | None"
    draft: Answers | None
    consent_version: str
    consent_statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """What the client is told after answering: codes and text keys, never a diagnosis.

    without_massage: the same visit as a manicure only (key, name by locale, price, minutes), when it is a choice.
    """

    salon: SalonFacts
    outcome: ClientOutcome
    locale: str
    start: datetime
    service: Mapping[str, str]
    without_massage: "ManicureOnly | None"


@dataclass(frozen=True, slots=True)
class ManicureOnly:
    """The alternative in the same slot, at its own list price and length."""

    key: str
    name: Mapping[str, str]
    price_minor: int
    duration_min: int


@dataclass(frozen=True, slots=True)
class _OwnVisit:
    """The visit that an intake link belongs to: its first appointment that still asks for answers."""

    visit: Any
    client: Any
    appointment: Any
    service: Any
    salon: SalonFacts
    answered: AnsweredAt


def _own_visit(session: Session, actor: Actor) -> _OwnVisit:
    rows = session.execute(
        select(Visit, Client, Appointment, Service)
        .join(Client, and_(Client.salon_id == Visit.salon_id, Client.id == Visit.client_id))
        .join(Appointment, and_(Appointment.salon_id == Visit.salon_id, Appointment.visit_id == Visit.id))
        .join(Service, and_(Service.salon_id == Visit.salon_id, Service.id == Appointment.service_id))
        .where(Visit.salon_id == actor.salon_id, Visit.id == actor.visit_id, Appointment.status.not_in(ENDED))
        .order_by(Appointment.starts_at)
    ).all()
    if not rows:
        raise NotFound
    row = next((row for row in rows if needs_intake(row.Service)), rows[0])
    answered = answered_at(session, actor.salon_id, [row.Client.id]).get(row.Client.id, AnsweredAt())
    return _OwnVisit(row.Visit, row.Client, row.Appointment, row.Service, facts_of(session, actor.salon_id), answered)


def _scope_of(own: _OwnVisit, now: datetime) -> Scope | None:
    if not needs_intake(own.service):
        return None
    return scope_due(
        full_at=own.answered.full_at,
        day_at=own.answered.day_at,
        start=own.appointment.starts_at,
        now=now,
        valid_days=own.salon.policy.intake_valid_days,
    )


def _scope_of_correction(own: _OwnVisit, now: datetime) -> Scope:
    """Return what a client answers who corrects herself while nothing is due: everything that can be asked now."""
    return Scope.FULL if day_items_open(start=own.appointment.starts_at, now=now) else Scope.STANDING


@use_case(Permission.OWN_INTAKE_ANSWER, writes=False)
def read_intake(session: Session, actor: Actor, *, now: datetime) -> IntakeForm:
    """Return the form that the link's visit needs now, with the answers typed so far."""
    own = _own_visit(session, actor)
    status = status_of(
        own.service,
        own.answered,
        start=own.appointment.starts_at,
        now=now,
        valid_days=own.salon.policy.intake_valid_days,
    )
    return IntakeForm(
        salon=own.salon,
        scope=_scope_of(own, now),
        scope_to_ask=_scope_of(own, now) or _scope_of_correction(own, now),
        status=status.value,
        locale=own.visit.locale,
        client_name=own.client.name,
        service=own.service.name,
        technician_name=session.execute(
            select(Technician.name).where(
                Technician.salon_id == actor.salon_id, Technician.id == own.appointment.technician_id
            )
        ).scalar_one(),
        start=own.appointment.starts_at,
        without_massage=_instead(session, own),
        draft=_draft(session, actor),
        consent_version=CONSENT_VERSION,
        consent_statements=STATEMENTS,
    )


def _draft(session: Session, actor: Actor) -> Answers | None:
    sealed = session.execute(
        select(IntakeDraft.answers).where(
            IntakeDraft.salon_id == actor.salon_id, IntakeDraft.visit_id == actor.visit_id
        )
    ).scalar_one_or_none()
    if sealed is None:
        return None
    draft: Answers = unseal(actor.salon_id, "intake_draft", actor.visit_id, "answers", sealed)
    return draft


@use_case(Permission.OWN_INTAKE_ANSWER, writes=True)
def save_draft(session: Session, actor: Actor, answers: Answers, *, accepted: bool, locale: str, now: datetime) -> None:
    """Keep the answers so far, sealed, for the same link on any device; they replace the ones before.

    accepted: the client agreed that health answers are kept; else InvalidRequest and nothing is stored.
    """
    if not accepted:
        raise InvalidRequest(("consent.accepted", "required"))
    _own_visit(session, actor)
    _drop_draft(session, actor)
    session.execute(
        insert(IntakeDraft).values(
            salon_id=actor.salon_id,
            visit_id=actor.visit_id,
            answers=seal(actor.salon_id, "intake_draft", actor.visit_id, "answers", dict(answers)),
            locale=locale,
            saved_at=now,
        )
    )


def _drop_draft(session: Session, actor: Actor) -> None:
    session.execute(
        delete(IntakeDraft).where(IntakeDraft.salon_id == actor.salon_id, IntakeDraft.visit_id == actor.visit_id)
    )


@use_case(Permission.OWN_INTAKE_ANSWER, writes=True)
def submit_intake(
    session: Session, actor: Actor, given: Answers, *, consent: ConsentGiven, locale: str | None, now: datetime
) -> IntakeResult:
    """Store the answers, evaluate every open visit of the client, and return what she is told.

    An urgent answer is accepted alone: nothing is stored, the intake stays open, outcome.emergency is set.
    Raises InvalidRequest naming each question (path = linkId) or consent member; nothing is stored then.
    """
    own = _own_visit(session, actor)
    scope = _scope_of(own, now) or _scope_of_correction(own, now)
    submission = check_submission(given, scope)
    if submission.problems:
        raise InvalidRequest(*((problem.link_id, problem.code) for problem in submission.problems))
    if submission.is_urgent:
        return _result(session, own, own.visit.locale, client_outcome(unanswered(), _kind(own), emergency=True))
    language = locale or own.visit.locale
    if language not in own.salon.locales:
        raise InvalidRequest(("locale", "unknown"))
    _check_consent(consent, submission)
    response_id = _store_response(session, actor, own, scope, submission, language, now=now)
    _store_consent(session, actor, response_id, consent, language, now=now)
    _drop_draft(session, actor)
    for appointment_id in open_appointments(session, actor.salon_id, own.client.id, now=now):
        evaluate(session, actor, appointment_id, cause="answered", now=now)
    record_act(session, actor, "intake_answered", own.appointment.reference, now=now)
    return _current_result(session, own, language)


def _kind(own: _OwnVisit) -> Any:
    return massage_of(own.service).kind


def _check_consent(consent: ConsentGiven, submission: Submission) -> None:
    faults: list[tuple[str, str]] = []
    if not consent.accepted:
        faults.append(("consent.accepted", "required"))
    if not 1 <= len(consent.signed_name.strip()) <= LONGEST_SIGNATURE:
        faults.append(("consent.signed_name", "required"))
    if consent.version not in (None, CONSENT_VERSION):
        faults.append(("consent.version", "out_of_date"))
    is_minor = needs_guardian(AgeBand(str(submission.answers.get("age_band", AgeBand.ADULT))))
    guardian = consent.guardian
    if is_minor and guardian is None:
        faults.append(("consent.guardian", "required"))
    if guardian is not None:
        faults += [
            (f"consent.guardian.{member}", "required")
            for member, value in (("name", guardian.name), ("relation", guardian.relation))
            if not 1 <= len(value.strip()) <= LONGEST_SIGNATURE
        ]
    if faults:
        raise InvalidRequest(*faults)


def _store_response(
    session: Session,
    actor: Actor,
    own: _OwnVisit,
    scope: Scope,
    submission: Submission,
    locale: str,
    *,
    now: datetime,
) -> int:
    visit_id = own.visit.id
    number = next_number(session, IntakeResponse, actor.salon_id, IntakeResponse.visit_id == visit_id)
    stored = session.execute(
        insert(IntakeResponse)
        .values(
            salon_id=actor.salon_id,
            client_id=own.client.id,
            visit_id=visit_id,
            number=number,
            scope="day" if scope is Scope.DAY else "full",
            has_day=scope is not Scope.STANDING,
            questionnaire_version=QUESTIONNAIRE_VERSION,
            locale=locale,
            author="self",
            answers=seal(
                actor.salon_id, "intake_response", f"{visit_id}.{number}", "answers", dict(submission.answers)
            ),
            submitted_at=now,
        )
        .returning(IntakeResponse.id)
    )
    return stored.scalar_one()


def _store_consent(
    session: Session, actor: Actor, response_id: int, consent: ConsentGiven, locale: str, *, now: datetime
) -> None:
    signed: dict[str, Any] = {"name": consent.signed_name.strip()}
    if consent.guardian:
        signed["guardian"] = {"name": consent.guardian.name.strip(), "relation": consent.guardian.relation.strip()}
    shown = (*STATEMENTS, GUARDIAN_STATEMENT) if consent.guardian else STATEMENTS
    session.execute(
        insert(Consent),
        [
            {
                "salon_id": actor.salon_id,
                "response_id": response_id,
                "statement": statement,
                "text_version": CONSENT_VERSION,
                "locale": locale,
                "channel": actor.source,
                "signed": seal(actor.salon_id, "consent", f"{response_id}.{statement}", "signed", signed),
                "given_at": now,
            }
            for statement in (each.code for each in shown)
        ],
    )


def _current_result(session: Session, own: _OwnVisit, locale: str) -> IntakeResult:
    screening = in_force_of(session, own.salon.id, [own.appointment.id]).get(own.appointment.id)
    if screening is None:
        screening = screen({}, massage_of(own.service)) if not needs_intake(own.service) else unanswered()
    return _result(session, own, locale, client_outcome(screening, _kind(own)))


def _result(session: Session, own: _OwnVisit, locale: str, outcome: ClientOutcome) -> IntakeResult:
    instead = _instead(session, own)
    if instead is None:
        outcome = _without_choice(outcome, Choice.MANICURE_ONLY)
    return IntakeResult(
        salon=own.salon,
        outcome=outcome,
        locale=locale,
        start=own.appointment.starts_at,
        service=own.service.name,
        without_massage=instead if Choice.MANICURE_ONLY in outcome.choices else None,
    )


def _instead(session: Session, own: _OwnVisit) -> ManicureOnly | None:
    row = session.execute(
        select(Service).where(Service.salon_id == own.salon.id, Service.id == own.service.without_massage_id)
    ).scalar_one_or_none()
    return ManicureOnly(row.key, row.name, row.price_minor, row.duration_minutes) if row else None


def _without_choice(outcome: ClientOutcome, choice: Choice) -> ClientOutcome:
    return ClientOutcome(
        outcome.outcome,
        outcome.message_keys,
        outcome.changes,
        tuple(one for one in outcome.choices if one is not choice),
        outcome.emergency,
    )


@use_case(Permission.OWN_INTAKE_ANSWER, writes=False)
def read_result(session: Session, actor: Actor, *, now: datetime) -> IntakeResult | None:
    """Return what the client was told, from the evaluation in force; None while something is still to be answered."""
    own = _own_visit(session, actor)
    if _scope_of(own, now) is not None:
        return None
    return _current_result(session, own, own.visit.locale)


@use_case(Permission.OWN_INTAKE_ANSWER, writes=True)
def answer_at_the_chair(session: Session, actor: Actor, *, now: datetime) -> None:
    """Drop what was typed so far: the questions will be asked aloud and only the outcome kept (domain.md 3.4)."""
    own = _own_visit(session, actor)
    _drop_draft(session, actor)
    record_act(session, actor, "spoken_check_chosen", own.appointment.reference, now=now)
