"""The same document written as 3.0 and as 3.1 means the same: same model, same types, same members."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.ir.types import Kind, Nullable, Primitive, Ref, component

from tests.codegen.specs import api_of, codes, get, obj, ref, union

#: A schema in the words of 3.0, and the same in those of 3.1.
Pair = tuple[dict[str, Any], dict[str, Any]]

FIXED: dict[str, dict[str, Any]] = {
    "Pet": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
    "Owner": {"type": "object", "properties": {"pet": ref("Pet")}},
    "Mood": {"type": "string", "enum": ["good", "bad"]},
}


def both(schema: dict[str, Any]) -> Pair:
    return schema, schema


def with_null(pair: Pair) -> Pair:
    """The schema or null: `nullable` in 3.0; in 3.1 a list of types, or a choice where it refers to another."""
    old, new = pair
    if "$ref" in new or "allOf" in new:
        docs = {k: v for k, v in new.items() if k == "description"}
        inner = {k: v for k, v in new.items() if k != "description"}
        return {**old, "nullable": True}, {"anyOf": [inner, {"type": "null"}], **docs}
    if "oneOf" in new:
        return {**old, "nullable": True}, {**new, "oneOf": [*new["oneOf"], {"type": "null"}]}
    null = {**new, "type": [new["type"], "null"]}
    if "enum" in new:
        null["enum"] = [*new["enum"], None]
    return {**old, "nullable": True}, null


def exclusive(pair: Pair, limit: int) -> Pair:
    return {**pair[0], "minimum": limit, "exclusiveMinimum": True}, {**pair[1], "exclusiveMinimum": limit}


def exampled(pair: Pair, example: Any) -> Pair:
    return {**pair[0], "example": example}, {**pair[1], "examples": [example]}


SCALARS = st.sampled_from(
    [
        both({"type": "string"}),
        both({"type": "string", "format": "date-time"}),
        both({"type": "string", "enum": ["a", "b"]}),
        ({"type": "string", "format": "byte"}, {"type": "string", "contentEncoding": "base64"}),
        both({"type": "integer", "minimum": 1}),
        exclusive(both({"type": "number"}), 3),
        both({"type": "boolean", "default": True}),
        both(ref("Pet")),
        both(ref("Mood")),
        both({"allOf": [ref("Pet")], "description": "Mine."}),
        both({"oneOf": [ref("Pet"), {"type": "string"}]}),
        exampled(both({"type": "string"}), "x"),
    ]
)


def wrapped(inner: st.SearchStrategy[Pair]) -> st.SearchStrategy[Pair]:
    nullable = inner.map(lambda p: p if "nullable" in p[0] else with_null(p))
    lists = inner.map(lambda p: ({"type": "array", "items": p[0]}, {"type": "array", "items": p[1]}))
    maps = inner.map(
        lambda p: (
            {"type": "object", "additionalProperties": p[0]},
            {"type": "object", "additionalProperties": p[1]},
        )
    )
    members = st.dictionaries(st.sampled_from("abc"), inner, min_size=1, max_size=3).map(
        lambda found: (
            {"type": "object", "properties": {k: p[0] for k, p in found.items()}},
            {"type": "object", "properties": {k: p[1] for k, p in found.items()}},
        )
    )
    return st.one_of(nullable, lists, maps, members)


def model(version: str, schema: dict[str, Any]) -> tuple[Api, Diagnostics]:
    found = Diagnostics()
    schemas = FIXED | {"Thing": schema}
    body = {"required": True, "content": {"application/json": {"schema": ref("Thing")}}}
    paths = {"/a": get(schema), "/b": {"post": {"requestBody": body, "responses": {"204": {"description": ""}}}}}
    return api_of(schemas, paths, found, openapi=version), found


@settings(max_examples=150, deadline=None)
@given(st.recursive(SCALARS, wrapped, max_leaves=6))
def test_a_document_means_the_same_in_both_dialects(pair: Pair) -> None:
    old, old_found = model("3.0.3", pair[0])
    new, new_found = model("3.1.0", pair[1])
    assert old.decls == new.decls
    assert old.operations == new.operations
    assert codes(old_found) == codes(new_found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        with_null(both(ref("Pet"))),
        with_null(both({"$ref": "#/components/schemas/Pet", "description": "Its pet."})),
        with_null(both({"allOf": [ref("Pet")], "description": "Its pet."})),
        with_null(both({"allOf": [ref("Pet")], "type": "object"})),
        with_null(both({"type": "string", "enum": ["a", "b"]})),
        with_null(both({"oneOf": [ref("Pet"), ref("Owner")]})),
        ({"type": "string", "nullable": True, "enum": ["a", "b", None]}, {"type": ["string", "null"], "enum": ["a", "b", None]}),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        ({"type": "number", "minimum": 1, "exclusiveMinimum": False}, {"type": "number", "minimum": 1}),
        ({"type": "number", "maximum": 1, "exclusiveMaximum": True}, {"type": "number", "exclusiveMaximum": 1}),
        ({"type": "string", "format": "byte"}, {"type": "string", "contentEncoding": "base64"}),
    ],
)  # fmt: skip
def test_what_differs_in_words_is_the_same_in_meaning(old: dict[str, Any], new: dict[str, Any]) -> None:
    box = {"type": "object", "properties": {}}
    in_old, _ = model("3.0.3", {**box, "properties": {"v": old}})
    in_new, _ = model("3.1.0", {**box, "properties": {"v": new}})
    assert in_old.decls == in_new.decls


def test_a_nullable_choice_of_objects_is_null_or_a_choice() -> None:
    api, _ = model(
        "3.0.3", {"type": "object", "properties": {"v": {"oneOf": [ref("Pet"), ref("Owner")], "nullable": True}}}
    )
    type = obj(api, "Thing").fields[0].type
    assert isinstance(type, Nullable)
    assert isinstance(type.inner, Ref)


def test_nullable_beside_a_type_and_a_parent_is_nullable() -> None:
    schema = {"type": "object", "nullable": True, "allOf": [ref("Pet")]}
    api, _ = model("3.0.3", {"type": "object", "properties": {"v": schema}})
    assert obj(api, "Thing").fields[0].type == Nullable(Ref(component("Pet")))


def test_names_of_members_are_no_keywords() -> None:
    names = {"nullable": {"type": "boolean"}, "exclusiveMinimum": {"type": "boolean"}, "default": {"type": "string"}}
    found = Diagnostics()
    api = api_of({"Box": {"type": "object", "properties": names}}, diagnostics=found, openapi="3.0.3")
    assert {f.wire_name: f.type for f in obj(api, "Box").fields} == {
        "nullable": Primitive(Kind.BOOLEAN),
        "exclusiveMinimum": Primitive(Kind.BOOLEAN),
        "default": Primitive(Kind.STRING),
    }
    assert codes(found) == []


def test_a_named_nullable_schema_is_nullable_wherever_it_is_used() -> None:
    schemas = {"Maybe": {"nullable": True, "oneOf": [ref("Pet"), ref("Owner")]}, **FIXED}
    api = api_of(schemas | {"Box": {"type": "object", "properties": {"v": ref("Maybe")}}}, openapi="3.0.3")
    assert obj(api, "Box").fields[0].type == Nullable(Ref(component("Maybe")))
    assert len(union(api, "Maybe").variants) == 2


@pytest.mark.parametrize(
    "schema", [{"properties": {"a": {"type": "string"}}}, {"additionalProperties": ref("Pet")}, {"items": ref("Pet")}]
)
def test_what_says_no_type_can_be_null_too(schema: dict[str, Any]) -> None:
    api = api_of(
        {"Box": {"type": "object", "properties": {"v": {**schema, "nullable": True}}}, **FIXED}, openapi="3.0.3"
    )
    assert isinstance(obj(api, "Box").fields[0].type, Nullable)


@pytest.mark.parametrize("key", ["allOf", "anyOf", "oneOf"])
def test_null_may_be_said_by_a_part_of_its_own(key: str) -> None:
    schema = {key: [ref("Pet"), {"nullable": True}]}
    api = api_of({"Box": {"type": "object", "properties": {"v": schema}}, **FIXED}, openapi="3.0.3")
    assert obj(api, "Box").fields[0].type == Nullable(Ref(component("Pet")))
