"""`$ref` wherever an object may stand: each is followed from the file that holds it, and no call is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics, InputError, Severity
from polyport_codegen.ir.model import Api, MediaKind, Style
from polyport_codegen.ir.types import AliasDecl, DeclId, Kind, ObjectDecl, Primitive, Ref, component
from polyport_codegen.pipeline import BuildOptions, build

from tests.codegen.specs import api_of, codes, document, obj, ref

OK: dict[str, Any] = {"responses": {"204": {"description": ""}}}


def files_api(root: dict[str, Any], diagnostics: Diagnostics | None = None, **files: Any) -> Api:
    """The model of a document in several files: `a__b` is the file `a/b.json`."""
    found = diagnostics or Diagnostics()
    tree = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, **root}
    texts = {"api/root.json": json.dumps(tree)}
    texts |= {f"api/{name.replace('__', '/')}.json": json.dumps(value) for name, value in files.items()}
    return build(document(texts, found), BuildOptions(), found)


def test_operations_path_items_and_all_they_hold_may_stand_in_other_files() -> None:
    api = files_api(
        {
            "paths": {
                "/orders": {"get": {"$ref": "calls/orders.json#/list"}},
                "/orders/{id}": {"$ref": "paths/order.json"},
            }
        },
        calls__orders={
            "list": {
                "operationId": "listOrders",
                "parameters": [{"$ref": "../parts.json#/limit"}],
                "responses": {"200": {"$ref": "../parts.json#/orders"}},
            }
        },
        paths__order={
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
            "put": {
                "operationId": "putOrder",
                "requestBody": {"$ref": "../parts.json#/body"},
                "responses": {"200": {"$ref": "../parts.json#/orders"}},
            },
        },
        parts={
            "limit": {"name": "limit", "in": "query", "schema": {"$ref": "schemas.json#/Count"}},
            "orders": {
                "description": "Orders.",
                "headers": {"X-Left": {"$ref": "#/left"}},
                "content": {"application/json": {"schema": {"$ref": "schemas.json#/Order"}}},
            },
            "left": {"schema": {"type": "integer"}},
            "body": {"required": True, "content": {"application/json": {"$ref": "#/media"}}},
            "media": {"schema": {"$ref": "schemas.json#/Order"}, "examples": {"one": {"$ref": "#/example"}}},
            "example": {"value": {"id": 1}},
        },
        schemas={"Count": {"type": "integer"}, "Order": {"type": "object", "properties": {"id": {"type": "integer"}}}},
    )
    assert set(api.operations) == {"listOrders", "putOrder"}
    listed, put = api.operations["listOrders"], api.operations["putOrder"]
    assert [p.wire_name for p in listed.parameters] == ["limit"]
    assert [(p.wire_name, p.type) for p in put.parameters] == [("id", Primitive(Kind.INTEGER))]
    assert listed.result is not None
    assert put.body is not None
    assert listed.result.type == put.body.media.type
    assert isinstance(listed.result.type, Ref)
    order = api.decl(listed.result.type.id)
    assert isinstance(order, ObjectDecl)
    assert [f.wire_name for f in order.fields] == ["id"]
    assert [(h.wire_name, h.type) for h in listed.result.headers] == [("X-Left", Primitive(Kind.INTEGER))]
    assert put.body.docs.examples == ({"id": 1},)


def test_no_call_is_lost_however_its_path_item_is_written() -> None:
    found = Diagnostics()
    api = files_api(
        {
            "paths": {
                "/a": {"$ref": "#/components/pathItems/A", "put": {"operationId": "put", **OK}},
                "/b": {"get": {"$ref": "b.json#/paths/~1b/get"}, "POST": {"operationId": "post", **OK}},
                "/c": {
                    "query": {"operationId": "search", **OK},
                    "additionalOperations": {"COPY": {"operationId": "copy", **OK}},
                },
                "/d": None,
                "/e": "nothing",
                "x-more": {"get": OK},
            },
            "components": {
                "pathItems": {"A": {"get": {"operationId": "get", **OK}, "put": {"operationId": "hidden", **OK}}}
            },
        },
        found,
        b={"paths": {"/b": {"get": {"operationId": "far", **OK}}}},
    )
    assert {o.id: f"{o.method} {o.path}" for o in api.operations.values()} == {
        "put": "PUT /a",
        "get": "GET /a",
        "far": "GET /b",
        "post": "POST /b",
        "search": "QUERY /c",
        "copy": "COPY /c",
    }
    assert [d.code for d in found.items] == ["duplicate-operation", "method-case", "malformed", "malformed"]


@pytest.mark.parametrize(
    ("item", "kept", "told"),
    [
        ({"get": {"operationId": "one"}, "GET": {"operationId": "two"}}, "one", "/paths/~1a/GET"),
        (
            {"query": {"operationId": "one"}, "additionalOperations": {"QUERY": {"operationId": "two"}}},
            "one",
            "/paths/~1a/additionalOperations/QUERY",
        ),
        (
            {"$ref": "#/components/pathItems/A", "get": {"operationId": "one"}},
            "one",
            "/components/pathItems/A/get",
        ),
        ({"$ref": "#/components/pathItems/A", "get": None}, "two", "/paths/~1a/get"),
        ({"get": {"operationId": "one"}, "put": None}, "one", "/paths/~1a/put"),
    ],
)
def test_an_operation_that_is_left_out_is_told(item: dict[str, Any], kept: str, told: str) -> None:
    found = Diagnostics()
    api = api_of(
        paths={"/a": item},
        components={"pathItems": {"A": {"get": {"operationId": "two"}}}},
        diagnostics=found,
    )
    assert list(api.operations) == [kept]
    assert [d.origin.pointer for d in found.items if d.code in ("duplicate-operation", "malformed")] == [told]


def test_what_stands_beside_a_reference_says_more_of_this_use() -> None:
    parameter = {"$ref": "#/components/parameters/Limit", "description": "Here: of orders."}
    answer = {"$ref": "#/components/responses/Gone", "description": "No such order."}
    api = api_of(
        paths={"/a": {"get": {"operationId": "a", "parameters": [parameter], "responses": {"204": answer}}}},
        components={
            "parameters": {
                "Limit": {"name": "limit", "in": "query", "description": "Of any.", "schema": {"type": "integer"}}
            },
            "responses": {"Gone": {"description": "Gone."}},
        },
    )
    call = api.operations["a"]
    assert call.parameters[0].docs.description == "Here: of orders."
    assert call.responses[0].docs.description == "No such order."


def test_what_is_shared_has_one_type_for_all_its_uses() -> None:
    order = {"name": "order", "in": "query", "schema": {"enum": ["asc", "desc"]}}
    body = {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}}
    call = {
        "parameters": [{"$ref": "#/components/parameters/Order"}],
        "requestBody": {"$ref": "#/components/requestBodies/New"},
        **OK,
    }
    api = api_of(
        paths={"/a": {"post": {"operationId": "a", **call}}, "/b": {"post": {"operationId": "b", **call}}},
        components={"parameters": {"Order": order}, "requestBodies": {"New": body}},
    )
    a, b = api.operations["a"], api.operations["b"]
    assert a.parameters[0].type == b.parameters[0].type
    assert a.body is not None
    assert b.body is not None
    assert a.body.flatten == b.body.flatten
    assert len(api.decls) == 2


def test_encodings_examples_and_security_schemes_are_followed() -> None:
    form = {
        "schema": {"type": "object", "properties": {"tags": {"type": "array", "items": {"type": "string"}}}},
        "encoding": {"tags": {"$ref": "#/components/x-encodings/Spaced"}},
    }
    api = api_of(
        paths={
            "/a": {
                "post": {
                    "operationId": "a",
                    "requestBody": {"content": {"application/x-www-form-urlencoded": form}},
                    "parameters": [
                        {
                            "name": "q",
                            "in": "query",
                            "schema": ref("Q"),
                            "examples": {"x": {"$ref": "#/components/examples/Q"}},
                        }
                    ],
                    "security": [{"key": []}],
                    **OK,
                }
            }
        },
        components={
            "schemas": {"Q": {"type": "string"}},
            "x-encodings": {"Spaced": {"style": "spaceDelimited"}},
            "examples": {"Q": {"value": "hi"}},
            "securitySchemes": {"key": {"$ref": "#/components/x-schemes/Key"}},
            "x-schemes": {"Key": {"type": "apiKey", "in": "query", "name": "k"}},
        },
    )
    call = api.operations["a"]
    assert call.body is not None
    assert call.body.media.kind is MediaKind.FORM
    assert [(e.member, e.style) for e in call.body.media.encodings] == [("tags", Style.SPACE_DELIMITED)]
    assert call.parameters[0].docs.examples == ("hi",)
    assert call.parameters[0].type == Ref(component("Q"))
    assert api.security_schemes["key"].shown == "query"


def test_a_schema_with_an_address_is_what_references_below_it_are_relative_to() -> None:
    inner = {"$anchor": "d", "type": "integer"}
    box = {
        "$id": "https://e.com/models/box",
        "$defs": {"D": inner},
        "type": "object",
        "properties": {
            "pointer": {"$ref": "#/$defs/D"},
            "anchor": {"$ref": "#d"},
            "self": {"$ref": "#"},
            "near": {"$ref": "tag"},
            "far": {"$ref": "https://e.com/models/tag"},
        },
    }
    found = Diagnostics()
    tag = {"$id": "https://e.com/models/tag", "$defs": {"D": {"$anchor": "d", "type": "boolean"}}, "type": "string"}
    api = api_of({"Box": box, "Tag": tag, "Other": ref("Box")}, diagnostics=found)
    nested = Ref(DeclId("#/components/schemas/Box/$defs/D"))
    assert {f.wire_name: f.type for f in obj(api, "Box").fields} == {
        "pointer": nested,
        "anchor": nested,
        "self": Ref(component("Box")),
        "near": Ref(component("Tag")),
        "far": Ref(component("Tag")),
    }
    assert codes(found) == []


def test_addresses_count_over_files_and_nest() -> None:
    files = {
        "spec.json": json.dumps(
            {"openapi": "3.2.0", "$self": "https://e.com/api.json", "info": {"title": "T"}, "paths": {}, "components": {"schemas": {
                "Box": {"type": "object", "properties": {"a": {"$ref": "shared.json#/Id"}, "b": {"$ref": "https://e.com/api.json#/components/schemas/Tag"}}},
                "Tag": {"$ref": "shared.json#/Tag"},
            }}}
        ),
        "shared.json": json.dumps(
            {"Id": {"type": "integer"}, "Tag": {"$id": "https://e.com/tags/", "type": "object", "properties": {"v": {"$ref": "value"}},
             "$defs": {"V": {"$id": "value", "$defs": {"W": {"type": "boolean"}}, "$ref": "#/$defs/W"}}}}
        ),
    }  # fmt: skip
    found = Diagnostics()
    api = build(document(files, found), BuildOptions(), found)
    box, tag = obj(api, "Box"), obj(api, "Tag")
    assert [f.type for f in box.fields] == [Ref(DeclId("shared.json#/Id")), Ref(component("Tag"))]
    value = api.decls[tag.fields[0].type.id]  # type: ignore[union-attr]
    assert isinstance(value, AliasDecl)
    assert value.type == Ref(DeclId("shared.json#/Tag/$defs/V/$defs/W"))
    assert codes(found) == []


def test_a_reference_from_the_root_of_the_file_below_an_address_is_told() -> None:
    found = Diagnostics()
    box = {"$id": "https://e.com/box", "type": "object", "properties": {"tag": ref("Tag")}}
    api = api_of({"Box": box, "Tag": {"type": "string"}}, diagnostics=found)
    assert obj(api, "Box").fields[0].type == Ref(component("Tag"))
    assert [(d.code, d.severity, d.origin.pointer) for d in found.items] == [
        ("anchor-ref", Severity.NOTE, "/components/schemas/Box/properties/tag/$ref")
    ]


def test_what_no_schema_has_as_its_address_is_an_error_with_its_place() -> None:
    box = {"$id": "https://e.com/box", "type": "object", "properties": {"v": {"$ref": "https://e.com/none"}}}
    with pytest.raises(InputError) as caught:
        api_of({"Box": box})
    assert (caught.value.diagnostic.code, caught.value.diagnostic.hint) == (
        "remote-ref",
        "Keep a copy in a file beside this one.",
    )
    assert caught.value.diagnostic.origin.pointer == "/components/schemas/Box/properties/v/$ref"


def test_what_means_nothing_beside_a_reference_is_told_once() -> None:
    found = Diagnostics()
    shared = {"$ref": "#/components/parameters/P", "required": True, "x-mine": 1, "description": "Here."}
    call = {"responses": {"204": {"$ref": "#/components/responses/R", "headers": {"A": {}}}}}
    api = api_of(
        paths={"/a": {"parameters": [shared], "get": {**call, "operationId": "a"}, "put": {"operationId": "b", **OK}}},
        components={
            "parameters": {"P": {"name": "p", "in": "query", "schema": {"type": "string"}}},
            "responses": {"R": {"description": ""}},
        },
        diagnostics=found,
    )
    assert [p.required for o in api.operations.values() for p in o.parameters] == [False, False]
    assert [(d.code, d.origin.pointer) for d in found.items if d.code != "extension"] == [
        ("unread", "/paths/~1a/parameters/0/required"),
        ("unread", "/paths/~1a/get/responses/204/headers"),
    ]
