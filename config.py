"""The settings: read once from the environment, checked, and never changed afterwards."""

import base64
import binascii
import contextlib
import ipaddress
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
NAMES = (
    "DATABASE_URL",
    "SECRET_KEY",
    "HEALTH_KEYS",
    "PUBLIC_URL",
    "SMTP_URL",
    "TRUSTED_PROXIES",
    "THROTTLE",
    "SALON_ENV",
)
DEVELOPMENT_URL = "http://127.0.0.1:8000"
KEY_BYTES = 32
MOST_PROXIES = 10
SMTP_SCHEMES = ("smtp", "smtps")


class ConfigurationError(Exception):
    """A setting is missing or wrong; the text is one sentence for the person who starts the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment says, ready for use.

    database_url     always absolute, always with its driver (`sqlite:///...` or `postgresql+psycopg://...`)
    health_keys      32 bytes each, newest first; the first seals, all of them open
    public_url       scheme, host and port, without a slash at the end
    trusted_proxies  how many proxies stand in front; 0 believes no forwarded header
    """

    environment: str = "production"
    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    health_keys: tuple[bytes, ...] = field(repr=False)
    public_url: str = DEVELOPMENT_URL
    smtp_url: str | None = field(default=None, repr=False)
    trusted_proxies: int = 0
    throttle: bool = True
    instance: Path = ROOT / "instance"

    @property
    def is_production(self) -> bool:
        """Say whether real clients are served: no demo, no default keys."""
        return self.environment == "production"

    @property
    def is_https(self) -> bool:
        """Say whether cookies are `__Host-` and Secure."""
        return self.public_url.startswith("https://")


def load(environ: Mapping[str, str] | None = None, *, instance: Path = ROOT / "instance") -> Settings:
    """Return the settings of this environment; an empty value counts as absent.

    Development makes the keys it lacks into `instance`. Raises ConfigurationError with one sentence.
    """
    source = os.environ if environ is None else environ
    given = {name: text for name in NAMES if (text := source.get(name, "").strip())}
    environment = _one_of(given, "SALON_ENV", ("production", "development"))
    if environment == "production":
        _refuse_missing(given)
    else:
        _add_development_keys(given, instance)
    throttle = _one_of(given, "THROTTLE", ("on", "off")) == "on"
    if environment == "production" and not throttle:
        raise ConfigurationError("THROTTLE=off is for load tests and is refused in production.")
    return Settings(
        environment=environment,
        database_url=_database_url(given.get("DATABASE_URL"), instance),
        secret_key=given["SECRET_KEY"],
        health_keys=_health_keys(given["HEALTH_KEYS"]),
        public_url=_public_url(given.get("PUBLIC_URL", DEVELOPMENT_URL), needs_https=environment == "production"),
        smtp_url=_smtp_url(given.get("SMTP_URL")),
        trusted_proxies=_count(given, "TRUSTED_PROXIES", MOST_PROXIES),
        throttle=throttle,
        instance=instance,
    )


def _one_of(given: Mapping[str, str], name: str, words: tuple[str, str]) -> str:
    """Return the word that was given for `name`, or the first of `words`."""
    word = given.get(name, words[0])
    if word not in words:
        raise ConfigurationError(f"{name} must be {words[0]} or {words[1]}.")
    return word


def _refuse_missing(given: Mapping[str, str]) -> None:
    """Raise when production lacks a setting that nobody can choose for it."""
    missing = [name for name in ("SECRET_KEY", "HEALTH_KEYS", "PUBLIC_URL") if name not in given]
    if missing:
        raise ConfigurationError(
            f"In production {' and '.join(missing)} must be set: see the table of settings in README.md."
        )


def _count(given: Mapping[str, str], name: str, most: int) -> int:
    """Return a small whole number, 0 when absent."""
    text = given.get(name, "0")
    if not re.fullmatch("[0-9]{1,2}", text) or int(text) > most:
        raise ConfigurationError(f"{name} must be a whole number from 0 to {most}.")
    return int(text)


# ---- addresses ----


def _database_url(text: str | None, instance: Path) -> str:
    """Return the database's address with its driver; by default a file in `instance`."""
    if text is None:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        return f"sqlite:///{instance / 'salon.sqlite3'}"
    scheme, _, rest = text.partition("://")
    if scheme in {"postgresql", "postgres", "postgresql+psycopg"} and rest:
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite" and rest.startswith("/") and rest not in {"/", "/:memory:"}:
        return f"sqlite:///{Path(rest[1:]).resolve()}"
    raise ConfigurationError(
        "DATABASE_URL must be postgresql://USER:PASSWORD@HOST/NAME or sqlite:////full/path/of/a/file."
    )


def _public_url(text: str, *, needs_https: bool) -> str:
    """Return the address that all links begin with."""
    sentence = "PUBLIC_URL must be a scheme and a host only, such as https://salon.example."
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as wrong:
        raise ConfigurationError(sentence) from wrong
    extra = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in {"http", "https"} or not host or extra or re.search(r"\s", text):
        raise ConfigurationError(sentence)
    if needs_https and parts.scheme != "https" and not _is_loopback(host):
        raise ConfigurationError("PUBLIC_URL must begin with https:// in production, unless it is this machine itself.")
    return f"{parts.scheme}://{parts.netloc}"


def _is_loopback(host: str) -> bool:
    """Say whether `host` can only be this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _smtp_url(text: str | None) -> str | None:
    """Return the mail server's address as given, when it can be one."""
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        is_good = parts.scheme in SMTP_SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good:
        raise ConfigurationError("SMTP_URL must be smtp://HOST:PORT or smtps://USER:PASSWORD@HOST:PORT.")
    return text


# ---- keys ----


def _health_keys(text: str) -> tuple[bytes, ...]:
    """Return the keys that seal health answers, newest first; the error never repeats a key."""
    keys = tuple(_health_key(part.strip()) for part in text.split(","))
    if len(set(keys)) != len(keys):
        raise ConfigurationError("HEALTH_KEYS holds the same key twice.")
    return keys


def _health_key(text: str) -> bytes:
    """Return the 32 bytes behind one url-safe base64 text, padded or not."""
    sentence = (
        f"HEALTH_KEYS must be url-safe base64 texts of {KEY_BYTES} random bytes each, parted by commas, newest first."
    )
    try:
        key = base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise ConfigurationError(sentence) from wrong
    if len(key) != KEY_BYTES:
        raise ConfigurationError(sentence)
    return key


def new_health_key() -> str:
    """Return a fresh key in the form that HEALTH_KEYS takes."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def _add_development_keys(given: dict[str, str], instance: Path) -> None:
    """Fill in the keys that development lacks, from files made on first use."""
    for name, file, fresh in (
        ("SECRET_KEY", "secret_key", secrets.token_urlsafe(KEY_BYTES)),
        ("HEALTH_KEYS", "health_keys", new_health_key()),
    ):
        if name not in given:
            given[name] = _kept(instance / file, fresh)


def _kept(path: Path, fresh: str) -> str:
    """Return what the file says, written first with `fresh` when there is none; safe between processes."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as draft:  # made with mode 0600
            draft.write(fresh + "\n")
            draft.flush()
            with contextlib.suppress(FileExistsError):  # another process was first: its key counts
                os.link(draft.name, path)
    text = path.read_text(encoding="ascii").strip()
    if not text:
        raise ConfigurationError(f"{path.name} in the instance folder is empty: delete it and start again.")
    return text
