"""What a document says for people reaches the member or argument that it is about, and is laid out to be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from polyport_codegen.ir.types import ObjectDecl, component
from polyport_codegen.lower.layout import wrap_text

from bench.codegen.docs import main
from tests.codegen.specs import api_of, get, ref

SCHEMAS: dict[str, Any] = {
    "Metadata": {"type": "object", "description": "Pairs of texts.", "additionalProperties": {"type": "string"}},
    "Effort": {"anyOf": [{"type": "string", "enum": ["low", "high"], "description": "How hard."}, {"type": "null"}]},
    "Bare": {"type": "object", "properties": {}},
    "Order": {
        "type": "object",
        "properties": {
            "own": {"description": "Its own.", "allOf": [ref("Metadata")]},
            "ref": ref("Metadata"),
            "nullable": {"anyOf": [{"type": "number", "description": "From 0 to 2."}, {"type": "null"}]},
            "nullable_ref": {"oneOf": [{"type": "null"}, ref("Metadata")]},
            "chain": ref("Effort"),
            "parts": {"allOf": [ref("Metadata"), {"description": "Up to 16."}]},
            "choice": {"anyOf": [{"type": "string", "description": "A text."}, {"type": "integer", "description": "A number."}]},
            "bare": ref("Bare"),
            "circle": ref("Order"),
        },
    },
}  # fmt: skip


def test_a_member_is_described_by_what_its_schema_refers_to() -> None:
    order = api_of(SCHEMAS).decls[component("Order")]
    assert isinstance(order, ObjectDecl)
    assert {f.wire_name: f.docs.text for f in order.fields} == {
        "own": "Its own.",
        "ref": "Pairs of texts.",
        "nullable": "From 0 to 2.",
        "nullable_ref": "Pairs of texts.",
        "chain": "How hard.",
        "parts": "Up to 16.",
        "choice": "",
        "bare": "",
        "circle": "",
    }


def test_a_parameter_is_described_by_its_schema() -> None:
    parameters = [
        {"name": "a", "in": "query", "schema": ref("Effort")},
        {"name": "b", "in": "query", "description": "Own.", "schema": ref("Effort")},
        {"name": "c", "in": "query", "content": {"application/json": {"schema": ref("Metadata")}}},
    ]
    api = api_of(SCHEMAS, {"/x": get({"type": "string"}, parameters=parameters)})
    (operation,) = api.operations.values()
    assert [p.docs.text for p in operation.parameters] == ["How hard.", "Own.", "Pairs of texts."]


def test_nothing_is_lost_of_a_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = tmp_path / "api.json"
    spec.write_text(json.dumps({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}, "components": {"schemas": SCHEMAS}
    }))  # fmt: skip
    assert main([str(spec)]) == 0
    assert capsys.readouterr().out == "9 members and parameters, 3 bare, 0 of them lost on the way\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("aaaa bbbb cccc dddd eeee", ["aaaa bbbb cccc", "dddd eeee"]),
        ("one two three four five", ["one two three", "four five"]),
        ("one two - three four", ["one two - three", "four"]),
        ("a sum of 12 1. and more", ["a sum of 12 1.", "and more"]),
        ("a line of # heading", ["a line of #", "heading"]),
        ("looooooooooong word", ["looooooooooong", "word"]),
    ],
)
def test_no_line_is_one_lone_word_or_begins_with_a_sign_of_markdown(text: str, lines: list[str]) -> None:
    assert wrap_text(text, 19 if "five" in text or "eeee" in text else 16) == lines


def test_no_comment_holds_what_compilers_refuse() -> None:
    assert wrap_text("a\0b \x1b[1m\u2028c\r\nd\re", 40) == ["a\u2400b \u241b[1m c d e"]
