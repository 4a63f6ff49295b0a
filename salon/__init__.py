"""Salon: booking, menu and intake safety for nail salons. create_app() is the only module that knows all parts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from apiflask import APIFlask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

import config
import salon.models  # noqa: F401 - registers every table
from salon import web
from salon.crypto import KeyRing
from salon.db import db

if TYPE_CHECKING:
    from config import Settings

MOST_BODY_BYTES = 256 * 1024


def create_app(settings: Settings | None = None) -> APIFlask:
    """Return the WSGI application for these settings (default: the environment's)."""
    settings = settings or config.load()
    app = APIFlask(__name__, title="Salon", version="1", spec_path=None, docs_path=None)
    app.security_schemes = {"bearer": {"type": "http", "scheme": "bearer"}}
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        MAX_CONTENT_LENGTH=MOST_BODY_BYTES,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        OPENAPI_VERSION="3.1.0",
    )
    app.extensions["settings"] = settings
    app.extensions["key_ring"] = KeyRing(settings.health_keys)
    db.init_app(app)
    Migrate(app, db, directory=str(config.ROOT / "migrations"))
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
    web.register(app)
    return app


__all__ = ["create_app"]
