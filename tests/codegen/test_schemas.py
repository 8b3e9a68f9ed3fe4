"""Schemas to types: what is normalised, what is promoted and named, what falls back."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.types import (
    AliasDecl,
    AnyJson,
    Const,
    Direction,
    EnumDecl,
    Kind,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Ref,
    Type,
    component,
)

from tests.codegen.specs import api_of, get, member, obj, ref, union

STRING = Primitive(Kind.STRING)
PET = {"type": "object", "properties": {"name": {"type": "string"}}}


@pytest.mark.parametrize(
    ("schema", "type"),
    [
        ({"type": "string"}, STRING),
        ({"type": ["string", "null"]}, Nullable(STRING)),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, Nullable(STRING)),
        ({"oneOf": [{"type": "string"}]}, STRING),
        ({"type": ["integer", "number"]}, Primitive(Kind.NUMBER)),
        ({"anyOf": [{"type": "integer"}, {"type": "number"}]}, Primitive(Kind.NUMBER)),
        ({"type": "string", "enum": ["a"]}, Const("a")),
        ({"const": 3}, Const(3)),
        ({"enum": [True]}, Const(True)),
        ({"enum": [True, False]}, Primitive(Kind.BOOLEAN)),
        ({"type": "array", "items": {"type": "string"}}, ListOf(STRING)),
        ({"type": "array"}, ListOf(AnyJson())),
        ({"type": "object"}, MapOf(AnyJson())),
        ({"type": "object", "additionalProperties": {"type": "string"}}, MapOf(STRING)),
        ({"type": "object", "patternProperties": {"^x-": {"type": "string"}}}, MapOf(STRING)),
        ({}, AnyJson()),
        (True, AnyJson()),
        ({"anyOf": [{"type": "string"}, {}]}, AnyJson()),
        ({"type": "string", "contentEncoding": "base64"}, Primitive(Kind.STRING, "byte")),
        ({"allOf": [ref("Pet")]}, Ref(component("Pet"))),
        ({"allOf": [ref("Pet"), {"description": "the pet"}]}, Ref(component("Pet"))),
        ({"$ref": "#/components/schemas/Pet", "description": "the pet"}, Ref(component("Pet"))),
        ({"anyOf": [ref("Pet"), {"type": "null"}]}, Nullable(Ref(component("Pet")))),
        ({"type": "object", "properties": {}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, MapOf(AnyJson())),
    ],
)
def test_what_means_the_same_becomes_the_same(schema: Any, type: Type) -> None:
    assert member(schema, Pet=PET) == type


def test_a_nullable_named_schema_makes_its_uses_nullable() -> None:
    assert member(ref("MaybePet"), MaybePet={"anyOf": [ref("Pet"), {"type": "null"}]}, Pet=PET) == Nullable(
        Ref(component("MaybePet"))
    )


def test_the_four_kinds_of_presence() -> None:
    decl = api_of({"A": {"type": "object", "required": ["a", "b"], "properties": {
        "a": {"type": "string"}, "b": {"type": ["string", "null"]}, "c": {"type": "string"}, "d": {"type": ["string", "null"]}}}}).decls[component("A")]  # fmt: skip
    assert isinstance(decl, ObjectDecl)
    assert [(f.required, f.nullable, f.tri_state) for f in decl.fields] == [
        (True, False, False),
        (True, True, False),
        (False, False, False),
        (False, True, True),
    ]


def test_all_of_is_one_object_with_every_member() -> None:
    api = api_of({
        "Base": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
        "Dog": {"allOf": [ref("Base"), {"type": "object", "required": ["bark"], "properties": {"bark": {"type": "boolean"}}}]},
    })  # fmt: skip
    dog = api.decls[component("Dog")]
    assert isinstance(dog, ObjectDecl)
    assert [(f.wire_name, f.required) for f in dog.fields] == [("id", True), ("bark", True)]


def test_inline_structure_gets_a_name_from_its_place() -> None:
    api = api_of(
        {
            "Order": {
                "type": "object",
                "properties": {"items": {"type": "array", "items": PET}, "state": {"enum": ["a", "b"]}},
            }
        }
    )
    assert {id: d.words for id, d in api.decls.items()} == {
        component("Order"): ("order",),
        component("Order").child(".items", "[]"): ("order", "item"),
        component("Order").child(".state"): ("order", "state"),
    }
    assert api.decls[component("Order").child(".items", "[]")].inline


def test_open_enums_take_every_spelling() -> None:
    for schema in (
        {"anyOf": [{"type": "string"}, {"type": "string", "enum": ["a", "b"]}]},
        {"anyOf": [{"const": "a"}, {"const": "b"}]},
        {"type": "string", "enum": ["a", "b"]},
    ):
        decl = api_of({"Colour": schema}).decls[component("Colour")]
        assert isinstance(decl, EnumDecl)
        assert [m.value for m in decl.members] == ["a", "b"]


def test_a_string_beside_a_named_enum_is_that_enum() -> None:
    assert member({"anyOf": [{"type": "string"}, ref("Model")]}, Model={"type": "string", "enum": ["a", "b"]}) == Ref(
        component("Model")
    )


def test_null_among_values_is_nullable() -> None:
    type = member({"type": ["string", "null"], "enum": ["a", "b", None]})
    assert type == Nullable(Ref(component("Box").child(".v")))


def test_a_choice_beside_members_is_a_choice_of_merged_objects() -> None:
    api = api_of({"Event": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}, "oneOf": [
        {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}},
        {"type": "object", "required": ["b"], "properties": {"b": {"type": "string"}}}]}})  # fmt: skip
    fields = [
        [f.wire_name for f in d.fields]
        for v in union(api, "Event").variants
        if isinstance(v.type, Ref) and isinstance(d := api.decls[v.type.id], ObjectDecl)
    ]
    assert sorted(fields) == [["id", "a"], ["id", "b"]]


def test_recursion_and_direction() -> None:
    api = api_of(
        {
            "Node": {"type": "object", "properties": {"children": {"type": "array", "items": ref("Node")}}},
            "Lone": {"type": "string"},
        },
        {
            "/a": get(ref("Node")),
            "/b": {
                "post": {"requestBody": {"content": {"application/json": {"schema": ref("Node")}}}, "responses": {}}
            },
        },
    )
    node, lone = api.decls[component("Node")], api.decls[component("Lone")]
    assert isinstance(node, ObjectDecl)
    assert isinstance(lone, AliasDecl)
    assert (node.recursive, node.direction, lone.direction) == (True, Direction.BOTH, Direction.UNUSED)


@pytest.mark.parametrize(
    ("schema", "code"),
    [
        ({"enum": ["a", 1]}, "mixed-enum"),
        ({"type": "array", "prefixItems": [{"type": "string"}]}, "tuple"),
        ({"const": {"a": 1}}, "const"),
    ],
)
def test_what_cannot_be_expressed_is_reported_and_stays_usable(schema: Any, code: str) -> None:
    found = Diagnostics()
    decl = api_of({"Box": {"type": "object", "properties": {"v": schema}}}, diagnostics=found).decls[component("Box")]
    assert [d.code for d in found.items] == [code]
    assert found.items[0].origin.pointer == "/components/schemas/Box/properties/v"
    assert isinstance(decl, ObjectDecl)
    raw = decl.fields[0].type
    assert isinstance(raw, AnyJson) or raw == ListOf(AnyJson("tuple"))


def test_circles_of_all_of_end() -> None:
    api = api_of(
        {
            "A": {"allOf": [ref("B"), {"properties": {"a": {"type": "string"}}}]},
            "B": {"allOf": [ref("A"), {"properties": {"b": {"type": "string"}}}]},
        }
    )
    a = api.decls[component("A")]
    assert isinstance(a, ObjectDecl)
    assert {f.wire_name for f in a.fields} == {"a", "b"}


def test_integer_beside_number_is_number_in_a_wider_choice_too() -> None:
    value = union(api_of({"Value": {"oneOf": [{"type": "string"}, {"type": "number"}, {"type": "integer"}]}}), "Value")
    assert [v.words for v in value.variants] == [("string",), ("number",)]


@pytest.mark.parametrize("types", [("integer", "number"), ("number", "integer")])
def test_an_integer_that_is_a_number_too_is_an_integer(types: tuple[str, str]) -> None:
    assert member({"allOf": [{"type": types[0]}, {"type": types[1]}]}) == Primitive(Kind.INTEGER)


def test_values_beside_an_array_do_not_make_it_a_single_value() -> None:
    found = Diagnostics()
    tags = {"type": "array", "items": {"type": "string"}, "enum": ["a", "b"]}
    api = api_of({"Box": {"type": "object", "properties": {"tags": tags}}}, diagnostics=found)
    assert obj(api, "Box").fields[0].type == ListOf(Primitive(Kind.STRING))
    assert [d.code for d in found.items] == ["malformed"]


def test_a_choice_whose_branches_say_nothing_leaves_the_type_beside_it() -> None:
    says = {"type": "string", "oneOf": [{"description": "One."}, {"description": "Another."}]}
    assert member(says) == STRING
