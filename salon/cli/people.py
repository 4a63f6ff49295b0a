"""`salon user` and `salon token`: members and their API tokens."""

import sys

import click
from email_validator import EmailNotValidError, validate_email
from flask_security.utils import hash_password

from salon import clock
from salon.cli.sentences import Refused
from salon.domain.errors import InvalidRequest
from salon.domain.passwords import password_fault
from salon.domain.permissions import Actor
from salon.usecases import accounts

_FAULTS = {
    ("role", "unknown"): "The role must be owner, receptionist or technician.",
    ("technician", "unknown"): "The salon has no technician with this key.",
    ("technician", "required"): "A technician needs --technician KEY: who she is in the team.",
    ("email", "already_a_member"): "This e-mail is already a member of the salon.",
    ("email", "not_a_member"): "Nobody with this e-mail is a member of the salon.",
    ("password", "too_short"): "The password must have 8 characters or more.",
    ("password", "too_long"): "The password must have 128 characters or fewer.",
    ("password", "too_common"): "This password is one that everybody tries first: choose another.",
}


def add_user(email: str, *, salon: str, role: str, technician: str | None, from_stdin: bool) -> None:
    """Make a person a member; the password is asked for only when the e-mail is new."""
    address = _email(email)
    actor = accounts.operator_actor(salon)
    typed = sys.stdin.readline().rstrip("\r\n") if from_stdin else None
    hashed = hashed_password(typed) if typed is not None else None
    try:
        _add(actor, address, role, technician, hashed)
    except InvalidRequest as error:
        if ("password", "required") not in error.fields:
            raise _meaning(error) from error
        _add_with_password(actor, address, role, technician)
    click.echo(f"{address} is now {role} of {salon}.")


def _add(actor: Actor, email: str, role: str, technician: str | None, password_hash: str | None) -> None:
    accounts.add_member(actor, email, role=role, technician=technician, password_hash=password_hash, now=clock.now())


def _add_with_password(actor: Actor, email: str, role: str, technician: str | None) -> None:
    if not sys.stdin.isatty():
        raise Refused("This e-mail is new: give its password with --password-stdin.")
    typed = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    try:
        _add(actor, email, role, technician, hashed_password(typed))
    except InvalidRequest as error:
        raise _meaning(error) from error


def hashed_password(password: str) -> str:
    """Return what is stored of a password (argon2id). Raises Refused for one that is not taken."""
    fault = password_fault(password)
    if fault is not None:
        raise Refused(_FAULTS["password", fault])
    hashed: str = hash_password(password)
    return hashed


def create_token(email: str, *, salon: str, name: str) -> str:
    """Return a new bearer token of a member."""
    if not 1 <= len(name.strip()) <= 120:
        raise Refused("The token's name must have 1 to 120 characters.")
    try:
        return accounts.create_token(accounts.operator_actor(salon), _email(email), name=name.strip(), now=clock.now())
    except InvalidRequest as error:
        raise _meaning(error) from error


def _email(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise Refused(f'"{text[:80]}" is not an e-mail address.') from error


def _meaning(error: InvalidRequest) -> Refused:
    path, code = error.fields[0]
    return Refused(_FAULTS.get((path, code), f"{path}: {code}."))
