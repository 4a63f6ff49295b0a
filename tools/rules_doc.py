"""Writes docs/rules.md from the rule data: every screening rule with its source and its test."""

from pathlib import Path

from salon.domain.rulebook import QUESTIONNAIRE_VERSION, RULES, RULES_VERSION, TOPIC
from salon.safety_texts import text

FILE = Path(__file__).parents[1] / "docs" / "rules.md"
INTRO = f"""# The rules

Made from `salon/domain/rulebook/` by `make docs`; a test keeps it true. Rule set {RULES_VERSION},
questionnaire {QUESTIONNAIRE_VERSION}.

This table is a policy, not medical advice. A qualified person must sign it before real clients depend on it.
Signed: nobody yet.

## Which starts are offered

The eight rules are worded in the docstrings of the files that hold them, and each has its examples.

| rule | file | test |
| --- | --- | --- |
| working time, clock changes | `salon/domain/working_time.py` | `tests/domain/test_availability.py` |
| starts, buffers, notice, stations | `salon/domain/availability.py` | `test_availability_properties.py` beside it |
| who takes a visit, nearest others | `salon/domain/choice.py` | `tests/domain/test_availability.py` |
| states, what blocks | `salon/domain/appointment.py` | `tests/domain/test_appointment.py` |
| no overlap, refused by the database itself | `migrations/walls.py` | `tests/migrations/test_walls.py` |

## Screening

Levels: 10 info, 20 adapt, 30 postpone, 40 clearance required, 50 do not massage. The procedure is
`salon/domain/screening.py`; a second, slow implementation in `tests/domain/slow_screening.py` is compared with it.
Each row has an example in `tests/domain/rule_examples.py`, run by
`tests/domain/test_screening.py::test_each_row_gives_its_level_and_result`.

| rule | level | zone | manicure | steps | what the technician reads | rests on |
| --- | --- | --- | --- | --- | --- | --- |
"""


def rules_page() -> str:
    """Return the page as text: one row for each rule."""
    lines = []
    for rule in RULES:
        manicure = rule.manicure.name.lower()
        if rule.manicure_elsewhere is not None:
            manicure += f" (elsewhere {rule.manicure_elsewhere.name.lower()})"
        cells = (
            f"`{rule.code}`",
            f"{int(rule.level)} {rule.level.code}",
            rule.zone.value,
            manicure,
            " ".join(rule.steps) or "none",
            text(f"caution.{rule.code}", "en"),
            f"{rule.source} ({TOPIC[rule.topic].asked.name.lower()})",
        )
        lines.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return INTRO + "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(rules_page(), encoding="utf-8")
