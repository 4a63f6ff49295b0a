"""Steps 1 to 5 of the procedure: what one service's flags come to (domain.md 2.4b)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from salon.domain.flags import BOTH_SIDES, Flag
from salon.domain.menu import ALL_SITES, CORE, AgeBand, Kind, Massage, Site, age_fits
from salon.domain.rulebook import Asked, Level, Manicure, Side


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
class Verdict:
    """The result for one service; sides = the hands that may be massaged; because = the codes that gave it."""

    result: Result
    sides: tuple[Side, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """A flag as one service looks at it: its level, sides and reach there."""

    flag: Flag
    level: Level
    sides: tuple[Side, ...]
    reach: frozenset[Site]


def judge(flags: Sequence[Flag], service: Massage, age_band: AgeBand) -> Verdict:
    """Return the verdict on one service for flags that stand after the salon's raises and the doctor's OK."""
    if not age_fits(age_band, service.kind, service.minimum_age):
        return Verdict(Result.NOT_AVAILABLE, (), ())
    manicure = _manicure(flags)
    if service.kind is Kind.MANICURE_ONLY:
        weight = {Result.ADAPTED: Manicure.ADAPT, Result.POSTPONE: Manicure.POSTPONE}.get(manicure)
        because = tuple(flag.code for flag in flags if flag.manicure == weight)
        return Verdict(manicure, () if manicure is Result.POSTPONE else BOTH_SIDES, because)
    effects = [effect for flag in flags if (effect := effect_on(flag, service)).reach & service.reach]
    from_sides, free = _from_sides(effects)
    floor = _floor(flags, manicure)
    result = max(from_sides, floor, key=_ORDER.index)
    because = _because(flags, effects, result)
    return Verdict(result, () if result.blocks else free, because)


def stricter(first: Result, second: Result) -> Result:
    """Return the stricter of two results; not available and unknown are stricter than all."""
    ranks = (*_ORDER, Result.NOT_AVAILABLE, Result.UNKNOWN)
    return max(first, second, key=ranks.index)


def effect_on(flag: Flag, service: Massage) -> Effect:
    """Step 2: how a kind of massage looks at a flag."""
    all_over = frozenset(ALL_SITES)
    if service.kind is Kind.ACUPRESSURE and flag.code in _PRESSING_REFUSED:
        return Effect(flag, Level.DO_NOT_MASSAGE, BOTH_SIDES, all_over)
    if service.kind is Kind.CHILDREN and _counts_for_children(flag):
        return Effect(flag, max(flag.level, Level.CLEARANCE_REQUIRED), BOTH_SIDES, all_over)
    return Effect(flag, flag.level, flag.sides, flag.reach)


def _counts_for_children(flag: Flag) -> bool:
    is_standing_health = flag.topic.is_health and flag.topic.asked is not Asked.DAY
    return is_standing_health and flag.level >= Level.ADAPT and not flag.has_ok


def _from_sides(effects: Sequence[Effect]) -> tuple[Result, tuple[Side, ...]]:
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


def _because(flags: Sequence[Flag], effects: Sequence[Effect], result: Result) -> tuple[str, ...]:
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
