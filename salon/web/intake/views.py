"""The health check page by page; every answer is checked again when it is signed."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from salon import clock
from salon.domain.consent import GUARDIAN_STATEMENT, needs_guardian
from salon.domain.errors import InvalidRequest, NotFound
from salon.domain.menu import AgeBand
from salon.domain.questionnaire import check_submission, is_urgent
from salon.domain.rulebook import QUESTION
from salon.i18n import language
from salon.safety_texts import text
from salon.usecases import intake as intake_cases
from salon.usecases.intake import ConsentGiven, Guardian, IntakeForm
from salon.web.access import Audience, actor, audience
from salon.web.client_frame import frame, greet
from salon.web.intake import asking
from salon.web.intake.answer import result_page
from salon.web.messages import field_message

intake = Blueprint("intake", __name__, url_prefix="/intake")


def _form() -> IntakeForm:
    found = intake_cases.read_intake(actor(), now=clock.now())
    greet(found.salon, own=found.locale)
    return found


def _errors(faults: dict[str, str]) -> list[dict[str, str]]:
    return [{"text": words, "field_id": link.replace(".", "-")} for link, words in faults.items()]


@intake.get("/<token>")
@audience(Audience.INTAKE_LINK)
def start(token: str) -> str | Response:
    """Why we ask, who sees it, consent and age; or the result when nothing is due."""
    form = _form()
    if form.scope is None and "again" not in request.args:
        return redirect(url_for("intake.result", token=token), 303)  # type: ignore[return-value]
    return _start_page(form, token, {}, {"age_band": (form.draft or {}).get("age_band", "")})


@intake.post("/<token>")
@audience(Audience.INTAKE_LINK)
def agree(token: str) -> Response:
    """Keep the consent and the age, and go on to the first screen."""
    form = _form()
    age = request.form.get("age_band", "")
    faults: dict[str, str] = {}
    if age not in {band.value for band in AgeBand}:
        faults["age_band"] = field_message("required")
    if request.form.get("consent") != "yes":
        faults["consent"] = _("Please tick this, or choose the way without health questions below.")
    if faults:
        return make_response(_start_page(form, token, faults, {"age_band": age}), 422)
    kept = {**(form.draft or {}), "age_band": age}
    intake_cases.save_draft(actor(), kept, accepted=True, locale=language(), now=clock.now())
    return redirect(_url(token, asking.parts_of(form.scope_to_ask)[0]), 303)  # type: ignore[return-value]


def _start_page(form: IntakeForm, token: str, faults: dict[str, str], answers: dict[str, Any]) -> str:
    locale = language()
    age = asking.question_shown(QUESTION["age_band"], answers, faults, locale)
    ticked = request.form.get("consent") == "yes" or form.draft is not None
    return render_template(
        "intake/start.html",
        salon=frame(form.salon),
        progress=None,
        action=url_for("intake.agree", token=token),
        why=_(
            "We ask so that the hand massage suits you. Only your technician sees what matters for it,"
            " from the day before your visit to the day after."
        ),
        consent={"text": text("consent.health", locale), "is_ticked": ticked, "error": faults.get("consent", "")},
        first_questions=[age],
        errors=_errors(faults),
        decline_url=url_for("intake.decline", token=token),
    )


def _url(token: str, part: str) -> str:
    if part == "sign":
        return url_for("intake.sign", token=token)
    return url_for("intake.section", token=token, part=part)


@intake.get("/<token>/part/<part>")
@audience(Audience.INTAKE_LINK)
def section(token: str, part: str) -> str | Response:
    """One screen of questions with the answers so far."""
    form = _form()
    if form.draft is None:
        return redirect(url_for("intake.start", token=token, again=1), 303)  # type: ignore[return-value]
    return _section_page(form, token, part, form.draft, {})


@intake.post("/<token>/part/<part>")
@audience(Audience.INTAKE_LINK)
def answer(token: str, part: str) -> Response:
    """Keep a screen's answers and go on; an urgent answer shows the emergency call and keeps nothing."""
    form = _form()
    if form.draft is None:
        return redirect(url_for("intake.start", token=token, again=1), 303)  # type: ignore[return-value]
    scope = form.scope_to_ask
    parts = asking.parts_of(scope)
    if part not in parts:
        raise NotFound
    given = asking.answers_of(request.form, part, scope)
    kept = {link: value for link, value in form.draft.items() if not asking.belongs_to(link, part)} | given
    if is_urgent(given):
        return make_response(_emergency(form), 200)
    checked = check_submission(kept, scope)
    faults = {
        problem.link_id: field_message(problem.code)
        for problem in checked.problems
        if asking.belongs_to(problem.link_id, part)
    }
    if faults:
        return make_response(_section_page(form, token, part, kept, faults), 422)
    intake_cases.save_draft(actor(), kept, accepted=True, locale=language(), now=clock.now())
    following = (*parts, "sign")[parts.index(part) + 1]
    return redirect(_url(token, following), 303)  # type: ignore[return-value]


def _emergency(form: IntakeForm) -> str:
    number = form.salon.emergency_number or ""
    key = "client.emergency" if number else "client.emergency_no_number"
    message = text(key, language(), emergency_number=number)
    return render_template("intake/emergency.html", message=message, number=number, in_salon=False)


def _section_page(form: IntakeForm, token: str, part: str, answers: Any, faults: dict[str, str]) -> str:
    scope, locale = form.scope_to_ask, language()
    parts = asking.parts_of(scope)
    if part not in parts:
        raise NotFound
    at = parts.index(part)
    back = _url(token, parts[at - 1]) if at else url_for("intake.start", token=token, again=1)
    following = parts[at + 1] if at + 1 < len(parts) else "sign"
    title = text("section.today" if part == asking.URGENT else f"section.{part}", locale)
    next_title = _("Check and sign") if following == "sign" else text(f"section.{following}", locale)
    shown = {
        "code": part,
        "title": title,
        "intro": "",
        "questions": [
            asking.question_shown(question, answers, faults, locale) for question in asking.gates_of(part, scope)
        ],
        "may_skip_all": asking.may_skip_all(part),
    }
    return render_template(
        "intake/section.html",
        salon=frame(form.salon),
        progress={"step": at + 1, "steps": len(parts) + 1, "is_saved": True},
        action=url_for("intake.answer", token=token, part=part),
        section=shown,
        back_url=back,
        next_title=next_title,
        errors=_errors(faults),
        decline_url=url_for("intake.decline", token=token),
    )


@intake.get("/<token>/sign")
@audience(Audience.INTAKE_LINK)
def sign(token: str) -> str | Response:
    """Read back what was not a plain no, the statements, and the place to sign."""
    form = _form()
    if form.draft is None:
        return redirect(url_for("intake.start", token=token, again=1), 303)  # type: ignore[return-value]
    missing = check_submission(form.draft, form.scope_to_ask).problems
    if missing:
        part = next(
            (part for part in asking.parts_of(form.scope_to_ask) if asking.belongs_to(missing[0].link_id, part)), None
        )
        again = _url(token, part) if part else url_for("intake.start", token=token, again=1)
        return redirect(again, 303)  # type: ignore[return-value]
    return _sign_page(form, token, {})


@intake.post("/<token>/sign")
@audience(Audience.INTAKE_LINK)
def submit(token: str) -> Response:
    """Sign and send; the result stands on its own page."""
    form = _form()
    if form.draft is None:
        return redirect(url_for("intake.start", token=token, again=1), 303)  # type: ignore[return-value]
    guardian = Guardian(request.form.get("guardian_name", ""), request.form.get("guardian_relation", ""))
    consent = ConsentGiven(
        accepted=True,
        signed_name=request.form.get("signed_name", ""),
        version=form.consent_version,
        guardian=guardian if _is_minor(form) else None,
    )
    try:
        done = intake_cases.submit_intake(actor(), form.draft, consent=consent, locale=language(), now=clock.now())
    except InvalidRequest as error:
        faults = {path.replace("consent.", "").replace(".", "_"): field_message(code) for path, code in error.fields}
        return make_response(_sign_page(form, token, faults), 422)
    if done.outcome.emergency:
        return make_response(_emergency(form), 200)
    return redirect(url_for("intake.result", token=token), 303)  # type: ignore[return-value]


def _is_minor(form: IntakeForm) -> bool:
    return needs_guardian(AgeBand(str((form.draft or {}).get("age_band") or AgeBand.ADULT)))


def _sign_page(form: IntakeForm, token: str, faults: dict[str, str]) -> str:
    locale = language()
    parts = asking.parts_of(form.scope_to_ask)

    def typed(name: str) -> dict[str, str]:
        return {"value": request.form.get(name, ""), "error": faults.get(name, "")}

    guardian = None
    if _is_minor(form):
        guardian = {
            "name": typed("guardian_name"),
            "relation": typed("guardian_relation"),
            "text": text(f"consent.{GUARDIAN_STATEMENT.code}", locale),
        }
    return render_template(
        "intake/sign.html",
        salon=frame(form.salon),
        progress={"step": len(parts) + 1, "steps": len(parts) + 1, "is_saved": True},
        action=url_for("intake.submit", token=token),
        back_url=_url(token, parts[-1]),
        errors=[{"text": words, "field_id": name} for name, words in faults.items()],
        answers=_read_back(form, token),
        statements=[text(f"consent.{each.code}", locale) for each in form.consent_statements if not each.required],
        signed_name=typed("signed_name"),
        guardian=guardian,
    )


def _read_back(form: IntakeForm, token: str) -> list[dict[str, str]]:
    """Return the answers that are not a plain no, in words."""
    locale, draft = language(), form.draft or {}
    rows = []
    for part in asking.parts_of(form.scope_to_ask):
        for gate in asking.gates_of(part, form.scope_to_ask):
            value = draft.get(gate.link_id)
            if value in (None, "no", []):
                continue
            also = [
                asking.words_of(link, draft[link], locale)
                for link in draft
                if link.startswith(f"{gate.link_id}.") and not link.endswith(".spots")
            ]
            rows.append(
                {
                    "text": text(f"question.{gate.link_id}", locale),
                    "answer": asking.words_of(gate.link_id, value, locale),
                    "also": "; ".join(also),
                    "edit_url": _url(token, part),
                }
            )
    return rows


@intake.get("/<token>/result")
@audience(Audience.INTAKE_LINK)
def result(token: str) -> str | Response:
    """What the answers mean for the visit, in friendly words, and the choices."""
    found = intake_cases.read_result(actor(), now=clock.now())
    if found is None:
        return redirect(url_for("intake.start", token=token), 303)  # type: ignore[return-value]
    greet(found.salon, own=found.locale)
    return result_page(found, token)
