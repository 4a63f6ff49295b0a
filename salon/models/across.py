"""The few reads and claims across salons, each one named.

On PostgreSQL they are SECURITY DEFINER functions (migrations/walls.py), since row-level security
shows the app one salon at a time; on SQLite the same question as plain SQL.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from salon.db import Moment


@dataclass(frozen=True, slots=True)
class SalonListed:
    """A salon on the home page; locales as the salon file has them."""

    id: int
    slug: str
    name: str
    city: str | None
    time_zone: str


@dataclass(frozen=True, slots=True)
class MemberOf:
    """One membership of a signed-in user."""

    salon_id: int
    slug: str
    name: str
    member_id: int
    role: str
    technician_id: int | None


def _rows(session: Session, on_postgresql: str, on_sqlite: str, **values: Any) -> list[Any]:
    dialect = session.get_bind().dialect.name
    statement = text(on_postgresql if dialect == "postgresql" else on_sqlite)
    moments = [bindparam(name, type_=Moment()) for name, value in values.items() if isinstance(value, datetime)]
    return list(session.execute(statement.bindparams(*moments), values))


def salons_listed(session: Session) -> list[SalonListed]:
    """Return every salon, by name."""
    return [
        SalonListed(*row)
        for row in _rows(
            session,
            "SELECT id, slug, name, city, time_zone FROM salons_listed()",
            "SELECT id, slug, name, city, time_zone FROM salon ORDER BY name, slug",
        )
    ]


def salon_by_slug(session: Session, slug: str) -> int | None:
    """Return the salon's id."""
    return _one(session, "SELECT salon_by_slug(:key)", "SELECT id FROM salon WHERE slug = :key", slug)


def salon_of_link(session: Session, token_hash: str) -> int | None:
    """Return the salon whose client holds the link."""
    return _one(session, "SELECT salon_of_link(:key)", "SELECT salon_id FROM link WHERE token_hash = :key", token_hash)


def salon_of_token(session: Session, token_hash: str) -> int | None:
    """Return the salon of a live API token."""
    return _one(
        session,
        "SELECT salon_of_token(:key)",
        "SELECT salon_id FROM api_token WHERE token_hash = :key AND ended_at IS NULL",
        token_hash,
    )


def _one(session: Session, on_postgresql: str, on_sqlite: str, key: str) -> int | None:
    rows = _rows(session, on_postgresql, on_sqlite, key=key)
    return rows[0][0] if rows else None


def memberships_of(session: Session, user_id: int) -> list[MemberOf]:
    """Return where the user is a member, by the salon's name."""
    found = _rows(
        session,
        "SELECT salon_id, slug, name, member_id, role, technician_id FROM memberships_of(:user)",
        "SELECT m.salon_id, s.slug, s.name, m.id, m.role, m.technician_id FROM membership m"
        " JOIN salon s ON s.id = m.salon_id WHERE m.user_id = :user AND m.ended_at IS NULL ORDER BY s.name, s.id",
        user=user_id,
    )
    return [MemberOf(*row) for row in found]


def claim_messages(session: Session, now: datetime, leased_until: datetime, most: int) -> list[tuple[int, int]]:
    """Lease due messages to this worker and return their (salon_id, id); no other worker gets them meanwhile."""
    found = _rows(
        session,
        "SELECT salon_id, id FROM claim_messages(:now, :until, CAST(:most AS integer))",
        "UPDATE outbox_message SET leased_until = :until, tries = tries + 1"
        " WHERE id IN (SELECT id FROM outbox_message WHERE sent_at IS NULL AND given_up_at IS NULL AND due_at <= :now"
        " AND (leased_until IS NULL OR leased_until <= :now) ORDER BY due_at, id LIMIT :most) RETURNING salon_id, id",
        now=now,
        until=leased_until,
        most=most,
    )
    return [(row[0], row[1]) for row in found]
