"""After sign-in: to the page of one's role, or first to the choice of the salon."""

from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, session, url_for
from flask_security import current_user

from salon import clock
from salon.demo import PASSWORD, SIGN_INS
from salon.domain.errors import NotFound, SignInNeeded
from salon.domain.permissions import Role
from salon.i18n import SHIPPED, offer
from salon.usecases import accounts
from salon.web.access import SESSION_IDLE, SESSION_LONGEST, SESSION_TOKEN, Audience, audience
from salon.web.staff_frame import role_word

account = Blueprint("account", __name__)
HOME_OF = {Role.OWNER: "desk.day", Role.RECEPTIONIST: "desk.day", Role.TECHNICIAN: "technician.today"}


def _session() -> tuple[str, int, int | None]:
    token = session.get(SESSION_TOKEN)
    found = token and accounts.session_user(token, now=clock.now(), idle=SESSION_IDLE, longest=SESSION_LONGEST)
    if not token or not found or not current_user.is_authenticated or found[0] != current_user.id:
        raise SignInNeeded
    return token, found[0], found[1]


@account.get("/after-sign-in")
@audience(Audience.ANYBODY)
def after_sign_in() -> Response | str:
    """Go on to the page of the role; with several salons ask first where."""
    _token, user_id, salon_id = _session()
    places = accounts.memberships(user_id)
    if len(places) > 1 and salon_id is None:
        return _choose(places)
    place = next((place for place in places if salon_id in (None, place.salon_id)), None)
    if place is None:
        raise SignInNeeded
    return redirect(url_for(HOME_OF[Role(place.role)]), 303)  # type: ignore[return-value]


@account.get("/choose-salon")
@audience(Audience.ANYBODY)
def choose_salon() -> str:
    """Change to another salon of one's own."""
    return _choose(accounts.memberships(_session()[1]))


@account.post("/choose-salon")
@audience(Audience.ANYBODY)
def chosen() -> Response:
    """Work in this salon from now on. Raises NotFound for one where the user is no member."""
    token, user_id, _before = _session()
    place = next((one for one in accounts.memberships(user_id) if one.slug == request.form.get("salon")), None)
    if place is None:
        raise NotFound
    accounts.choose_salon(token, place.salon_id)
    return redirect(url_for(HOME_OF[Role(place.role)]), 303)  # type: ignore[return-value]


def _choose(places: list[Any]) -> str:
    offer(SHIPPED)
    shown = [
        {
            "salon": place.name,
            "role_word": role_word(Role(place.role)),
            "action": url_for("account.chosen"),
            "values": [("salon", place.slug)],
        }
        for place in places
    ]
    return render_template("account/choose_salon.html", places=shown)


def sign_in_page() -> dict[str, Any]:
    """Return what the sign-in page takes beside the library's form."""
    offer(SHIPPED)
    return {
        "action": url_for("security.login", next=request.args.get("next")),
        "forgot_url": "",
        "salon": None,
        "demo": [] if current_app.extensions["settings"].is_production else _demo(),
    }


def _demo() -> list[dict[str, str]]:
    return [
        {"email": one.email, "password": PASSWORD, "role": f"{slug}: {one.role}"}
        for slug, members in SIGN_INS.items()
        for one in members
    ]
