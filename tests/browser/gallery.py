"""Renders every template with real-looking inputs, takes pictures and lets axe look.

`python -m tests.browser.gallery OUT [NAME ...]`, for people who change how pages look. It writes only into OUT, which
must lie outside the checkout.
"""

import functools
import http.server
import shutil
import sys
import threading
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import Browser, Page, sync_playwright

from salon.web.formats import filters, locale_for
from tests.browser import chromium, gallery_pages
from tests.browser.conftest import AXE, AXE_TAGS

SALON = Path(__file__).parents[2] / "salon"
WIDTHS = {390: 844, 820: 1180, 1280: 800, 1440: 900}
TONGUES = {"en": "English", "vi": "Tiếng Việt", "pl": "Polski", "es": "Español"}
TOO_SMALL = """() => [...document.querySelectorAll('a, button, summary, input:not([type=hidden]), select, textarea')]
  .filter(one => {
    const there = (one.closest('label') ?? one).getBoundingClientRect();
    const shown = one.getBoundingClientRect().width && getComputedStyle(one).display !== 'inline';
    return shown && !one.closest('.desk, .skip, [aria-hidden]') && (there.height < 43.5 || there.width < 43.5);
  }).map(one => one.outerHTML.slice(0, 90))"""


def tell(text: str) -> None:
    """Say it to the person at the terminal, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def environment(language: str) -> Environment:
    """Return the templates as the app sees them, all words in English."""
    env = Environment(
        loader=FileSystemLoader(SALON / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(filters(lambda: locale_for(language, "IE")))
    env.globals.update(
        asset=lambda path: f"/static/{path}",
        csrf_token=lambda: "token",
        ngettext=env.globals["ngettext"],
        _=env.globals["gettext"],
    )
    return env


def render(out: Path) -> None:
    """Write every page of the gallery as a file."""
    for name, (template, language, inputs) in gallery_pages.PAGES.items():
        fonts = [
            "/static/vendor/fonts/brygada-1918-latin-wght-normal.woff2",
            "/static/vendor/fonts/brygada-1918-vietnamese-wght-normal.woff2",
        ]
        shell = {
            "lang": language,
            "fonts": fonts,
            "accent_url": "",
            "flashes": [("success", "Saved.")] if name in {"visit", "day"} else [],
            "languages": [
                {"code": code, "name": word, "url": "#", "is_current": code == language}
                for code, word in TONGUES.items()
            ],
        }
        text = environment(language).get_template(template).render(**{**gallery_pages.FRAME, "shell": shell, **inputs})
        (out / f"{name}.html").write_text(text, encoding="utf-8")


def serve(out: Path) -> str:
    """Serve the folder with the salon's static files; return its address."""
    (out / "static").unlink(missing_ok=True)
    (out / "static").symlink_to(SALON / "static")
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(quiet, directory=str(out)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"


def faults(page: Page) -> list[str]:
    """Return what axe finds, what scrolls sideways and which targets are too small."""
    page.evaluate("source => window.axe || (0, eval)(source)", AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", AXE_TAGS)[
        "violations"
    ]
    said = [
        f"{one['id']}: " + "; ".join(f"{node['target']} {node['failureSummary'][:300]}" for node in one["nodes"][:3])
        for one in found
    ]
    if wide := page.evaluate("document.documentElement.scrollWidth - innerWidth"):
        said += [f"scrolls sideways by {wide}"] if wide > 0 else []
    return said + [f"small target {one}" for one in page.evaluate(TOO_SMALL)]


def look(browser: Browser, address: str, out: Path, name: str) -> None:
    """Take the pictures of one page and print its faults."""
    for theme in ("light", "dark"):
        context = browser.new_context(color_scheme=theme, java_script_enabled=True, reduced_motion="reduce")
        page = context.new_page()
        page.on(
            "console", lambda message: tell(f"  {name}: console {message.text}") if message.type == "error" else None
        )
        page.goto(f"{address}/{name}.html")
        for width, height in {320: 640, **WIDTHS}.items():
            page.set_viewport_size({"width": width, "height": height})
            if width in WIDTHS:
                page.screenshot(path=out / f"{name}-{width}-{theme}.png", full_page=True)
            if width in {320, 1440}:
                for fault in faults(page):
                    tell(f"  {name} {width} {theme}: {fault}")
        context.close()


def main() -> None:
    """Render, serve, look."""
    out = Path(sys.argv[1]).resolve()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    render(out)
    address = serve(out)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=[*chromium.FLAGS], env=chromium.environment()
        )
        for name in sys.argv[2:] or gallery_pages.PAGES:
            look(browser, address, out, name)
        browser.close()


if __name__ == "__main__":
    main()
