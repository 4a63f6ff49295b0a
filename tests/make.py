"""Plain functions that put a salon, people and visits into the test's database; call them inside an app context."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from salon.db import db, enter_founded, transaction
from salon.domain.permissions import Actor, Role
from salon.models import (
    Addon,
    Membership,
    Product,
    Salon,
    Service,
    ServiceAddon,
    Station,
    Technician,
    TechnicianService,
    User,
    WeeklyHours,
)
from salon.usecases.booking import Booked, BookingRequest, book_online
from salon.usecases.clients import Contact
from salon.usecases.diary import Wish

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
FOUNDED = datetime(2026, 1, 1, tzinfo=UTC)
_numbers = iter(range(1, 1_000_000))


@dataclass(frozen=True, slots=True)
class Made:
    """A salon in the database and actors in it. technicians: key to actor."""

    salon_id: int
    slug: str
    public: Actor
    owner: Actor
    receptionist: Actor
    technicians: dict[str, Actor]

    @property
    def mai(self) -> Actor:
        """The first technician, Vietnamese."""
        return self.technicians["mai"]


def make_salon(
    slug: str = "amber", *, technicians: Sequence[str] = ("mai", "olena"), stations: int = 0, **policy: Any
) -> Made:
    """Return a new salon in Berlin, open every day 09:00-18:00, with a manicure, a spa manicure and an oil."""
    with transaction(None, writes=True) as session:
        salon_id = _next_salon_id(session)
        enter_founded(session, salon_id)
        values = {
            "slot_step_minutes": 15,
            "fit": "grid",
            "min_notice_minutes": 120,
            "horizon_days": 60,
            "cancel_notice_minutes": 1440,
            "intake_valid_days": 180,
        } | policy
        session.add(
            Salon(
                id=salon_id,
                slug=slug,
                name="Amber Hands",
                time_zone="Europe/Berlin",
                currency="EUR",
                locales=["en", "es", "vi"],
                country="DE",
                phone="+49 30 1234560",
                emergency_number="112",
                founded_at=FOUNDED,
                **values,
            )
        )
        session.flush()
        services = _menu(session, salon_id, has_stations=bool(stations))
        for number in range(stations):
            session.add(
                Station(
                    salon_id=salon_id,
                    key=f"table-{number + 1}",
                    name=f"Table {number + 1}",
                    kind="manicure_table",
                    position=number,
                )
            )
        ids = {key: _technician(session, salon_id, key, services, n) for n, key in enumerate(technicians)}
        session.flush()
        people = {
            "owner": _member(session, salon_id, Role.OWNER),
            "receptionist": _member(session, salon_id, Role.RECEPTIONIST),
        }
        actors = {key: _member(session, salon_id, Role.TECHNICIAN, ids[key]) for key in technicians}
    return Made(salon_id, slug, Actor(Role.PUBLIC, salon_id, "public"), people["owner"], people["receptionist"], actors)


def _next_salon_id(session: Any) -> int:
    from sqlalchemy import text

    if db.engine.dialect.name == "postgresql":
        return int(session.execute(text("SELECT nextval(pg_get_serial_sequence('salon', 'id'))")).scalar_one())
    return int(session.execute(text("SELECT coalesce(max(id), 0) + 1 FROM salon")).scalar_one())


def _menu(session: Any, salon_id: int, *, has_stations: bool) -> dict[str, int]:
    table = "manicure_table" if has_stations else None
    plain = Service(
        salon_id=salon_id,
        key="classic-manicure",
        name={"en": "Classic manicure", "es": "Manicura clásica"},
        description={"en": "Shaping and polish."},
        category="Manicure",
        duration_minutes=40,
        buffer_before_minutes=0,
        buffer_after_minutes=10,
        price_minor=3000,
        massage_zones=[],
        requires_intake=False,
        minimum_age=0,
        station_kind=table,
        position=1,
    )
    session.add(plain)
    session.flush()
    spa = Service(
        salon_id=salon_id,
        key="spa-manicure",
        name={"en": "Spa manicure with hand massage", "es": "Manicura spa con masaje de manos"},
        description={"en": "Ends with an unhurried massage."},
        category="Manicure with massage",
        duration_minutes=60,
        buffer_before_minutes=0,
        buffer_after_minutes=10,
        price_minor=4500,
        massage_kind="manicure",
        massage_zones=["fingers", "hand", "wrist", "forearm"],
        requires_intake=True,
        minimum_age=0,
        station_kind=table,
        without_massage_id=plain.id,
        position=0,
    )
    bath = Addon(
        salon_id=salon_id,
        key="paraffin-bath",
        name={"en": "Paraffin bath"},
        duration_minutes=15,
        price_minor=1200,
        kind="bath",
        allergens=[],
        position=0,
    )
    session.add_all(
        [
            spa,
            bath,
            Product(salon_id=salon_id, key="almond-oil", name="Almond oil", allergens=["nuts"], position=0),
        ]
    )
    session.flush()
    session.add(ServiceAddon(salon_id=salon_id, service_id=spa.id, addon_id=bath.id, position=0))
    return {"spa-manicure": spa.id, "classic-manicure": plain.id}


def _technician(session: Any, salon_id: int, key: str, services: dict[str, int], position: int) -> int:
    technician = Technician(
        salon_id=salon_id,
        key=key,
        name=key.title(),
        languages=["vi", "en"] if key == "mai" else ["uk", "en"],
        qualifications=[],
        position=position,
    )
    session.add(technician)
    session.flush()
    session.add(
        WeeklyHours(
            salon_id=salon_id,
            technician_id=technician.id,
            kind="hours",
            days=EVERY_DAY,
            from_time="09:00",
            to_time="18:00",
            position=0,
        )
    )
    for place, service_id in enumerate(services.values()):
        session.add(
            TechnicianService(salon_id=salon_id, technician_id=technician.id, service_id=service_id, position=place)
        )
    return int(technician.id)


def _member(session: Any, salon_id: int, role: Role, technician_id: int | None = None) -> Actor:
    user = User(
        email=f"{role.value}{next(_numbers)}@example.org", password=None, active=True, fs_uniquifier=uuid.uuid4().hex
    )
    session.add(user)
    session.flush()
    member = Membership(
        salon_id=salon_id, user_id=user.id, role=role.value, technician_id=technician_id, added_at=FOUNDED
    )
    session.add(member)
    session.flush()
    return Actor(
        role, salon_id, "desk", user_id=user.id, member_id=member.id, technician_id=technician_id, name=user.email
    )


def booking_request(start: datetime, *, service: str = "spa-manicure", **changes: Any) -> BookingRequest:
    """Return a public booking of Inés for this start; change members by name."""
    request = BookingRequest(
        wish=Wish(service), start=start, contact=Contact("Inés García", phone="030 1234567", locale="es")
    )
    return replace(request, **changes)


def make_booking(made: Made, start: datetime, *, now: datetime, **changes: Any) -> Booked:
    """Return a visit booked online through the real use case."""
    return book_online(made.public, booking_request(start, **changes), now=now)


def healthy_answers() -> dict[str, Any]:
    """Return the answers of a client to whom nothing applies, every question of a full intake on the day."""
    from salon.domain.questionnaire import Scope, questions_for

    answers: dict[str, Any] = {"age_band": "18_plus"}
    for question in questions_for(Scope.FULL):
        if question.parent is None and question.link_id != "age_band":
            answers[question.link_id] = [] if question.repeats else "no"
    return answers
