"""The story as another program lives it: command line and HTTP only, real server, real clock, both databases.

What this test knows is the contract, nothing of the code.
"""

import http.client
import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from config import Settings
from tests.servers import ROOT, environment, production_server, salon_command

FILE = Path(__file__).with_name("salon_file.json")


class Outsider:
    """A program that talks to the server."""

    def __init__(self, url: str, tokens: dict[str, str]) -> None:
        self.netloc, self.tokens = urlsplit(url).netloc, tokens

    def call(
        self, method: str, path: str, body: Any = None, *, who: str | None = None, **headers: str
    ) -> tuple[int, Any]:
        """Return status and JSON of one call."""
        connection = http.client.HTTPConnection(self.netloc, timeout=30)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if who:
            sent["Authorization"] = f"Bearer {self.tokens[who]}"
        payload = None if body is None else json.dumps(body)
        if payload is not None:
            sent["Content-Type"] = "application/json"
        connection.request(method, f"/api/v1{path}", payload, sent)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, json.loads(text) if text else None

    def book(self, start: str, *, key: str | None = None, **changes: Any) -> tuple[int, Any]:
        """Book a spa manicure in public."""
        body = {
            "service": "spa-manicure",
            "addons": [],
            "technician": None,
            "start": start,
            "client": {"name": "Inés García", "phone": "030 1234567", "locale": "es"},
        } | changes
        return self.call("POST", "/salons/outsider/bookings", body, Idempotency_Key=key or secrets.token_hex(8))


def _member(settings: Settings, email: str, *extra: str) -> str:
    added = subprocess.run(
        [
            Path(sys.executable).with_name("salon"),
            "user",
            "add",
            email,
            "--salon",
            "outsider",
            *extra,
            "--password-stdin",
        ],
        env=environment(settings),
        cwd=ROOT,
        input="long enough for everybody 2026\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert added.returncode == 0, added.stderr
    token = salon_command(settings, "token", "create", email, "--salon", "outsider", "--name", "test")
    assert token.returncode == 0, token.stderr
    assert len(token.stdout.split()) == 1
    return token.stdout.strip()


@pytest.fixture
def outsider(settings: Settings) -> Iterator[Outsider]:
    assert salon_command(settings, "import", str(FILE)).returncode == 0
    tokens = {
        "owner": _member(settings, "owner@example.org", "--role", "owner"),
        "desk": _member(settings, "desk@example.org", "--role", "receptionist"),
        "mai": _member(settings, "mai@example.org", "--role", "technician", "--technician", "mai"),
    }
    with production_server(settings) as url:
        yield Outsider(url, tokens)


def _slots(outsider: Outsider) -> list[dict[str, Any]]:
    today = datetime.now(UTC).date()
    query = f"service=spa-manicure&from={today}&to={today + timedelta(days=2)}"
    status, found = outsider.call("GET", f"/salons/outsider/slots?{query}")
    assert (status, found["time_zone"]) == (200, "Europe/Berlin")
    slots: list[dict[str, Any]] = found["slots"]
    assert slots == sorted(slots, key=lambda slot: datetime.fromisoformat(slot["start"]))
    return slots


def _healthy(questionnaire: dict[str, Any]) -> dict[str, Any]:
    """Answer "no" to each required question that is shown to somebody with no condition."""
    answers: dict[str, Any] = {}

    def walk(items: list[dict[str, Any]]) -> None:
        for item in items:
            if item["type"] == "choice" and not item.get("enableWhen"):
                if item["linkId"] == "age_band":
                    answers["age_band"] = "18_plus"
                else:
                    answers[item["linkId"]] = [] if item.get("repeats") else "no"
            walk(item.get("item", []))

    walk(questionnaire["item"])
    return answers


def _intake(outsider: Outsider, booked: dict[str, Any], **answers: Any) -> tuple[int, Any]:
    token = booked["intake"]["url"].rsplit("/", 1)[1]
    status, questionnaire = outsider.call("GET", f"/intake/{token}")
    assert (status, questionnaire["resourceType"]) == (200, "Questionnaire")
    body = {
        "answers": _healthy(questionnaire) | answers,
        "consent": {"accepted": True, "signed_name": "Inés García"},
    }
    return outsider.call("POST", f"/intake/{token}", body)


def test_the_story_over_http(outsider: Outsider) -> None:
    status, menu = outsider.call("GET", "/salons/outsider/services", Accept_Language="es")
    assert status == 200
    spa = menu["services"][0]
    assert (spa["key"], spa["name"]) == ("spa-manicure", "Manicura spa con masaje de manos")
    assert spa["price"] == {"amount_minor": 4500, "currency": "EUR"}

    slot = _slots(outsider)[0]
    status, booked = outsider.book(slot["start"], key="one")
    assert (status, booked["status"], booked["technician"]) == (201, "booked", "mai")
    assert booked["intake"]["status"] == "required"
    assert outsider.book(slot["start"], key="one") == (201, booked)
    assert outsider.book(slot["start"], key="one", note="other body")[0] == 422

    status, refused = outsider.book(slot["start"])
    assert (status, refused["type"].endswith("/slot-taken")) == (409, True)
    assert 1 <= len(refused["alternatives"]) <= 5

    status, result = _intake(
        outsider,
        booked,
        **{
            "heart.hypertension": "yes",
            "heart.hypertension.controlled": "yes",
            "skin.psoriasis": "yes",
            "skin.psoriasis.on_hands_arms": "yes",
            "skin.psoriasis.state": "calm",
            "skin.psoriasis.side": "both",
            "today.skin_break": "yes",
            "today.skin_break.side": "left",
            "today.skin_break.site": ["forearm"],
            "today.skin_break.open": "no",
            "today.skin_break.over_4_weeks": "no",
        },
    )
    assert (status, result["outcome"]) == (201, "adapted")

    reference = booked["reference"]
    day = slot["start"][:10]
    status, listed = outsider.call("GET", f"/appointments?from={day}&to={day}", who="desk")
    assert status == 200
    row = next(row for row in listed["appointments"] if row["reference"] == reference)
    assert (row["action"], row["intake_status"]) == ("adapt", "valid")
    for word in ("psoriasis", "hypertension", "skin", "left", "forearm"):
        assert word not in json.dumps(row)

    assert outsider.call("GET", f"/appointments/{reference}/card", who="desk")[0] in (403, 404)
    status, card = outsider.call("GET", f"/appointments/{reference}/card", who="mai")
    assert (status, card["result"], card["language"]) == (200, "adapted", "vi")
    assert [caution["code"] for caution in card["cautions"]] == ["skin_break", "hypertension", "psoriasis"]

    assert outsider.call("POST", f"/appointments/{reference}/start", {"confirmed_today": True}, who="mai")[0] == 409
    path = f"/appointments/{reference}"
    assert outsider.call("POST", f"{path}/acknowledge", {"cautions": ["skin_break"]}, who="mai")[0] in (200, 201, 204)
    assert outsider.call("POST", f"{path}/check-in", {}, who="desk")[0] in (200, 204)
    assert outsider.call("POST", f"{path}/start", {"confirmed_today": True}, who="mai")[0] in (200, 204)
    done = {"outcome": "adapted", "skin_reaction": False, "products": ["almond-oil"]}
    assert outsider.call("POST", f"{path}/complete", done, who="mai")[0] in (200, 204)
    assert outsider.call("POST", f"{path}/check-in", {}, who="desk")[0] == 409


def test_the_preview_of_the_contract(outsider: Outsider) -> None:
    body = {
        "service": "spa-manicure",
        "answers": {
            "skin.psoriasis": "yes",
            "skin.psoriasis.on_hands_arms": "yes",
            "skin.psoriasis.state": "flare",
            "skin.psoriasis.side": "right",
        },
    }
    status, preview = outsider.call("POST", "/screenings/preview", body, who="mai")
    assert status == 200
    assert (preview["result"], preview["sides"], preview["shaking"]) == ("adapted", ["left"], False)
    assert preview["steps"] == ["avoid_area", "fragrance_free", "light", "no_brush", "no_scrub", "no_soak"]
    caution = preview["cautions"][0]
    assert (caution["code"], caution["level"], caution["zone"], caution["sides"], caution["sites"]) == (
        "psoriasis",
        "postpone",
        "limb",
        ["right"],
        [],
    )
    assert preview["services"] == {
        "manicure_only": "adapted",
        "manicure": "adapted",
        "acupressure": "adapted",
        "complex": "adapted",
        "children": "not_available",
    }
    assert preview["reception"]["action"] == "adapt"
    assert outsider.call("POST", "/screenings/preview", body, who="desk")[0] == 403
    assert outsider.call("POST", "/screenings/preview", body)[0] == 401
