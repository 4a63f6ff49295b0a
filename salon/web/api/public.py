"""Calls that need no token: the salon, its menu, free starts, booking."""

import hashlib
import json
from typing import Any

from apiflask import Schema
from flask import Response, jsonify, make_response, request

from salon import clock
from salon.domain.errors import InvalidRequest, KeyMissing
from salon.i18n import language, offer
from salon.usecases import availability, booking, menu, salons
from salon.usecases.booking import Booked, BookingRequest
from salon.usecases.clients import Contact
from salon.usecases.diary import Wish
from salon.usecases.idempotency import Once
from salon.usecases.throttle import check_tries
from salon.web.access import Audience, actor, audience, client_address
from salon.web.api.blueprint import api, query_names
from salon.web.api.fields import Body, Day, Instant, Nested, key, keys, words
from salon.web.api.shapes import booked_json, salon_json, service_json, set_zone, slot_json

LONGEST_IDEMPOTENCY_KEY = 255
BOOKINGS_AN_HOUR = 600  # from one address: a whole hotel may stand behind it


class ClientBody(Body):
    """Who comes; phone or e-mail is needed in public."""

    name = words(200, required=True)
    phone = words(80, load_default=None, allow_none=True)
    email = words(320, load_default=None, allow_none=True)
    locale = words(20, load_default=None, allow_none=True)
    age_band = words(20, load_default=None, allow_none=True)


class BookingBody(Body):
    """What is booked; technician null means anyone."""

    service = key(required=True)
    addons = keys(load_default=list)
    technician = key(load_default=None, allow_none=True)
    start = Instant(required=True)
    client = Nested(ClientBody, load_default=None, allow_none=True)
    client_link = words(200, load_default=None, allow_none=True)
    note = words(load_default=None, allow_none=True)


class SlotsQuery(Schema):
    """Which starts are asked for."""

    service = key(required=True)
    from_ = Day(required=True, data_key="from")
    to = Day(required=True)
    technician = key()
    addon = keys()


@api.get("/salons/<salon>")
@api.doc(summary="A salon")
@query_names()
@audience(Audience.PUBLIC)
def salon(salon: str) -> Response:
    """Name, zone, currency, languages, address and the rules that a client may know."""
    return jsonify(salon_json(salons.read_salon(actor())))


@api.get("/salons/<salon>/services")
@api.doc(summary="The menu", responses=[304])
@query_names()
@audience(Audience.PUBLIC)
def services(salon: str) -> Response:
    """Every bookable service with add-ons and who does it; Accept-Language chooses the language."""
    facts = salons.read_salon(actor())
    offer(facts.locales)
    lines = [service_json(line, facts.currency) for line in menu.read_menu(actor())]
    answer = jsonify({"services": lines})
    answer.headers["Content-Language"] = language()
    answer.headers["Vary"] = "Accept-Language"
    answer.headers["Cache-Control"] = "no-cache"
    answer.add_etag()
    return answer.make_conditional(request)  # type: ignore[return-value]


@api.get("/salons/<salon>/slots")
@api.input(SlotsQuery, location="query")
@api.doc(summary="Free starts")
@query_names("service", "from", "to", "technician", "addon*")
@audience(Audience.PUBLIC)
def slots(salon: str, query_data: dict[str, Any]) -> Response:
    """Free starts on local dates from..to, at most 62 days; each with the technicians who are free."""
    wish = Wish(query_data["service"], tuple(query_data.get("addon", ())), query_data.get("technician"))
    found = availability.find_slots(actor(), wish, first=query_data["from_"], last=query_data["to"], now=clock.now())
    set_zone(salons.zone_of(found.time_zone))
    return jsonify({"time_zone": found.time_zone, "slots": [slot_json(slot) for slot in found.slots]})


@api.post("/salons/<salon>/bookings")
@api.input(BookingBody)
@api.doc(summary="Book", responses=[201, 400, 403, 404, 409, 422, 429])
@query_names()
@audience(Audience.PUBLIC)
def book(salon: str, json_data: dict[str, Any]) -> Response:
    """Book a visit, once for each Idempotency-Key."""
    wanted = booking_request(json_data, once())
    check_tries(f"booking {client_address()}", most=BOOKINGS_AN_HOUR, minutes=60, now=clock.now())
    set_zone(salons.read_salon(actor()).zone)
    return booked(booking.book_online(actor(), wanted, now=clock.now()))


def once() -> Once:
    """Return the request's Idempotency-Key with the hash of its body. Raises KeyMissing."""
    given = request.headers.get("Idempotency-Key", "")
    if not 1 <= len(given) <= LONGEST_IDEMPOTENCY_KEY or not all("!" <= letter <= "~" for letter in given):
        raise KeyMissing
    canonical = json.dumps(request.get_json(silent=True), sort_keys=True)
    return Once(given, hashlib.sha256(f"{request.path} {canonical}".encode()).hexdigest())


def booking_request(body: dict[str, Any], once_only: Once) -> BookingRequest:
    """Return the use case's request of a booking's body."""
    client = body["client"]
    if client is None and not body["client_link"] and not body.get("client_key"):
        raise InvalidRequest(("client", "required"))
    override = body.get("override")
    return BookingRequest(
        wish=Wish(body["service"], tuple(body["addons"]), body["technician"]),
        start=body["start"],
        contact=Contact(**client) if client else None,
        client_link=body["client_link"],
        client_key=body.get("client_key"),
        note=body["note"],
        override_reason=override["reason"] if override else None,
        once=once_only,
    )


def booked(made: Booked) -> Response:
    """Return 201 with the visit, or the first answer again."""
    answer = make_response(jsonify(booked_json(made)), 201)
    if made.is_replayed:
        answer.headers["Idempotent-Replayed"] = "true"
    return answer
