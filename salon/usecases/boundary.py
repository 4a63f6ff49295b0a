"""The one gate: a use case checks its permission, enters the actor's salon, opens one transaction.

Every channel (pages, JSON, command line, import) calls use cases as f(actor, ...); the function itself
is written as f(session, actor, ...). What the database refuses comes back as one of domain.errors.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from salon.db import transaction
from salon.domain.errors import NotAllowed, SlotTaken, Unavailable
from salon.domain.permissions import Actor, Permission

P = ParamSpec("P")
R = TypeVar("R")

PERMISSION_OF: dict[str, Permission] = {}  # every use case by its full name; tests walk it
OVERLAP_GUARDS = ("no_double_booking", "one_client_per_station", "one_visit_at_a_time")
_PASSING_SQLSTATES = frozenset({"55P03", "40001", "40P01", "57014", "57P01", "57P03", "53100", "53300", "08006"})


def use_case(
    permission: Permission, *, writes: bool
) -> Callable[[Callable[Concatenate[Session, Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function a use case.

    permission  what the actor's role must be granted; else NotAllowed before anything is read
    writes      whether rows may change, the log of health reads included
    """

    def decorate(function: Callable[Concatenate[Session, Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        PERMISSION_OF[f"{function.__module__}.{function.__name__}"] = permission

        @wraps(function)
        def entered(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not actor.may(permission):
                raise NotAllowed
            try:
                with transaction(actor.salon_id, writes=writes) as session:
                    return function(session, actor, *args, **kwargs)
            except DBAPIError as error:
                raise meaning_of(error) from error

        return cast("Callable[Concatenate[Actor, P], R]", entered)

    return decorate


def meaning_of(error: DBAPIError) -> Exception:
    """Return what a database error means to the person who asked; the error itself if it means nothing to her."""
    said = str(error.orig)
    if isinstance(error, IntegrityError):
        if any(guard in said for guard in OVERLAP_GUARDS):
            return SlotTaken(("start", "taken"))
        return error
    passing = getattr(error.orig, "sqlstate", None) in _PASSING_SQLSTATES
    if passing or error.connection_invalidated or isinstance(error, OperationalError):
        return Unavailable(retry_after_seconds=5)
    return error
