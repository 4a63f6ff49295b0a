"""Topics and rules of bones, joints, injuries and nerves (domain.md 2.3 and 2.4)."""

from salon.domain.rulebook.conditions import answer
from salon.domain.rulebook.terms import Asked, Level, Manicure, Rule, Topic, Zone

_S, _SD = Asked.STANDING, Asked.BOTH
_BONE, _STATE = "bone.infection", "joint.arthritis.state"
_INJURY_STEPS = ("light", "support_joint", "no_forced_stretch")
_HEALED = answer("injury.healed", "yes")
_INJURY_OK = answer("injury.doctor_ok", "yes")
_NUMB_KNOWN = answer("nerve.numb.cause_known", "yes")

TOPICS = (
    Topic(
        "injury_recent",
        "injury",
        _S,
        "seed S7 hand injury: doctor, after tissue is restored; S11 dislocations, fractures",
        side="injury.side",
    ),
    Topic("osteomyelitis", _BONE, _S, "seed S11"),
    Topic("arthritis_chronic", "joint.arthritis", _SD, "seed S6, S10 for it; S7, S8, S13 against it"),
    Topic("osteoporosis", "bone.osteoporosis", _S, "extension X22"),
    Topic("hand_numbness", "nerve.numb", _S, "seed S3 calls it a benefit, here a caution; extension X23"),
)

RULES = (
    Rule(
        "injury_recent.not_healed",
        "injury_recent",
        Level.DO_NOT_MASSAGE,
        Zone.LIMB,
        Manicure.ADAPT,
        "seed S7, S11",
        when=~_HEALED,
        steps=_INJURY_STEPS,
    ),
    Rule(
        "injury_recent.healed",
        "injury_recent",
        Level.CLEARANCE_REQUIRED,
        Zone.LIMB,
        Manicure.ALLOWED,
        "seed S7: a doctor first",
        when=_HEALED & ~_INJURY_OK,
        steps=_INJURY_STEPS,
    ),
    Rule(
        "injury_recent.healed_and_ok",
        "injury_recent",
        Level.ADAPT,
        Zone.LIMB,
        Manicure.ALLOWED,
        "seed S7, S12",
        when=_HEALED & _INJURY_OK,
        steps=_INJURY_STEPS,
    ),
    Rule(
        "osteomyelitis.current",
        "osteomyelitis",
        Level.DO_NOT_MASSAGE,
        Zone.SYSTEMIC,
        Manicure.POSTPONE,
        "seed S11",
        when=~answer(_BONE, "past"),
        steps=("light", "support_joint"),
    ),
    Rule(
        "osteomyelitis.past",
        "osteomyelitis",
        Level.CLEARANCE_REQUIRED,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "seed S11; a doctor first: policy",
        when=answer(_BONE, "past"),
        steps=("light", "support_joint"),
    ),
    Rule(
        "arthritis_chronic.calm",
        "arthritis_chronic",
        Level.ADAPT,
        Zone.SYSTEMIC,
        Manicure.ADAPT,
        "seed S6, S10, S13: in remission",
        when=answer(_STATE, "calm"),
        steps=_INJURY_STEPS,
    ),
    Rule(
        "arthritis_chronic.flare",
        "arthritis_chronic",
        Level.POSTPONE,
        Zone.SYSTEMIC,
        Manicure.ADAPT,
        "seed S7, S8",
        when=answer(_STATE, "flare"),
        steps=_INJURY_STEPS,
    ),
    Rule(
        "arthritis_chronic.hospital",
        "arthritis_chronic",
        Level.DO_NOT_MASSAGE,
        Zone.SYSTEMIC,
        Manicure.ADAPT,
        "seed S13: a specialist on a doctor's order",
        when=~answer(_STATE, "calm", "flare"),
        steps=_INJURY_STEPS,
    ),
    Rule(
        "osteoporosis",
        "osteoporosis",
        Level.ADAPT,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "extension X22",
        steps=("light", "no_device", "no_forced_stretch"),
    ),
    Rule(
        "hand_numbness.known",
        "hand_numbness",
        Level.ADAPT,
        Zone.SYSTEMIC,
        Manicure.ADAPT,
        "extension X23",
        when=_NUMB_KNOWN,
        steps=("light", "lukewarm_only"),
    ),
    Rule(
        "hand_numbness.unknown",
        "hand_numbness",
        Level.CLEARANCE_REQUIRED,
        Zone.SYSTEMIC,
        Manicure.ADAPT,
        "extension X23",
        when=~_NUMB_KNOWN,
        steps=("light", "lukewarm_only"),
    ),
)
