"""The browser: pytest-playwright's fixtures on our Chromium, and axe for what a page must not have."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import chromium

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Say which browser to start and how."""
    return {
        "executable_path": chromium.executable(),
        "args": list(chromium.FLAGS),
        "env": {**os.environ, **chromium.environment()},
        "headless": True,
    }


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Give a function that says what axe finds wrong with a page, one sentence each."""
    source = AXE.read_text(encoding="utf-8")

    def violations(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", AXE_TAGS)
        return [
            f"{one['id']} ({one['impact']}): {one['help']} at {', '.join(str(node['target']) for node in one['nodes'])}"
            for one in found["violations"]
        ]

    return violations
