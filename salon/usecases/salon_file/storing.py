"""The rows of a checked salon file, each list stored after those that it refers to."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from salon.domain.time import parse_date
from salon.models import (
    Addon,
    Appointment,
    AppointmentAddon,
    Client,
    Closure,
    HoursException,
    Product,
    Service,
    ServiceAddon,
    Station,
    Technician,
    TechnicianService,
    TimeOff,
    Visit,
    WeeklyHours,
)
from salon.usecases.booking import new_reference
from salon.usecases.salon_file.checked import CheckedFile, Planned

ROWS_AT_ONCE = 1000
Progress = Callable[[int, int], None]
Row = dict[str, Any]


class Writer:
    """Stores the lists of one file, each after those it refers to."""

    def __init__(self, session: Session, salon_id: int, checked: CheckedFile, now: datetime) -> None:
        self.session, self.salon_id, self.now = session, salon_id, now
        self.checked, self.document = checked, checked.document
        self.ids: dict[str, dict[str, int]] = {}

    def store(self, progress: Progress) -> None:
        """Store everything."""
        first = self.document["salon"]["locales"][0]
        self._keyed("stations", Station, [{"name": one["name"], "kind": one["kind"]} for one in self._all("stations")])
        self._keyed("addons", Addon, [_addon(one) for one in self._all("addons")])
        self._keyed(
            "products", Product, [{"name": one["name"], "allergens": one["allergens"]} for one in self._all("products")]
        )
        self._keyed("services", Service, [_service(one, first) for one in self._all("services")])
        self._keyed("technicians", Technician, [_technician(one) for one in self._all("technicians")])
        self._link_services()
        self._team()
        self._closures()
        self._clients()
        self._appointments(progress)

    def _all(self, name: str) -> list[Row]:
        found: list[Row] = self.document.get(name, [])
        return found

    def _rows(self, table: Any, rows: Sequence[Row]) -> None:
        for start in range(0, len(rows), ROWS_AT_ONCE):
            part = [{"salon_id": self.salon_id, **row} for row in rows[start : start + ROWS_AT_ONCE]]
            self.session.execute(insert(table), part)

    def _returning(self, table: Any, rows: Sequence[Row]) -> list[int]:
        """Store rows and return their ids in the rows' order, which is the file's."""
        found: list[int] = []
        for start in range(0, len(rows), ROWS_AT_ONCE):
            part = [{"salon_id": self.salon_id, **row} for row in rows[start : start + ROWS_AT_ONCE]]
            stored = self.session.execute(insert(table).returning(table.id, sort_by_parameter_order=True), part)
            found.extend(stored.scalars())
        return found

    def _keyed(self, name: str, table: Any, values: Sequence[Row]) -> None:
        keys = [one["key"] for one in self._all(name)]
        rows = [{"key": key, "position": at, **row} for at, (key, row) in enumerate(zip(keys, values, strict=True))]
        self.ids[name] = dict(zip(keys, self._returning(table, rows), strict=True))

    def _link_services(self) -> None:
        ids, addons = self.ids["services"], self.ids["addons"]
        self._rows(
            ServiceAddon,
            [
                {"service_id": ids[service["key"]], "addon_id": addons[key], "position": position}
                for service in self._all("services")
                for position, key in enumerate(service["addons"])
            ],
        )
        instead = [
            {"of": ids[service["key"]], "instead": ids[service["without_massage"]]}
            for service in self._all("services")
            if service["without_massage"] is not None
        ]
        if instead:
            table: Any = Service.__table__
            change = update(table).where(table.c.id == bindparam("of")).values(without_massage_id=bindparam("instead"))
            self.session.connection().execute(change, instead)

    def _team(self) -> None:
        services, technicians = self.ids["services"], self.ids["technicians"]
        own = {service["key"]: service.get("for", {}) for service in self._all("services")}
        does, weekly, exceptions, away = [], [], [], []
        for technician in self._all("technicians"):
            key, whose = technician["key"], {"technician_id": technicians[technician["key"]]}
            for position, service in enumerate(technician["services"]):
                special = own[service].get(key, {})
                does.append(
                    {
                        **whose,
                        "service_id": services[service],
                        "position": position,
                        "duration_minutes": special.get("duration_min"),
                        "price_minor": special.get("price_minor"),
                    }
                )
            weekly += [whose | row for row in _weekly(technician)]
            exceptions += [
                {**whose, "on_date": parse_date(one["date"]), "hours": one["hours"]} for one in technician["exceptions"]
            ]
            away += [
                {**whose, "starts_at": one.starts_at, "ends_at": one.ends_at, "position": position}
                for position, one in enumerate(self.checked.time_off[key])
            ]
        for table, rows in (
            (TechnicianService, does),
            (WeeklyHours, weekly),
            (HoursException, exceptions),
            (TimeOff, away),
        ):
            self._rows(table, rows)

    def _closures(self) -> None:
        rows = [
            {"starts_at": one.starts_at, "ends_at": one.ends_at, "reason": one.reason, "position": position}
            for position, one in enumerate(self.checked.closures)
        ]
        self._rows(Closure, rows)

    def _clients(self) -> None:
        rows = [{**client, "added_at": self.now} for client in self.checked.clients]
        self.ids["clients"] = dict(zip((row["key"] for row in rows), self._returning(Client, rows), strict=True))

    # ---- appointments ----

    def _appointments(self, progress: Progress) -> None:
        planned = self.checked.appointments
        locales = {client["key"]: client["locale"] for client in self.checked.clients}
        first = self.document["salon"]["locales"][0]
        for start in range(0, len(planned), ROWS_AT_ONCE):
            part = planned[start : start + ROWS_AT_ONCE]
            visits = self._returning(Visit, [self._visit(one, locales[one.client] or first) for one in part])
            rows = [self._appointment(one, visit) for one, visit in zip(part, visits, strict=True)]
            self._addons(part, self._returning(Appointment, rows))
            progress(min(start + ROWS_AT_ONCE, len(planned)), len(planned))

    def _visit(self, planned: Planned, locale: str) -> Row:
        return {
            "client_id": self.ids["clients"][planned.client],
            "locale": locale,
            "source": "import",
            "note": planned.note,
            "booked_at": self.now,
        }

    def _appointment(self, planned: Planned, visit_id: int) -> Row:
        return {
            "reference": planned.reference or new_reference(),
            "visit_id": visit_id,
            "client_id": self.ids["clients"][planned.client],
            "technician_id": self.ids["technicians"][planned.technician],
            "service_id": self.ids["services"][planned.service],
            "station_id": None if planned.station is None else self.ids["stations"][planned.station],
            "status": planned.status,
            "starts_at": planned.starts_at,
            "ends_at": planned.ends_at,
            "block_starts_at": planned.block_starts_at,
            "block_ends_at": planned.block_ends_at,
            "price_minor": planned.price_minor,
        }

    def _addons(self, part: Sequence[Planned], appointments: Sequence[int]) -> None:
        menu = {addon["key"]: addon for addon in self._all("addons")}
        self._rows(
            AppointmentAddon,
            [
                {
                    "appointment_id": appointment,
                    "addon_id": self.ids["addons"][key],
                    "position": position,
                    "price_minor": menu[key]["price_minor"],
                    "duration_minutes": menu[key]["duration_min"],
                }
                for planned, appointment in zip(part, appointments, strict=True)
                for position, key in enumerate(planned.addons)
            ],
        )


def _addon(addon: Row) -> Row:
    return {
        "name": addon["name"],
        "duration_minutes": addon["duration_min"],
        "price_minor": addon["price_minor"],
        "kind": addon.get("kind"),
        "allergens": addon.get("allergens", []),
    }


def _service(service: Row, first: str) -> Row:
    massage = service["massage"] or {"kind": None, "zones": []}
    return {
        "name": service["name"],
        "description": service["description"] or {first: ""},
        "category": service["category"],
        "duration_minutes": service["duration_min"],
        "buffer_before_minutes": service["buffer_before_min"],
        "buffer_after_minutes": service["buffer_after_min"],
        "price_minor": service["price_minor"],
        "massage_kind": massage["kind"],
        "massage_zones": massage["zones"],
        "requires_intake": service["requires_intake"],
        "minimum_age": service["minimum_age"],
        "qualification": service["qualification"],
        "station_kind": service["station_kind"],
    }


def _technician(technician: Row) -> Row:
    return {name: technician[name] for name in ("name", "languages", "qualifications")}


def _weekly(technician: Row) -> list[Row]:
    return [
        {"kind": kind, "days": one["days"], "from_time": one["from"], "to_time": one["to"], "position": position}
        for name, kind in (("hours", "hours"), ("breaks", "break"))
        for position, one in enumerate(technician[name])
    ]
