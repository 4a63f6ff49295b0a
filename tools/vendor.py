"""Copies what pages need out of node_modules into salon/static/vendor: htmx, the heading face, one sheet of icons."""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "salon" / "static" / "vendor"
FONT = "@fontsource-variable/brygada-1918"
SUBSETS = ("latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext")
LICENCES = {"htmx": "htmx.org/LICENSE", "brygada-1918": f"{FONT}/LICENSE", "lucide": "lucide-static/LICENSE"}
# Name on our pages: name at lucide. Use: <svg class="icon" aria-hidden="true"><use href=".../icons.svg#i-clock"/></svg>
ICONS = {
    "i-add": "plus",
    "i-back": "arrow-left",
    "i-calendar": "calendar-days",
    "i-cancel": "x",
    "i-clock": "clock",
    "i-done": "check",
    "i-find": "search",
    "i-hand": "hand",
    "i-key": "key-round",
    "i-left": "chevron-left",
    "i-lock": "lock",
    "i-mail": "mail",
    "i-menu": "menu",
    "i-moon": "moon",
    "i-newcomer": "sprout",
    "i-note": "notebook-pen",
    "i-onward": "arrow-right",
    "i-phone": "phone",
    "i-pin": "map-pin",
    "i-print": "printer",
    "i-repeat": "repeat",
    "i-right": "chevron-right",
    "i-sign-out": "log-out",
    "i-speech": "languages",
    "i-sun": "sun",
    "i-team": "users",
    "i-together": "users-round",
    "i-undo": "undo-2",
    "i-wanted": "heart",
}


def symbol(name: str, drawing: str) -> str:
    """Return one lucide drawing as a symbol of the sheet; colour and width come from our CSS."""
    found = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL)
    if found is None:
        raise SystemExit(f"lucide-static has no drawing for {name}.")
    lines = " ".join(found.group(1).split())
    return f'<symbol id="{name}" viewBox="0 0 24 24">{lines}</symbol>'


def icon_sheet() -> str:
    """Return all icons as one SVG document."""
    folder = MODULES / "lucide-static" / "icons"
    symbols = (symbol(ours, (folder / f"{theirs}.svg").read_text(encoding="utf-8")) for ours, theirs in ICONS.items())
    style = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {style}>\n' + "\n".join(symbols) + "\n</svg>\n"


def main() -> None:
    """Fill the vendor folder anew."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "fonts").mkdir(parents=True)
    (VENDOR / "licences").mkdir()
    shutil.copy(MODULES / "htmx.org" / "dist" / "htmx.min.js", VENDOR / "htmx.min.js")
    for subset in SUBSETS:
        file = f"brygada-1918-{subset}-wght-normal.woff2"
        shutil.copy(MODULES / FONT / "files" / file, VENDOR / "fonts" / file)
    for name, licence in LICENCES.items():
        shutil.copy(MODULES / licence, VENDOR / "licences" / f"{name}.txt")
    (VENDOR / "icons.svg").write_text(icon_sheet(), encoding="utf-8")


if __name__ == "__main__":
    main()
