"""Storing a checked salon file as a new salon: one transaction, rows in bulk."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from salon.db import enter_founded
from salon.domain.permissions import Actor, Permission
from salon.models import Salon
from salon.models.across import salon_by_slug
from salon.usecases.audit import record_act
from salon.usecases.boundary import use_case
from salon.usecases.salon_file.checked import CheckedFile
from salon.usecases.salon_file.faults import Fault, FileRefused
from salon.usecases.salon_file.storing import Progress, Row, Writer


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import stored."""

    salon_id: int
    slug: str
    clients: int
    appointments: int


@use_case(Permission.SALON_IMPORT, writes=True)
def import_salon(
    session: Session, actor: Actor, checked: CheckedFile, *, now: datetime, progress: Progress | None = None
) -> Imported:
    """Found a salon from a checked file, all of it or nothing.

    progress is called with appointments stored and all. Nobody is written to; an imported visit with
    massage has no answers. Raises FileRefused when the slug or a reference is already in the database.
    """
    if salon_by_slug(session, checked.slug) is not None:
        raise _slug_taken(checked.slug)
    try:
        salon_id = _found(session, checked.document["salon"], now)
        Writer(session, salon_id, checked, now).store(progress or (lambda _done, _all: None))
    except IntegrityError as error:
        raise _meaning(error, checked.slug) from error
    record_act(session, replace(actor, salon_id=salon_id), "salon_imported", checked.slug, now=now)
    return Imported(salon_id, checked.slug, len(checked.clients), len(checked.appointments))


def _slug_taken(slug: str) -> FileRefused:
    return FileRefused([Fault("$.salon.slug", f'a salon "{slug}" is already here')])


def _meaning(error: IntegrityError, slug: str) -> Exception:
    """Return what the database refused in the file's words; the error itself when it is none of the file's."""
    said = str(error.orig)
    if "salon_slug" in said or "salon.slug" in said:
        return _slug_taken(slug)
    if "appointment_reference" in said or "appointment.reference" in said:
        reason = "has a reference that another salon in this database already uses"
        return FileRefused([Fault("$.appointments", reason)])
    return error


def _found(session: Session, salon: Row, now: datetime) -> int:
    """Store the salon's row and go on inside it; row security asks for the number before the row is there."""
    values = _salon_values(salon, now)
    if session.get_bind().dialect.name == "postgresql":
        salon_id: int = session.execute(text("SELECT nextval(pg_get_serial_sequence('salon', 'id'))")).scalar_one()
        enter_founded(session, salon_id)
        session.execute(insert(Salon).values(id=salon_id, **values))
        return salon_id
    found: int = session.execute(insert(Salon).values(**values).returning(Salon.id)).scalar_one()
    enter_founded(session, found)
    return found


def _salon_values(salon: Row, now: datetime) -> Row:
    policy, address = salon["policy"], salon.get("address") or {}
    return {
        **{name: salon[name] for name in ("slug", "name", "time_zone", "currency", "locales")},
        **{name: salon.get(name) for name in ("country", "phone", "email", "emergency_number", "accent", "logo_text")},
        **{name: address.get(name) for name in ("street", "postcode", "city")},
        "slot_step_minutes": policy["slot_step_min"],
        "fit": policy["fit"],
        "min_notice_minutes": policy["min_notice_min"],
        "horizon_days": policy["horizon_days"],
        "cancel_notice_minutes": policy["cancel_notice_min"],
        "intake_valid_days": policy["intake_valid_days"],
        "founded_at": now,
    }
