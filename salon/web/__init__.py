"""Everything that speaks HTTP: pages, JSON, errors, headers."""

from apiflask import APIFlask
from flask_wtf import CSRFProtect

from salon import i18n
from salon.web import access, bodies, headers, problems, request_log, shell, status
from salon.web.account import security
from salon.web.account.views import account
from salon.web.api import api
from salon.web.desk.pages import desk
from salon.web.intake.pages import intake
from salon.web.manage.views import manage
from salon.web.public.pages import public
from salon.web.technician.pages import technician
from salon.web.visit.views import visit


def register(app: APIFlask) -> None:
    """Add every page, call, error page and header to the app."""
    settings = app.extensions["settings"]
    headers.register(app)
    request_log.register(app, as_json=settings.is_production)
    bodies.register(app)
    security.register(app, is_https=settings.is_https)
    csrf = CSRFProtect(app)
    i18n.register(app)
    shell.register(app)
    problems.register(app)
    app.before_request(access.find_actor)
    app.register_blueprint(status.pages)
    _register_audiences(app, csrf)


def _register_audiences(app: APIFlask, csrf: CSRFProtect) -> None:
    """Add one blueprint per audience. The API takes no cookie, so a forged cross-site form has nothing to ride on."""
    csrf.exempt(api)
    for pages in (api, account, visit, intake, desk, technician, manage, public):
        app.register_blueprint(pages)
