"""Which first parts of a path no salon may have as its address."""

from flask import current_app, has_app_context

# The program's own pages, and those that the contract and the plans name for later; the routes themselves count too.
REFUSED_SLUGS = frozenset(
    {
        *("account", "api", "appointments", "calendar", "clients", "desk", "docs", "healthz", "help", "intake"),
        *("language", "manage", "messages", "metrics", "owner", "privacy", "readyz", "reports", "reset", "sign-in"),
        *("sign-out", "static", "team", "today", "visit", "visits", "waitlist"),
    }
)


def is_refused_slug(slug: str) -> bool:
    """Return whether a slug is the first part of another page's path."""
    return slug in REFUSED_SLUGS or slug in _first_parts()


def _first_parts() -> set[str]:
    if not has_app_context():
        return set()
    return {rule.rule.split("/")[1] for rule in current_app.url_map.iter_rules()}
