"""The states of an appointment, which of them keep the time from others, and the moves between them."""

from datetime import datetime
from enum import StrEnum

from salon.domain.errors import WrongState


class Status(StrEnum):
    """Where an appointment stands. Confirmed is a time, not a state."""

    REQUESTED = "requested"
    HELD = "held"
    BOOKED = "booked"
    CHECKED_IN = "checked_in"
    IN_SERVICE = "in_service"
    COMPLETED = "completed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class Move(StrEnum):
    """What somebody does to an appointment that changes its state."""

    APPROVE = "approve"
    DECLINE = "decline"
    BOOK = "book"
    CHECK_IN = "check_in"
    START = "start"
    COMPLETE = "complete"
    CANCEL = "cancel"
    MARK_NO_SHOW = "no_show"


# Source: contract, section 5, rule 7. A hold blocks until its `held_until` only; see `is_blocking`.
BLOCKING = frozenset(
    {Status.REQUESTED, Status.HELD, Status.BOOKED, Status.CHECKED_IN, Status.IN_SERVICE, Status.COMPLETED}
)

MOVES: dict[Move, dict[Status, Status]] = {
    Move.APPROVE: {Status.REQUESTED: Status.BOOKED},
    Move.DECLINE: {Status.REQUESTED: Status.DECLINED},
    Move.BOOK: {Status.HELD: Status.BOOKED},
    Move.CHECK_IN: {Status.BOOKED: Status.CHECKED_IN},
    Move.START: {Status.BOOKED: Status.IN_SERVICE, Status.CHECKED_IN: Status.IN_SERVICE},
    Move.COMPLETE: {Status.IN_SERVICE: Status.COMPLETED},
    Move.CANCEL: {
        Status.REQUESTED: Status.CANCELLED,
        Status.HELD: Status.CANCELLED,
        Status.BOOKED: Status.CANCELLED,
        Status.CHECKED_IN: Status.CANCELLED,
    },
    Move.MARK_NO_SHOW: {Status.BOOKED: Status.NO_SHOW},
}


def is_blocking(status: Status, held_until: datetime | None = None, *, now: datetime) -> bool:
    """Return whether an appointment keeps its time from others at `now`; a hold does until it expires."""
    if status is Status.HELD:
        return held_until is not None and now < held_until
    return status in BLOCKING


def moved(status: Status, move: Move) -> Status:
    """Return the state after a move. Raises WrongState, naming the state and the one that was wanted."""
    targets = MOVES[move]
    if status not in targets:
        wanted = next(iter(targets.values()))
        raise WrongState(state=status.value, wanted=wanted.value)
    return targets[status]


def may_move(status: Status, move: Move) -> bool:
    """Return whether the state allows the move (for buttons that are only shown when they work)."""
    return status in MOVES[move]
