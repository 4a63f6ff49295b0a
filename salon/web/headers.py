"""Headers on every answer, error pages too: nothing inline, no third party, nothing private kept."""

import secrets

from flask import Flask, Response, g, request

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
FIXED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
ONE_YEAR = 31_536_000


def number_request() -> None:
    """Give the request an id that logs and error pages share."""
    g.request_id = secrets.token_hex(8)


def add_headers(response: Response) -> Response:
    """Return the answer with its headers; what may be kept by caches says so itself."""
    for name, value in FIXED.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-Id"] = g.get("request_id", "")
    if request.endpoint == "static":
        if request.args.get("v"):
            response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    elif not response.cache_control.max_age:
        response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"
    return response


def register(app: Flask) -> None:
    """Add the headers to every answer of the app."""
    app.before_request(number_request)
    app.after_request(add_headers)
