"""What a salon file of the right shape must also keep: keys that exist, names once, places and times that are real."""

import functools
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import phonenumbers
from babel import Locale
from babel.core import get_global
from email_validator import EmailNotValidError, validate_email

from salon.domain.menu import FULL_ZONES, Kind
from salon.domain.time import BadTime, parse_date, parse_wall
from salon.usecases.salon_file.checked import Away
from salon.usecases.salon_file.faults import Fault, member
from salon.usecases.salon_file.slugs import is_refused_slug

LISTS = ("stations", "services", "addons", "products", "technicians", "clients")
YEARS = range(1971, 9000)
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ"})
Document = dict[str, Any]


def salon_faults(salon: Document) -> Iterator[Fault]:
    """Yield what is wrong with the salon itself."""
    if is_refused_slug(salon["slug"]):
        yield Fault("$.salon.slug", f'"{salon["slug"]}" is taken by a page of the program: choose another address')
    if salon["time_zone"] not in available_timezones():
        yield Fault("$.salon.time_zone", f'"{salon["time_zone"]}" is not a time zone')
    if salon["currency"] not in get_global("all_currencies"):
        yield Fault("$.salon.currency", f'"{salon["currency"]}" is not a currency')
    if salon.get("country") is not None and salon["country"] not in _countries():
        yield Fault("$.salon.country", f'"{salon["country"]}" is not a country')
    if salon.get("email") is not None and email_address(salon["email"]) is None:
        yield Fault("$.salon.email", "is not an e-mail address")


@functools.cache
def _countries() -> frozenset[str]:
    codes = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code not in _NO_COUNTRIES)


def email_address(text: str) -> str | None:
    """Return the address as it is stored, None when it cannot be one."""
    try:
        return validate_email(text, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        return None


def phone_number(text: str, country: str | None) -> str:
    """Return a possible number as it is stored (E.164), any other as it was written."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_possible_number(number) or number.extension:
        return text
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


# ---- keys ----


def key_faults(document: Document) -> Iterator[Fault]:
    """Yield keys that stand twice in one list."""
    for name in LISTS:
        first: dict[str, int] = {}
        for number, entry in enumerate(document.get(name, ())):
            if first.setdefault(entry["key"], number) != number:
                where = f"$.{name}[{first[entry['key']]}].key"
                yield Fault(f"$.{name}[{number}].key", f'"{entry["key"]}" stands twice: first at {where}')


def reference_faults(document: Document) -> Iterator[Fault]:
    """Yield keys that nothing in the file has, and texts without the salon's first language."""
    known = {name: {entry["key"] for entry in document.get(name, ())} for name in LISTS}
    first = document["salon"]["locales"][0]
    for number, service in enumerate(document["services"]):
        path = f"$.services[{number}]"
        yield from _text_faults(service, path, first)
        yield from _unknown(service["addons"], known["addons"], f"{path}.addons", "an add-on")
        yield from _for_faults(service, document, f"{path}.for")
        yield from _massage_faults(service, document, path)
    for number, addon in enumerate(document["addons"]):
        yield from _text_faults(addon, f"$.addons[{number}]", first)
    for number, technician in enumerate(document["technicians"]):
        path = f"$.technicians[{number}]"
        yield from _unknown(technician["services"], known["services"], f"{path}.services", "a service")
        yield from _exception_faults(technician, path)


def _text_faults(entry: Document, path: str, first: str) -> Iterator[Fault]:
    for name in ("name", "description"):
        if entry.get(name) and first not in entry[name]:
            yield Fault(f"{path}.{name}.{first}", f"is missing: every text needs the salon's first language, {first}")


def _unknown(keys: Iterable[str], known: set[str], path: str, what: str) -> Iterator[Fault]:
    for number, key in enumerate(keys):
        if key not in known:
            yield Fault(f"{path}[{number}]", f'"{key}" is not the key of {what}')


def _for_faults(service: Document, document: Document, path: str) -> Iterator[Fault]:
    does = {technician["key"]: technician["services"] for technician in document["technicians"]}
    for key in service.get("for", {}):
        if key not in does:
            yield Fault(member(path, key), f'"{key}" is not the key of a technician')
        elif service["key"] not in does[key]:
            yield Fault(member(path, key), f'technician "{key}" does not do this service')


def _massage_faults(service: Document, document: Document, path: str) -> Iterator[Fault]:
    massage = service["massage"]
    if massage is not None:
        allowed = {site.value for site in FULL_ZONES[Kind(massage["kind"])]}
        for number, zone in enumerate(massage["zones"]):
            if zone not in allowed:
                yield Fault(
                    f"{path}.massage.zones[{number}]", f'"{zone}" is not reached by a {massage["kind"]} massage'
                )
    instead = service["without_massage"]
    if instead is None:
        return
    target = next((other for other in document["services"] if other["key"] == instead), None)
    if target is None:
        yield Fault(f"{path}.without_massage", f'"{instead}" is not the key of a service')
    elif target["massage"] is not None:
        yield Fault(f"{path}.without_massage", f'"{instead}" is a service with massage')
    elif instead == service["key"]:
        yield Fault(f"{path}.without_massage", "is this service itself")


def _exception_faults(technician: Document, path: str) -> Iterator[Fault]:
    counted = Counter(exception["date"] for exception in technician["exceptions"])
    seen: dict[str, int] = {}
    for number, exception in enumerate(technician["exceptions"]):
        place = f"{path}.exceptions[{number}].date"
        if date_or_none(exception["date"]) is None:
            yield Fault(place, f'"{exception["date"]}" is not a date')
        elif counted[exception["date"]] > 1 and seen.setdefault(exception["date"], number) != number:
            first = f"{path}.exceptions[{seen[exception['date']]}].date"
            yield Fault(place, f"is a second exception for {exception['date']}: the first is at {first}")


def date_or_none(text: str) -> date | None:
    """Return the date of a text in the years that the calendar knows, else None."""
    try:
        found = parse_date(text)
    except BadTime:
        return None
    return found if found.year in YEARS else None


# ---- times ----


def instant(text: str, zone: ZoneInfo, path: str, faults: list[Fault]) -> datetime | None:
    """Return the instant of a wall time; None, with a fault added, when there is none."""
    try:
        found = parse_wall(text, zone)
    except BadTime as error:
        wrong_offset = error.code == "not_an_offset_of_the_zone"
        reason = f"has an offset that {zone.key} does not have then" if wrong_offset else "is not a wall time"
        faults.append(Fault(path, f'"{text}" {reason}'))
        return None
    if found.year not in YEARS:
        faults.append(Fault(path, f'"{text}" is out of the calendar (1971 to 8999)'))
        return None
    return found


def aways(entries: Iterable[Document], zone: ZoneInfo, path: str, faults: list[Fault]) -> tuple[Away, ...]:
    """Return closures or time off as instants; one that a clock change leaves empty does nothing and is left out."""
    found = []
    for number, entry in enumerate(entries):
        place = f"{path}[{number}]"
        starts_at = instant(entry["from"], zone, f"{place}.from", faults)
        ends_at = instant(entry["to"], zone, f"{place}.to", faults)
        if starts_at is None or ends_at is None:
            continue
        if ends_at > starts_at:
            found.append(Away(starts_at, ends_at, entry.get("reason", "")))
        elif entry["to"][:16] <= entry["from"][:16]:
            faults.append(Fault(f"{place}.to", f'"{entry["to"]}" is not after "{entry["from"]}"'))
    return tuple(found)


def checked_clients(document: Document, faults: list[Fault]) -> tuple[Document, ...]:
    """Return the clients as they are stored: e-mails normalised, phones in E.164 where they are numbers."""
    country = document["salon"].get("country")
    found = []
    for number, client in enumerate(document["clients"]):
        email, phone = client.get("email"), client.get("phone")
        address = email_address(email) if email is not None else None
        if email is not None and address is None:
            faults.append(Fault(f"$.clients[{number}].email", f'"{email}" is not an e-mail address'))
        locale = client.get("locale")
        found.append(
            {
                "key": client["key"],
                "name": client["name"],
                "email": address,
                "phone": phone_number(phone, country) if phone is not None else None,
                "locale": locale,
            }
        )
    return tuple(found)
