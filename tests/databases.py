"""Migrated databases for tests: one template for each kind, a copy of it for each test."""

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate, upgrade

from salon.db import db
from tests import postgres

MIGRATIONS = Path(__file__).parents[1] / "migrations"
KINDS = ("sqlite", "postgresql")
_numbers = itertools.count(1)


def migrations_app(url: str) -> Flask:
    """Return an app that can do nothing but migrate the database at `url`."""
    app = Flask("migrations")
    app.config.update(SQLALCHEMY_DATABASE_URI=url)
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS))
    return app


def migrate(url: str) -> None:
    """Bring the empty database at `url` to head and let go of it."""
    app = migrations_app(url)
    with app.app_context():
        upgrade()
        db.engine.dispose()


@contextmanager
def migrated(kind: str, folder: Path) -> Iterator[str]:
    """Give the address of a database at head that only this test uses; gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{shutil.copy(_sqlite_template(), folder / 'salon.sqlite3')}"
        return
    with _database(template=postgres.template(migrate)) as url:
        yield url


@contextmanager
def empty(kind: str, folder: Path) -> Iterator[str]:
    """Give the address of a database without any table, for tests of the migrations themselves."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'empty.sqlite3'}"
        return
    postgres.socket_folder()
    with _database(template="template0") as url:
        yield url


@contextmanager
def _database(*, template: str) -> Iterator[str]:
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{next(_numbers)}"
    postgres.create(name, template=template)
    try:
        yield postgres.url(name)
    finally:
        postgres.drop(name)


def _sqlite_template() -> Path:
    """Return the migrated file that tests are copied from, made by the first worker to ask."""
    file = postgres.run_folder() / "template.sqlite3"
    with postgres.one_at_a_time("sqlite"):
        if not file.exists():
            draft = file.with_name("draft.sqlite3")
            migrate(f"sqlite:///{draft}")
            draft.rename(file)
    return file
