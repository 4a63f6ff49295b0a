"""Writes docs/access.md from the grants table: which role may do what."""

from pathlib import Path

from salon.domain.permissions import GRANTS, Permission, Role

FILE = Path(__file__).parents[1] / "docs" / "access.md"
INTRO = """# Who may do what

Made from `salon/domain/permissions.py` by `make docs`; a test keeps it true. What is not granted is refused.
A member who is linked to a technician (an owner who works at the table) may also do what a technician may.
`public` never signed in; `visit_link` and `intake_link` are clients holding a link; `operator` is the command line.
Beyond the role every act is limited to one salon, and the card to the assigned technician from 24 h before
the visit to 24 h after it.

"""


def access_table() -> str:
    """Return the page as text: one row for each permission, one column for each role."""
    roles = list(Role)
    lines = ["| permission | " + " | ".join(role.value for role in roles) + " |", "|---|" + "---|" * len(roles)]
    for permission in Permission:
        marks = ["yes" if permission in GRANTS[role] else "" for role in roles]
        lines.append(f"| `{permission.value}` | " + " | ".join(marks) + " |")
    return INTRO + "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(access_table(), encoding="utf-8")
