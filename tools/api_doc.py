"""Writes docs/api.md from the OpenAPI document: every call, what it takes and what it answers."""

from pathlib import Path
from typing import Any

from config import Settings
from salon import create_app

FILE = Path(__file__).parents[1] / "docs" / "api.md"
INTRO = """# The JSON API

Made from the OpenAPI 3.1 document (`/api/v1/openapi.json`) by `make docs`; a test keeps it true.
Instants are ISO 8601 with their offset, answered in the salon's zone; money is whole minor units. Errors are
`application/problem+json` with `type`, `title`, `status`, `detail` and, for members, `errors: [{path, message}]`.
Calls marked bearer need `Authorization: Bearer TOKEN` (`salon token create`). Unknown members and parameters are 422.
Booking needs an `Idempotency-Key`: the same key and body are answered from the first one for 24 hours.

```
curl -s "$URL/api/v1/salons/amber/slots?service=spa-manicure&from=2026-12-01&to=2026-12-02"
curl -s "$URL/api/v1/salons/amber/bookings" -H 'Content-Type: application/json' -H 'Idempotency-Key: k1' \\
  -d '{"service": "spa-manicure", "technician": null, "start": "2026-12-01T10:00:00+01:00",
       "client": {"name": "Ines", "phone": "+49 30 123456"}}'
```

"""


def api_page() -> str:
    """Return the page as text: one section for each call."""
    settings = Settings(
        environment="development",
        database_url="sqlite:///:memory:",
        secret_key="only to read the document",  # noqa: S106 - no server is started
        health_keys=(bytes(32),),
    )
    app = create_app(settings)
    with app.app_context():
        spec: dict[str, Any] = dict(app.spec)  # type: ignore[arg-type]
    parts = [
        _section(method, path, call, spec)
        for path, methods in spec["paths"].items()
        for method, call in methods.items()
    ]
    return INTRO + "\n".join(parts)


def _section(method: str, path: str, call: dict[str, Any], spec: dict[str, Any]) -> str:
    lines = [f"## {method.upper()} {path}", "", f"{call.get('summary', '')}. {call.get('description', '')}".strip(), ""]
    if call.get("security"):
        lines.append("- bearer")
    query = [parameter["name"] for parameter in call.get("parameters", ()) if parameter["in"] == "query"]
    if query:
        lines.append(f"- parameters: {', '.join(query)}")
    body = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    name = body.get("$ref", "").rsplit("/", 1)[-1]
    members = spec.get("components", {}).get("schemas", {}).get(name, {}).get("properties", {})
    if members:
        lines.append(f"- body: {', '.join(sorted(members))}")
    lines.append(f"- answers: {', '.join(sorted(str(status) for status in call.get('responses', {})))}")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    FILE.write_text(api_page(), encoding="utf-8")
