"""The intake by its link: the questionnaire as FHIR, and the answers."""

from typing import Any

from apiflask.fields import Dict, Raw, String
from flask import Response, jsonify, make_response, request

from salon import clock
from salon.domain.outcome import ClientOutcome
from salon.i18n import language, offer
from salon.safety_texts import text
from salon.usecases import intake
from salon.usecases.intake import ConsentGiven, Guardian, IntakeResult
from salon.usecases.salons import SalonFacts
from salon.web.access import Audience, actor, audience
from salon.web.api.blueprint import api, query_names
from salon.web.api.fields import Body, Nested, Yes, words
from salon.web.api.shapes import money
from salon.web.fhir import questionnaire


class GuardianBody(Body):
    """Who signs for a client under 18."""

    name = words(200, required=True)
    relation = words(200, required=True)


class ConsentBody(Body):
    """The signature."""

    accepted = Yes(required=True)
    signed_name = words(200, required=True)
    version = words(20, load_default=None, allow_none=True)
    guardian = Nested(GuardianBody, load_default=None, allow_none=True)


class AnswersBody(Body):
    """Answers by linkId, with the signature under them."""

    answers = Dict(keys=String(), values=Raw(allow_none=True), required=True)
    consent = Nested(ConsentBody, load_default=None, allow_none=True)
    locale = words(20, load_default=None, allow_none=True)


@api.get("/intake/<token>")
@api.doc(summary="What the intake asks now", responses=[404])
@query_names()
@audience(Audience.INTAKE_LINK)
def intake_form(token: str) -> Response:
    """The questionnaire that this visit needs now, as a FHIR R4 Questionnaire, and the consent under it."""
    form = intake.read_intake(actor(), now=clock.now())
    offer(form.salon.locales, own=form.locale if "Accept-Language" not in request.headers else None)
    locale = language()
    resource = questionnaire(form.scope_to_ask, locale)
    resource["consent"] = {
        "version": form.consent_version,
        "statements": [
            {"code": statement.code, "text": text(f"consent.{statement.code}", locale), "required": statement.required}
            for statement in form.consent_statements
        ],
    }
    answer = jsonify(resource)
    answer.headers["Content-Language"] = locale
    return answer


@api.post("/intake/<token>")
@api.input(AnswersBody)
@api.doc(summary="Answer the intake", responses=[201, 400, 404, 422])
@query_names()
@audience(Audience.INTAKE_LINK)
def answer_intake(token: str, json_data: dict[str, Any]) -> Response:
    """Store the answers and say what they mean for the visit, without a diagnosis."""
    result = intake.submit_intake(
        actor(),
        json_data["answers"],
        consent=_consent(json_data["consent"]),
        locale=json_data["locale"],
        now=clock.now(),
    )
    return make_response(jsonify(result_json(result)), 201)


def _consent(body: dict[str, Any] | None) -> ConsentGiven:
    if body is None:
        return ConsentGiven(accepted=False, signed_name="")
    guardian = body["guardian"]
    return ConsentGiven(
        accepted=body["accepted"],
        signed_name=body["signed_name"],
        version=body["version"],
        guardian=Guardian(**guardian) if guardian else None,
    )


def result_json(result: IntakeResult) -> dict[str, Any]:
    """Return outcome, friendly words and choices; `emergency` stands there when it is one."""
    shown: dict[str, Any] = {
        "outcome": result.outcome.outcome.value,
        "message": client_message(result.outcome, result.salon, result.locale),
        "choices": [choice.value for choice in result.outcome.choices],
    }
    if result.outcome.emergency:
        shown["emergency"] = True
    if result.without_massage:
        instead = result.without_massage
        shown["manicure_only"] = {
            "service": instead.key,
            "price": money(instead.price_minor, result.salon.currency),
            "duration_min": instead.duration_min,
        }
    return shown


def client_message(outcome: ClientOutcome, salon: SalonFacts, locale: str) -> str:
    """Return the sentences of an outcome in a language, with the changes after them."""
    number = salon.emergency_number
    keys = [
        "client.emergency_no_number" if key == "client.emergency" and not number else key
        for key in outcome.message_keys
    ]
    sentences = [text(key, locale, emergency_number=number or "") for key in keys]
    return " ".join([*sentences, *(text(key, locale) for key in outcome.changes)])
