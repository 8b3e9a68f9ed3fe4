"""Names and values that a compiler would refuse, or take for something else, each in the language that it concerns.

What is told here in single lines stands in the documents that the languages' own compilers judge, too.
"""

from __future__ import annotations

from typing import Any

from polyport_codegen import registry
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.proto.compile import descriptor_set
from polyport_codegen.target import Settings
from polyport_codegen.templating import environment

from .specs import api_of, get, ref

TEXT = {"type": "string"}
SETTINGS = Settings(words=("test",), version="1.0.0", package="Test", base_url="https://t.example")


def text_of(language: str, schemas: dict[str, Any], paths: dict[str, Any] | None = None) -> str:
    """All that is generated but the runtime."""
    target = registry.load_target(language)
    files = target.generate(api_of(schemas, paths), SETTINGS, Diagnostics()).files
    return "\n".join(f.data.decode() for f in files if "untime" not in f.path and "/core/" not in f.path)


def holding(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def test_a_nested_type_is_not_called_like_the_member_beside_it() -> None:
    schemas = {"Box": holding(**{"日本": holding(a=TEXT), "12": {"enum": ["a", "b"]}, "item": holding(a=TEXT)})}
    kotlin = text_of("kotlin", schemas)
    for declared in ("val 日本: Box.日本Value?", "val _12: Box._12Value?", "val item: Box.Item?"):
        assert declared in kotlin
    swift = text_of("swift", schemas)
    for declared in ("var 日本: Box.日本Value?", "var _12: Box._12Value?", "var item: Box.Item?"):
        assert declared in swift


def test_a_nested_type_that_gave_way_hides_no_class_around_it() -> None:
    kotlin = text_of("kotlin", {"Box": holding(**{"日本": holding(**{"日本": holding(a=TEXT)})})})
    assert "val 日本: Box.日本Value?" in kotlin
    assert "val 日本: Box.日本Value.Box日本日本?" in kotlin


def test_a_case_does_not_hide_a_type_that_its_union_means() -> None:
    schemas = {"日本": {"type": "array", "items": TEXT}, "Either": {"oneOf": [ref("日本"), {"type": "integer"}]}}
    swift = text_of("swift", schemas)
    assert "case 日本Variant(日本)" in swift


def test_what_swift_stores_for_a_deprecated_member() -> None:
    old = {"type": "string", "deprecated": True, "x-deprecated-message": "A bell \a."}
    schemas = {"Old": holding(extras=old, old={**ref("Old"), "deprecated": True}, precedencegroup=TEXT)}
    form = {"content": {"application/x-www-form-urlencoded": {"schema": holding(gone=old)}}}
    paths = {"/old": {"post": {"requestBody": form, "responses": {"204": {"description": ""}}}}}
    swift = text_of("swift", schemas, paths)
    assert "var _extras_: String?" in swift  # `_extras` is every model's
    assert "@Boxed var _old: Old?" in swift  # else the struct would hold itself
    assert "public var `precedencegroup`: String?" in swift
    assert 'form.add("gone", self._gone)' in swift  # without a warning
    assert 'message: "A bell \\u{7}.")' in swift


def test_an_enum_of_whole_and_broken_numbers_beyond_64_bits() -> None:
    swift = text_of("swift", {"Size": {"type": "number", "enum": [1 << 63, 1.5, 0]}})
    assert "public static let _15 = Self(rawValue: JSONNumber(1.5))" in swift
    assert "public static let _0 = Self(rawValue: 0)" in swift


def test_integers_that_mypy_takes_in_no_literal() -> None:
    values = [1 << 63, -(1 << 63), (1 << 63) - 1]
    python = text_of("python", {"A": holding(size={"type": "integer", "enum": values}, fixed={"const": 1 << 63})})
    assert "Literal[9223372036854775807] | int" in python
    assert "    fixed: int" in python
    assert "Literal[9223372036854775808]" not in python


def test_a_tag_beyond_64_bits_in_kotlin() -> None:
    kinds = [{"required": ["k"], **holding(k={"const": value})} for value in (1 << 64, 1)]
    kotlin = text_of("kotlin", {"Tagged": {"oneOf": kinds}})
    assert 'tag("k", java.math.BigInteger("18446744073709551616"))' in kotlin


def test_a_variant_is_not_called_like_its_oneof() -> None:
    schemas = {"Value": holding(a=TEXT), "Either": {"oneOf": [ref("Value"), {"type": "integer"}]}}
    files = (
        registry.load_target("proto")
        .generate(api_of(schemas, {"/e": get(ref("Either"))}), SETTINGS, Diagnostics())
        .files
    )
    texts = {f.path: f.data.decode() for f in files if f.path.endswith(".proto")}
    assert "    Value value_2 = " in "".join(texts.values())
    assert descriptor_set(texts)


def test_a_separator_of_lines_in_a_literal_breaks_no_line() -> None:
    env = environment("polyport_codegen.languages.kotlin")
    text = env.from_string("{{ text | indent(2) }}").render(text='"a\u2028b\x85c"\n\n(d)\n')
    assert text == '"a\u2028b\x85c"\n\n  (d)\n'


def test_what_stands_in_a_deprecated_class_is_deprecated_in_kotlin() -> None:
    schemas = {"Old": {"deprecated": True, **holding(mode=holding(a=TEXT))}}
    body = {"content": {"application/json": {"schema": ref("Old")}}}
    api = api_of(schemas, {"/old": {"post": {"requestBody": body, "responses": {"204": {"description": ""}}}}})
    files = registry.load_target("kotlin").generate(api, SETTINGS, Diagnostics()).files
    text = next(f.data.decode() for f in files if f.path.endswith("Params.kt"))
    assert "public var mode: Old.Mode?" in text
    assert text.startswith('@file:Suppress("DEPRECATION")')


def test_an_example_of_a_number_beyond_64_bits_is_left_out_of_kotlins() -> None:
    size = {"type": "integer", "enum": [-(1 << 63) - 1]}
    kotlin = text_of("kotlin", {}, {"/a": get(TEXT, parameters=[{"name": "size", "in": "query", "required": True, "schema": size}])})  # fmt: skip
    assert "-9223372036854775809)" not in kotlin


def test_a_member_around_a_union_does_not_hide_a_type_that_the_union_makes() -> None:
    thing = {"type": "object", "required": ["a"], "properties": {"a": TEXT}}
    either = {"oneOf": [ref("日本"), ref("12"), {"type": "integer"}]}
    schemas = {
        "日本": thing,
        "12": holding(b=TEXT),
        "Box": holding(**{"日本": TEXT, "12": ref("12"), "either": either}),
    }
    swift = text_of("swift", schemas)
    assert "let value = 日本(jsonValue: jsonValue)" in swift
    for declared in ("var 日本Member: String?", "var _12Symbol: _12?"):
        assert declared in swift


def test_what_an_object_inherits_under_the_name_of_an_optional_member() -> None:
    query = {"name": "hasOwnProperty", "in": "query", "schema": TEXT}
    paths = {"/box": get(ref("Box"), parameters=[query])}
    node = text_of("node", {"Box": {"required": ["valueOf"], **holding(toString=TEXT, valueOf=TEXT)}}, paths)
    assert "toString?: string | {}['toString']" in node
    assert "valueOf: string;" in node
    assert "hasOwnProperty?: string | {}['hasOwnProperty'] | undefined;" in node


def test_numbers_that_swift_calls_inexact() -> None:
    swift = text_of("swift", {"Tiny": {"type": "number", "enum": [5e-324, 1e-7]}})
    assert "Self(rawValue: 0x0.0000000000001p-1022)" in swift
    assert "Self(rawValue: 1e-07)" in swift


def test_pyright_is_told_that_a_key_may_be_empty() -> None:
    body = {"content": {"application/json": {"schema": holding(box=holding(**{"": TEXT, "a b": TEXT}))}}}
    api = {"/box": {"post": {"requestBody": body, "responses": {"204": {"description": ""}}}}}
    lines = [line for line in text_of("python", {}, api).splitlines() if "pyright: ignore" in line]
    assert lines == ['    {"": "str", "a b": "str"},  # pyright: ignore[reportGeneralTypeIssues]']


def test_a_resource_called_client_is_not_the_client_that_its_parent_holds() -> None:
    answer = {"responses": {"200": {"description": "ok", "content": {"application/json": {"schema": TEXT}}}}}
    kotlin = text_of("kotlin", {}, {"/metrics/client/feedback": {"get": answer}, "/metrics/client": {"get": answer}})
    assert "public val client_: MetricsClientResource = MetricsClientResource(client)" in kotlin
