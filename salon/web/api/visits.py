"""The client's own visit by its link."""

from typing import Any

from flask import Response, current_app, jsonify

from salon import clock
from salon.i18n import offer
from salon.usecases import move, own_visit, salons
from salon.web.access import Audience, actor, audience
from salon.web.api.blueprint import api, query_names
from salon.web.api.fields import Body, Instant, key
from salon.web.api.shapes import at, in_words, money, set_zone


class MoveBody(Body):
    """Where to; technician null keeps the one there is."""

    start = Instant(required=True)
    technician = key(load_default=None, allow_none=True)


class NothingBody(Body):
    """A call without members."""


def visit_json(token: str) -> dict[str, Any]:
    """Return the visit of the link; never an answer."""
    visit = own_visit.read_own_visit(actor(), now=clock.now())
    offer(visit.salon.locales, own=visit.locale)
    first, zone = visit.appointments[0], visit.salon.zone
    shown: dict[str, Any] = {
        "reference": first.reference,
        "status": first.status,
        "start": at(first.start, zone),
        "end": at(first.end, zone),
        "service": first.service,
        "service_name": in_words(first.service_name),
        "technician": first.technician,
        "technician_name": first.technician_name,
        "price": money(first.price_minor, visit.salon.currency),
        "intake_status": first.intake_status,
        "can": {"cancel": first.can_cancel, "reschedule": first.can_reschedule},
        "calendar_url": f"{current_app.extensions['settings'].public_url}/visit/{token}/calendar.ics",
    }
    if len(visit.appointments) > 1:
        shown["appointments"] = [
            {
                "reference": each.reference,
                "start": at(each.start, zone),
                "end": at(each.end, zone),
                "service": each.service,
                "technician": each.technician,
                "status": each.status,
            }
            for each in visit.appointments
        ]
    return shown


@api.get("/visits/<token>")
@api.doc(summary="The client's visit", responses=[404])
@query_names()
@audience(Audience.VISIT_LINK)
def visit(token: str) -> Response:
    """What, when, where, who, and what may still be changed."""
    return jsonify(visit_json(token))


@api.post("/visits/<token>/cancel")
@api.input(NothingBody)
@api.doc(summary="Cancel the visit", responses=[400, 404, 409, 422])
@query_names()
@audience(Audience.VISIT_LINK)
def cancel_visit(token: str, json_data: dict[str, Any]) -> Response:
    """Cancel, within the salon's notice."""
    own_visit.cancel_own_visit(actor(), now=clock.now())
    return jsonify(visit_json(token))


@api.post("/visits/<token>/reschedule")
@api.input(MoveBody)
@api.doc(summary="Move the visit", responses=[400, 404, 409, 422])
@query_names()
@audience(Audience.VISIT_LINK)
def move_visit(token: str, json_data: dict[str, Any]) -> Response:
    """Move to another free start, within the salon's notice."""
    set_zone(salons.read_salon(actor()).zone)
    move.move_own_visit(actor(), start=json_data["start"], technician=json_data["technician"], now=clock.now())
    return jsonify(visit_json(token))
