"""Wherever a schema stands, what it says is read or reported, once, with its place."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.types import Kind, Primitive, UnionDecl

from tests.codegen.specs import api_of, codes, member, ref

STRING = {"type": "string"}
TEXT = Primitive(Kind.STRING)
JSON = "application/json"


def box(schema: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"v": schema}}


def call(**members: Any) -> dict[str, Any]:
    return {"/a": {"post": {"operationId": "a", "responses": {"204": {"description": ""}}, **members}}}


def answer(schema: Any, media: str = JSON, status: str = "200", **members: Any) -> dict[str, Any]:
    return call(responses={status: {"description": "", "content": {media: {"schema": schema}}, **members}})


def sent(schema: Any, media: str = JSON) -> dict[str, Any]:
    return call(requestBody={"content": {media: {"schema": schema}}})


AT = "/paths/~1a/post"
ANSWER = f"{AT}/responses/200/content/application~1json/schema"
#: By place: the schemas and paths of a document with a schema there, and its pointer.
PLACES: dict[str, Any] = {
    "component": lambda s: ({"X": s}, {}, "/components/schemas/X"),
    "member": lambda s: ({"X": box(s)}, {}, "/components/schemas/X/properties/v"),
    "item": lambda s: ({"X": {"type": "array", "items": s}}, {}, "/components/schemas/X/items"),
    "map": lambda s: ({"X": {"additionalProperties": s}}, {}, "/components/schemas/X/additionalProperties"),
    "through a reference": lambda s: ({"X": s, "Y": box(ref("X"))}, {}, "/components/schemas/X"),
    "part": lambda s: ({"X": {"allOf": [s, {"title": "t"}]}}, {}, "/components/schemas/X/allOf/0"),
    "member of a part": lambda s: ({"X": {"allOf": [box(s), box(s)]}}, {}, "/components/schemas/X/allOf/0/properties/v"),
    "choice": lambda s: ({"X": {"oneOf": [s, {"type": "boolean"}]}}, {}, "/components/schemas/X/oneOf/0"),
    "choice of one kind": lambda s: ({"X": {"oneOf": [s, STRING]}}, {}, "/components/schemas/X/oneOf/0"),
    "beside null": lambda s: ({"X": box({"anyOf": [s, {"type": "null"}]})}, {}, "/components/schemas/X/properties/v/anyOf/0"),
    "body": lambda s: ({}, sent(s), f"{AT}/requestBody/content/application~1json/schema"),
    "form": lambda s: ({}, sent(box(s), "multipart/form-data"), f"{AT}/requestBody/content/multipart~1form-data/schema/properties/v"),
    "answer": lambda s: ({}, answer(s), ANSWER),
    "error": lambda s: ({}, answer(s, status="404"), ANSWER.replace("200", "404")),
    "event": lambda s: ({}, answer(s, "text/event-stream"), ANSWER.replace("application~1json", "text~1event-stream")),
    "header": lambda s: ({}, answer({}, headers={"X-A": {"schema": s}}), f"{AT}/responses/200/headers/X-A/schema"),
    "query": lambda s: ({}, call(parameters=[{"name": "q", "in": "query", "schema": s}]), f"{AT}/parameters/0/schema"),
    "query of JSON": lambda s: ({}, call(parameters=[{"name": "q", "in": "query", "content": {JSON: {"schema": s}}}]), f"{AT}/parameters/0/content/application~1json/schema"),
    "callback": lambda s: ({}, call(callbacks={"c": {"{$url}": {"post": sent(s)["/a"]["post"]}}}), f"{AT}/callbacks/c/{{$url}}/post/requestBody/content/application~1json/schema"),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("schema", "keyword", "code"),
    [
        (STRING, "propertys", "unread"),
        (STRING, "not", "unchecked"),
        (STRING, "minLength", "malformed"),
        ({"type": "object"}, "if", "unsupported"),
        ({"type": "object"}, "dependentSchemas", "unsupported"),
        ({"type": "object"}, "propertyNames", "unchecked"),
        ({"type": "object"}, "patternProperties", "unsupported"),
        ({"type": "array"}, "unevaluatedItems", "unsupported"),
    ],
)
def test_what_is_not_read_is_told_once_wherever_it_stands(
    place: str, schema: dict[str, Any], keyword: str, code: str
) -> None:
    inner: dict[str, Any] = {"a": {"properties": {"b": STRING}}, "^b": {"type": "integer"}}
    value: Any = "x" if keyword == "minLength" else inner if keyword[0] in "dp" else {"properties": inner}
    schemas, paths, at = PLACES[place]({**schema, keyword: value})
    found = Diagnostics()
    api_of(schemas, paths, found)
    said = [d.code for d in found.items if d.origin.pointer == f"{at}/{keyword}"]
    assert said == [code], [(d.code, d.origin.pointer) for d in found.items]


@pytest.mark.parametrize("media", ["text/plain", "text/csv", "application/octet-stream"])
@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"type": "string"}, False),
        ({"type": "string", "format": "binary"}, False),
        ({}, False),
        ({"type": "string", "enum": ["a", "b"]}, True),
        ({"type": "integer"}, True),
        ({"type": "string", "pattern": "^a"}, True),
    ],
)
def test_the_schema_of_text_and_bytes_is_not_read_and_that_is_told(media: str, schema: Any, told: bool) -> None:
    found = Diagnostics()
    api_of(paths=answer(schema, media), diagnostics=found)
    assert [code for code in codes(found) if code == "raw-media"] == (["raw-media"] if told else [])


def test_headers_of_answers_make_no_types() -> None:
    found = Diagnostics()
    order = {"type": "string", "enum": ["asc", "desc"]}
    headers = {"X-A": {"schema": order}, "X-B": {"schema": {"$ref": "#/x-more/Order"}}, "X-C": {"schema": STRING}}
    api = api_of(paths=answer(STRING, headers=headers), diagnostics=found, **{"x-more": {"Order": order}})
    assert api.decls == {}
    result = api.operations["a"].result
    assert result is not None
    assert [(h.wire_name, h.type) for h in result.headers] == [("X-A", TEXT), ("X-B", TEXT), ("X-C", TEXT)]
    assert [h.docs.description for h in result.headers] == ["Known values: `asc`, `desc`."] * 2 + [""]
    assert "raw-media" not in codes(found)


@pytest.mark.parametrize(
    ("schema", "type", "told"),
    [
        ({"type": "string", "oneOf": [{"format": "date"}, {"format": "date-time"}]}, TEXT, ["unchecked"] * 2),
        ({"type": "integer", "anyOf": [{"minimum": 5}, {"maximum": 3}]}, Primitive(Kind.INTEGER), ["unchecked"] * 2),
        ({"type": "string", "oneOf": [{"format": "date"}]}, Primitive(Kind.STRING, "date"), []),
        ({"type": "string", "oneOf": [{"title": "p"}, {"title": "q"}]}, TEXT, []),
    ],
)
def test_choices_without_a_type_are_of_the_one_beside_them(schema: Any, type: Any, told: list[str]) -> None:
    found = Diagnostics()
    api_of({"Box": box(schema)}, diagnostics=found)
    assert member(schema) == type
    assert codes(found) == told


def test_a_choice_that_no_value_can_be_is_told() -> None:
    found = Diagnostics()
    api = api_of({"X": {"type": "string", "oneOf": [{"type": "integer"}, STRING]}}, diagnostics=found)
    assert [type(decl) for decl in api.decls.values()] == [UnionDecl]
    assert [(d.code, d.origin.pointer) for d in found.items] == [("contradiction", "/components/schemas/X/oneOf/0")]


@pytest.mark.parametrize("said", [{"contentEncoding": "hex"}, {"contentMediaType": "application/json"}])
def test_a_text_that_holds_something_else_is_given_as_it_is(said: dict[str, str]) -> None:
    found = Diagnostics()
    api_of({"Box": box(STRING | said)}, diagnostics=found)
    assert [(d.code, d.origin.pointer.rpartition("/")[2]) for d in found.items] == [("unchecked", *said)]
    assert member(STRING | said) == TEXT
