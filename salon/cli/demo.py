"""`salon demo`: the demo salons and their sign-ins, never in production."""

from flask import current_app
from flask_security.utils import hash_password

from config import Settings
from salon import clock
from salon.cli.sentences import Refused
from salon.demo import PASSWORD, SIGN_INS, load_salons


def load_demo() -> str:
    """Load what is not there yet and return the sign-ins. Raises Refused in production."""
    settings: Settings = current_app.extensions["settings"]
    if settings.is_production:
        raise Refused("The demo has sign-ins that everybody knows: it is refused in production.")
    load_salons(hash_password(PASSWORD), now=clock.now())
    lines = [f"Demo sign-ins at {settings.public_url}/sign-in, password {PASSWORD}:"]
    for slug, people in SIGN_INS.items():
        lines += [f"  {slug:<6} {person.role:<13} {person.email}" for person in people]
    return "\n".join(lines)
