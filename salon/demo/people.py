"""Who comes to the demo salons, and what they answer: invented people, real-looking names of many lands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PASSWORD = "manicure-today"  # noqa: S105 - printed by `make run`; the demo is refused in production


@dataclass(frozen=True, slots=True)
class SignIn:
    """A member of a demo salon."""

    email: str
    role: str
    technician: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A client; answers is a name out of ANSWERS, None for somebody who never answers."""

    name: str
    contact: str
    locale: str
    answers: str | None = "well"

    @property
    def email(self) -> str | None:
        """The contact, when it is an e-mail address."""
        return self.contact if "@" in self.contact else None

    @property
    def phone(self) -> str | None:
        """The contact, when it is a telephone number."""
        return None if "@" in self.contact else self.contact


SIGN_INS: Mapping[str, tuple[SignIn, ...]] = {
    "amber": (
        SignIn("owner@example.org", "owner"),
        SignIn("desk@amber.example.org", "receptionist"),
        SignIn("mai@amber.example.org", "technician", "mai"),
        SignIn("olena@amber.example.org", "technician", "olena"),
        SignIn("lucia@amber.example.org", "technician", "lucia"),
        SignIn("hanna@amber.example.org", "technician", "hanna"),
    ),
    "lotus": (
        SignIn("owner@example.org", "owner"),
        SignIn("desk@lotus.example.org", "receptionist"),
        SignIn("linh@lotus.example.org", "technician", "linh"),
        SignIn("grace@lotus.example.org", "technician", "grace"),
    ),
}

# What differs from "no" to everything; answers of the day count only when the day's questions are asked.
ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "well": {},
    "story": {
        "heart.hypertension": "yes",
        "heart.hypertension.controlled": "yes",
        "heart.hypertension.reading_known": "no",
        "skin.psoriasis": "yes",
        "skin.psoriasis.on_hands_arms": "yes",
        "skin.psoriasis.state": "calm",
        "skin.psoriasis.side": "both",
        "today.skin_break": "yes",
        "today.skin_break.side": "left",
        "today.skin_break.site": ["forearm"],
        "today.skin_break.open": "no",
        "today.skin_break.over_4_weeks": "no",
    },
    "nuts": {"allergy": ["nuts"], "allergy.severe": "no"},
    "fragrance": {"allergy": ["fragrance", "lanolin"], "allergy.severe": "no", "asthma": "yes"},
    "blocked": {
        "skin.psoriasis": "yes",
        "skin.psoriasis.on_hands_arms": "yes",
        "skin.psoriasis.state": "flare",
        "skin.psoriasis.side": "both",
        "skin.fungal": "yes",
    },
    "fever": {"today.fever": "yes"},
    "doctor": {"stroke": "yes", "stroke.within_6m": "no", "stroke.arm_affected": "yes"},
    "one_side": {
        "arm_access": "yes",
        "arm_access.side": "left",
        "joint.arthritis": "yes",
        "joint.arthritis.state": "calm",
    },
    "thinner": {"blood.thinner": "yes", "bone.osteoporosis": "yes"},
}

# Today's visits in their order: every action that reception can see. The rest of the fortnight takes REGULARS in turn.
TODAY: Mapping[str, tuple[Person, ...]] = {
    "amber": (
        Person("María de los Ángeles Fernández-Villanueva Gutiérrez", "+34 612 345 678", "es", "story"),
        Person("Nguyễn Hoàng Bảo Châu", "+49 151 23456780", "vi"),
        Person("Zoë O'Brien-Łuczak", "zoe@example.org", "en", "nuts"),
        Person("Ng", "+49 30 2345671", "en", None),
        Person("Piotr Wiśniewski", "+49 151 23456781", "en", "blocked"),
        Person("Inés García", "ines@example.org", "es", "doctor"),
        Person("Đỗ Thị Thanh Huyền", "+49 151 23456782", "vi", "one_side"),
        Person("Emeka Okafor", "+49 30 2345672", "en", "fever"),
    ),
    "lotus": (
        Person("Trần Lê Quỳnh Như Phương Uyên", "+1 713 555 0101", "vi", "fragrance"),
        Person("Guadalupe Hernández de la Cruz", "lupe@example.org", "es", "story"),
        Person("Jordan Ellis", "+1 713 555 0103", "en", None),
        Person("Phạm Gia Hân", "+1 713 555 0104", "vi"),
    ),
}
REGULARS: Mapping[str, tuple[Person, ...]] = {
    "amber": (
        Person("Katharina Schöneberg", "+49 30 2345673", "en"),
        Person("Trần Thị Mỹ Duyên", "+49 151 23456783", "vi", "thinner"),
        Person("José Ignacio Echeverría Aranguren", "+34 612 345 679", "es"),
        Person("Magda Bielecka", "magda@example.org", "en", None),
        Person("Yasmin El-Sayed", "+49 151 23456784", "en", "nuts"),
        Person("Marta Null", "+49 30 2345674", "en"),
        Person("Oksana Shevchenko", "+49 151 23456785", "en", "one_side"),
        Person("Carmen Ruiz Peñalver", "carmen@example.org", "es", "fragrance"),
        Person("Lê Ngọc Ánh", "+49 151 23456786", "vi"),
        Person("Saoirse Ní Dhomhnaill", "+49 30 2345675", "en", None),
    ),
    "lotus": (
        Person("Vũ Hoàng Kim Ngân", "+1 713 555 0105", "vi"),
        Person("Beatriz Santos-Oyelaran", "+1 713 555 0106", "es", "nuts"),
        Person("Dana Whitfield", "dana@example.org", "en"),
        Person("Bùi Thị Hồng Nhung", "+1 713 555 0107", "vi", None),
        Person("Rosalind Achterberg", "+1 713 555 0108", "en", "thinner"),
    ),
}
