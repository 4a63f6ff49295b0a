"""Every form that posts, with every field as something it is not: never a 5xx, and the visit stays as it was."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from sqlalchemy import select, update

from salon.db import transaction
from salon.models import Appointment, User
from salon.web.access import Audience, audience_of
from tests import make
from tests.conftest import Clock
from tests.web.test_staff_pages import PASSWORD, START, sign_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NOW = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
FIELDS = (
    "name", "phone", "email", "locale", "age_band", "note", "service", "addons", "addon", "technician", "on", "at",
    "reason", "client_key", "code", "side", "site", "outcome", "products", "caution", "dated_on", "signed_name",
    "guardian_name", "consent", "today.urgent", "today.skin_break.place", "heart.hypertension.sys", "allergy",
    "start", "once", "with", "salon", "back",
)  # fmt: skip
ODD = (
    "",
    "x" * 5000,
    "\u202e<script>alert(1)</script>",
    "-1",
    "99999999999999999999",
    "null",
    "2026-13-45",
    "%s{{7*7}}",
)


def _addresses(app: Flask, **parts: str) -> list[tuple[str, Audience | None]]:
    found = []
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or set()) and not rule.rule.startswith(("/api/", "/sign", "/verify")):
            filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: parts[part[1]], rule.rule)
            found.append((filled, audience_of(app, rule.endpoint)))
    return found


def test_no_form_breaks_and_no_visit_changes(app: Flask, client: FlaskClient, clock: Clock) -> None:
    clock.set(NOW)
    with app.app_context():
        made = make.make_salon(technicians=("mai",))
        booked = make.make_booking(made, START, now=NOW)
        with transaction(None, writes=True) as session:
            session.execute(update(User).values(password=hash_password(PASSWORD)))
    people = {"desk": sign_in(app, made.receptionist.user_id), "mai": sign_in(app, made.mai.user_id)}
    app.config["WTF_CSRF_ENABLED"] = False
    clock.forward(timedelta(minutes=1))
    skipped = ("/cancel", "/no-show", "/check-in", "/without-massage", "/at-the-chair")  # no field says what they do
    walked = 0
    tokens = {"/visit": booked.visit_token, "/intake": booked.intake_token}
    for start, token in tokens.items():
        parts = {"token": token, "reference": booked.reference, "salon": "amber", "part": "today"}
        for filled, named in _addresses(app, **parts):
            is_link = filled.startswith(("/visit", "/intake"))
            if (
                filled.endswith(skipped)
                or (is_link and not filled.startswith(start))
                or (not is_link and start != "/visit")
            ):
                continue
            who = people["desk" if filled.startswith("/desk") else "mai"] if named is Audience.MEMBER else client
            forms = [dict.fromkeys(FIELDS, odd) for odd in ODD]
            forms += [{field: ODD[number % len(ODD)]} for number, field in enumerate(FIELDS)]
            for form in forms:
                answer = who.post(filled, data=form)
                assert answer.status_code < 500, (filled, list(form)[:2])
                walked += 1
    assert walked > 400
    with app.app_context(), transaction(made.salon_id, writes=False) as session:
        row = session.execute(select(Appointment.status, Appointment.starts_at)).one()
    assert tuple(row) == ("booked", START)
