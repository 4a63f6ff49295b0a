"""Migrations with data in them, on both databases, and SQLite's rebuild trap."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import Migrate, downgrade, upgrade

from salon.db import db
from salon.usecases import intake
from salon.usecases.accounts import link_actor
from salon.usecases.intake import ConsentGiven
from tests import make
from tests.databases import MIGRATIONS, migrations_app

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
STEPS = ("0001", "0002", "0003")
REBUILD = '''
"""Rebuilds tables that others refer to, as a later migration will."""
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "0003"
RECREATE = "always" if op.get_context().dialect.name == "sqlite" else "auto"
def upgrade():
    for table in ("technician", "appointment", "salon"):
        with op.batch_alter_table(table, recreate=RECREATE) as batch:
            batch.add_column(sa.Column("later", sa.String(), nullable=True))
def downgrade():
    for table in ("technician", "appointment", "salon"):
        with op.batch_alter_table(table, recreate=RECREATE) as batch:
            batch.drop_column("later")
'''


def _fill() -> None:
    made = make.make_salon(stations=2)
    booked = make.make_booking(made, START, now=NOW)
    actor = link_actor(booked.intake_token, "intake", now=NOW)
    signed = ConsentGiven(accepted=True, signed_name="Inés García")
    answers = {key: value for key, value in make.healthy_answers().items() if not key.startswith("today.")}
    intake.submit_intake(actor, answers, consent=signed, locale=None, now=NOW)


def _counts() -> dict[str, int]:
    with db.engine.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        return {
            table: connection.execute(sa.text(f'SELECT count(*) FROM "{table}"')).scalar_one()
            for table in tables
            if table != "alembic_version"
        }


def _walls() -> set[str]:
    """Return the names of what refuses: triggers, and on PostgreSQL policies and exclusion constraints too."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        else:
            query = (
                "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal UNION SELECT conname FROM pg_constraint"
                " WHERE contype = 'x' UNION SELECT polrelid::regclass || '.' || polname FROM pg_policy"
            )
        return {row[0] for row in connection.execute(sa.text(query))}


@pytest.fixture
def filled(settings: object, app: Flask) -> Flask:
    with app.app_context():
        _fill()
        db.session.remove()
        db.engine.dispose()
    return app


@pytest.mark.parametrize("step", STEPS[:-1])
def test_down_to_any_step_and_up_again_keeps_every_other_row_and_every_wall(filled: Flask, step: str) -> None:
    with filled.app_context():
        before, walls = _counts(), _walls()
        assert before["appointment"] == 1
        assert before["intake_response"] == 1
        downgrade(revision=step)
        kept = _counts()
        assert kept == {table: before[table] for table in kept}
        upgrade()
        after = _counts()
        assert after == {table: count if table in kept else 0 for table, count in before.items()}
        assert _walls() == walls
        db.engine.dispose()


def test_down_to_nothing_leaves_nothing_and_up_makes_all_of_it_again(filled: Flask) -> None:
    with filled.app_context():
        tables, walls = set(_counts()), _walls()
        downgrade(revision="base")
        assert _counts() == {}
        assert _walls() == set()
        upgrade()
        assert set(_counts()) == tables
        assert _walls() == walls
        db.engine.dispose()


def test_a_table_rebuild_loses_no_child_and_no_wall(filled: Flask, settings: object, tmp_path: Path) -> None:
    later = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, later)
    (later / "versions" / "9999_rebuild.py").write_text(REBUILD)
    url = filled.config["SQLALCHEMY_DATABASE_URI"]
    app = migrations_app(url)
    Migrate(app, db, directory=str(later))
    with app.app_context():
        before, walls = _counts(), _walls()
        upgrade(directory=str(later))
        assert _counts() == before
        assert _walls() == walls
        downgrade(directory=str(later), revision="0003")
        assert _counts() == before
        assert _walls() == walls
        db.engine.dispose()
