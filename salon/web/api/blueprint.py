"""The API's blueprint, and what every call must be: JSON where there is a body, no parameter nobody asked for."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from apiflask import APIBlueprint
from flask import current_app, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from salon.domain.errors import InvalidRequest

View = TypeVar("View", bound=Callable[..., Any])
DEEPEST = 20

api = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Salon")


class _Twice(ValueError):
    """A member stands twice in one object."""


def query_names(*names: str) -> Callable[[View], View]:
    """Say which query parameters a call knows; `name*` may come more than once."""

    def decorate(view: View) -> View:
        view.query_names = names  # type: ignore[attr-defined]
        return view

    return decorate


@api.before_request
def check_request() -> None:
    """Refuse unknown and doubled parameters, bodies that are no JSON object, doubled members, bottomless nesting."""
    view = current_app.view_functions[request.endpoint or ""]
    _check_query(getattr(view, "query_names", ()))
    if request.method in ("POST", "PUT", "PATCH"):
        _check_body()


def _check_query(known: tuple[str, ...]) -> None:
    once = {name for name in known if not name.endswith("*")}
    often = {name.removesuffix("*") for name in known if name.endswith("*")}
    faults = [(name, "unknown_parameter") for name in request.args if name not in once | often]
    faults += [(name, "twice") for name in request.args if name in once and len(request.args.getlist(name)) > 1]
    if faults:
        raise InvalidRequest(*faults)


def _check_body() -> None:
    body = request.get_data(cache=True)
    if not body:
        if request.mimetype not in ("", "application/json"):
            raise UnsupportedMediaType
        return
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    try:
        value = json.loads(body.decode(), object_pairs_hook=_object, parse_constant=_refuse_constant)
    except _Twice as error:
        raise InvalidRequest((str(error), "twice")) from error
    except (ValueError, RecursionError) as error:
        raise BadRequest from error
    if _depth(value) > DEEPEST or _has_nul(value):
        raise BadRequest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Twice(name[:80])
        found[name] = value
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _depth(value: Any) -> int:
    level, deepest = [value], 0
    while level and deepest <= DEEPEST:
        deepest += 1
        level = [part for one in level for part in _parts(one)]
    return deepest


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any("\0" in name for name in value) or any(_has_nul(part) for part in value.values())
    return isinstance(value, list) and any(_has_nul(part) for part in value)
