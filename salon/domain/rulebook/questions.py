"""The questions: domain.md 2.3 in the sections of 3.1, shown as 3.2 says, answered with the codes of 2.4b."""

from salon.domain.menu import ALL_SITES, ALLERGENS, AgeBand
from salon.domain.rulebook.terms import Asked, Question, QuestionType, ShownWhen

SECTIONS = ("you", "today", "skin", "heart", "bones", "other", "products")
YES_NO_NOT_SURE = ("yes", "no", "not_sure")
SIDES = ("left", "right", "both", "not_sure")
STATES = ("calm", "flare", "not_sure")
SITES = tuple(site.value for site in ALL_SITES)
SPOTS = ("thumb", "index", "middle", "ring", "little", "palm", "back", "wrist", "forearm", "upper_arm")
SITE_OF_SPOT = {
    "thumb": "fingers",
    "index": "fingers",
    "middle": "fingers",
    "ring": "fingers",
    "little": "fingers",
    "palm": "hand",
    "back": "hand",
    "wrist": "wrist",
    "forearm": "forearm",
    "upper_arm": "upper_arm",
}
AGE_BAND = "age_band"
SYS, DIA = "heart.hypertension.sys", "heart.hypertension.dia"
SYS_BOUNDS, DIA_BOUNDS = (70, 260), (40, 160)

D, S, SD = Asked.DAY, Asked.STANDING, Asked.BOTH
_PLACE = {"side": SIDES, "site": SITES, "spots": SPOTS}


def _lines(link_id: str, *codes: str) -> tuple[ShownWhen, ...]:
    return tuple(ShownWhen(link_id, "=", code) for code in codes)


def _gate(link_id: str, section: str, asked: Asked, *follow_ups: str, required: bool = True) -> list[Question]:
    """A yes / no / not sure question, and its follow-ups by the last part of their link id."""
    shown = _lines(link_id, "yes", "not_sure")
    top = Question(link_id, section, asked, YES_NO_NOT_SURE, required=required)
    return [top, *(_follow_up(top, name, shown) for name in follow_ups)]


def _follow_up(
    top: Question, name: str, shown: tuple[ShownWhen, ...], options: tuple[str, ...] = (), *, under: str | None = None
) -> Question:
    return Question(
        f"{top.link_id}.{name}",
        top.section,
        top.asked,
        options or _PLACE.get(name, YES_NO_NOT_SURE),
        repeats=name in ("site", "spots"),
        parent=under or top.link_id,
        shown_when=shown,
    )


def _skin_disease(link_id: str) -> list[Question]:
    """Psoriasis and eczema: state and side hang under `on_hands_arms`, which counts as yes while unanswered."""
    top, where = _gate(link_id, "skin", SD, "on_hands_arms")
    here = (ShownWhen(where.link_id, "!=", "no"), ShownWhen(where.link_id, "exists", "false"))
    state = _follow_up(top, "state", here, STATES, under=where.link_id)
    side = _follow_up(top, "side", here, under=where.link_id)
    return [top, where, state, side]


def _blood_pressure() -> list[Question]:
    top, controlled = _gate("heart.hypertension", "heart", SD, "controlled")
    known = _follow_up(top, "reading_known", _lines(top.link_id, "yes", "not_sure"), ("yes", "no"))
    shown = _lines(known.link_id, "yes")
    numbers = (
        Question(link, "heart", SD, type=QuestionType.INTEGER, parent=known.link_id, shown_when=shown, bounds=bounds)
        for link, bounds in ((SYS, SYS_BOUNDS), (DIA, DIA_BOUNDS))
    )
    return [top, controlled, known, *numbers]


def _blood_clot() -> list[Question]:
    (top,) = _gate("blood.clot", "heart", S)
    where = _follow_up(top, "where", _lines(top.link_id, "yes", "not_sure"), ("arm", "leg", "other", "not_sure"))
    recent = _follow_up(top, "within_6m", _lines(where.link_id, "leg", "other"), under=where.link_id)
    return [top, where, recent]


def _arthritis() -> list[Question]:
    (top,) = _gate("joint.arthritis", "bones", SD)
    return [top, _follow_up(top, "state", _lines(top.link_id, "yes", "not_sure"), ("calm", "flare", "hospital"))]


def _cancer() -> list[Question]:
    codes = ("in_treatment", "being_checked", "past", "no", "not_sure")
    top = Question("cancer", "other", S, codes, required=True)
    return [top, _follow_up(top, "in_arm", _lines("cancer", "in_treatment", "being_checked", "not_sure"))]


def _allergy() -> list[Question]:
    top = Question("allergy", "products", S, ALLERGENS, repeats=True, required=True)
    return [top, _follow_up(top, "severe", (ShownWhen("allergy", "exists", "true"),))]


QUESTIONS: tuple[Question, ...] = (
    Question(AGE_BAND, "you", SD, tuple(band.value for band in AgeBand), required=True),
    *_gate("today.urgent", "today", D),
    *_gate("today.fever", "today", D),
    *_gate("today.infection", "today", D),
    *_gate("today.arm_swollen", "today", D),
    *_gate("today.red_spreading", "today", D),
    *_gate("today.dizzy", "today", D),
    *_gate("today.skin_break", "today", D, "side", "site", "spots", "open", "over_4_weeks"),
    *_gate("today.rash_new", "today", D, "side", "site", "spots"),
    *_gate("today.joint_flare", "today", D, "side", "seen_doctor"),
    *_gate("skin.fungal", "skin", SD),
    *_gate("skin.infection", "skin", SD),
    *_gate("skin.warts", "skin", SD, "side", "site", "spots"),
    *_skin_disease("skin.psoriasis"),
    *_skin_disease("skin.eczema"),
    *_gate("skin.fragile", "skin", S),
    *_gate("hand_injection_2w", "skin", SD),
    *_blood_pressure(),
    *_gate("heart.hypotension", "heart", S),
    *_gate("heart.disease", "heart", S, "unstable", "recent_3m", "doctor_ok"),
    *_gate("heart.pacemaker", "heart", S),
    *_gate("blood.thinner", "heart", S),
    *_gate("blood.bleeding", "heart", S),
    *_blood_clot(),
    *_gate("injury", "bones", S, "side", "healed", "doctor_ok"),
    Question("bone.infection", "bones", S, ("current", "past", "no", "not_sure"), required=True),
    *_arthritis(),
    *_gate("bone.osteoporosis", "bones", S),
    *_gate("nerve.numb", "bones", S, "cause_known"),
    *_gate("diabetes", "other", S, "controlled", "numb_hands"),
    *_cancer(),
    *_gate("lump", "other", SD, "side", "site", "spots", "doctor_harmless"),
    *_gate("lymph", "other", S, "side", "swollen_now"),
    *_gate("stroke", "other", S, "within_6m", "arm_affected"),
    *_gate("epilepsy", "other", S, "controlled"),
    *_gate("asthma", "other", S),
    *_gate("pregnant", "other", S, "complications", required=False),
    *_gate("immune_low", "other", S),
    *_gate("arm_access", "other", S, "side"),
    *_allergy(),
)
QUESTION: dict[str, Question] = {question.link_id: question for question in QUESTIONS}
