"""The catalogues hold every word of code and templates, in each language that pages are promised in."""

import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
LOCALES = ("es", "vi")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    file = tmp_path_factory.mktemp("words") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "extract", "-F", "pyproject.toml", "-k", "_l"]
    subprocess.run([*command, "-o", str(file), "."], cwd=ROOT, check=True, capture_output=True)
    with file.open("rb") as opened:
        return read_po(opened)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_word_is_translated_and_no_other_is_kept(template: Catalog, locale: str) -> None:
    with (ROOT / "salon" / "translations" / locale / "LC_MESSAGES" / "messages.po").open("rb") as opened:
        catalog = read_po(opened, locale=locale)
    wanted = {message.id for message in template if message.id}
    said = {m.id for m in catalog if m.id and (all(m.string) if isinstance(m.string, tuple) else m.string)}
    assert wanted - said == set(), "run: make messages, then translate"
    faults = [(message.id, str(fault)) for message in catalog for fault in message.check()]
    assert faults == []
