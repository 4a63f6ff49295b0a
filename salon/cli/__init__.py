"""The command line, `salon`: each command, what it says and its exit code (contract.md 3)."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask import current_app

from config import ConfigurationError
from salon import create_app
from salon.cli import database, files, people, sending, server
from salon.cli.checks import checks
from salon.cli.demo import load_demo
from salon.cli.sentences import REFUSED, sentence
from salon.db import db

USAGE = 2
DEFAULT_PORT = 8000


def in_app(command: Callable[..., Any]) -> Callable[..., Any]:
    """Run a command inside the app of this environment's settings, and let go of its database afterwards."""

    @wraps(command)
    def entered(*args: Any, **kwargs: Any) -> Any:
        with create_app().app_context():
            try:
                return command(*args, **kwargs)
            finally:
                db.session.remove()
                db.engine.dispose()

    return entered


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Booking, menu and intake safety for nail salons."""


@commands.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=DEFAULT_PORT, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes.")
@click.option("--threads", type=click.IntRange(1, 64), default=4, show_default=True, help="Threads of each process.")
@in_app
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the salons of this database. Migrates nothing."""
    server.serve(host=host, port=port, workers=workers, threads=threads)


@commands.command("try", hidden=True)
@click.option("--host", default="127.0.0.1")
@click.option("--port", type=click.IntRange(1, 65535), default=DEFAULT_PORT)
@in_app
def try_here(host: str, port: int) -> None:
    """Migrate, load the demo and serve in one process: what `make run` does, so that a second run is quick."""
    if not database.is_migrated():
        database.upgrade()
    click.echo(load_demo())
    click.echo(f"Salon: {current_app.extensions['settings'].public_url}   (Ctrl+C stops it)")
    db.session.remove()
    db.engine.dispose()
    server.serve(host=host, port=port, workers=2, threads=4)


@commands.group("db")
def database_commands() -> None:
    """The database's schema."""


@database_commands.command()
@in_app
def upgrade() -> None:
    """Bring the schema to head (SQLite and PostgreSQL)."""
    database.upgrade()


@commands.command()
@in_app
def demo() -> None:
    """Load the demo salons; a second time changes nothing. Refused in production."""
    click.echo(load_demo())


@commands.command("import")
@click.argument("file")
@in_app
def import_command(file: str) -> None:
    """Found a salon from a salon FILE ("-" is standard input), all of it or nothing."""
    stored = files.import_file(file)
    click.echo(f"{stored.slug}: {stored.clients} clients and {stored.appointments} appointments imported.")


@commands.command("export")
@click.argument("slug")
@click.option("-o", "--output", help="The file to write; standard output without it.")
@in_app
def export_command(slug: str, output: str | None) -> None:
    """Write the salon SLUG as a salon file."""
    files.export_file(slug, output)


@commands.group()
def user() -> None:
    """People who sign in."""


@user.command("add")
@click.argument("email")
@click.option("--salon", required=True, help="The salon's address (slug).")
@click.option("--role", required=True, type=click.Choice(["owner", "receptionist", "technician"]))
@click.option("--technician", help="Her key in the team; a technician needs it.")
@click.option("--password-stdin", "from_stdin", is_flag=True, help="Read the password from standard input.")
@in_app
def add_user(email: str, salon: str, role: str, technician: str | None, from_stdin: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Make EMAIL a member of a salon; a known e-mail keeps its password."""
    people.add_user(email, salon=salon, role=role, technician=technician, from_stdin=from_stdin)


@commands.group()
def token() -> None:
    """API tokens."""


@token.command("create")
@click.argument("email")
@click.option("--salon", required=True, help="The salon's address (slug).")
@click.option("--name", required=True, help="What it is for.")
@in_app
def create_token(email: str, salon: str, name: str) -> None:
    """Print a bearer token of the member EMAIL, alone and this once."""
    click.echo(people.create_token(email, salon=salon, name=name))


@commands.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@in_app
def worker(once: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Send what is due in the outbox; run retention and clean-up. Any number may run side by side."""
    if once:
        click.echo(told(sending.run_once()))
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    sending.run(stop, lambda tally: click.echo(told(tally)) if tally.sent or tally.put_off or tally.given_up else None)


def told(tally: Any) -> str:
    """Return what a round of the worker did."""
    if tally.waiting:
        return f"{tally.waiting} messages wait: SMTP_URL is not set."
    return f"{tally.sent} sent, {tally.put_off} put off, {tally.given_up} given up."


@commands.command()
def check() -> None:
    """Check configuration, database, migrations, durability, keys and mail: one line each."""
    try:
        is_right = _checked()
    except ConfigurationError as error:
        click.echo(f"wrong  configuration: {error}")
        is_right = False
    if not is_right:
        raise SystemExit(REFUSED)


@in_app
def _checked() -> bool:

    found = list(checks())
    for line in found:
        click.echo(str(line))
    return all(line.is_right for line in found)


def main() -> None:
    """Run one command: what is refused is one sentence on stderr and exit code 1, wrong usage 2."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s")
    try:
        outcome = commands(prog_name="salon", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        _end(error.format_message(), USAGE)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "salon"
        words = " ".join(error.format_message().split()).rstrip(".")
        _end(f"{words}. Try `{path} --help`.", USAGE)
    except (click.Abort, KeyboardInterrupt):
        _end("Stopped.", REFUSED)
    except click.ClickException as error:
        _end(error.format_message(), REFUSED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads on: Python must not complain
        raise SystemExit(REFUSED) from None
    except Exception as error:  # noqa: BLE001 - a person at a terminal gets a sentence, never a traceback
        _end(sentence(error), REFUSED)
    else:
        raise SystemExit(outcome if isinstance(outcome, int) else 0)


def _end(words: str, code: int) -> None:
    click.echo(words, err=True)
    raise SystemExit(code)


__all__ = ["commands", "main"]
