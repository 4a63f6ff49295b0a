"""The appointments of a salon file: their lengths, prices, stations, and that none overlaps another."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from salon.domain.appointment import BLOCKING
from salon.usecases.salon_file.checked import Planned
from salon.usecases.salon_file.faults import Fault
from salon.usecases.salon_file.meaning import Document, instant

LONGEST_MINUTES = 10080
SHORTEST_MINUTES = 5
Entries = dict[str, Document]


class _Menu:
    """The file's lists by key."""

    def __init__(self, document: Document, zone: ZoneInfo) -> None:
        self.zone = zone
        self.services = _by_key(document["services"])
        self.addons = _by_key(document["addons"])
        self.technicians = _by_key(document["technicians"])
        self.clients = _by_key(document["clients"])
        self.stations = _by_key(document["stations"])

    def usual(self, entry: Document) -> tuple[int, int]:
        """Return length and price of the service with its add-ons as this technician does it."""
        service = self.services[entry["service"]]
        own = service.get("for", {}).get(entry["technician"], {})
        addons = [self.addons[key] for key in entry["addons"]]
        minutes, price = (
            (service[name] if own.get(name) is None else own[name]) + sum(addon[name] for addon in addons)
            for name in ("duration_min", "price_minor")
        )
        return minutes, price


def _by_key(entries: Iterable[Document]) -> Entries:
    return {entry["key"]: entry for entry in entries}


def planned_visits(document: Document, zone: ZoneInfo, faults: list[Fault]) -> tuple[Planned, ...]:
    """Return the appointments with every default filled in; what is wrong is added to `faults`."""
    menu = _Menu(document, zone)
    found = []
    for number, entry in enumerate(document["appointments"]):
        unknown = list(_unknown(menu, entry, number))
        faults.extend(unknown)
        if not unknown and (planned := _planned(menu, entry, number, faults)) is not None:
            found.append(planned)
    faults.extend(_repeated_references(document["appointments"]))
    if not faults:
        faults.extend(_take_stations(document, found))
        faults.extend(_overlaps(found))
    return tuple(found)


def _unknown(menu: _Menu, entry: Document, number: int) -> Iterator[Fault]:
    path = f"$.appointments[{number}]"
    named = (
        ("client", menu.clients, "a client"),
        ("technician", menu.technicians, "a technician"),
        ("service", menu.services, "a service"),
        ("station", menu.stations, "a station"),
    )
    for name, known, what in named:
        key = entry.get(name)
        if key is not None and key not in known:
            yield Fault(f"{path}.{name}", f'"{key}" is not the key of {what}')
    for place, key in enumerate(entry["addons"]):
        if key not in menu.addons:
            yield Fault(f"{path}.addons[{place}]", f'"{key}" is not the key of an add-on')


def _planned(menu: _Menu, entry: Document, number: int, faults: list[Fault]) -> Planned | None:
    path = f"$.appointments[{number}]"
    starts_at = instant(entry["start"], menu.zone, f"{path}.start", faults)
    usual_minutes, usual_price = menu.usual(entry)
    given = entry.get("duration_min")
    minutes = usual_minutes if given is None else given
    was_short = entry["status"] == "completed" and minutes < usual_minutes
    if minutes > LONGEST_MINUTES or (minutes < SHORTEST_MINUTES and not was_short):
        reason = f"must be from {SHORTEST_MINUTES} to {LONGEST_MINUTES} minutes; it is {minutes}"
        faults.append(Fault(f"{path}.duration_min", reason))
        return None
    if starts_at is None:
        return None
    service = menu.services[entry["service"]]
    ends_at = starts_at + timedelta(minutes=minutes)
    price = entry.get("price_minor")
    return Planned(
        number=number,
        client=entry["client"],
        technician=entry["technician"],
        service=entry["service"],
        addons=tuple(entry["addons"]),
        status=entry["status"],
        starts_at=starts_at,
        ends_at=ends_at,
        block_starts_at=starts_at - timedelta(minutes=service["buffer_before_min"]),
        block_ends_at=ends_at + timedelta(minutes=service["buffer_after_min"]),
        price_minor=usual_price if price is None else price,
        station=entry.get("station"),
        reference=entry.get("reference"),
        note=entry.get("note"),
        needs_station="station" not in entry and service["station_kind"] is not None and bool(menu.stations),
        may_end_sooner=entry["status"] == "completed",
    )


def _repeated_references(entries: Iterable[Document]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for number, entry in enumerate(entries):
        reference = entry.get("reference")
        if reference is not None and first.setdefault(reference, number) != number:
            where = f"$.appointments[{first[reference]}].reference"
            yield Fault(f"$.appointments[{number}].reference", f'"{reference}" stands twice: first at {where}')


# ---- stations ----


class _Taken:
    """When one station is taken: spans apart from each other, ascending."""

    def __init__(self) -> None:
        self.spans: list[tuple[datetime, datetime]] = []

    def is_free(self, starts: datetime, ends: datetime) -> bool:
        after = bisect_left(self.spans, (starts, starts))
        meets_next = after < len(self.spans) and self.spans[after][0] < ends
        meets_last = after > 0 and self.spans[after - 1][1] > starts
        return not (meets_next or meets_last)

    def take(self, planned: Planned) -> None:
        insort(self.spans, (planned.block_starts_at, planned.block_ends_at))


def _take_stations(document: Document, visits: list[Planned]) -> Iterator[Fault]:
    """Give each visit that names no station the first free one of its kind, beside those that are named."""
    taken: dict[str, _Taken] = defaultdict(_Taken)
    of_kind: dict[str, list[str]] = defaultdict(list)
    for station in document["stations"]:
        of_kind[station["kind"]].append(station["key"])
    kind_of = {service["key"]: service["station_kind"] for service in document["services"]}
    blocking = [planned for planned in visits if planned.status in BLOCKING]
    for planned in blocking:
        if planned.station is not None:
            taken[planned.station].take(planned)
    for planned in blocking:
        if not planned.needs_station:
            continue
        kind = kind_of[planned.service]
        span = planned.block_starts_at, planned.block_ends_at
        planned.station = next((key for key in of_kind[kind] if taken[key].is_free(*span)), None)
        if planned.station is None:
            yield Fault(f"$.appointments[{planned.number}].station", f'no station of kind "{kind}" is free then')
        else:
            taken[planned.station].take(planned)


# ---- overlaps ----

_Span = Callable[[Planned], tuple[datetime, datetime]]


def _block(planned: Planned) -> tuple[datetime, datetime]:
    return planned.block_starts_at, planned.block_ends_at


def _visit(planned: Planned) -> tuple[datetime, datetime]:
    return planned.starts_at, planned.ends_at


def _overlaps(visits: list[Planned]) -> Iterator[Fault]:
    """Yield each overlap that the database would refuse, with both places."""
    blocking = [planned for planned in visits if planned.status in BLOCKING]
    guarded: tuple[tuple[str, str, _Span], ...] = (
        ("technician", "technician", _block),
        ("station", "station", _block),
        ("client", "client", _visit),
    )
    for name, words, span in guarded:
        groups: dict[Any, list[Planned]] = defaultdict(list)
        for planned in blocking:
            if getattr(planned, name) is not None:
                groups[getattr(planned, name)].append(planned)
        for key, group in groups.items():
            for earlier, later in _meetings(group, span):
                first, second = sorted((earlier, later), key=lambda planned: planned.number)
                reason = f'overlaps $.appointments[{first.number}]: the same {words} "{key}"'
                yield Fault(f"$.appointments[{second.number}].start", reason)


def _meetings(group: list[Planned], span: _Span) -> Iterator[tuple[Planned, Planned]]:
    """Yield neighbours in time that overlap; the buffer of a finished visit gives way to the next one."""
    group.sort(key=lambda planned: (*span(planned), planned.number))
    longest: Planned | None = None
    for planned in group:
        if longest is not None and span(planned)[0] < span(longest)[1]:
            if longest.may_end_sooner and span(planned)[0] >= longest.ends_at:
                longest.block_ends_at = span(planned)[0]
            else:
                yield longest, planned
        if longest is None or span(planned)[1] >= span(longest)[1]:
            longest = planned
