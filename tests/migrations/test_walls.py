"""What the database itself refuses, whatever the code does: raw SQL against both databases."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from salon.db import db, transaction
from salon.models import Appointment, AuditEntry, Client, Evaluation, HealthRead, QuestionnaireVersion, Technician
from salon.usecases import booking, card, intake
from salon.usecases.accounts import link_actor
from salon.usecases.intake import ConsentGiven
from tests import make

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SIGNED = ConsentGiven(accepted=True, signed_name="Inés García")


@pytest.fixture
def made(in_app: Flask) -> make.Made:
    return make.make_salon(stations=2)


def _copy(session: Session, made: make.Made, reference: str, **changes: Any) -> None:
    row = session.execute(sa.select(Appointment.__table__).where(Appointment.reference == reference)).one()._asdict()
    row.pop("id")
    session.execute(
        sa.insert(Appointment).values(
            **{
                **row,
                "reference": booking.new_reference(),
                "client_id": None,
                "visit_id": None,
                "status": "held",
                "held_until": NOW + timedelta(minutes=10),
                **changes,
            }
        )
    )


@pytest.mark.parametrize("minutes", [-69, -30, 0, 15, 69])
def test_no_block_of_a_technician_overlaps_another(made: make.Made, minutes: int) -> None:
    booked = make.make_booking(made, START, now=NOW)
    shift = timedelta(minutes=minutes)
    with pytest.raises(DBAPIError, match="no_double_booking"), transaction(made.salon_id, writes=True) as session:
        _copy(
            session,
            made,
            booked.reference,
            station_id=None,
            starts_at=START + shift,
            ends_at=START + shift + timedelta(minutes=60),
            block_starts_at=START + shift,
            block_ends_at=START + shift + timedelta(minutes=70),
        )


@pytest.mark.parametrize("minutes", [-70, 70])
def test_blocks_may_touch(made: make.Made, minutes: int) -> None:
    booked = make.make_booking(made, START, now=NOW)
    shift = timedelta(minutes=minutes)
    with transaction(made.salon_id, writes=True) as session:
        _copy(
            session,
            made,
            booked.reference,
            starts_at=START + shift,
            ends_at=START + shift + timedelta(minutes=60),
            block_starts_at=START + shift,
            block_ends_at=START + shift + timedelta(minutes=70),
        )


def test_no_two_visits_share_a_station(made: make.Made) -> None:
    booked = make.make_booking(made, START, now=NOW)
    with transaction(made.salon_id, writes=False) as session:
        other = session.execute(
            sa.select(Technician.id).where(Technician.key != booked.technician, Technician.salon_id == made.salon_id)
        ).scalar_one()
    with pytest.raises(DBAPIError, match="one_client_per_station"), transaction(made.salon_id, writes=True) as session:
        _copy(session, made, booked.reference, technician_id=other)


def test_a_client_is_never_in_two_places(made: make.Made) -> None:
    booked = make.make_booking(made, START, now=NOW)
    with transaction(made.salon_id, writes=False) as session:
        other = session.execute(
            sa.select(Technician.id).where(Technician.key != booked.technician, Technician.salon_id == made.salon_id)
        ).scalar_one()
        client = session.execute(sa.select(Client.id)).scalar_one()
    with pytest.raises(DBAPIError, match="one_visit_at_a_time"), transaction(made.salon_id, writes=True) as session:
        _copy(
            session,
            made,
            booked.reference,
            technician_id=other,
            station_id=None,
            client_id=client,
            visit_id=booked.visit_id,
            status="booked",
            held_until=None,
        )


def test_moving_into_another_block_is_refused(made: make.Made) -> None:
    make.make_booking(made, START, now=NOW)
    second = make.make_booking(made, START + timedelta(minutes=75), now=NOW)
    first_technician = sa.select(Appointment.technician_id).where(Appointment.starts_at == START).scalar_subquery()
    with pytest.raises(DBAPIError, match="no_double_booking"), transaction(made.salon_id, writes=True) as session:
        session.execute(
            sa.update(Appointment)
            .where(Appointment.reference == second.reference)
            .values(
                technician_id=first_technician,
                station_id=None,
                starts_at=START,
                ends_at=START + timedelta(minutes=60),
                block_starts_at=START,
                block_ends_at=START + timedelta(minutes=70),
            )
        )


def test_nothing_refers_across_salons(made: make.Made) -> None:
    other = make.make_salon("birch")
    booked = make.make_booking(made, START, now=NOW)
    with transaction(other.salon_id, writes=False) as session:
        theirs = (
            session.execute(sa.select(Technician.id).where(Technician.salon_id == other.salon_id)).scalars().first()
        )
    with pytest.raises(DBAPIError), transaction(made.salon_id, writes=True) as session:
        session.execute(
            sa.update(Appointment).where(Appointment.reference == booked.reference).values(technician_id=theirs)
        )


@pytest.fixture
def read_card(made: make.Made) -> make.Made:
    booked = make.make_booking(made, START, now=NOW)
    soon = START - timedelta(hours=1)
    intake.submit_intake(
        link_actor(booked.intake_token, "intake", now=soon),
        make.healthy_answers(),
        consent=SIGNED,
        locale=None,
        now=soon,
    )
    card.read_card(made.technicians[booked.technician], booked.reference, now=soon)
    return made


@pytest.mark.parametrize(
    ("table", "column", "acts"),
    [
        (AuditEntry, "act", ("update", "delete")),
        (HealthRead, "purpose", ("update", "delete")),
        (Evaluation, "cause", ("update",)),
    ],
)
def test_what_is_logged_stays_as_it_is(read_card: make.Made, table: Any, column: str, acts: tuple[str, ...]) -> None:
    for act in acts:
        statement = sa.update(table).values({column: "x"}) if act == "update" else sa.delete(table)
        with pytest.raises(DBAPIError), transaction(read_card.salon_id, writes=True) as session:
            session.execute(statement)


def test_a_published_questionnaire_stays_as_it_is(in_app: Flask) -> None:
    with transaction(None, writes=True) as session:
        session.add(QuestionnaireVersion(version="t", rules_version="t", body={}, published_at=NOW))
    with pytest.raises(DBAPIError), transaction(None, writes=True) as session:
        session.execute(sa.update(QuestionnaireVersion).values(version="u"))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_row_security_shows_one_salon_only_whatever_the_query_forgets(made: make.Made) -> None:
    make.make_salon("birch")
    tables = [
        table for table in db.metadata.sorted_tables if "salon_id" in table.c and table.name != "signed_in_session"
    ]
    assert len(tables) > 25
    for table in tables:
        with transaction(made.salon_id, writes=False) as session:
            salons = set(session.execute(sa.select(table.c.salon_id)).scalars())
        assert salons <= {made.salon_id}, table.name
        with transaction(None, writes=False) as session:
            assert session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_app_works_as_a_role_that_owns_no_table(made: make.Made) -> None:
    with transaction(made.salon_id, writes=False) as session:
        assert session.execute(sa.text("SELECT current_user")).scalar_one() == "salon_app"
        owned = session.execute(sa.text("SELECT count(*) FROM pg_tables WHERE tableowner = 'salon_app'")).scalar_one()
    assert owned == 0
