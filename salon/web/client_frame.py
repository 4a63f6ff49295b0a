"""What the client's pages show of a salon: its name, address, telephone, and amounts in its currency."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from salon.i18n import language, offer
from salon.usecases.salons import SalonFacts
from salon.web.shell import show_salon


@dataclass(frozen=True, slots=True)
class Money:
    """Whole minor units of one currency, as the money filter takes them."""

    amount_minor: int
    currency: str


def greet(salon: SalonFacts, *, own: str | None = None) -> None:
    """Say whose page this is and in which languages it exists; own is the visit's language."""
    show_salon(salon)
    offer(salon.locales, own=own)


def in_words(texts: Mapping[str, str]) -> str:
    """Return a salon's text in the page's language, else in the salon's first."""
    return texts.get(language()) or next(iter(texts.values()), "")


def address_of(salon: SalonFacts) -> str:
    """Return the address in one line."""
    town = " ".join(part for part in (salon.postcode, salon.city) if part)
    return ", ".join(part for part in (salon.street, town) if part)


def frame(salon: SalonFacts) -> dict[str, Any]:
    """Return what every client page shows of the salon."""
    return {
        "name": salon.name,
        "wordmark": salon.logo_text or salon.name,
        "url": url_for("public.salon_page", salon=salon.slug),
        "phone": salon.phone or "",
        "phone_url": f"tel:{''.join(c for c in salon.phone or '' if c in '+0123456789')}",
        "address": address_of(salon),
        "place": salon.city or "",
    }


def here(salon: SalonFacts, moment: datetime) -> datetime:
    """Return an instant on the salon's wall."""
    return moment.astimezone(salon.zone)
