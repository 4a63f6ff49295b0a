"""Writing a salon as a salon file: the same salon always gives the same bytes, on both databases."""

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from salon.domain.permissions import Actor, Permission
from salon.domain.time import wall_text
from salon.models import (
    Addon,
    Appointment,
    AppointmentAddon,
    Client,
    Closure,
    HoursException,
    Product,
    Salon,
    Service,
    ServiceAddon,
    Station,
    Technician,
    TechnicianService,
    TimeOff,
    Visit,
    WeeklyHours,
)
from salon.usecases.boundary import use_case

LOCALES = ("en", "es", "vi", "ru", "uk", "pl", "ko")
FORMAT = "salon/1"
Document = dict[str, Any]


@use_case(Permission.SALON_EXPORT, writes=False)
def export_salon(session: Session, actor: Actor) -> bytes:
    """Return the actor's salon as a salon file: every member written, lists in the salon's own order.

    Holds are left out, and health answers are never part of it.
    """
    reader = _Reader(session, actor.salon_id)
    reader.hold_still()
    document = reader.document()
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


class _Reader:
    """Reads one salon, list by list."""

    def __init__(self, session: Session, salon_id: int | None) -> None:
        self.session, self.salon_id = session, salon_id

    def hold_still(self) -> None:
        """Let nobody write to the salon until the end: all lists are then of one moment (SQLite gives that anyway)."""
        if self.session.get_bind().dialect.name == "postgresql":
            self.session.execute(select(func.pg_advisory_xact_lock_shared(self.salon_id)))

    def document(self) -> Document:
        """Return the whole file."""
        salon: Any = self.session.execute(select(Salon).where(Salon.id == self.salon_id)).scalar_one()
        self.zone = ZoneInfo(salon.time_zone)
        self.keys = {
            table: {row.id: row.key for row in self._all(table, table.id)}
            for table in (Station, Service, Addon, Technician, Client)
        }
        return {
            "format": FORMAT,
            "salon": _salon(salon),
            "stations": [
                {"key": row.key, "name": row.name, "kind": row.kind} for row in self._all(Station, Station.position)
            ],
            "closures": [
                {"from": self._wall(row.starts_at), "to": self._wall(row.ends_at), "reason": row.reason}
                for row in self._all(Closure, Closure.position, Closure.id)
            ],
            "services": self._services(),
            "addons": [_addon(row) for row in self._all(Addon, Addon.position, Addon.id)],
            "products": [
                {"key": row.key, "name": row.name, "allergens": row.allergens}
                for row in self._all(Product, Product.position, Product.id)
            ],
            "technicians": self._technicians(),
            "clients": [_client(row) for row in self._all(Client, Client.id)],
            "appointments": self._appointments(),
        }

    def _all(self, table: Any, *order: Any) -> list[Any]:
        return list(
            self.session.execute(select(table).where(table.salon_id == self.salon_id).order_by(*order)).scalars()
        )

    def _grouped(self, table: Any, whose: Callable[[Any], int], *order: Any) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for row in self._all(table, *order):
            found[whose(row)].append(row)
        return found

    def _wall(self, instant: Any) -> str:
        return wall_text(instant, self.zone)

    def _services(self) -> list[Document]:
        addons = self._grouped(ServiceAddon, lambda row: row.service_id, ServiceAddon.position, ServiceAddon.id)
        own = self._grouped(TechnicianService, lambda row: row.service_id, TechnicianService.technician_id)
        return [
            {
                "key": row.key,
                "name": _texts(row.name),
                "description": _texts(row.description),
                "category": row.category,
                "duration_min": row.duration_minutes,
                "buffer_before_min": row.buffer_before_minutes,
                "buffer_after_min": row.buffer_after_minutes,
                "price_minor": row.price_minor,
                "for": self._own(own[row.id]),
                "massage": {"kind": row.massage_kind, "zones": row.massage_zones} if row.massage_kind else None,
                "requires_intake": row.requires_intake,
                "minimum_age": row.minimum_age,
                "qualification": row.qualification,
                "station_kind": row.station_kind,
                "addons": [self.keys[Addon][one.addon_id] for one in addons[row.id]],
                "without_massage": self.keys[Service].get(row.without_massage_id),
            }
            for row in self._all(Service, Service.position, Service.id)
        ]

    def _own(self, rows: list[Any]) -> Document:
        """Return the technicians' own lengths and prices of a service, by key."""
        own = {
            self.keys[Technician][row.technician_id]: {
                "duration_min": row.duration_minutes,
                "price_minor": row.price_minor,
            }
            for row in rows
            if row.duration_minutes is not None or row.price_minor is not None
        }
        return dict(sorted(own.items()))

    def _technicians(self) -> list[Document]:
        does = self._grouped(TechnicianService, _technician_of, TechnicianService.position, TechnicianService.id)
        weekly = self._grouped(WeeklyHours, _technician_of, WeeklyHours.position)
        exceptions = self._grouped(HoursException, _technician_of, HoursException.on_date)
        away = self._grouped(TimeOff, _technician_of, TimeOff.position, TimeOff.id)
        return [
            {
                "key": row.key,
                "name": row.name,
                "languages": row.languages,
                "services": [self.keys[Service][one.service_id] for one in does[row.id]],
                "qualifications": row.qualifications,
                "hours": [_weekly(one) for one in weekly[row.id] if one.kind == "hours"],
                "breaks": [_weekly(one) for one in weekly[row.id] if one.kind == "break"],
                "exceptions": [{"date": one.on_date.isoformat(), "hours": one.hours} for one in exceptions[row.id]],
                "time_off": [
                    {"from": self._wall(one.starts_at), "to": self._wall(one.ends_at)} for one in away[row.id]
                ],
            }
            for row in self._all(Technician, Technician.position, Technician.id)
        ]

    def _appointments(self) -> list[Document]:
        addons = self._grouped(
            AppointmentAddon, lambda row: row.appointment_id, AppointmentAddon.position, AppointmentAddon.id
        )
        rows = self.session.execute(
            select(Appointment, Visit.note)
            .join(Visit, (Visit.salon_id == Appointment.salon_id) & (Visit.id == Appointment.visit_id))
            .where(Appointment.salon_id == self.salon_id, Appointment.status != "held")
            .order_by(Appointment.id)
        )
        return [self._appointment(row, note, addons[row.id]) for row, note in rows]

    def _appointment(self, row: Any, note: str | None, addons: list[Any]) -> Document:
        return {
            "reference": row.reference,
            "client": self.keys[Client][row.client_id],
            "technician": self.keys[Technician][row.technician_id],
            "service": self.keys[Service][row.service_id],
            "addons": [self.keys[Addon][one.addon_id] for one in addons],
            "start": self._wall(row.starts_at),
            "duration_min": -((row.starts_at - row.ends_at) // timedelta(minutes=1)),
            "status": row.status,
            "station": self.keys[Station].get(row.station_id),
            "price_minor": row.price_minor,
            "note": note,
        }


def _technician_of(row: Any) -> int:
    technician_id: int = row.technician_id
    return technician_id


def _texts(texts: dict[str, str]) -> dict[str, str]:
    """Return a text's languages in one order."""
    return {locale: texts[locale] for locale in LOCALES if locale in texts}


def _salon(row: Any) -> Document:
    return {
        **{name: getattr(row, name) for name in ("slug", "name", "time_zone", "currency", "locales", "country")},
        "address": {"street": row.street, "postcode": row.postcode, "city": row.city},
        **{name: getattr(row, name) for name in ("phone", "email", "emergency_number", "accent", "logo_text")},
        "policy": {
            "slot_step_min": row.slot_step_minutes,
            "fit": row.fit,
            "min_notice_min": row.min_notice_minutes,
            "horizon_days": row.horizon_days,
            "cancel_notice_min": row.cancel_notice_minutes,
            "intake_valid_days": row.intake_valid_days,
        },
    }


def _addon(row: Any) -> Document:
    return {
        "key": row.key,
        "name": _texts(row.name),
        "duration_min": row.duration_minutes,
        "price_minor": row.price_minor,
        "kind": row.kind,
        "allergens": row.allergens,
    }


def _client(row: Any) -> Document:
    return {name: getattr(row, name) for name in ("key", "name", "email", "phone", "locale")}


def _weekly(row: Any) -> Document:
    return {"days": row.days, "from": row.from_time, "to": row.to_time}
