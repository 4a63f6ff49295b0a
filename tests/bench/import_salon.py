"""How long a salon file of 20,000 appointments takes: `python -m tests.bench.import_salon [DATABASE_URL] [SIZE]`."""

import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import config
from salon import create_app
from salon.domain.permissions import Actor, Role
from salon.usecases.accounts import operator_actor
from salon.usecases.salon_file import export_salon, import_salon, read_file
from tests import databases
from tests.salon_files import many, raw


def main(size: int, kinds: tuple[str, ...]) -> None:
    """Import, export and print seconds for each database."""
    file = raw(many(size, technicians=8, clients=2000))
    for kind in kinds:
        with tempfile.TemporaryDirectory() as folder, databases.migrated(kind, Path(folder)) as url:
            settings = replace(config.load({"SALON_ENV": "development"}, instance=Path(folder)), database_url=url)
            with create_app(settings).app_context():
                begun = perf_counter()
                checked = read_file(file)
                read = perf_counter()
                import_salon(Actor(Role.OPERATOR, None, "cli"), checked, now=datetime(2026, 11, 23, tzinfo=UTC))
                stored = perf_counter()
                export_salon(operator_actor("amber"))
                print(  # noqa: T201 - a bench talks
                    f"{kind}: {size} appointments, {len(file) / 1e6:.1f} MB: checked {read - begun:.1f} s,"
                    f" stored {stored - read:.1f} s, exported {perf_counter() - stored:.1f} s"
                )
                from salon.db import db

                db.session.remove()
                db.engine.dispose()


if __name__ == "__main__":
    from tests import postgres

    held = postgres.begin_run()
    try:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, databases.KINDS)
    finally:
        postgres.end_run(held)
