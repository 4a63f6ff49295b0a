"""The request's body before any view: read to its end, within the limit, and text that really is text.

Granian closes a connection whose body was not read, so that an early 401 would arrive as a reset. And Werkzeug
turns bytes that are not UTF-8 into other text without a word. Both are settled here, once for every route.
"""

from urllib.parse import unquote_to_bytes

from flask import Flask, current_app, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

FORM = "application/x-www-form-urlencoded"
MOST_DRAINED = 8 * 1024 * 1024
_PIECE = 64 * 1024


def read_body() -> None:
    """Read the whole body. Raises 413 over the limit, 400 for a form or an address that is not UTF-8 or holds NUL."""
    most: int = current_app.config["MAX_CONTENT_LENGTH"]
    if (request.content_length or 0) > most:
        _drain()
        raise RequestEntityTooLarge
    body = request.get_data(cache=True, parse_form_data=False)
    sent = body if request.mimetype == FORM else b""
    for part in (sent, request.query_string, request.environ.get("PATH_INFO", "").encode("latin-1", "replace")):
        _check_text(part)


def _drain() -> None:
    stream, left = request.environ["wsgi.input"], MOST_DRAINED
    while left > 0 and (piece := stream.read(min(_PIECE, left))):
        left -= len(piece)


def _check_text(part: bytes) -> None:
    plain = unquote_to_bytes(part.replace(b"+", b" "))
    try:
        plain.decode()
    except UnicodeDecodeError as error:
        raise BadRequest from error
    if b"\0" in plain:
        raise BadRequest


def register(app: Flask) -> None:
    """Check every request's body before anything else looks at it."""
    app.before_request(read_body)
