"""A salon file that was read and checked: its meaning in instants and keys, ready to be stored."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(slots=True)
class Planned:
    """An appointment of the file. station None is none; number is its place in the file.

    may_end_sooner: it is finished, so what is left of its buffer after gives way to the next visit.
    """

    number: int
    client: str
    technician: str
    service: str
    addons: tuple[str, ...]
    status: str
    starts_at: datetime
    ends_at: datetime
    block_starts_at: datetime
    block_ends_at: datetime
    price_minor: int
    station: str | None
    reference: str | None
    note: str | None
    needs_station: bool
    may_end_sooner: bool


@dataclass(frozen=True, slots=True)
class Away:
    """From one instant to another; whose and why stand beside it."""

    starts_at: datetime
    ends_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What `read_file` returns and `import_salon` stores: the document as it came, and what it means."""

    document: dict[str, Any] = field(repr=False)
    closures: tuple[Away, ...]
    time_off: dict[str, tuple[Away, ...]]
    clients: tuple[dict[str, Any], ...] = field(repr=False)
    appointments: tuple[Planned, ...] = field(repr=False)

    @property
    def slug(self) -> str:
        """The salon's address."""
        slug: str = self.document["salon"]["slug"]
        return slug
