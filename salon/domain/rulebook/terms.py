"""The words of the rule book: levels, zones, effects, and the shapes of a topic, a rule and a question."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from salon.domain.rulebook.conditions import Condition


class Level(IntEnum):
    """How hard a block is to lift (domain.md 2.1)."""

    INFO = 10
    ADAPT = 20
    POSTPONE = 30
    CLEARANCE_REQUIRED = 40
    DO_NOT_MASSAGE = 50

    @property
    def code(self) -> str:
        """The name that programs and texts use, e.g. `do_not_massage`."""
        return self.name.lower()


class Zone(StrEnum):
    """How far a flag reaches: both arms, one whole side, named sites, or nothing (info)."""

    SYSTEMIC = "systemic"
    LIMB = "limb"
    LOCAL = "local"
    NONE = "none"


class Side(StrEnum):
    """One of the client's arms."""

    LEFT = "left"
    RIGHT = "right"


class Manicure(IntEnum):
    """What a flag does to the manicure without massage, mildest first."""

    ALLOWED = 0
    ADAPT = 1
    POSTPONE = 2


class Asked(StrEnum):
    """When a topic is asked: on the day, in the full intake, or in both (domain.md 2.3)."""

    DAY = "D"
    STANDING = "S"
    BOTH = "S+D"


@dataclass(frozen=True, slots=True)
class Topic:
    """One row of the catalogue: a code that can be raised, and the question that raises it.

    gate            link id of the question
    is_health       False for product topics (asthma, product allergy): shaking and children's rule pass them over
    side, site      link ids of the follow-ups that say where, if they are asked
    keeps_postpone  while this holds, a doctor's OK leaves 30, not 20
    ok_frees_area   whether a doctor's OK takes `avoid_area` away
    rests_on        the passages and sources behind the question
    """

    code: str
    gate: str
    asked: Asked
    rests_on: str
    is_health: bool = True
    side: str | None = None
    site: str | None = None
    keeps_postpone: Condition | None = None
    ok_frees_area: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the rule table: a topic's branch and everything that follows from it.

    when       the branch, looked at only when the topic's gate is raised; None = always
    manicure   the effect on the manicure; manicure_elsewhere = the effect when no site is fingers or hand
    steps      step effects, in the table's order
    allergens  True when each answered allergen adds an `exclude_...` step
    source     where the level rests
    """

    code: str
    topic: str
    level: Level
    zone: Zone
    manicure: Manicure
    source: str
    when: Condition | None = None
    steps: tuple[str, ...] = ()
    manicure_elsewhere: Manicure | None = None
    allergens: bool = False


class QuestionType(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    INTEGER = "integer"


@dataclass(frozen=True, slots=True)
class ShownWhen:
    """One enableWhen line: the other question, `=`, `!=` or `exists`, and a code (`exists`: "true" or "false")."""

    question: str
    operator: str
    code: str


@dataclass(frozen=True, slots=True)
class Question:
    """One item of the form.

    section     code of the group it stands in
    options     codes of the answers, in the order shown; empty for integers
    repeats     the answer is a list
    required    must be answered when the scope asks for it
    parent      the question it hangs under; a hidden parent hides it too
    shown_when  any of these lines shows it; none = always (under a shown parent)
    bounds      lowest and highest number
    """

    link_id: str
    section: str
    asked: Asked
    options: tuple[str, ...] = ()
    type: QuestionType = QuestionType.CHOICE
    repeats: bool = False
    required: bool = False
    parent: str | None = None
    shown_when: tuple[ShownWhen, ...] = ()
    bounds: tuple[int, int] | None = None
