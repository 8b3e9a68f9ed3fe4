"""Types that could be taken for each other are not: each use has its own type, in the model and in what is generated."""

from __future__ import annotations

import json
import re
from typing import Any

from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.ir.types import EnumDecl, ObjectDecl, Ref, Type, component
from polyport_codegen.pipeline import BuildOptions, build

from tests.codegen import test_node as node
from tests.codegen.specs import api_of, document, get, ref

STRING = {"type": "string"}
NOTHING = {"204": {"description": ""}}


def enum(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


def record(*names: str, **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": dict.fromkeys(names, STRING) | more}


def members(api: Api, type: Type) -> list[str]:
    """What an object has, or the values of an enum."""
    assert isinstance(type, Ref)
    decl = api.decls[type.id]
    if isinstance(decl, EnumDecl):
        return [str(member.value) for member in decl.members]
    assert isinstance(decl, ObjectDecl)
    return [field.wire_name for field in decl.fields]


def exported(api: Api) -> str:
    """All types of the Node package, as one text without breaks."""
    files = node.generate(api)
    text = " ".join(text for path, text in sorted(files.items()) if path.startswith(("src/types/", "src/resources/")))
    return re.sub(r"\s+", " ", text)


def test_parameters_of_one_name_in_several_places() -> None:
    places = {"path": enum("a", "b"), "query": enum("c", "d"), "header": enum("e", "f")}
    listed = [{"in": k, "name": "mode", "required": k == "path", "schema": v} for k, v in places.items()]
    api = api_of({}, {"/p/{mode}": {"get": {"parameters": listed, "responses": NOTHING}}})
    (operation,) = api.operations.values()
    assert [members(api, p.type) for p in operation.parameters] == [["a", "b"], ["c", "d"], ["e", "f"]]
    text = exported(api)
    assert all(f"'{first}' | '{second}'" in text for first, second in ("ab", "cd", "ef"))


def test_an_inline_form_beside_inline_json() -> None:
    content = {
        "application/json": {"schema": record("url", kind=enum("p", "q"))},
        "multipart/form-data": {"schema": record(file={"type": "string", "format": "binary"}, kind=enum("x", "y"))},
    }
    api = api_of({}, {"/up": {"post": {"requestBody": {"content": content}, "responses": NOTHING}}})
    (operation,) = api.operations.values()
    assert operation.body is not None
    found = [members(api, media.type) for media in (operation.body.media, *operation.body.others)]
    assert sorted(found) == [["file", "kind"], ["url", "kind"]]
    text = exported(api)
    assert "'p' | 'q'" in text
    assert "'x' | 'y'" in text


def test_a_schema_named_as_an_inline_member_would_be() -> None:
    schemas = {
        "Order": record(item=record("inline")),
        "Order.item": record("dotted"),
        "OrderItem": record("joined"),
        "Cart": record(a=ref("Order.item"), b=ref("OrderItem")),
    }
    api = api_of(schemas, {"/cart": get(ref("Cart")), "/order": get(ref("Order"))})
    cart, order = api.decls[component("Cart")], api.decls[component("Order")]
    assert isinstance(cart, ObjectDecl)
    assert isinstance(order, ObjectDecl)
    assert [members(api, f.type) for f in (*cart.fields, *order.fields)] == [["dotted"], ["joined"], ["inline"]]
    text = exported(api)
    names = {word: re.findall(r"interface (\w+) \{ " + word, text) for word in ("dotted", "joined", "inline")}
    assert all(len(found) == 1 for found in names.values())
    assert names["dotted"] != names["joined"]


def answer(schema: Any) -> dict[str, Any]:
    return {"description": "", "content": {"application/json": {"schema": schema}}}


def test_the_same_names_in_two_files() -> None:
    def file(word: str) -> str:
        schemas, responses = {"Same": record(word)}, {"R": answer(record(f"in_{word}"))}
        return json.dumps({"components": {"schemas": schemas, "responses": responses}})

    twice = {k: {"$ref": f"{k}.json#/components/schemas/Same"} for k in ("a", "b")}
    answers = {k: {"$ref": f"{k}.json#/components/responses/R"} for k in ("a", "b")} | {"c": answer(record(**twice))}
    paths = {f"/{name}": {"get": {"responses": {"200": said}}} for name, said in answers.items()}
    root = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths}
    found = Diagnostics()
    files = {"spec.json": json.dumps(root), "a.json": file("first"), "b.json": file("second")}
    api = build(document(files, found), BuildOptions(), found)
    one, two, three = (o.result.media.type for o in api.operations.values() if o.result and o.result.media)
    assert (members(api, one), members(api, two)) == (["in_first"], ["in_second"])
    assert isinstance(three, Ref)
    both = api.decls[three.id]
    assert isinstance(both, ObjectDecl)
    assert [members(api, field.type) for field in both.fields] == [["first"], ["second"]]
    text = exported(api)
    assert all(len(re.findall(rf"\{{ {w}\?: string", text)) == 1 for w in ("first", "second", "in_first", "in_second"))
