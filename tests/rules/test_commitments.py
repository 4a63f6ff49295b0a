"""What the files promise: settings documented, signposts true, locks without addresses, nothing of one machine."""

import json
import re
import tomllib

import config
from tests.rules.source import ROOT, files, short

LOCKS = sorted(ROOT.glob("requirements*.lock"))


def test_the_readme_lists_exactly_the_settings_that_are_read() -> None:
    listed = re.findall(r"^\| `([A-Z_]+)` \|", _text("README.md"), re.MULTILINE)
    assert sorted(listed) == sorted(config.NAMES)


def test_every_signpost_of_the_readme_leads_somewhere() -> None:
    section = _text("README.md").partition("## To change")[2].partition("\n## ")[0]
    places = [
        place
        for row in re.findall(r"^\|[^|]+\|([^|]+)\|$", section, re.MULTILINE)
        for place in re.findall(r"`([^`]+)`", row)
    ]
    assert len(places) > 10
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_every_decision_is_listed_and_every_listed_one_exists() -> None:
    written = {path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md")}
    listed = set(re.findall(r"decisions/([0-9a-z-]+\.md)", _text("docs/architecture.md")))
    assert written == listed


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", _text("Makefile"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", _text("README.md"))) <= targets


def test_locks_hold_hashes_and_no_address() -> None:
    assert len(LOCKS) == 4
    for lock in LOCKS:
        text = lock.read_text(encoding="utf-8")
        assert not re.search(r"://|--index|--find-links|--extra|^-", text, re.MULTILINE), lock.name
        for pinned in re.split(r"\n(?=\S)", text.strip()):
            assert "==" in pinned, f"{lock.name}: {pinned}"
            assert "--hash=sha256:" in pinned, f"{lock.name}: {pinned}"


def test_the_front_end_lock_holds_hashes_and_no_address() -> None:
    packages = json.loads(_text("package-lock.json"))["packages"]
    brought = {name: said for name, said in packages.items() if name}
    assert [name for name, said in brought.items() if "resolved" in said or "integrity" not in said] == []


def test_both_python_locks_pin_the_same_versions() -> None:
    runs, checks = (_pins(name) for name in ("requirements.lock", "requirements-dev.lock"))
    assert {name: version for name, version in runs.items() if checks.get(name) != version} == {}


def test_everything_asked_for_is_locked() -> None:
    for lock in LOCKS:
        asked = lock.with_suffix(".in").read_text(encoding="utf-8").splitlines()
        names = {re.split(r"[^A-Za-z0-9.-]", line)[0].replace(".", "-").lower() for line in asked if line[:1].isalpha()}
        assert names <= {name.replace(".", "-") for name in _pins(lock.name)}, lock.name


def test_nothing_of_one_machine_is_written_down() -> None:
    registries = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com")
    folders = (r"(?<![\w.])/wor" + "k/", r"(?<![\w.])/roo" + "t/", r"(?<![\w.])/hom" + "e/[a-z]")
    told = re.compile("|".join([*map(re.escape, registries), *folders]))
    found = [
        f"{short(path)}: {hit.group()}"
        for path in files(
            ".py", ".md", ".in", ".lock", ".toml", ".json", ".html", ".js", ".css", ".sh", ".po", ".yml", ""
        )
        for hit in told.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def test_the_project_file_names_the_command() -> None:
    project = tomllib.loads(_text("pyproject.toml"))["project"]
    assert project["scripts"] == {"salon": "salon.cli:main"}
    assert project["requires-python"] == ">=3.11"


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _pins(name: str) -> dict[str, str]:
    """Return the pinned version of each package of a lock."""
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", _text(name), re.MULTILINE))
