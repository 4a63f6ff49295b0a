"""Bodies that are too big, not text, or hide a NUL are refused before any view, and leave the app well."""

import pytest
from flask.testing import FlaskClient

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FORM = "application/x-www-form-urlencoded"


def test_a_body_over_the_limit_is_refused(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data=b"email=" + b"x" * 300_000, content_type=FORM)
    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"email=%ff", b"email=\xff", b"email=a%00b"])
def test_a_form_that_is_not_text_is_refused(client: FlaskClient, body: bytes) -> None:
    assert client.post("/sign-in", data=body, content_type=FORM).status_code == 400


@pytest.mark.parametrize("address", ["/?lang=%ff", "/%00"])
def test_an_address_that_is_not_text_is_refused(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 400


def test_errors_of_the_api_are_problems_and_of_pages_are_pages(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nothing-here")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    page = client.get("/nothing/here/at/all")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"
