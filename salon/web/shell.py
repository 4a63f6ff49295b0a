"""What every page takes: language switch, fonts, flashes, asset addresses; and the page of an error."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import (
    Flask,
    Response,
    current_app,
    g,
    get_flashed_messages,
    make_response,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from jinja2 import StrictUndefined

from salon.i18n import CHOSEN, NAMES, language
from salon.usecases.salons import SalonFacts
from salon.web import formats

_LATIN = "vendor/fonts/brygada-1918-latin-wght-normal.woff2"
_VIETNAMESE = "vendor/fonts/brygada-1918-vietnamese-wght-normal.woff2"
_TEXTS = {
    400: "Something in the request is not right. Go back and try again.",
    403: "You are not allowed to see this page.",
    404: "This page does not exist, or it is not for you.",
    405: "This address does not take that kind of request.",
    409: "Somebody changed this first. Go back and look again.",
    413: "That is too much at once.",
    429: "Too many tries. Please wait a little and try again.",
    503: "The system is busy for a moment. Please try again.",
}


@lru_cache(maxsize=512)
def _mark(file: Path, _changed: float) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]


def asset(path: str) -> str:
    """Return a static file's address with a mark of its content, so that it may be kept for a year."""
    file = Path(current_app.static_folder or "") / path
    mark = _mark(file, file.stat().st_mtime) if file.is_file() else ""
    return url_for("static", filename=path, v=mark) if mark else url_for("static", filename=path)


def show_salon(salon: SalonFacts) -> None:
    """Say whose page this is: its accent, and how its country writes dates and money."""
    g.page_salon = salon


def current_locale() -> Any:
    """Return the Babel locale of the page: its language as the salon's country writes it."""
    salon: SalonFacts | None = g.get("page_salon")
    return formats.locale_for(language(), (salon.country or "") if salon else "")


def _shell() -> dict[str, Any]:
    salon: SalonFacts | None = g.get("page_salon")
    lang = language()
    fonts = [url_for("static", filename=_LATIN)]
    if lang == "vi":
        fonts.append(url_for("static", filename=_VIETNAMESE))
    codes = tuple(g.get("locales") or ())
    kept = {name: value for name, value in request.args.items() if name != CHOSEN}
    here = request.path if request.method == "GET" else ""
    return {
        "lang": lang,
        "languages": [
            {"code": code, "name": NAMES[code], "url": _with_language(here, kept, code), "is_current": code == lang}
            for code in codes
        ]
        if len(codes) > 1 and here
        else [],
        "fonts": fonts,
        "accent_url": url_for("public.accent", salon=salon.slug) if salon and salon.accent else "",
        "flashes": get_flashed_messages(with_categories=True),
    }


def _with_language(path: str, kept: dict[str, str], code: str) -> str:
    return f"{path}?{urlencode({**kept, CHOSEN: code})}"


def error_page(status: int, title: str) -> Response:
    """Return the page of an error; it stands on its own when everything else is down."""
    text = _TEXTS.get(status, "Something went wrong on our side. Nothing you did was lost on purpose.")
    error = {
        "status": status,
        "title": title or _("That did not work."),
        "text": text,
        "reference": g.get("request_id", "") if status >= 500 else "",
    }
    page = render_template("errors/error.html", error=error, way_on={"label": _("To the start"), "url": "/"})
    return make_response(page, status)


def register(app: Flask) -> None:
    """Give every template the shell, the asset addresses and the filters."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.filters.update(formats.filters(current_locale))
    app.context_processor(lambda: {"shell": _shell(), "asset": asset})
