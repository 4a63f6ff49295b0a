"""What stands in the books for one service: read in three small queries, handed to the pure engine.

The number of queries does not depend on the range of dates or on the size of the team (tests count them).
Source: docs/rules.md, "Which starts are offered"; contract.md section 5.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from salon.domain.availability import Fit, Request, SalonRules, Span, StationTime, TechnicianTime
from salon.domain.errors import InvalidRequest, NotFound
from salon.domain.menu import massage, needs_qualification
from salon.domain.working_time import ClockSpan, DayHours, Weekly, WorkingTime
from salon.models import Salon, Service
from salon.usecases.books import LONGEST_BLOCK, blocks_of, setting_of

Found = Mapping[str, list[Any]]
_A_WAY_ROUND = timedelta(days=2)  # shifts of the evening before, in any zone
_ALWAYS = WorkingTime((Weekly.written(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "00:00", "24:00"),))
_YEARS = 3650 * 24 * 60


@dataclass(frozen=True, slots=True)
class ChosenAddon:
    """An add-on that the client chose; minutes and price are the menu's of now."""

    id: int
    key: str
    minutes: int
    price_minor: int


@dataclass(frozen=True, slots=True)
class Doer:
    """A technician who does the service; minutes without add-ons, price in minor units."""

    id: int
    key: str
    minutes: int
    price_minor: int


@dataclass(frozen=True, slots=True)
class Wish:
    """One service with add-ons, with whom, as somebody asked for it: keys. technician None means anyone."""

    service: str
    addons: tuple[str, ...] = ()
    technician: str | None = None


@dataclass(frozen=True, slots=True)
class Diary:
    """The books for one wish: what the engine needs, and the ids to write with."""

    salon: Any
    service: Any
    rules: SalonRules
    request: Request
    doers: dict[str, Doer]
    addons: tuple[ChosenAddon, ...]
    station_ids: dict[str, int]
    blocks: tuple[Any, ...] = field(repr=False)

    def beside_hours(self) -> tuple[SalonRules, Request]:
        """Return the same question with only other visits in the way: what a receptionist's override may do."""
        anytime = tuple(
            replace(technician, working=_ALWAYS, away=(), full_on=frozenset())
            for technician in self.request.technicians
        )
        rules = replace(self.rules, step_minutes=1, notice_minutes=-_YEARS, horizon_days=3650)
        return rules, replace(self.request, technicians=anytime, closures=())

    def minutes_with(self, technician: str) -> int:
        """Return how long the service with its add-ons takes this technician."""
        return self.doers[technician].minutes + sum(addon.minutes for addon in self.addons)

    def price_with(self, technician: str) -> int:
        """Return the price of the service with its add-ons, in minor units."""
        return self.doers[technician].price_minor + sum(addon.price_minor for addon in self.addons)


def salon_and_service(session: Session, salon_id: int | None, service: str) -> tuple[Any, Any]:
    """Return the salon's and the service's row. Raises NotFound for an unknown or not bookable service."""
    row = session.execute(
        select(Salon, Service)
        .join(Service, Service.salon_id == Salon.id)
        .where(Salon.id == salon_id, Service.key == service)
    ).one_or_none()
    if row is None or row.Service.massage_kind == "medical":
        raise NotFound
    return row.Salon, row.Service


def open_diary(
    session: Session,
    salon_id: int | None,
    wish: Wish,
    *,
    first: date,
    last: date,
    now: datetime,
    client_id: int | None = None,
    without_appointment: int | None = None,
) -> Diary:
    """Return the books for starts on the local dates first..last.

    client_id            an identified client, whose other visits stand in the way
    without_appointment  an appointment that is being moved: it does not stand in its own way

    Raises NotFound for unknown keys, InvalidRequest (addons) for one that the service does not list.
    """
    salon, service = salon_and_service(session, salon_id, wish.service)
    zone = ZoneInfo(salon.time_zone)
    since, until = datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)
    found = setting_of(
        session, service.salon_id, service.id, wish.addons, since=since - _A_WAY_ROUND, until=until + LONGEST_BLOCK
    )
    doers, addons, stations = (
        _doers(found, service, wish.technician),
        _chosen(found, wish.addons),
        _stations(found, service),
    )
    longest = max((doer.minutes for doer in doers), default=0) + sum(addon.minutes for addon in addons)
    blocks = blocks_of(
        session,
        service.salon_id,
        technicians=[doer.id for doer in doers],
        stations=[station_id for station_id, _ in stations or ()],
        client_id=client_id,
        since=since - timedelta(minutes=service.buffer_before_minutes),
        until=until + timedelta(minutes=longest + service.buffer_after_minutes),
        now=now,
        without_appointment=without_appointment,
    )
    return Diary(
        salon=salon,
        service=service,
        rules=SalonRules(
            zone=zone,
            step_minutes=salon.slot_step_minutes,
            notice_minutes=salon.min_notice_minutes,
            horizon_days=salon.horizon_days,
            fit=Fit(salon.fit),
        ),
        request=_request(service, doers, addons, stations, found, blocks, client_id),
        doers={doer.key: doer for doer in doers},
        addons=addons,
        station_ids={key: station_id for station_id, key in stations or ()},
        blocks=tuple(blocks),
    )


def _doers(found: Found, service: Any, technician: str | None) -> list[Doer]:
    rows = found["technician"]
    if technician is not None and technician not in {row.key for row in rows}:
        raise NotFound
    qualification = needs_qualification_of(service)
    return [
        Doer(
            row.id,
            row.key,
            service.duration_minutes if row.minutes is None else row.minutes,
            service.price_minor if row.price_minor is None else row.price_minor,
        )
        for row in rows
        if row.of_service is not None
        and technician in (None, row.key)
        and (qualification is None or qualification in json.loads(row.details))
    ]


def needs_qualification_of(service: Any) -> str | None:
    """Return the qualification that a service row asks for: its own, else its kind's own code."""
    return needs_qualification(massage(service.massage_kind).kind, service.qualification)


def _chosen(found: Found, keys: tuple[str, ...]) -> tuple[ChosenAddon, ...]:
    by_key = {row.key: row for row in found["addon"]}
    if set(keys) - by_key.keys():
        raise NotFound
    if len(set(keys)) != len(keys):
        raise InvalidRequest(("addons", "twice"))
    if any(by_key[key].of_service is None for key in keys):
        raise InvalidRequest(("addons", "not_listed"))
    return tuple(ChosenAddon(by_key[key].id, key, by_key[key].minutes, by_key[key].price_minor) for key in keys)


def _stations(found: Found, service: Any) -> list[tuple[int, str]] | None:
    """Return id and key of the stations of the service's kind in the salon's order; None when it needs none."""
    if service.station_kind is None or not found["station"]:  # a salon without stations needs none
        return None
    in_order = sorted(found["station"], key=lambda row: row.position)
    return [(row.id, row.key) for row in in_order if row.details == service.station_kind]


def _request(
    service: Any,
    doers: Sequence[Doer],
    addons: Sequence[ChosenAddon],
    stations: Sequence[tuple[int, str]] | None,
    found: Found,
    blocks: Sequence[Any],
    client_id: int | None,
) -> Request:
    of_technician: dict[int, list[Span]] = defaultdict(list)
    of_station: dict[int, list[Span]] = defaultdict(list)
    client_busy = []
    for row in blocks:
        span = Span(row.block_starts_at, row.block_ends_at)
        of_technician[row.technician_id].append(span)
        if row.station_id is not None:
            of_station[row.station_id].append(span)
        if client_id is not None and row.client_id == client_id:
            client_busy.append(Span(row.starts_at, row.ends_at))
    extra = sum(addon.minutes for addon in addons)
    return Request(
        technicians=tuple(_technician(doer, found, of_technician[doer.id], extra) for doer in doers),
        before_minutes=service.buffer_before_minutes,
        after_minutes=service.buffer_after_minutes,
        stations=tuple(StationTime(key, tuple(of_station[station_id])) for station_id, key in stations)
        if stations is not None
        else None,
        closures=tuple(Span(row.starts_at, row.ends_at) for row in found["closed"]),
        client_busy=tuple(client_busy),
    )


def _technician(doer: Doer, found: Found, blocks: Sequence[Span], extra: int) -> TechnicianTime:
    return TechnicianTime(
        key=doer.key,
        working=working_time_of(found, doer.id),
        length_minutes=doer.minutes + extra,
        blocks=tuple(blocks),
        away=tuple(Span(row.starts_at, row.ends_at) for row in found["away"] if row.id == doer.id),
    )


def working_time_of(found: Found, technician_id: int) -> WorkingTime:
    """Return a technician's hours, breaks and exceptions from the rows of books.setting_of."""

    def hers(what: str) -> Iterator[Any]:
        return (row for row in found[what] if row.id == technician_id)

    return WorkingTime(
        hours=tuple(_weekly(row.details, row.from_text, row.to_text) for row in hers("hours")),
        breaks=tuple(_weekly(row.details, row.from_text, row.to_text) for row in hers("break")),
        exceptions=tuple(_exception(row.from_text, row.details) for row in hers("exception")),
    )


@lru_cache(maxsize=4096)
def _weekly(days: str, from_text: str, to_text: str) -> Weekly:
    """Return a shift or break as the engine reads it; depends on its texts only, so what is kept is never stale."""
    return Weekly.written(json.loads(days), from_text, to_text)


@lru_cache(maxsize=4096)
def _exception(on_date: str, hours: str) -> DayHours:
    return DayHours(date.fromisoformat(on_date), tuple(ClockSpan.written(*pair) for pair in json.loads(hours)))
