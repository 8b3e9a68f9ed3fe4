"""Identical inline enums and objects are one type, of which every owner's spelling stays an alias."""

from __future__ import annotations

from typing import Any

from polyport_codegen.ir.graph import inside, owner, unalias
from polyport_codegen.ir.model import Api
from polyport_codegen.ir.types import AliasDecl, DeclId, Direction, EnumDecl, ObjectDecl, Ref, component

from tests.codegen.specs import api_of, get, ref

ORDER = {"type": "string", "enum": ["asc", "desc"]}


def listing(name: str, schema: Any) -> dict[str, Any]:
    """A GET with a query parameter."""
    return get({"type": "string"}, operationId=name, parameters=[{"name": "order", "in": "query", "schema": schema}])


def thing(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def shared(api: Api) -> dict[str, list[str]]:
    """The words of each shared declaration -> those of its aliases."""
    found: dict[str, list[str]] = {}
    for decl in api.decls.values():
        if isinstance(decl, AliasDecl) and decl.inline and isinstance(decl.type, Ref):
            found.setdefault("-".join(api.decls[decl.type.id].words), []).append("-".join(decl.words))
    return {name: sorted(aliases) for name, aliases in found.items()}


def test_identical_enums_are_one_type_with_an_alias_for_every_owner() -> None:
    api = api_of(paths={
        "/runs": listing("listRuns", {**ORDER, "default": "desc"}),
        "/files": listing("listFiles", {"type": "string", "enum": ["desc", "asc"], "default": "asc"}),
    })  # fmt: skip
    assert shared(api) == {"order": ["list-files-order", "list-runs-order"]}
    decl = api.decls[DeclId("shared", "order")]
    assert isinstance(decl, EnumDecl)
    assert (decl.inline, decl.own, decl.default, decl.direction) == (True, (), None, Direction.INPUT)
    for operation in api.operations.values():
        (parameter,) = operation.parameters
        assert parameter.type == Ref(decl.id)
        alias = api.decls[DeclId(operation.key, "query", "order")]
        assert isinstance(alias, AliasDecl)
        assert (alias.type, alias.direction) == (Ref(decl.id), Direction.INPUT)


def test_what_differs_stays_apart() -> None:
    schemas = {
        "A": thing(quality=ORDER, size={"type": "string", "enum": ["asc", "desc", "none"]}),
        "B": thing(eagerness=ORDER, size={"type": "string", "enum": ["asc", "desc"], "x-enum-varnames": ["UP", "DOWN"]}),
    }  # fmt: skip
    assert shared(api_of(schemas)) == {}


def test_identical_objects_are_found_from_the_inside_out() -> None:
    def run(note: str) -> dict[str, Any]:
        inner = thing(mode=ORDER, limit={"type": "integer", "description": note})
        return thing(config=thing(retry=inner, name={"type": "string"}))

    api = api_of({"FastRun": run("Most."), "SlowRun": run("Most.")})
    assert shared(api) == {
        "run-config": ["fast-run-config", "slow-run-config"],
        "run-config-retry": ["fast-run-config-retry", "slow-run-config-retry"],
        "run-config-retry-mode": ["fast-run-config-retry-mode", "slow-run-config-retry-mode"],
    }
    fast = api.decls[component("FastRun")]
    assert isinstance(fast, ObjectDecl)
    assert fast.fields[0].type == Ref(DeclId("shared", "run-config"))
    config = api.decls[DeclId("shared", "run-config")]
    assert isinstance(config, ObjectDecl)
    assert config.fields[0].type == Ref(DeclId("shared", "run-config-retry"))
    assert shared(api_of({"FastRun": run("Most."), "SlowRun": run("At most.")})) == {
        "run-config-retry-mode": ["fast-run-config-retry-mode", "slow-run-config-retry-mode"]
    }


def test_an_alias_owns_nothing() -> None:
    api = api_of({"FastRun": thing(config=thing(mode=ORDER)), "SlowRun": thing(config=thing(mode=ORDER))})
    fast = component("FastRun")
    mode = fast.child(".config", ".mode")
    assert owner(mode, api.decls) == fast
    assert inside(api.decls[mode], fast, api.decls) == ("config", "mode")


def test_one_of_the_owners_is_the_type_where_it_has_the_common_name_or_another_type_does() -> None:
    api = api_of({"Tool": thing(status=ORDER), "BetaTool": thing(status=ORDER)})
    assert shared(api) == {"tool-status": ["beta-tool-status"]}
    taken = api_of({"First": thing(order=ORDER), "Second": thing(order=ORDER), "Order": thing(x={"type": "string"})})
    assert shared(taken) == {"first-order": ["second-order"]}


def test_vague_words_are_no_name() -> None:
    assert shared(api_of({"First": thing(type=ORDER), "Other": thing(type=ORDER)})) == {
        "type-option": ["first-type", "other-type"]
    }


def test_nothing_depends_on_the_order_of_the_document() -> None:
    schemas = {name: thing(order=ORDER, mode={"type": "string", "enum": ["x", "y"]}) for name in "ABCD"}
    schemas["E"] = thing(order={"type": "string", "enum": ["y", "z"]})
    schemas["F"] = thing(order={"type": "string", "enum": ["z", "y"]})
    assert api_of(schemas).decls == api_of(dict(reversed(schemas.items()))).decls


def test_bodies_asked_for_by_member_and_variants_keep_their_own_types() -> None:
    body = {"content": {"application/json": {"schema": thing(order=ORDER)}}}
    post = {"requestBody": body, "responses": {"204": {"description": ""}}}
    choice = {"oneOf": [thing(a=ORDER), {"type": "array", "items": ref("Leaf")}]}
    api = api_of(
        {"Leaf": thing(x={"type": "string"}), "One": choice, "Two": choice},
        {"/a": {"post": {**post, "operationId": "addA"}}, "/b": {"post": {**post, "operationId": "addB"}}},
    )
    assert all(o.body is not None and o.body.flatten is not None for o in api.operations.values())
    assert shared(api) == {
        "order": ["add-a-request-order", "add-b-request-order"],
        "object-a": ["one-object-a", "two-object-a"],
    }
    for operation in api.operations.values():
        assert [api.decls[getattr(unalias(f.type, api.decls), "id")].words for f in api.body_fields(operation)] == [  # noqa: B009
            ("order",)
        ]
