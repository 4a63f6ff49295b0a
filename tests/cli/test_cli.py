"""The command line as a person uses it: each command when it works and when it refuses, in one sentence."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from config import Settings
from tests.mail import Postbox, free_port
from tests.salon_files import raw, small
from tests.servers import ROOT, environment, production_server, salon_command

SALON = Path(sys.executable).with_name("salon")
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def ok(settings: Settings, *arguments: str) -> str:
    done = salon_command(settings, *arguments)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def refused(settings: Settings, *arguments: str, code: int = 1) -> str:
    """Return the one sentence on stderr."""
    done = salon_command(settings, *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr.strip()


def with_stdin(settings: Settings, typed: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SALON, *arguments],
        input=typed,
        env=environment(settings),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a small salon file."""
    path = tmp_path / "amber.json"
    path.write_bytes(raw(small()))
    return path


# ---- usage ----


@on_sqlite
@pytest.mark.parametrize(
    "arguments",
    [
        ("paint",),
        ("import",),
        ("export",),
        ("serve", "--port", "0"),
        ("user", "add", "a@example.org", "--salon", "amber"),
        ("user", "add", "a@example.org", "--salon", "amber", "--role", "boss"),
        ("token", "create", "a@example.org"),
    ],
)
def test_wrong_usage_is_one_sentence_and_code_2(settings: Settings, arguments: tuple[str, ...]) -> None:
    assert "--help" in refused(settings, *arguments, code=2)


@on_sqlite
def test_a_wrong_setting_is_one_sentence(settings: Settings) -> None:
    assert "PUBLIC_URL" in refused(replace(settings, public_url="salon"), "export", "amber")


# ---- the database ----


def test_upgrade_then_everything_is_right(empty_database_url: str, tmp_path: Path) -> None:
    empty = Settings(
        environment="development",
        database_url=empty_database_url,
        secret_key="only for tests",
        health_keys=(bytes(32),),
        throttle=False,
        instance=tmp_path / "instance",
    )
    before = salon_command(empty, "check")
    assert before.returncode == 1
    assert "wrong  migrations: the database is at nothing" in before.stdout
    assert "salon db upgrade" in refused(empty, "serve", "--port", str(free_port()))
    assert "salon db upgrade" in refused(empty, "export", "amber")
    ok(empty, "db", "upgrade")
    ok(empty, "db", "upgrade")
    lines = ok(empty, "check").splitlines()
    assert [line.split(":")[0] for line in lines] == [
        f"ok     {name}" for name in ("configuration", "database", "migrations", "durability", "keys", "mail")
    ]
    assert "messages wait" in lines[-1]


@on_sqlite
def test_check_says_what_is_wrong(settings: Settings, postbox: Postbox, tmp_path: Path) -> None:
    assert "ok     mail" in ok(replace(settings, smtp_url=postbox.url), "check")
    silent = replace(settings, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    done = salon_command(silent, "check")
    assert (done.returncode, "wrong  mail" in done.stdout) == (1, True)
    done = salon_command(
        replace(settings, environment="production", throttle=True, public_url="http://salon.example"), "check"
    )
    assert (done.returncode, done.stdout.startswith("wrong  configuration: PUBLIC_URL")) == (1, True)
    nowhere = replace(settings, database_url=f"sqlite:///{tmp_path}/no/folder/salon.sqlite3")
    done = salon_command(nowhere, "check")
    assert (done.returncode, "wrong  database" in done.stdout, "Traceback" in done.stderr) == (1, True, False)


# ---- salon files ----


def test_import_and_export_give_the_same_bytes(settings: Settings, file: Path, tmp_path: Path) -> None:
    assert ok(settings, "import", str(file)) == "amber: 2 clients and 3 appointments imported.\n"
    written = ok(settings, "export", "amber")
    out = tmp_path / "out.json"
    ok(settings, "export", "amber", "-o", str(out))
    assert out.read_text() == written
    assert out.stat().st_mode & 0o077 == 0
    assert json.loads(written)["salon"]["slug"] == "amber"
    assert f"{file}: $.salon.slug: " in refused(settings, "import", str(file))


@on_sqlite
def test_each_fault_of_a_file_is_a_line_with_file_path_and_reason(settings: Settings, file: Path) -> None:
    document = small()
    document["salon"]["currency"] = "XQQ"
    document["appointments"][1]["technician"] = "mai"
    document["services"][0]["addons"] = ["sauna"]
    file.write_bytes(raw(document))
    done = salon_command(settings, "import", str(file))
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f'{file}: $.salon.currency: "XQQ" is not a currency',
        f'{file}: $.services[0].addons[0]: "sauna" is not the key of an add-on',
    ]
    assert "There is no salon" in refused(settings, "export", "amber")
    assert "cannot be read" in refused(settings, "import", str(file.with_name("none.json")))


@on_sqlite
def test_an_export_that_cannot_be_written_leaves_nothing(settings: Settings, file: Path, tmp_path: Path) -> None:
    ok(settings, "import", str(file))
    assert "cannot be written" in refused(settings, "export", "amber", "-o", str(tmp_path / "no" / "out.json"))


# ---- people ----


@on_sqlite
def test_a_member_and_her_token(settings: Settings, file: Path) -> None:
    ok(settings, "import", str(file))
    add = ("user", "add", "Mai@Example.org", "--salon", "amber")
    done = with_stdin(
        settings, "correct horse\n", *add, "--role", "technician", "--technician", "mai", "--password-stdin"
    )
    assert (done.returncode, done.stdout) == (0, "mai@example.org is now technician of amber.\n")
    token = ok(settings, "token", "create", "mai@example.org", "--salon", "amber", "--name", "tablet")
    assert re.fullmatch(r"[\w-]{32,}\n", token)
    engine = create_engine(settings.database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT password FROM user")).scalar_one().startswith("$argon2id$")
        assert token.strip() not in connection.execute(text("SELECT token_hash FROM api_token")).scalar_one()
    engine.dispose()
    assert "already a member" in refused(settings, *add, "--role", "owner")
    assert "Nobody with this e-mail" in refused(
        settings, "token", "create", "zoe@example.org", "--salon", "amber", "--name", "x"
    )


@on_sqlite
def test_a_known_e_mail_gets_a_second_membership_without_a_password(settings: Settings, file: Path) -> None:
    ok(settings, "import", str(file))
    other = small(appointments=[])
    other["salon"]["slug"] = "birch"
    file.write_bytes(raw(other))
    ok(settings, "import", str(file))
    add = ("user", "add", "o@example.org", "--role", "owner", "--salon")
    with_stdin(settings, "correct horse", *add, "amber", "--password-stdin")
    ok(settings, *add, "birch")


@on_sqlite
@pytest.mark.parametrize(
    ("typed", "arguments", "sentence"),
    [
        ("short\n", "--role owner --password-stdin", "8 characters or more"),
        ("password1\n", "--role owner --password-stdin", "everybody tries first"),
        ("x" * 129, "--role owner --password-stdin", "128 characters or fewer"),
        ("", "--role owner", "--password-stdin"),
        ("correct horse", "--role technician --password-stdin", "--technician KEY"),
        ("correct horse", "--role technician --technician zoe --password-stdin", "no technician with this key"),
    ],
)
def test_a_member_who_cannot_be_added_is_one_sentence(
    settings: Settings, file: Path, typed: str, arguments: str, sentence: str
) -> None:
    ok(settings, "import", str(file))
    done = with_stdin(settings, typed, "user", "add", "a@example.org", "--salon", "amber", *arguments.split())
    assert done.returncode == 1
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


# ---- demo ----


def test_the_demo_a_second_time_changes_nothing(settings: Settings) -> None:
    said = ok(settings, "demo")
    for email in ("owner@example.org", "desk@amber.example.org", "mai@amber.example.org", "linh@lotus.example.org"):
        assert email in said
    first = [ok(settings, "export", slug) for slug in ("amber", "lotus")]
    assert ok(settings, "demo") == said
    assert [ok(settings, "export", slug) for slug in ("amber", "lotus")] == first
    statuses = {visit["status"] for file in first for visit in json.loads(file)["appointments"]}
    assert statuses >= {
        "requested",
        "booked",
        "checked_in",
        "in_service",
        "completed",
        "declined",
        "cancelled",
        "no_show",
    }


@on_sqlite
def test_the_demo_is_refused_in_production(settings: Settings) -> None:
    production = replace(settings, environment="production", throttle=True, public_url="https://salon.example")
    assert "refused in production" in refused(production, "demo")


# ---- worker and server ----


@on_sqlite
def test_the_worker_sends_once_or_says_what_waits(settings: Settings, postbox: Postbox) -> None:
    assert ok(settings, "worker", "--once") == "0 sent, 0 put off, 0 given up.\n"
    ok(settings, "demo")
    assert re.fullmatch(r"\d+ messages wait: SMTP_URL is not set\.\n", ok(settings, "worker", "--once"))
    mailing = replace(settings, smtp_url=postbox.url)
    said = re.fullmatch(r"(\d+) sent, 0 put off, (\d+) given up\.\n", ok(mailing, "worker", "--once"))
    assert said is not None
    assert len(postbox.messages) == int(said[1]) > 0
    assert ok(mailing, "worker", "--once") == "0 sent, 0 put off, 0 given up.\n"


@on_sqlite
def test_a_worker_ends_at_once_when_it_is_told_to(settings: Settings, postbox: Postbox) -> None:
    worker = subprocess.Popen(
        [SALON, "worker"], env=environment(replace(settings, smtp_url=postbox.url)), cwd=ROOT, stderr=subprocess.PIPE
    )
    _until_it_sends_nothing(worker)
    worker.send_signal(signal.SIGTERM)
    _, said = worker.communicate(timeout=20)
    assert (worker.returncode, said) == (0, b"")


def _until_it_sends_nothing(worker: subprocess.Popen[bytes]) -> None:
    """Wait until the process has taken over the signal: its own handler is set."""
    status = Path(f"/proc/{worker.pid}/status")
    deadline = time.monotonic() + 60
    bit = 1 << (signal.SIGTERM - 1)
    while time.monotonic() < deadline:
        caught = int(re.search(r"SigCgt:\s*(\w+)", status.read_text())[1], 16)  # type: ignore[index]
        if caught & bit:
            return
        os.sched_yield()
    raise AssertionError("the worker never began")


def test_serve_answers_from_its_workers(settings: Settings) -> None:
    with production_server(settings) as url, urllib.request.urlopen(f"{url}/healthz") as answer:
        assert json.load(answer) == {"status": "ok"}


@on_sqlite
def test_a_port_that_is_taken_is_one_sentence(settings: Settings, postbox: Postbox) -> None:
    port = postbox.url.rsplit(":", 1)[1]
    assert "Cannot listen" in refused(settings, "serve", "--port", port)
