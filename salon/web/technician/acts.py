"""What the technician does from the card: seen, something seen, start, finish, manicure only, the doctor's OK."""

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from salon import clock
from salon.domain.errors import InvalidRequest, NotFound, SalonError
from salon.domain.flags import OBSERVABLE
from salon.domain.menu import Site
from salon.domain.permissions import Role
from salon.domain.rulebook import Side
from salon.domain.time import BadTime, parse_date
from salon.i18n import language, offer
from salon.safety_texts import text
from salon.usecases import card as card_cases
from salon.usecases import chair, doctors_note, service_change
from salon.usecases.card import Card
from salon.web.access import Audience, actor, audience
from salon.web.client_frame import frame
from salon.web.messages import field_message, problem_title
from salon.web.shell import show_salon
from salon.web.staff_frame import STAFF_LOCALES
from salon.web.technician.views import technician


def _card(reference: str) -> Card:
    found = card_cases.read_card(actor(), reference, now=clock.now())
    show_salon(found.salon)
    offer(STAFF_LOCALES, own=found.language)
    return found


def _back(reference: str) -> Response:
    return redirect(url_for("technician.card", reference=reference), 303)  # type: ignore[return-value]


def _said(reference: str, error: SalonError) -> Response:
    if isinstance(error, NotFound):
        raise error
    flash(problem_title(error), "info")
    return _back(reference)


@technician.post("/appointments/<reference>/seen")
@audience(Audience.MEMBER, Role.TECHNICIAN)
def acknowledge(reference: str) -> Response:
    """She has seen the cautions of the card."""
    try:
        chair.acknowledge(actor(), reference, request.form.getlist("caution"), now=clock.now())
    except SalonError as error:
        return _said(reference, error)
    return _back(reference)


@technician.post("/appointments/<reference>/start")
@audience(Audience.MEMBER, Role.TECHNICIAN)
def start(reference: str) -> Response:
    """Start, when nothing stands in the way."""
    try:
        confirmed = request.form.get("confirmed_today") == "1"
        chair.start(actor(), reference, confirmed_today=confirmed, now=clock.now())
    except SalonError as error:
        return _said(reference, error)
    return _back(reference)


@technician.post("/appointments/<reference>/without-massage")
@audience(Audience.MEMBER, Role.TECHNICIAN)
def drop_massage(reference: str) -> Response:
    """Make it a manicure only."""
    try:
        service_change.drop_massage_of(actor(), reference, now=clock.now())
    except SalonError as error:
        return _said(reference, error)
    return _back(reference)


@technician.get("/appointments/<reference>/see")
@audience(Audience.MEMBER, Role.TECHNICIAN)
def see(reference: str) -> str:
    """What she sees at the chair."""
    return _see_page(_card(reference), {})


@technician.post("/appointments/<reference>/see")
@audience(Audience.MEMBER, Role.TECHNICIAN)
def observe(reference: str) -> Response:
    """Add it to the card, which can only become stricter."""
    seen = chair.Observation(
        request.form.get("code", ""),
        request.form.get("side") or None,
        tuple(request.form.getlist("site")),
        request.form.get("note", ""),
    )
    try:
        chair.observe(actor(), reference, seen, now=clock.now())
    except InvalidRequest as error:
        faults = {path: field_message(code) for path, code in error.fields}
        return make_response(_see_page(_card(reference), faults), 422)
    return _back(reference)


def _see_page(found: Card, faults: dict[str, str]) -> str:
    locale, form = language(), request.form
    return render_template(
        "technician/see.html",
        salon=frame(found.salon),
        action=url_for("technician.observe", reference=found.reference),
        back_url=url_for("technician.card", reference=found.reference),
        client=found.client_name,
        seen=[_tick(code, text(f"caution_name.{code}", locale), form.getlist("code")) for code in OBSERVABLE],
        sides=[
            {"value": code, "label": text(f"side.{code}", locale)} for code in (*(side.value for side in Side), "both")
        ],
        side=form.get("side", ""),
        sites=[_tick(site.value, text(f"site.{site.value}", locale), form.getlist("site")) for site in Site],
        note=form.get("note", ""),
        errors=[{"text": words, "field_id": path} for path, words in faults.items()],
    )


def _tick(value: str, label: str, chosen: list[str]) -> dict[str, Any]:
    return {"value": value, "label": label, "note": "", "figure": "", "is_chosen": value in chosen}


@technician.get("/appointments/<reference>/finish")
@audience(Audience.MEMBER, Role.TECHNICIAN)
def finish(reference: str) -> str:
    """How it was."""
    return _finish_page(_card(reference), {})


@technician.post("/appointments/<reference>/finish")
@audience(Audience.MEMBER, Role.TECHNICIAN)
def complete(reference: str) -> Response:
    """Finish and keep what was done."""
    done = chair.Done(
        request.form.get("outcome", ""),
        skin_reaction=request.form.get("skin_reaction") == "yes",
        products=tuple(request.form.getlist("products")),
        note=request.form.get("note", ""),
    )
    try:
        chair.complete(actor(), reference, done, now=clock.now())
    except InvalidRequest as error:
        faults = {path: field_message(code) for path, code in error.fields}
        return make_response(_finish_page(_card(reference), faults), 422)
    except SalonError as error:
        return _said(reference, error)
    return redirect(url_for("technician.today"), 303)  # type: ignore[return-value]


def _finish_page(found: Card, faults: dict[str, str]) -> str:
    words = {"as_planned": _("As planned"), "adapted": _("With changes"), "stopped": _("Stopped")}
    chosen = request.form.getlist("products")
    return render_template(
        "technician/finish.html",
        salon=frame(found.salon),
        action=url_for("technician.complete", reference=found.reference),
        back_url=url_for("technician.card", reference=found.reference),
        client=found.client_name,
        outcomes=[{"value": code, "label": label} for code, label in words.items()],
        outcome=request.form.get("outcome", ""),
        products=[_tick(key, name, chosen) for key, name in found.product_names.items()],
        note=request.form.get("note", ""),
        errors=[{"text": said, "field_id": path} for path, said in faults.items()],
    )


@technician.get("/appointments/<reference>/doctor-ok")
@audience(Audience.MEMBER, Role.TECHNICIAN)
def doctor_ok(reference: str) -> str:
    """The date on the doctor's note."""
    return _doctor_page(_card(reference), "")


@technician.post("/appointments/<reference>/doctor-ok")
@audience(Audience.MEMBER, Role.TECHNICIAN)
def record_doctor_ok(reference: str) -> Response:
    """Record that a doctor agreed."""
    try:
        doctors_note.record_doctor_ok(
            actor(),
            reference,
            code=None,
            dated_on=parse_date(request.form.get("dated_on", "")),
            paper_seen=request.form.get("paper_seen") == "yes",
            now=clock.now(),
        )
    except BadTime as error:
        return make_response(_doctor_page(_card(reference), field_message(error.code)), 422)
    except InvalidRequest as error:
        return make_response(_doctor_page(_card(reference), field_message(error.fields[0][1])), 422)
    return _back(reference)


def _doctor_page(found: Card, error: str) -> str:
    return render_template(
        "technician/doctor_ok.html",
        salon=frame(found.salon),
        action=url_for("technician.record_doctor_ok", reference=found.reference),
        back_url=url_for("technician.card", reference=found.reference),
        client=found.client_name,
        dated_on=request.form.get("dated_on", ""),
        latest=found.salon.local_date(clock.now()).isoformat(),
        error=error,
    )
