"""Members of a document's objects that there are none of: each is told, with its place and a way out."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics, Severity

from tests.codegen.specs import api_of

TEXT = {"type": "string"}
SENT = "/paths/~1a/post/requestBody"
GOT = "/paths/~1a/post/responses/200"
#: Where an object stands, and what it holds without mistakes.
PLACES = [
    "",
    "/components",
    "/servers/0",
    "/paths/~1a/post",
    "/paths/~1a/post/parameters/0",
    SENT,
    f"{SENT}/content/multipart~1form-data",
    f"{SENT}/content/multipart~1form-data/encoding/p",
    GOT,
    f"{GOT}/headers/H",
    f"{GOT}/content/application~1json",
    "/webhooks/w/post",
]


def tree() -> dict[str, Any]:
    form = {"schema": {"type": "object", "properties": {"p": TEXT}}, "encoding": {"p": {"contentType": "text/plain"}}}
    answer = {"description": "", "headers": {"H": {"schema": TEXT}}, "content": {"application/json": {"schema": TEXT}}}
    call = {
        "operationId": "a",
        "parameters": [{"name": "q", "in": "query", "schema": TEXT}],
        "requestBody": {"content": {"multipart/form-data": form}},
        "responses": {"200": answer},
    }
    return {
        "servers": [{"url": "https://e.com"}],
        "paths": {"/a": {"post": call}},
        "components": {"schemas": {}},
        "webhooks": {"w": {"post": {"responses": {}}}},
    }


def told(spoilt: dict[str, Any]) -> list[tuple[str, Severity, str, bool]]:
    found = Diagnostics()
    api_of(diagnostics=found, **spoilt)
    return [(d.code, d.severity, d.origin.pointer, bool(d.hint)) for d in found.items]


def test_a_document_without_mistakes_says_nothing() -> None:
    assert told(tree()) == []


@pytest.mark.parametrize("place", PLACES)
def test_a_member_that_there_is_none_of_is_told(place: str) -> None:
    spoilt = tree()
    node: Any = spoilt
    for token in place.split("/")[1:]:
        key = token.replace("~1", "/")
        node = node[int(key)] if isinstance(node, list) else node[key]
    node["desciption"] = "Misspelt."
    node["x-own"] = 1
    assert [said for said in told(spoilt) if said[0] != "extension"] == [
        ("unread", Severity.WARNING, f"{place}/desciption", True)
    ]


def test_a_flag_that_is_a_text_and_tags_that_are_no_list_are_told() -> None:
    found = Diagnostics()
    query = {"name": "q", "in": "query", "required": "true", "schema": {"type": "string"}}
    call = {"operationId": "a", "tags": "users", "deprecated": "yes", "parameters": [query], "responses": {}}
    (parameter,) = api_of(paths={"/a": {"get": call}}, diagnostics=found).operations["a"].parameters
    assert not parameter.required
    assert sorted((d.code, d.origin.pointer.removeprefix("/paths/~1a/get")) for d in found.items) == [
        ("malformed", "/deprecated"),
        ("malformed", "/parameters/0/required"),
        ("malformed", "/tags"),
    ]


@pytest.mark.parametrize(
    ("place", "member"), [("/paths/~1a/post/parameters/0", {"type": "string"}), (GOT, {"schema": TEXT})]
)
def test_what_stood_there_in_swagger_2_is_told_where_to_go(place: str, member: dict[str, Any]) -> None:
    spoilt, found = tree(), Diagnostics()
    call = spoilt["paths"]["/a"]["post"]
    (call["responses"]["200"] if place == GOT else call["parameters"][0]).update(member)
    api_of(diagnostics=found, **spoilt)
    assert [(d.code, d.origin.pointer) for d in found.items] == [("unread", f"{place}/{next(iter(member))}")]
    assert "Swagger 2.0" in found.items[0].hint
