"""The statements of the consent, each versioned; only the first is ticked, the others stand beside the signature."""

from dataclasses import dataclass

from salon.domain.menu import AgeBand

CONSENT_VERSION = "1"
GUARDIAN_BELOW_AGE = 18


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; its text is `consent.<code>`. required = must be accepted by a tick of its own."""

    code: str
    required: bool = False


STATEMENTS: tuple[Statement, ...] = (
    Statement("health", required=True),
    Statement("accuracy"),
    Statement("scope"),
    Statement("stop"),
)
GUARDIAN_STATEMENT = Statement("guardian")


def needs_guardian(band: AgeBand) -> bool:
    """Whether a parent or guardian must sign: under 18 (domain.md 3.3)."""
    return band.lowest < GUARDIAN_BELOW_AGE
