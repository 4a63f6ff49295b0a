"""Answers in, result out: a screening that stores nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from salon.domain.errors import InvalidRequest, NotFound
from salon.domain.menu import AgeBand
from salon.domain.outcome import Action, ClientOutcome, client_outcome, reception_action
from salon.domain.permissions import Actor, Permission
from salon.domain.protocol import AdaptedStep, adapted_protocol
from salon.domain.questionnaire import preview_answers
from salon.domain.rulebook import TOPIC
from salon.domain.screening import Screening, screen
from salon.models import Service
from salon.usecases.boundary import use_case
from salon.usecases.evaluations import massage_of, raises_of
from salon.usecases.salons import SalonFacts, facts_of


@dataclass(frozen=True, slots=True)
class Preview:
    """What each side would see for these answers."""

    salon: SalonFacts
    screening: Screening
    protocol: tuple[AdaptedStep, ...]
    client: ClientOutcome
    action: Action


@use_case(Permission.SCREENING_PREVIEW, writes=False)
def preview_screening(
    session: Session,
    actor: Actor,
    *,
    service: str,
    answers: Mapping[str, Any],
    age_band: str | None = None,
    doctor_ok: Collection[str] = (),
) -> Preview:
    """Screen answers for a service of the menu. Raises NotFound (service), InvalidRequest naming each answer."""
    row = session.execute(
        select(Service).where(Service.salon_id == actor.salon_id, Service.key == service)
    ).scalar_one_or_none()
    if row is None:
        raise NotFound
    submission = preview_answers(answers)
    faults = [(f"answers.{problem.link_id}", problem.code) for problem in submission.problems]
    if age_band is not None and age_band not in {band.value for band in AgeBand}:
        faults.append(("age_band", "unknown"))
    if any(code not in TOPIC for code in doctor_ok):
        faults.append(("doctor_ok", "unknown"))
    if faults:
        raise InvalidRequest(*faults)
    band = AgeBand(str(age_band or submission.answers.get("age_band") or AgeBand.ADULT))
    screening = screen(
        submission.answers,
        massage_of(row),
        age_band=band,
        doctor_ok=frozenset(doctor_ok),
        raises=raises_of(session, actor.salon_id),
    )
    return Preview(
        salon=facts_of(session, actor.salon_id),
        screening=screening,
        protocol=adapted_protocol(massage_of(row), screening),
        client=client_outcome(screening, massage_of(row).kind, emergency=submission.is_urgent),
        action=reception_action(screening),
    )
