"""Values of the use cases as JSON members, once for every call."""

from typing import Any

from flask import g

from salon.domain.errors import Alternative
from salon.domain.time import instant_text
from salon.usecases.salons import SalonFacts


def slot_json(slot: Alternative) -> dict[str, Any]:
    """Return a free start with its end in the salon's zone and the sorted keys of who is free."""
    salon: SalonFacts | None = g.get("page_salon")
    zone = salon.zone if salon else slot.start.tzinfo
    return {
        "start": instant_text(slot.start, zone),  # type: ignore[arg-type]
        "end": instant_text(slot.end, zone),  # type: ignore[arg-type]
        "technicians": list(slot.technicians),
    }
