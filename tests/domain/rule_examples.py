"""One worked example for each row of the rule table: answers, and what a manicure with massage gets."""

from typing import NamedTuple

LEFT, RIGHT = "left", "right"


class Example(NamedTuple):
    """rule: the row; level, manicure: of that row; result and sides: of a manicure with massage, all zones."""

    rule: str
    answers: dict[str, object]
    level: int
    manicure: str
    result: str
    sides: tuple[str, ...] = ()


BOTH = (LEFT, RIGHT)
BREAK, RASH, JOINT, WARTS = "today.skin_break", "today.rash_new", "today.joint_flare", "skin.warts"
PSO, ECZ, BP, HEART, CLOT = "skin.psoriasis", "skin.eczema", "heart.hypertension", "heart.disease", "blood.clot"


def said(gate, gate_value="yes", **follow_ups):
    """Answers to one question and its follow-ups."""
    return {gate: gate_value} | {f"{gate}.{name}": value for name, value in follow_ups.items()}


EXAMPLES = [
    Example("urgent_symptoms", said("today.urgent"), 50, "postpone", "refuse"),
    Example("fever_today", said("today.fever"), 30, "postpone", "postpone"),
    Example("infection_active", said("today.infection"), 30, "postpone", "postpone"),
    Example("dvt_suspected", said("today.arm_swollen"), 50, "postpone", "refuse"),
    Example("soft_tissue_sepsis", said("today.red_spreading"), 50, "postpone", "refuse"),
    Example("dizzy_today", said("today.dizzy"), 30, "adapted", "postpone"),
    Example(
        "skin_break.open",
        said(BREAK, side=LEFT, site=("hand",), open="yes", over_4_weeks="no"),
        30,
        "postpone",
        "postpone",
    ),
    Example(
        "skin_break.closed",
        said(BREAK, side=LEFT, site=("forearm",), open="no", over_4_weeks="no"),
        30,
        "allowed",
        "adapted",
        BOTH,
    ),
    Example(
        "ulcer_nonhealing",
        said(BREAK, side=LEFT, site=("forearm",), open="no", over_4_weeks="yes"),
        40,
        "postpone",
        "clearance",
    ),
    Example("rash_unexplained", said(RASH, side=RIGHT, site=("upper_arm",)), 30, "adapted", "adapted", BOTH),
    Example("joint_flare.seen", said(JOINT, side=RIGHT, seen_doctor="yes"), 30, "adapted", "adapted", (LEFT,)),
    Example("joint_flare.not_seen", said(JOINT, side="both", seen_doctor="no"), 40, "adapted", "clearance"),
    Example("fungal_infection", said("skin.fungal"), 30, "postpone", "postpone"),
    Example("skin_infection", said("skin.infection"), 30, "postpone", "postpone"),
    Example("warts_papilloma", said(WARTS, side=LEFT, site=("fingers",)), 30, "adapted", "adapted", (RIGHT,)),
    Example("psoriasis.elsewhere", said(PSO, on_hands_arms="no"), 10, "allowed", "allowed", BOTH),
    Example(
        "psoriasis.calm", said(PSO, on_hands_arms="yes", state="calm", side="both"), 20, "adapted", "adapted", BOTH
    ),
    Example(
        "psoriasis.flare", said(PSO, on_hands_arms="yes", state="flare", side=RIGHT), 30, "adapted", "adapted", (LEFT,)
    ),
    Example("dermatitis_eczema.elsewhere", said(ECZ, on_hands_arms="no"), 10, "allowed", "allowed", BOTH),
    Example("dermatitis_eczema.calm", said(ECZ, on_hands_arms="yes", state="calm"), 20, "adapted", "adapted", BOTH),
    Example("dermatitis_eczema.flare", said(ECZ, state="flare", side=LEFT), 30, "postpone", "postpone"),
    Example("skin_fragile", said("skin.fragile"), 20, "adapted", "adapted", BOTH),
    Example("hand_injection", said("hand_injection_2w"), 30, "allowed", "postpone"),
    Example("hypertension.controlled", said(BP, controlled="yes", sys=159, dia=99), 20, "allowed", "adapted", BOTH),
    Example("hypertension.high_reading", said(BP, controlled="yes", sys=160, dia=80), 30, "allowed", "postpone"),
    Example("hypertension.not_controlled", said(BP, controlled="no", sys=179, dia=119), 40, "allowed", "clearance"),
    Example("hypertension.urgent_reading", said(BP, controlled="yes", dia=120), 50, "postpone", "refuse"),
    Example("hypotension", said("heart.hypotension"), 20, "allowed", "adapted", BOTH),
    Example(
        "heart_disease.stable",
        said(HEART, unstable="no", recent_3m="no", doctor_ok="yes"),
        20,
        "allowed",
        "adapted",
        BOTH,
    ),
    Example(
        "heart_disease.recent", said(HEART, unstable="no", recent_3m="yes", doctor_ok="yes"), 40, "allowed", "clearance"
    ),
    Example("heart_disease.unstable", said(HEART, recent_3m="no", doctor_ok="yes"), 50, "postpone", "refuse"),
    Example("pacemaker", said("heart.pacemaker"), 20, "allowed", "adapted", BOTH),
    Example("anticoagulant", said("blood.thinner"), 20, "adapted", "adapted", BOTH),
    Example("bleeding_disorder", said("blood.bleeding"), 40, "adapted", "clearance"),
    Example("blood_clot.arm", said(CLOT, where="not_sure", within_6m="no"), 50, "adapted", "refuse"),
    Example("blood_clot.recent", said(CLOT, where="leg"), 40, "allowed", "clearance"),
    Example("blood_clot.past", said(CLOT, where="other", within_6m="no"), 20, "allowed", "adapted", BOTH),
    Example(
        "injury_recent.not_healed", said("injury", side=LEFT, healed="not_sure"), 50, "adapted", "adapted", (RIGHT,)
    ),
    Example("injury_recent.healed", said("injury", healed="yes", doctor_ok="no"), 40, "allowed", "clearance"),
    Example(
        "injury_recent.healed_and_ok",
        said("injury", side=LEFT, healed="yes", doctor_ok="yes"),
        20,
        "allowed",
        "adapted",
        BOTH,
    ),
    Example("osteomyelitis.current", said("bone.infection", "not_sure"), 50, "postpone", "refuse"),
    Example("osteomyelitis.past", said("bone.infection", "past"), 40, "allowed", "clearance"),
    Example("arthritis_chronic.calm", said("joint.arthritis", state="calm"), 20, "adapted", "adapted", BOTH),
    Example("arthritis_chronic.flare", said("joint.arthritis", state="flare"), 30, "adapted", "postpone"),
    Example("arthritis_chronic.hospital", said("joint.arthritis"), 50, "adapted", "refuse"),
    Example("osteoporosis", said("bone.osteoporosis"), 20, "allowed", "adapted", BOTH),
    Example("hand_numbness.known", said("nerve.numb", cause_known="yes"), 20, "adapted", "adapted", BOTH),
    Example("hand_numbness.unknown", said("nerve.numb", cause_known="not_sure"), 40, "adapted", "clearance"),
    Example("diabetes.controlled", said("diabetes", controlled="yes", numb_hands="no"), 20, "adapted", "adapted", BOTH),
    Example("diabetes.not_controlled", said("diabetes", controlled="yes"), 40, "adapted", "clearance"),
    Example("cancer.past", said("cancer", "past", in_arm="yes"), 10, "allowed", "allowed", BOTH),
    Example("cancer.elsewhere", said("cancer", "in_treatment", in_arm="no"), 40, "adapted", "clearance"),
    Example("cancer.in_arm", said("cancer", "being_checked"), 50, "adapted", "refuse"),
    Example(
        "lump.harmless", said("lump", doctor_harmless="yes", side=LEFT, site=("hand",)), 20, "adapted", "adapted", BOTH
    ),
    Example("lump.not_checked", said("lump", side=LEFT, site=("upper_arm",)), 50, "adapted", "adapted", (RIGHT,)),
    Example("lymph_risk.not_swollen", said("lymph", side=LEFT, swollen_now="no"), 40, "adapted", "adapted", (RIGHT,)),
    Example("lymph_risk.swollen", said("lymph"), 50, "adapted", "refuse"),
    Example("stroke_history.past", said("stroke", within_6m="no", arm_affected="no"), 20, "allowed", "adapted", BOTH),
    Example("stroke_history.recent", said("stroke", within_6m="no"), 40, "allowed", "clearance"),
    Example("epilepsy.controlled", said("epilepsy", controlled="yes"), 20, "allowed", "adapted", BOTH),
    Example("epilepsy.not_controlled", said("epilepsy", "not_sure"), 40, "allowed", "clearance"),
    Example("asthma", said("asthma"), 20, "adapted", "adapted", BOTH),
    Example("pregnancy.well", said("pregnant", complications="no"), 20, "allowed", "adapted", BOTH),
    Example("pregnancy.problems", said("pregnant"), 40, "allowed", "clearance"),
    Example("immune_low", said("immune_low"), 20, "adapted", "adapted", BOTH),
    Example("arm_access", said("arm_access", side=RIGHT), 50, "adapted", "adapted", (LEFT,)),
    Example("product_allergy", said("allergy", ("nuts", "latex")), 20, "adapted", "adapted", BOTH),
]
