"""The browser of the tests works under our strict content policy, and axe in it finds faults."""

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import make_server

pytestmark = pytest.mark.browser
POLICY = {"Content-Security-Policy": "default-src 'none'; style-src 'self'"}
PAGE = '<!doctype html><html lang="en"><head><title>A page</title></head><body><main><h1>A page</h1>{}</main></body>'


@pytest.fixture
def pages_url() -> Iterator[str]:
    """Serve one good and one bad page under a policy that allows no script at all."""
    app = Flask("pages")
    app.add_url_rule("/good", "good", lambda: (PAGE.format("<p>Fine</p>"), POLICY))
    app.add_url_rule("/bad", "bad", lambda: (PAGE.format('<p>Bad</p><img src="/x.png">'), POLICY))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_axe_finds_nothing_on_a_good_page(page: Page, pages_url: str, axe: Callable[[Page], list[str]]) -> None:
    page.goto(f"{pages_url}/good")
    assert axe(page) == []


def test_axe_finds_a_picture_without_words(page: Page, pages_url: str, axe: Callable[[Page], list[str]]) -> None:
    page.goto(f"{pages_url}/bad")
    assert [one for one in axe(page) if one.startswith("image-alt")]
