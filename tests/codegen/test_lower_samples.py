"""Example trees: what the document shows where it fits its type, made up where it does not."""

from __future__ import annotations

from typing import Any

from polyport_codegen.ir.model import Api
from polyport_codegen.ir.types import Ref, component
from polyport_codegen.lower.calls import call_of
from polyport_codegen.lower.samples import (
    Chosen,
    Entries,
    File,
    Fixed,
    Free,
    Items,
    Known,
    Null,
    Object,
    Sample,
    Scalar,
    arguments,
    fitting,
    made_up,
)
from polyport_codegen.values import Json

from .specs import api_of, ref


def shown(sample: Sample | None) -> Any:
    """The tree as plain JSON; files are `<file>`, what did not fit is `<none>`."""
    match sample:
        case Scalar(value=value) | Fixed(value=value) | Known(value=value) | Free(value=value):
            return value
        case Items(items=items):
            return [shown(item) for item in items]
        case Entries(entries=entries):
            return {name: shown(value) for name, value in entries}
        case Object(members=members):
            return {field.wire_name: shown(value) for field, value in members}
        case Chosen(value=value):
            return shown(value)
        case File():
            return "<file>"
        case Null():
            return None
    return "<none>"


SCHEMAS = {
    "Line": {
        "type": "object",
        "required": ["sku", "count", "kind"],
        "properties": {
            "sku": {"type": "string"},
            "count": {"type": "integer", "minimum": 3},
            "kind": {"const": "line"},
            "note": {"type": ["string", "null"]},
            "id": {"type": "string", "readOnly": True},
        },
    },
    "Colour": {"enum": ["red", "green"]},
    "Circle": {"type": "object", "required": ["type"], "properties": {"type": {"const": "circle"}, "r": {"type": "number"}}},
    "Square": {"type": "object", "required": ["type"], "properties": {"type": {"const": "square"}, "a": {"type": "number"}}},
    "Shape": {"oneOf": [ref("Circle"), ref("Square")]},
    "TextOrLines": {"oneOf": [{"type": "array", "items": ref("Line")}, {"type": "string"}]},
    "Node": {"type": "object", "required": ["next"], "properties": {"next": ref("Node")}},
}  # fmt: skip
API = api_of(SCHEMAS)


def fit(name: str, value: Json) -> Any:
    return shown(fitting(API, Ref(component(name)), value))


def made(name: str) -> Any:
    return shown(made_up(API, Ref(component(name)), "name"))


def test_an_example_keeps_what_fits_and_fills_in_what_is_missing() -> None:
    line = {"sku": "A1", "count": "three", "note": None, "id": "l1", "unknown": 1}
    assert fit("Line", line) == {"sku": "A1", "count": 3, "kind": "line", "note": None}
    assert fit("Line", {"something": "else"}) == "<none>"
    assert fit("Line", "text") == "<none>"


def test_scalars_must_have_their_own_json_type() -> None:
    assert fit("Colour", "blue") == "blue"
    assert fit("Colour", 3) == "<none>"
    assert shown(fitting(API, Ref(component("TextOrLines")), 4)) == "<none>"
    count = API.decl(component("Line"))
    field = next(f for f in getattr(count, "fields", ()) if f.wire_name == "count")
    for value in (True, 2.5, 10**400, float("inf"), "3"):
        assert fitting(API, field.type, value) is None
    assert shown(fitting(API, field.type, 4.0)) == 4


def test_a_union_takes_the_variant_that_a_reader_of_the_answer_would() -> None:
    square = fitting(API, Ref(component("Shape")), {"type": "square", "a": 2})
    assert isinstance(square, Chosen)
    assert square.variant.type == Ref(component("Square"))
    assert fit("Shape", {"type": "triangle"}) == "<none>"
    assert made("Shape") == {"type": "circle"}
    assert made("TextOrLines") == "name"


def test_made_up_values_keep_to_their_limits_and_end() -> None:
    assert made("Line") == {"sku": "sku", "count": 3, "kind": "line"}
    assert made("Colour") == "red"
    deep = made("Node")
    assert isinstance(deep, dict)


def call(example: Json, *, media: str = "application/json", **schema: Any) -> Any:
    content = {media: {"schema": {"type": "object", **schema}, **({"example": example} if example else {})}}
    operation = {
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}, "example": "o1"},
            {"name": "q", "in": "query", "schema": {"type": "string"}},
        ],
        "requestBody": {"required": True, "content": content},
        "responses": {"204": {"description": ""}},
    }
    api: Api = api_of(paths={"/o/{id}": {"post": operation}})
    found = arguments(api, call_of(api, next(iter(api.operations.values()))))
    return {argument.wire: shown(sample) for argument, sample in found}


def test_a_call_shows_required_arguments_and_what_its_example_has() -> None:
    text, number = {"type": "string"}, {"type": "integer"}
    properties = {"text": text, "seed": number, "size": number}
    assert call({"text": "Hi", "seed": 7}, required=["text"], properties=properties) == {
        "id": "o1",
        "text": "Hi",
        "seed": 7,
    }
    assert call(None, required=["text"], properties=properties) == {"id": "o1", "text": "text"}
    assert call({"seed": 7}, required=["text"], properties=properties) == {"id": "o1", "text": "text"}
    assert call({"text": "Hi", "seed": "odd"}, required=["text"], properties=properties) == {"id": "o1", "text": "Hi"}


def test_files_are_files_whatever_the_example_says() -> None:
    file = {"type": "string", "format": "binary"}
    properties = {"one": file, "many": {"type": "array", "items": file}}
    found = call({"one": "@x.png"}, media="multipart/form-data", required=["one", "many"], properties=properties)
    assert found == {"id": "o1", "one": "<file>", "many": ["<file>"]}
