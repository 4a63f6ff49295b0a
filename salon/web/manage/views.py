"""The salon at a glance, who did what, and the rules."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _

from salon import clock
from salon.domain.permissions import Role
from salon.domain.rulebook import RULES, RULES_VERSION
from salon.i18n import language
from salon.safety_texts import text
from salon.usecases import audit, salons
from salon.web.access import Audience, actor, audience
from salon.web.client_frame import here
from salon.web.staff_frame import staff_pages

manage = Blueprint("manage", __name__)
TRAIL_DAYS = 30


@manage.get("/manage")
@audience(Audience.MEMBER, Role.OWNER)
def index() -> str:
    """What an owner can look at."""
    facts = salons.read_salon(actor())
    sections = [
        {"title": _("Who did what"), "text": _("The trail of the last 30 days."), "url": url_for("manage.trail")},
        {"title": _("The rules"), "text": _("Each rule of the health check."), "url": url_for("manage.rules")},
        {
            "title": _("Working in another salon"),
            "text": _("Change to another salon of yours."),
            "url": url_for("account.choose_salon"),
        },
        {
            "title": _("The menu in public"),
            "text": _("What clients see."),
            "url": url_for("public.salon_page", salon=facts.slug),
        },
    ]
    return render_template("manage/index.html", **staff_pages(facts, "manage.index"), sections=sections, figures=[])


@manage.get("/manage/trail")
@audience(Audience.MEMBER, Role.OWNER)
def trail() -> str:
    """The acts and the reads of health answers; no health word stands in them."""
    facts = salons.read_salon(actor())
    last = facts.local_date(clock.now())
    found = audit.read_trail(actor(), first=last - timedelta(days=TRAIL_DAYS), last=last)

    def shown(act: audit.Act) -> dict[str, Any]:
        return {"at": here(facts, act.at), "by": act.by, "act": act.act, "subject": act.subject}

    return render_template(
        "manage/trail.html",
        **staff_pages(facts, "manage.trail"),
        acts=[shown(act) for act in reversed(found.acts)],
        reads=[shown(act) for act in reversed(found.health_reads)],
        chain_holds=found.chain_holds,
    )


@manage.get("/rules")
@audience(Audience.MEMBER)
def rules() -> str:
    """The rule table: a policy that a qualified person signs, no medical advice."""
    facts = salons.read_salon(actor())
    locale = language()
    rows = [
        {
            "rule": rule.code,
            "level": rule.level.code,
            "level_word": text(f"level.{rule.level.code}", locale),
            "text": text(f"caution.{rule.code}", locale),
            "source": rule.source,
        }
        for rule in RULES
    ]
    return render_template("manage/rules.html", **staff_pages(facts, "manage.rules"), rules=rows, version=RULES_VERSION)
