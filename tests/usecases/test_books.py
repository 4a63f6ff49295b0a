"""How often the books are asked: the same few statements for one technician or ten, one day or sixty-two."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, text

from salon.db import db
from salon.usecases.accounts import public_actor
from salon.usecases.availability import find_slots
from salon.usecases.diary import Wish
from tests import make

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
FIRST = date(2026, 11, 24)
MOST_STATEMENTS = 4


def _statements(days: int, technician: str | None) -> list[str]:
    asked: list[str] = []

    def keep(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN") and "set_config('role'" not in statement:
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", keep)
    try:
        actor = public_actor("amber", source="api")
        last = FIRST + timedelta(days=days - 1)
        find_slots(actor, Wish("spa-manicure", ("paraffin-bath",), technician), first=FIRST, last=last, now=NOW)
    finally:
        event.remove(db.engine, "before_cursor_execute", keep)
    return asked


@pytest.mark.parametrize("team", [1, 10])
def test_a_list_of_free_starts_takes_four_statements_whatever_it_spans(in_app: Flask, team: int) -> None:
    make.make_salon(technicians=[f"t{number}" for number in range(team)], stations=team, horizon_days=90)
    counts = {(days, who): len(_statements(days, who)) for days in (1, 62) for who in (None, "t0")}
    assert set(counts.values()) == {MOST_STATEMENTS}, counts


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_blocks_are_found_by_an_index(in_app: Flask) -> None:
    make.make_salon()
    asked = next(statement for statement in _statements(1, "mai") if "FROM appointment" in statement)
    with db.engine.connect() as connection:
        plan = connection.execute(text("EXPLAIN QUERY PLAN " + asked.replace("?", "1"))).all()
    assert not any("SCAN appointment" in row[-1] for row in plan), plan
