"""Topics and rules of heart and blood (domain.md 2.3 and 2.4)."""

from salon.domain.rulebook.conditions import answer, at_least
from salon.domain.rulebook.terms import Asked, Level, Manicure, Rule, Topic, Zone

_S, _SD = Asked.STANDING, Asked.BOTH
_BP, _HEART, _CLOT = "heart.hypertension", "heart.disease", "blood.clot"
_EASY = ("light", "slow_rise", "lukewarm_only")
_THIN = ("light", "no_scrub", "no_brush", "no_device", "no_cuticle_cut")

# The readings are looked at first, then whether it is controlled (domain.md 2.4b).
_URGENT_READING = at_least(f"{_BP}.sys", 180) | at_least(f"{_BP}.dia", 120)
_HIGH_READING = at_least(f"{_BP}.sys", 160) | at_least(f"{_BP}.dia", 100)
_CONTROLLED = answer(f"{_BP}.controlled", "yes")
_HEART_UNSTABLE = ~answer(f"{_HEART}.unstable", "no")
_HEART_QUIET = answer(f"{_HEART}.recent_3m", "no") & answer(f"{_HEART}.doctor_ok", "yes")
_CLOT_AWAY = answer(f"{_CLOT}.where", "leg", "other")
_CLOT_OLD = answer(f"{_CLOT}.within_6m", "no")

TOPICS = (
    Topic(
        "hypertension",
        _BP,
        _SD,
        "seed S8; the numbers: extension X10, X17",
        keeps_postpone=_HIGH_READING,
    ),
    Topic("hypotension", "heart.hypotension", _S, "seed S8; extension X14"),
    Topic("heart_disease", _HEART, _S, "seed S8; extension X11, X18"),
    Topic("pacemaker", "heart.pacemaker", _S, "extension X18"),
    Topic("anticoagulant", "blood.thinner", _S, "extension X19"),
    Topic("bleeding_disorder", "blood.bleeding", _S, "extension X20, X21"),
    Topic("blood_clot", _CLOT, _S, "extension X12, X13"),
)

RULES = (
    Rule(
        "hypertension.controlled",
        "hypertension",
        Level.ADAPT,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "seed S8 extreme caution; X17",
        when=~_URGENT_READING & _CONTROLLED & ~_HIGH_READING,
        steps=_EASY,
    ),
    Rule(
        "hypertension.high_reading",
        "hypertension",
        Level.POSTPONE,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "160 / 100: policy after X17",
        when=~_URGENT_READING & _CONTROLLED & _HIGH_READING,
        steps=_EASY,
    ),
    Rule(
        "hypertension.not_controlled",
        "hypertension",
        Level.CLEARANCE_REQUIRED,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "seed S8 or not at all; X17",
        when=~_URGENT_READING & ~_CONTROLLED,
        steps=_EASY,
    ),
    Rule(
        "hypertension.urgent_reading",
        "hypertension",
        Level.DO_NOT_MASSAGE,
        Zone.SYSTEMIC,
        Manicure.POSTPONE,
        "180 / 120: X10, care the same day",
        when=_URGENT_READING,
        steps=_EASY,
    ),
    Rule(
        "hypotension",
        "hypotension",
        Level.ADAPT,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "seed S8; X14",
        steps=("slow_rise", "lukewarm_only"),
    ),
    Rule(
        "heart_disease.stable",
        "heart_disease",
        Level.ADAPT,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "seed S8 extreme caution; X11, X18",
        when=~_HEART_UNSTABLE & _HEART_QUIET,
        steps=_EASY,
    ),
    Rule(
        "heart_disease.recent",
        "heart_disease",
        Level.CLEARANCE_REQUIRED,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "seed S8; three months: policy after X11",
        when=~_HEART_UNSTABLE & ~_HEART_QUIET,
        steps=_EASY,
    ),
    Rule(
        "heart_disease.unstable",
        "heart_disease",
        Level.DO_NOT_MASSAGE,
        Zone.SYSTEMIC,
        Manicure.POSTPONE,
        "seed S8 or not at all; X11",
        when=_HEART_UNSTABLE,
        steps=_EASY,
    ),
    Rule(
        "pacemaker",
        "pacemaker",
        Level.ADAPT,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "extension X18",
        steps=("no_device",),
    ),
    Rule(
        "anticoagulant",
        "anticoagulant",
        Level.ADAPT,
        Zone.SYSTEMIC,
        Manicure.ADAPT,
        "extension X19; acupressure refused: pressing cannot be light",
        steps=_THIN,
    ),
    Rule(
        "bleeding_disorder",
        "bleeding_disorder",
        Level.CLEARANCE_REQUIRED,
        Zone.SYSTEMIC,
        Manicure.ADAPT,
        "extension X20, X21; acupressure refused",
        steps=_THIN,
    ),
    Rule(
        "blood_clot.arm",
        "blood_clot",
        Level.DO_NOT_MASSAGE,
        Zone.SYSTEMIC,
        Manicure.ADAPT,
        "extension X12, X13",
        when=~_CLOT_AWAY,
        steps=("light",),
    ),
    Rule(
        "blood_clot.recent",
        "blood_clot",
        Level.CLEARANCE_REQUIRED,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "extension X12; six months: policy",
        when=_CLOT_AWAY & ~_CLOT_OLD,
        steps=("light",),
    ),
    Rule(
        "blood_clot.past",
        "blood_clot",
        Level.ADAPT,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "extension X12",
        when=_CLOT_AWAY & _CLOT_OLD,
        steps=("light",),
    ),
)
