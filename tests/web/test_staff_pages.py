"""Sign-in, the desk and the technician's pages, in the app as it is; on both databases."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from sqlalchemy import select, update

from config import Settings
from salon.db import transaction
from salon.models import User
from salon.usecases import intake
from salon.usecases.accounts import link_actor
from salon.usecases.booking import Booked
from salon.usecases.intake import ConsentGiven
from tests import make
from tests.conftest import Clock
from tests.usecases.test_story import STORY_ANSWERS
from tests.web.test_client_pages import hidden

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
HEALTH_WORDS = (
    "psoriasis",
    "hypertension",
    "blood pressure",
    "skin is",
    "forearm",
    "left",
    "skin_break",
    "light strokes",
)


@pytest.fixture
def made(app: Flask) -> make.Made:
    with app.app_context():
        found = make.make_salon(technicians=("mai",))
        secret = hash_password(PASSWORD)
        with transaction(None, writes=True) as session:
            session.execute(update(User).values(password=secret))
        return found


def email_of(app: Flask, user_id: int | None) -> str:
    with app.app_context(), transaction(None, writes=False) as session:
        return session.execute(select(User.email).where(User.id == user_id)).scalar_one()


def sign_in(app: Flask, user_id: int | None) -> FlaskClient:
    client = app.test_client()
    page = client.get("/sign-in")
    fields = hidden(page) | {"email": email_of(app, user_id), "password": PASSWORD}
    answer = client.post("/sign-in", data=fields)
    assert answer.status_code == 302, answer.text
    return client


def booked(app: Flask, made: make.Made, now: datetime) -> Booked:
    with app.app_context():
        visit = make.make_booking(made, START, now=now)
        soon = START - timedelta(hours=12)
        intake.submit_intake(
            link_actor(visit.intake_token, "intake", now=soon),
            make.healthy_answers() | STORY_ANSWERS,
            consent=ConsentGiven(accepted=True, signed_name="Inés García"),
            locale="es",
            now=soon,
        )
    return visit


def test_signing_in_leads_to_the_page_of_the_role(app: Flask, made: make.Made, clock: Clock) -> None:
    desk = sign_in(app, made.receptionist.user_id)
    assert desk.get("/after-sign-in").location == "/desk"
    assert desk.get("/desk").status_code == 200
    mai = sign_in(app, made.mai.user_id)
    assert mai.get("/after-sign-in").location == "/today"
    assert mai.get("/desk").status_code == 403
    owner = sign_in(app, made.owner.user_id)
    for address in ("/manage", "/manage/trail", "/rules", "/desk", "/choose-salon"):
        assert owner.get(address).status_code == 200, address


def test_a_cookie_is_worth_nothing_after_signing_out(app: Flask, made: make.Made, clock: Clock) -> None:
    desk = sign_in(app, made.receptionist.user_id)
    kept = desk.get_cookie("session")
    assert kept is not None
    desk.post("/sign-out", data=hidden(desk.get("/desk")))
    replay = app.test_client()
    replay.set_cookie("session", kept.value)
    answer = replay.get("/desk")
    assert (answer.status_code, answer.location.split("?")[0]) == (302, "/sign-in")


def test_known_and_unknown_people_are_refused_alike(app: Flask, made: make.Made, clock: Clock) -> None:
    def refused(email: str) -> str:
        client = app.test_client()
        page = client.post("/sign-in", data=hidden(client.get("/sign-in")) | {"email": email, "password": "x" * 12})
        return re.sub(r'value="[^"]*"', "", page.text).replace(email, "")

    assert refused(email_of(app, made.owner.user_id)) == refused("nobody@example.org")


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(app: Flask, made: make.Made, clock: Clock, elsewhere: str) -> None:
    client = app.test_client()
    page = client.get("/sign-in", query_string={"next": elsewhere})
    fields = hidden(page) | {"email": email_of(app, made.owner.user_id), "password": PASSWORD}
    answer = client.post("/sign-in", query_string={"next": elsewhere}, data=fields)
    location = answer.location or "/"
    assert urlsplit(location).netloc == ""
    assert not location.startswith("//")


def test_reception_sees_one_neutral_word(app: Flask, made: make.Made, clock: Clock) -> None:
    visit = booked(app, made, clock.now)
    clock.set(START - timedelta(minutes=30))
    desk = sign_in(app, made.receptionist.user_id)
    for address in ("/desk?lang=en", f"/desk/appointments/{visit.reference}"):
        page = desk.get(address)
        assert page.status_code == 200
        assert "Adapt" in page.text
        for word in HEALTH_WORDS:
            assert word not in page.text.lower(), word
    assert desk.get(f"/appointments/{visit.reference}/card").status_code == 403


def test_the_visit_from_arrival_to_the_end(app: Flask, made: make.Made, clock: Clock) -> None:
    visit = booked(app, made, clock.now)
    clock.set(START - timedelta(minutes=10))
    desk, mai = sign_in(app, made.receptionist.user_id), sign_in(app, made.mai.user_id)
    page = desk.get(f"/desk/appointments/{visit.reference}")
    assert desk.post(f"/desk/appointments/{visit.reference}/check-in", data=hidden(page)).status_code == 303
    assert mai.get("/today").status_code == 200
    address = f"/appointments/{visit.reference}/card"
    shown = mai.get(address)
    assert shown.status_code == 200
    assert "Massage có điều chỉnh" in shown.text
    assert 'aria-disabled="true"' in shown.text
    assert mai.post(f"/appointments/{visit.reference}/start", data=hidden(shown)).status_code == 303
    token = {"csrf_token": hidden(shown)["csrf_token"]}
    mai.post(f"/appointments/{visit.reference}/seen", data=token | {"caution": "skin_break"})
    started = mai.post(f"/appointments/{visit.reference}/start", data=token | {"confirmed_today": "1"})
    assert started.status_code == 303
    clock.set(START + timedelta(minutes=45))
    ending = mai.get(f"/appointments/{visit.reference}/finish")
    done = hidden(ending) | {"outcome": "adapted", "skin_reaction": "no", "products": "almond-oil", "note": ""}
    assert mai.post(f"/appointments/{visit.reference}/finish", data=done).location == "/today"
    assert "done" in desk.get("/desk?lang=en").text


def test_what_she_sees_makes_the_card_stricter(app: Flask, made: make.Made, clock: Clock) -> None:
    visit = booked(app, made, clock.now)
    clock.set(START - timedelta(minutes=10))
    mai = sign_in(app, made.mai.user_id)
    page = mai.get(f"/appointments/{visit.reference}/see")
    assert page.status_code == 200
    wrong = mai.post(f"/appointments/{visit.reference}/see", data=hidden(page) | {"code": "nonsense"})
    assert wrong.status_code == 422
    seen = hidden(page) | {"code": "rash_unexplained", "side": "both", "site": "hand"}
    assert mai.post(f"/appointments/{visit.reference}/see", data=seen).status_code == 303
    after = mai.get(f"/appointments/{visit.reference}/card?lang=en")
    assert "Another day" in after.text
    assert "Manicure only" in after.text


def test_the_desk_books_and_keeps_what_was_typed(app: Flask, made: make.Made, clock: Clock) -> None:
    desk = sign_in(app, made.receptionist.user_id)
    page = desk.get("/desk/book")
    typed = hidden(page) | {
        "service": "spa-manicure", "technician": "", "on": "2026-11-24", "at": "10:00", "name": "Zoë O'Brien-Łuczak",
        "locale": "en", "phone": "", "email": "", "note": "", "reason": "",
    }  # fmt: skip
    made_it = desk.post("/desk/book", data=typed)
    assert made_it.status_code == 303, made_it.text
    assert "Zoë" in desk.get(made_it.location).text
    taken = desk.post("/desk/book", data=typed)
    assert taken.status_code == 409
    assert "Zoë O'Brien-Łuczak" in unescape(taken.text)
    early = desk.post("/desk/book", data=typed | {"at": "06:00"})
    assert early.status_code == 422
    assert desk.post("/desk/book", data=typed | {"at": "06:00", "reason": "flight at nine"}).status_code == 303
    assert "Zoë" in desk.get("/desk/book?find=zo").text


def test_another_salons_staff_find_nothing(app: Flask, made: make.Made, clock: Clock) -> None:
    visit = booked(app, made, clock.now)
    with app.app_context():
        other = make.make_salon("birch")
        with transaction(None, writes=True) as session:
            session.execute(update(User).values(password=hash_password(PASSWORD)))
    clock.set(START)
    stranger = sign_in(app, other.receptionist.user_id)
    assert stranger.get(f"/desk/appointments/{visit.reference}").status_code == 404
    mai_there = sign_in(app, other.technicians["mai"].user_id)
    assert mai_there.get(f"/appointments/{visit.reference}/card").status_code == 404


def test_guessing_is_stopped_and_the_right_password_starts_anew(
    app: Flask, made: make.Made, clock: Clock, settings: Settings
) -> None:
    app.extensions["settings"] = replace(settings, throttle=True)
    email = email_of(app, made.owner.user_id)

    def attempt(password: str) -> int:
        client = app.test_client()
        fields = hidden(client.get("/sign-in")) | {"email": email, "password": password}
        return client.post("/sign-in", data=fields).status_code

    assert [attempt("wrong password") for _ in range(9)] == [200] * 9
    assert attempt(PASSWORD) == 302
    assert [attempt("wrong password") for _ in range(11)] == [200] * 10 + [429]
    assert attempt(PASSWORD) == 429
    clock.forward(timedelta(minutes=16))
    assert attempt(PASSWORD) == 302
