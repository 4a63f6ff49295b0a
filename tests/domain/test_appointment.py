"""States of an appointment: what blocks, and which moves each state allows."""

from datetime import UTC, datetime, timedelta

import pytest

from salon.domain.appointment import BLOCKING, MOVES, Move, Status, is_blocking, may_move, moved
from salon.domain.errors import WrongState

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ALLOWED = {
    ("requested", "approve", "booked"),
    ("requested", "decline", "declined"),
    ("requested", "cancel", "cancelled"),
    ("held", "book", "booked"),
    ("held", "cancel", "cancelled"),
    ("booked", "check_in", "checked_in"),
    ("booked", "start", "in_service"),
    ("booked", "cancel", "cancelled"),
    ("booked", "no_show", "no_show"),
    ("checked_in", "start", "in_service"),
    ("checked_in", "cancel", "cancelled"),
    ("in_service", "complete", "completed"),
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("move", Move)
def test_each_state_allows_its_moves_and_names_both_states_otherwise(status: Status, move: Move) -> None:
    targets = {after for before, name, after in ALLOWED if (before, name) == (status.value, move.value)}
    assert may_move(status, move) == bool(targets)
    if targets:
        assert {moved(status, move)} == targets
        return
    with pytest.raises(WrongState) as caught:
        moved(status, move)
    assert caught.value.facts == {"state": status.value, "wanted": next(iter(MOVES[move].values())).value}


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.HELD])
def test_what_blocks(status: Status) -> None:
    free = {Status.DECLINED, Status.CANCELLED, Status.NO_SHOW}
    assert is_blocking(status, now=NOW) == (status in BLOCKING) == (status not in free)


def test_a_hold_blocks_until_it_expires() -> None:
    assert is_blocking(Status.HELD, NOW + timedelta(microseconds=1), now=NOW)
    assert not is_blocking(Status.HELD, NOW, now=NOW)
    assert not is_blocking(Status.HELD, now=NOW)
