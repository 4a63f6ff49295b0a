"""Which language this request speaks: chosen by the reader, else the visit's, else what the browser asks for."""

from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel

SHIPPED = ("en", "es", "vi", "ru", "uk", "pl", "ko")
NAMES = {
    "en": "English",
    "es": "Español",
    "vi": "Tiếng Việt",
    "ru": "Русский",
    "uk": "Українська",
    "pl": "Polski",
    "ko": "한국어",
}
CHOSEN = "lang"


def language() -> str:
    """Return the page's language: `?lang=`, the one chosen before, the view's own default, the browser's."""
    if not has_request_context():
        return "en"
    offered = tuple(g.get("locales") or SHIPPED)
    asked = request.args.get(CHOSEN)
    if asked in offered:
        if session.get(CHOSEN) != asked:
            session[CHOSEN] = asked
        return str(asked)
    for candidate in (session.get(CHOSEN), g.get("own_locale")):
        if candidate in offered:
            return str(candidate)
    return request.accept_languages.best_match(offered) or offered[0]


def offer(locales: tuple[str, ...] | list[str], *, own: str | None = None) -> None:
    """Say in which languages this page exists, and which is the reader's own (the visit's, the technician's)."""
    g.locales = tuple(code for code in locales if code in SHIPPED)
    g.own_locale = own


def register(app: Flask) -> None:
    """Start translations for the app."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    Babel(app, locale_selector=language)
