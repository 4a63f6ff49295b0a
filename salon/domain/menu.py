"""Kinds of service and of add-on: where they reach, whom they suit, what strikes them out (domain.md 1.1, 1.2)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a service is. In the salon file `massage: null` is manicure_only."""

    MANICURE_ONLY = "manicure_only"
    MANICURE = "manicure"
    ACUPRESSURE = "acupressure"
    COMPLEX = "complex"
    CHILDREN = "children"
    MEDICAL = "medical"


class Site(StrEnum):
    """A part of one arm, from the fingertips upwards."""

    FINGERS = "fingers"
    HAND = "hand"
    WRIST = "wrist"
    FOREARM = "forearm"
    UPPER_ARM = "upper_arm"


class AgeBand(StrEnum):
    """The client's age, as far as it is asked."""

    UNDER_3 = "under_3"
    FROM_3_TO_12 = "3_to_12"
    FROM_13_TO_15 = "13_to_15"
    FROM_16_TO_17 = "16_to_17"
    ADULT = "18_plus"

    @property
    def lowest(self) -> int:
        """The lowest age in years inside the band."""
        return _LOWEST_AGE[self]


class AddOnKind(StrEnum):
    """What an add-on is, as far as screening cares."""

    BATH = "bath"
    MASK = "mask"
    SCRUB = "scrub"
    OIL_CREAM = "oil_cream"
    BRUSH = "brush"
    DEVICE = "device"
    GYMNASTICS = "gymnastics"
    SMALL_OBJECTS = "small_objects"


ALL_SITES: tuple[Site, ...] = tuple(Site)
CORE: frozenset[Site] = frozenset({Site.FINGERS, Site.HAND})
ALLERGENS = ("nuts", "fragrance", "lanolin", "latex", "acrylate", "antiseptic", "beeswax", "other")

_LOWEST_AGE: Mapping[AgeBand, int] = {
    AgeBand.UNDER_3: 0,
    AgeBand.FROM_3_TO_12: 3,
    AgeBand.FROM_13_TO_15: 13,
    AgeBand.FROM_16_TO_17: 16,
    AgeBand.ADULT: 18,
}
_NEVER = (1, 0)
_AGES: Mapping[Kind, tuple[int, int]] = {
    Kind.MANICURE_ONLY: (3, 200),
    Kind.MANICURE: (13, 200),
    Kind.ACUPRESSURE: (16, 200),
    Kind.COMPLEX: (16, 200),
    Kind.CHILDREN: (3, 15),
    Kind.MEDICAL: _NEVER,
}
FULL_ZONES: Mapping[Kind, tuple[Site, ...]] = {
    Kind.MANICURE_ONLY: (),
    Kind.MANICURE: ALL_SITES[:4],
    Kind.ACUPRESSURE: ALL_SITES[:3],
    Kind.COMPLEX: ALL_SITES,
    Kind.CHILDREN: ALL_SITES[:2],
    Kind.MEDICAL: (),
}
OWN_QUALIFICATION: Mapping[Kind, str | None] = {
    Kind.MANICURE_ONLY: None,
    Kind.MANICURE: None,
    Kind.ACUPRESSURE: "acupressure",
    Kind.COMPLEX: "complex",
    Kind.CHILDREN: "children",
    Kind.MEDICAL: None,
}
BOOKABLE_KINDS: tuple[Kind, ...] = tuple(kind for kind in Kind if kind is not Kind.MEDICAL)


@dataclass(frozen=True, slots=True)
class Massage:
    """What screening needs to know of a service. Empty zones stand for the kind's full zones."""

    kind: Kind
    zones: tuple[Site, ...] = ()
    minimum_age: int = 0

    @property
    def reach(self) -> frozenset[Site]:
        """The zones that the service touches."""
        return frozenset(self.zones or FULL_ZONES[self.kind])


@dataclass(frozen=True, slots=True)
class AddOn:
    """What screening needs to know of a booked add-on or a product on the shelf."""

    key: str
    kind: AddOnKind | None = None
    allergens: tuple[str, ...] = ()


def massage(kind: str | None, *, zones: Iterable[str] = (), minimum_age: int = 0) -> Massage:
    """Return the value for a service as the salon file writes it; kind None is the manicure alone.

    Raises ValueError for an unknown kind or zone.
    """
    return Massage(Kind(kind or Kind.MANICURE_ONLY), tuple(Site(zone) for zone in zones), minimum_age)


def own_ages(kind: Kind) -> tuple[int, int]:
    """Return the lowest and highest age in years for a kind; the lowest is above the highest for none at all."""
    return _AGES[kind]


def age_fits(band: AgeBand, kind: Kind, minimum_age: int = 0) -> bool:
    """Whether a band's lowest age is at least the service's minimum and inside the kind's own ages.

    Source: contract.md 4 (age_band), domain.md 2.4b (ages).
    """
    lowest, highest = _AGES[kind]
    return max(lowest, minimum_age) <= band.lowest <= highest


def needs_qualification(kind: Kind, own: str | None) -> str | None:
    """Return the qualification that a service needs: its own, else the kind's own code, else None."""
    return own or OWN_QUALIFICATION[kind]


# Which step effect takes an add-on of a kind away (domain.md 1.2 with 2.4).
STRUCK_BY: Mapping[AddOnKind, frozenset[str]] = {
    AddOnKind.BATH: frozenset({"no_soak"}),
    AddOnKind.SCRUB: frozenset({"no_scrub"}),
    AddOnKind.BRUSH: frozenset({"no_brush"}),
    AddOnKind.DEVICE: frozenset({"no_device"}),
    AddOnKind.GYMNASTICS: frozenset({"no_forced_stretch"}),
}
# A mask stays away from any allergy and active skin trouble, a brush from any skin trouble.
STRUCK_BY_CAUTION: Mapping[AddOnKind, frozenset[str]] = {
    AddOnKind.MASK: frozenset(
        {
            "product_allergy",
            "skin_break",
            "ulcer_nonhealing",
            "rash_unexplained",
            "fungal_infection",
            "skin_infection",
            "psoriasis",
            "dermatitis_eczema",
            "skin_fragile",
            "soft_tissue_sepsis",
        }
    ),
    AddOnKind.BRUSH: frozenset(
        {
            "skin_break",
            "ulcer_nonhealing",
            "rash_unexplained",
            "fungal_infection",
            "skin_infection",
            "warts_papilloma",
            "soft_tissue_sepsis",
        }
    ),
}


def excluded_allergens(steps: Collection[str]) -> tuple[str, ...]:
    """Return the allergens that the step effects leave out, in the catalogue's order; unscented counts as fragrance."""
    named = {step.removeprefix("exclude_") for step in steps if step.startswith("exclude_")}
    if "fragrance_free" in steps:
        named.add("fragrance")
    return tuple(allergen for allergen in ALLERGENS if allergen in named)


def struck_out(
    things: Iterable[AddOn], *, steps: Collection[str], cautions: Collection[str], age_band: AgeBand = AgeBand.ADULT
) -> tuple[str, ...]:
    """Return the keys of add-ons or products that may not be used, in the order given.

    steps     the step effects of the screening
    cautions  the codes of its cautions at 20 and more
    """
    excluded = set(excluded_allergens(steps))

    def is_struck(thing: AddOn) -> bool:
        if excluded.intersection(thing.allergens):
            return True
        if thing.kind is None:
            return False
        if thing.kind is AddOnKind.SMALL_OBJECTS and age_band is AgeBand.UNDER_3:
            return True
        effects = STRUCK_BY.get(thing.kind, frozenset())
        codes = STRUCK_BY_CAUTION.get(thing.kind, frozenset())
        return not (effects.isdisjoint(steps) and codes.isdisjoint(cautions))

    return tuple(thing.key for thing in things if is_struck(thing))
