"""The technique, step by step, for one service and one client: do, gentle or skip, and why (domain.md 1.3, 1.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from salon.domain.menu import ALL_SITES, Kind, Massage, Site
from salon.domain.rulebook import Level, Side, Zone
from salon.domain.screening import Caution, Place, PlaceStatus, Screening


class StepStatus(StrEnum):
    """What to do with a step today."""

    DO = "do"
    GENTLE = "gentle"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the technique.

    sites       the places it works on; none for hygiene
    skipped_by  step effects that leave it out
    eased_by    step effects that make it gentle
    spares      True when it can go around a blocked place on its side; else the side is left out
    """

    code: str
    sites: tuple[Site, ...] = ()
    skipped_by: frozenset[str] = frozenset()
    eased_by: frozenset[str] = frozenset()
    spares: bool = False


@dataclass(frozen=True, slots=True)
class AdaptedStep:
    """A step as it stands today; because = caution codes, strictest first; sides = the hands that get it."""

    code: str
    status: StepStatus
    because: tuple[str, ...]
    sides: tuple[Side, ...]


_FINGERS, _HAND, _WRIST, _FOREARM, _UPPER = ALL_SITES
_STRETCH = frozenset({"no_forced_stretch"})
_LIGHT = frozenset({"light"})
_LIGHT_OR_JOINT = frozenset({"light", "support_joint"})
_JOINT = frozenset({"support_joint"})

_HYGIENE = (Step("H1"), Step("H2"))
_PREPARE = (
    Step("H3"),
    Step("P1", skipped_by=frozenset({"no_scrub"})),
    Step("P2", eased_by=frozenset({"fragrance_free", "exclude_"})),
)
_FINGER_STEPS = (
    Step("F0", (_FINGERS,), eased_by=_JOINT),
    Step("F1", (_FINGERS,)),
    Step("F2", (_FINGERS,), eased_by=_LIGHT_OR_JOINT),
    Step("F3", (_FINGERS,), skipped_by=_STRETCH, eased_by=_JOINT),
    Step("F5", (_FINGERS,)),
)
_HAND_STEPS = (
    Step("M0", (_HAND,), eased_by=_JOINT),
    Step("M1", (_HAND,), skipped_by=_STRETCH, eased_by=_JOINT),
    Step("M2", (_HAND,), eased_by=_LIGHT_OR_JOINT),
    Step("M3", (_HAND,), eased_by=_LIGHT),
    Step("M4", (_HAND,), skipped_by=_STRETCH, eased_by=_JOINT),
)
_PALM_STEPS = (Step("E1", (_HAND,), eased_by=_LIGHT),)
_FOREARM_STEPS = (Step("A1", (_WRIST,)), Step("A2", (_WRIST, _FOREARM)), Step("A3", (_WRIST, _FOREARM)))
_SHOULDER_STEPS = (Step("S1c", (_UPPER,), eased_by=_LIGHT),)
_POINT_STEPS = (
    Step("F0", (_FINGERS, _HAND), eased_by=_JOINT, spares=True),
    Step("PP", (_FINGERS, _HAND, _WRIST), eased_by=_LIGHT | {"no_web_wrist_press"}, spares=True),
    Step("F5", (_FINGERS,)),
)

# The order of work: from the fingers up; the complex massage comes down from the shoulder.
TECHNIQUE: Mapping[Kind, tuple[Step, ...]] = {
    Kind.MANICURE_ONLY: _HYGIENE,
    Kind.MANICURE: (*_HYGIENE, *_PREPARE, *_FINGER_STEPS, *_HAND_STEPS, *_PALM_STEPS, *_FOREARM_STEPS),
    Kind.ACUPRESSURE: (*_HYGIENE, *_PREPARE, *_POINT_STEPS),
    Kind.COMPLEX: (*_HYGIENE, *_PREPARE, *_SHOULDER_STEPS, *_FOREARM_STEPS, *_HAND_STEPS, *_FINGER_STEPS),
    Kind.CHILDREN: (*_HYGIENE, *_PREPARE, *_FINGER_STEPS, *_HAND_STEPS),
    Kind.MEDICAL: (),
}
_ALWAYS_GENTLE, _SHAKING, _FIGURE_EIGHT = "F5", "A3", "E1"
_SKIN = frozenset(
    {
        "skin_break",
        "ulcer_nonhealing",
        "rash_unexplained",
        "soft_tissue_sepsis",
        "fungal_infection",
        "skin_infection",
        "warts_papilloma",
        "psoriasis",
        "dermatitis_eczema",
        "skin_fragile",
    }
)


def adapted_protocol(service: Massage, screening: Screening) -> tuple[AdaptedStep, ...]:
    """Return the steps of a service in the order of work, as this screening leaves them.

    Only steps that reach a zone of the service are listed. Hygiene is always done. When the result blocks the massage,
    everything else is skipped because of the cautions that block. Effects count whichever hand they come from;
    places count on their own hand.
    """
    steps = (step for step in TECHNIQUE[service.kind] if not step.sites or service.reach.intersection(step.sites))
    return tuple(_adapted(step, service, screening) for step in steps)


def _adapted(step: Step, service: Massage, screening: Screening) -> AdaptedStep:
    if step in _HYGIENE:
        return AdaptedStep(step.code, StepStatus.DO, (), screening.sides)
    if screening.result.blocks:
        return AdaptedStep(step.code, StepStatus.SKIP, screening.because, ())
    skipping = _skipping(step, screening)
    if skipping:
        return AdaptedStep(step.code, StepStatus.SKIP, skipping, ())
    sides, blocking, touching = _sides_of(step, service, screening)
    if not sides:
        return AdaptedStep(step.code, StepStatus.SKIP, blocking, ())
    easing = _ordered(screening, {*_caused_by(screening, step.eased_by), *touching, *blocking})
    is_gentle = bool(easing) or step.code == _ALWAYS_GENTLE
    return AdaptedStep(step.code, StepStatus.GENTLE if is_gentle else StepStatus.DO, easing, sides)


def _skipping(step: Step, screening: Screening) -> tuple[str, ...]:
    """The cautions that take the step away on both hands."""
    codes = set(_caused_by(screening, step.skipped_by))
    if step.code == _SHAKING and not screening.shaking:
        codes |= {c.code for c in _weighty(screening) if c.is_health}
    if step.code == _FIGURE_EIGHT:
        codes |= {c.code for c in _weighty(screening) if c.code in _SKIN and _touches_palm(c, screening)}
    return _ordered(screening, codes)


def _touches_palm(caution: Caution, screening: Screening) -> bool:
    """Whether a skin caution lies on the palm of a hand that is massaged."""
    on_hand = caution.zone in (Zone.SYSTEMIC, Zone.LIMB) or not caution.sites or Site.HAND in caution.sites
    return on_hand and not set(caution.sides).isdisjoint(screening.sides)


def _sides_of(
    step: Step, service: Massage, screening: Screening
) -> tuple[tuple[Side, ...], tuple[str, ...], tuple[str, ...]]:
    """The free hands that get the step, the cautions that take one of them out, the cautions to work around."""
    if not step.sites:
        return screening.sides, (), ()
    reached = service.reach.intersection(step.sites)
    blocking: set[str] = set()
    touching: set[str] = set()
    sides: list[Side] = []
    for side in screening.sides:
        here = [place for place in screening.places if place.side is side and place.site in reached]
        blocked = [place for place in here if place.status is PlaceStatus.BLOCKED]
        blocking.update(*(place.because for place in blocked))
        if len(blocked) == len(here) or (blocked and not step.spares):
            continue
        sides.append(side)
        touching |= _local(screening, here)
    return tuple(sides), _ordered(screening, blocking), tuple(touching)


def _local(screening: Screening, places: list[Place]) -> set[str]:
    """Cautions that ask to work around a place among these."""
    around = {c.code for c in _weighty(screening) if "avoid_area" in c.steps}
    return {code for place in places for code in place.because if code in around}


def _caused_by(screening: Screening, effects: frozenset[str]) -> tuple[str, ...]:
    """The cautions with one of these effects; `exclude_` stands for each allergen."""
    return tuple(
        caution.code
        for caution in _weighty(screening)
        if any(step in effects or ("exclude_" in effects and step.startswith("exclude_")) for step in caution.steps)
    )


def _weighty(screening: Screening) -> tuple[Caution, ...]:
    return tuple(caution for caution in screening.cautions if caution.level >= Level.ADAPT)


def _ordered(screening: Screening, codes: set[str]) -> tuple[str, ...]:
    return tuple(caution.code for caution in screening.cautions if caution.code in codes)
