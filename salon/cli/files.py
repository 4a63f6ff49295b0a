"""`salon import` and `salon export`: a whole salon from and to a file."""

import os
import sys
import tempfile
from pathlib import Path

import click

from salon import clock
from salon.cli.sentences import Refused
from salon.usecases.accounts import operator_actor
from salon.usecases.salon_file import FileRefused, Imported, export_salon, import_salon, read_file


def import_file(path: str) -> Imported:
    """Import a salon file, all of it or nothing; `-` reads standard input."""
    raw = _read(path)
    try:
        checked = read_file(raw)
        total = len(checked.appointments)
        if not sys.stderr.isatty() or total == 0:
            return import_salon(operator_actor(None), checked, now=clock.now())
        with click.progressbar(length=total, label="Storing appointments", file=sys.stderr) as bar:
            stored = 0

            def progress(done: int, _all: int) -> None:
                nonlocal stored
                bar.update(done - stored)
                stored = done

            return import_salon(operator_actor(None), checked, now=clock.now(), progress=progress)
    except FileRefused as error:
        lines = [f"{path}: {fault.path}: {fault.reason}" for fault in error.faults]
        raise Refused("\n".join(lines)) from error


def _read(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from error


def export_file(slug: str, output: str | None) -> None:
    """Write a salon's file to `output` (whole or not at all, readable by its owner only) or to standard output."""
    written = export_salon(operator_actor(slug))
    if output is None or output == "-":
        sys.stdout.buffer.write(written)
        sys.stdout.buffer.flush()
        return
    target = Path(output)
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".salon-", delete=False) as draft:
            draft.write(written)
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).replace(target)
    except OSError as error:
        raise Refused(f"{output} cannot be written: {error.strerror}.") from error
