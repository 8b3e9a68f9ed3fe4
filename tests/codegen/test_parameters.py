"""Parameters: where they travel, how they are written, what is not one, and what of them is reported."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Location, Operation, Style
from polyport_codegen.ir.types import AnyJson, Const, EnumDecl, Kind, ListOf, Primitive, Ref

from tests.codegen.specs import api_of

TEXT = {"type": "string"}


def call(*parameters: Any, path: str = "/a", diagnostics: Diagnostics | None = None, shared: Any = ()) -> Operation:
    """The one operation of an API with these parameters; `shared` are the path's."""
    item = {"parameters": list(shared), "get": {"operationId": "a", "responses": {}, "parameters": list(parameters)}}
    return api_of(paths={path: item}, diagnostics=diagnostics).operations["a"]


def test_parameters_have_styles_and_places() -> None:
    operation = call(
        {"name": "q", "in": "query", "schema": TEXT, "style": "pipeDelimited", "explode": False},
        {"name": "f", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}},
        {"name": "X-H", "in": "header", "schema": {"type": "string", "default": "d"}},
        path="/a/{id}/{gone}",
        shared=[
            {"name": "id", "in": "path", "required": True, "schema": TEXT},
            {"name": "q", "in": "query", "schema": {"type": "integer"}},
        ],
    )
    assert [(p.wire_name, p.location, p.style, p.explode, p.required) for p in operation.parameters] == [
        ("id", Location.PATH, Style.SIMPLE, False, True),
        ("q", Location.QUERY, Style.PIPE_DELIMITED, False, False),
        ("f", Location.QUERY, Style.JSON, False, False),
        ("X-H", Location.HEADER, Style.SIMPLE, False, False),
        ("gone", Location.PATH, Style.SIMPLE, False, True),
    ]
    assert operation.parameters[1].type == Primitive(Kind.STRING)
    assert operation.parameters[3].default == "d"


@pytest.mark.parametrize(
    ("location", "style", "read"),
    [
        ("path", "label", Style.LABEL),
        ("path", "form", Style.SIMPLE),
        ("path", "deepObject", Style.SIMPLE),
        ("query", "deepObject", Style.DEEP_OBJECT),
        ("query", "matrix", Style.FORM),
        ("query", "tabDelimited", Style.FORM),
        ("header", "form", Style.SIMPLE),
        ("cookie", "simple", Style.FORM),
        ("cookie", "cookie", Style.FORM),
    ],
)
def test_a_style_of_another_place_is_reported(location: str, style: str, read: Style) -> None:
    found = Diagnostics()
    operation = call(
        {"name": "p", "in": location, "style": style, "required": True, "schema": {"type": "array", "items": TEXT}},
        path="/a/{p}" if location == "path" else "/a",
        diagnostics=found,
    )
    assert [p.style for p in operation.parameters] == [read]
    assert [d.code for d in found.items] == ([] if style in (read.value, "cookie") else ["parameter-style"])


def test_a_value_in_a_notation_of_its_own_is_given_as_text() -> None:
    found = Diagnostics()
    table = {"type": "array", "items": {"type": "object", "properties": {"kind": {"enum": ["a", "b"]}}}}
    operation = call({"name": "rows", "in": "query", "content": {"text/csv": {"schema": table}}}, diagnostics=found)
    (parameter,) = operation.parameters
    assert (parameter.type, parameter.style, parameter.explode) == (Primitive(Kind.STRING), Style.FORM, False)
    assert [d.code for d in found.items] == ["raw-media"]


@pytest.mark.parametrize("name", ["Accept", "content-type", "AUTHORIZATION"])
def test_headers_that_are_no_parameters_are_reported(name: str) -> None:
    found = Diagnostics()
    assert call({"name": name, "in": "header", "schema": TEXT}, diagnostics=found).parameters == ()
    assert [d.code for d in found.items] == ["ignored-header"]


@pytest.mark.parametrize(
    ("parameter", "codes"),
    [
        (None, ["malformed"]),
        ("q", ["malformed"]),
        ({"in": "query", "schema": TEXT}, ["malformed"]),
        ({"name": "q", "in": "body", "schema": TEXT}, ["parameter-location"]),
        ({"name": "q", "schema": TEXT}, ["parameter-location"]),
        ({"name": "q", "in": "querystring", "content": {"text/plain": {}}}, ["parameter-location"]),
    ],
)
def test_what_is_no_parameter_is_reported_and_the_call_stays(parameter: Any, codes: list[str]) -> None:
    found = Diagnostics()
    operation = call(parameter, {"name": "ok", "in": "query", "schema": TEXT}, diagnostics=found)
    assert [p.wire_name for p in operation.parameters] == ["ok"]
    assert [d.code for d in found.items] == codes


def test_an_empty_value_is_a_text() -> None:
    found = Diagnostics()
    operation = call({"name": "q", "in": "query", "schema": TEXT, "allowEmptyValue": True}, diagnostics=found)
    assert operation.parameters[0].type == Primitive(Kind.STRING)
    assert [d.code for d in found.items] == ["empty-value"]


def test_a_name_that_stands_twice_in_a_path_is_one_parameter() -> None:
    found = Diagnostics()
    declared = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
    operation = call(declared, path="/x/{id}/{id}", diagnostics=found)
    assert [(p.wire_name, p.type) for p in operation.parameters] == [("id", Primitive(Kind.INTEGER))]
    assert [d.code for d in found.items] == ["repeated-path-parameter"]
    assert [p.wire_name for p in call(path="/x/{id}/{id}").parameters] == ["id"]


def test_one_name_in_two_places_is_two_parameters_with_their_own_types() -> None:
    operation = call(
        {"name": "kind", "in": "query", "schema": {"enum": ["a", "b"]}},
        {"name": "kind", "in": "path", "required": True, "schema": {"enum": ["c", "d"]}},
        path="/a/{kind}",
    )
    assert len({p.type for p in operation.parameters}) == 2


def test_a_query_in_a_path_is_a_constant() -> None:
    operation = call(path="/a?beta=true&x=")
    assert operation.path == "/a"
    assert [(p.wire_name, p.type) for p in operation.parameters] == [("beta", Const("true")), ("x", Const(""))]


def test_a_list_with_a_style_keeps_its_items() -> None:
    parameter = {"name": "p", "in": "query", "style": "spaceDelimited", "schema": {"type": "array", "items": TEXT}}
    assert call(parameter).parameters[0].type == ListOf(Primitive(Kind.STRING))


def test_a_header_of_an_operation_wins_over_the_same_header_of_the_path_in_any_case() -> None:
    number = {"name": "X-Team", "in": "header", "schema": {"type": "integer"}}
    operation = call({"name": "x-team", "in": "header", "schema": TEXT}, shared=[number])
    assert [(p.wire_name, p.type) for p in operation.parameters] == [("x-team", Primitive(Kind.STRING))]


def test_a_path_parameter_that_the_path_has_no_room_for_is_reported_and_left_out() -> None:
    found = Diagnostics()
    stray = {"name": "team", "in": "path", "required": True, "schema": TEXT}
    operation = call(stray, {**stray, "name": "id"}, path="/a/{id}", diagnostics=found)
    assert [p.wire_name for p in operation.parameters] == ["id"]
    assert [d.code for d in found.items] == ["malformed"]
    assert "{team}" in found.items[0].message


def test_a_value_in_braces_after_the_question_mark_is_asked_for() -> None:
    found = Diagnostics()
    city = {"name": "city", "in": "path", "required": True, "schema": {"type": "integer"}}
    operation = call(city, path="/history?town={city}&day={day}&beta=true", diagnostics=found)
    assert operation.path == "/history"
    assert [(p.location, p.wire_name, p.type, p.required) for p in operation.parameters] == [
        (Location.QUERY, "town", Primitive(Kind.INTEGER), True),
        (Location.QUERY, "day", Primitive(Kind.STRING), True),
        (Location.QUERY, "beta", Const("true"), True),
    ]
    assert found.items == []


def test_what_the_path_says_of_a_query_parameter_is_sent_once() -> None:
    operation = call({"name": "comp", "in": "query", "required": True, "schema": TEXT}, path="/list?comp=tags")
    assert [(p.wire_name, p.type) for p in operation.parameters] == [("comp", Const("tags"))]


def test_a_template_of_query_parameters_is_no_part_of_the_path() -> None:
    found = Diagnostics()
    operation = call({"name": "q", "in": "query", "schema": TEXT}, path="/find{?q,r}", diagnostics=found)
    assert operation.path == "/find"
    assert [p.wire_name for p in operation.parameters] == ["q"]
    assert [d.code for d in found.items] == ["path"]


def test_paths_that_differ_by_a_template_stay_two_calls() -> None:
    def item(values: list[str]) -> dict[str, Any]:
        query = {"name": "q", "in": "query", "schema": {"type": "string", "enum": values}}
        return {"get": {"responses": {}, "parameters": [query]}}

    api = api_of(paths={"/find": item(["a", "b"]), "/find{?q}": item(["c", "d"])})
    types = [o.parameters[0].type for o in api.operations.values()]
    decls = [api.decls[t.id] for t in types if isinstance(t, Ref)]
    assert [[m.value for m in d.members] for d in decls if isinstance(d, EnumDecl)] == [["a", "b"], ["c", "d"]]


def test_a_parameter_without_a_schema_is_reported() -> None:
    found = Diagnostics()
    operation = call({"name": "q", "in": "query", "type": "integer"}, diagnostics=found)
    assert operation.parameters[0].type == AnyJson()
    assert [d.code for d in found.items] == ["unread", "malformed"]
    assert "Swagger" in found.items[1].hint


def test_a_parameter_twice_in_one_list_is_told_and_the_last_counts() -> None:
    found = Diagnostics()
    twice = [{"name": "q", "in": "query", "schema": TEXT}, {"name": "q", "in": "query", "schema": {"type": "integer"}}]
    operation = call(*twice, {"name": "q", "in": "header", "schema": TEXT}, diagnostics=found)
    assert [(p.location, p.type) for p in operation.parameters] == [
        (Location.QUERY, Primitive(Kind.INTEGER)),
        (Location.HEADER, Primitive(Kind.STRING)),
    ]
    assert [(d.code, d.origin.pointer) for d in found.items] == [("duplicate-parameter", "/paths/~1a/get/parameters/1")]


def test_an_operation_may_say_once_more_what_its_path_says() -> None:
    found = Diagnostics()
    call({"name": "q", "in": "query", "schema": TEXT}, shared=[{"name": "q", "in": "query", "schema": TEXT}], diagnostics=found)  # fmt: skip
    assert found.items == []


@pytest.mark.parametrize(
    "said",
    [
        {"schema": TEXT, "content": {"application/json": {"schema": {"type": "integer"}}}},
        {"content": {"application/json": {"schema": {"type": "integer"}}, "text/csv": {}}},
    ],
)
def test_a_parameter_with_two_notations_is_told(said: dict[str, Any]) -> None:
    found = Diagnostics()
    (parameter,) = call({"name": "q", "in": "query", **said}, diagnostics=found).parameters
    assert (parameter.style, parameter.type) == (Style.JSON, Primitive(Kind.INTEGER))
    assert [(d.code, d.origin.pointer) for d in found.items] == [("malformed", "/paths/~1a/get/parameters/0/content")]


def test_a_slot_of_path_and_query_keeps_its_type_in_both() -> None:
    found = Diagnostics()
    id = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
    operation = call(id, path="/y/{id}?a={id}", diagnostics=found)
    assert [(p.location, p.wire_name, p.type, p.required) for p in operation.parameters] == [
        (Location.PATH, "id", Primitive(Kind.INTEGER), True),
        (Location.QUERY, "a", Primitive(Kind.INTEGER), True),
    ]
    assert found.items == []


def test_reserved_characters_stay_in_styles_of_a_query_only() -> None:
    found = Diagnostics()
    value = {"allowReserved": True, "schema": TEXT}
    operation = call(
        {"name": "q", "in": "query", **value},
        {"name": "j", "in": "query", "allowReserved": True, "content": {"application/json": {}}},
        {"name": "id", "in": "path", "required": True, **value},
        path="/a/{id}",
        diagnostics=found,
    )
    assert [p.allow_reserved for p in operation.parameters] == [True, False, False]
    assert [d.code for d in found.items] == ["ignored", "ignored"]
