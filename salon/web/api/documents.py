"""What describes the API: the OpenAPI document, a page for people, the salon file's schema."""

from typing import Any

from flask import Response, current_app, jsonify, render_template

from salon.usecases.salon_file import schema
from salon.web.access import Audience, audience
from salon.web.api.blueprint import api, query_names


@api.get("/openapi.json")
@api.doc(hide=True)
@query_names()
@audience(Audience.ANYBODY)
def openapi() -> Response:
    """The API as OpenAPI 3.1."""
    return jsonify(current_app.spec)  # type: ignore[attr-defined]


@api.get("/salon-file.schema.json")
@api.doc(hide=True)
@query_names()
@audience(Audience.ANYBODY)
def salon_file_schema() -> Response:
    """The JSON Schema of a salon file."""
    return jsonify(schema())


@api.get("/docs")
@api.doc(hide=True)
@query_names()
@audience(Audience.ANYBODY)
def docs() -> str:
    """The calls as a page, made from the same document."""
    spec: dict[str, Any] = current_app.spec  # type: ignore[attr-defined]
    calls = [
        {
            "method": method.upper(),
            "path": path,
            "summary": call.get("summary", ""),
            "text": call.get("description", ""),
            "parameters": [parameter["name"] for parameter in call.get("parameters", ())],
            "answers": sorted(call.get("responses", {})),
        }
        for path, methods in spec["paths"].items()
        for method, call in methods.items()
    ]
    return render_template("public/api.html", calls=calls)
