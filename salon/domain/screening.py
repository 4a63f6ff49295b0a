"""The heart: which massage is fine for this client today, on which side, and why (domain.md 2.4b)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from salon.domain.flags import BOTH_SIDES, Flag, Observed, flags_in_force
from salon.domain.menu import ALL_SITES, BOOKABLE_KINDS, AgeBand, Kind, Massage, Site
from salon.domain.rulebook import QUESTIONNAIRE_VERSION, RULES_VERSION, Level, Side, Zone
from salon.domain.rulebook.conditions import Answer
from salon.domain.verdict import Effect, Result, Verdict, effect_on, judge, stricter

__all__ = [
    "Caution",
    "Place",
    "PlaceStatus",
    "Result",
    "Screening",
    "Verdict",
    "judge",
    "screen",
    "stricter",
    "unanswered",
]


class PlaceStatus(StrEnum):
    """What one site of one side may get."""

    FREE = "free"
    GENTLE = "gentle"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Caution:
    """One flag as people see it, with its own level; steps are sorted codes, text_key its wording."""

    code: str
    level: Level
    zone: Zone
    sides: tuple[Side, ...]
    sites: tuple[Site, ...]
    steps: tuple[str, ...]
    rule: str
    version: str
    text_key: str
    is_health: bool
    is_observed: bool
    is_raised: bool
    lowered_from: Level | None


@dataclass(frozen=True, slots=True)
class Place:
    """One site of one side under one service."""

    side: Side
    site: Site
    status: PlaceStatus
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screening:
    """Everything that follows from one set of answers for one service.

    services  the result of every bookable kind with its full zones
    because   codes that gave the result; steps sorted; cautions strictest first, then by code
    """

    result: Result
    sides: tuple[Side, ...]
    because: tuple[str, ...]
    shaking: bool
    steps: tuple[str, ...]
    cautions: tuple[Caution, ...]
    places: tuple[Place, ...]
    services: Mapping[Kind, Result]
    age_band: AgeBand
    rules_version: str
    questionnaire_version: str

    @property
    def manicure(self) -> Result:
        """The result of the manicure without massage: it decides the ways on."""
        return self.services[Kind.MANICURE_ONLY]


def screen(
    answers: Mapping[str, Answer | Sequence[str]],
    service: Massage,
    *,
    age_band: AgeBand = AgeBand.ADULT,
    doctor_ok: Collection[str] = (),
    raises: Mapping[str, int] | None = None,
    observed: Iterable[Observed] = (),
) -> Screening:
    """Return the screening of one service; same input, same output, and never an exception for odd answers.

    answers   link id -> code, number or list, as questionnaire checked them
    doctor_ok codes with a valid doctor's OK
    raises    the salon's own levels by rule or topic code
    observed  what the technician saw at the chair

    Source: domain.md 2.4b, steps 1 to 7.
    """
    flags = flags_in_force(answers, raises=raises, doctor_ok=doctor_ok, observed=observed)
    verdict = judge(flags, service, age_band)
    return Screening(
        result=verdict.result,
        sides=verdict.sides,
        because=verdict.because,
        shaking=not any(flag.topic.is_health and flag.level >= Level.ADAPT for flag in flags),
        steps=tuple(sorted(set().union(*(flag.steps for flag in flags if flag.level >= Level.ADAPT)))),
        cautions=tuple(_caution(flag) for flag in flags),
        places=_places(flags, service, verdict.sides),
        services={kind: judge(flags, Massage(kind), age_band).result for kind in BOOKABLE_KINDS},
        age_band=age_band,
        rules_version=RULES_VERSION,
        questionnaire_version=QUESTIONNAIRE_VERSION,
    )


def unanswered(age_band: AgeBand = AgeBand.ADULT) -> Screening:
    """Return the screening while the intake is missing, expired or due again: unknown, and no massage."""
    return Screening(
        result=Result.UNKNOWN,
        sides=(),
        because=(),
        shaking=False,
        steps=(),
        cautions=(),
        places=(),
        services=dict.fromkeys(BOOKABLE_KINDS, Result.UNKNOWN),
        age_band=age_band,
        rules_version=RULES_VERSION,
        questionnaire_version=QUESTIONNAIRE_VERSION,
    )


def _places(flags: Sequence[Flag], service: Massage, free: tuple[Side, ...]) -> tuple[Place, ...]:
    """Every site of the service on both sides; a side that is not free is blocked as a whole."""
    effects = [effect_on(flag, service) for flag in flags]
    sites = [site for site in ALL_SITES if site in service.reach]
    return tuple(_place(effects, side, site, is_free=side in free) for side in BOTH_SIDES for site in sites)


def _place(effects: Sequence[Effect], side: Side, site: Site, *, is_free: bool) -> Place:
    here = [effect for effect in effects if side in effect.sides and site in effect.reach]
    blocking = tuple(effect.flag.code for effect in here if effect.level >= Level.POSTPONE)
    if blocking or not is_free:
        return Place(side, site, PlaceStatus.BLOCKED, blocking)
    gentle = tuple(effect.flag.code for effect in here if effect.level == Level.ADAPT and effect.flag.topic.is_health)
    return Place(side, site, PlaceStatus.GENTLE if gentle else PlaceStatus.FREE, gentle)


def _caution(flag: Flag) -> Caution:
    return Caution(
        code=flag.code,
        level=flag.level,
        zone=flag.zone,
        sides=flag.sides,
        sites=flag.sites,
        steps=tuple(sorted(flag.steps)),
        rule=flag.rule.code,
        version=RULES_VERSION,
        text_key=_text_key(flag),
        is_health=flag.topic.is_health,
        is_observed=flag.is_observed,
        is_raised=flag.is_raised,
        lowered_from=flag.lowered_from,
    )


def _text_key(flag: Flag) -> str:
    """The wording: the rule's own, or the one for the state after a doctor's OK."""
    if flag.lowered_from is None:
        return f"caution.{flag.rule.code}{flag.wording}"
    if flag.level is Level.POSTPONE:
        return "caution.hypertension.high_reading"
    if flag.rule.level is Level.CLEARANCE_REQUIRED:
        return f"caution.{flag.rule.code}.agreed"
    return "caution.agreed"
