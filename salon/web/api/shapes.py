"""Values of the use cases as JSON members, once for every call."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, g

from salon.domain.errors import Alternative
from salon.domain.time import instant_text
from salon.i18n import language
from salon.usecases.booking import Booked
from salon.usecases.calendar import DayRow, Named
from salon.usecases.menu import MenuService
from salon.usecases.salons import SalonFacts


def in_words(texts: Mapping[str, str]) -> str:
    """Return a salon's text in the asked language, else in the salon's first."""
    return texts.get(language()) or next(iter(texts.values()), "")


def money(amount_minor: int, currency: str) -> dict[str, Any]:
    """Return an amount of money."""
    return {"amount_minor": amount_minor, "currency": currency}


def at(moment: datetime, zone: ZoneInfo) -> str:
    """Return an instant in the salon's zone, with its offset."""
    return instant_text(moment, zone)


def set_zone(zone: ZoneInfo) -> None:
    """Say in which zone this answer's instants are written, error answers included."""
    g.api_zone = zone


def slot_json(slot: Alternative) -> dict[str, Any]:
    """Return a free start with its end in the salon's zone and the sorted keys of who is free."""
    zone: ZoneInfo = g.get("api_zone") or ZoneInfo("UTC")
    return {
        "start": instant_text(slot.start, zone),
        "end": instant_text(slot.end, zone),
        "technicians": list(slot.technicians),
    }


def salon_json(salon: SalonFacts) -> dict[str, Any]:
    """Return what anybody may know of a salon."""
    policy = salon.policy
    return {
        "slug": salon.slug,
        "name": salon.name,
        "time_zone": salon.time_zone,
        "currency": salon.currency,
        "locales": list(salon.locales),
        "country": salon.country,
        "address": {"street": salon.street, "postcode": salon.postcode, "city": salon.city},
        "phone": salon.phone,
        "email": salon.email,
        "emergency_number": salon.emergency_number,
        "policy": {
            "slot_step_min": policy.slot_step_min,
            "min_notice_min": policy.min_notice_min,
            "horizon_days": policy.horizon_days,
            "cancel_notice_min": policy.cancel_notice_min,
            "intake_valid_days": policy.intake_valid_days,
        },
    }


def service_json(service: MenuService, currency: str) -> dict[str, Any]:
    """Return a line of the menu."""
    massage = service.massage_kind and {"kind": service.massage_kind, "zones": list(service.massage_zones)}
    return {
        "key": service.key,
        "name": in_words(service.name),
        "description": in_words(service.description),
        "category": service.category,
        "duration_min": service.duration_min,
        "price": money(service.price_minor, currency),
        "massage": massage or None,
        "requires_intake": service.requires_intake,
        "minimum_age": service.minimum_age,
        "addons": [
            {
                "key": addon.key,
                "name": in_words(addon.name),
                "duration_min": addon.duration_min,
                "price": money(addon.price_minor, currency),
            }
            for addon in service.addons
        ],
        "technicians": [technician.key for technician in service.technicians],
        "without_massage": service.without_massage,
    }


def link(kind: str, token: str) -> str:
    """Return the address of a client's link; built from PUBLIC_URL only."""
    return f"{current_app.extensions['settings'].public_url}/{kind}/{token}"


def booked_json(booked: Booked) -> dict[str, Any]:
    """Return the answer to a booking."""
    zone = ZoneInfo(booked.time_zone)
    return {
        "reference": booked.reference,
        "start": at(booked.start, zone),
        "end": at(booked.end, zone),
        "technician": booked.technician,
        "status": booked.status,
        "price": money(booked.price_minor, booked.currency),
        "visit_url": link("visit", booked.visit_token),
        "intake": {"status": booked.intake_status, "url": link("intake", booked.intake_token)},
    }


def _name(named: Named) -> str:
    return in_words(named.name) if isinstance(named.name, Mapping) else str(named.name)


def row_json(row: DayRow, zone: ZoneInfo) -> dict[str, Any]:
    """Return one appointment of the list: no health word, but the intake's status and the one action."""
    return {
        "reference": row.reference,
        "start": at(row.start, zone),
        "end": at(row.end, zone),
        "status": row.status,
        "technician": row.technician.key,
        "technician_name": _name(row.technician),
        "service": row.service.key,
        "service_name": _name(row.service),
        "addons": [addon.key for addon in row.addons],
        "station": row.station.key if row.station else None,
        "station_name": _name(row.station) if row.station else None,
        "client": {"name": row.client_name},
        "intake_status": row.intake_status,
        "action": row.action,
    }
