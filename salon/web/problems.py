"""One answer to every error: a page, or application/problem+json (RFC 9457) under /api/."""

from http import HTTPStatus
from typing import Any

import structlog
from apiflask import APIFlask, HTTPError
from flask import Response, g, jsonify, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from salon.crypto import CannotOpen
from salon.domain.errors import InvalidRequest, SalonError, StartRefused, Unavailable
from salon.usecases.boundary import meaning_of
from salon.web.api.shapes import slot_json
from salon.web.messages import field_message, problem_title
from salon.web.shell import error_page

TYPE_BASE = "/problems/"
log = structlog.get_logger()


def is_api() -> bool:
    """Whether the request is for the JSON API."""
    return request.path.startswith("/api/")


def problem(status: int, code: str, title: str, **members: Any) -> Response:
    """Return a problem+json answer."""
    answer = jsonify({"type": TYPE_BASE + code, "title": title, "status": status, **members})
    answer.status_code = status
    answer.content_type = "application/problem+json"
    return answer


def answer_error(error: SalonError) -> Response:
    """Return the page or the problem of a refused request."""
    title = problem_title(error)
    if is_api():
        members: dict[str, Any] = {"detail": title}
        if error.fields:
            members["errors"] = [{"path": path, "message": field_message(code)} for path, code in error.fields]
        if isinstance(error, StartRefused):
            members["alternatives"] = [slot_json(slot) for slot in error.alternatives]
        if error.code == "massage-not-offered":
            members["alternatives"] = [{"service": error.facts["without_massage"]}]
        answer = problem(error.status, error.code, title, **members)
    else:
        answer = error_page(error.status, title)
    if "retry_after_seconds" in error.facts:
        answer.headers["Retry-After"] = str(error.facts["retry_after_seconds"])
    if error.status == HTTPStatus.UNAUTHORIZED and is_api():
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def answer_shape(error: HTTPError) -> Response:
    """Return the problem of a request whose members do not have the right shape, each named by its path."""
    detail = error.detail if isinstance(error.detail, dict) else {}
    faults = [fault for place in detail.values() for fault in _faults(place, "")]
    title = problem_title(InvalidRequest())
    if error.status_code != HTTPStatus.UNPROCESSABLE_ENTITY:
        phrase = HTTPStatus(error.status_code).phrase
        return problem(error.status_code, phrase.lower().replace(" ", "-"), phrase)
    return problem(error.status_code, InvalidRequest.code, title, detail=title, errors=faults)


def _faults(place: Any, path: str) -> list[dict[str, str]]:
    if isinstance(place, dict):
        inner = [(f"{path}.{name}" if path and name != "_schema" else str(name), part) for name, part in place.items()]
        return [fault for name, part in inner for fault in _faults(part, path if name == "_schema" else name)]
    words = place if isinstance(place, list) else [place]
    return [{"path": path, "message": " ".join(str(word) for word in words)}]


def answer_http(error: HTTPException) -> Response:
    """Return the page or the problem of an error that Flask or Werkzeug raised."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if status < HTTPStatus.BAD_REQUEST:
        return error.get_response()  # type: ignore[return-value]
    phrase = HTTPStatus(status).phrase
    answer = problem(status, phrase.lower().replace(" ", "-"), phrase) if is_api() else error_page(status, "")
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after", "www-authenticate"):
            answer.headers[name] = value
    return answer


def answer_database(error: DBAPIError) -> Response:
    """Return 503 for what passes by itself; anything else is our fault and a 500 without details."""
    meaning = meaning_of(error)
    return answer_error(meaning) if isinstance(meaning, SalonError) else answer_unknown(error)


def answer_sealed(_error: CannotOpen) -> Response:
    """Return 503 when sealed answers cannot be opened: nothing is shown rather than something wrong."""
    log.error("sealed value does not open", request_id=g.get("request_id"))
    return answer_error(Unavailable(retry_after_seconds=60))


def answer_unknown(error: Exception) -> Response:
    """Return 500 without details; the log has the kind of error and the request id, never its text."""
    log.error("unexpected error", kind=type(error).__name__, request_id=g.get("request_id"), endpoint=request.endpoint)
    if is_api():
        return problem(500, "internal", HTTPStatus(500).phrase)
    return error_page(500, "")


def register(app: APIFlask) -> None:
    """Answer every error of the app here."""
    app.error_processor(answer_shape)
    app.register_error_handler(SalonError, answer_error)
    app.register_error_handler(CSRFError, answer_csrf)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(DBAPIError, answer_database)
    app.register_error_handler(CannotOpen, answer_sealed)
    if not app.testing and not app.debug:
        app.register_error_handler(Exception, answer_unknown)


def answer_csrf(_error: CSRFError) -> Response:
    """Return 400 with what to do: the page was open too long, or the request came from elsewhere."""
    return error_page(400, _("This page was open for a long time. Go back, reload it and try again."))
