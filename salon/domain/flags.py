"""Answers become flags: one for each topic raised, after the salon's raises and the doctor's OK (domain.md 2.4b, 7)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from salon.domain.menu import ALL_SITES, ALLERGENS, CORE, Site
from salon.domain.rulebook import RULES, TOPIC, TOPICS, Level, Manicure, Rule, Side, Topic, Zone
from salon.domain.rulebook.conditions import Answer, Answers, gate

BOTH_SIDES: tuple[Side, ...] = (Side.LEFT, Side.RIGHT)
AVOID_AREA = "avoid_area"
OTHER_ALLERGEN = "other"
_LABELS = ".labels"
_RULES_OF: Mapping[str, tuple[Rule, ...]] = {
    topic.code: tuple(rule for rule in RULES if rule.topic == topic.code) for topic in TOPICS
}
_WIDTH: Mapping[Zone, int] = {Zone.NONE: 0, Zone.LOCAL: 1, Zone.LIMB: 2, Zone.SYSTEMIC: 3}
# What a technician can see; codes only, never a diagnosis.
OBSERVABLE = (
    "skin_break",
    "ulcer_nonhealing",
    "rash_unexplained",
    "warts_papilloma",
    "lump",
    "skin_fragile",
    "joint_flare",
    "dvt_suspected",
    "soft_tissue_sepsis",
    "dizzy_today",
    "fever_today",
    "urgent_symptoms",
)


@dataclass(frozen=True, slots=True)
class Observed:
    """A flag that the technician adds at the chair; it counts by its topic's strictest branch."""

    code: str
    side: str | None = None
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """One topic raised for one client, at its own level.

    sides        both for systemic ones, none for info
    sites        the named places of a local one; empty = no place named, so all of its sides
    has_ok       a doctor's OK is recorded for it and it stands below 50
    lowered_from the level before the doctor's OK, if that changed it
    is_raised    the salon is stricter here than the shipped rule
    wording      which of the rule's wordings fits, if it has several
    """

    topic: Topic
    rule: Rule
    level: Level
    zone: Zone
    sides: tuple[Side, ...]
    sites: tuple[Site, ...]
    manicure: Manicure
    steps: frozenset[str]
    has_ok: bool = False
    lowered_from: Level | None = None
    is_raised: bool = False
    is_observed: bool = False
    wording: str = ""

    @property
    def code(self) -> str:
        """The caution code."""
        return self.topic.code

    @property
    def reach(self) -> frozenset[Site]:
        """The sites that it covers on its sides."""
        if self.zone is Zone.NONE:
            return frozenset()
        return frozenset(self.sites or ALL_SITES)


def flags_in_force(
    answers: Mapping[str, Answer | Sequence[str]],
    *,
    raises: Mapping[str, int] | None = None,
    doctor_ok: Collection[str] = (),
    observed: Iterable[Observed] = (),
) -> tuple[Flag, ...]:
    """Return all flags from 10 up, strictest first, then by code; any answers at all give an answer.

    raises    the salon's own levels by rule code or topic code; only what is higher counts
    doctor_ok topic codes with a valid OK
    """
    plain: Answers = {link: value if isinstance(value, str | int) else tuple(value) for link, value in answers.items()}
    raised = [_raised_by_salon(flag, raises or {}) for flag in _flags(plain)]
    for seen in observed:
        raised = _with_observed(raised, _raised_by_salon(observed_flag(seen), raises or {}))
    final = (_with_avoid_area(_after_ok(flag, doctor_ok, plain)) for flag in raised)
    return tuple(sorted(final, key=lambda flag: (-flag.level, flag.code)))


def observed_flag(seen: Observed) -> Flag:
    """Return the flag for what the technician sees: the topic's branch for a bare yes, at the side and place seen.

    Raises KeyError for a code that no topic has.
    """
    topic = TOPIC[seen.code]
    own: Mapping[str, Answer] = {"bone.infection": "current", "allergy": ("other",)}
    answers: dict[str, Answer] = {topic.gate: own.get(topic.gate, "not_sure")}
    if topic.side is not None and seen.side is not None:
        answers[topic.side] = seen.side
    if topic.site is not None:
        answers[topic.site] = seen.sites
    (flag,) = (flag for flag in _flags(answers) if flag.code == seen.code)
    return replace(flag, is_observed=True)


def _flags(answers: Answers) -> list[Flag]:
    found: list[Flag] = []
    for topic in TOPICS:
        if gate(topic.gate).holds(answers):
            rules = (rule for rule in _RULES_OF[topic.code] if rule.when is None or rule.when.holds(answers))
            found.extend(_flag(topic, rule, answers) for rule in rules)
    return found


def _flag(topic: Topic, rule: Rule, answers: Answers) -> Flag:
    sides = _sides(topic, answers) if rule.zone in (Zone.LIMB, Zone.LOCAL) else BOTH_SIDES
    sites = _sites(topic, answers) if rule.zone is Zone.LOCAL else ()
    touches_core = not sites or not CORE.isdisjoint(sites)
    elsewhere = rule.manicure if rule.manicure_elsewhere is None else rule.manicure_elsewhere
    steps = frozenset(rule.steps) | (_excluded(answers, topic) if rule.allergens else frozenset())
    return Flag(
        topic,
        rule,
        rule.level,
        rule.zone,
        () if rule.zone is Zone.NONE else sides,
        sites,
        rule.manicure if touches_core else elsewhere,
        steps,
        wording=_LABELS if rule.allergens and _labels_first(answers, topic) else "",
    )


def _sides(topic: Topic, answers: Answers) -> tuple[Side, ...]:
    """One side only when it is plainly named; unknown is both."""
    said = answers.get(topic.side) if topic.side else None
    return tuple(side for side in BOTH_SIDES if said == side) or BOTH_SIDES


def _sites(topic: Topic, answers: Answers) -> tuple[Site, ...]:
    """The named sites; none when unknown, empty or not asked, which stands for all."""
    said = answers.get(topic.site, ()) if topic.site else ()
    return tuple(site for site in ALL_SITES if isinstance(said, tuple) and site in said)


def _excluded(answers: Answers, topic: Topic) -> frozenset[str]:
    said = answers.get(topic.gate)
    return frozenset(f"exclude_{name}" for name in ALLERGENS if isinstance(said, tuple) and name in said)


def _labels_first(answers: Answers, topic: Topic) -> bool:
    """An allergen we have no name for, or any but a plain "not severe": every label is shown first (domain.md 2.6)."""
    return f"exclude_{OTHER_ALLERGEN}" in _excluded(answers, topic) or answers.get(f"{topic.gate}.severe") != "no"


def _raised_by_salon(flag: Flag, raises: Mapping[str, int]) -> Flag:
    wanted = max(raises.get(flag.rule.code, 0), raises.get(flag.code, 0))
    if wanted <= flag.level:
        return flag
    zone = Zone.SYSTEMIC if flag.zone is Zone.NONE else flag.zone
    sides = flag.sides or BOTH_SIDES
    return replace(flag, level=Level(wanted), zone=zone, sides=sides, is_raised=True)


def _with_observed(flags: list[Flag], seen: Flag) -> list[Flag]:
    """Join what is seen with the answered flag of the same code, so that the result is never milder than either."""
    others = [flag for flag in flags if flag.code != seen.code]
    same = [flag for flag in flags if flag.code == seen.code]
    return [*others, _joined(same[0], seen) if same else seen]


def _joined(told: Flag, seen: Flag) -> Flag:
    stricter, milder = (seen, told) if seen.level > told.level else (told, seen)
    if milder.zone is Zone.NONE:
        return replace(stricter, is_observed=True)
    zone = max(told.zone, seen.zone, key=_WIDTH.__getitem__)
    named = set(told.sites) | set(seen.sites)
    all_over = zone is not Zone.LOCAL or not told.sites or not seen.sites
    return replace(
        stricter,
        zone=zone,
        sides=tuple(side for side in BOTH_SIDES if side in told.sides or side in seen.sides),
        sites=() if all_over else tuple(site for site in ALL_SITES if site in named),
        manicure=max(told.manicure, seen.manicure),
        steps=told.steps | seen.steps,
        is_raised=told.is_raised or seen.is_raised,
        is_observed=True,
    )


def _after_ok(flag: Flag, doctor_ok: Collection[str], answers: Answers) -> Flag:
    """A doctor's OK turns 40 into 20 and frees the area; a high reading leaves 30. Below 40 it is only noted."""
    if flag.code not in doctor_ok or flag.level is Level.DO_NOT_MASSAGE:
        return flag
    if flag.level is not Level.CLEARANCE_REQUIRED:
        return replace(flag, has_ok=True)
    stays = flag.topic.keeps_postpone is not None and flag.topic.keeps_postpone.holds(answers)
    return replace(
        flag,
        level=Level.POSTPONE if stays else Level.ADAPT,
        steps=flag.steps - {AVOID_AREA} if flag.topic.ok_frees_area else flag.steps,
        has_ok=True,
        lowered_from=flag.level,
    )


def _with_avoid_area(flag: Flag) -> Flag:
    """Every local or limb block leaves its area alone."""
    if flag.zone in (Zone.LOCAL, Zone.LIMB) and flag.level >= Level.POSTPONE:
        return replace(flag, steps=flag.steps | {AVOID_AREA})
    return flag
