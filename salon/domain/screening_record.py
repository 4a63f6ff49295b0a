"""A screening as plain JSON values, and back: what an evaluation stores, codes only."""

from collections.abc import Mapping
from typing import Any

from salon.domain.menu import AgeBand, Kind, Site
from salon.domain.rulebook import Level, Side, Zone
from salon.domain.screening import Caution, Place, PlaceStatus, Result, Screening

# A stored record is read back by whatever version of the product comes later.
RECORD_FORMAT = "screening/1"


def screening_record(screening: Screening) -> dict[str, object]:
    """Return the screening as JSON values in a fixed order; the same screening gives the same record."""
    return {
        "format": RECORD_FORMAT,
        "result": screening.result.value,
        "sides": [side.value for side in screening.sides],
        "because": list(screening.because),
        "shaking": screening.shaking,
        "steps": list(screening.steps),
        "cautions": [_caution_record(caution) for caution in screening.cautions],
        "places": [
            [place.side.value, place.site.value, place.status.value, list(place.because)] for place in screening.places
        ],
        "services": {kind.value: result.value for kind, result in screening.services.items()},
        "age_band": screening.age_band.value,
        "rules_version": screening.rules_version,
        "questionnaire_version": screening.questionnaire_version,
    }


def screening_from_record(record: Mapping[str, Any]) -> Screening:
    """Return the screening that a record holds. Raises KeyError or ValueError for another shape."""
    return Screening(
        result=Result(record["result"]),
        sides=tuple(Side(side) for side in record["sides"]),
        because=tuple(record["because"]),
        shaking=record["shaking"],
        steps=tuple(record["steps"]),
        cautions=tuple(_caution(entry) for entry in record["cautions"]),
        places=tuple(
            Place(Side(side), Site(site), PlaceStatus(status), tuple(because))
            for side, site, status, because in record["places"]
        ),
        services={Kind(kind): Result(result) for kind, result in record["services"].items()},
        age_band=AgeBand(record["age_band"]),
        rules_version=record["rules_version"],
        questionnaire_version=record["questionnaire_version"],
    )


def _caution_record(caution: Caution) -> dict[str, object]:
    return {
        "code": caution.code,
        "level": caution.level.code,
        "zone": caution.zone.value,
        "sides": [side.value for side in caution.sides],
        "sites": [site.value for site in caution.sites],
        "steps": list(caution.steps),
        "source": {"rule": caution.rule, "version": caution.version},
        "text_key": caution.text_key,
        "is_health": caution.is_health,
        "is_observed": caution.is_observed,
        "is_raised": caution.is_raised,
        "lowered_from": caution.lowered_from.code if caution.lowered_from else None,
    }


def _caution(entry: Mapping[str, Any]) -> Caution:
    lowered_from = entry["lowered_from"]
    return Caution(
        code=entry["code"],
        level=Level[entry["level"].upper()],
        zone=Zone(entry["zone"]),
        sides=tuple(Side(side) for side in entry["sides"]),
        sites=tuple(Site(site) for site in entry["sites"]),
        steps=tuple(entry["steps"]),
        rule=entry["source"]["rule"],
        version=entry["source"]["version"],
        text_key=entry["text_key"],
        is_health=entry["is_health"],
        is_observed=entry["is_observed"],
        is_raised=entry["is_raised"],
        lowered_from=Level[lowered_from.upper()] if lowered_from else None,
    )
