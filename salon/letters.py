"""The words of mails: a letter in the client's language, with a neutral subject and no word about health."""

from collections.abc import Mapping
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime
from babel.numbers import format_currency, get_currency_precision
from flask import current_app
from flask_babel import force_locale, gettext

from salon.calendar_file import calendar_file
from salon.mailer import Mail
from salon.usecases.outbox import Letter
from salon.usecases.salons import SalonFacts

LOCALES = ("en", "es", "vi")  # the languages whose mail words are shipped
_PATHS = {"confirmation": "visit", "intake_link": "intake"}


def locale_of(asked: str, salon: SalonFacts) -> str:
    """Return the client's language where mails speak it, else the salon's first that they do, else English."""
    return next((locale for locale in (asked, *salon.locales) if locale in LOCALES), LOCALES[0])


def written(letter: Letter, *, now: datetime) -> Mail:
    """Return the letter as a mail. Links begin with PUBLIC_URL, never with what a request said."""
    public_url: str = current_app.extensions["settings"].public_url
    locale = locale_of(letter.locale, letter.salon)
    with force_locale(locale):
        template = current_app.jinja_env.get_template(f"mail/{letter.kind}.txt")  # without the pages' own context
        body = template.render(
            letter=letter,
            what=_what(letter, locale),
            when=_when(letter, locale),
            place=place_of(letter.salon),
            price=_price(letter, locale),
            link=f"{public_url}/{_PATHS[letter.kind]}/{letter.token}",
        )
        subject = _subject(letter, locale)
    host = _host(public_url)
    return Mail(
        recipient=letter.email,
        recipient_name=letter.client_name,
        sender=f"no-reply@{host}",
        sender_name=letter.salon.name,
        reply_to=letter.salon.email,
        subject=subject,
        body=body,
        message_id=f"<{letter.message_key}@{host}>",
        locale=locale,
        written_at=now,
        calendar=_calendar(letter, locale, public_url, now=now) if letter.kind == "confirmation" else None,
    )


def _subject(letter: Letter, locale: str) -> str:
    when = _when(letter, locale)
    if letter.kind == "intake_link":
        return str(gettext("Before your appointment at %(salon)s on %(when)s", salon=letter.salon.name, when=when))
    return str(gettext("Your appointment at %(salon)s on %(when)s", salon=letter.salon.name, when=when))


def _what(letter: Letter, locale: str) -> str:
    names = (letter.service, *letter.addons)
    return " + ".join(_in(name, locale, letter.salon) for name in names)


def _in(texts: Mapping[str, str], locale: str, salon: SalonFacts) -> str:
    return texts.get(locale) or texts.get(salon.locales[0]) or next(iter(texts.values()), "")


def _babel(locale: str, salon: SalonFacts) -> Locale:
    """Return the language as the salon's country writes it, where that is known."""
    try:
        return Locale.parse(f"{locale}_{salon.country}")
    except (UnknownLocaleError, ValueError):
        return Locale(locale)


def _when(letter: Letter, locale: str) -> str:
    pattern = "EEEE d MMMM, HH:mm"
    return format_datetime(letter.start.astimezone(letter.salon.zone), pattern, locale=locale)


def _price(letter: Letter, locale: str) -> str:
    value = letter.price_minor / 10 ** get_currency_precision(letter.salon.currency)
    return format_currency(value, letter.salon.currency, locale=_babel(locale, letter.salon))


def place_of(salon: SalonFacts) -> str:
    """Return the salon's address on one line."""
    town = " ".join(part for part in (salon.postcode, salon.city) if part)
    return ", ".join(part for part in (salon.street, town) if part)


def _calendar(letter: Letter, locale: str, public_url: str, *, now: datetime) -> bytes:
    return calendar_file(
        uid=f"{letter.reference}@{_host(public_url)}",
        starts_at=letter.start,
        ends_at=letter.end,
        zone=letter.salon.zone,
        title=f"{letter.salon.name}: {_in(letter.service, locale, letter.salon)}",
        place=place_of(letter.salon),
        now=now,
    )


def _host(public_url: str) -> str:
    """Return the host for addresses of ours; an IP address is none that mail knows."""
    host = urlsplit(public_url).hostname or "localhost"
    try:
        ip_address(host)
    except ValueError:
        return host
    return "localhost"
