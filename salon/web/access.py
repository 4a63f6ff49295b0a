"""Who a request is for: every route names its audience, and gets its Actor in `g` before the view runs.

A route without an audience is refused (and fails a test). The view then calls use cases with `actor()`.
"""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask_security import current_user

from salon import clock
from salon.domain.errors import NotAllowed, SignInNeeded
from salon.domain.permissions import Actor, Role
from salon.usecases import accounts

View = TypeVar("View", bound=Callable[..., Any])
SESSION_TOKEN = "sid"  # noqa: S105 - the name of a cookie member
SESSION_IDLE = timedelta(hours=12)
SESSION_LONGEST = timedelta(days=7)


class Audience(StrEnum):
    """Whom a route is for. `anybody` has no salon; `public` names it in the path as `salon`."""

    ANYBODY = "anybody"
    PUBLIC = "public"
    VISIT_LINK = "visit_link"
    INTAKE_LINK = "intake_link"
    MEMBER = "member"
    BEARER = "bearer"


def audience(name: Audience, *roles: Role) -> Callable[[View], View]:
    """Say whom a view is for; roles narrow a member page to those who have it in their menu."""

    def decorate(view: View) -> View:
        view.audience = name  # type: ignore[attr-defined]
        view.roles = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return decorate


def actor() -> Actor:
    """Return who asks. Only for views whose audience has an actor."""
    found: Actor = g.actor
    return found


def audience_of(app: Flask, endpoint: str) -> Audience | None:
    """Return the audience that an endpoint names, None when it names none."""
    view = app.view_functions[endpoint]
    named: Audience | None = getattr(view, "audience", None)
    return named or _OF_LIBRARIES.get(endpoint.split(".", 1)[0])


# Endpoints that libraries add: files, and Flask-Security's pages, which know nobody's salon.
_OF_LIBRARIES = {"static": Audience.ANYBODY, "security": Audience.ANYBODY}


def find_actor() -> Response | None:
    """Put the actor into `g` before the view; refuse a route that names no audience."""
    if request.endpoint is None:
        return None
    named = audience_of(current_app, request.endpoint)
    if named is None:
        raise NotAllowed
    arguments = request.view_args or {}
    now = clock.now()
    if named is Audience.PUBLIC:
        source = "api" if request.blueprint == "api" else "public"
        g.actor = accounts.public_actor(arguments["salon"], source=source)
    elif named in (Audience.VISIT_LINK, Audience.INTAKE_LINK):
        g.actor = accounts.link_actor(arguments["token"], named.removesuffix("_link"), now=now)
    elif named is Audience.BEARER:
        g.actor = accounts.token_actor(_bearer())
    elif named is Audience.MEMBER:
        return _find_member()
    return None


def _bearer() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise SignInNeeded
    return token.strip()


def _find_member() -> Response | None:
    known = signed_in()
    if known is None:
        if request.method == "GET":
            return redirect(url_for("security.login", next=request.full_path.rstrip("?")))  # type: ignore[return-value]
        raise SignInNeeded
    user_id, salon_id = known
    g.actor = accounts.member_actor(user_id, salon_id)
    roles: frozenset[Role] = getattr(current_app.view_functions[request.endpoint or ""], "roles", frozenset())
    if roles and g.actor.role not in roles and not (Role.TECHNICIAN in roles and g.actor.technician_id):
        raise NotAllowed
    return None


def signed_in() -> tuple[int, int | None] | None:
    """Return (user_id, chosen salon_id) of this browser's live session: the server's row decides, not the cookie."""
    token = session.get(SESSION_TOKEN)
    if not token or not current_user.is_authenticated:
        return None
    known = accounts.session_user(token, now=clock.now(), idle=SESSION_IDLE, longest=SESSION_LONGEST)
    return known if known and known[0] == current_user.id else None


def client_address() -> str:
    """Return the address that the request came from; forwarded ones only from trusted proxies."""
    return request.remote_addr or ""
