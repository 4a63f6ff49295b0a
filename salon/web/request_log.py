"""One structured line per request: endpoint, status, milliseconds, request id. Never a path: links stand in paths."""

import logging
import time

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    log.info(
        "request",
        method=request.method,
        endpoint=request.endpoint or "none",
        status=response.status_code,
        ms=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
        request_id=g.get("request_id"),
    )
    return response


def register(app: Flask, *, as_json: bool) -> None:
    """Log requests; one JSON object a line in production, columns in development."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    app.before_request(_begin)
    app.after_request(_end)
