"""The salon file: what it says is stored, what is wrong is named with its path, and it comes back byte for byte."""

import json
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from sqlalchemy import func, select

from config import Settings
from salon import create_app
from salon.db import db, transaction
from salon.domain.errors import NotAllowed
from salon.domain.permissions import Actor, Role
from salon.models import Appointment, Client, OutboxMessage, Salon, Station
from salon.usecases.accounts import operator_actor
from salon.usecases.salon_file import FileRefused, export_salon, import_salon, read_file, schema
from tests import databases
from tests.salon_files import Document, faults_of, many, raw, small

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
FOUNDER = Actor(Role.OPERATOR, None, "cli")


def imported(document: Document) -> int:
    return import_salon(FOUNDER, read_file(raw(document)), now=NOW).salon_id


def exported(slug: str = "amber") -> bytes:
    return export_salon(operator_actor(slug))


# ---- there and back ----


def test_export_imported_elsewhere_gives_the_same_bytes(settings: Settings, tmp_path: Path) -> None:
    """From this test's database into empty ones of both kinds and out again."""
    with ExitStack() as opened:
        urls = [settings.database_url]
        for kind in databases.KINDS:
            (tmp_path / kind).mkdir()
            urls.append(opened.enter_context(databases.migrated(kind, tmp_path / kind)))
        files = [raw(small())]
        for url in urls:
            app = create_app(replace(settings, database_url=url))
            with app.app_context():
                import_salon(FOUNDER, read_file(files[-1]), now=NOW)
                files.append(exported())
                db.session.remove()
                db.engine.dispose()
    assert files[1] == files[2] == files[3]
    Draft202012Validator(schema()).validate(json.loads(files[1]))


def test_every_member_comes_back_with_its_default_filled_in(in_app: Flask) -> None:
    imported(small())
    back = json.loads(exported())
    references = [visit.pop("reference") for visit in back["appointments"]]
    assert len(set(references)) == 3
    assert references[2] == "OLD-1"
    wanted = small()
    wanted["salon"]["logo_text"] = None
    wanted["services"][1] |= {"description": {"en": ""}, "for": {}}
    wanted["addons"][0] |= {"kind": None, "allergens": []}
    wanted["technicians"][0]["exceptions"].reverse()
    wanted["clients"][0] |= {"email": "ines@example.org", "phone": "+4930123456"}
    wanted["clients"][1] |= {"email": None, "phone": None, "locale": None}
    wanted["appointments"][0] |= {"station": "table-1", "duration_min": 90, "price_minor": 6200, "note": None}
    wanted["appointments"][1] |= {"station": "table-2", "duration_min": 60, "price_minor": 4500, "note": None}
    wanted["appointments"][2] |= {"station": None, "duration_min": 40, "price_minor": 3000}
    del wanted["appointments"][2]["reference"]
    assert back == wanted


def test_an_import_writes_to_nobody_and_blocks_with_buffers(in_app: Flask) -> None:
    salon_id = imported(small())
    with transaction(salon_id, writes=False) as session:
        assert session.execute(select(func.count()).select_from(OutboxMessage)).scalar_one() == 0
        first = session.execute(select(Appointment).order_by(Appointment.id)).scalars().first()
        assert first is not None
        assert first.starts_at == datetime(2026, 12, 1, 9, tzinfo=UTC)
        assert first.block_ends_at == datetime(2026, 12, 1, 10, 40, tzinfo=UTC)


def test_holds_stay_out_of_an_export(in_app: Flask) -> None:
    salon_id = imported(small())
    with transaction(salon_id, writes=True) as session:
        row = session.execute(select(Appointment).order_by(Appointment.id)).scalars().first()
        assert row is not None
        session.add(
            Appointment(
                salon_id=salon_id,
                reference="HOLD",
                technician_id=row.technician_id,
                service_id=row.service_id,
                status="held",
                held_until=NOW,
                starts_at=row.starts_at.replace(hour=20),
                ends_at=row.ends_at.replace(hour=22),
                block_starts_at=row.starts_at.replace(hour=20),
                block_ends_at=row.ends_at.replace(hour=22),
                price_minor=0,
            )
        )
    assert "HOLD" not in {visit["reference"] for visit in json.loads(exported())["appointments"]}


def test_an_interval_that_a_clock_change_leaves_empty_does_nothing(in_app: Flask) -> None:
    imported(small(closures=[{"from": "2026-03-29T02:15", "to": "2026-03-29T03:15", "reason": ""}]))
    assert json.loads(exported())["closures"] == []


def test_only_the_operator_imports(in_app: Flask) -> None:
    salon_id = imported(small())
    checked = read_file(raw(small()))
    for role in set(Role) - {Role.OPERATOR}:
        with pytest.raises(NotAllowed):
            import_salon(Actor(role, salon_id, "desk"), checked, now=NOW)
    for role in set(Role) - {Role.OPERATOR, Role.OWNER}:
        with pytest.raises(NotAllowed):
            export_salon(Actor(role, salon_id, "desk"))


# ---- all or nothing ----


def test_a_slug_that_is_here_already_is_refused_and_nothing_changes(in_app: Flask) -> None:
    imported(small())
    before = exported()
    with pytest.raises(FileRefused) as refused:
        imported(small(clients=[], appointments=[]))
    assert refused.value.faults[0].path == "$.salon.slug"
    assert exported() == before


def test_a_reference_of_another_salon_is_refused_and_nothing_is_stored(in_app: Flask) -> None:
    imported(small())
    second = small()
    second["salon"]["slug"] = "second"
    with pytest.raises(FileRefused) as refused:
        imported(second)
    assert refused.value.faults[0].path == "$.appointments"
    with transaction(None, writes=False) as session:
        count = session.execute(select(func.count()).select_from(Salon)).scalar_one()
    assert count == (0 if db.engine.dialect.name == "postgresql" else 1)  # row security shows none from outside
    del second["appointments"][2]["reference"]
    salon_id = imported(second)
    with transaction(salon_id, writes=False) as session:
        for table, wanted in ((Appointment, 3), (Client, 2), (Station, 3)):
            found = session.execute(select(func.count()).where(table.salon_id == salon_id)).scalar_one()
            assert found == wanted


# ---- overlaps and stations ----


def _moved(document: Document, number: int, **changes: Any) -> Document:
    document["appointments"][number] |= changes
    return document


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"technician": "mai", "start": "2026-12-01T11:39"}, 'overlaps $.appointments[0]: the same technician "mai"'),
        ({"station": "table-1", "start": "2026-12-01T11:39"}, 'the same station "table-1"'),
        ({"client": "c1", "start": "2026-12-01T11:29"}, 'the same client "c1"'),
    ],
)
def test_an_overlap_names_both_places(changes: Document, reason: str) -> None:
    document = _moved(small(), 0, station="table-1")
    assert reason in faults_of(_moved(document, 1, **changes))["$.appointments[1].start"]


@pytest.mark.parametrize(
    "changes",
    [
        {"technician": "mai", "start": "2026-12-01T11:40"},
        {"station": "table-1", "start": "2026-12-01T11:40"},
        {"client": "c1", "start": "2026-12-01T11:30"},
        {"technician": "mai", "status": "cancelled"},
        {"client": "c1", "status": "no_show"},
    ],
)
def test_what_only_touches_or_does_not_block_is_no_overlap(in_app: Flask, changes: Document) -> None:
    document = _moved(small(), 0, station="table-1")
    assert imported(_moved(document, 1, **changes))


def test_the_first_free_station_of_the_kind_is_taken(in_app: Flask) -> None:
    document = small()
    third = document["appointments"][1] | {"client": "c3", "start": "2026-12-01T11:40"}
    document["clients"].append({"key": "c3", "name": "Ng"})
    document["appointments"] = [*document["appointments"][:2], third | {"technician": "mai"}]
    imported(document)
    assert [one["station"] for one in json.loads(exported())["appointments"]] == ["table-1", "table-2", "table-1"]


def test_no_free_station_is_an_error() -> None:
    document = small()
    document["stations"] = [document["stations"][0], document["stations"][2]]
    assert 'no station of kind "manicure_table" is free then' in faults_of(document)["$.appointments[1].station"]


def test_a_salon_without_stations_needs_none(in_app: Flask) -> None:
    imported(small(stations=[]))
    assert {one["station"] for one in json.loads(exported())["appointments"]} == {None}


def test_a_visit_finished_early_lets_the_next_one_begin(in_app: Flask) -> None:
    document = _moved(small(), 0, status="completed", duration_min=3)
    imported(_moved(document, 1, technician="mai", start="2026-12-01T10:03"))
    first = exported()
    document = json.loads(first)
    document["salon"]["slug"] = "second"
    for one in document["appointments"]:
        one["reference"] += "-2"
    imported(document)
    assert json.loads(exported("second"))["appointments"] == document["appointments"]


# ---- size ----


@pytest.mark.alone
def test_two_thousand_appointments_import_in_six_seconds(in_app: Flask) -> None:
    """A tenth of the contract's 20,000 in a tenth of its 60 s; `make bench` does the whole."""
    file = raw(many(2000))
    begun = perf_counter()
    stored = import_salon(FOUNDER, read_file(file), now=NOW)
    assert perf_counter() - begun < 6
    assert stored.appointments == 2000
    assert len(json.loads(exported())["appointments"]) == 2000
