"""What is wrong with a salon file: a JSON path and a reason for each fault."""

from collections.abc import Sequence
from dataclasses import dataclass

from salon.domain.errors import SalonError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. path is like `$.services[0].price_minor`, reason the rest of a sentence."""

    path: str
    reason: str


class FileRefused(SalonError):
    """A salon file that cannot be imported; nothing of it was stored. `faults` names everything found."""

    code = "file-refused"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(*((fault.path, fault.reason) for fault in faults))
        self.faults = tuple(faults)


def member(path: str, name: str) -> str:
    """Return the path of an object's member."""
    return f"{path}.{name}" if name.replace("-", "_").replace("_", "a").isalnum() else f"{path}['{name[:60]}']"
