"""Settings: what is taken, what is refused, and in which words."""

import base64
import stat
import threading
from pathlib import Path

import pytest

import config
from config import ConfigurationError, load

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
OTHER_KEY = base64.urlsafe_b64encode(bytes(range(32, 64))).decode()
PRODUCTION = {"SECRET_KEY": "a secret", "HEALTH_KEYS": KEY, "PUBLIC_URL": "https://salon.example"}


def test_production_is_the_default(tmp_path: Path) -> None:
    settings = load(PRODUCTION, instance=tmp_path)
    assert settings.is_production
    assert settings.is_https
    assert settings.throttle
    assert settings.trusted_proxies == 0
    assert settings.smtp_url is None
    assert settings.database_url == f"sqlite:///{tmp_path}/salon.sqlite3"


@pytest.mark.parametrize("missing", sorted(PRODUCTION))
@pytest.mark.parametrize("empty", [False, True])
def test_production_refuses_to_start_without(missing: str, empty: bool, tmp_path: Path) -> None:
    given = {**PRODUCTION, missing: " "} if empty else {k: v for k, v in PRODUCTION.items() if k != missing}
    with pytest.raises(ConfigurationError, match=f"^In production {missing} must be set[^.]*README.md.$"):
        load(given, instance=tmp_path)


def test_all_that_is_missing_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="SECRET_KEY and HEALTH_KEYS and PUBLIC_URL must be set"):
        load({}, instance=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SALON_ENV", "prod"),
        ("THROTTLE", "no"),
        ("THROTTLE", "off"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "many"),
        ("TRUSTED_PROXIES", "11"),
        ("TRUSTED_PROXIES", "²"),
        ("DATABASE_URL", "mysql://a/b"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "postgresql://"),
        ("DATABASE_URL", "nonsense"),
        ("SMTP_URL", "http://mail.example"),
        ("SMTP_URL", "smtp://"),
        ("SMTP_URL", "smtp://mail.example:99999"),
        ("PUBLIC_URL", "http://salon.example"),
        ("PUBLIC_URL", "salon.example"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://salon.example/under"),
        ("PUBLIC_URL", "https://salon.example?x=1"),
        ("PUBLIC_URL", "https://me@salon.example"),
        ("PUBLIC_URL", "https://salon.example:port"),
        ("PUBLIC_URL", "ftp://salon.example"),
        ("PUBLIC_URL", "http://localhost.example"),
        ("HEALTH_KEYS", "short"),
        ("HEALTH_KEYS", KEY[:20]),
        ("HEALTH_KEYS", f"{KEY},"),
        ("HEALTH_KEYS", f"{KEY},{KEY}"),
        ("HEALTH_KEYS", "clé" + KEY),
    ],
)
def test_a_wrong_value_is_refused_in_one_sentence_that_names_it(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=f"^{name}") as refused:
        load({**PRODUCTION, name: value}, instance=tmp_path)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert KEY[:8] not in sentence


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000", "http://amber.localhost"]
)
def test_production_may_serve_this_machine_without_https(url: str, tmp_path: Path) -> None:
    settings = load({**PRODUCTION, "PUBLIC_URL": f"{url}/"}, instance=tmp_path)
    assert settings.public_url == url
    assert not settings.is_https


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_always_comes_with_its_driver(scheme: str, tmp_path: Path) -> None:
    settings = load({**PRODUCTION, "DATABASE_URL": f"{scheme}://me:pw@there/salon"}, instance=tmp_path)
    assert settings.database_url == "postgresql+psycopg://me:pw@there/salon"


def test_a_sqlite_path_becomes_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for given in ("sqlite:///here.sqlite3", f"sqlite:///{tmp_path}/here.sqlite3"):
        settings = load({**PRODUCTION, "DATABASE_URL": given}, instance=tmp_path)
        assert settings.database_url == f"sqlite:///{tmp_path}/here.sqlite3"


def test_health_keys_keep_their_order_padded_or_not(tmp_path: Path) -> None:
    settings = load({**PRODUCTION, "HEALTH_KEYS": f"{OTHER_KEY.rstrip('=')}, {KEY}"}, instance=tmp_path)
    assert settings.health_keys == (bytes(range(32, 64)), bytes(range(32)))


def test_no_secret_shows_when_settings_are_printed(tmp_path: Path) -> None:
    given = {**PRODUCTION, "DATABASE_URL": "postgresql://me:pw@there/salon", "SMTP_URL": "smtp://me:pw@mail.example"}
    shown = repr(load(given, instance=tmp_path))
    assert "pw@" not in shown
    assert "a secret" not in shown
    assert "\\x01" not in shown


def test_development_makes_its_keys_once_and_for_its_owner_only(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    first = load({"SALON_ENV": "development"}, instance=instance)
    again = load({"SALON_ENV": "development"}, instance=instance)
    assert first == again
    assert len(first.health_keys[0]) == 32
    assert stat.S_IMODE(instance.stat().st_mode) == 0o700
    for name in ("secret_key", "health_keys"):
        assert stat.S_IMODE((instance / name).stat().st_mode) == 0o600
    assert sorted(path.name for path in instance.iterdir()) == ["health_keys", "secret_key"]


def test_two_processes_that_start_together_agree_on_the_keys(tmp_path: Path) -> None:
    found: list[config.Settings] = []
    starters = [
        threading.Thread(
            target=lambda: found.append(load({"SALON_ENV": "development"}, instance=tmp_path / "instance"))
        )
        for _ in range(8)
    ]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    assert len(found) == 8
    assert len({settings.secret_key for settings in found}) == 1


def test_development_takes_the_keys_it_is_given(tmp_path: Path) -> None:
    settings = load({**PRODUCTION, "SALON_ENV": "development", "THROTTLE": "off"}, instance=tmp_path)
    assert settings.secret_key == "a secret"
    assert not settings.throttle
    assert not (tmp_path / "secret_key").exists()


def test_a_fresh_health_key_is_taken(tmp_path: Path) -> None:
    assert len(load({**PRODUCTION, "HEALTH_KEYS": config.new_health_key()}, instance=tmp_path).health_keys[0]) == 32
