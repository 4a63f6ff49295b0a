"""Topics and rules of skin and nails (domain.md 2.3 and 2.4)."""

from salon.domain.rulebook.conditions import Condition, answer
from salon.domain.rulebook.terms import Asked, Level, Manicure, Rule, Topic, Zone

_S, _SD = Asked.STANDING, Asked.BOTH
_PSO, _ECZ = "skin.psoriasis", "skin.eczema"
_CALM_STEPS = ("avoid_area", "light", "no_scrub", "no_brush", "fragrance_free")
_FLARE_STEPS = ("avoid_area", "light", "no_scrub", "no_soak", "no_brush", "fragrance_free")

TOPICS = (
    Topic("fungal_infection", "skin.fungal", _SD, "seed S7 fungal; S8 mycoses; S11 fungal infection"),
    Topic("skin_infection", "skin.infection", _SD, "seed S7, S11; extension X15 (scabies, impetigo)"),
    Topic(
        "warts_papilloma",
        "skin.warts",
        _SD,
        "seed S8 warts, papillomas",
        side="skin.warts.side",
        site="skin.warts.site",
    ),
    Topic("psoriasis", _PSO, _SD, "seed S7, S8, S11: all three lists", side=f"{_PSO}.side"),
    Topic("dermatitis_eczema", _ECZ, _SD, "seed S7 dermatitis; S11 allergic dermatitis", side=f"{_ECZ}.side"),
    Topic("skin_fragile", "skin.fragile", _S, "extension X16"),
    Topic("hand_injection", "hand_injection_2w", _SD, "extension X32"),
)


def _away(link_id: str) -> Condition:
    return answer(f"{link_id}.on_hands_arms", "no")


def _calm(link_id: str) -> Condition:
    return answer(f"{link_id}.state", "calm")


RULES = (
    Rule(
        "fungal_infection",
        "fungal_infection",
        Level.POSTPONE,
        Zone.SYSTEMIC,
        Manicure.POSTPONE,
        "seed S7, S8, S11; massage is done without gloves (S12)",
    ),
    Rule(
        "skin_infection",
        "skin_infection",
        Level.POSTPONE,
        Zone.SYSTEMIC,
        Manicure.POSTPONE,
        "seed S7, S11; extension X15",
    ),
    Rule(
        "warts_papilloma",
        "warts_papilloma",
        Level.POSTPONE,
        Zone.LOCAL,
        Manicure.ADAPT,
        "seed S8",
        steps=("avoid_area", "no_cuticle_cut", "new_disposables"),
        manicure_elsewhere=Manicure.ALLOWED,
    ),
    Rule(
        "psoriasis.elsewhere",
        "psoriasis",
        Level.INFO,
        Zone.NONE,
        Manicure.ALLOWED,
        "not on hands or arms; not catching: X35",
        when=_away(_PSO),
    ),
    Rule(
        "psoriasis.calm",
        "psoriasis",
        Level.ADAPT,
        Zone.LOCAL,
        Manicure.ADAPT,
        "seed S8 extreme caution; X35",
        when=~_away(_PSO) & _calm(_PSO),
        steps=_CALM_STEPS,
    ),
    Rule(
        "psoriasis.flare",
        "psoriasis",
        Level.POSTPONE,
        Zone.LIMB,
        Manicure.ADAPT,
        "seed S7, S8, S11; owners may tighten",
        when=~_away(_PSO) & ~_calm(_PSO),
        steps=_FLARE_STEPS,
    ),
    Rule(
        "dermatitis_eczema.elsewhere",
        "dermatitis_eczema",
        Level.INFO,
        Zone.NONE,
        Manicure.ALLOWED,
        "not on hands or arms",
        when=_away(_ECZ),
    ),
    Rule(
        "dermatitis_eczema.calm",
        "dermatitis_eczema",
        Level.ADAPT,
        Zone.LOCAL,
        Manicure.ADAPT,
        "seed S8 extreme caution",
        when=~_away(_ECZ) & _calm(_ECZ),
        steps=_CALM_STEPS,
    ),
    Rule(
        "dermatitis_eczema.flare",
        "dermatitis_eczema",
        Level.POSTPONE,
        Zone.LIMB,
        Manicure.POSTPONE,
        "seed S7, S11",
        when=~_away(_ECZ) & ~_calm(_ECZ),
        steps=_FLARE_STEPS,
    ),
    Rule(
        "skin_fragile",
        "skin_fragile",
        Level.ADAPT,
        Zone.SYSTEMIC,
        Manicure.ADAPT,
        "extension X16",
        steps=("light", "no_scrub", "no_brush", "no_device"),
    ),
    Rule(
        "hand_injection",
        "hand_injection",
        Level.POSTPONE,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "extension X32; two weeks: policy",
    ),
)
