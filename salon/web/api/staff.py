"""Calls of the desk and of the technician, with a bearer token."""

from typing import Any

from apiflask import Schema
from apiflask.fields import Integer
from flask import Response, jsonify

from salon import clock
from salon.usecases import (
    appointments,
    audit,
    booking,
    calendar,
    chair,
    doctors_note,
    move,
    salons,
    service_change,
)
from salon.web.access import Audience, actor, audience
from salon.web.api.blueprint import api, query_names
from salon.web.api.fields import Body, Day, Nested, Yes, key, keys, words
from salon.web.api.public import BookingBody, booked, booking_request, once
from salon.web.api.shapes import at, row_json, set_zone
from salon.web.api.visits import MoveBody, NothingBody

DEFAULT_ROWS = 50


class ListQuery(Schema):
    """Which appointments."""

    from_ = Day(required=True, data_key="from")
    to = Day(required=True)
    technician = key()
    limit = Integer(load_default=DEFAULT_ROWS)
    cursor = words(200)


class TrailQuery(Schema):
    """Which days of the trail."""

    from_ = Day(required=True, data_key="from")
    to = Day(required=True)


class OverrideBody(Body):
    """Why outside the rules."""

    reason = words(required=True)


class DeskBookingBody(BookingBody):
    """A booking by staff."""

    client_key = key(load_default=None, allow_none=True)
    override = Nested(OverrideBody, load_default=None, allow_none=True)


class SeenBody(Body):
    """Cautions that were seen."""

    cautions = keys(required=True)


class ObservedBody(Body):
    """What she sees."""

    code = words(60, required=True)
    side = words(20, load_default=None, allow_none=True)
    site = keys(load_default=list)
    note = words(load_default="", allow_none=True)


class StartBody(Body):
    """The day's tick."""

    confirmed_today = Yes(load_default=False)


class DoneBody(Body):
    """What was done."""

    outcome = words(20, required=True)
    skin_reaction = Yes(load_default=False)
    products = keys(load_default=list)
    note = words(load_default="", allow_none=True)


class ServiceBody(Body):
    """The service to change to."""

    service = key(required=True)


class DoctorBody(Body):
    """A doctor's OK: for what is asked, or for one code."""

    code = words(60, load_default=None, allow_none=True)
    dated_on = Day(required=True)
    paper_seen = Yes(required=True)


@api.get("/appointments")
@api.input(ListQuery, location="query")
@api.doc(summary="Appointments", security="bearer", responses=[401, 403, 404, 422])
@query_names("from", "to", "technician", "limit", "cursor")
@audience(Audience.BEARER)
def list_appointments(query_data: dict[str, Any]) -> Response:
    """Appointments that start on local dates from..to; a technician gets her own. No health details."""
    found = calendar.read_days(
        actor(),
        first=query_data["from_"],
        last=query_data["to"],
        now=clock.now(),
        technician=query_data.get("technician"),
        limit=query_data["limit"],
        cursor=query_data.get("cursor"),
    )
    rows = [row_json(row, found.salon.zone) for row in found.rows]
    return jsonify({"appointments": rows, "cursor": found.cursor})


@api.post("/bookings")
@api.input(DeskBookingBody)
@api.doc(summary="Book for a client", security="bearer", responses=[201, 400, 401, 403, 404, 409, 422])
@query_names()
@audience(Audience.BEARER)
def book_for_client(json_data: dict[str, Any]) -> Response:
    """Book in the token's salon, for a known client by key or a new one; a reason allows short notice or odd hours."""
    wanted = booking_request(json_data, once())
    set_zone(salons.read_salon(actor()).zone)
    return booked(booking.book_at_desk(actor(), wanted, now=clock.now()))


def _state(reference: str, status: str) -> Response:
    return jsonify({"reference": reference, "status": status})


@api.post("/appointments/<reference>/check-in")
@api.input(NothingBody)
@api.doc(summary="The client is here", security="bearer", responses=[400, 401, 403, 404, 409, 422])
@query_names()
@audience(Audience.BEARER)
def check_in(reference: str, json_data: dict[str, Any]) -> Response:
    """Mark that the client is here."""
    return _state(reference, appointments.check_in(actor(), reference, now=clock.now()))


@api.post("/appointments/<reference>/no-show")
@api.input(NothingBody)
@api.doc(summary="The client did not come", security="bearer", responses=[400, 401, 403, 404, 409, 422])
@query_names()
@audience(Audience.BEARER)
def no_show(reference: str, json_data: dict[str, Any]) -> Response:
    """Mark that the client did not come."""
    return _state(reference, appointments.mark_no_show(actor(), reference, now=clock.now()))


@api.post("/appointments/<reference>/cancel")
@api.input(NothingBody)
@api.doc(summary="Cancel", security="bearer", responses=[400, 401, 403, 404, 409, 422])
@query_names()
@audience(Audience.BEARER)
def cancel(reference: str, json_data: dict[str, Any]) -> Response:
    """Cancel for the client."""
    return _state(reference, appointments.cancel(actor(), reference, now=clock.now()))


@api.post("/appointments/<reference>/reschedule")
@api.input(MoveBody)
@api.doc(summary="Move", security="bearer", responses=[400, 401, 403, 404, 409, 422])
@query_names()
@audience(Audience.BEARER)
def reschedule(reference: str, json_data: dict[str, Any]) -> Response:
    """Move for the client to another free start."""
    zone = salons.read_salon(actor()).zone
    set_zone(zone)
    move.move_appointment(
        actor(), reference, start=json_data["start"], technician=json_data["technician"], now=clock.now()
    )
    return jsonify({"reference": reference, "start": at(json_data["start"], zone)})


@api.post("/appointments/<reference>/change-service")
@api.input(ServiceBody)
@api.doc(summary="Change to without massage", security="bearer", responses=[400, 401, 403, 404, 409, 422])
@query_names()
@audience(Audience.BEARER)
def change_service(reference: str, json_data: dict[str, Any]) -> Response:
    """Change to the service without massage: same start, its own price and length."""
    service_change.change_service(actor(), reference, json_data["service"], now=clock.now())
    return jsonify({"reference": reference, "service": json_data["service"]})


@api.post("/appointments/<reference>/doctor-ok")
@api.input(DoctorBody)
@api.doc(summary="Record a doctor's OK", security="bearer", responses=[400, 401, 403, 404, 422])
@query_names()
@audience(Audience.BEARER)
def doctor_ok(reference: str, json_data: dict[str, Any]) -> Response:
    """Record that a doctor agreed: a date, never a diagnosis."""
    doctors_note.record_doctor_ok(actor(), reference, **json_data, now=clock.now())
    return jsonify({"reference": reference})


@api.post("/appointments/<reference>/acknowledge")
@api.input(SeenBody)
@api.doc(summary="Cautions seen", security="bearer", responses=[400, 401, 403, 404, 422])
@query_names()
@audience(Audience.BEARER)
def acknowledge(reference: str, json_data: dict[str, Any]) -> Response:
    """Mark cautions of the card as seen."""
    chair.acknowledge(actor(), reference, json_data["cautions"], now=clock.now())
    return jsonify({"reference": reference})


@api.post("/appointments/<reference>/observe")
@api.input(ObservedBody)
@api.doc(summary="Something seen at the chair", security="bearer", responses=[400, 401, 403, 404, 422])
@query_names()
@audience(Audience.BEARER)
def observe(reference: str, json_data: dict[str, Any]) -> Response:
    """Add a caution that she sees; it only makes the result stricter."""
    site = tuple(json_data["site"])
    seen = chair.Observation(json_data["code"], json_data["side"], site, json_data["note"] or "")
    chair.observe(actor(), reference, seen, now=clock.now())
    return jsonify({"reference": reference})


@api.post("/appointments/<reference>/start")
@api.input(StartBody)
@api.doc(summary="Start", security="bearer", responses=[400, 401, 403, 404, 409, 422])
@query_names()
@audience(Audience.BEARER)
def start(reference: str, json_data: dict[str, Any]) -> Response:
    """Start the visit, when nothing stands in the way."""
    confirmed = json_data["confirmed_today"]
    return _state(reference, chair.start(actor(), reference, confirmed_today=confirmed, now=clock.now()))


@api.post("/appointments/<reference>/complete")
@api.input(DoneBody)
@api.doc(summary="Finish", security="bearer", responses=[400, 401, 403, 404, 409, 422])
@query_names()
@audience(Audience.BEARER)
def complete(reference: str, json_data: dict[str, Any]) -> Response:
    """Finish the visit and keep what was done."""
    products = tuple(json_data["products"])
    done = chair.Done(json_data["outcome"], json_data["skin_reaction"], products, json_data["note"] or "")
    return _state(reference, chair.complete(actor(), reference, done, now=clock.now()))


@api.get("/audit")
@api.input(TrailQuery, location="query")
@api.doc(summary="Who did what", security="bearer", responses=[401, 403, 422])
@query_names("from", "to")
@audience(Audience.BEARER)
def trail(query_data: dict[str, Any]) -> Response:
    """The acts and the reads of health answers on local dates from..to; no health word stands in them."""
    found = audit.read_trail(actor(), first=query_data["from_"], last=query_data["to"])
    zone = salons.zone_of(found.time_zone)

    def shown(act: audit.Act) -> dict[str, Any]:
        return {"at": at(act.at, zone), "by": act.by, "source": act.source, "act": act.act, "subject": act.subject}

    return jsonify(
        {
            "acts": [shown(act) for act in found.acts],
            "health_reads": [shown(act) for act in found.health_reads],
            "chain_holds": found.chain_holds,
        }
    )
