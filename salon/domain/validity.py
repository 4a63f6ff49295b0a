"""How long answers hold: the intake's status, the day's screen, a doctor's OK (domain.md 3.5)."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from salon.domain.questionnaire import Scope, item_answers
from salon.domain.rulebook import TOPIC, Asked
from salon.domain.rulebook.conditions import Answers

FULL_VALID_DAYS = 180
OK_VALID_DAYS = 180
DAY_WINDOW = timedelta(hours=24)
CONFIRM_AFTER = timedelta(hours=2)


class IntakeStatus(StrEnum):
    """How the client's answers stand for one visit."""

    MISSING = "missing"
    VALID = "valid"
    EXPIRED = "expired"
    DAY_OF_DUE = "day_of_due"
    NOT_REQUIRED = "not_required"

    @property
    def is_unknown(self) -> bool:
        """Whether the result of the screening is unknown, which blocks the massage."""
        return self in (IntakeStatus.MISSING, IntakeStatus.EXPIRED, IntakeStatus.DAY_OF_DUE)


def intake_status(
    *,
    requires_intake: bool,
    full_at: datetime | None,
    day_at: datetime | None,
    start: datetime,
    now: datetime,
    valid_days: int = FULL_VALID_DAYS,
) -> IntakeStatus:
    """Return the status for a visit; all instants are aware.

    full_at     when the newest full intake was answered
    day_at      when the day's items were last answered (a full intake answered in time answers them too)
    valid_days  the salon's own number, 30 to 365; the full intake must still hold at the start

    The day's items are due from 24 h before the start, and answers older than that do not count.
    """
    if not requires_intake:
        return IntakeStatus.NOT_REQUIRED
    if full_at is None:
        return IntakeStatus.MISSING
    if full_at + timedelta(days=valid_days) < start:
        return IntakeStatus.EXPIRED
    if day_items_open(start=start, now=now) and not day_answers_hold(day_at=day_at, start=start):
        return IntakeStatus.DAY_OF_DUE
    return IntakeStatus.VALID


def day_items_open(*, start: datetime, now: datetime) -> bool:
    """Whether the day's items can be asked already: from 24 h before the start."""
    return now >= start - DAY_WINDOW


def day_answers_hold(*, day_at: datetime | None, start: datetime) -> bool:
    """Whether the day's items were answered at most 24 h before the start."""
    return day_at is not None and day_at >= start - DAY_WINDOW


def scope_due(
    *, full_at: datetime | None, day_at: datetime | None, start: datetime, now: datetime, valid_days: int
) -> Scope | None:
    """Return what the visit's form asks now, or None when nothing is due."""
    status = intake_status(
        requires_intake=True, full_at=full_at, day_at=day_at, start=start, now=now, valid_days=valid_days
    )
    if status is IntakeStatus.VALID:
        return None
    if status is IntakeStatus.DAY_OF_DUE:
        return Scope.DAY
    return Scope.FULL if day_items_open(start=start, now=now) else Scope.STANDING


def confirmation_needed(*, day_at: datetime | None, now: datetime) -> bool:
    """Whether "nothing changed" must be ticked at the chair: the day's answers are older than 2 h."""
    return day_at is None or now - day_at > CONFIRM_AFTER


def caution_ends_at(code: str, *, answered_at: datetime, valid_days: int = FULL_VALID_DAYS) -> datetime:
    """Return until when an answer to this topic can serve the start of a visit.

    A topic of the day serves starts within 24 h (so a fever stands until it is answered anew, a wound until it is
    healed); any other stands until its next answer, at the latest until the full intake expires.
    """
    if TOPIC[code].asked is Asked.DAY:
        return answered_at + DAY_WINDOW
    return answered_at + timedelta(days=valid_days)


def doctor_ok_holds(code: str, *, dated_on: date, visit_on: date, answers_then: Answers, answers_now: Answers) -> bool:
    """Whether a doctor's OK counts for a visit: 180 days, or until the client answers that item otherwise.

    dated_on, visit_on  local dates in the salon's zone; an OK dated after the visit does not count
    answers_then        the answers in force when it was recorded; readings of the day do not matter
    """
    if not dated_on <= visit_on <= dated_on + timedelta(days=OK_VALID_DAYS):
        return False
    return item_answers(code, answers_then) == item_answers(code, answers_now)
