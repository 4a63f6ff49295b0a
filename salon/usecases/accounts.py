"""Who is asking: actors from a salon's address, a link, a token or a sign-in; members and tokens.

The functions that return an Actor run before there is one, so they are no use cases: each reads by a
secret (or a public slug) through one of the named acts across salons.
"""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from salon.db import transaction
from salon.domain.errors import InvalidRequest, NotFound, SignInNeeded
from salon.domain.permissions import MEMBER_ROLES, Actor, Permission, Role
from salon.models import ApiToken, Appointment, Link, Membership, SignedInSession, Technician, User
from salon.models.across import MemberOf, memberships_of, salon_by_slug, salon_of_link, salon_of_token
from salon.usecases.audit import record_act
from salon.usecases.boundary import use_case

VISIT_LINK_LIVES_AFTER = timedelta(days=30)
_TOKEN_BYTES = 24  # 192 random bits
_LINK_ROLES = {"visit": Role.VISIT_LINK, "intake": Role.INTAKE_LINK}


def new_token() -> str:
    """Return a fresh secret for a link or a bearer token."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_hash(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def public_actor(slug: str, *, source: str) -> Actor:
    """Return the actor of somebody who never signed in. Raises NotFound when there is no such salon."""
    with transaction(None, writes=False) as session:
        salon_id = salon_by_slug(session, slug)
    if salon_id is None:
        raise NotFound
    return Actor(Role.PUBLIC, salon_id, source)


def link_actor(token: str, kind: str, *, now: datetime, source: str = "link") -> Actor:
    """Return the actor who holds a live link of this kind (`visit` or `intake`).

    A visit link lives until 30 days after the visit, an intake link until its end (contract.md 4).
    Raises NotFound alike for unknown, ended and other kinds of link.
    """
    hashed = token_hash(token)
    with transaction(None, writes=False) as session:
        salon_id = salon_of_link(session, hashed)
    if salon_id is None:
        raise NotFound
    with transaction(salon_id, writes=False) as session:
        link = session.execute(
            select(Link.id, Link.visit_id, func.max(Appointment.ends_at).label("ends_at"))
            .join(Appointment, (Appointment.salon_id == Link.salon_id) & (Appointment.visit_id == Link.visit_id))
            .where(Link.salon_id == salon_id, Link.token_hash == hashed, Link.kind == kind, Link.ended_at.is_(None))
            .group_by(Link.id, Link.visit_id)
        ).one_or_none()
    lives_after = VISIT_LINK_LIVES_AFTER if kind == "visit" else timedelta(0)
    if link is None or now >= link.ends_at + lives_after:
        raise NotFound
    return Actor(_LINK_ROLES[kind], salon_id, source, visit_id=link.visit_id, link_id=link.id)


def token_actor(bearer: str) -> Actor:
    """Return the member whom an API token belongs to. Raises SignInNeeded when it is not known or ended."""
    hashed = token_hash(bearer)
    with transaction(None, writes=False) as session:
        salon_id = salon_of_token(session, hashed)
    if salon_id is None:
        raise SignInNeeded
    with transaction(salon_id, writes=False) as session:
        row = session.execute(
            select(Membership.id, Membership.role, Membership.technician_id, Membership.user_id, User.email)
            .join(ApiToken, (ApiToken.salon_id == Membership.salon_id) & (ApiToken.member_id == Membership.id))
            .join(User, User.id == Membership.user_id)
            .where(
                ApiToken.salon_id == salon_id,
                ApiToken.token_hash == hashed,
                ApiToken.ended_at.is_(None),
                Membership.ended_at.is_(None),
                User.active.is_(True),
            )
        ).one_or_none()
    if row is None:
        raise SignInNeeded
    return Actor(
        Role(row.role),
        salon_id,
        "api",
        user_id=row.user_id,
        member_id=row.id,
        technician_id=row.technician_id,
        name=row.email,
    )


def memberships(user_id: int) -> list[MemberOf]:
    """Return where the user is a member, by the salon's name."""
    with transaction(None, writes=False) as session:
        return memberships_of(session, user_id)


def member_actor(user_id: int, salon_id: int | None, *, source: str = "desk") -> Actor:
    """Return the signed-in user as a member of the chosen salon, or of the first one.

    Raises NotAllowed-like SignInNeeded when the user is a member nowhere (or not there any more).
    """
    found = memberships(user_id)
    member = next((one for one in found if salon_id in (None, one.salon_id)), None)
    if member is None:
        raise SignInNeeded
    return Actor(
        Role(member.role),
        member.salon_id,
        source,
        user_id=user_id,
        member_id=member.member_id,
        technician_id=member.technician_id,
    )


def begin_session(user_id: int, *, now: datetime) -> str:
    """Return the token of a new signed-in session; only its hash is kept."""
    token = new_token()
    with transaction(None, writes=True) as session:
        session.execute(
            insert(SignedInSession).values(user_id=user_id, token_hash=token_hash(token), started_at=now, seen_at=now)
        )
    return token


def session_user(token: str, *, now: datetime, idle: timedelta, longest: timedelta) -> tuple[int, int | None] | None:
    """Return (user_id, chosen salon_id) of a live session, or None when it ended, idled out or got too old."""
    with transaction(None, writes=False) as session:
        row = session.execute(
            select(SignedInSession).where(
                SignedInSession.token_hash == token_hash(token), SignedInSession.ended_at.is_(None)
            )
        ).scalar_one_or_none()
        if row is None or now - row.seen_at > idle or now - row.started_at > longest:
            return None
        seen_at, found = row.seen_at, (row.user_id, row.salon_id)
    if now - seen_at > timedelta(minutes=1):  # once a minute is enough for an idle limit, and keeps reads reads
        _change_session(token, seen_at=now)
    return found


def choose_salon(token: str, salon_id: int) -> None:
    """Remember the salon that this browser works in."""
    _change_session(token, salon_id=salon_id)


def end_session(token: str, *, now: datetime) -> None:
    """End one signed-in session; its cookie is worth nothing from now on."""
    _change_session(token, ended_at=now)


def end_sessions_of(user_id: int, *, now: datetime) -> None:
    """End every session of a user (password change, dismissal)."""
    with transaction(None, writes=True) as session:
        session.execute(
            update(SignedInSession)
            .where(SignedInSession.user_id == user_id, SignedInSession.ended_at.is_(None))
            .values(ended_at=now)
        )


def _change_session(token: str, **values: object) -> None:
    with transaction(None, writes=True) as session:
        session.execute(update(SignedInSession).where(SignedInSession.token_hash == token_hash(token)).values(**values))


def operator_actor(slug: str | None) -> Actor:
    """Return the command line as an actor in a salon (None while it founds one). Raises NotFound."""
    if slug is None:
        return Actor(Role.OPERATOR, None, "cli")
    return Actor(Role.OPERATOR, public_actor(slug, source="cli").salon_id, "cli")


@use_case(Permission.MEMBER_ADD, writes=True)
def add_member(
    session: Session,
    actor: Actor,
    email: str,
    *,
    role: str,
    technician: str | None,
    password_hash: str | None,
    now: datetime,
) -> int:
    """Make a person a member of the actor's salon and return the membership's id.

    A known e-mail keeps its user and password and gets the membership; technician is her key in the team.
    Raises InvalidRequest (role, technician, email, password) when a part is wrong or missing.
    """
    if role not in {known.value for known in MEMBER_ROLES}:
        raise InvalidRequest(("role", "unknown"))
    technician_id = None
    if technician is not None:
        technician_id = session.execute(
            select(Technician.id).where(Technician.salon_id == actor.salon_id, Technician.key == technician)
        ).scalar_one_or_none()
        if technician_id is None:
            raise InvalidRequest(("technician", "unknown"))
    elif role == Role.TECHNICIAN:
        raise InvalidRequest(("technician", "required"))
    user_id = session.execute(select(User.id).where(User.email == email)).scalar_one_or_none()
    if user_id is None:
        if password_hash is None:
            raise InvalidRequest(("password", "required"))
        user = User(email=email, password=password_hash, active=True, fs_uniquifier=uuid.uuid4().hex)
        session.add(user)
        session.flush()
        user_id = user.id
    known = session.execute(
        select(Membership.id).where(Membership.salon_id == actor.salon_id, Membership.user_id == user_id)
    ).scalar_one_or_none()
    if known is not None:
        raise InvalidRequest(("email", "already_a_member"))
    member = Membership(salon_id=actor.salon_id, user_id=user_id, role=role, technician_id=technician_id, added_at=now)
    session.add(member)
    session.flush()
    record_act(session, actor, "member_added", str(member.id), now=now, role=role)
    return member.id


@use_case(Permission.TOKEN_CREATE, writes=True)
def create_token(session: Session, actor: Actor, email: str, *, name: str, now: datetime) -> str:
    """Return a new bearer token of the member with this e-mail; it is shown once, only its hash is kept.

    Raises InvalidRequest (email) when nobody with it is a member of the salon.
    """
    member_id = session.execute(
        select(Membership.id)
        .join(User, User.id == Membership.user_id)
        .where(Membership.salon_id == actor.salon_id, User.email == email, Membership.ended_at.is_(None))
    ).scalar_one_or_none()
    if member_id is None:
        raise InvalidRequest(("email", "not_a_member"))
    token = new_token()
    session.execute(
        insert(ApiToken).values(
            salon_id=actor.salon_id, member_id=member_id, name=name, token_hash=token_hash(token), created_at=now
        )
    )
    record_act(session, actor, "token_created", str(member_id), now=now, name=name)
    return token
