"""The source files as the rules see them: what is committed or could be, without what `make` brings."""

import ast
import functools
import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_OURS = {
    ".git", ".hypothesis", ".import_linter_cache", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".schemathesis",
    ".venv", "__pycache__", "instance", "mutants", "node_modules", "pictures", "test-results", "vendor",
}  # fmt: skip


@functools.cache
def files(*endings: str) -> tuple[Path, ...]:
    """Return our files whose names end so, in order; all of them without an ending."""
    return tuple(sorted(path for path in _walk() if not endings or path.suffix in endings))


def python_files(*folders: str) -> list[Path]:
    """Return the Python files in these folders of the checkout; a file's name is taken as it is."""
    return [path for path in files(".py") if str(path.relative_to(ROOT)).startswith(folders)]


@functools.cache
def tree(path: Path) -> ast.Module:
    """Return the syntax of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function and method of a Python file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def short(path: Path) -> str:
    """Return the path as a person would say it."""
    return path.relative_to(ROOT).as_posix()


def _walk() -> Iterator[Path]:
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if name not in NOT_OURS]
        yield from (Path(folder) / name for name in names)
