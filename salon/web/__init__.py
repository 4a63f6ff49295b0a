"""Everything that speaks HTTP: pages, JSON, errors, headers."""

from flask import Flask


def register(app: Flask) -> None:
    """Add every page, call, error page and header to the app."""
