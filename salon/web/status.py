"""/healthz: the process answers; /readyz: the database is there and migrated."""

from flask import Blueprint, Response, jsonify
from sqlalchemy import text

from salon.db import transaction
from salon.web.access import Audience, audience

pages = Blueprint("status", __name__)
HEAD_QUERY = text("SELECT version_num FROM alembic_version")


@pages.get("/healthz")
@audience(Audience.ANYBODY)
def healthz() -> Response:
    """Say that the process answers."""
    return jsonify({"status": "ok"})


@pages.get("/readyz")
@audience(Audience.ANYBODY)
def readyz() -> Response:
    """Say that the database answers and has a schema; a database error becomes 503 in the error handler."""
    with transaction(None, writes=False) as session:
        version = session.execute(HEAD_QUERY).scalar_one()
    return jsonify({"status": "ok", "schema": version})
