"""The heart: which massage is fine for this client today, on which side, and why (domain.md 2.4b)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from salon.domain.flags import BOTH_SIDES, Flag, Observed, flags_in_force
from salon.domain.menu import ALL_SITES, BOOKABLE_KINDS, CORE, AgeBand, Kind, Massage, Site, age_fits
from salon.domain.rulebook import QUESTIONNAIRE_VERSION, RULES_VERSION, Asked, Level, Manicure, Side, Zone
from salon.domain.rulebook.conditions import Answer


class Result(StrEnum):
    """What one screening says about one service."""

    ALLOWED = "allowed"
    ADAPTED = "adapted"
    POSTPONE = "postpone"
    CLEARANCE = "clearance"
    REFUSE = "refuse"
    NOT_AVAILABLE = "not_available"
    UNKNOWN = "unknown"

    @property
    def blocks(self) -> bool:
        """Whether there is no massage with this result."""
        return self not in (Result.ALLOWED, Result.ADAPTED)


class PlaceStatus(StrEnum):
    """What one site of one side may get."""

    FREE = "free"
    GENTLE = "gentle"
    BLOCKED = "blocked"


_ORDER = (Result.ALLOWED, Result.ADAPTED, Result.POSTPONE, Result.CLEARANCE, Result.REFUSE)
_RESULT_OF: Mapping[Level, Result] = {
    Level.INFO: Result.ALLOWED,
    Level.ADAPT: Result.ADAPTED,
    Level.POSTPONE: Result.POSTPONE,
    Level.CLEARANCE_REQUIRED: Result.CLEARANCE,
    Level.DO_NOT_MASSAGE: Result.REFUSE,
}
_MANICURE_RESULT: Mapping[Manicure, Result] = {
    Manicure.ALLOWED: Result.ALLOWED,
    Manicure.ADAPT: Result.ADAPTED,
    Manicure.POSTPONE: Result.POSTPONE,
}
_PRESSING_REFUSED = frozenset({"anticoagulant", "bleeding_disorder"})


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
class Verdict:
    """The result for one service; sides = the hands that may be massaged; because = the codes that gave it."""

    result: Result
    sides: tuple[Side, ...]
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


@dataclass(frozen=True, slots=True)
class _Effect:
    """A flag as one service looks at it."""

    flag: Flag
    level: Level
    sides: tuple[Side, ...]
    reach: frozenset[Site]


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


def judge(flags: Sequence[Flag], service: Massage, age_band: AgeBand) -> Verdict:
    """Return the verdict on one service for flags that stand after the salon's raises and the doctor's OK."""
    if not age_fits(age_band, service.kind, service.minimum_age):
        return Verdict(Result.NOT_AVAILABLE, (), ())
    manicure = _manicure(flags)
    if service.kind is Kind.MANICURE_ONLY:
        weight = {Result.ADAPTED: Manicure.ADAPT, Result.POSTPONE: Manicure.POSTPONE}.get(manicure)
        because = tuple(flag.code for flag in flags if flag.manicure == weight)
        return Verdict(manicure, () if manicure is Result.POSTPONE else BOTH_SIDES, because)
    effects = [effect for flag in flags if (effect := _effect(flag, service)).reach & service.reach]
    from_sides, free = _from_sides(effects)
    floor = _floor(flags, manicure)
    result = max(from_sides, floor, key=_ORDER.index)
    because = _because(flags, effects, result)
    return Verdict(result, () if result.blocks else free, because)


def stricter(first: Result, second: Result) -> Result:
    """Return the stricter of two results; not available and unknown are stricter than all."""
    ranks = (*_ORDER, Result.NOT_AVAILABLE, Result.UNKNOWN)
    return max(first, second, key=ranks.index)


def _effect(flag: Flag, service: Massage) -> _Effect:
    """Step 2: how a kind of massage looks at a flag."""
    all_over = frozenset(ALL_SITES)
    if service.kind is Kind.ACUPRESSURE and flag.code in _PRESSING_REFUSED:
        return _Effect(flag, Level.DO_NOT_MASSAGE, BOTH_SIDES, all_over)
    if service.kind is Kind.CHILDREN and _counts_for_children(flag):
        return _Effect(flag, max(flag.level, Level.CLEARANCE_REQUIRED), BOTH_SIDES, all_over)
    return _Effect(flag, flag.level, flag.sides, flag.reach)


def _counts_for_children(flag: Flag) -> bool:
    is_standing_health = flag.topic.is_health and flag.topic.asked is not Asked.DAY
    return is_standing_health and flag.level >= Level.ADAPT and not flag.has_ok


def _from_sides(effects: Sequence[_Effect]) -> tuple[Result, tuple[Side, ...]]:
    """Steps 3 and 4: the result of the two sides, and the sides that are free."""
    blocked: dict[Side, Level] = {}
    for effect in effects:
        if effect.level >= Level.POSTPONE and effect.reach & CORE:
            for side in effect.sides:
                blocked[side] = max(blocked.get(side, effect.level), effect.level)
    free = tuple(side for side in BOTH_SIDES if side not in blocked)
    if not free:
        return _RESULT_OF[min(blocked.values())], ()
    is_touched = any(effect.level >= Level.ADAPT for effect in effects)
    return (Result.ADAPTED if is_touched else Result.ALLOWED), free


def _floor(flags: Sequence[Flag], manicure: Result) -> Result:
    """Step 5: a massage contains the manicure and is never better than it."""
    if manicure is not Result.POSTPONE:
        return manicure
    worst = max(flag.level for flag in flags if flag.manicure is Manicure.POSTPONE)
    return _RESULT_OF[max(worst, Level.POSTPONE)]


def _manicure(flags: Sequence[Flag]) -> Result:
    """Step 1."""
    return _MANICURE_RESULT[max((flag.manicure for flag in flags), default=Manicure.ALLOWED)]


def _because(flags: Sequence[Flag], effects: Sequence[_Effect], result: Result) -> tuple[str, ...]:
    """The codes behind a result: all that block when it blocks, else all that change something."""
    if result is Result.ALLOWED:
        return ()
    if result is Result.ADAPTED:
        changing = {effect.flag.code for effect in effects if effect.level >= Level.ADAPT}
        changing |= {flag.code for flag in flags if flag.manicure is not Manicure.ALLOWED}
    else:
        changing = {effect.flag.code for effect in effects if effect.level >= Level.POSTPONE and effect.reach & CORE}
        changing |= {flag.code for flag in flags if flag.manicure is Manicure.POSTPONE}
    return tuple(flag.code for flag in flags if flag.code in changing)


def _places(flags: Sequence[Flag], service: Massage, free: tuple[Side, ...]) -> tuple[Place, ...]:
    """Every site of the service on both sides; a side that is not free is blocked as a whole."""
    effects = [_effect(flag, service) for flag in flags]
    sites = [site for site in ALL_SITES if site in service.reach]
    return tuple(_place(effects, side, site, is_free=side in free) for side in BOTH_SIDES for site in sites)


def _place(effects: Sequence[_Effect], side: Side, site: Site, *, is_free: bool) -> Place:
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
