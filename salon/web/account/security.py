"""Flask-Security says who somebody is; a row on the server says whether this browser is still signed in."""

from typing import Any

from flask import Flask, request, session
from flask_login import user_logged_out  # type: ignore[import-untyped]
from flask_security import RoleMixin, Security, SQLAlchemySessionUserDatastore, user_authenticated
from flask_security.forms import LoginForm

from salon import clock
from salon.db import db
from salon.models import User
from salon.usecases import accounts
from salon.usecases.throttle import check_tries, forget_tries
from salon.web.access import SESSION_TOKEN, client_address
from salon.web.account.views import sign_in_page


class NoRole(RoleMixin):
    """Flask-Security asks for a role table; roles here are memberships, so there is none."""

    name = ""


class SignInForm(LoginForm):
    """The library's form behind a throttle: 10 tries for an account from one address, then 15 minutes."""

    def validate(self, **kwargs: Any) -> bool:
        """Count the try before anything is compared, known account or not; the right password forgets the count."""
        subject = f"sign-in {str(self.email.data).lower()} {client_address()}"
        check_tries(subject, most=10, minutes=15, now=clock.now())
        is_right = bool(super().validate(**kwargs))
        if is_right:
            forget_tries(subject)
        return is_right


def _write_when_posting() -> None:
    """Let the library's own pages write: they commit on their own session, outside any use case."""
    if request.blueprint == "security" and request.method == "POST":
        db.session().info["writes"] = True


def _begin(_app: Flask, user: User, **_facts: Any) -> None:
    session[SESSION_TOKEN] = accounts.begin_session(user.id, now=clock.now())
    session.permanent = True


def _end(_app: Flask, **_facts: Any) -> None:
    token = session.pop(SESSION_TOKEN, None)
    if token:
        accounts.end_session(token, now=clock.now())


def register(app: Flask, *, is_https: bool) -> None:
    """Start sign-in: /sign-in and /sign-out, argon2id, cookies for this host only."""
    app.config.update(
        SECURITY_PASSWORD_SALT=app.config["SECRET_KEY"],
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 - the algorithm's name
        SECURITY_PASSWORD_SINGLE_HASH=["argon2"],
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_POST_LOGIN_VIEW="/after-sign-in",
        SECURITY_POST_LOGOUT_VIEW="/sign-in",
        SECURITY_LOGIN_USER_TEMPLATE="account/sign_in.html",
        SECURITY_REGISTERABLE=False,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_SEND_REGISTER_EMAIL=False,
        SECURITY_JOIN_USER_ROLES=False,
        SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS=False,
        SECURITY_REDIRECT_BEHAVIOR=None,
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        SESSION_COOKIE_NAME="__Host-session" if is_https else "session",
        SESSION_COOKIE_SECURE=is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        REMEMBER_COOKIE_NAME="__Host-remember" if is_https else "remember",
        REMEMBER_COOKIE_SECURE=is_https,
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
    )
    datastore = SQLAlchemySessionUserDatastore(db.session, User, NoRole)
    security = Security(app, datastore, login_form=SignInForm)
    security.login_context_processor(sign_in_page)
    app.before_request(_write_when_posting)
    user_authenticated.connect(_begin, app)
    user_logged_out.connect(_end, app)
