"""Which first parts of a path no salon may have as its address."""

from flask import current_app

# The program's own pages today and those that the contract names for later; the rest comes from the routes themselves.
REFUSED_SLUGS = frozenset(
    "about account admin api appointments assets audit book calendar clients day demo desk docs favicon.ico find"
    " healthz help home import export imprint intake language login logout manage messages metrics owner password"
    " privacy profile public readyz reports reset robots.txt salon salons security settings sign-in sign-out sign-up"
    " static status team technician today verify visit visits waitlist webhooks well-known".split()
)


def is_refused_slug(slug: str) -> bool:
    """Return whether a slug is the first part of another page's path."""
    routes = {rule.rule.split("/")[1] for rule in current_app.url_map.iter_rules()} if current_app else set()
    return slug in REFUSED_SLUGS or slug in routes
