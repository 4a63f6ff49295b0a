"""`/today` and the appointment card, in the technician's language."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _

from salon import clock
from salon.domain.permissions import Role
from salon.i18n import language, offer
from salon.safety_texts import effect_text, text
from salon.usecases import calendar, salons
from salon.usecases import card as card_cases
from salon.usecases.calendar import DayRow
from salon.usecases.card import Card, CardCaution, first_name_and_initial
from salon.usecases.salons import SalonFacts
from salon.web import formats
from salon.web.access import Audience, actor, audience
from salon.web.client_frame import frame, here, in_words
from salon.web.shell import current_locale, show_salon
from salon.web.staff_frame import STAFF_LOCALES
from salon.web.technician.words import english_beside, hands_shown, place_of

technician = Blueprint("technician", __name__)
OPEN = ("booked", "checked_in", "in_service")
_MASSAGE_BLOCKED = ("result", "intake")


@technician.get("/today")
@audience(Audience.MEMBER, Role.TECHNICIAN)
def today() -> str:
    """Her visits of today, the next one large."""
    facts = salons.read_salon(actor())
    show_salon(facts)
    now = clock.now()
    on = facts.local_date(now)
    found = calendar.read_days(actor(), first=on, last=on, now=now)
    mine = [
        row for row in found.rows if row.technician_id == actor().technician_id and row.status in (*OPEN, "completed")
    ]
    offer(STAFF_LOCALES, own=calendar.language_of(actor()))
    following = next((row for row in mine if row.status in OPEN), None)
    return render_template(
        "technician/today.html",
        salon=frame(facts),
        today={
            "date": on,
            "now": here(facts, now),
            "name": mine[0].technician.name if mine else "",
            "station": "",
            "sign_out_url": url_for("security.logout"),
            "other_url": "",
            "links": [{"label": _("Rules"), "url": url_for("manage.rules")}],
        },
        next=_next(facts, following, now) if following else None,
        visits=[_visit(facts, row) for row in mine],
        hands=None,
    )


def _level(row: DayRow) -> dict[str, str] | None:
    if not row.has_massage or row.status not in OPEN:
        return None
    return {"code": row.action, "word": text(f"action.{row.action}", language())}


def _visit(facts: SalonFacts, row: DayRow) -> dict[str, Any]:
    return {
        "start": here(facts, row.start),
        "client": first_name_and_initial(row.client_name),
        "line": in_words(row.service.name),
        "is_over": row.status == "completed",
        "is_break": False,
        "level": _level(row),
        "word": _("done") if row.status == "completed" else _("no massage"),
        "url": url_for("technician.card", reference=row.reference),
    }


def _next(facts: SalonFacts, row: DayRow, now: datetime) -> dict[str, Any]:
    name = first_name_and_initial(row.client_name)
    return {
        "start": here(facts, row.start),
        "end": here(facts, row.end),
        "client": name,
        "line": in_words(row.service.name),
        "minutes_to_go": max(0, int((row.start - now).total_seconds() // 60)),
        "in_chair": row.status == "in_service",
        "level": _level(row),
        "url": url_for("technician.card", reference=row.reference),
        "label": _("Open the card of %(name)s", name=name),
    }


@technician.get("/appointments/<reference>/card")
@audience(Audience.MEMBER, Role.TECHNICIAN)
def card(reference: str) -> str:
    """The card of a visit assigned to her; each opening is one row of the log."""
    return card_page(card_cases.read_card(actor(), reference, now=clock.now()))


def card_page(found: Card) -> str:
    """Return the card as a page."""
    show_salon(found.salon)
    offer(STAFF_LOCALES, own=found.language)
    locale = language()
    screening, now = found.screening, clock.now()
    minutes = int((found.end - found.start).total_seconds() // 60)
    line = [in_words(found.service_name), _("%(count)s min", count=minutes), found.station_name or ""]
    code = screening.result.value
    shown = {
        "reference": found.reference,
        "client": found.client_name,
        "client_lang": "",
        "line": ", ".join(part for part in line if part),
        "as_of": here(found.salon, now),
        "back_url": url_for("technician.today"),
        "result": {"code": code, "word": text(f"result.{code}", locale), "hands": _hands_words(found, locale)},
        "cautions": [_caution(each, found, locale) for each in found.cautions],
        "ways_title": _("Ways on"),
        "ways_on": _ways_on(found),
        "hands": hands_shown(screening, locale) if found.massage_kind else None,
        "steps": _steps(found, locale),
        "minutes_left": minutes if found.massage_kind else None,
        "leave_out": [text(f"allergen.{code}", locale) for code in found.products_excluded]
        + [found.product_names[key] for key in found.products_struck],
        "last": _last(found),
        "buttons": _buttons(found),
    }
    return render_template("technician/card.html", salon=frame(found.salon), card=shown)


def _hands_words(found: Card, locale: str) -> str:
    screening = found.screening
    if found.massage_kind is None:
        return str(_("Manicure without massage."))
    if screening.result.value == "unknown":
        return str(_("The answers are missing or too old. No massage before they are there."))
    if not screening.sides:
        return str(_("Leave both hands."))
    side = "both" if len(screening.sides) > 1 else screening.sides[0].value
    return text(f"side.{side}", locale) + "."


def _caution(each: CardCaution, found: Card, locale: str) -> dict[str, Any]:
    caution = each.caution
    english = english_beside(caution.text_key, locale)
    return {
        "level": caution.level.code,
        "title": text(f"caution_name.{caution.code}", locale),
        "place": place_of(caution, locale),
        "text": text(caution.text_key, locale),
        "english": english,
        "is_new": each.new_since_last,
        "is_observed": each.observed_by is not None,
        "must_be_seen": each.must_be_seen,
        "seen_at": here(found.salon, each.acknowledged_at) if each.acknowledged_at else None,
    }


def _steps(found: Card, locale: str) -> dict[str, list[dict[str, str]]]:
    columns: dict[str, list[dict[str, str]]] = {"do": [], "gentle": [], "skip": []}
    for step in found.protocol:
        why = ", ".join(text(f"caution_name.{code}", locale) for code in step.because)
        columns[step.status].append({"text": text(f"protocol.{step.code}", locale), "why": why})
    columns["skip"] += [{"text": in_words(addon.name), "why": ""} for addon in found.addons if addon.is_struck]
    if not found.protocol or found.screening.result.value == "unknown":
        return columns
    for effect in found.screening.steps:
        if effect not in ("avoid_area", "light", "no_forced_stretch") and not effect.startswith("exclude_"):
            columns["gentle"].append({"text": effect_text(effect, locale), "why": ""})
    return columns


def _ways_on(found: Card) -> list[dict[str, Any]]:
    """Return the ways on while something stands against the massage; none when it can go ahead."""
    if not set(found.not_ready) & set(_MASSAGE_BLOCKED) or found.status not in ("booked", "checked_in"):
        return []
    ways: list[dict[str, Any]] = []
    base: dict[str, Any] = {"action": "", "url": "", "values": []}
    if found.without_massage:
        ways.append(
            base
            | {
                "label": _("Manicure only"),
                "text": _("Same time, without the massage, at its own price."),
                "action": url_for("technician.drop_massage", reference=found.reference),
            }
        )
    if found.screening.result.value == "clearance":
        ways.append(
            base
            | {
                "label": _("The doctor agreed"),
                "text": _("Record the date on the note."),
                "url": url_for("technician.doctor_ok", reference=found.reference),
            }
        )
    return ways


def _last(found: Card) -> str:
    previous = found.previous
    if previous is None:
        return str(_("First visit.")) if not found.visits else ""
    outcomes = {"as_planned": _("as planned"), "adapted": _("with changes"), "stopped": _("stopped")}
    skin = _("the skin reacted") if previous.skin_reaction else _("skin fine")
    products = ", ".join(found.product_names.get(key, key) for key in previous.products)
    on = formats.day(here(found.salon, previous.on), current_locale())
    line = _("Last time, %(day)s: %(outcome)s, %(skin)s.", day=on, outcome=outcomes[previous.outcome], skin=skin)
    return " ".join(part for part in (str(line), products, previous.note) if part)


def _buttons(found: Card) -> dict[str, Any]:
    unseen = [each for each in found.cautions if each.must_be_seen and each.acknowledged_at is None]
    is_before = found.status in ("booked", "checked_in")
    may_start = is_before and not found.not_ready
    notes = {
        "intake": _("answers are missing"),
        "result": _("the result stands against it"),
        "cautions": _("mark the cautions as seen first"),
    }
    note = notes[found.not_ready[0]] if found.not_ready else _("the visit has begun") if not is_before else ""
    if may_start and found.confirmation_needed:
        note = _("the client says: nothing has changed today")
    seen = {
        "action": url_for("technician.acknowledge", reference=found.reference),
        "values": [("caution", each.caution.code) for each in unseen],
        "note": _count(unseen),
    }
    return {
        "seen": seen if unseen else None,
        "see_url": url_for("technician.see", reference=found.reference) if found.status in OPEN else "",
        "start": {
            "action": url_for("technician.start", reference=found.reference),
            "is_on": may_start,
            "note": note,
            "values": [("confirmed_today", "1")],
        },
        "finish": {
            "url": url_for("technician.finish", reference=found.reference),
            "is_on": found.status == "in_service",
            "note": _("not started") if is_before else "",
        },
    }


def _count(unseen: Sequence[CardCaution]) -> str:
    return str(_("%(count)s cautions", count=len(unseen))) if len(unseen) > 1 else str(_("1 caution"))
