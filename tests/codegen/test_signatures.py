"""The surface of a target: every published thing with its name, and how it is declared, in one notation."""

from __future__ import annotations

from typing import Any

from polyport_codegen.lower import calls
from polyport_codegen.lower.planner import plan, surface_of
from polyport_codegen.lower.signatures import signatures
from polyport_codegen.lower.symbols import declared, tree

from tests.codegen.specs import api_of, ref
from tests.codegen.test_planner import Pascal

SCHEMAS: dict[str, Any] = {
    "Pet": {
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": {"type": "integer", "format": "int64", "readOnly": True},
            "name": {"type": ["string", "null"]},
            "friends": {"type": "array", "items": ref("Pet")},
            "sizes": {"type": "object", "additionalProperties": {"type": "number"}},
            "raw": {},
        },
    },
    "Kind": {"type": "string", "enum": ["a", "b"]},
    "Names": {"type": "array", "items": ref("Kind")},
    "Loose": {"type": "object", "properties": {"a": {"const": "x"}}, "additionalProperties": ref("Kind")},
    "Either": {"oneOf": [ref("Pet"), {"type": "string"}]},
}
ANSWER = {"200": {"description": "", "content": {"application/json": {"schema": ref("Pet")}}}}
STREAM = {"200": {"description": "", "content": {"application/json": {"schema": ref("Pet")}, "text/event-stream": {"schema": ref("Either")}}}}  # fmt: skip
PATHS: dict[str, Any] = {
    "/pets/{id}": {
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
        "get": {"parameters": [{"name": "kind", "in": "query", "schema": ref("Kind")}], "responses": ANSWER},
        "delete": {"responses": {"204": {"description": ""}}},
    },
    "/pets": {
        "post": {
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"type": "object", "required": ["pet"], "properties": {"pet": ref("Pet"), "stream": {"type": "boolean"}}}}},
            },
            "responses": STREAM,
        }
    },
    "/file": {"get": {"responses": {"200": {"description": "", "content": {"application/octet-stream": {}}}}}},
}  # fmt: skip


def declared_as(*, twins: bool) -> dict[tuple[str, str, str], tuple[str, str]]:
    """(kind, place, id) -> name and signature."""
    api = api_of(SCHEMAS, PATHS)
    known = calls.calls(api)
    symbols = [*declared(api), *tree(api), *(s for c in known.values() for s in calls.symbols(c, twins=twins))]
    names = plan(symbols, Pascal())
    entries = surface_of(symbols, names, Pascal())
    told = signatures(api, symbols, names)
    assert len({e.published for e in entries}) == len(entries)
    return {(e.published.kind, e.published.place, e.published.id): (e.name, told.get(e.published, "")) for e in entries}


def test_types_and_members() -> None:
    found = declared_as(twins=False)
    pet = "#/components/schemas/Pet"
    assert {id: signature for (kind, place, id), (_, signature) in found.items() if kind == "member" and place == pet} == {
        "id": "read-only required integer(int64)",
        "name": "optional string|null",
        "friends": "optional [Pet]",
        "sizes": "optional {number}",
        "raw": "optional any",
    }  # fmt: skip
    types = {name: signature for (kind, _, _), (name, signature) in found.items() if kind == "type"}
    assert {name: types[name] for name in ("Pet", "Kind", "Names", "Loose", "Either")} == {
        "Pet": "object",
        "Kind": "enum of string",
        "Names": "alias of [Kind]",
        "Loose": "object with {Kind}",
        "Either": "union",
    }
    assert found["value", "#/components/schemas/Kind", '"a"'] == ("A", "")
    variants = {s for (kind, _, _), (_, s) in found.items() if kind == "variant"}
    assert variants == {"Pet", "string"}


def test_calls() -> None:
    found = declared_as(twins=True)
    assert found["method", "pets", "GET /pets/{}"] == ("Retrieve", "(Id: string, Kind?: Kind) -> Pet")
    assert found["method", "pets", "DELETE /pets/{}"] == ("Delete", "(Id: string) -> nothing")
    assert found["method", "pets", "POST /pets"] == ("Create", "(Pet: Pet) -> Pet")
    assert found["streaming", "pets", "POST /pets"] == ("CreateStreaming", "(Pet: Pet) -> events of Either")
    assert found["method", "file", "GET /file"] == ("Retrieve", "() -> download")
    assert found["argument", "GET /pets/{}", "path 1"] == ("Id", "required string")
    assert found["argument", "GET /pets/{}", "query kind"] == ("Kind", "optional Kind")
    assert found["resource", "", "pets"][0] == "PetsResource"
    assert declared_as(twins=False)["method", "pets", "POST /pets"][1] == "(Pet: Pet) -> Pet or events of Either"
