"""Schemas that lead back to themselves: every document ends, with one type for what is the same, or a diagnostic."""

from __future__ import annotations

import json
from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics, InputError
from polyport_codegen.ir.types import AliasDecl, AnyJson, DeclId, Kind, ListOf, ObjectDecl, Primitive, Ref, component
from polyport_codegen.pipeline import BuildOptions, build

from tests.codegen.specs import api_of, codes, document, get, obj, ref, union

STRING = {"type": "string"}


def record(**members: Any) -> dict[str, Any]:
    return {"type": "object", "properties": members}


def child(*parents: str, **members: Any) -> dict[str, Any]:
    return {"allOf": [*(ref(parent) for parent in parents), record(**members)]}


def members(decl: ObjectDecl) -> dict[str, Any]:
    return {field.wire_name: field.type for field in decl.fields}


def test_an_inherited_recursive_member_declared_again_is_the_same_member() -> None:
    api = api_of({"Base": record(left=ref("Node")), "Node": child("Base", left=ref("Node"))})
    assert members(obj(api, "Node")) == {"left": Ref(component("Node"))}
    assert len(api.decls) == 2


def test_a_member_that_is_narrowed_to_the_child_has_the_childs_type() -> None:
    api = api_of({"A": record(x=ref("A")), "B": child("A", x=ref("B")), "C": child("B", x=ref("C"))})
    types = [members(obj(api, name))["x"] for name in "ABC"]
    assert types == [Ref(component(name)) for name in "ABC"]


def test_a_member_given_twice_with_different_schemas_is_merged_once() -> None:
    extra = {"allOf": [ref("Node"), record(more=STRING)]}
    api = api_of({"Base": record(left=extra), "Node": child("Base", left=record(depth={"type": "integer"}))})
    node = members(obj(api, "Node"))
    assert isinstance(node["left"], Ref)
    left = api.decls[node["left"].id]
    assert isinstance(left, ObjectDecl)
    assert set(members(left)) == {"left", "depth", "more"}
    assert members(left)["left"] == Ref(left.id)  # and not another one inside it, and so on


@pytest.mark.parametrize("beside", [{}, record(kind=STRING), {"discriminator": {"propertyName": "kind"}}])
def test_a_parent_that_lists_its_children_is_a_union_of_them(beside: dict[str, Any]) -> None:
    schemas = {
        "Shape": {"oneOf": [ref("Circle"), ref("Square")]} | beside,
        "Circle": child("Shape", radius=STRING),
        "Square": child("Shape", width=STRING),
    }
    api = api_of(schemas)
    assert [v.type for v in union(api, "Shape").variants] == [Ref(component("Circle")), Ref(component("Square"))]
    kind = ["kind"] if "properties" in beside else []
    assert list(members(obj(api, "Circle"))) == [*kind, "radius"]
    assert len(api.decls) == 3


def test_a_choice_is_no_choice_of_itself() -> None:
    api = api_of({"Text": {"oneOf": [ref("Text"), STRING]}})
    decl = api.decls[component("Text")]
    assert isinstance(decl, AliasDecl)
    assert decl.type == Primitive(Kind.STRING)


@pytest.mark.parametrize(
    "schemas",
    [
        {"A": ref("A")},
        {"A": ref("B"), "B": ref("A")},
        {"A": {"allOf": [ref("A")]}},
        {"A": {"anyOf": [ref("A")]}},
    ],
)
def test_only_a_reference_to_itself_is_reported_and_stays_usable(schemas: dict[str, Any]) -> None:
    found = Diagnostics()
    api = api_of(schemas | {"Box": record(a=ref("A"))}, diagnostics=found)
    assert codes(found) == ["circular-ref"] * (len(schemas))
    assert found.items[0].origin.pointer == "/components/schemas/A"
    decl = api.decls[component("A")]
    assert isinstance(decl, AliasDecl)
    assert isinstance(decl.type, AnyJson)
    assert members(obj(api, "Box")) == {"a": Ref(component("A"))}


def test_what_stands_outside_of_the_components_may_refer_to_itself() -> None:
    here = {"$ref": "#/paths/~1a/get/responses/200/content/application~1json/schema"}
    api = api_of({}, {"/a": get(record(next=here, all={"type": "array", "items": here}))})
    id = DeclId("GET /a", "200", "application/json")
    decl = api.decls[id]
    assert isinstance(decl, ObjectDecl)
    assert members(decl) == {"next": Ref(id), "all": ListOf(Ref(id))}
    assert list(api.decls) == [id]


def test_an_inline_member_may_refer_to_its_own_place() -> None:
    inner = record(again={"$ref": "#/components/schemas/Box/properties/inner"})
    api = api_of({"Box": record(inner=inner)})
    id = component("Box").child(".inner")
    assert members(obj(api, "Box")) == {"inner": Ref(id)}
    decl = api.decls[id]
    assert isinstance(decl, ObjectDecl)
    assert members(decl) == {"again": Ref(id)}


@pytest.mark.parametrize("depth", [60, 110, 600, 5000])
@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ('{"type": "array", "items": ', "}"),
        ('{"type": "object", "properties": {"a": ', "}}"),
        ('{"allOf": [{"minProperties": 1}, ', "]}"),
        ('{"oneOf": [{"type": "integer"}, ', "]}"),
    ],
)
@pytest.mark.parametrize("file", ["spec.json", "spec.yaml"])
def test_deep_nesting_is_a_diagnostic_or_a_type(depth: int, opening: str, closing: str, file: str) -> None:
    tree = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {},
        "components": {"schemas": {"A": 0}},
    }
    schema = opening * depth + '{"type": "string"}' + closing * depth
    text, found = json.dumps(tree).replace("0}}}", schema + "}}}"), Diagnostics()
    if depth > 250:
        with pytest.raises(InputError, match="deep"):
            document({file: text}, found)
        return
    build(document({file: text}, found), BuildOptions(), found)
    assert set(codes(found)) <= {"too-deep", "unchecked"}


@pytest.mark.parametrize("length", [400, 5000])
def test_a_long_chain_of_parents_ends(length: int) -> None:
    chain = {f"s{i}": {"allOf": [{"$ref": f"#/x-parents/s{i + 1}"}, record(m=STRING)]} for i in range(length)}
    found = Diagnostics()
    last = {f"s{length}": record(last=STRING)}
    api = api_of({"S": chain["s0"]}, diagnostics=found, **{"x-parents": chain | last})
    decl = api.decls[component("S")]
    if isinstance(decl, ObjectDecl):
        assert set(members(decl)) == {"m", "last"}
    else:
        assert codes(found) == ["too-deep"]


def test_a_choice_that_is_made_of_the_schema_around_it_ends() -> None:
    choice = {"type": "string", "allOf": [ref("A"), {"type": ["integer", "string"]}]}
    api_of({"A": {"oneOf": [ref("A"), choice, {"anyOf": [ref("B")]}]}, "B": {"type": ["string", "null"]}})
