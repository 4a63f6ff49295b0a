"""The blueprint of the desk's pages, and the safety words that reception may see: one neutral action."""

from flask import Blueprint

from salon.domain.permissions import Role
from salon.i18n import language
from salon.safety_texts import text

desk = Blueprint("desk", __name__, url_prefix="/desk")
DESK_ROLES = (Role.RECEPTIONIST, Role.OWNER)


def action_shown(action: str) -> dict[str, str]:
    """Return the neutral action word with its code, which the page turns into a shape."""
    return {"code": action, "text": text(f"action.{action}", language())}
