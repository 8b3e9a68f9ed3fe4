"""What README and api.md show, and what is said where the document is silent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from polyport_codegen import languages
from polyport_codegen.ir.types import Docs
from polyport_codegen.lower.calls import calls
from polyport_codegen.lower.outline import call_docs, error_name, first_paragraph, headers_told, pages, readme, route
from polyport_codegen.lower.secrets import secret_headers

from .specs import api_of, ref

OBJECT = {"type": "object", "properties": {"a": {"type": "string"}}}


def answer(media: str = "application/json", schema: Any = OBJECT) -> dict[str, Any]:
    return {"200": {"description": "", "content": {media: {"schema": schema}}}}


def body(schema: Any = OBJECT, media: str = "application/json") -> dict[str, Any]:
    return {"required": True, "content": {media: {"schema": schema}}}


def test_a_readme_shows_the_most_telling_call_of_each_kind() -> None:
    file = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
    api = api_of(
        paths={
            "/old": {"post": {"deprecated": True, "requestBody": body(), "responses": answer()}},
            "/plain": {"get": {"responses": answer()}},
            "/telling": {"post": {"requestBody": body(), "responses": answer()}},
            "/files": {"post": {"requestBody": body(file, "multipart/form-data"), "responses": {"204": {"description": ""}}}},
            "/audio": {"get": {"responses": answer("audio/mpeg", {"type": "string", "format": "binary"})}},
            "/events": {"get": {"responses": answer("text/event-stream")}},
        }
    )  # fmt: skip
    shown = readme(api, calls(api))
    found = [
        s and s.call.operation.path for s in (shown.plain, shown.stream, shown.pages, shown.upload, shown.download)
    ]
    assert found == ["/telling", "/events", None, "/files", "/audio"]


def test_an_api_without_calls_shows_none() -> None:
    assert readme(api_of(paths={}), {}).plain is None
    only = api_of(paths={"/x": {"delete": {"responses": {"204": {"description": ""}}}}})
    assert readme(only, calls(only)).plain is not None


def parameter(name: str, place: str = "path") -> dict[str, Any]:
    return {"name": name, "in": place, "required": True, "schema": {"type": "string"}}


def shop() -> dict[str, Any]:
    """Orders are what most calls are about; what is beside the point comes first in the document."""
    order = {"type": "object", "required": ["sku"], "properties": {"sku": {"type": "string"}}}
    upload = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}
    id = [parameter("id")]
    return {
        "/admin/keys": {"post": {"requestBody": body(order), "responses": answer()}},
        "/scans": {"post": {"requestBody": body(upload, "multipart/form-data"), "responses": answer()}},
        "/orders/{id}": {"get": {"parameters": id, "responses": answer(schema=ref("Order"))}},
        "/orders/{id}/pay": {"post": {"parameters": id, "responses": answer(schema=ref("Order"))}},
        "/orders": {
            "get": {"responses": answer(schema={"type": "array", "items": ref("Order")})},
            "post": {"requestBody": body(order), "responses": answer(schema=ref("Order"))},
        },
    }


def first(paths: dict[str, Any]) -> str:
    shown = readme(api := api_of({"Order": OBJECT}, paths=paths), calls(api)).plain
    assert shown is not None
    return route(shown.call)


def test_a_readme_begins_with_what_most_of_an_api_is_about() -> None:
    assert first(shop()) == "POST /orders"


def test_a_readme_begins_with_what_can_stream() -> None:
    chat = {"type": "object", "properties": {"text": {"type": "string"}, "stream": {"type": "boolean"}}}
    both = {"200": {"description": "", "content": {m: {"schema": OBJECT} for m in ("application/json", "text/event-stream")}}}  # fmt: skip
    paths = shop() | {"/answers": {"post": {"requestBody": body(chat | {"required": ["text"]}), "responses": both}}}
    assert first(paths) == "POST /answers"


def test_a_readme_lists_what_it_cannot_show_how_to_make() -> None:
    paths = shop()
    paths["/orders"]["post"] = {"requestBody": body(), "responses": answer("text/plain")}
    assert first(paths) == "GET /orders"


def test_a_large_api_has_a_page_for_each_resource() -> None:
    small = api_of(paths={"/a": {"get": {"responses": answer()}}, "/b": {"get": {"responses": answer()}}})
    assert [(p.file, len(p.sections)) for p in pages(small, calls(small))] == [("api.md", 2)]
    large = api_of(
        paths={
            f"/{top}/{n}s": {"get": {"responses": answer()}} for top in ("left", "right") for n in map(_word, range(80))
        }
    )
    found = pages(large, calls(large))
    assert [p.file for p in found] == ["api/left.md", "api/right.md"]
    assert sum(len(s.calls) for p in found for s in p.sections) == 160


def _word(number: int) -> str:
    return "thing" + chr(97 + number // 10) + chr(97 + number % 10)


def test_a_paragraph_stands_on_one_line() -> None:
    assert first_paragraph(Docs("A colour.\nOf paint.\n\nMore.")) == "A colour. Of paint."
    assert first_paragraph(Docs()) == ""
    assert first_paragraph(Docs("**New!** Look.\n\n---\n\nA colour\nof paint.\n\nMore.")) == "A colour of paint."


def test_a_silent_call_says_its_route() -> None:
    api = api_of(paths={"/a/{id}": {"get": {"responses": answer(), "parameters": [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]}}})  # fmt: skip
    call = next(iter(calls(api).values()))
    assert route(call) == "GET /a/{id}"
    assert call_docs(call).text == "`GET /a/{id}`"


def test_credentials_headers_are_secret() -> None:
    schemes = {
        "app": {"type": "apiKey", "in": "header", "name": "X-App-Key"},
        "q": {"type": "apiKey", "in": "query", "name": "key"},
    }
    api = api_of({"A": ref("B"), "B": OBJECT}, components={"schemas": {}, "securitySchemes": schemes})
    assert secret_headers(api)[-1] == "x-app-key"
    assert "authorization" in secret_headers(api)


def test_a_call_tells_the_headers_of_its_answer() -> None:
    headers = {
        "x-left": {"schema": {"type": "integer"}, "description": "How many are left.\n\nOr not."},
        "etag": {"schema": {"type": "string"}},
    }
    success = {"200": {"description": "", "headers": headers, "content": {"text/event-stream": {"schema": OBJECT}}}}
    api = api_of(paths={"/a": {"get": {"operationId": "a", "description": "Watch.", "responses": success}}})
    assert headers_told(api.operations["a"]) == "- `x-left` (integer): How many are left.\n- `etag`"


@pytest.mark.parametrize(
    ("runtime", "ending"),
    [
        ("python/runtime/errors.py", "Error"),
        ("node/runtime/errors.ts", "Error"),
        ("kotlin/runtime/Errors.kt", "Exception"),
        ("swift/runtime/Client/Errors.swift", "Error"),
    ],
)
def test_every_runtime_has_the_errors_that_documentation_names(runtime: str, ending: str) -> None:
    text = (Path(languages.__file__).parent / runtime).read_text()
    statuses = ("400", "401", "403", "404", "409", "422", "429", "500", "5XX", "418", "4XX", "default")
    names = {error_name(status) for status in statuses}
    assert len(names) == 9
    assert [name for name in sorted(names) if f"{name}{ending}".casefold() not in text.casefold()] == []
