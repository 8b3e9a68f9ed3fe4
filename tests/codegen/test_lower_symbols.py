"""Ids of symbols: made of what stays when a document grows, never shared by two things."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from polyport_codegen.ir.model import Api
from polyport_codegen.ir.types import UnionDecl, component
from polyport_codegen.lower import calls, symbols
from polyport_codegen.lower.planner import Symbol

from .specs import api_of, get, ref


def everything(api: Api) -> Iterator[Symbol]:
    yield from symbols.declared(api)
    yield from symbols.tree(api)
    for call in calls.calls(api).values():
        yield from calls.symbols(call, twins=True)


def union(*variants: Any) -> UnionDecl:
    api = api_of({"Cat": {"type": "object", "properties": {"a": {"type": "string"}}}, "Pet": {"oneOf": list(variants)}})
    decl = api.decl(component("Pet"))
    assert isinstance(decl, UnionDecl)
    return decl


def test_no_two_symbols_of_an_api_share_an_id() -> None:
    api = api_of(
        {
            "Order": {
                "type": "object",
                "properties": {"a/b": {"type": "string"}, "a": {"type": "object", "properties": {"b": {"type": "string"}}}},
            },
            "Order.a": {"type": "object", "properties": {"b": {"enum": ["1", "x"]}}},
            "Mixed": {"enum": [1, 2]},
        },
        {"/x/{id}": get(ref("Order"), parameters=[
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
            {"name": "id", "in": "query", "schema": {"type": "string"}},
        ])},
    )  # fmt: skip
    ids = [s.id for s in everything(api)]
    assert len(ids) == len(set(ids))


def test_an_id_stays_when_its_neighbours_change() -> None:
    text, cat = {"type": "string"}, ref("Cat")
    before, after = union(text, cat), union({"type": "integer"}, cat, text)
    assert set(symbols.variant_ids(before)) < set(symbols.variant_ids(after))


def test_a_calls_ids_stay_when_its_name_and_its_path_parameters_are_renamed() -> None:
    def ids(name: str, parameter: str) -> set[str]:
        path = {"name": parameter, "in": "path", "required": True, "schema": {"type": "string"}}
        api = api_of(
            paths={f"/x/{{{parameter}}}": get({"type": "string"}, operationId=name, parameters=[path, {
                "name": "q", "in": "query", "schema": {"type": "string"}}])}
        )  # fmt: skip
        return {s.id for c in calls.calls(api).values() for s in calls.symbols(c, twins=True) if "path" not in s.id}

    assert ids("one", "id") == ids("two", "key")
    assert len(ids("one", "id")) == 2


def test_members_of_one_name_fall_back_to_how_the_wire_spells_them() -> None:
    api = api_of(
        {"Odd": {"type": "object", "properties": {"foo_bar": {"type": "string"}, "fooBar": {"type": "string"}}}}
    )
    found = [s.context[0] for s in symbols.declared(api) if s.role == "member"]
    assert found == [("foo", "bar", "snake"), ("foo", "bar", "camel")]
