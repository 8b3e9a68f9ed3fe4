"""Headers of answers: told in the documentation of calls, and never a type that nobody is given."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.registry import LANGUAGES, load_target
from polyport_codegen.target import Settings

from tests.codegen.specs import api_of, codes


def limited(diagnostics: Diagnostics | None = None) -> Api:
    """A call whose answers have headers with enums and objects of their own."""
    headers: dict[str, Any] = {
        "X-Mode": {"description": "How it was made.", "schema": {"type": "string", "enum": ["swiftly", "slowly"]}},
        "X-Quota": {"content": {"application/json": {"schema": {"type": "object", "properties": {"left_over": {}}}}}},
        "X-Shared": {"$ref": "#/components/headers/Shared"},
    }
    answer = {"type": "object", "properties": {"id": {"type": "string"}}}
    body = {"description": "", "headers": headers, "content": {"application/json": {"schema": answer}}}
    shared = {"schema": {"type": "string", "enum": ["sharedly"]}}
    components = {"headers": {"Shared": shared}}
    call = {"operationId": "getThing", "responses": {"200": body, "429": {**body, "description": "Slow down."}}}
    return api_of(paths={"/thing": {"get": call}}, components=components, diagnostics=diagnostics)


def test_no_type_is_declared_for_a_header_and_what_is_lost_of_it_is_told() -> None:
    found = Diagnostics()
    api = limited(found)
    assert {str(id) for id in api.decls} == {"GET /thing>200>application/json", "GET /thing>429>application/json"}
    result = api.operations["getThing"].result
    assert result is not None
    assert [h.wire_name for h in result.headers] == ["X-Mode", "X-Quota", "X-Shared"]
    assert [h.docs.description for h in result.headers] == [
        "How it was made. Known values: `swiftly`, `slowly`.", "", "Always `sharedly`."
    ]  # fmt: skip
    assert {d.origin.pointer.rpartition("/")[2] for d in found.items} == {"X-Quota"}
    assert set(codes(found)) == {"raw-media"}


def test_known_values_of_a_header_stand_in_the_first_paragraph_of_its_docs() -> None:
    codes_of = {"type": "array", "items": {"type": "integer", "enum": [1, 2]}}
    headers = {
        "A": {"description": "One.\n\nMore.", "schema": {"type": "string", "enum": ["a", "b"]}},
        "B": {"schema": {**codes_of, "description": "Which."}},
        "C": {"schema": {"type": "string"}},
    }
    call = {"operationId": "a", "responses": {"204": {"description": "", "headers": headers}}}
    result = api_of(paths={"/a": {"get": call}}).operations["a"].result
    assert result is not None
    assert [h.docs.description for h in result.headers] == [
        "One. Known values: `a`, `b`.\n\nMore.", "Which. Known values: `1`, `2`.", ""
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_header_is_documented_and_brings_no_public_type(language: str) -> None:
    target = load_target(language)
    settings = Settings(("acme",), "1.0.0", target.default_package(("acme",)), "https://a.dev")
    made = target.generate(limited(), settings, Diagnostics())
    text = "\n".join(f.data.decode() for f in made.files)
    for name in ("X-Mode", "X-Quota", "X-Shared"):
        assert name in text, name
    assert "Known values: `swiftly`, `slowly`." in " ".join(text.replace("///", " ").split())
    for value in ("left_over", "leftOver", "LeftOver"):
        assert value not in text, value
    types = [e.published.id for e in made.surface if e.published.kind == "type"]
    assert types
    assert all(id.startswith("GET /thing>") and "X-" not in id for id in types)
