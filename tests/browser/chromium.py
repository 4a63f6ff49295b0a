"""Where Chromium is: the machine's own, or the one that came with the front-end packages, unpacked once."""

import fcntl
import io
import shutil
import tarfile
from pathlib import Path

import brotli

PACKAGE = Path(__file__).parents[2] / "node_modules" / "@sparticuz" / "chromium"
UNPACKED = PACKAGE.parents[1] / ".chromium"
SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--font-render-hinting=none",
    "--no-first-run",
    "--no-sandbox",  # root may not have one, and only our own pages are opened
)


class BrowserMissing(Exception):
    """There is no Chromium to test with; a run without a browser is not a pass."""


def executable() -> Path:
    """Return the browser to drive. Raises BrowserMissing when there is none."""
    for name in SYSTEM_NAMES:
        if found := shutil.which(name):
            return Path(found)
    if not (PACKAGE / "bin" / "chromium.br").exists():
        raise BrowserMissing("no Chromium: run `make test`, which brings one with the front-end packages")
    return _unpacked()


def environment() -> dict[str, str]:
    """Return what the browser needs in its environment: on a machine without any font, the package's own."""
    own = UNPACKED / "fonts.conf"
    return {"FONTCONFIG_FILE": str(own)} if own.exists() and not Path("/etc/fonts/fonts.conf").exists() else {}


def _unpacked() -> Path:
    """Return the package's browser, unpacked by the first worker to ask."""
    UNPACKED.mkdir(exist_ok=True)
    browser = UNPACKED / "chromium"
    with (UNPACKED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not browser.exists():
            _unpack_tar("swiftshader.tar.br")
            _unpack_tar("fonts.tar.br")
            folders = f"<dir>{UNPACKED / 'fonts'}</dir><cachedir>{UNPACKED / 'cache'}</cachedir>"
            (UNPACKED / "fonts.conf").write_text(f"<fontconfig>{folders}</fontconfig>", encoding="utf-8")
            draft = UNPACKED / "draft"
            draft.write_bytes(brotli.decompress((PACKAGE / "bin" / "chromium.br").read_bytes()))
            draft.chmod(0o755)
            draft.rename(browser)
    return browser


def _unpack_tar(name: str) -> None:
    """Unpack one packed folder beside the browser."""
    packed = brotli.decompress((PACKAGE / "bin" / name).read_bytes())
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        if hasattr(tarfile, "data_filter"):  # Debian's 3.11.2 has none
            archive.extractall(UNPACKED, filter="data")
        else:
            archive.extractall(UNPACKED)
