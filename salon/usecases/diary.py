"""What stands in the books for one service: read in three small queries, handed to the pure engine.

The number of queries does not depend on the range of dates or on the size of the team (tests count them).
Source: docs/rules.md, "Which starts are offered"; contract.md section 5.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, Select, Text, and_, cast, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from salon.db import Moment
from salon.domain.appointment import BLOCKING
from salon.domain.availability import Fit, Request, SalonRules, Span, StationTime, TechnicianTime
from salon.domain.errors import InvalidRequest, NotFound
from salon.domain.menu import massage, needs_qualification
from salon.domain.working_time import ClockSpan, DayHours, Weekly, WorkingTime
from salon.models import (
    Addon,
    Appointment,
    Closure,
    HoursException,
    Salon,
    Service,
    ServiceAddon,
    Station,
    Technician,
    TechnicianService,
    TimeOff,
    WeeklyHours,
)

LONGEST_BLOCK = timedelta(days=8)
_ALWAYS = WorkingTime((Weekly.written(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "00:00", "24:00"),))
_YEARS = 3650 * 24 * 60
AnySelect = Select[*tuple[Any, ...]]


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
    since = datetime.combine(first, datetime.min.time(), zone) - timedelta(days=2)
    until = datetime.combine(last, datetime.min.time(), zone) + timedelta(days=3) + LONGEST_BLOCK
    doers, addons, stations = _resources(session, service, wish)
    calendar = _calendar(session, service.salon_id, since, until, now=now, without=without_appointment)
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
        request=_request(service, doers, addons, stations, calendar, client_id),
        doers={doer.key: doer for doer in doers},
        addons=addons,
        station_ids={key: station_id for station_id, key in stations or ()},
        blocks=tuple(calendar["block"]),
    )


# One row of either union: a column that a part does not have is NULL of the column's type.
_COLUMNS: dict[str, Any] = {
    "what": Text(),
    "id": BigInteger(),
    "key": Text(),
    "details": Text(),
    "from_text": Text(),
    "to_text": Text(),
    "minutes": BigInteger(),
    "price_minor": BigInteger(),
    "position": BigInteger(),
    "of_service": BigInteger(),
    "technician_id": BigInteger(),
    "station_id": BigInteger(),
    "client_id": BigInteger(),
    "starts_at": Moment(),
    "ends_at": Moment(),
    "visit_starts_at": Moment(),
    "visit_ends_at": Moment(),
}


def _line(**given: Any) -> AnySelect:
    return select(*(given.get(name, cast(null(), kind)).label(name) for name, kind in _COLUMNS.items()))


def _resources(
    session: Session, service: Any, wish: Wish
) -> tuple[list[Doer], tuple[ChosenAddon, ...], list[tuple[int, str]] | None]:
    """Return who does the service, the add-ons asked for, and the stations of its kind, in one query."""
    salon_id = service.salon_id
    technicians = (
        _line(
            what=literal("technician"),
            id=Technician.id,
            key=Technician.key,
            minutes=TechnicianService.duration_minutes,
            price_minor=TechnicianService.price_minor,
            position=Technician.position,
            details=cast(Technician.qualifications, Text),
            of_service=TechnicianService.service_id,
        )
        .outerjoin(
            TechnicianService,
            and_(
                TechnicianService.salon_id == Technician.salon_id,
                TechnicianService.technician_id == Technician.id,
                TechnicianService.service_id == service.id,
            ),
        )
        .where(Technician.salon_id == salon_id, Technician.left_at.is_(None))
    )
    stations = _line(
        what=literal("station"), id=Station.id, key=Station.key, position=Station.position, details=Station.kind
    ).where(Station.salon_id == salon_id)
    addons = (
        _line(
            what=literal("addon"),
            id=Addon.id,
            key=Addon.key,
            minutes=Addon.duration_minutes,
            price_minor=Addon.price_minor,
            of_service=ServiceAddon.service_id,
        )
        .outerjoin(
            ServiceAddon,
            and_(
                ServiceAddon.salon_id == Addon.salon_id,
                ServiceAddon.addon_id == Addon.id,
                ServiceAddon.service_id == service.id,
            ),
        )
        .where(Addon.salon_id == salon_id, Addon.key.in_(wish.addons))
    )
    parts: list[AnySelect] = [technicians, stations]
    if wish.addons:
        parts.append(addons)
    found: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(union_all(*parts)):
        found[row.what].append(row)
    in_order = sorted(found["station"], key=lambda row: row.position)
    of_kind = [(row.id, row.key) for row in in_order if row.details == service.station_kind]
    needs_station = service.station_kind is not None and bool(in_order)  # a salon without stations needs none
    return (
        _doers(found["technician"], service, wish.technician),
        _chosen(found["addon"], wish.addons),
        of_kind if needs_station else None,
    )


def _doers(rows: Sequence[Any], service: Any, technician: str | None) -> list[Doer]:
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


def _chosen(rows: Sequence[Any], keys: tuple[str, ...]) -> tuple[ChosenAddon, ...]:
    by_key = {row.key: row for row in rows}
    if set(keys) - by_key.keys():
        raise NotFound
    if len(set(keys)) != len(keys):
        raise InvalidRequest(("addons", "twice"))
    if any(by_key[key].of_service is None for key in keys):
        raise InvalidRequest(("addons", "not_listed"))
    return tuple(ChosenAddon(by_key[key].id, key, by_key[key].minutes, by_key[key].price_minor) for key in keys)


def _calendar(
    session: Session, salon_id: int, since: datetime, until: datetime, *, now: datetime, without: int | None
) -> dict[str, list[Any]]:
    """Return everything that says when, in one query: hours, breaks, exceptions, time off, closures, blocks."""
    parts = [
        _line(
            what=WeeklyHours.kind,
            technician_id=WeeklyHours.technician_id,
            details=cast(WeeklyHours.days, Text),
            from_text=WeeklyHours.from_time,
            to_text=WeeklyHours.to_time,
        ).where(WeeklyHours.salon_id == salon_id),
        _line(
            what=literal("exception"),
            technician_id=HoursException.technician_id,
            details=cast(HoursException.hours, Text),
            from_text=cast(HoursException.on_date, Text),
        ).where(
            HoursException.salon_id == salon_id,
            HoursException.on_date >= since.date(),
            HoursException.on_date <= until.date(),
        ),
        _line(
            what=literal("away"),
            technician_id=TimeOff.technician_id,
            starts_at=TimeOff.starts_at,
            ends_at=TimeOff.ends_at,
        ).where(TimeOff.salon_id == salon_id, TimeOff.ends_at > since, TimeOff.starts_at < until),
        _line(what=literal("closed"), starts_at=Closure.starts_at, ends_at=Closure.ends_at).where(
            Closure.salon_id == salon_id, Closure.ends_at > since, Closure.starts_at < until
        ),
    ]
    parts.append(_blocks(salon_id, since, until, now=now, without=without))
    found: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(union_all(*parts)):
        found[row.what].append(row)
    return found


def _blocks(salon_id: int, since: datetime, until: datetime, *, now: datetime, without: int | None) -> AnySelect:
    kept: ColumnElement[bool] = or_(Appointment.held_until.is_(None), Appointment.held_until > now)
    return _line(
        what=literal("block"),
        id=Appointment.id,
        technician_id=Appointment.technician_id,
        station_id=Appointment.station_id,
        client_id=Appointment.client_id,
        starts_at=Appointment.block_starts_at,
        ends_at=Appointment.block_ends_at,
        visit_starts_at=Appointment.starts_at,
        visit_ends_at=Appointment.ends_at,
    ).where(
        Appointment.salon_id == salon_id,
        Appointment.block_starts_at > since - LONGEST_BLOCK,
        Appointment.block_starts_at < until,
        Appointment.block_ends_at > since,
        Appointment.status.in_(sorted(BLOCKING)),
        kept,
        Appointment.id != (without or 0),
    )


def _request(
    service: Any,
    doers: Sequence[Doer],
    addons: Sequence[ChosenAddon],
    stations: Sequence[tuple[int, str]] | None,
    calendar: dict[str, list[Any]],
    client_id: int | None,
) -> Request:
    of_technician: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for what, rows in calendar.items():
        for row in rows:
            of_technician[row.technician_id or 0][what].append(row)
    extra = sum(addon.minutes for addon in addons)
    blocks = calendar["block"]
    return Request(
        technicians=tuple(_technician(doer, of_technician[doer.id], extra) for doer in doers),
        before_minutes=service.buffer_before_minutes,
        after_minutes=service.buffer_after_minutes,
        stations=tuple(
            StationTime(key, tuple(_span(row) for row in blocks if row.station_id == station_id))
            for station_id, key in stations
        )
        if stations is not None
        else None,
        closures=tuple(_span(row) for row in calendar["closed"]),
        client_busy=tuple(
            Span(row.visit_starts_at, row.visit_ends_at)
            for row in blocks
            if client_id is not None and row.client_id == client_id
        ),
    )


def _technician(doer: Doer, rows: dict[str, list[Any]], extra: int) -> TechnicianTime:
    return TechnicianTime(
        key=doer.key,
        working=WorkingTime(
            hours=tuple(_weekly(row) for row in rows["hours"]),
            breaks=tuple(_weekly(row) for row in rows["break"]),
            exceptions=tuple(
                DayHours(
                    date.fromisoformat(row.from_text),
                    tuple(ClockSpan.written(*pair) for pair in json.loads(row.details)),
                )
                for row in rows["exception"]
            ),
        ),
        length_minutes=doer.minutes + extra,
        blocks=tuple(_span(row) for row in rows["block"]),
        away=tuple(_span(row) for row in rows["away"]),
    )


def _weekly(row: Any) -> Weekly:
    return Weekly.written(json.loads(row.details), row.from_text, row.to_text)


def _span(row: Any) -> Span:
    return Span(row.starts_at, row.ends_at)
