"""Overlays: applied to the document as its author wrote it."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from polyport_codegen.diagnostics import Diagnostics, InputError
from polyport_codegen.load.document import load

from tests.codegen.specs import reader


def adjusted(spec: str, *actions: Any, found: Diagnostics | None = None, **more: Any) -> dict[str, Any]:
    """A document's root after an overlay with these actions."""
    overlay = {"overlay": "1.0.0", "actions": list(actions), **more}
    files = {"spec.yaml": spec, "o.json": json.dumps(overlay)}
    return load("spec.yaml", found or Diagnostics(), reader(files), ["o.json"]).tree


SPEC = "openapi: 3.1.0\ninfo: {title: A}\npaths:\n  /a: {get: {tags: [x]}}\n  /b: {get: {deprecated: true}}\n"


def test_overlays_update_and_remove() -> None:
    diagnostics = Diagnostics()
    tree = adjusted(
        SPEC,
        {"target": "$.info", "update": {"title": "B", "x-new": 1}},
        {"target": "$.paths['/a'].get.tags", "update": "y"},
        {"target": "$.paths[?@.get.deprecated == true]", "remove": True},
        {"target": "$.nowhere", "remove": True},
        found=diagnostics,
    )
    assert tree == {
        "openapi": "3.1.0",
        "info": {"title": "B", "x-new": 1},
        "paths": {"/a": {"get": {"tags": ["x", "y"]}}},
    }
    assert [(d.code, str(d.origin)) for d in diagnostics.items] == [("overlay-target", "o.json#/actions/3/target")]


def test_an_overlay_speaks_the_documents_own_version() -> None:
    spec = (
        "openapi: 3.0.3\ncomponents: {schemas: {Pet: {type: object, properties: {age: {type: integer, minimum: 0}}}}}"
    )
    tree = adjusted(
        spec,
        {"target": "$..age", "update": {"nullable": True, "exclusiveMinimum": True}},
        {"target": "$.components.schemas.Pet.properties", "update": {"name": {"type": "string", "nullable": True}}},
    )
    assert tree["components"]["schemas"]["Pet"]["properties"] == {
        "age": {"type": ["integer", "null"], "exclusiveMinimum": 0},
        "name": {"type": ["string", "null"]},
    }


def test_what_is_merged_in_is_not_shared() -> None:
    tree = adjusted(
        SPEC,
        {"target": "$.paths.*.get", "update": {"x-a": {"n": 1}}},
        {"target": "$.paths['/a'].get['x-a']", "update": {"n": 2}},
    )
    assert [tree["paths"][p]["get"]["x-a"] for p in ("/a", "/b")] == [{"n": 2}, {"n": 1}]
    tree = adjusted("openapi: 3.1.0\nx-a: &a {n: 1}\nx-b: *a\n", {"target": "$['x-a']", "update": {"n": 2}})
    assert (tree["x-a"], tree["x-b"]) == ({"n": 2}, {"n": 1})


def test_copies() -> None:
    tree = adjusted(SPEC, {"target": "$.paths['/b']", "copy": "$.paths['/a']"}, overlay="1.1.0")
    assert tree["paths"]["/b"] == {"get": {"deprecated": True, "tags": ["x"]}}


def test_a_part_that_matches_twice_is_removed_once() -> None:
    assert adjusted(SPEC, {"target": "$['info','info']", "remove": True})["paths"]
    assert "get" not in adjusted(SPEC, {"target": "$.paths..*", "remove": True})["paths"].get("/a", {})


@pytest.mark.parametrize(
    ("action", "place", "says"),
    [
        ({"target": "$[", "remove": True}, "/actions/0/target", "no JSONPath"),
        ({"remove": True}, "/actions/0", "needs a `target`"),
        ({"target": "$.info"}, "/actions/0", "needs `update`"),
        ({"target": "$", "remove": True}, "/actions/0", "cannot be removed"),
        ({"target": "$", "update": 1}, "/actions/0/update", "cannot be replaced"),
        ({"target": "$.info", "copy": "$.paths.*"}, "/actions/0/copy", "finds 2 nodes"),
    ],
)
def test_a_broken_overlay_names_the_action(action: dict[str, Any], place: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as error:
        adjusted(SPEC, action)
    assert error.value.diagnostic.origin.pointer == place
    assert error.value.diagnostic.hint


def test_what_is_no_overlay() -> None:
    for text in ("{}", "[]", '{"overlay": "1.0.0"}', '{"overlay": "2.0.0", "actions": []}', ""):
        with pytest.raises(InputError) as error:
            load("spec.yaml", Diagnostics(), reader({"spec.yaml": SPEC, "o.json": text}), ["o.json"])
        assert error.value.diagnostic.code == "overlay"
    with pytest.raises(InputError, match="cannot read the overlay"):
        load("spec.yaml", Diagnostics(), reader({"spec.yaml": SPEC}), ["gone.json"])


def test_members_that_nobody_reads_are_told() -> None:
    found = Diagnostics()
    adjusted(SPEC, {"target": "$.info", "update": {}, "updat": 1, "x-a": 1}, found=found, actons=[])
    assert [(d.code, d.origin.pointer) for d in found.items] == [
        ("overlay-unknown", "/actons"),
        ("overlay-unknown", "/actions/0/updat"),
    ]


@given(st.text(alphabet="$.*[]'?@()=!&|abt0:,-", max_size=12))
def test_no_path_brings_it_down(path: str) -> None:
    with suppress(InputError):
        adjusted(SPEC, {"target": f"${path}", "update": {"a": [1]}})
