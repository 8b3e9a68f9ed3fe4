"""Names for types that contain only themselves are opened before any language sees them."""

from __future__ import annotations

from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.types import (
    AliasDecl,
    AnyJson,
    ListOf,
    MapOf,
    ObjectDecl,
    Primitive,
    Ref,
    UnionDecl,
    component,
)

from .specs import api_of, ref


def test_a_list_of_itself_keeps_its_list_and_says_so() -> None:
    said = Diagnostics()
    api = api_of({"Tree": {"type": "array", "items": ref("Tree")}}, diagnostics=said)
    tree = api.decl(component("Tree"))
    assert isinstance(tree, AliasDecl)
    assert isinstance(tree.type, ListOf)
    assert isinstance(tree.type.item, AnyJson)
    assert [d.code for d in said.items] == ["recursive-alias"]


def test_two_aliases_in_a_circle_are_both_opened_whatever_their_order() -> None:
    a, b = {"type": "array", "items": ref("B")}, {"type": "object", "additionalProperties": ref("A")}
    for schemas in ({"A": a, "B": b}, {"B": b, "A": a}):
        api = api_of(schemas)
        first, second = api.decl(component("A")), api.decl(component("B"))
        assert isinstance(first, AliasDecl)
        assert isinstance(second, AliasDecl)
        assert isinstance(first.type, ListOf)
        assert isinstance(first.type.item, AnyJson)
        assert isinstance(second.type, MapOf)
        assert isinstance(second.type.value, AnyJson)


def test_a_circle_through_an_object_or_a_union_stays() -> None:
    said = Diagnostics()
    api = api_of(
        {
            "Nodes": {"type": "array", "items": ref("Node")},
            "Node": {"type": "object", "properties": {"below": ref("Nodes")}},
            "Value": {"oneOf": [{"type": "string"}, {"type": "array", "items": ref("Value")}]},
        },
        diagnostics=said,
    )
    nodes, node, value = (api.decl(component(n)) for n in ("Nodes", "Node", "Value"))
    assert isinstance(nodes, AliasDecl)
    assert isinstance(nodes.type, ListOf)
    assert nodes.type.item == Ref(node.id)
    assert isinstance(node, ObjectDecl)
    assert node.fields[0].type == Ref(nodes.id)
    assert isinstance(value, UnionDecl)
    assert next(v.type for v in value.variants if isinstance(v.type, ListOf)).item == Ref(value.id)
    assert not said.items


def test_a_union_of_itself_is_the_union_of_its_other_variants() -> None:
    api = api_of({"Odd": {"oneOf": [ref("Odd"), {"type": "string"}, {"type": "integer"}]}})
    odd = api.decl(component("Odd"))
    assert isinstance(odd, UnionDecl)
    assert all(isinstance(v.type, Primitive) for v in odd.variants)
    assert len(odd.variants) == 2
