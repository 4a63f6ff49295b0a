"""docs/access.md says what the grants table says."""

from tools.access_doc import FILE, access_table


def test_the_access_page_is_made_from_the_grants_table() -> None:
    assert FILE.read_text(encoding="utf-8") == access_table(), "run: make docs"
