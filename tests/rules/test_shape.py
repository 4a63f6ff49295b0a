"""The shape of the code: small files, small functions, names that say something, one clock, nothing skipped."""

import ast
import re
from pathlib import Path

from tests.rules.source import ROOT, files, functions, python_files, short, tree

LONGEST_FILE = 400
LONGEST_TABLE_OF_EXAMPLES = 500  # a test file lists one example after the other; its job is still one
LONGEST_FUNCTION = 60
BANNED = {"utils", "util", "helpers", "helper", "manager", "handler", "common"}
BANNED |= {"base", "data", "info", "process", "temp"}
ALLOWED = {
    "Base",  # SQLAlchemy's word for the class that tables inherit from
    "handle_DATA",  # aiosmtpd calls it so
    "process_bind_param",  # SQLAlchemy calls them so
    "process_result_value",
}
ALL_CODE = ("salon/", "tests/", "tools/", "migrations/", "config.py")


def test_every_module_says_what_it_is_for() -> None:
    silent = [short(path) for path in python_files(*ALL_CODE) if not ast.get_docstring(tree(path))]
    assert silent == []


def test_no_file_has_grown_past_its_one_job() -> None:
    grown = {
        short(path): lines
        for path in files(".py", ".html", ".css", ".js")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > _longest(path)
    }
    assert grown == {}


def _longest(path: Path) -> int:
    return LONGEST_TABLE_OF_EXAMPLES if short(path).startswith("tests/") else LONGEST_FILE


def test_no_function_has_grown_past_its_one_job() -> None:
    grown = {
        f"{short(path)}:{function.lineno} {function.name}": lines
        for path in python_files("salon/", "tests/", "tools/", "config.py")
        for function in functions(path)
        if (lines := (function.end_lineno or function.lineno) - function.lineno + 1) > LONGEST_FUNCTION
    }
    assert grown == {}


def test_names_say_something() -> None:
    empty = [
        f"{short(path)}: {name}"
        for path in python_files(*ALL_CODE)
        for name in [path.stem, *_defined(path)]
        if name not in ALLOWED and BANNED & _words(name)
    ]
    assert empty == []


def test_only_one_module_reads_the_time() -> None:
    reads_time = re.compile(
        r"datetime\.now\(|\.utcnow\(|date\.today\(|time\.time\(|from salon\.clock import|\bsleep[(]"
    )
    late = [
        f"{short(path)}: {found.group()}"
        for path in python_files("salon/", "config.py")
        if path.name != "clock.py"
        for found in reads_time.finditer(path.read_text(encoding="utf-8"))
    ]
    assert late == []


def test_no_test_is_skipped_mocked_or_asleep() -> None:
    words = [start + end for start, end in (("ski", "p("), ("mark.ski", "p"), ("xfai", "l"), ("unittest.moc", "k"))]
    words += ["importorski" + "p", ".slee" + "p("]
    found = [
        f"{short(path)}: {word}"
        for path in python_files("tests/")
        for word in words
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_templates_hold_no_inline_script_or_style() -> None:
    inline = re.compile(
        r"""<style|\sstyle=|\son[a-z]+=["']|<script(?![^>]*\b(src|application/ld\+json))|javascript:""", re.IGNORECASE
    )
    mails = ROOT / "salon" / "templates" / "mail"
    found = [
        f"{short(path)}: {hit.group()}"
        for path in files(".html")
        if mails not in path.parents
        for hit in inline.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def _defined(path: Path) -> list[str]:
    """Return the names of classes and functions that a file defines."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return [node.name for node in ast.walk(tree(path)) if isinstance(node, kinds)]


def _words(name: str) -> set[str]:
    """Return the words of a name, whichever way they are joined."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}
