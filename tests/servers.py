"""The app served for real: in a thread with the test's own clock, or as the production server with its workers."""

import base64
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask
from werkzeug.serving import make_server

from config import Settings
from tests.mail import free_port

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class LiveServer:
    """A served app and where it is."""

    app: Flask
    url: str


@contextmanager
def live(settings: Settings) -> Iterator[LiveServer]:
    """Serve the app from threads of this process: the test's clock is the server's clock."""
    from salon import create_app
    from salon.db import db

    server = make_server("127.0.0.1", 0, Flask("not yet"), threaded=True)
    url = f"http://127.0.0.1:{server.port}"
    app = create_app(replace(settings, public_url=url))
    server.app = app
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield LiveServer(app, url)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()


def environment(settings: Settings) -> dict[str, str]:
    """Return the environment variables that say what these settings say."""
    said = {
        "SALON_ENV": settings.environment,
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "HEALTH_KEYS": ",".join(base64.urlsafe_b64encode(key).decode() for key in settings.health_keys),
        "PUBLIC_URL": settings.public_url,
        "SMTP_URL": settings.smtp_url or "",
        "TRUSTED_PROXIES": str(settings.trusted_proxies),
        "THROTTLE": "on" if settings.throttle else "off",
    }
    return {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "error::ResourceWarning", **said}


def salon_command(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a person would and return what it said."""
    return subprocess.run(
        [Path(sys.executable).with_name("salon"), *arguments],
        env=environment(settings),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def _drain(server: "subprocess.Popen[str]") -> None:
    """Read what the server says until it ends, and close the pipe."""
    assert server.stdout
    with server.stdout:
        server.stdout.read()


@contextmanager
def production_server(settings: Settings, *, workers: int = 2) -> Iterator[str]:
    """Serve with `salon serve` in processes of their own, and give the address once every worker answers."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [Path(sys.executable).with_name("salon"), "serve", "--port", str(port), "--workers", str(workers)],
        env=environment(replace(settings, public_url=url)),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    try:
        assert server.stdout
        for line in server.stdout:
            said.append(line)
            if sum("Started worker" in one for one in said) == workers:
                break
        else:
            raise AssertionError(f"salon serve did not start: {''.join(said)}")
        threading.Thread(target=_drain, args=[server], daemon=True).start()  # a full pipe would stop the server
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)
