"""Runs migrations in one transaction and raises the walls again after every one of them.

SQLite: a table rebuild drops triggers and, with foreign keys on, erases child rows. So foreign keys
are off before the transaction begins, walls.raise_walls() makes every trigger anew, and
foreign_key_check must come back empty before the commit.
"""

import sys
from pathlib import Path

from alembic import context
from sqlalchemy.engine import Connection

sys.path.insert(0, str(Path(__file__).parent))

import walls

import salon.models  # noqa: F401 - registers every table
from salon.db import Base, db


def _migrate(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=sqlite,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        connection.exec_driver_sql("BEGIN IMMEDIATE" if sqlite else "SET LOCAL lock_timeout = '4s'")
        context.run_migrations()
        walls.raise_walls(connection)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() if sqlite else []
        if broken:
            raise RuntimeError(f"the migration broke {len(broken)} references")
    if sqlite:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


with db.engine.connect() as connection:
    _migrate(connection)
