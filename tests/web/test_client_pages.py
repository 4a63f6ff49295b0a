"""The client's pages without a script: menu, booking in steps, the health check, the visit; on both databases."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import make
from tests.conftest import Clock

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
CONTACT = {
    "name": "Inés García",
    "phone": "030 1234567",
    "email": "ines@example.org",
    "locale": "es",
    "note": "Ventana",
}


@pytest.fixture
def made(app: Flask) -> make.Made:
    with app.app_context():
        return make.make_salon(technicians=("mai",))


def hidden(page: TestResponse) -> dict[str, str]:
    """Return the hidden fields of the last form that holds more than a token."""
    forms = re.findall(r"<form.*?</form>", page.text, re.DOTALL)
    return {name: unescape(value) for form in forms for name, value in _HIDDEN.findall(form)}


def review(client: FlaskClient, **contact: str) -> TestResponse:
    page = client.get("/amber/book?service=spa-manicure&with=yes&technician=mai&start=2026-11-24T10:00%2B01:00&lang=es")
    assert page.status_code == 200, page.text
    return client.post("/amber/book", data=hidden(page) | CONTACT | contact)


def booked(client: FlaskClient) -> tuple[TestResponse, str, str]:
    looked = review(client)
    assert looked.status_code == 200, looked.text
    page = client.post("/amber/book", data=hidden(looked))
    assert page.status_code == 200, page.text
    visit = re.search(r"/visit/([\w-]+)", page.text)
    intake = re.search(r"/intake/([\w-]+)", page.text)
    assert visit
    assert intake
    return page, visit[1], intake[1]


def test_the_menu_shows_services_and_prices(client: FlaskClient, made: make.Made, clock: Clock) -> None:
    page = client.get("/amber?lang=es")
    assert page.status_code == 200
    assert "Manicura spa con masaje de manos" in page.text
    assert "45" in page.text
    assert client.get("/").status_code == 200
    assert client.get("/nobody").status_code == 404


def test_each_step_leads_to_the_next(client: FlaskClient, made: make.Made, clock: Clock) -> None:
    assert "spa-manicure" in client.get("/amber/book").text
    assert "paraffin-bath" in client.get("/amber/book?service=spa-manicure").text
    times = client.get("/amber/book?service=spa-manicure&with=yes").text
    assert "2026-11-23T12" in unescape(times).replace("%3A", ":") or "start=" in times


def test_booking_twice_with_one_click_books_once(client: FlaskClient, made: make.Made, clock: Clock) -> None:
    looked = review(client)
    fields = hidden(looked)
    first, second = client.post("/amber/book", data=fields), client.post("/amber/book", data=fields)
    assert (first.status_code, second.status_code) == (200, 200)
    assert re.search(r"[A-Z2-9]{10}", first.text)[0] == re.search(r"[A-Z2-9]{10}", second.text)[0]  # type: ignore[index]


def test_a_lost_time_keeps_everything_typed(client: FlaskClient, made: make.Made, clock: Clock) -> None:
    first, second = review(client), review(client)
    client.post("/amber/book", data=hidden(first))
    lost = client.post("/amber/book", data=hidden(second))
    assert lost.status_code == 409
    for typed in ("Inés García", "030 1234567", "ines@example.org", "Ventana"):
        assert typed in unescape(lost.text)
    other = re.findall(r'name="start" value="([^"]+)"', lost.text)
    assert other
    again = client.post("/amber/book", data=hidden(lost) | CONTACT | {"start": unescape(other[0])})
    assert client.post("/amber/book", data=hidden(again)).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "x" * 500), ("phone", "abc"), ("email", "no"), ("locale", "xx"), ("name", "a\x01b")],
)
def test_what_is_wrong_stands_beside_its_field(
    client: FlaskClient, made: make.Made, clock: Clock, field: str, value: str
) -> None:
    page = review(client, **{field: value})
    assert page.status_code == 422
    assert f'aria-describedby="{field}-' in page.text or 'role="alert"' in page.text
    assert "ines@example.org" in page.text or field == "email"


def answer_everything(client: FlaskClient, token: str, **told: Any) -> TestResponse:
    page = client.post(
        f"/intake/{token}", data=hidden(client.get(f"/intake/{token}")) | {"age_band": "18_plus", "consent": "yes"}
    )
    while page.status_code == 303 and "/part/" in page.location:
        shown = client.get(page.location)
        data: dict[str, Any] = hidden(shown)
        for name in dict.fromkeys(re.findall(r'type="radio" name="([^"]+)"', shown.text)):
            data[name] = told.get(name, "no" if name.count(".") < 2 else "")
        for name in dict.fromkeys(re.findall(r'type="checkbox" name="([^"]+)"', shown.text)):
            data[name] = told.get(name, [])
        data["none"] = "1"
        page = client.post(page.location, data=data)
    return page


STORY = {
    "heart.hypertension": "yes",
    "heart.hypertension.controlled": "yes",
    "heart.hypertension.reading_known": "no",
    "skin.psoriasis": "yes",
    "skin.psoriasis.on_hands_arms": "yes",
    "skin.psoriasis.state": "calm",
    "skin.psoriasis.side": "both",
    "today.skin_break": "yes",
    "today.skin_break.open": "no",
    "today.skin_break.over_4_weeks": "no",
    "today.skin_break.place": ["left.forearm"],
}


def test_the_health_check_from_start_to_result(client: FlaskClient, made: make.Made, clock: Clock) -> None:
    clock.set(START - timedelta(hours=20))
    _, _, token = booked(client)
    page = answer_everything(client, token, **STORY)
    assert page.location.endswith("/sign"), page.text
    shown = client.get(page.location)
    assert "Inés" not in shown.text
    sent = client.post(page.location, data=hidden(shown) | {"signed_name": "Inés García"})
    assert sent.status_code == 303, sent.text
    result = client.get(sent.location)
    assert result.status_code == 200
    for word in ("psoriasis", "hypertension", "presión"):
        assert word not in result.text.lower()
    assert result.headers["Cache-Control"] == "no-store"


def test_an_urgent_answer_shows_the_call_and_nothing_else(client: FlaskClient, made: make.Made, clock: Clock) -> None:
    clock.set(START - timedelta(hours=20))
    _, _, token = booked(client)
    first = client.post(
        f"/intake/{token}", data=hidden(client.get(f"/intake/{token}")) | {"age_band": "18_plus", "consent": "yes"}
    )
    page = client.post(first.location, data=hidden(client.get(first.location)) | {"today.urgent": "yes"})
    assert 'href="tel:112"' in page.text
    assert "<form" not in page.text


def test_without_consent_nothing_is_kept(client: FlaskClient, made: make.Made, clock: Clock, app: Flask) -> None:
    _, _, token = booked(client)
    page = client.post(f"/intake/{token}", data=hidden(client.get(f"/intake/{token}")) | {"age_band": "18_plus"})
    assert page.status_code == 422
    declined = client.get(f"/intake/{token}/decline")
    assert declined.status_code == 200
    kept = client.post(f"/intake/{token}/without-massage", data=hidden(declined))
    assert kept.status_code == 303
    assert client.get(kept.location).status_code == 200


def test_the_visit_can_be_read_put_into_a_calendar_and_cancelled(
    client: FlaskClient, made: make.Made, clock: Clock
) -> None:
    clock.set(START - timedelta(days=3))
    _, token, _ = booked(client)
    page = client.get(f"/visit/{token}")
    assert page.status_code == 200
    calendar = client.get(f"/visit/{token}/calendar.ics")
    assert calendar.text.startswith("BEGIN:VCALENDAR")
    cancelled = client.post(f"/visit/{token}/cancel", data=hidden(page))
    assert cancelled.status_code == 303
    assert client.get(f"/visit/{token}").status_code == 200


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda t: t[:-1], lambda t: t + "A", lambda t: t[::-1]])
def test_a_modified_link_opens_nothing(client: FlaskClient, made: make.Made, clock: Clock, change: Any) -> None:
    _, visit, intake = booked(client)
    for address in (f"/visit/{change(visit)}", f"/intake/{change(intake)}", f"/visit/{intake}", f"/intake/{visit}"):
        assert client.get(address).status_code == 404


def test_every_post_needs_its_token(client: FlaskClient, made: make.Made, clock: Clock) -> None:
    client.application.config["WTF_CSRF_ENABLED"] = True
    _, visit, intake = booked(client)
    for address in (f"/visit/{visit}/cancel", f"/intake/{intake}", "/amber/book", f"/intake/{intake}/without-massage"):
        assert client.post(address, data={}).status_code == 400
