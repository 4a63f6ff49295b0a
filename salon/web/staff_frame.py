"""What every page of the staff shows: the salon, who is signed in, and the pages that are hers."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from salon.domain.permissions import Permission, Role
from salon.i18n import offer
from salon.usecases.salons import SalonFacts
from salon.web.access import actor
from salon.web.client_frame import frame
from salon.web.shell import show_salon

STAFF_LOCALES = ("en", "es", "vi", "ru", "uk", "pl", "ko")


def role_word(role: Role) -> str:
    """Return a role in words."""
    words = {Role.OWNER: _("owner"), Role.RECEPTIONIST: _("reception"), Role.TECHNICIAN: _("technician")}
    return str(words.get(role, role.value))


def staff_pages(salon: SalonFacts, current: str) -> dict[str, Any]:
    """Return the frame of a desk's or an owner's page; current is the endpoint of the page."""
    show_salon(salon)
    offer(STAFF_LOCALES, own=salon.locales[0])
    who = actor()
    pages = (
        ("desk.day", _("Desk"), Permission.CLIENT_READ),
        ("technician.today", _("My visits"), Permission.CARD_READ),
        ("manage.index", _("Salon"), Permission.SALON_MANAGE),
        ("manage.rules", _("Rules"), Permission.RULES_READ),
    )
    links = [
        {"label": label, "url": url_for(endpoint), "is_current": endpoint == current}
        for endpoint, label, needed in pages
        if who.may(needed)
    ]
    return {
        "salon": frame(salon),
        "staff": {
            "name": who.name or salon.name,
            "role_word": role_word(who.role),
            "sign_out_url": url_for("security.logout"),
            "links": links,
        },
    }
