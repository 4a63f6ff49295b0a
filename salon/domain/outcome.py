"""What the client and the reception are told of a screening: an outcome and choices, one neutral action."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from salon.domain.menu import Kind
from salon.domain.rulebook import Level
from salon.domain.screening import Result, Screening
from salon.domain.validity import IntakeStatus


class Action(StrEnum):
    """The one word that the reception sees (contract.md 6)."""

    OK = "ok"
    ADAPT = "adapt"
    NOT_TODAY = "not_today"
    DOCTORS_NOTE = "doctors_note"
    NOT_OFFERED = "not_offered"
    INTAKE_MISSING = "intake_missing"
    INTAKE_EXPIRED = "intake_expired"
    DAY_OF_DUE = "day_of_due"
    CALL_HELP = "call_help"


class Choice(StrEnum):
    """A way on that the client is offered."""

    KEEP = "keep"
    MANICURE_ONLY = "manicure_only"
    RESCHEDULE = "reschedule"
    BRING_DOCTORS_NOTE = "bring_doctors_note"
    ASK_A_PERSON = "ask_a_person"
    CANCEL = "cancel"


_ACTION_OF: Mapping[Result, Action] = {
    Result.ALLOWED: Action.OK,
    Result.ADAPTED: Action.ADAPT,
    Result.POSTPONE: Action.NOT_TODAY,
    Result.CLEARANCE: Action.DOCTORS_NOTE,
    Result.REFUSE: Action.NOT_OFFERED,
    Result.NOT_AVAILABLE: Action.NOT_OFFERED,
    Result.UNKNOWN: Action.INTAKE_MISSING,
}
_ACTION_OF_STATUS: Mapping[IntakeStatus, Action] = {
    IntakeStatus.MISSING: Action.INTAKE_MISSING,
    IntakeStatus.EXPIRED: Action.INTAKE_EXPIRED,
    IntakeStatus.DAY_OF_DUE: Action.DAY_OF_DUE,
}
_MASSAGE_CHOICES: Mapping[Result, tuple[Choice, ...]] = {
    Result.ALLOWED: (Choice.KEEP, Choice.RESCHEDULE),
    Result.ADAPTED: (Choice.KEEP, Choice.MANICURE_ONLY, Choice.RESCHEDULE),
    Result.POSTPONE: (Choice.MANICURE_ONLY, Choice.RESCHEDULE),
    Result.CLEARANCE: (Choice.BRING_DOCTORS_NOTE, Choice.MANICURE_ONLY, Choice.RESCHEDULE),
    Result.REFUSE: (Choice.MANICURE_ONLY,),
    Result.NOT_AVAILABLE: (Choice.MANICURE_ONLY,),
    Result.UNKNOWN: (Choice.RESCHEDULE,),
}
# Things that pass on by touch or cough: the client is told that this is no judgement.
_CATCHING = frozenset({"infection_active", "fungal_infection", "skin_infection"})
_ADVICE_TODAY = frozenset({"dvt_suspected", "soft_tissue_sepsis"})


@dataclass(frozen=True, slots=True)
class ClientOutcome:
    """What the client is told, as text keys and codes; no diagnosis.

    outcome        the result code
    emergency      call the emergency number now; nothing else is asked
    message_keys   sentences in the order shown: massage, manicure, advice
    changes        text keys of what will be done otherwise, for an adapted massage
    choices        ways on, best first
    """

    outcome: Result
    message_keys: tuple[str, ...]
    changes: tuple[str, ...]
    choices: tuple[Choice, ...]
    emergency: bool = False


def reception_action(
    screening: Screening, status: IntakeStatus = IntakeStatus.VALID, *, urgent_in_salon: bool = False
) -> Action:
    """Return the reception's one action: help first, then the form, then the manicure, then the massage's result."""
    if urgent_in_salon:
        return Action.CALL_HELP
    if status in _ACTION_OF_STATUS:
        return _ACTION_OF_STATUS[status]
    if status is IntakeStatus.NOT_REQUIRED and screening.result is Result.UNKNOWN:
        return Action.OK
    if screening.manicure is Result.POSTPONE:
        return Action.NOT_TODAY
    return _ACTION_OF[screening.result]


def client_outcome(screening: Screening, kind: Kind, *, emergency: bool = False) -> ClientOutcome:
    """Return what the client is told about one service and what can be chosen.

    Source: contract.md 6, domain.md 3.6.
    """
    if emergency:
        choices = (Choice.RESCHEDULE, Choice.ASK_A_PERSON, Choice.CANCEL)
        return ClientOutcome(Result.REFUSE, ("client.emergency",), (), choices, emergency=True)
    is_adapted = screening.result is Result.ADAPTED and kind is not Kind.MANICURE_ONLY
    changes = tuple(f"client.change.{_wording(step)}" for step in screening.steps) if is_adapted else ()
    return ClientOutcome(
        outcome=screening.result,
        message_keys=_message_keys(screening, kind),
        changes=tuple(dict.fromkeys(changes)),
        choices=_choices(screening, kind),
    )


def _wording(step: str) -> str:
    return "exclude" if step.startswith("exclude_") else step


def _message_keys(screening: Screening, kind: Kind) -> tuple[str, ...]:
    codes = {caution.code for caution in screening.cautions if caution.level >= Level.ADAPT}
    keys = [] if kind is Kind.MANICURE_ONLY else [f"client.massage.{screening.result}"]
    if screening.manicure in (Result.ALLOWED, Result.ADAPTED):
        keys.append("client.manicure.ok")
    elif screening.manicure is Result.POSTPONE:
        keys.append("client.manicure.postpone")
    if codes & _CATCHING:
        keys.append("client.catching")
    if codes & _ADVICE_TODAY or any(c.rule == "hypertension.urgent_reading" for c in screening.cautions):
        keys.append("client.advice_today")
    return tuple(keys)


def _choices(screening: Screening, kind: Kind) -> tuple[Choice, ...]:
    manicure_fine = screening.manicure in (Result.ALLOWED, Result.ADAPTED)
    offered = list(_MASSAGE_CHOICES[screening.result])
    if kind is Kind.MANICURE_ONLY or not manicure_fine:
        offered = [choice for choice in offered if choice is not Choice.MANICURE_ONLY]
    if screening.manicure is Result.POSTPONE and Choice.RESCHEDULE not in offered:
        offered.append(Choice.RESCHEDULE)
    return (*offered, Choice.ASK_A_PERSON, Choice.CANCEL)
