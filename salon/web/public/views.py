"""The salons at `/`, a salon's menu at `/<salon>`, its accent."""

from collections.abc import Sequence
from typing import Any

from flask import Response, render_template, url_for
from flask_babel import gettext as _

from salon import clock
from salon.i18n import NAMES, SHIPPED, offer
from salon.usecases import menu, opening, salons
from salon.usecases.menu import MenuService
from salon.usecases.opening import OpenDay
from salon.usecases.salons import SalonFacts
from salon.web import formats
from salon.web.accent import style_sheet
from salon.web.access import Audience, actor, audience
from salon.web.client_frame import Money, frame, greet, in_words
from salon.web.public.blueprint import public
from salon.web.shell import current_locale

_REACH = {"fingers": 0, "hand": 1, "wrist": 2, "forearm": 3, "upper_arm": 4}


@public.get("/")
@audience(Audience.ANYBODY)
def home() -> str:
    """The salons of this house."""
    offer(SHIPPED)
    rows = [
        {
            "name": row.name,
            "url": url_for("public.salon_page", salon=row.slug),
            "lede": "",
            "place": row.city or "",
            "lang": "",
        }
        for row in salons.list_salons()
    ]
    return render_template("public/home.html", salons=rows)


@public.get("/<salon>/accent.css")
@audience(Audience.PUBLIC)
def accent(salon: str) -> Response:
    """The salon's accent: two values that the tokens read."""
    answer = Response(style_sheet(salons.read_salon(actor()).accent or ""), mimetype="text/css")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@public.get("/<salon>")
@audience(Audience.PUBLIC)
def salon_page(salon: str) -> str:
    """Name, opening, address, languages and the menu by category."""
    facts = salons.read_salon(actor())
    greet(facts)
    lines = menu.read_menu(actor())
    days = opening.read_opening(actor(), now=clock.now())
    shown = frame(facts) | {
        "lede": _("Manicure and hand massage, with time to sit back."),
        "speaks": spoken(lines),
        "book_url": url_for("public.book", salon=salon),
        "policy": policy_words(facts),
        "preview": _("Manicure and hand massage at %(salon)s. Book a visit.", salon=facts.name),
        "opening": _opening(facts, days),
        "hours": _hours(days),
    }
    return render_template(
        "public/salon.html", salon=shown, menu=menu_shown(facts, lines), structured=_structured(facts, lines)
    )


def policy_words(salon: SalonFacts) -> str:
    """Return the rule for changing and cancelling in one sentence."""
    hours = salon.policy.cancel_notice_min // 60
    if hours == 0:
        return str(_("You can change or cancel free of charge until the visit begins."))
    return str(_("You can change or cancel free of charge until %(hours)s hours before the visit.", hours=hours))


def spoken(lines: Sequence[MenuService]) -> str:
    """Return the languages of the team, each named in the page's language."""
    locale = current_locale()
    codes = dict.fromkeys(code for line in lines for person in line.technicians for code in person.languages)
    names = [locale.languages.get(code, NAMES.get(code, code)) for code in codes]
    return ", ".join(names)


def _opening(salon: SalonFacts, days: Sequence[OpenDay]) -> dict[str, Any]:
    now = clock.now().astimezone(salon.zone)
    locale = current_locale()
    for day in days:
        for starts_at, ends_at in day.spans:
            if starts_at <= now < ends_at:
                return {"is_open": True, "until": ends_at.time(), "next_words": ""}
            if now < starts_at:
                words = formats.clock(starts_at, locale)
                if day.on != now.date():
                    words = f"{formats.day(day.on, locale)}, {words}"
                return {"is_open": False, "until": None, "next_words": words}
    return {"is_open": False, "until": None, "next_words": ""}


def _hours(days: Sequence[OpenDay]) -> list[dict[str, Any]]:
    locale = current_locale()
    by_weekday = sorted(days, key=lambda day: day.on.weekday())
    return [
        {
            "days": formats.weekday_short(day.on, locale),
            "words": ", ".join(f"{formats.clock(a, locale)} – {formats.clock(b, locale)}" for a, b in day.spans),
            "is_today": day is days[0],
        }
        for day in by_weekday
    ]


def menu_shown(salon: SalonFacts, lines: Sequence[MenuService]) -> list[dict[str, Any]]:
    """Return the menu by category, in the salon's order."""
    kinds: dict[str, list[MenuService]] = {}
    for line in lines:
        kinds.setdefault(line.category, []).append(line)
    return [
        {
            "id": f"kind-{number}",
            "name": category,
            "text": "",
            "best_in_evening": any(line.massage_kind for line in of_kind),
            "services": [_service(salon, line) for line in of_kind],
        }
        for number, (category, of_kind) in enumerate(kinds.items())
    ]


def _service(salon: SalonFacts, line: MenuService) -> dict[str, Any]:
    prices = [person.price_minor for person in line.technicians] or [line.price_minor]
    return {
        "name": in_words(line.name),
        "description": in_words(line.description),
        "price": Money(min(prices), salon.currency),
        "from_price": len(set(prices)) > 1,
        "minutes": line.duration_min,
        "zones": line.massage_zones,
        "includes": includes(line),
        "needs_intake": line.massage_kind is not None,
        "minimum_age": line.minimum_age,
        "url": url_for("public.book", salon=salon.slug, service=line.key),
        "addons": [
            {
                "name": in_words(addon.name),
                "minutes": addon.duration_min,
                "price": Money(addon.price_minor, salon.currency),
            }
            for addon in line.addons
        ],
    }


def includes(line: MenuService) -> str:
    """Return how far the massage reaches, in words; nothing without one."""
    if line.massage_kind is None:
        return ""
    furthest = max((_REACH.get(zone, 0) for zone in line.massage_zones), default=1)
    reaches = (
        _("Massage of the fingers."),
        _("Massage of fingers and hand."),
        _("Massage from the fingers to the wrist."),
        _("Massage from the fingers to the forearm."),
        _("Massage from the shoulder to the fingers."),
    )
    return str(reaches[furthest])


def _structured(salon: SalonFacts, lines: Sequence[MenuService]) -> dict[str, Any]:
    offers = [
        {
            "@type": "Offer",
            "price": f"{line.price_minor / 100:.2f}",
            "priceCurrency": salon.currency,
            "itemOffered": {"@type": "Service", "name": in_words(line.name)},
        }
        for line in lines
    ]
    return {
        "@context": "https://schema.org",
        "@type": "HealthAndBeautyBusiness",
        "name": salon.name,
        "telephone": salon.phone or "",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": salon.street or "",
            "postalCode": salon.postcode or "",
            "addressLocality": salon.city or "",
            "addressCountry": salon.country or "",
        },
        "hasOfferCatalog": {"@type": "OfferCatalog", "name": salon.name, "itemListElement": offers},
    }
