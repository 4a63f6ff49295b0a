"""`salon serve`: the production server, several worker processes of granian."""

import socket

from granian import Granian
from granian.constants import Interfaces

from salon.cli import database
from salon.cli.sentences import Refused


def serve(*, host: str, port: int, workers: int, threads: int) -> None:
    """Serve until stopped. Raises Refused for a database that is not migrated and a port that cannot be had."""
    if not database.is_migrated():
        raise Refused("The database does not have this program's schema: run `salon db upgrade` first.")
    _check_port(host, port)
    Granian(
        "salon:create_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        websockets=False,
    ).serve()


def _check_port(host: str, port: int) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Refused(f"Cannot listen on {host} port {port}: {error.strerror or error}.") from error
