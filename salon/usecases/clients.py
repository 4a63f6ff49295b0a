"""Clients: a contact as typed, checked once for every channel, and the ways a client is known again."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from salon.domain.errors import InvalidRequest
from salon.models import Client, Link, Visit
from salon.usecases.accounts import token_hash

LONGEST_NAME = 120
LONGEST_NOTE = 500
_KEY_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Contact:
    """A client as typed; phone and e-mail may be empty where the channel allows it."""

    name: str
    phone: str | None = None
    email: str | None = None
    locale: str | None = None
    age_band: str | None = None


def checked_contact(contact: Contact, *, country: str | None, locales: list[str], needs_channel: bool) -> Contact:
    """Return the contact with the phone in E.164 and the e-mail normalised.

    country        of the salon, for a national number; possible numbers are accepted
    needs_channel  a public booking needs a phone or an e-mail, the desk only a name

    Raises InvalidRequest naming each member at fault (client.name, client.phone, client.email, client.locale).
    """
    faults: list[tuple[str, str]] = []
    name = " ".join(contact.name.split())
    if not name or len(name) > LONGEST_NAME or any(not letter.isprintable() for letter in name):
        faults.append(("client.name", "required" if not name else "not_a_name"))
    phone = _phone(contact.phone, country, faults) if contact.phone and contact.phone.strip() else None
    email = _email(contact.email, faults) if contact.email and contact.email.strip() else None
    if needs_channel and not faults and phone is None and email is None:
        faults.append(("client.phone", "phone_or_email"))
    locale = contact.locale or locales[0]
    if locale not in locales:
        faults.append(("client.locale", "unknown"))
    if faults:
        raise InvalidRequest(*faults)
    return Contact(name, phone, email, locale, contact.age_band)


def _phone(typed: str, country: str | None, faults: list[tuple[str, str]]) -> str | None:
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        faults.append(("client.phone", "not_a_phone"))
        return None
    if len(typed) > 40 or not phonenumbers.is_possible_number(number):
        faults.append(("client.phone", "not_a_phone"))
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email(typed: str, faults: list[tuple[str, str]]) -> str | None:
    try:
        return validate_email(typed.strip(), check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        faults.append(("client.email", "not_an_email"))
        return None


def new_client_key() -> str:
    """Return a fresh key for a client that came without one."""
    return "c-" + "".join(secrets.choice(_KEY_ALPHABET) for _ in range(12))


def add_client(session: Session, salon_id: int | None, contact: Contact, *, now: datetime) -> int:
    """Store a checked contact as a new client and return its id."""
    added = session.execute(
        insert(Client)
        .values(
            salon_id=salon_id,
            key=new_client_key(),
            name=contact.name,
            email=contact.email,
            phone=contact.phone,
            locale=contact.locale,
            age_band=contact.age_band,
            may_book_online=True,
            added_at=now,
        )
        .returning(Client.id)
    )
    return added.scalar_one()


def client_by_key(session: Session, salon_id: int | None, key: str) -> Any:
    """Return the client's row, or None."""
    return session.execute(
        select(Client).where(Client.salon_id == salon_id, Client.key == key, Client.erased_at.is_(None))
    ).scalar_one_or_none()


def client_of_visit(session: Session, salon_id: int | None, visit_id: int | None) -> Any:
    """Return the client of a visit, or None."""
    return session.execute(
        select(Client)
        .join(Visit, (Visit.salon_id == Client.salon_id) & (Visit.client_id == Client.id))
        .where(Visit.salon_id == salon_id, Visit.id == visit_id)
    ).scalar_one_or_none()


def visit_of_link(session: Session, salon_id: int | None, token: str) -> int | None:
    """Return the visit that a visit link of this salon belongs to, or None."""
    return session.execute(
        select(Link.visit_id).where(
            Link.salon_id == salon_id,
            Link.token_hash == token_hash(token),
            Link.kind == "visit",
            Link.ended_at.is_(None),
        )
    ).scalar_one_or_none()
