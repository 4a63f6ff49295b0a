"""What every test may ask for: a database of its own, the app on it, the clock, the mail server, a live server."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from config import Settings
from salon import clock as salon_clock
from tests import databases, postgres
from tests.mail import Postbox, mail_server
from tests.servers import LiveServer, live

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # a Monday
_held: list[int] = []

hypothesis_settings.register_profile(
    "default",
    max_examples=100,
    deadline=None,  # two busy cores: a slow example is no fault
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.register_profile("deep", hypothesis_settings.get_profile("default"), max_examples=5_000)
hypothesis_settings.load_profile("deep" if os.environ.get("DEEP") == "1" else "default")


# ---- the run ----


def pytest_configure(config: pytest.Config) -> None:
    """Make the run's folder, once, before there are workers."""
    if not hasattr(config, "workerinput"):
        _held.append(postgres.begin_run())


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the run: PostgreSQL stops and the folder goes."""
    while _held:
        postgres.end_run(_held.pop())


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in which anything was skipped: a check that did not run is not a pass."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


# ---- databases ----


@pytest.fixture(params=databases.KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give a migrated database of this test's own; the test runs once on each kind.

    For one kind only: `pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)`.
    """
    with databases.migrated(request.param, tmp_path) as url:
        yield url


@pytest.fixture(params=databases.KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give an empty database of this test's own, on each kind."""
    with databases.empty(request.param, tmp_path) as url:
        yield url


# ---- the app ----


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Give development's settings on this test's database; `replace(settings, ...)` for others."""
    return Settings(
        environment="development",
        database_url=database_url,
        secret_key="only for tests",
        health_keys=(bytes(range(32)),),
        public_url="http://localhost",
        throttle=False,
        instance=tmp_path / "instance",
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """Give the whole app; no context is pushed, so that each request has its own."""
    from salon import create_app
    from salon.db import db

    made = create_app(settings)
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    """Give the app with its context pushed, for calling use cases directly."""
    with app.app_context():
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a browser without a browser; cookies last for the test."""
    return app.test_client()


@pytest.fixture
def live_server(settings: Settings) -> Iterator[LiveServer]:
    """Give the app served on this machine; PUBLIC_URL is where it is served."""
    with live(settings) as server:
        yield server


# ---- time and mail ----


@dataclass
class Clock:
    """The time as the app sees it."""

    now: datetime = MORNING

    def set(self, instant: datetime) -> None:
        """Move to an instant, which needs an offset."""
        assert instant.tzinfo is not None
        self.now = instant.astimezone(UTC)

    def forward(self, length: timedelta) -> None:
        """Move on."""
        self.now += length


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Stop the app's clock on a Monday at eight (UTC); the test moves it."""
    stopped = Clock()
    monkeypatch.setattr(salon_clock, "now", lambda: stopped.now)
    return stopped


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """Give a real SMTP server; pass `postbox.url` to the settings as smtp_url."""
    with mail_server() as kept:
        yield kept


@pytest.fixture
def mailing_settings(settings: Settings, postbox: Postbox) -> Settings:
    """Give settings whose mail goes to `postbox`."""
    return replace(settings, smtp_url=postbox.url)
