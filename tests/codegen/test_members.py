"""Members of objects: which direction they travel in, whether they are there, whatever part of the schema says it."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.ir.types import Direction

from tests.codegen.specs import api_of, get, obj, ref

STRING = {"type": "string"}


@pytest.mark.parametrize(
    "schema",
    [
        STRING | {"FLAG": True},
        ref("Marked"),
        {"allOf": [ref("Marked")], "description": "Said here."},
        {"allOf": [STRING, {"FLAG": True}]},
        {"allOf": [ref("Again")]},
    ],
)
@pytest.mark.parametrize("flag", ["readOnly", "writeOnly"])
def test_a_mark_counts_through_references_and_parts(schema: dict[str, Any], flag: str) -> None:
    own = {k if k != "FLAG" else flag: v for k, v in schema.items()}
    if "allOf" in own:
        own["allOf"] = [{k if k != "FLAG" else flag: v for k, v in part.items()} for part in own["allOf"]]
    box = {"type": "object", "properties": {"v": own, "w": ref("Plain")}}
    api = api_of({"Box": box, "Marked": STRING | {flag: True}, "Again": ref("Marked"), "Plain": STRING})
    marked, plain = obj(api, "Box").fields
    assert (marked.read_only, marked.write_only) == (flag == "readOnly", flag == "writeOnly")
    assert (plain.read_only, plain.write_only) == (False, False)


def test_a_required_member_that_is_only_written_is_not_promised_in_answers() -> None:
    account = {"type": "object", "required": ["password"], "properties": {"password": STRING | {"writeOnly": True}}}
    body = {"required": True, "content": {"application/json": {"schema": ref("Account")}}}
    sent = {"/a": {"post": {"requestBody": body, "responses": {"204": {"description": ""}}}}}
    password = obj(api_of({"Account": account}, sent), "Account").fields[0]
    assert password.required
    assert password.promised(Direction.INPUT)
    got = obj(api_of({"Account": account}, sent | {"/b": get(ref("Account"))}), "Account")
    assert got.direction is Direction.BOTH
    assert not got.fields[0].promised(got.direction)


def test_a_member_that_only_another_part_requires_is_required() -> None:
    parts = [{"type": "object", "properties": {"a": STRING, "b": STRING}}, {"required": ["b"]}, {"required": ["a"]}]
    for order in (parts, parts[::-1]):
        fields = obj(api_of({"Box": {"allOf": order}}), "Box").fields
        assert [(f.wire_name, f.required) for f in fields] == [("a", True), ("b", True)]


def test_a_child_may_require_what_its_parent_has() -> None:
    parent = {"type": "object", "properties": {"a": STRING}}
    api = api_of({"Parent": parent, "Child": {"allOf": [ref("Parent")], "required": ["a"]}})
    assert [f.required for f in obj(api, "Parent").fields + obj(api, "Child").fields] == [False, True]
