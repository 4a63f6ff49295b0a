"""The result of the health check and the ways on from it; declining; the note for the doctor."""

from datetime import timedelta
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from salon.domain.outcome import Choice
from salon.domain.screening import Result
from salon.i18n import language
from salon.safety_texts import text
from salon.usecases.intake import IntakeResult, ManicureOnly
from salon.web.client_frame import Money, frame, here, in_words


def result_page(found: IntakeResult, token: str) -> str:
    """Return the page of a result."""
    locale, outcome = language(), found.outcome
    code = outcome.outcome.value
    sentences = [text(key, locale) for key in outcome.message_keys]
    return render_template(
        "intake/result.html",
        salon=frame(found.salon),
        result={
            "code": code,
            "label": text(f"result.{code}", locale),
            "title": sentences[0] if sentences else text(f"result.{code}", locale),
            "message": " ".join(sentences[1:]),
            "changes": [text(key, locale) for key in outcome.changes],
        },
        choices=[shown for choice in outcome.choices if (shown := _choice(choice, found, token))],
        ways=_ways(found, token),
        small_print=_("This is no medical advice. If something changes before your visit, tell us."),
        note=_note(found, token),
    )


def _choice(choice: Choice, found: IntakeResult, token: str) -> dict[str, Any] | None:
    """Return a way on as the page shows it; asking a person and cancelling stand among the small ways."""
    base: dict[str, Any] = {"price": None, "old_price": None, "action": "", "url": "", "values": []}
    if choice is Choice.KEEP and found.outcome.outcome in (Result.ALLOWED, Result.ADAPTED):
        return base | {
            "title": _("Come as planned"),
            "text": _("%(service)s. We are looking forward to it.", service=in_words(found.service)),
            "label": _("All right"),
            "url": url_for("intake.kept", token=token),
        }
    if choice is Choice.MANICURE_ONLY and found.without_massage:
        return base | _manicure(found, found.without_massage, token)
    if choice is Choice.RESCHEDULE:
        return base | {
            "title": _("Another day"),
            "text": _("Choose a time that suits you better. No fee."),
            "label": _("See other times"),
            "url": url_for("public.salon_page", salon=found.salon.slug),
        }
    return None


def _manicure(found: IntakeResult, instead: ManicureOnly, token: str) -> dict[str, Any]:
    start = here(found.salon, found.start)
    return {
        "title": in_words(instead.name),
        "text": _("Same time, without the massage, %(minutes)s minutes. No fee.", minutes=instead.duration_min),
        "price": Money(instead.price_minor, found.salon.currency),
        "label": _("Keep %(time)s, without massage", time=f"{start:%H:%M}"),
        "action": url_for("intake.drop_massage", token=token),
    }


def _ways(found: IntakeResult, token: str) -> list[dict[str, str]]:
    ways = []
    phone = frame(found.salon)["phone_url"]
    if Choice.ASK_A_PERSON in found.outcome.choices and found.salon.phone:
        ways.append({"label": _("Ask a person to look at it: %(phone)s", phone=found.salon.phone), "url": phone})
    ways.append({"label": _("Change my answers"), "url": url_for("intake.start", token=token, again=1)})
    return ways


def _note(found: IntakeResult, token: str) -> dict[str, str] | None:
    if Choice.BRING_DOCTORS_NOTE not in found.outcome.choices:
        return None
    return {
        "text": _("One sentence and a date from your doctor is enough, never a diagnosis."),
        "print_url": url_for("intake.doctors_note", token=token),
    }


def end_of(found: Any, minutes: int) -> Any:
    """Return when a visit of this length would end, on the salon's wall."""
    return here(found.salon, found.start + timedelta(minutes=minutes))
