"""Every route, as it stands in the URL map: an audience, a refusal for strangers, no 5xx for anything that is sent."""

import itertools
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.routing import Rule

from salon.db import db, transaction
from salon.usecases import accounts, intake
from salon.usecases.accounts import create_token, link_actor
from salon.usecases.intake import ConsentGiven
from salon.web.access import Audience, audience_of
from tests import make
from tests.conftest import Clock
from tests.usecases.test_story import STORY_ANSWERS

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NOW = START - timedelta(hours=12)
ROLES = ("owner", "receptionist", "technician")
HEALTH = ("psoriasis", "hypertension", "skin_break", "blood pressure", "forearm", "skin is closed", "light strokes")
ODD: tuple[Any, ...] = (
    "",
    "x" * 5000,
    "\u0000",
    "\u202e<script>",
    -1,
    10**30,
    1.5,
    True,
    None,
    [],
    {},
    [[[]]],
    {"a": {"b": 1}},
)


class World:
    """Two salons in the database, with tokens of the first one's members and things of the second one."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            self.mine = make.make_salon("mine")
            self.theirs = make.make_salon("theirs")
            self.booked = make.make_booking(self.theirs, START, now=NOW)
            self.own = make.make_booking(self.mine, START, now=NOW)
            for booked in (self.booked, self.own):
                intake.submit_intake(
                    link_actor(booked.intake_token, "intake", now=NOW),
                    make.healthy_answers() | STORY_ANSWERS,
                    consent=ConsentGiven(accepted=True, signed_name="Inés"),
                    locale=None,
                    now=NOW,
                )
            members = {
                "owner": self.mine.owner,
                "receptionist": self.mine.receptionist,
                "technician": self.mine.technicians[self.own.technician],
            }
            self.tokens = {
                role: create_token(self.mine.owner, actor.name, name="walk", now=NOW) for role, actor in members.items()
            }

    def headers(self, role: str | None) -> dict[str, str]:
        """Return what a caller of this role sends."""
        base = {"Idempotency-Key": "walk"}
        return base | ({"Authorization": f"Bearer {self.tokens[role]}"} if role else {})


@pytest.fixture
def world(app: Flask, clock: Clock) -> World:
    clock.set(NOW)
    return World(app)


def rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Give every rule with every method that is not added by Flask itself."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def address(rule: Rule, **values: str) -> str:
    """Return the rule's address with its parts filled in."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: values.get(part[1], "walk"), rule.rule)


def test_every_route_names_its_audience(app: Flask) -> None:
    nameless = [rule.rule for rule in app.url_map.iter_rules() if audience_of(app, rule.endpoint) is None]
    assert nameless == []


def test_strangers_are_refused_on_every_route_that_is_not_theirs(world: World, client: FlaskClient) -> None:
    walked = 0
    for rule, method in rules(world.app):
        named = audience_of(world.app, rule.endpoint)
        if named in (Audience.ANYBODY, Audience.PUBLIC):
            continue
        walked += 1
        filled = address(rule, token="x" * 32, reference=world.own.reference, part="today")
        body: dict[str, Any] = {"json": {}} if rule.rule.startswith("/api/") and method == "POST" else {}
        answer = client.open(filled, method=method, **body)
        expected = {Audience.BEARER: {401}, Audience.MEMBER: {302, 401, 400}}.get(named or Audience.MEMBER, {404, 400})
        assert answer.status_code in expected, (method, filled, answer.status_code)
    assert walked > 30


@pytest.mark.parametrize("role", ROLES)
def test_another_salons_things_do_not_exist(world: World, client: FlaskClient, role: str) -> None:
    """Each call with a reference of the other salon: never a 2xx, and the same answer as for one that never was."""
    bodies: dict[str, dict[str, Any]] = {
        "acknowledge": {"cautions": ["skin_break"]},
        "observe": {"code": "skin_break"},
        "complete": {"outcome": "adapted"},
        "reschedule": {"start": "2026-11-25T10:00:00+01:00"},
        "change-service": {"service": "classic-manicure"},
        "doctor-ok": {"dated_on": "2026-11-20", "paper_seen": True},
    }
    walked = 0
    for rule, method in rules(world.app):
        if audience_of(world.app, rule.endpoint) is not Audience.BEARER or "<reference>" not in rule.rule:
            continue
        walked += 1
        body = {"json": bodies.get(rule.rule.rsplit("/", 1)[-1], {})} if method == "POST" else {}
        answers = []
        for reference in (world.booked.reference, "NEVERWAS22"):
            filled = address(rule, reference=reference)
            answer = client.open(filled, method=method, headers=world.headers(role), **body)
            answers.append((answer.status_code, len(answer.data)))
        assert answers[0] == answers[1], (rule.rule, answers)
        assert answers[0][0] in (403, 404), (rule.rule, answers)
    assert walked >= 11


def _counts(world: World) -> dict[str, int]:
    with world.app.app_context(), transaction(world.mine.salon_id, writes=False) as session:
        tables = [table for table in db.metadata.sorted_tables if table.name not in ("throttle", "audit_entry")]
        return {t.name: session.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}


def test_odd_members_break_nothing_and_store_nothing(world: World, client: FlaskClient) -> None:
    """Each member of each call's body as something it is not: 4xx, never 5xx, nothing stored."""
    spec = world.app.spec  # type: ignore[attr-defined]
    before = _counts(world)
    walked = 0
    for path, methods in spec["paths"].items():
        schema = methods.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json", {})
        name = schema.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
        members = spec["components"]["schemas"].get(name, {}).get("properties", {})
        filled = _filled(world, path)
        for member, odd in itertools.product([*members, "no_such_member"], ODD):
            answer = client.post(filled, json={member: odd}, headers=world.headers("technician"))
            assert answer.status_code < 500, (filled, member, odd)
            walked += 1
        for raw in (b"", b"[]", b"null", b"{", b'"x"', b"\xff", b'{"a":1,"a":2}', b"[" * 5000):
            answer = client.post(
                filled, data=raw, content_type="application/json", headers=world.headers("receptionist")
            )
            assert answer.status_code < 500, (filled, raw[:10])
    assert walked > 200
    after = _counts(world)
    for table in ("visit", "intake_response", "evaluation", "observed_caution", "visit_record", "doctor_ok"):
        assert after[table] == before[table], table


def _filled(world: World, path: str) -> str:
    token = world.own.intake_token if "/intake/" in path else world.own.visit_token
    return path.format(token=token, salon="mine", reference=world.own.reference)


def test_odd_parameters_break_nothing(world: World, client: FlaskClient) -> None:
    for rule, method in rules(world.app):
        if method != "GET" or rule.endpoint in ("static", "security.static"):
            continue
        filled = address(rule, salon="mine", reference=world.own.reference, token="x" * 32, part="today")
        for query in (
            "?from=x&to=y",
            "?a=1&a=2",
            "?limit=-1",
            "?day=2026-13-45",
            "?start=%F0%9F%92%85&service=",
            "?lang=xx",
        ):
            answer = client.get(filled + query, headers=world.headers("owner"))
            assert answer.status_code < 500, filled + query


def test_only_the_card_and_the_preview_say_health_words(world: World, client: FlaskClient) -> None:
    """Everything that reception and owner can fetch, searched for codes, answers and caution texts."""
    for role in ("receptionist", "owner"):
        for rule, method in rules(world.app):
            if method != "GET" or audience_of(world.app, rule.endpoint) is not Audience.BEARER:
                continue
            query = "?from=2026-11-20&to=2026-11-30" if "<reference>" not in rule.rule else ""
            filled = address(rule, reference=world.own.reference) + query
            answer = client.get(filled, headers=world.headers(role))
            for word in HEALTH:
                assert word not in answer.text.lower(), (role, filled, word)


def test_every_answer_has_its_headers(world: World, client: FlaskClient) -> None:
    for filled in ("/", "/mine", "/nothing", "/api/v1/nothing", "/desk", "/sign-in", f"/visit/{world.own.visit_token}"):
        answer = client.get(filled)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"], filled
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    private = client.get(f"/visit/{world.own.visit_token}")
    assert private.headers["Cache-Control"] == "no-store"


def test_the_description_of_the_api_is_valid(world: World, client: FlaskClient) -> None:
    from openapi_spec_validator import validate

    spec = json.loads(client.get("/api/v1/openapi.json").text)
    assert spec["openapi"].startswith("3.1")
    validate(spec)
    assert accounts.token_hash("x") != "x"
