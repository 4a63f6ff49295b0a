"""What can be refused, each with the status and the type that every channel answers.

`code` is the last segment of the problem type (contract.md section 4); the words are web's.
`fields` are (path, code) pairs for the form or the JSON member at fault.
"""

from dataclasses import dataclass
from datetime import datetime


class SalonError(Exception):
    """Something a person asked for that is refused; nothing was changed."""

    code = "refused"
    status = 422

    def __init__(self, *fields: tuple[str, str], **facts: object) -> None:
        super().__init__(self.code)
        self.fields = fields
        self.facts = facts


class NotFound(SalonError):
    """No such thing in this salon; another salon's things look the same."""

    code = "not-found"
    status = 404


class NotAllowed(SalonError):
    """The role may not do this."""

    code = "not-allowed"
    status = 403


class SignInNeeded(SalonError):
    """Nobody is signed in, or the token is not known."""

    code = "sign-in-needed"
    status = 401


class InvalidRequest(SalonError):
    """One or more members are wrong; `fields` names each."""

    code = "invalid"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another start that is free: same service and add-ons; technicians are sorted keys."""

    start: datetime
    end: datetime
    technicians: tuple[str, ...]


class StartRefused(SalonError):
    """A start that cannot be had; `alternatives` are up to 5 others, nearest first."""

    def __init__(self, *fields: tuple[str, str], alternatives: tuple[Alternative, ...] = ()) -> None:
        super().__init__(*fields)
        self.alternatives = alternatives


class SlotTaken(StartRefused):
    """The start overlaps a block of somebody else's."""

    code = "slot-taken"
    status = 409


class NotOffered(StartRefused):
    """The start is not one that the salon offers."""

    code = "not-offered"


class MassageNotOffered(SalonError):
    """The client's answers in force do not allow this massage; no reason is given.

    facts: without_massage = the service's alternative key or None.
    """

    code = "massage-not-offered"


class TooLate(SalonError):
    """The salon's notice has passed. facts: notice_minutes."""

    code = "too-late"
    status = 409


class WrongState(SalonError):
    """The appointment's state does not allow the move. facts: state, wanted."""

    code = "wrong-state"
    status = 409


class Changed(SalonError):
    """Somebody else changed it first. facts: by, at, version."""

    code = "changed"
    status = 409


class NotReady(SalonError):
    """The massage cannot start yet. facts: missing = codes of what stands in the way."""

    code = "not-ready"
    status = 409


class KeyMissing(SalonError):
    """The Idempotency-Key header is missing or malformed."""

    code = "idempotency-key"
    status = 400


class KeyReused(SalonError):
    """The same Idempotency-Key came with another body."""

    code = "idempotency-key-reused"


class TooMany(SalonError):
    """Too many tries. facts: retry_after_seconds."""

    code = "too-many"
    status = 429


class Unavailable(SalonError):
    """The database, the disk or a key is not there now. facts: retry_after_seconds."""

    code = "unavailable"
    status = 503
