"""What stands in the books, as two plain statements that both databases read alike.

SETTING is everything about a service that does not grow with history: who does it, add-ons, stations, hours,
time off, closures. BLOCKS is who and what is taken in a stretch of time. Both are read without ORM objects
and their number never depends on the range of dates or the size of the team.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Text, bindparam, text
from sqlalchemy.orm import Session

from salon.db import Moment
from salon.domain.appointment import BLOCKING

LONGEST_BLOCK = timedelta(days=8)  # contract: 10080 minutes and two buffers; bounds the index range that is read
_STATUSES = ", ".join(f"'{status.value}'" for status in sorted(BLOCKING))

_SETTING = (
    text("""
SELECT 'technician' AS what, t.id AS id, t.key AS key, ts.duration_minutes AS minutes, ts.price_minor AS price_minor,
       t.position AS position, CAST(t.qualifications AS text) AS details, ts.service_id AS of_service,
       CAST(NULL AS text) AS from_text, CAST(NULL AS text) AS to_text,
       CAST(NULL AS timestamptz) AS starts_at, CAST(NULL AS timestamptz) AS ends_at
  FROM technician t LEFT JOIN technician_service ts
    ON ts.salon_id = t.salon_id AND ts.technician_id = t.id AND ts.service_id = :service
 WHERE t.salon_id = :salon AND t.left_at IS NULL
UNION ALL
SELECT 'station', id, key, NULL, NULL, position, kind, NULL, NULL, NULL, NULL, NULL
  FROM station WHERE salon_id = :salon
UNION ALL
SELECT 'addon', a.id, a.key, a.duration_minutes, a.price_minor, a.position, NULL, sa.service_id, NULL, NULL, NULL, NULL
  FROM addon a LEFT JOIN service_addon sa
    ON sa.salon_id = a.salon_id AND sa.addon_id = a.id AND sa.service_id = :service
 WHERE a.salon_id = :salon AND a.key IN :addons
UNION ALL
SELECT kind, technician_id, NULL, NULL, NULL, NULL, CAST(days AS text), NULL, from_time, to_time, NULL, NULL
  FROM weekly_hours WHERE salon_id = :salon
UNION ALL
SELECT 'exception', technician_id, NULL, NULL, NULL, NULL, CAST(hours AS text), NULL, CAST(on_date AS text), NULL,
       NULL, NULL
  FROM hours_exception WHERE salon_id = :salon AND on_date >= :first AND on_date <= :last
UNION ALL
SELECT 'away', technician_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, starts_at, ends_at
  FROM time_off WHERE salon_id = :salon AND ends_at > :since AND starts_at < :until
UNION ALL
SELECT 'closed', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, starts_at, ends_at
  FROM closure WHERE salon_id = :salon AND ends_at > :since AND starts_at < :until
""")
    .bindparams(
        bindparam("addons", expanding=True, type_=Text()),
        bindparam("since", type_=Moment()),
        bindparam("until", type_=Moment()),
    )
    .columns(
        what=Text(),
        id=BigInteger(),
        key=Text(),
        minutes=BigInteger(),
        price_minor=BigInteger(),
        position=BigInteger(),
        details=Text(),
        of_service=BigInteger(),
        from_text=Text(),
        to_text=Text(),
        starts_at=Moment(),
        ends_at=Moment(),
    )
)
_BLOCKS = (
    text(f"""
SELECT technician_id, station_id, client_id, block_starts_at, block_ends_at, starts_at, ends_at
  FROM appointment
 WHERE salon_id = :salon AND block_starts_at > :earliest AND block_starts_at < :until AND block_ends_at >= :since
   AND status IN ({_STATUSES}) AND (held_until IS NULL OR held_until > :now) AND id <> :without
   AND (technician_id IN :technicians OR station_id IN :stations OR client_id = :client)
""")  # noqa: S608 - the statuses are our own enum's
    .bindparams(
        bindparam("technicians", expanding=True, type_=BigInteger()),
        bindparam("stations", expanding=True, type_=BigInteger()),
        *(bindparam(name, type_=BigInteger()) for name in ("client", "without")),
        *(bindparam(name, type_=Moment()) for name in ("earliest", "since", "until", "now")),
    )
    .columns(
        technician_id=BigInteger(),
        station_id=BigInteger(),
        client_id=BigInteger(),
        block_starts_at=Moment(),
        block_ends_at=Moment(),
        starts_at=Moment(),
        ends_at=Moment(),
    )
)


def setting_of(
    session: Session, salon_id: int, service_id: int, addons: Sequence[str], *, since: datetime, until: datetime
) -> dict[str, list[Any]]:
    """Return the rows around a service by what they are: technician, station, addon, hours, break, exception, ...

    The rows of hours, break, exception and away carry the technician's id in `id`.
    """
    found: dict[str, list[Any]] = defaultdict(list)
    values = {
        "salon": salon_id,
        "service": service_id,
        "addons": list(addons),
        "since": since,
        "until": until,
        "first": since.date(),
        "last": until.date(),
    }
    for row in session.execute(_SETTING, values):
        found[row.what].append(row)
    return found


def blocks_of(
    session: Session,
    salon_id: int,
    *,
    technicians: Sequence[int],
    stations: Sequence[int],
    client_id: int | None,
    since: datetime,
    until: datetime,
    now: datetime,
    without_appointment: int | None,
) -> list[Any]:
    """Return what is taken between two instants from these technicians, stations and this client."""
    values = {
        "salon": salon_id,
        "technicians": list(technicians),
        "stations": list(stations),
        "client": client_id,
        "earliest": since - LONGEST_BLOCK,
        "since": since,
        "until": until,
        "now": now,
        "without": without_appointment or 0,
    }
    return list(session.execute(_BLOCKS, values))
