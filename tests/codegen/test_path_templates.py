"""Paths in the notations of other tools: the parameter that is meant, whether its slashes stay, and what is told."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Location, Operation
from polyport_codegen.ir.types import Kind, Primitive

from tests.codegen.specs import api_of, codes


def read(path: str, *declared: str, diagnostics: Diagnostics | None = None) -> Operation:
    """The one call of a path with these parameters, which are integers."""
    parameters = [{"name": n, "in": "path", "required": True, "schema": {"type": "integer"}} for n in declared]
    item: dict[str, Any] = {"get": {"responses": {}, "parameters": parameters}}
    (found,) = api_of(paths={path: item}, diagnostics=diagnostics).operations.values()
    return found


@pytest.mark.parametrize(
    ("path", "meant", "name", "slashes"),
    [
        ("/a/{+x}/b", "/a/{x}/b", "x", True),
        ("/a/{x*}", "/a/{x}", "x", True),
        ("/a/{x+}", "/a/{x}", "x", True),
        ("/a/{*x}", "/a/{x}", "x", True),
        ("/a/{**x}", "/a/{x}", "x", True),
        ("/a/{x...}", "/a/{x}", "x", True),
        ("/a/{x:path}", "/a/{x}", "x", True),
        ("/a/{x:.*}", "/a/{x}", "x", True),
        ("/a/<path:x>", "/a/{x}", "x", True),
        ("/a/{x=things/*}:go", "/a/{x}:go", "x", True),
        ("/a/{x=*}", "/a/{x}", "x", False),
        ("/a/{x:[0-9]{4}}/b", "/a/{x}/b", "x", False),
        ("/a/{x:int}", "/a/{x}", "x", False),
        ("/a/{x:[}", "/a/{x}", "x", False),
        ("/a/{x?}", "/a/{x}", "x", False),
        ("/a/{ x }", "/a/{x}", "x", False),
        ("/a/{{x}}", "/a/{x}", "x", False),
        ("/a/{X}", "/a/{x}", "x", False),
        ("/a/{user_id}", "/a/{userId}", "userId", False),
        ("/a/:x/b", "/a/{x}/b", "x", False),
        ("/a/<int:x>", "/a/{x}", "x", False),
        ("/a{/x}", "/a/{x}", "x", False),
        ("/a{.x}", "/a.{x}", "x", False),
        ("/a{;x}", "/a;x={x}", "x", False),
        ("/a/{other}", "/a/{x}", "x", False),
        ("/a/{}/b", "/a/{x}/b", "x", False),
    ],
)
def test_the_meant_parameter_is_found_and_told(path: str, meant: str, name: str, slashes: bool) -> None:
    found = Diagnostics()
    call = read(path, name, diagnostics=found)
    assert call.path == meant
    assert [(p.location, p.wire_name, p.type, p.allow_reserved) for p in call.parameters] == [
        (Location.PATH, name, Primitive(Kind.INTEGER), slashes)
    ]
    assert codes(found) == ["path"]
    assert ("slashes" in found.items[0].message) == slashes


@pytest.mark.parametrize(
    ("path", "declared"),
    [
        ("/a/{id}:go", ["id"]),
        ("/a/{x:y}", ["x:y"]),
        ("/a/{id}/b/{Id}", ["id", "Id"]),
        ("/a/{+x}", ["+x"]),
        ("/a:b", []),
    ],
)
def test_a_path_that_is_right_stays(path: str, declared: list[str]) -> None:
    found = Diagnostics()
    call = read(path, *declared, diagnostics=found)
    assert (call.path, [p.wire_name for p in call.parameters], found.items) == (path, declared, [])


def test_what_nobody_declares_has_the_name_in_the_template() -> None:
    found = Diagnostics()
    call = read("/files/{path*}", diagnostics=found)
    assert (call.path, call.id) == ("/files/{path}", "get_files_path")
    assert [(p.wire_name, p.words, p.type, p.allow_reserved) for p in call.parameters] == [
        ("path", ("path",), Primitive(Kind.STRING), True)
    ]
    assert codes(found) == ["path", "undeclared-path-parameter"]


def test_a_guess_is_made_only_where_one_parameter_can_be_meant() -> None:
    found = Diagnostics()
    call = read("/a/{x}/{y}", "z", diagnostics=found)
    assert call.path == "/a/{x}/{y}"
    assert codes(found) == ["malformed", "undeclared-path-parameter", "undeclared-path-parameter"]
    found = Diagnostics()
    call = read("/a/{b}?town={city}", "city", diagnostics=found)
    assert call.path == "/a/{b}"
    assert {(p.location, p.wire_name) for p in call.parameters} == {(Location.PATH, "b"), (Location.QUERY, "town")}


def test_what_only_looks_like_a_parameter_is_told_and_sent() -> None:
    found = Diagnostics()
    call = read("/a/:x/<y>", diagnostics=found)
    assert (call.path, call.parameters) == ("/a/:x/<y>", ())
    assert [(d.code, d.hint.partition(",")[0]) for d in found.items] == [("path", "Write {x}"), ("path", "Write {y}")]
