"""What several parts say of one value: what is in all of them counts, and what contradicts itself is told, with its place."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics, Severity
from polyport_codegen.ir.types import (
    AnyJson,
    Const,
    Constraints,
    EnumDecl,
    Field,
    Kind,
    Nullable,
    Primitive,
    Ref,
    Type,
    component,
)
from polyport_codegen.values import Json

from tests.codegen.specs import api_of, get, member, obj, ref

TEXT = Primitive(Kind.STRING)
STRING = {"type": "string"}
INTEGER = {"type": "integer"}


def read(schema: Any, **others: Any) -> tuple[Field, list[tuple[str, str]]]:
    """The member `v` of an object, and the code and relative pointer of what was reported."""
    found = Diagnostics()
    box = {"Box": {"type": "object", "properties": {"v": schema}}, **others}
    field = obj(api_of(box, diagnostics=found), "Box").fields[0]
    start = len("/components/schemas/Box/properties/v")
    assert all(d.hint for d in found.items if d.severity is Severity.WARNING)
    return field, [(d.code, d.origin.pointer[start:]) for d in found.items]


def values(schema: Any) -> tuple[list[Json], Kind]:
    """The known values of an enum."""
    decl = api_of({"E": schema}).decls[component("E")]
    assert isinstance(decl, EnumDecl), decl
    return [m.value for m in decl.members], decl.kind


@pytest.mark.parametrize(
    ("parts", "type", "at"),
    [
        ([STRING, INTEGER], Primitive(Kind.INTEGER), "/allOf/1/type"),
        ([{"type": ["string", "null"]}, INTEGER], Primitive(Kind.INTEGER), "/allOf/1/type"),
        ([{"const": "a"}, {"const": "b"}], Const("b"), "/allOf/1/const"),
        ([{"const": 1}, {"const": True}], Const(True), "/allOf/1/const"),
        ([{"enum": ["a"]}, {"enum": ["b"]}], Const("b"), "/allOf/1/enum"),
        ([{"enum": ["a"]}, {"const": "b"}], Const("b"), "/const"),
        ([STRING | {"format": "date"}, {"format": "uuid"}], Primitive(Kind.STRING, "uuid"), "/allOf/1/format"),
        ([STRING, False], TEXT, "/allOf/1"),
    ],
)
def test_parts_that_leave_nothing_are_told_and_the_last_counts(parts: list[Any], type: Type, at: str) -> None:
    field, found = read({"allOf": parts})
    assert (field.type, found) == (type, [("contradiction", at)])


def test_a_member_that_a_child_declares_otherwise_is_told_at_the_child() -> None:
    found = Diagnostics()
    parent = {"type": "object", "properties": {"x": INTEGER}}
    child = {"allOf": [ref("Parent"), {"properties": {"x": STRING}}]}
    api = api_of({"Parent": parent, "Child": child}, diagnostics=found)
    assert obj(api, "Child").fields[0].type == TEXT
    assert [(d.code, d.origin.pointer) for d in found.items] == [
        ("contradiction", "/components/schemas/Child/allOf/1/properties/x/type")
    ]


def test_what_parts_share_counts() -> None:
    assert read({"allOf": [{"type": ["string", "null"]}, {"type": ["null", "integer"]}]})[1] == []
    assert member({"allOf": [{"type": "number"}, INTEGER]}) == Primitive(Kind.INTEGER)
    assert member({"allOf": [{"enum": ["a", "b"]}, {"enum": ["b", "c"]}]}) == Const("b")
    assert values({"allOf": [{"enum": [1, 2, 3]}, {"enum": [True, 2, 3]}]})[0] == [2, 3]


def test_of_limits_those_count_that_forbid_more() -> None:
    loose = {"type": "integer", "format": "int64", "minimum": 1, "maximum": 9, "multipleOf": 2, "minItems": 1}
    close = {"minimum": 3, "maximum": 20, "multipleOf": 3, "format": "int32"}
    limits = Constraints(minimum=3, maximum=9, multiple_of=6, min_items=1)
    for parts in ([loose, close], [close, loose]):
        assert read({"allOf": parts}) == (
            Field(
                "v", ("v",), Primitive(Kind.INTEGER, "int32", limits), False, origin=read({"allOf": parts})[0].origin
            ),
            [],
        )


def test_of_several_patterns_one_is_kept_with_a_note() -> None:
    field, found = read({"allOf": [STRING | {"pattern": "^a"}, {"pattern": "b$"}]})
    assert field.type == Primitive(Kind.STRING, constraints=Constraints(pattern="b$"))
    assert found == [("unchecked", "/allOf/1/pattern")]


@pytest.mark.parametrize(
    "limits",
    [
        {"minimum": 5, "maximum": 3},
        {"exclusiveMinimum": 3, "exclusiveMaximum": 3},
        {"minimum": 3, "exclusiveMaximum": 3},
    ],
)
def test_limits_that_leave_nothing_are_left_out(limits: dict[str, Any]) -> None:
    field, found = read(INTEGER | limits)
    assert (field.type, found) == (Primitive(Kind.INTEGER), [("contradiction", f"/{next(iter(limits))}")])
    assert read(INTEGER | {"minimum": 3, "maximum": 3})[1] == []


@pytest.mark.parametrize(
    ("schema", "known", "told"),
    [
        (STRING | {"enum": ["a", 1, True, 1.5]}, ["a", "1", "true", "1.5"], True),
        (INTEGER | {"enum": ["1", 2, "2"]}, [1, 2], True),
        (INTEGER | {"enum": [1, "x", 2]}, [1, 2], True),
        ({"type": "number", "enum": ["0.5", 2]}, [0.5, 2], True),
        (INTEGER | {"enum": ["a", "b"]}, ["a", "b"], True),
        (INTEGER | {"enum": [1.0, 2]}, [1, 2], False),
    ],
)
def test_values_are_of_their_type(schema: dict[str, Any], known: list[Json], told: bool) -> None:
    found = Diagnostics()
    decl = api_of({"E": schema}, diagnostics=found).decls[component("E")]
    assert isinstance(decl, EnumDecl)
    assert [(m.value, type(m.value)) for m in decl.members] == [(value, type(value)) for value in known]
    assert [(d.code, d.origin.pointer) for d in found.items] == (
        [("contradiction", "/components/schemas/E/enum")] if told else []
    )


def test_an_integer_constant_may_be_written_as_a_fraction() -> None:
    for schema in (INTEGER | {"const": 1.0}, INTEGER | {"enum": [1.0]}):
        field, found = read(schema)
        assert isinstance(field.type, Const)
        assert (type(field.type.value), field.type.value, found) == (int, 1, [])


@pytest.mark.parametrize(
    ("schema", "default", "told"),
    [
        (INTEGER | {"default": "10"}, 10, True),
        (INTEGER | {"default": "x"}, None, True),
        (STRING | {"default": 10}, "10", True),
        ({"type": "boolean", "default": "false"}, False, True),
        (INTEGER | {"default": 10.0}, 10, False),
        ({"type": "array", "items": STRING, "default": "a"}, None, True),
        (STRING | {"enum": ["a", "b"], "default": "c"}, "c", True),
        ({"type": ["string", "null"], "default": None}, None, False),
        ({"$ref": "#/components/schemas/Count", "default": "x"}, None, True),
        ({"$ref": "#/components/schemas/Count", "default": 2}, 2, False),
    ],
)
def test_a_default_is_of_its_type(schema: dict[str, Any], default: Json, told: bool) -> None:
    field, found = read(schema, Count=INTEGER)
    assert (field.default, type(field.default)) == (default, type(default))
    assert found == ([("contradiction", "/default")] if told else [])


def test_what_is_required_and_forbidden_is_told() -> None:
    found = Diagnostics()
    box = {"type": "object", "required": ["a", "z"], "properties": {"a": STRING}, "additionalProperties": False}
    assert [f.wire_name for f in obj(api_of({"Box": box}, diagnostics=found), "Box").fields] == ["a"]
    assert [(d.code, d.severity, d.origin.pointer) for d in found.items] == [
        ("contradiction", Severity.WARNING, "/components/schemas/Box")
    ]


def test_true_and_false_as_schemas() -> None:
    assert read({"oneOf": [False, STRING]})[0].type == TEXT
    assert read({"anyOf": [STRING, False, {"type": "null"}]})[0].type == Nullable(TEXT)
    assert read({"oneOf": [True, STRING]})[0].type == AnyJson()
    assert read({"type": "array", "items": False})[1] == [("unchecked", "/items")]
    assert read("string")[1] == [("malformed", "")]


def test_a_member_that_must_not_be_there_is_none() -> None:
    found = Diagnostics()
    parent = {"type": "object", "required": ["b"], "properties": {"a": STRING, "b": STRING}}
    child = {"allOf": [ref("Parent"), {"properties": {"b": False}}]}
    api = api_of({"Parent": parent, "Child": child}, diagnostics=found)
    assert [f.wire_name for f in obj(api, "Child").fields] == ["a"]
    assert [(d.code, d.origin.pointer) for d in found.items] == [
        ("unchecked", "/components/schemas/Child/allOf/1/properties/b")
    ]


def test_maps_that_are_parts_of_one_meet() -> None:
    parts = [{"type": "object", "additionalProperties": STRING}, {"additionalProperties": {"enum": ["a", "b"]}}]
    found = Diagnostics()
    api = api_of({"Box": {"allOf": parts}}, {"/a": get(ref("Box"))}, found)
    assert [d.code for d in found.items] == []
    enum = next(d for d in api.decls.values() if isinstance(d, EnumDecl))
    assert [m.value for m in enum.members] == ["a", "b"]


@pytest.mark.parametrize("flag", ["readOnly", "writeOnly"])
def test_a_mark_counts_in_the_one_choice_beside_null(flag: str) -> None:
    marked = STRING | {flag: True}
    for schema in (
        {"anyOf": [marked, {"type": "null"}]},
        {"oneOf": [{"type": "null"}, ref("Marked")]},
        {"oneOf": [marked, INTEGER | {flag: True}]},
    ):
        field, _ = read(schema, Marked=marked)
        assert (field.read_only, field.write_only) == (flag == "readOnly", flag == "writeOnly")
    field, _ = read({"oneOf": [marked, INTEGER]})
    assert (field.read_only, field.write_only) == (False, False)


def test_a_discriminator_of_an_inline_schema_is_told() -> None:
    kind = {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat"}}
    pet = {"type": "object", "discriminator": kind, "properties": {"kind": STRING}}
    field, found = read(pet, Cat={"type": "object", "properties": {"kind": STRING}})
    assert isinstance(field.type, Ref)
    assert found == [("discriminator", "/discriminator/mapping")]


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ({}, ""),
        ({"propertyName": 1}, ""),
        ({"propertyName": "k", "mapping": []}, "/mapping"),
        ({"propertyName": "k", "mapping": {"a": 1}}, "/mapping"),
        ({"propertyName": "k", "defaultMapping": 1}, "/defaultMapping"),
        ({"propertyName": "k", "others": "A"}, "/others"),
    ],
)
def test_a_discriminator_of_a_wrong_shape_is_told(said: Any, at: str) -> None:
    _, found = read({"discriminator": said, "oneOf": [STRING, {"type": "object", "properties": {"k": STRING}}]})
    assert [pointer for code, pointer in found if code in ("malformed", "unread")] == [f"/discriminator{at}"]


@pytest.mark.parametrize(
    ("schema", "hint"),
    [
        ({"type": "string", "default": 1.1}, "It is read as '1.1': put what is meant in quotes."),
        ({"type": "string", "enum": ["a", 7]}, "It is read as '7': put what is meant in quotes."),
        ({"type": "string", "default": True}, "It is read as 'true': write it so."),
        ({"type": "integer", "default": "5"}, "It is read as 5: write it so."),
    ],
)
def test_the_way_out_of_a_value_of_another_type_works(schema: dict[str, Any], hint: str) -> None:
    found = Diagnostics()
    member = {"type": "object", "properties": {"v": schema}}
    api_of({"Box": member}, diagnostics=found)
    assert [(d.code, d.hint) for d in found.items] == [("contradiction", hint)]
