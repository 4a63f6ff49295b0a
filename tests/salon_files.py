"""Salon files for tests: a whole small one, and ways to change it."""

import copy
import json
from typing import Any

Document = dict[str, Any]

SMALL: Document = {
    "format": "salon/1",
    "salon": {
        "slug": "amber",
        "name": "Amber Hands",
        "time_zone": "Europe/Berlin",
        "currency": "EUR",
        "locales": ["en", "es"],
        "country": "DE",
        "address": {"street": "Kastanienallee 12", "postcode": "10435", "city": "Berlin"},
        "phone": "+49 30 1234560",
        "email": "hello@amber.example.org",
        "emergency_number": "112",
        "accent": "#6b2d5c",
        "policy": {
            "slot_step_min": 15,
            "fit": "grid",
            "min_notice_min": 120,
            "horizon_days": 60,
            "cancel_notice_min": 1440,
            "intake_valid_days": 180,
        },
    },
    "stations": [
        {"key": "table-1", "name": "Table 1", "kind": "manicure_table"},
        {"key": "table-2", "name": "Table 2", "kind": "manicure_table"},
        {"key": "chair-1", "name": "Chair 1", "kind": "massage_chair"},
    ],
    "closures": [{"from": "2026-12-25T00:00", "to": "2026-12-27T00:00", "reason": "Christmas"}],
    "services": [
        {
            "key": "spa-manicure",
            "name": {"es": "Manicura spa con masaje de manos", "en": "Spa manicure with hand massage"},
            "description": {"en": "With warm cream."},
            "category": "Manicure with massage",
            "duration_min": 60,
            "buffer_before_min": 0,
            "buffer_after_min": 10,
            "price_minor": 4500,
            "for": {"mai": {"duration_min": 75, "price_minor": 5000}},
            "massage": {"kind": "manicure", "zones": ["fingers", "hand"]},
            "requires_intake": True,
            "minimum_age": 0,
            "qualification": None,
            "station_kind": "manicure_table",
            "addons": ["paraffin-bath"],
            "without_massage": "classic-manicure",
        },
        {
            "key": "classic-manicure",
            "name": {"en": "Classic manicure"},
            "description": {},
            "category": "Manicure",
            "duration_min": 40,
            "buffer_before_min": 5,
            "buffer_after_min": 10,
            "price_minor": 3000,
            "massage": None,
            "requires_intake": False,
            "minimum_age": 0,
            "qualification": None,
            "station_kind": None,
            "addons": [],
            "without_massage": None,
        },
    ],
    "addons": [{"key": "paraffin-bath", "name": {"en": "Paraffin bath"}, "duration_min": 15, "price_minor": 1200}],
    "products": [{"key": "almond-oil", "name": "Almond cuticle oil", "allergens": ["nuts"]}],
    "technicians": [
        {
            "key": "mai",
            "name": "Mai Nguyễn Thị Ánh",
            "languages": ["vi", "en"],
            "services": ["spa-manicure", "classic-manicure"],
            "qualifications": ["acupressure"],
            "hours": [{"days": ["mon", "tue"], "from": "09:00", "to": "18:00"}],
            "breaks": [{"days": ["mon", "tue"], "from": "13:00", "to": "13:30"}],
            "exceptions": [
                {"date": "2026-12-24", "hours": [["09:00", "13:00"]]},
                {"date": "2026-12-23", "hours": []},
            ],
            "time_off": [{"from": "2026-12-28T09:00", "to": "2026-12-29T18:00"}],
        },
        {
            "key": "olena",
            "name": "Olena",
            "languages": ["uk"],
            "services": ["spa-manicure"],
            "qualifications": [],
            "hours": [{"days": ["fri"], "from": "18:00", "to": "02:00"}],
            "breaks": [],
            "exceptions": [],
            "time_off": [{"from": "2026-10-25T02:30", "to": "2026-10-25T02:30+01:00"}],
        },
    ],
    "clients": [
        {"key": "c1", "name": "Inés", "email": "ines@Example.org", "phone": "030 123456", "locale": "es"},
        {"key": "c2", "name": "李小龍"},
    ],
    "appointments": [
        {
            "client": "c1",
            "technician": "mai",
            "service": "spa-manicure",
            "addons": ["paraffin-bath"],
            "start": "2026-12-01T10:00",
            "status": "booked",
        },
        {
            "client": "c2",
            "technician": "olena",
            "service": "spa-manicure",
            "addons": [],
            "start": "2026-12-01T10:00",
            "status": "booked",
        },
        {
            "client": "c2",
            "technician": "mai",
            "service": "classic-manicure",
            "addons": [],
            "start": "2026-10-25T02:30+01:00",
            "status": "cancelled",
            "reference": "OLD-1",
            "note": "Came late.\nCalled.",
        },
    ],
}


def small(**changes: Any) -> Document:
    """Return a copy of the small file with whole members replaced."""
    return copy.deepcopy(SMALL) | changes


def raw(document: Any) -> bytes:
    """Return a document as the bytes of a file."""
    return json.dumps(document, ensure_ascii=False).encode()


def faults_of(document: Any) -> dict[str, str]:
    """Return what is wrong with a document or the bytes of a file: reason by path."""
    import pytest

    from salon.usecases.salon_file import FileRefused, read_file

    with pytest.raises(FileRefused) as refused:
        read_file(document if isinstance(document, bytes) else raw(document))
    return {fault.path: fault.reason for fault in refused.value.faults}


def many(appointments: int, *, technicians: int = 4, clients: int = 50) -> Document:
    """Return the small file with this many visits, one after the other, of several technicians and clients."""
    from datetime import datetime, timedelta

    document = small()
    document["technicians"] = [
        document["technicians"][1] | {"key": f"t-{number}", "name": f"Technician {number}", "time_off": []}
        for number in range(technicians)
    ]
    document["services"][0] |= {"for": {}, "station_kind": None}
    document["clients"] = [
        {"key": f"c-{number}", "name": f"Client {number}", "phone": f"+4930{number:06d}", "locale": "en"}
        for number in range(max(clients, technicians))
    ]
    first = datetime(2020, 1, 1, 8)  # noqa: DTZ001 - wall time
    document["appointments"] = [
        {
            "client": f"c-{number % max(clients, technicians)}",
            "technician": f"t-{number % technicians}",
            "service": "spa-manicure",
            "addons": ["paraffin-bath"] if number % 3 == 0 else [],
            "start": (first + timedelta(days=turn // 8, minutes=90 * (turn % 8))).isoformat(timespec="minutes"),
            "status": ("booked", "completed", "no_show", "cancelled")[number % 4],
        }
        for number in range(appointments)
        for turn in [number // technicians]
    ]
    return document
