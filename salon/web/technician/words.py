"""The card's words: safety texts in the technician's language, with the English beside what nobody has signed yet."""

from salon.domain.rulebook import Side
from salon.domain.screening import Caution, PlaceStatus, Result, Screening
from salon.safety_texts import ReviewState, review_state, text

SOURCE = "en"


def safety(key: str, locale: str) -> str:
    """Return a safety text; while its translation is unsigned the English stands behind it (domain.md L5)."""
    words = text(key, locale)
    if locale == SOURCE or review_state(key, locale) is ReviewState.REVIEWED:
        return words
    return words


def english_beside(key: str, locale: str) -> str:
    """Return the English of a text whose translation nobody has signed, else nothing."""
    if locale == SOURCE or review_state(key, locale) is ReviewState.REVIEWED:
        return ""
    return text(key, SOURCE)


def place_of(caution: Caution, locale: str) -> str:
    """Return side and place of a caution in words."""
    sides = "both" if len(caution.sides) > 1 else next((side.value for side in caution.sides), "")
    if not sides:
        return ""
    words = [text(f"side.{sides}", locale)]
    words += [text(f"site.{site.value}", locale) for site in caution.sites]
    return ", ".join(words) + "."


def hands_shown(screening: Screening, locale: str) -> dict[str, object]:
    """Return the hand picture: each hand with its level, a word, and the marked places."""
    return {
        "label": text(f"result.{screening.result.value}", locale),
        "right": _hand(screening, Side.RIGHT, locale),
        "left": _hand(screening, Side.LEFT, locale),
    }


def _hand(screening: Screening, side: Side, locale: str) -> dict[str, object]:
    if screening.result is Result.UNKNOWN:
        return {"level": "unknown", "word": text("result.unknown", locale), "spots": {}}
    spots: dict[str, str] = {}
    for caution in screening.cautions:
        if side in caution.sides and caution.sites:
            for site in caution.sites:
                spots.setdefault(_ZONE_OF_SITE.get(site.value, site.value), caution.level.code)
    statuses = {place.status for place in screening.places if place.side is side}
    if side not in screening.sides:
        worst = max((caution.level for caution in screening.cautions if side in caution.sides), default=None)
        level = worst.code if worst is not None else "do_not"
        return {"level": level, "word": text("place.blocked", locale), "spots": spots}
    if statuses == {PlaceStatus.FREE} and screening.result is Result.ALLOWED:
        return {"level": "fine", "word": text("place.free", locale), "spots": spots}
    return {"level": "adapt", "word": text("place.gentle", locale), "spots": spots}


_ZONE_OF_SITE = {"hand": "palm", "fingers": "middle"}
