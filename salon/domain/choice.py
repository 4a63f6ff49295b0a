"""What follows from the free starts: why one is refused, who takes it, at which station, and what else is near."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from salon.domain.availability import (
    Request,
    SalonRules,
    Slot,
    Span,
    StationTime,
    TechnicianTime,
    free_starts,
    is_offered,
)
from salon.domain.time import local_date

# Beyond the horizon and further no appointment stands; it also keeps the reckoning inside the calendar.
FAR_DAYS = 400


class Refusal(StrEnum):
    """Why a start is refused: somebody has it, or the salon does not offer it."""

    TAKEN = "taken"
    NOT_OFFERED = "not_offered"


def refusal(rules: SalonRules, request: Request, start: datetime, *, now: datetime) -> Refusal | None:
    """Return None for a start that is offered, otherwise why not.

    TAKEN: with each technician asked for, the start overlaps a block of hers, of every station or of the
    client; or it would be offered if no appointment stood in the way.
    """
    if is_offered(rules, request, start, now=now):
        return None
    far = timedelta(days=rules.horizon_days + FAR_DAYS)
    if not now - far <= start <= now + far:
        return Refusal.NOT_OFFERED
    if _overlaps_all(request, start) or is_offered(rules, _without_appointments(request), start, now=now):
        return Refusal.TAKEN
    return Refusal.NOT_OFFERED


def _without_appointments(request: Request) -> Request:
    technicians = tuple(replace(technician, blocks=()) for technician in request.technicians)
    stations = request.stations and tuple(StationTime(station.key) for station in request.stations)
    return replace(request, technicians=technicians, stations=stations, client_busy=())


def _overlaps_all(request: Request, start: datetime) -> bool:
    return bool(request.technicians) and all(_overlaps(request, each, start) for each in request.technicians)


def _overlaps(request: Request, technician: TechnicianTime, start: datetime) -> bool:
    block = _block(request, technician, start)
    service = Span(start, start + timedelta(minutes=technician.length_minutes))
    stations = request.stations
    return (
        _meets(technician.blocks, block)
        or _meets(request.client_busy, service)
        or (bool(stations) and all(_meets(station.blocks, block) for station in stations or ()))
    )


def _block(request: Request, technician: TechnicianTime, start: datetime) -> Span:
    ends_at = start + timedelta(minutes=technician.length_minutes + request.after_minutes)
    return Span(start - timedelta(minutes=request.before_minutes), ends_at)


def _meets(spans: Iterable[Span], block: Span) -> bool:
    return any(
        starts_at < block.ends_at and block.starts_at < ends_at for starts_at, ends_at in spans if starts_at < ends_at
    )


def first_free_station(request: Request, start: datetime, *, technician: str) -> str | None:
    """Return the first station, in the salon's order, that is free for the whole block; None if the service needs none.

    Raises LookupError for a technician who is not of the request, and when no station is free.
    """
    if request.stations is None:
        return None
    who = next((each for each in request.technicians if each.key == technician), None)
    if who is None:
        raise LookupError(technician)
    block = _block(request, who, start)
    for station in request.stations:
        if not _meets(station.blocks, block):
            return station.key
    raise LookupError("no free station")


def fairest_first(free: Iterable[str], booked_minutes: Mapping[str, int]) -> tuple[str, ...]:
    """Return the free technicians, the one with the least booked minutes first, ties by key (rule 6)."""
    return tuple(sorted(free, key=lambda key: (booked_minutes.get(key, 0), key)))


def nearest(
    rules: SalonRules, request: Request, start: datetime, *, now: datetime, limit: int = 5, within_days: int = 14
) -> tuple[Slot, ...]:
    """Return up to `limit` offered slots, nearest to start first, at most `within_days` away.

    Of two that are as near the earlier comes first. The request names any technician, whoever was asked for.
    """
    reach = timedelta(days=within_days)
    if not now - reach <= start <= now + timedelta(days=rules.horizon_days + 2) + reach:
        return ()
    first, last = local_date(start - reach, rules.zone), local_date(start + reach, rules.zone)
    found = free_starts(rules, request, first=first, last=last, now=now).nearest(start, limit=limit)
    return tuple(slot for slot in found if abs(slot.starts_at - start) <= reach)


def minutes_by_date(spans: Iterable[Span], zone: ZoneInfo) -> dict[date, int]:
    """Return the minutes of services by the local date on which each starts; minutes begun count whole.

    For `fairest_first`: service and add-ons of a technician's blocking appointments, without buffers.
    """
    total: dict[date, int] = {}
    for starts_at, ends_at in spans:
        on = local_date(starts_at, zone)
        total[on] = total.get(on, 0) - (starts_at - ends_at) // timedelta(minutes=1)
    return total


def full_dates(massage_minutes: Mapping[date, int], *, asked_minutes: int, limit_minutes: int) -> frozenset[date]:
    """Return the dates on which the massage minutes asked for would pass the technician's own limit a day.

    Of dates without any massage yet nothing is said: the caller leaves the technician out if even
    asked_minutes alone is past the limit.
    """
    return frozenset(on for on, minutes in massage_minutes.items() if minutes + asked_minutes > limit_minutes)
