"""The story in a real browser: client at 390 px in Spanish with and without scripts, desk and technician at 1280 px."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask_security import hash_password
from playwright.sync_api import Browser, Page
from sqlalchemy import update

from salon.db import transaction
from salon.models import User
from tests import make
from tests.conftest import Clock
from tests.servers import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ASKING = START - timedelta(hours=20)
PASSWORD = "correct horse battery staple"
Axe = Callable[[Page], list[str]]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


@pytest.fixture
def made(live_server: LiveServer, clock: Clock) -> make.Made:
    clock.set(ASKING)
    with live_server.app.app_context():
        found = make.make_salon(technicians=("mai",))
        with transaction(None, writes=True) as session:
            session.execute(update(User).values(password=hash_password(PASSWORD)))
    return found


def looked_at(page: Page, axe: Axe) -> None:
    """See that axe finds nothing and that the page does not scroll sideways, here and at 320 px."""
    assert axe(page) == [], page.url
    size = page.viewport_size
    for width in (320, size["width"] if size else 390):
        page.set_viewport_size({"width": width, "height": 800})
        if width <= 390:
            assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), (page.url, width)
    page.set_viewport_size({"width": size["width"], "height": size["height"]} if size else PHONE)


def phone(browser: Browser, *, scripts: bool = True) -> Page:
    context = browser.new_context(viewport=PHONE, java_script_enabled=scripts, locale="es-ES")  # type: ignore[arg-type]
    return context.new_page()


def choose_time(page: Page, url: str) -> None:
    page.goto(f"{url}/amber?lang=es")
    page.get_by_role("link", name=re.compile("Elegir Manicura spa")).click()
    page.get_by_role("button", name="Seguir").click()
    page.goto(page.url + "&day=2026-11-24")
    page.locator(".times a", has_text="10:00").first.click()


def leave_contact(page: Page, name: str) -> None:
    page.fill("#name", name)
    page.fill("#phone", "030 1234567")
    page.fill("#email", "ines@example.org")
    page.locator("#who button[type=submit]").click()


def answer(page: Page, link: str, value: str) -> None:
    page.locator(f"label:has(> input[name='{link}'][value='{value}'])").click()


def answer_the_health_check(page: Page, look: Callable[[], None]) -> None:
    look()
    answer(page, "age_band", "18_plus")
    page.locator("#consent").check()
    page.locator("#questions button.first").click()
    answer(page, "today.urgent", "no")
    page.locator("#questions button.first").click()
    for field in page.locator("#questions .rows > fieldset.question").all():
        field.locator("> .answers input[value='no']").first.locator("xpath=..").click()
    answer(page, "today.skin_break", "yes")
    page.locator("label:has(> input[name='today.skin_break.place'][value='left.forearm'])").first.click()
    answer(page, "today.skin_break.open", "no")
    answer(page, "today.skin_break.over_4_weeks", "no")
    look()
    page.locator("#questions button.first").click()
    while "/part/" in page.url:
        if page.url.endswith("skin"):
            answer(page, "skin.psoriasis", "yes")
            answer(page, "skin.psoriasis.on_hands_arms", "yes")
            answer(page, "skin.psoriasis.state", "calm")
            answer(page, "skin.psoriasis.side", "both")
        if page.url.endswith("heart"):
            answer(page, "heart.hypertension", "yes")
            answer(page, "heart.hypertension.controlled", "yes")
            answer(page, "heart.hypertension.reading_known", "no")
            look()
        page.locator("button[name=none]").click()
    look()
    page.fill("#signed_name", "Inés García")
    page.locator("#questions button.first").click()


def book_and_answer(page: Page, url: str, look: Callable[[], None]) -> None:
    choose_time(page, url)
    look()
    leave_contact(page, "Inés García")
    look()
    page.locator("#booking button[type=submit]").last.click()
    assert "Reservado" in page.inner_text("main")
    look()
    page.locator("a.button.first").click()
    answer_the_health_check(page, look)
    assert page.url.endswith("/result")
    said = page.inner_text("main").lower()
    assert "su masaje puede hacerse" in said
    for word in ("psoriasis", "tensión", "diagnóstico"):
        assert word not in said
    look()


def test_a_client_books_and_answers_with_scripts(
    browser: Browser, live_server: LiveServer, made: make.Made, axe: Axe
) -> None:
    page = phone(browser)
    page.goto(f"{live_server.url}/amber?lang=es")
    looked_at(page, axe)
    book_and_answer(page, live_server.url, lambda: looked_at(page, axe))


def test_a_client_books_and_answers_without_scripts(browser: Browser, live_server: LiveServer, made: make.Made) -> None:
    book_and_answer(phone(browser, scripts=False), live_server.url, lambda: None)


def test_the_second_client_keeps_everything_typed(
    browser: Browser, live_server: LiveServer, made: make.Made, axe: Axe
) -> None:
    first, second = phone(browser), phone(browser, scripts=True)
    for page in (first, second):
        choose_time(page, live_server.url)
        leave_contact(page, "Inés García")
    first.locator("#booking button[type=submit]").last.click()
    second.locator("#booking button[type=submit]").last.click()
    assert second.input_value("#name") == "Inés García"
    assert second.input_value("#email") == "ines@example.org"
    looked_at(second, axe)
    second.locator("button[name=start]").first.click()
    second.locator("#booking button[type=submit]").last.click()
    assert "Reservado" in second.inner_text("main")


def sign_in(browser: Browser, server: LiveServer, actor: Any, size: dict[str, int]) -> Page:
    page = browser.new_context(viewport=size, locale="en-GB").new_page()  # type: ignore[arg-type]
    page.goto(f"{server.url}/sign-in")
    page.fill("#email", actor.name)
    page.fill("#password", PASSWORD)
    page.locator("main form button[type=submit]").click()
    return page


def test_the_staff_see_the_visit_through(
    browser: Browser, live_server: LiveServer, made: make.Made, axe: Axe, clock: Clock
) -> None:
    book_and_answer(phone(browser), live_server.url, lambda: None)
    clock.set(START - timedelta(minutes=20))
    desk = sign_in(browser, live_server, made.receptionist, DESK)
    assert desk.url.endswith("/desk")
    assert "Adapt" in desk.inner_text("table.day-list")
    assert axe(desk) == []
    desk.get_by_role("button", name="Check in").click()
    assert axe(desk) == []

    mai = sign_in(browser, live_server, made.mai, DESK)
    assert mai.url.endswith("/today")
    assert axe(mai) == []
    mai.locator("a.button.first").click()
    assert mai.inner_text("h1") == "Massage có điều chỉnh"
    assert axe(mai) == []
    titles = mai.locator(".caution h3").all_inner_texts()
    assert len(titles) == 3
    for size in ({"width": 820, "height": 1180}, PHONE):
        mai.set_viewport_size(size)  # type: ignore[arg-type]
        for part in (".verdict h1", ".act button"):
            box = mai.locator(part).first.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= size["height"], part
        assert axe(mai) == []
    mai.set_viewport_size(DESK)  # type: ignore[arg-type]
    mai.get_by_role("button", name=re.compile("Đã xem")).click()
    mai.get_by_role("button", name=re.compile("Bắt đầu")).click()
    mai.get_by_role("link", name=re.compile("Kết thúc")).click()
    assert axe(mai) == []
    clock.set(START + timedelta(minutes=40))
    mai.locator("label:has(> input[value='as_planned'])").click()
    mai.get_by_role("button", name=re.compile("da tốt")).click()
    assert mai.url.endswith("/today")
    assert "/desk?day=" in desk.url
    desk.reload()
    assert "done" in desk.inner_text("table.day-list")
