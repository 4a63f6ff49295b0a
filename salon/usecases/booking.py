"""Booking a visit: by the client herself, and by the desk for a client."""

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from salon.domain.appointment import Status
from salon.domain.availability import free_technicians
from salon.domain.choice import Refusal, fairest_first, first_free_station, nearest, refusal
from salon.domain.errors import Alternative, InvalidRequest, NotAllowed, NotFound, NotOffered, SlotTaken
from salon.domain.menu import AgeBand, age_fits, massage
from salon.domain.permissions import Actor, Permission
from salon.domain.time import local_date
from salon.models import Appointment, AppointmentAddon, Client, Visit
from salon.usecases.audit import record_act
from salon.usecases.availability import ALTERNATIVES_WITHIN, check_addons, with_end
from salon.usecases.boundary import use_case
from salon.usecases.clients import (
    LONGEST_NOTE,
    Contact,
    add_client,
    checked_contact,
    client_by_key,
    client_of_visit,
    visit_of_link,
)
from salon.usecases.diary import Diary, Wish, open_diary
from salon.usecases.evaluations import check_massage_offered, evaluate_new_appointment
from salon.usecases.idempotency import Once, recalled, remember
from salon.usecases.links import mint_links
from salon.usecases.menu import MenuService
from salon.usecases.messages import enqueue
from salon.usecases.salons import SalonFacts

_REFERENCE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_REFERENCE_LETTERS = 10
HORIZON_OF_BOOKING = timedelta(days=3700)


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """What somebody wants to book; keys are the salon file's.

    client_link      token of a live visit link: identifies the person (public channel)
    client_key       a known client (desk)
    override_reason  desk only: books outside hours, notice and horizon, never over another visit
    """

    wish: Wish
    start: datetime
    contact: Contact | None = None
    client_link: str | None = None
    client_key: str | None = None
    note: str | None = None
    override_reason: str | None = None
    once: Once | None = None


@dataclass(frozen=True, slots=True)
class Booked:
    """A booked visit. Tokens are given out this once; intake_status is required, not_required or valid.

    is_replayed: the same request was answered before, nothing new was stored.
    """

    reference: str
    appointment_id: int
    visit_id: int
    start: datetime
    end: datetime
    technician: str
    price_minor: int
    currency: str
    time_zone: str
    status: str
    visit_token: str
    intake_token: str
    intake_status: str
    is_replayed: bool = False


@use_case(Permission.VISIT_BOOK, writes=True)
def book_online(session: Session, actor: Actor, wanted: BookingRequest, *, now: datetime) -> Booked:
    """Book for the client who asks. A typed name, phone or e-mail never matches a known client.

    Raises SlotTaken or NotOffered with alternatives, MassageNotOffered, InvalidRequest, NotFound.
    """
    return book(session, actor, replace(wanted, client_key=None, override_reason=None), now=now)


@use_case(Permission.VISIT_BOOK_FOR_CLIENT, writes=True)
def book_at_desk(session: Session, actor: Actor, wanted: BookingRequest, *, now: datetime) -> Booked:
    """Book for a client on the telephone or at the door; a reason lets it lie outside hours and notice."""
    return book(session, actor, wanted, now=now)


def book(session: Session, actor: Actor, wanted: BookingRequest, *, now: datetime) -> Booked:
    """Book inside an open transaction, once for one idempotency key; what book_online and book_at_desk share."""
    once = wanted.once
    kept = recalled(session, actor, once, now=now) if once else None
    if kept is not None:
        return _booked_before(kept)
    booked = _book_anew(session, actor, wanted, now=now)
    if once:
        answer = asdict(booked) | {"start": booked.start.isoformat(), "end": booked.end.isoformat()}
        remember(session, actor, once, answer, now=now)
    return booked


def _booked_before(kept: dict[str, Any]) -> Booked:
    moments = {member: datetime.fromisoformat(kept[member]) for member in ("start", "end")}
    return Booked(**{**kept, **moments, "is_replayed": True})


def _book_anew(session: Session, actor: Actor, wanted: BookingRequest, *, now: datetime) -> Booked:
    _check_request(wanted, now)
    client_id = _identified_client(session, actor, wanted)
    on = wanted.start.astimezone(now.tzinfo).date()
    diary = open_diary(
        session,
        actor.salon_id,
        wanted.wish,
        first=on - timedelta(days=1),
        last=on + timedelta(days=1),
        now=now,
        client_id=client_id,
    )
    contact = _contact(wanted, diary, identified=client_id is not None, online=not _is_desk(actor))
    _check_age(diary.service, contact)
    if client_id is not None:
        check_massage_offered(session, diary.salon, diary.service, client_id, wanted.start)
    technician = _free_technician(session, actor, diary, wanted, client_id, now=now)
    if client_id is None and contact is not None:
        client_id = add_client(session, actor.salon_id, contact, now=now)
    return _store(session, actor, diary, wanted, contact, client_id=client_id, technician=technician, now=now)


def _check_request(wanted: BookingRequest, now: datetime) -> None:
    check_addons(wanted.wish)
    if wanted.note is not None and len(wanted.note) > LONGEST_NOTE:
        raise InvalidRequest(("note", "too_long"))
    if wanted.override_reason is not None and not 3 <= len(wanted.override_reason.strip()) <= LONGEST_NOTE:
        raise InvalidRequest(("override.reason", "required"))
    if abs(wanted.start - now) > HORIZON_OF_BOOKING:
        raise NotOffered(("start", "not_offered"))


def _identified_client(session: Session, actor: Actor, wanted: BookingRequest) -> int | None:
    """Return the client whom a link or the desk's key identifies; None makes a contact of its own."""
    client: Any = None
    if wanted.client_link is not None:
        client = client_of_visit(session, actor.salon_id, visit_of_link(session, actor.salon_id, wanted.client_link))
        if client is None:
            raise InvalidRequest(("client_link", "unknown"))
    elif wanted.client_key is not None:
        client = client_by_key(session, actor.salon_id, wanted.client_key)
        if client is None:
            raise NotFound
    elif actor.visit_id is not None:
        client = client_of_visit(session, actor.salon_id, actor.visit_id)
    if client is None:
        return None
    if not client.may_book_online and wanted.client_key is None:
        raise NotAllowed
    client_id: int = client.id
    return client_id


def _is_desk(actor: Actor) -> bool:
    return actor.may(Permission.VISIT_BOOK_FOR_CLIENT)


def _contact(wanted: BookingRequest, diary: Diary, *, identified: bool, online: bool) -> Contact | None:
    if identified and wanted.contact is None:
        return None
    if wanted.contact is None:
        raise InvalidRequest(("client", "required"))
    return checked_contact(
        wanted.contact,
        country=diary.salon.country,
        locales=diary.salon.locales,
        needs_channel=online and not identified,
    )


def check_contact_shape(contact: Contact, salon: SalonFacts, service: MenuService | None) -> None:
    """Check a contact before the last step of a booking, by the checks of booking itself. Raises InvalidRequest."""
    checked = checked_contact(contact, country=salon.country, locales=list(salon.locales), needs_channel=True)
    if service is not None:
        _check_age(service, checked)


def _check_age(service: Any, contact: Contact | None) -> None:
    band = contact.age_band if contact else None
    if band is None:
        return
    if band not in {known.value for known in AgeBand}:
        raise InvalidRequest(("client.age_band", "unknown"))
    if not age_fits(AgeBand(band), massage(service.massage_kind).kind, service.minimum_age):
        raise InvalidRequest(("client.age_band", "age_does_not_fit"))


def _free_technician(
    session: Session, actor: Actor, diary: Diary, wanted: BookingRequest, client_id: int | None, *, now: datetime
) -> str:
    """Return the technician who takes the visit: the fairest of those free. Raises SlotTaken or NotOffered."""
    if not diary.doers:
        raise NotOffered(("start", "not_offered"))
    rules, request = diary.beside_hours() if wanted.override_reason is not None else (diary.rules, diary.request)
    free = free_technicians(rules, request, wanted.start, now=now)
    if free:
        return fairest_first(free, _booked_minutes(diary, wanted.start))[0]
    alternatives = nearest_alternatives(session, actor, wanted, client_id, now=now)
    if refusal(rules, request, wanted.start, now=now) is Refusal.TAKEN:
        raise SlotTaken(("start", "taken"), alternatives=alternatives)
    raise NotOffered(("start", "not_offered"), alternatives=alternatives)


def _booked_minutes(diary: Diary, start: datetime) -> dict[str, int]:
    """Return the minutes that each technician's blocking appointments take which start on the same local date."""
    on: date = local_date(start, diary.rules.zone)
    key_of = {doer.id: doer.key for doer in diary.doers.values()}
    minutes: dict[str, int] = dict.fromkeys(diary.doers, 0)
    for row in diary.blocks:
        key = key_of.get(row.technician_id)
        if key is not None and local_date(row.starts_at, diary.rules.zone) == on:
            minutes[key] += int((row.ends_at - row.starts_at).total_seconds()) // 60
    return minutes


def nearest_alternatives(
    session: Session,
    actor: Actor,
    wanted: BookingRequest,
    client_id: int | None,
    *,
    now: datetime,
    without_appointment: int | None = None,
) -> tuple[Alternative, ...]:
    """Return up to 5 free starts near the one refused: same service and add-ons, any technician, within 14 days."""
    diary = open_diary(
        session,
        actor.salon_id,
        replace(wanted.wish, technician=None),
        first=(wanted.start - ALTERNATIVES_WITHIN).date() - timedelta(days=1),
        last=(wanted.start + ALTERNATIVES_WITHIN).date() + timedelta(days=1),
        now=now,
        client_id=client_id,
        without_appointment=without_appointment,
    )
    if not diary.doers:
        return ()
    found = nearest(diary.rules, diary.request, wanted.start, now=now)
    return tuple(with_end(diary, slot) for slot in found)


def drop_expired_holds(session: Session, salon_id: int | None, *, now: datetime) -> None:
    """Delete the holds that ran out, so that they stop guarding their time. Time is the app's, never the database's."""
    session.execute(
        delete(Appointment).where(
            Appointment.salon_id == salon_id, Appointment.status == Status.HELD.value, Appointment.held_until <= now
        )
    )


def new_reference() -> str:
    """Return a random reference that can be read out on the telephone."""
    return "".join(secrets.choice(_REFERENCE_ALPHABET) for _ in range(_REFERENCE_LETTERS))


def _store(
    session: Session,
    actor: Actor,
    diary: Diary,
    wanted: BookingRequest,
    contact: Contact | None,
    *,
    client_id: int | None,
    technician: str,
    now: datetime,
) -> Booked:
    drop_expired_holds(session, actor.salon_id, now=now)
    visit_id = session.execute(
        insert(Visit)
        .values(
            salon_id=actor.salon_id,
            client_id=client_id,
            locale=_locale(session, diary, contact, client_id),
            source=actor.source,
            note=wanted.note,
            booked_at=now,
        )
        .returning(Visit.id)
    ).scalar_one()
    place = _place(actor, diary, wanted, technician)
    inserted = session.execute(
        insert(Appointment)
        .values(salon_id=actor.salon_id, visit_id=visit_id, client_id=client_id, **place)
        .returning(Appointment.id)
    )
    appointment_id = inserted.scalar_one()
    store_addons(session, actor, diary, appointment_id)
    tokens = mint_links(session, actor.salon_id, visit_id, ("visit", "intake"), now=now)
    intake_status = evaluate_new_appointment(
        session, actor, diary.salon, diary.service, appointment_id, client_id or 0, now=now
    )
    enqueue(session, actor.salon_id, visit_id, "confirmation", now=now)
    if intake_status == "required":
        enqueue(session, actor.salon_id, visit_id, "intake_link", now=now)
    record_act(
        session, actor, "visit_booked", place["reference"], now=now, is_override=wanted.override_reason is not None
    )
    return Booked(
        reference=place["reference"],
        appointment_id=appointment_id,
        visit_id=visit_id,
        start=place["starts_at"],
        end=place["ends_at"],
        technician=technician,
        price_minor=place["price_minor"],
        currency=diary.salon.currency,
        time_zone=diary.salon.time_zone,
        status=place["status"],
        visit_token=tokens["visit"],
        intake_token=tokens["intake"],
        intake_status=intake_status,
    )


def _locale(session: Session, diary: Diary, contact: Contact | None, client_id: int | None) -> str:
    """Return the language of the visit: as typed, else the known client's, else the salon's first."""
    if contact is not None and contact.locale:
        return contact.locale
    known = session.execute(
        select(Client.locale).where(Client.salon_id == diary.salon.id, Client.id == client_id)
    ).scalar_one_or_none()
    return known or str(diary.salon.locales[0])


def _place(actor: Actor, diary: Diary, wanted: BookingRequest, technician: str) -> dict[str, Any]:
    """Return the appointment's own columns: who, where, when, at which price."""
    service = diary.service
    end = wanted.start + timedelta(minutes=diary.minutes_with(technician))
    station = first_free_station(diary.request, wanted.start, technician=technician)
    status = Status.REQUESTED if service.needs_approval and not _is_desk(actor) else Status.BOOKED
    return {
        "reference": new_reference(),
        "technician_id": diary.doers[technician].id,
        "service_id": service.id,
        "station_id": diary.station_ids[station] if station else None,
        "status": status.value,
        "starts_at": wanted.start,
        "ends_at": end,
        "block_starts_at": wanted.start - timedelta(minutes=service.buffer_before_minutes),
        "block_ends_at": end + timedelta(minutes=service.buffer_after_minutes),
        "price_minor": diary.price_with(technician),
        "override_reason": wanted.override_reason,
    }


def store_addons(session: Session, actor: Actor, diary: Diary, appointment_id: int) -> None:
    """Store the chosen add-ons with the price and length of now."""
    if not diary.addons:
        return
    session.execute(
        insert(AppointmentAddon),
        [
            {
                "salon_id": actor.salon_id,
                "appointment_id": appointment_id,
                "addon_id": addon.id,
                "position": position,
                "price_minor": addon.price_minor,
                "duration_minutes": addon.minutes,
            }
            for position, addon in enumerate(diary.addons)
        ],
    )
