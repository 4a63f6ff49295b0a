"""Loading the demo salons: what is there already stays as it is, so loading twice changes nothing."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from salon.db import transaction
from salon.demo.people import SIGN_INS
from salon.demo.visits import Fortnight
from salon.domain.errors import InvalidRequest
from salon.domain.permissions import Actor, Role
from salon.models import Membership, Technician, Visit
from salon.usecases.accounts import add_member, operator_actor, public_actor
from salon.usecases.salon_file import import_salon, read_file
from salon.usecases.salons import list_salons

FILES = Path(__file__).parent
SLUGS = ("amber", "lotus")
_IMPORTED = "import"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many salons and visits were added."""

    salons: int = 0
    visits: int = 0


def load_salons(password_hash: str, *, now: datetime) -> Loaded:
    """Add the demo salons, their members and visits where they are missing; the caller refuses production."""
    here = {salon.slug for salon in list_salons()}
    visits = 0
    for slug in SLUGS:
        if slug not in here:
            import_salon(operator_actor(None), read_file(_file(slug, now)), now=now - timedelta(days=90))
        _add_members(slug, password_hash, now=now)
        if not _has_visits(slug):
            visits += Fortnight(slug, _actors(slug), now=now).fill()
    return Loaded(len(set(SLUGS) - here), visits)


def _add_members(slug: str, password_hash: str, *, now: datetime) -> None:
    founder = operator_actor(slug)
    for person in SIGN_INS[slug]:
        try:
            add_member(
                founder,
                person.email,
                role=person.role,
                technician=person.technician,
                password_hash=password_hash,
                now=now - timedelta(days=90),
            )
        except InvalidRequest as error:
            if error.fields != (("email", "already_a_member"),):
                raise


def _actors(slug: str) -> dict[str, Actor]:
    """Return who acts in the demo: `public`, `owner`, `receptionist`, and each technician by her key."""
    public = public_actor(slug, source="public")
    with transaction(public.salon_id, writes=False) as session:
        members = session.execute(
            select(Membership.id, Membership.role, Membership.user_id, Membership.technician_id, Technician.key)
            .outerjoin(
                Technician,
                (Technician.salon_id == Membership.salon_id) & (Technician.id == Membership.technician_id),
            )
            .where(Membership.salon_id == public.salon_id)
        ).all()
    found = {"public": public}
    for row in members:
        found[row.key or row.role] = Actor(
            Role(row.role),
            public.salon_id,
            "desk",
            user_id=row.user_id,
            member_id=row.id,
            technician_id=row.technician_id,
        )
    return found


def _has_visits(slug: str) -> bool:
    salon_id = public_actor(slug, source="cli").salon_id
    with transaction(salon_id, writes=False) as session:
        visits = session.execute(
            select(func.count()).select_from(Visit).where(Visit.salon_id == salon_id, Visit.source != _IMPORTED)
        ).scalar_one()
    return bool(visits)


# ---- the file, with its dates around today ----


def _file(slug: str, now: datetime) -> bytes:
    """Return the salon file with closures, days off and two undecided visits around today."""
    document: dict[str, Any] = json.loads((FILES / f"{slug}.json").read_text(encoding="utf-8"))
    zone = ZoneInfo(document["salon"]["time_zone"])
    today = now.astimezone(zone).date()
    away = today + timedelta(days=16)
    document["closures"] = [
        {"from": _wall(away, 0), "to": _wall(away + timedelta(days=1), 0), "reason": "Team day"},
        {
            "from": _wall(today + timedelta(days=31), 0),
            "to": _wall(today + timedelta(days=34), 0),
            "reason": "Holidays",
        },
    ]
    first, second, *_ = document["technicians"]
    first["time_off"] = [{"from": _wall(today + timedelta(days=9), 9), "to": _wall(today + timedelta(days=12), 18)}]
    second["exceptions"] = [
        {"date": (today + timedelta(days=5)).isoformat(), "hours": []},
        {"date": (today + timedelta(days=19)).isoformat(), "hours": [["12:00", "16:00"]]},
    ]
    plain = document["services"][0]["key"]
    document["clients"] = [
        {"key": "friedrich", "name": "Friederike Freifrau von Hohenstein-Lauenburg", "phone": "+49 30 2345676"},
        {"key": "an", "name": "An", "email": "an@example.org", "locale": "vi"},
    ]
    document["appointments"] = [
        _undecided("friedrich", first["key"], plain, today + timedelta(days=6), "requested"),
        _undecided("an", second["key"], plain, today - timedelta(days=2), "declined"),
    ]
    return json.dumps(document).encode()


def _undecided(client: str, technician: str, service: str, on: date, status: str) -> dict[str, Any]:
    return {
        "client": client,
        "technician": technician,
        "service": service,
        "addons": [],
        "start": _wall(on, 12),
        "status": status,
    }


def _wall(on: date, hour: int) -> str:
    return datetime.combine(on, time(hour)).isoformat(timespec="minutes")
