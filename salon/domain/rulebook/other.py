"""Topics and rules of other health and of products (domain.md 2.3 and 2.4)."""

from salon.domain.rulebook.conditions import answer
from salon.domain.rulebook.terms import Asked, Level, Manicure, Rule, Topic, Zone

_S, _SD = Asked.STANDING, Asked.BOTH
_DIABETES_STEPS = ("light", "lukewarm_only", "no_brush", "no_cuticle_cut")
_CANCER_STEPS = ("light", "no_scrub", "no_cuticle_cut", "new_disposables")
_LYMPH_STEPS = ("avoid_area", "lukewarm_only", "no_cuticle_cut")
_STROKE_STEPS = ("light", "slow_rise", "support_joint")
_PREGNANCY_STEPS = ("no_web_wrist_press", "fragrance_free")

_DIABETES_QUIET = answer("diabetes.controlled", "yes") & answer("diabetes.numb_hands", "no")
_CANCER_PAST = answer("cancer", "past")
_CANCER_AWAY = answer("cancer.in_arm", "no")
_HARMLESS = answer("lump.doctor_harmless", "yes")
_NOT_SWOLLEN = answer("lymph.swollen_now", "no")
_STROKE_QUIET = answer("stroke.within_6m", "no") & answer("stroke.arm_affected", "no")
_FITS_CONTROLLED = answer("epilepsy.controlled", "yes")
_PREGNANCY_QUIET = answer("pregnant.complications", "no")

TOPICS = (
    Topic("diabetes", "diabetes", _S, "seed S7, S8; extension X23, X24"),
    Topic("cancer", "cancer", _S, "seed S7 oncology; S8 suspected; extension X25, X26"),
    Topic("lump", "lump", _SD, "seed S11 tumour formations; S8", side="lump.side", site="lump.site"),
    Topic("lymph_risk", "lymph", _S, "extension X27", side="lymph.side"),
    Topic("stroke_history", "stroke", _S, "seed S4, S5, S10: medical massage only"),
    Topic("epilepsy", "epilepsy", _S, "extension X22, X28"),
    Topic("asthma", "asthma", _S, "seed S3 claims a benefit: rejected; unscented by policy", is_health=False),
    Topic("pregnancy", "pregnant", _S, "extension X29: a precaution on weak evidence"),
    Topic("immune_low", "immune_low", _S, "extension X30"),
    Topic("arm_access", "arm_access", _S, "extension X31", side="arm_access.side"),
    Topic("product_allergy", "allergy", _S, "seed S11 allergic dermatitis; extension X33, X34", is_health=False),
)

RULES = (
    Rule(
        "diabetes.controlled",
        "diabetes",
        Level.ADAPT,
        Zone.SYSTEMIC,
        Manicure.ADAPT,
        "seed S8 extreme caution; X24",
        when=_DIABETES_QUIET,
        steps=_DIABETES_STEPS,
    ),
    Rule(
        "diabetes.not_controlled",
        "diabetes",
        Level.CLEARANCE_REQUIRED,
        Zone.SYSTEMIC,
        Manicure.ADAPT,
        "seed S7 not recommended; X23, X24",
        when=~_DIABETES_QUIET,
        steps=_DIABETES_STEPS,
    ),
    Rule(
        "cancer.past",
        "cancer",
        Level.INFO,
        Zone.NONE,
        Manicure.ALLOWED,
        "extension X25; the gland question carries the caution",
        when=_CANCER_PAST,
    ),
    Rule(
        "cancer.elsewhere",
        "cancer",
        Level.CLEARANCE_REQUIRED,
        Zone.SYSTEMIC,
        Manicure.ADAPT,
        "seed S7, S8; X25, X26",
        when=~_CANCER_PAST & _CANCER_AWAY,
        steps=_CANCER_STEPS,
    ),
    Rule(
        "cancer.in_arm",
        "cancer",
        Level.DO_NOT_MASSAGE,
        Zone.SYSTEMIC,
        Manicure.ADAPT,
        "seed S11 tumours; X25",
        when=~_CANCER_PAST & ~_CANCER_AWAY,
        steps=_CANCER_STEPS,
    ),
    Rule(
        "lump.harmless",
        "lump",
        Level.ADAPT,
        Zone.LOCAL,
        Manicure.ADAPT,
        "seed S8; cleared by a doctor",
        when=_HARMLESS,
        steps=("avoid_area",),
    ),
    Rule(
        "lump.not_checked",
        "lump",
        Level.DO_NOT_MASSAGE,
        Zone.LIMB,
        Manicure.ADAPT,
        "seed S11, S8",
        when=~_HARMLESS,
        steps=("avoid_area",),
    ),
    Rule(
        "lymph_risk.not_swollen",
        "lymph_risk",
        Level.CLEARANCE_REQUIRED,
        Zone.LIMB,
        Manicure.ADAPT,
        "extension X27",
        when=_NOT_SWOLLEN,
        steps=_LYMPH_STEPS,
    ),
    Rule(
        "lymph_risk.swollen",
        "lymph_risk",
        Level.DO_NOT_MASSAGE,
        Zone.LIMB,
        Manicure.ADAPT,
        "extension X27",
        when=~_NOT_SWOLLEN,
        steps=_LYMPH_STEPS,
    ),
    Rule(
        "stroke_history.past",
        "stroke_history",
        Level.ADAPT,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "seed S4, S5; six months: policy",
        when=_STROKE_QUIET,
        steps=_STROKE_STEPS,
    ),
    Rule(
        "stroke_history.recent",
        "stroke_history",
        Level.CLEARANCE_REQUIRED,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "seed S4, S5: a specialist's work",
        when=~_STROKE_QUIET,
        steps=_STROKE_STEPS,
    ),
    Rule(
        "epilepsy.controlled",
        "epilepsy",
        Level.ADAPT,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "extension X28 (oils)",
        when=_FITS_CONTROLLED,
        steps=("no_stim_oils",),
    ),
    Rule(
        "epilepsy.not_controlled",
        "epilepsy",
        Level.CLEARANCE_REQUIRED,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "extension X22, X28",
        when=~_FITS_CONTROLLED,
        steps=("no_stim_oils",),
    ),
    Rule(
        "asthma",
        "asthma",
        Level.ADAPT,
        Zone.SYSTEMIC,
        Manicure.ADAPT,
        "policy; no promise of relief",
        steps=("fragrance_free",),
    ),
    Rule(
        "pregnancy.well",
        "pregnancy",
        Level.ADAPT,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "extension X29; never a reason to refuse",
        when=_PREGNANCY_QUIET,
        steps=_PREGNANCY_STEPS,
    ),
    Rule(
        "pregnancy.problems",
        "pregnancy",
        Level.CLEARANCE_REQUIRED,
        Zone.SYSTEMIC,
        Manicure.ALLOWED,
        "extension X29",
        when=~_PREGNANCY_QUIET,
        steps=_PREGNANCY_STEPS,
    ),
    Rule(
        "immune_low",
        "immune_low",
        Level.ADAPT,
        Zone.SYSTEMIC,
        Manicure.ADAPT,
        "extension X30; the reason is never asked",
        steps=("no_scrub", "no_cuticle_cut", "new_disposables"),
    ),
    Rule(
        "arm_access",
        "arm_access",
        Level.DO_NOT_MASSAGE,
        Zone.LIMB,
        Manicure.ADAPT,
        "extension X31",
        steps=("avoid_area",),
    ),
    Rule(
        "product_allergy",
        "product_allergy",
        Level.ADAPT,
        Zone.SYSTEMIC,
        Manicure.ADAPT,
        "seed S11; X33, X34",
        allergens=True,
    ),
)
