"""Reading the menu: services with add-ons and who does them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from salon.domain.permissions import Actor, Permission
from salon.models import Addon, Service, ServiceAddon, Technician, TechnicianService
from salon.usecases.boundary import use_case

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MenuAddon:
    """An add-on as the menu shows it; name by locale, price in minor units."""

    key: str
    name: Texts
    duration_min: int
    price_minor: int
    kind: str | None


@dataclass(frozen=True, slots=True)
class MenuTechnician:
    """Who does a service; her own length and price where they differ."""

    key: str
    name: str
    languages: tuple[str, ...]
    duration_min: int
    price_minor: int


@dataclass(frozen=True, slots=True)
class MenuService:
    """A line on the menu; name and description by locale, massage_kind None without massage."""

    key: str
    name: Texts
    description: Texts
    category: str
    duration_min: int
    price_minor: int
    massage_kind: str | None
    massage_zones: tuple[str, ...]
    requires_intake: bool
    minimum_age: int
    without_massage: str | None
    addons: tuple[MenuAddon, ...]
    technicians: tuple[MenuTechnician, ...]


def _addons_by_service(session: Session, salon_id: int | None) -> dict[int, list[MenuAddon]]:
    rows = session.execute(
        select(ServiceAddon.service_id, Addon.key, Addon.name, Addon.duration_minutes, Addon.price_minor, Addon.kind)
        .join(Addon, (Addon.salon_id == ServiceAddon.salon_id) & (Addon.id == ServiceAddon.addon_id))
        .where(ServiceAddon.salon_id == salon_id)
        .order_by(ServiceAddon.service_id, ServiceAddon.position)
    )
    found: dict[int, list[MenuAddon]] = defaultdict(list)
    for row in rows:
        found[row.service_id].append(MenuAddon(row.key, row.name, row.duration_minutes, row.price_minor, row.kind))
    return found


def _technicians_by_service(session: Session, salon_id: int | None) -> dict[int, list[MenuTechnician]]:
    rows = session.execute(
        select(
            TechnicianService.service_id,
            Technician.key,
            Technician.name,
            Technician.languages,
            TechnicianService.duration_minutes,
            TechnicianService.price_minor,
            Service.duration_minutes.label("menu_minutes"),
            Service.price_minor.label("menu_price"),
        )
        .join(
            Technician,
            (Technician.salon_id == TechnicianService.salon_id) & (Technician.id == TechnicianService.technician_id),
        )
        .join(Service, (Service.salon_id == TechnicianService.salon_id) & (Service.id == TechnicianService.service_id))
        .where(TechnicianService.salon_id == salon_id, Technician.left_at.is_(None))
        .order_by(Technician.key)
    )
    found: dict[int, list[MenuTechnician]] = defaultdict(list)
    for row in rows:
        found[row.service_id].append(
            MenuTechnician(
                key=row.key,
                name=row.name,
                languages=tuple(row.languages),
                duration_min=row.menu_minutes if row.duration_minutes is None else row.duration_minutes,
                price_minor=row.menu_price if row.price_minor is None else row.price_minor,
            )
        )
    return found


@use_case(Permission.MENU_READ, writes=False)
def read_menu(session: Session, actor: Actor) -> tuple[MenuService, ...]:
    """Return the salon's bookable services in menu order (never `medical`: it is not bookable here)."""
    addons = _addons_by_service(session, actor.salon_id)
    technicians = _technicians_by_service(session, actor.salon_id)
    rows = session.execute(select(Service).where(Service.salon_id == actor.salon_id).order_by(Service.position))
    services = list(rows.scalars())
    key_of = {service.id: service.key for service in services}
    return tuple(
        MenuService(
            key=service.key,
            name=service.name,
            description=service.description,
            category=service.category,
            duration_min=service.duration_minutes,
            price_minor=service.price_minor,
            massage_kind=service.massage_kind,
            massage_zones=tuple(service.massage_zones),
            requires_intake=service.requires_intake,
            minimum_age=service.minimum_age,
            without_massage=key_of.get(service.without_massage_id or 0),
            addons=tuple(addons[service.id]),
            technicians=tuple(technicians[service.id]),
        )
        for service in services
        if service.massage_kind != "medical"
    )
