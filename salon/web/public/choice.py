"""What a client has chosen so far in a booking: it travels in the address, never who she is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from salon.domain.errors import NotFound
from salon.domain.time import BadTime, instant_text, parse_date, parse_instant
from salon.usecases.diary import Wish
from salon.usecases.menu import MenuService, MenuTechnician
from salon.usecases.salons import SalonFacts

ANYONE = "anyone"
Address = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The steps of a booking that are settled; None and empty where a step is still open."""

    salon: SalonFacts
    menu: tuple[MenuService, ...]
    service: MenuService | None = None
    addons: tuple[str, ...] = ()
    has_addons: bool = False
    technician: str | None = None
    start: datetime | None = None
    day: date | None = None

    @property
    def wish(self) -> Wish:
        """The wish as the engine takes it."""
        technician = None if self.technician in (None, ANYONE) else self.technician
        return Wish(self.service.key if self.service else "", self.addons, technician)

    @property
    def minutes(self) -> int:
        """How long it takes: with the chosen technician, else as the menu says."""
        if self.service is None:
            return 0
        extra = sum(addon.duration_min for addon in self.service.addons if addon.key in self.addons)
        person = self.person
        return extra + (person.duration_min if person else self.service.duration_min)

    @property
    def price_minor(self) -> int:
        """What it costs, in minor units."""
        if self.service is None:
            return 0
        extra = sum(addon.price_minor for addon in self.service.addons if addon.key in self.addons)
        person = self.person
        return extra + (person.price_minor if person else self.service.price_minor)

    @property
    def person(self) -> MenuTechnician | None:
        """The chosen technician; None for anyone."""
        people = self.service.technicians if self.service else ()
        return next((person for person in people if person.key == self.technician), None)

    def values(self) -> Address:
        """Return the choice as names and values of an address or of hidden fields."""
        found: Address = []
        if self.service:
            found.append(("service", self.service.key))
        found += [("addon", key) for key in self.addons]
        if self.has_addons:
            found.append(("with", "yes"))
        if self.technician:
            found.append(("technician", self.technician))
        if self.start:
            found.append(("start", instant_text(self.start, self.salon.zone)))
        return found

    def url(self, **changes: object) -> str:
        """Return the address of this choice with some members changed."""
        changed = replace(self, **changes)  # type: ignore[arg-type]
        query: dict[str, Any] = {}
        for name, value in changed.values():
            query.setdefault(name, []).append(value)
        if changed.day:
            query["day"] = [changed.day.isoformat()]
        return url_for("public.book", salon=self.salon.slug, **query)


def read_choice(given: MultiDict[str, str], salon: SalonFacts, menu: tuple[MenuService, ...]) -> Chosen:
    """Return what an address or a form holds; steps with one choice are settled. Raises NotFound for unknown keys."""
    chosen = Chosen(salon, menu)
    service_key = given.get("service") or (menu[0].key if len(menu) == 1 else None)
    if not service_key:
        return chosen
    service = next((line for line in menu if line.key == service_key), None)
    if service is None:
        raise NotFound
    offered: Mapping[str, object] = {addon.key: addon for addon in service.addons}
    addons = tuple(dict.fromkeys(key for key in given.getlist("addon") if key))
    if set(addons) - offered.keys():
        raise NotFound
    technician = given.get("technician") or (service.technicians[0].key if len(service.technicians) == 1 else None)
    if technician not in (None, ANYONE) and technician not in {person.key for person in service.technicians}:
        raise NotFound
    return replace(
        chosen,
        service=service,
        addons=addons,
        has_addons=bool(given.get("with") or addons or not service.addons),
        technician=technician,
        start=_instant(given.get("start")),
        day=_day(given.get("day")),
    )


def _instant(text: str | None) -> datetime | None:
    try:
        return parse_instant(text) if text else None
    except BadTime as error:
        raise NotFound from error


def _day(text: str | None) -> date | None:
    try:
        return parse_date(text) if text else None
    except BadTime as error:
        raise NotFound from error
