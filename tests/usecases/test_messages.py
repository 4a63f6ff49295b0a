"""Messages: sent once by a real mail server, in the client's language, again later when it refuses, never twice."""

import re
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import func, insert, select, update

from config import Settings
from salon import create_app
from salon.cli import sending as worker
from salon.db import db, transaction
from salon.domain.permissions import Actor, Role
from salon.mailer import Mail, composed
from salon.models import Appointment, Client, IdempotencyKey, IntakeDraft, Link, OutboxMessage, Throttle
from salon.usecases import appointments, outbox
from salon.usecases.accounts import link_actor
from salon.usecases.booking import Booked
from salon.usecases.clients import Contact
from tests import make
from tests.conftest import Clock
from tests.mail import Postbox

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WORKER = Actor(Role.OPERATOR, None, "cli")


@pytest.fixture
def settings(settings: Settings, postbox: Postbox) -> Settings:
    """Give settings whose mail goes to the postbox, with links that clients could open."""
    return replace(settings, smtp_url=postbox.url, public_url="https://salon.example")


def booked(clock: Clock, made: make.Made | None = None, **changes: object) -> tuple[make.Made, Booked]:
    made = made or make.make_salon()
    return made, make.make_booking(made, START, now=clock.now, **changes)


def row(made: make.Made, kind: str = "confirmation") -> OutboxMessage:
    with transaction(made.salon_id, writes=False) as session:
        found = session.execute(
            select(OutboxMessage).where(OutboxMessage.salon_id == made.salon_id, OutboxMessage.kind == kind)
        ).scalar_one()
        session.expunge(found)
        return found


def contact(**changes: str | None) -> Contact:
    return replace(Contact("Inés García", email="ines@example.org", locale="es"), **changes)


def test_a_booking_sends_a_confirmation_and_an_intake_link(in_app: Flask, clock: Clock, postbox: Postbox) -> None:
    made, _ = booked(clock, contact=contact())
    tally = worker.run_once()
    assert (tally.sent, tally.put_off, tally.given_up) == (2, 0, 0)
    assert postbox.recipients == [["ines@example.org"]] * 2
    for kind in ("visit", "intake"):
        text = next(postbox.text(at) for at in (0, 1) if f"salon.example/{kind}/" in postbox.text(at))
        token = re.search(rf"https://salon\.example/{kind}/(\S+)", text)
        assert token is not None
        assert link_actor(token[1], kind, now=clock.now).salon_id == made.salon_id
    assert worker.run_once().sent == 0
    assert row(made).sent_at == clock.now


def test_a_confirmation_says_what_when_where_and_brings_a_calendar_file(
    in_app: Flask, clock: Clock, postbox: Postbox
) -> None:
    _, visit = booked(clock, contact=contact(locale="en"))
    worker.run_once()
    at = next(
        at
        for at, message in enumerate(postbox.messages)
        if message.get_body(("plain",)) and "visit.ics" in str(message)
    )
    message, text = postbox.messages[at], postbox.text(at)
    assert message["Subject"] == "Your appointment at Amber Hands on Tuesday 24 November, 10:00"
    assert message["To"].addresses[0].addr_spec == "ines@example.org"
    assert message["From"].addresses[0].addr_spec == "no-reply@salon.example"
    assert message["Date"].datetime == clock.now
    for words in ("Spa manicure", visit.reference, "€", "Amber Hands"):
        assert words in text
    [attached] = message.iter_attachments()
    event = Calendar.from_ical(attached.get_payload(decode=True)).walk("VEVENT")[0]
    assert event["dtstart"].dt == START


def test_no_mail_has_a_word_about_health(in_app: Flask, clock: Clock, postbox: Postbox) -> None:
    booked(clock, contact=contact(locale="en"))
    worker.run_once()
    for at, message in enumerate(postbox.messages):
        words = f"{message['Subject']} {postbox.text(at)}".lower()
        for word in ("health", "medical", "intake_", "allerg", "illness", "diagnos", "caution"):
            assert word not in words


@pytest.mark.parametrize(
    ("locale", "greeting"), [("en", "Hello Inés García"), ("es", "Hola, Inés García"), ("vi", "Chào Inés García")]
)
def test_mail_speaks_the_visits_language(
    in_app: Flask, clock: Clock, postbox: Postbox, locale: str, greeting: str
) -> None:
    booked(clock, contact=contact(locale=locale))
    worker.run_once()
    assert {message["Content-Language"] for message in postbox.messages} == {locale}
    assert all(postbox.text(at).startswith(greeting) for at in range(2))


def test_who_has_no_address_or_cancelled_gets_nothing(in_app: Flask, clock: Clock, postbox: Postbox) -> None:
    made, visit = booked(clock, contact=contact(email=None, phone="030 123456"))
    assert worker.run_once().given_up == 2
    other, visit = booked(clock, make.make_salon("second"), contact=contact())
    appointments.cancel(other.receptionist, visit.reference, now=clock.now)
    assert worker.run_once().given_up == 2
    assert postbox.messages == []
    assert row(made).given_up_at is not None


def test_a_refused_message_comes_back_later_and_later(in_app: Flask, clock: Clock, postbox: Postbox) -> None:
    made, _ = booked(clock, contact=contact())
    postbox.refuses_with = "451 later"
    waits = []
    for _ in range(4):
        assert worker.run_once().put_off == 2
        assert worker.run_once().put_off == 0
        waits.append(row(made).due_at - clock.now)
        clock.forward(waits[-1])
    assert [wait.total_seconds() // 60 for wait in waits] == [1, 2, 4, 8]
    postbox.refuses_with = None
    assert worker.run_once().sent == 2


def test_a_message_is_given_up_after_twelve_tries(in_app: Flask, clock: Clock, postbox: Postbox) -> None:
    made, _ = booked(clock, contact=contact())
    with transaction(made.salon_id, writes=True) as session:
        session.execute(update(OutboxMessage).values(tries=11))
    postbox.refuses_with = "451 later"
    assert worker.run_once().given_up == 2
    clock.forward(timedelta(hours=7))
    assert worker.run_once() == worker.Tally()


def test_a_refusal_for_good_is_not_tried_again(in_app: Flask, clock: Clock, postbox: Postbox) -> None:
    booked(clock, contact=contact())
    postbox.refuses_with = "550 no such person"
    assert worker.run_once().given_up == 2


def test_a_worker_killed_after_sending_sends_the_same_message_id_again(
    in_app: Flask, clock: Clock, postbox: Postbox
) -> None:
    made, _ = booked(clock, contact=contact())
    worker.run_once()
    first = {message["Message-ID"] for message in postbox.messages}
    with transaction(made.salon_id, writes=True) as session:  # as if it died before it could mark them
        session.execute(update(OutboxMessage).values(sent_at=None, leased_until=clock.now + outbox.LEASE))
    assert worker.run_once().sent == 0
    clock.forward(outbox.LEASE)
    assert worker.run_once().sent == 2
    assert {message["Message-ID"] for message in postbox.messages[2:]} == first
    assert len(first) == 2


def test_every_try_mints_its_own_link_and_stores_only_its_hash(in_app: Flask, clock: Clock, postbox: Postbox) -> None:
    made, _ = booked(clock, contact=contact())
    worker.run_once()
    with transaction(made.salon_id, writes=False) as session:
        assert session.execute(select(func.count()).select_from(Link)).scalar_one() == 4
        stored = set(session.execute(select(Link.token_hash)).scalars())
    tokens = re.findall(r"https://salon\.example/\w+/(\S+)", postbox.text(0) + postbox.text(1))
    assert len(tokens) == 2
    assert stored.isdisjoint(tokens)


def test_two_workers_side_by_side_send_each_message_once(
    app: Flask, settings: Settings, clock: Clock, postbox: Postbox
) -> None:
    with app.app_context():
        made = make.make_salon(technicians=[f"t-{number}" for number in range(10)])
        for number in range(10):
            make.make_booking(made, START, now=clock.now, contact=contact(email=f"c{number}@example.org", locale="en"))
    tallies: list[worker.Tally] = []

    def work() -> None:
        other = create_app(settings)
        with other.app_context():
            tallies.append(worker.run_once())
            db.session.remove()
            db.engine.dispose()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(tally.sent for tally in tallies) == 20
    assert len({message["Message-ID"] for message in postbox.messages}) == len(postbox.messages) == 20


def test_without_a_mail_server_messages_wait(in_app: Flask, settings: Settings, clock: Clock, postbox: Postbox) -> None:
    booked(clock, contact=contact())
    in_app.extensions["settings"] = replace(settings, smtp_url=None)
    assert worker.run_once().waiting == 2
    in_app.extensions["settings"] = settings
    assert worker.run_once().sent == 2


def test_a_name_cannot_add_a_header(clock: Clock) -> None:
    mail = Mail(
        recipient="ines@example.org",
        recipient_name='Inés\r\nBcc: all@example.org, "x"',
        sender="no-reply@salon.example",
        sender_name="Amber\nHands",
        reply_to=None,
        subject="Hello\r\nBcc: all@example.org\u2028X: y",
        body="Hi",
        message_id="<1@salon.example>",
        locale="en",
        written_at=clock.now,
    )
    message = composed(mail)
    assert message["Bcc"] is None
    assert message["X"] is None
    assert b"\nBcc:" not in message.as_bytes()


def test_what_is_kept_no_longer_goes(in_app: Flask, clock: Clock) -> None:
    made, visit = booked(clock)
    old, young = clock.now - timedelta(hours=24), clock.now - timedelta(hours=23)
    second = make.make_salon("second")
    with transaction(made.salon_id, writes=True) as session:
        session.execute(
            insert(IntakeDraft).values(
                salon_id=made.salon_id, visit_id=visit.visit_id, answers=b"", locale="en", saved_at=old
            )
        )
        for key, at in (("old", old), ("young", young)):
            session.execute(
                insert(IdempotencyKey).values(
                    salon_id=made.salon_id, key_hash=key, body_hash="", answer=b"", answered_at=at
                )
            )
        session.execute(update(Appointment).values(status="held", held_until=clock.now, visit_id=None, client_id=None))
        session.execute(insert(Throttle).values(subject="old", window_starts_at=old, tries=1))
        session.execute(insert(Throttle).values(subject="young", window_starts_at=young, tries=1))
    assert second.salon_id != made.salon_id
    worker.tidy()
    with transaction(made.salon_id, writes=False) as session:
        for table, left in ((IntakeDraft, 0), (IdempotencyKey, 1), (Appointment, 0), (Throttle, 1), (Client, 1)):
            assert session.execute(select(func.count()).select_from(table)).scalar_one() == left, table
