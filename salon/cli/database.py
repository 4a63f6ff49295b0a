"""The schema from the command line: where it stands, and bringing it to head."""

import sys

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app

import config
from salon.db import db


def _alembic() -> Config:
    found: Config = current_app.extensions["migrate"].migrate.get_config()
    folder = str(config.ROOT / "migrations")  # the steps share modules that lie beside them
    if folder not in sys.path:
        sys.path.insert(0, folder)
    return found


def head() -> str | None:
    """Return the newest revision of this program."""
    return ScriptDirectory.from_config(_alembic()).get_current_head()


def present() -> str | None:
    """Return the database's revision, None when it has no schema yet."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_migrated() -> bool:
    """Whether the database has the schema of this program."""
    return present() == head()


def upgrade() -> None:
    """Bring the schema to head, all steps in one transaction."""
    command.upgrade(_alembic(), "head")
