"""The pages of docs/ that are made from code say what the code says."""

import pytest
from flask import Flask

from tools import access_doc, api_doc, rules_doc


def test_the_access_page_is_made_from_the_grants_table() -> None:
    assert access_doc.FILE.read_text(encoding="utf-8") == access_doc.access_table(), "run: make docs"


def test_the_rules_page_is_made_from_the_rules() -> None:
    assert rules_doc.FILE.read_text(encoding="utf-8") == rules_doc.rules_page(), "run: make docs"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_api_page_is_made_from_the_document_and_names_every_route(app: Flask) -> None:
    page = api_doc.FILE.read_text(encoding="utf-8")
    assert page == api_doc.api_page(), "run: make docs"
    hidden = {"/api/v1/openapi.json", "/api/v1/docs", "/api/v1/salon-file.schema.json"}
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/v1/") and rule.rule not in hidden:
            assert rule.rule.replace("<", "{").replace(">", "}") in page, rule.rule
