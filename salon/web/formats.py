"""How instants, days and money read on a page, in the reader's language and the salon's country."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any, Protocol

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_currency, get_currency_precision

_YEAR = re.compile(r",?\s*('de'\s*)?(?<![A-Za-z])y+(\s*'[^']*'\.?|년\s*)?")  # the year's part of a full date pattern


class Amount(Protocol):
    """Whole minor units of one currency."""

    @property
    def amount_minor(self) -> int: ...
    @property
    def currency(self) -> str: ...


def locale_for(language: str, country: str = "") -> Locale:
    """Return the language as that country writes it (en in IE, DE or US); plain English is the British form."""
    for tag in (f"{language}_{country}", "en_GB" if language == "en" else language):
        try:
            return Locale.parse(tag)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en", "GB")


def money(amount: Amount, locale: Locale) -> str:
    """Return 52 euros as €52 and 52.50 as €52.50: cents only where there are some."""
    precision = get_currency_precision(amount.currency)
    value = amount.amount_minor / 10**precision
    if precision and amount.amount_minor % 10**precision == 0:
        pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
        return format_currency(value, amount.currency, pattern, locale=locale, currency_digits=False)
    return format_currency(value, amount.currency, locale=locale)


def clock(moment: datetime | time, locale: Locale) -> str:
    """Return the time of day, 14:30 or 2:30 pm; the moment is already in the salon's zone."""
    return format_time(moment.time() if isinstance(moment, datetime) else moment, "short", locale=locale)


def day(moment: date, locale: Locale) -> str:
    """Return Saturday 14 November."""
    return format_date(moment, _YEAR.sub("", locale.date_formats["full"].pattern), locale=locale)


def day_short(moment: date, locale: Locale) -> str:
    """Return Sat 14 Nov."""
    return format_skeleton("MMMEd", _noon(moment), locale=locale)


def weekday_short(moment: date, locale: Locale) -> str:
    """Return Sat."""
    return format_date(moment, "ccc", locale=locale)


def month(moment: date, locale: Locale) -> str:
    """Return November, standing alone."""
    return format_date(moment, "LLLL", locale=locale)


def iso(moment: date, _locale: Locale) -> str:
    """Return the moment for machines."""
    return moment.isoformat()


FILTERS: dict[str, Callable[[Any, Locale], str]] = {
    "money": money,
    "clock": clock,
    "day": day,
    "day_short": day_short,
    "weekday_short": weekday_short,
    "month": month,
    "iso": iso,
}


def filters(locale_now: Callable[[], Locale]) -> dict[str, Callable[[Any], str]]:
    """Return the template filters, each in the locale of the page being written."""

    def in_locale(form: Callable[[Any, Locale], str]) -> Callable[[Any], str]:
        return lambda value: form(value, locale_now())

    return {name: in_locale(form) for name, form in FILTERS.items()}


def _noon(moment: date) -> datetime:
    """Return noon of that day: formatting a skeleton wants an instant, and noon is never in another date."""
    return datetime(moment.year, moment.month, moment.day, 12, tzinfo=UTC)
