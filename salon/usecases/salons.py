"""Reading a salon: its public facts, policy and opening hours."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from salon.db import transaction
from salon.domain.permissions import Actor, Permission
from salon.models import Salon
from salon.models.across import SalonListed, salons_listed
from salon.usecases.boundary import use_case


@dataclass(frozen=True, slots=True)
class Policy:
    """The salon's rules of booking; lengths in the unit of their name."""

    slot_step_min: int
    fit: str
    min_notice_min: int
    horizon_days: int
    cancel_notice_min: int
    intake_valid_days: int


@dataclass(frozen=True, slots=True)
class SalonFacts:
    """What anybody may know of a salon; absent contact members are None."""

    id: int
    slug: str
    name: str
    time_zone: str
    currency: str
    locales: tuple[str, ...]
    country: str | None
    street: str | None
    postcode: str | None
    city: str | None
    phone: str | None
    email: str | None
    emergency_number: str | None
    accent: str | None
    logo_text: str | None
    policy: Policy

    @property
    def zone(self) -> ZoneInfo:
        """The salon's time zone."""
        return ZoneInfo(self.time_zone)

    def local_date(self, at: datetime) -> date:
        """Return the date on the salon's wall."""
        return at.astimezone(self.zone).date()

    def bounds(self, first: date, last: date) -> tuple[datetime, datetime]:
        """Return the instants at which local date `first` begins and `last` has ended."""
        return (
            datetime.combine(first, time(), self.zone),
            datetime.combine(last + timedelta(days=1), time(), self.zone),
        )


def zone_of(name: str) -> ZoneInfo:
    """Return a zone by its name."""
    return ZoneInfo(name)


def facts_of(session: Session, salon_id: int | None) -> SalonFacts:
    """Return the salon's facts inside an open transaction."""
    row = session.execute(select(Salon.__table__).where(Salon.id == salon_id)).one()
    return SalonFacts(
        **{name: getattr(row, name) for name in SalonFacts.__dataclass_fields__ if name not in ("policy", "locales")},
        locales=tuple(row.locales),
        policy=Policy(
            slot_step_min=row.slot_step_minutes,
            fit=row.fit,
            min_notice_min=row.min_notice_minutes,
            horizon_days=row.horizon_days,
            cancel_notice_min=row.cancel_notice_minutes,
            intake_valid_days=row.intake_valid_days,
        ),
    )


@use_case(Permission.MENU_READ, writes=False)
def read_salon(session: Session, actor: Actor) -> SalonFacts:
    """Return what anybody may know of the actor's salon."""
    return facts_of(session, actor.salon_id)


def list_salons() -> list[SalonListed]:
    """Return every salon on this installation, by name; the one page without a salon."""
    with transaction(None, writes=False) as session:
        return salons_listed(session)
