"""The appointment card and the preview of a screening, as JSON."""

from collections.abc import Sequence
from typing import Any

from apiflask.fields import Dict, List, Raw, String
from flask import Response, jsonify

from salon import clock
from salon.domain.protocol import AdaptedStep
from salon.domain.screening import Caution, Screening
from salon.i18n import language, offer
from salon.safety_texts import text
from salon.usecases import card, preview
from salon.usecases.card import Card, CardCaution
from salon.web.access import Audience, actor, audience
from salon.web.api.blueprint import api, query_names
from salon.web.api.fields import Body, key, words
from salon.web.api.intake import client_message
from salon.web.api.shapes import at, in_words


class PreviewBody(Body):
    """Answers to try."""

    service = key(required=True)
    answers = Dict(keys=String(), values=Raw(allow_none=True), required=True)
    age_band = words(20, load_default=None, allow_none=True)
    doctor_ok = List(String(), load_default=list)


def caution_json(caution: Caution, locale: str) -> dict[str, Any]:
    """Return one caution as a CDS card has it: a short summary and its source."""
    return {
        "code": caution.code,
        "level": caution.level.code,
        "zone": caution.zone.value,
        "sides": [side.value for side in caution.sides],
        "sites": [site.value for site in caution.sites],
        "summary": text(caution.text_key, locale),
        "steps": list(caution.steps),
        "source": {"rule": caution.rule, "version": caution.version},
    }


def protocol_json(steps: Sequence[AdaptedStep], locale: str) -> list[dict[str, Any]]:
    """Return today's steps with what to do about each and why."""
    return [
        {
            "code": step.code,
            "text": text(f"protocol.{step.code}", locale),
            "status": step.status,
            "because": list(step.because),
        }
        for step in steps
    ]


def screening_json(screening: Screening) -> dict[str, Any]:
    """Return result, usable hands, shaking and step effects."""
    return {
        "result": screening.result.value,
        "sides": [side.value for side in screening.sides],
        "shaking": screening.shaking,
        "steps": list(screening.steps),
    }


@api.post("/screenings/preview")
@api.input(PreviewBody)
@api.doc(summary="Try answers", security="bearer", responses=[400, 401, 403, 404, 422])
@query_names()
@audience(Audience.BEARER)
def preview_screening(json_data: dict[str, Any]) -> Response:
    """Answers in, result out; nothing is stored."""
    found = preview.preview_screening(
        actor(),
        service=json_data["service"],
        answers=json_data["answers"],
        age_band=json_data["age_band"],
        doctor_ok=json_data["doctor_ok"],
    )
    offer(found.salon.locales)
    locale = language()
    return jsonify(
        {
            **screening_json(found.screening),
            "cautions": [caution_json(caution, locale) for caution in found.screening.cautions],
            "protocol": protocol_json(found.protocol, locale),
            "services": {kind.value: result.value for kind, result in found.screening.services.items()},
            "client": {
                "outcome": found.client.outcome.value,
                "message": client_message(found.client, found.salon, locale),
            },
            "reception": {"action": found.action.value, "text": text(f"action.{found.action.value}", locale)},
        }
    )


@api.get("/appointments/<reference>/card")
@api.doc(summary="The appointment card", security="bearer", responses=[401, 403, 404])
@query_names()
@audience(Audience.BEARER)
def read_card(reference: str) -> Response:
    """The card, for the assigned technician from 24 h before to 24 h after the visit; each reading is logged."""
    found = card.read_card(actor(), reference, now=clock.now())
    answer = jsonify(card_json(found))
    answer.headers["Content-Language"] = found.language
    return answer


def card_json(found: Card) -> dict[str, Any]:
    """Return the card in the technician's language."""
    offer((found.language,), own=found.language)
    zone, previous = found.salon.zone, found.previous
    return {
        **screening_json(found.screening),
        "cautions": [_card_caution(caution, found) for caution in found.cautions],
        "protocol": protocol_json(found.protocol, found.language),
        "reference": found.reference,
        "start": at(found.start, zone),
        "end": at(found.end, zone),
        "status": found.status,
        "service": found.service,
        "service_name": in_words(found.service_name),
        "addons": [addon.key for addon in found.addons],
        "addons_struck": [addon.key for addon in found.addons if addon.is_struck],
        "station": found.station,
        "station_name": found.station_name,
        "client": {"name": found.client_name, "age_band": found.age_band, "visits": found.visits},
        "intake_status": found.intake_status,
        "products": {"exclude": list(found.products_excluded), "struck": list(found.products_struck)},
        "previous": previous
        and {
            "on": at(previous.on, zone)[:10],
            "outcome": previous.outcome,
            "skin_reaction": previous.skin_reaction,
            "products": list(previous.products),
            "note": previous.note,
        },
        "language": found.language,
    }


def _card_caution(caution: CardCaution, found: Card) -> dict[str, Any]:
    seen_at = caution.acknowledged_at
    return {
        **caution_json(caution.caution, found.language),
        "new_since_last": caution.new_since_last,
        "observed_by": caution.observed_by,
        "acknowledged_at": at(seen_at, found.salon.zone) if seen_at else None,
    }
