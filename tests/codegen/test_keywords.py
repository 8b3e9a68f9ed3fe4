"""Keywords of schemas: each is read, or reported with its place; none is lost silently."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics, Severity
from polyport_codegen.ir.types import (
    AnyJson,
    Docs,
    EnumDecl,
    Kind,
    ListOf,
    MapOf,
    Nullable,
    Primitive,
    Ref,
    Type,
    component,
)
from polyport_codegen.openapi.keywords import ANNOTATIONS, READ, UNCHECKED

from tests.codegen.specs import api_of, codes, member, obj

STRING = {"type": "string"}
NUMBER = {"type": "number"}
TEXT = Primitive(Kind.STRING)


def reported(schema: dict[str, Any]) -> tuple[Type, list[tuple[str, str]]]:
    """The type of a member, and the code and relative pointer of what was reported about it."""
    found = Diagnostics()
    box = {"type": "object", "properties": {"v": schema}}
    type = obj(api_of({"Box": box}, diagnostics=found), "Box").fields[0].type
    start = len("/components/schemas/Box/properties/v")
    return type, [(d.code, d.origin.pointer[start:]) for d in found.items]


def test_no_keyword_stands_in_two_lists() -> None:
    assert not READ & ANNOTATIONS
    assert not (READ | ANNOTATIONS) & UNCHECKED.keys()


@pytest.mark.parametrize("keyword", sorted(UNCHECKED))
def test_what_only_forbids_is_a_note(keyword: str) -> None:
    value: Any = {"required": ["a"]} if UNCHECKED[keyword] != "how many members there are" else 1
    value = ["a"] if keyword in ("minContains", "maxContains") else value
    type, found = reported(STRING | {keyword: value})
    assert type == TEXT
    assert found == [("unchecked", f"/{keyword}")]


@pytest.mark.parametrize(
    "schema",
    [
        {"if": STRING, "then": {"properties": {"a": STRING}}},
        {"dependentSchemas": {"a": {"properties": {"b": STRING}}}},
        {"unevaluatedItems": STRING},
    ],
)
def test_what_may_bring_members_of_its_own_is_a_warning(schema: dict[str, Any]) -> None:
    found = Diagnostics()
    api_of({"A": {"type": "object", "properties": {"a": STRING}} | schema}, diagnostics=found)
    assert {(d.code, d.severity) for d in found.items if d.code != "unchecked"} == {("unsupported", Severity.WARNING)}


@pytest.mark.parametrize("keyword", ["propertys", "collectionFormat", "optional", "$recursiveRef"])
def test_what_is_no_keyword_is_a_warning_once(keyword: str) -> None:
    found = Diagnostics()
    schemas = {"A": {"type": "object", "properties": {"a": STRING}, keyword: {}}}
    schemas["B"] = {"allOf": [{"$ref": "#/components/schemas/A"}, {"properties": {"b": STRING}}]}
    api_of(schemas, diagnostics=found)
    assert [(d.code, d.severity, d.origin.pointer) for d in found.items] == [
        ("unread", Severity.WARNING, f"/components/schemas/A/{keyword}")
    ]
    assert found.items[0].hint


def test_extensions_and_annotations_are_no_keywords() -> None:
    _, found = reported(STRING | {"x-whatever": 1, "$comment": "c", "externalDocs": {}, "xml": {}, "$id": "urn:a"})
    assert [code for code, _ in found if code != "extension"] == []


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        ("properties", []),
        ("required", True),
        ("enum", "a"),
        ("enum", []),
        ("allOf", {}),
        ("minLength", "1"),
        ("format", 1),
    ],
)
def test_a_keyword_of_a_wrong_type_is_reported(keyword: str, value: Any) -> None:
    _, found = reported({"type": "string", keyword: value})
    assert found == [("malformed", f"/{keyword}")]


@pytest.mark.parametrize("name", ["any", "int", "datetime"])
def test_an_unknown_type_is_reported_and_any_json(name: str) -> None:
    type, found = reported({"type": name})
    assert type == AnyJson("of an unknown type")
    assert found == [("unknown-type", "")]


def test_an_unknown_type_beside_a_known_one_leaves_that() -> None:
    assert reported({"type": ["string", "date"]}) == (TEXT, [("unknown-type", "")])


def test_patterns_of_members() -> None:
    texts = {"^a": STRING}
    assert reported({"type": "object", "patternProperties": texts}) == (MapOf(TEXT), [])
    assert reported({"patternProperties": texts, "additionalProperties": False}) == (MapOf(TEXT), [])
    assert reported({"patternProperties": {"^a": STRING, "^b": STRING}}) == (MapOf(TEXT), [])
    mixed, found = reported({"type": "object", "patternProperties": {"^a": STRING, "^b": NUMBER}})
    assert (mixed, found) == (MapOf(AnyJson()), [("unsupported", "/patternProperties")])
    other = {"type": "object", "patternProperties": texts, "additionalProperties": NUMBER}
    assert reported(other) == (MapOf(AnyJson()), [("unsupported", "/patternProperties")])


def test_patterns_beside_members_type_what_is_not_listed() -> None:
    box = {"type": "object", "properties": {"a": NUMBER}, "patternProperties": {"^x-": STRING}}
    found = Diagnostics()
    decl = obj(api_of({"Box": box}, diagnostics=found), "Box")
    assert decl.additional == TEXT
    assert codes(found) == []


def test_unevaluated_members_are_additional_ones() -> None:
    assert reported({"type": "object", "unevaluatedProperties": STRING}) == (MapOf(TEXT), [])
    base = {"type": "object", "properties": {"a": NUMBER}}
    decl = obj(api_of({"Box": {"allOf": [base], "unevaluatedProperties": STRING}}), "Box")
    assert decl.additional == TEXT


def test_positions_of_a_list() -> None:
    pair = {"type": "array", "prefixItems": [NUMBER, NUMBER], "items": False}
    assert reported(pair) == (ListOf(Primitive(Kind.NUMBER)), [])
    old = {"type": "array", "items": [STRING, NUMBER]}
    for schema in (old, {"prefixItems": [STRING, NUMBER], "items": STRING}, {"prefixItems": [STRING]}):
        assert reported(schema) == (ListOf(AnyJson("tuple")), [("tuple", "")])


def test_constants_with_titles_are_an_enum_with_names_and_words() -> None:
    choices = [
        {"const": "a", "title": "Apple", "description": "A fruit."},
        {"const": "c", "description": "Not named.", "deprecated": True},
        {"enum": ["d"], "title": "A title so long that it is a sentence of its own and no name"},
    ]
    enum = api_of({"Fruit": {"oneOf": choices}}).decls[component("Fruit")]
    assert isinstance(enum, EnumDecl)
    assert [(m.value, m.words, m.docs) for m in enum.members] == [
        ("a", ("apple",), Docs(description="A fruit.")),
        ("c", ("c",), Docs(description="Not named.", deprecated=True)),
        ("d", ("d",), Docs()),
    ]


def test_dynamic_references_and_anchors_are_references() -> None:
    node = {"$dynamicAnchor": "node", "type": "object", "properties": {"next": {"$dynamicRef": "#node"}}}
    api = api_of({"Node": node, "Box": {"type": "object", "properties": {"n": {"$ref": "#node"}}}})
    assert obj(api, "Node").fields[0].type == Ref(component("Node"))
    assert obj(api, "Box").fields[0].type == Ref(component("Node"))


def test_requirements_between_members_are_a_note() -> None:
    found = Diagnostics()
    either = {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}
    api_of({"Box": {"type": "object", "properties": {"a": STRING, "b": STRING}} | either}, diagnostics=found)
    assert [(d.code, d.severity) for d in found.items] == [("unchecked", Severity.NOTE)]


def test_keywords_of_3_0_are_still_meant_in_3_1() -> None:
    found = Diagnostics()
    box = {"type": "object", "properties": {"v": {"type": "string", "nullable": True}}}
    assert obj(api_of({"Box": box}, diagnostics=found), "Box").fields[0].type == Nullable(TEXT)
    assert codes(found) == ["old-dialect"]
    assert member({"type": "string"}) == TEXT


@pytest.mark.parametrize("schema", [{"type": ["string", None]}, {"anyOf": [STRING, {"type": None}]}])
def test_null_without_quotes_is_the_type(schema: dict[str, Any]) -> None:
    assert member(schema) == Nullable(TEXT)


@pytest.mark.parametrize("type", [None, [None], ["string", None]])
def test_null_without_quotes_is_told(type: Any) -> None:
    found, told = reported({"type": type})
    assert found in (AnyJson("null only"), Nullable(TEXT))
    assert told == [("malformed", "/type")]


def test_base64_said_in_the_word_of_3_0_beside_a_media_type() -> None:
    schema = {"type": "string", "format": "base64", "contentMediaType": "application/octet-stream"}
    assert member(schema) == Primitive(Kind.STRING, "byte")


def test_a_count_may_be_written_as_a_fraction() -> None:
    type = member({"type": "string", "minLength": 1.0})
    assert isinstance(type, Primitive)
    assert type.constraints.min_length == 1
