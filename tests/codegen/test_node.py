"""The Node target: golden files for readable diffs, and the rules that keep names, comments and files in order."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.ir.types import Docs
from polyport_codegen.ir.words import words_of
from polyport_codegen.languages.node import TARGET
from polyport_codegen.languages.node.naming import NodeRules, client_name
from polyport_codegen.languages.node.prose import jsdoc
from polyport_codegen.languages.node.text import data_text, literal, member_name, union_text
from polyport_codegen.load.document import load
from polyport_codegen.pipeline import BuildOptions, build
from polyport_codegen.target import Settings

from .specs import api_of, ref

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "golden" / "node"
SPEC = Path(__file__).parent / "node" / "golden.yaml"
SETTINGS = Settings(
    words=("notes",), version="1.0.0", package="notes", base_url="https://notes.example/v1", license="MIT"
)


def generate(api: Api, diagnostics: Diagnostics | None = None, settings: Settings = SETTINGS) -> dict[str, str]:
    """The generated files without the runtime: path -> text."""
    files = TARGET.generate(api, settings, diagnostics or Diagnostics()).files
    return {f.path: f.data.decode() for f in files if "/runtime/" not in f.path}


def notes() -> Api:
    """The API of the golden files."""
    diagnostics = Diagnostics()
    return build(load(str(SPEC), diagnostics), BuildOptions(), diagnostics)


def types_of(schemas: dict[str, Any], diagnostics: Diagnostics | None = None) -> dict[str, str]:
    """The files of types of an API that has only schemas."""
    files = generate(api_of(schemas), diagnostics)
    return {p.removeprefix("src/types/"): t for p, t in files.items() if p.startswith("src/types/")}


def test_the_output_is_what_was_agreed() -> None:
    files = generate(notes())
    if os.environ.get("UPDATE_GOLDEN"):
        for old in [p for p in GOLDEN.rglob("*") if p.is_file()]:
            old.unlink()
        for path, text in files.items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_text(text)
    kept = {str(p.relative_to(GOLDEN)): p.read_text() for p in GOLDEN.rglob("*") if p.is_file()}
    assert sorted(files) == sorted(kept), "UPDATE_GOLDEN=1 writes tests/golden/node anew"
    for path, text in files.items():
        assert text == kept[path], path


def test_the_same_input_gives_the_same_bytes() -> None:
    assert generate(notes()) == generate(notes())


def test_a_changed_description_touches_only_the_files_that_show_it() -> None:
    api = notes()
    before = generate(api)
    changed = SPEC.read_text().replace("Null takes it away.", "Null removes it.")
    diagnostics = Diagnostics()
    after = generate(build(load("spec.yaml", diagnostics, lambda _: changed), BuildOptions(), diagnostics))
    assert [path for path in before if before[path] != after[path]] == ["src/types/new-note.ts"]


def test_a_new_schema_renames_nothing() -> None:
    first = {"FooBar": {"type": "object", "properties": {"a": {"type": "string"}}}, "Other": {"type": "string"}}
    before = types_of(first)
    after = types_of({**first, "Last": {"type": "object", "properties": {"foo_bar": ref("FooBar")}}})
    assert {p: t for p, t in after.items() if p in before and p != "index.ts"} == {
        p: t for p, t in before.items() if p != "index.ts"
    }


@pytest.mark.parametrize(
    ("role", "scope", "name", "expected"),
    [
        ("type", "types", "Error", "ErrorModel"),
        ("type", "types", "APIError", "APIErrorModel"),
        ("type", "types", "Note", "Note"),
        ("type", "types:#/components/schemas/Note", "Error", "Error"),
        ("type", "types:#/components/schemas/Note", "Uploadable", "UploadableModel"),
        ("resource", "types", "Page", "PageModel"),
        ("method", "calls:chat", "constructor", "constructor_"),
        ("method", "calls:chat", "toString", "toString_"),
        ("child", "calls:chat", "toJSON", "toJSON_"),
        ("method", "calls:chat", "delete", "delete"),
        ("method", "calls:chat", "get", "get"),
        ("method", "calls:", "get", "get_"),
        ("argument", "arguments:x", "options", "options_"),
        ("function", "constants:calls:", "delete", "delete_"),
        ("file", "files", "index", "index-"),
        ("file", "files", "con", "con-"),
    ],
)
def test_names_keep_out_of_the_way(role: str, scope: str, name: str, expected: str) -> None:
    assert NodeRules().escape(role, scope, name) == expected


def test_schemas_that_differ_only_in_spelling_have_types_and_files_of_their_own() -> None:
    files = types_of({"foo_bar": {"type": "string"}, "FooBar": {"type": "integer"}, "fooBar": {"type": "boolean"}})
    declared = [line for text in files.values() for line in text.splitlines() if line.startswith("export type Foo")]
    assert len({line.split(" = ")[0] for line in declared}) == 3
    assert len([path for path in files if path.startswith("foo-bar")]) == 3


def test_a_tag_that_is_a_plain_string_becomes_a_literal() -> None:
    variant = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}
    mapping = {"a": "#/components/schemas/A", "b": "#/components/schemas/B", "c": "#/components/schemas/B"}
    union = {"oneOf": [ref("A"), ref("B")], "discriminator": {"propertyName": "kind", "mapping": mapping}}
    files = types_of({"A": variant, "B": variant, "U": union})
    assert "  kind: 'a';" in files["a.ts"]
    assert "  kind: 'b' | 'c';" in files["b.ts"]
    assert "export type U = A | B | UnknownVariant<'kind'>;" in files["u.ts"]
    assert "hasUnknownTag(value, { kind: ['a', 'b', 'c'] })" in files["u.ts"]


def test_a_type_made_of_itself_alone_reads_as_unknown() -> None:
    one = {"anyOf": [ref("Two"), {"type": "array", "items": ref("One")}]}
    two = {"anyOf": [ref("One"), {"type": "string"}]}
    files = types_of({"One": one, "Two": two})
    assert "export type One = unknown;" in files["one.ts"]
    assert "export type Two = unknown;" in files["two.ts"]


def test_known_members_fit_the_index_signature() -> None:
    counters = {
        "type": "object",
        "required": ["total"],
        "properties": {"total": {"type": "integer"}, "note": {"type": "string"}},
        "additionalProperties": {"type": "integer"},
    }
    assert "  [member: string]: number | string | undefined;" in types_of({"Counters": counters})["counters.ts"]


def test_files_that_would_grow_too_long_are_split() -> None:
    inner = {
        f"member_{i}": {"type": "object", "properties": {f"p{j}": {"type": "string"} for j in range(40)}}
        for i in range(40)
    }
    files = types_of({"Big": {"type": "object", "properties": inner}})
    assert max(text.count("\n") for text in files.values()) < 1000
    assert "  member_39?: BigMember39" in files["big.ts"].replace("Big.Member39", "BigMember39")
    apart = [path for path in files if path.startswith("big-member-")]
    assert apart
    for path in apart:
        name = "BigMember" + path.removeprefix("big-member-").removesuffix(".ts")
        assert f"export interface {name} {{" in files[path]
        assert f"export type {name.removeprefix('Big')} = {name};" in files["big.ts"]
        assert f"import type {{ {name} }} from './{path.removesuffix('.ts')}.js';" in files["big.ts"]


def order(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def test_what_is_inline_stands_in_its_owners_namespace() -> None:
    lines = {"type": "array", "items": order(kind={"type": "string", "enum": ["a", "b"]})}
    text = types_of({"Order": order(lines=lines)})["order.ts"]
    assert "  lines?: Order.Line[]" in text
    assert "export namespace Order {\n  export interface Line {\n    kind?: Order.Line.Kind" in text
    assert "  export namespace Line {\n    export type Kind = 'a' | 'b' | (string & {});\n  }\n" in text
    assert "\nexport type OrderLine = Order.Line;\nexport type OrderLineKind = Order.Line.Kind;\n" in text


def test_long_names_exist_inside_of_namespaces_only() -> None:
    name = "AVeryLongNameOfASchemaThatNobodyLikes"
    text = types_of({name: order(member=order(a={"type": "string"}))})[
        "a-very-long-name-of-a-schema-that-nobody-likes.ts"
    ]
    assert f"{name}.Member" in text
    assert f"export type {name}Member" not in text


def test_a_name_inside_hides_none_that_is_used_there() -> None:
    schemas = {
        "Item": order(a={"type": "string"}),
        "Order": order(item=order(item=ref("Item")), order=order(order=ref("Order"))),
    }
    text = types_of(schemas)["order.ts"]
    assert "import type { Item as Item_ } from './item.js';" in text
    assert "    item?: Item_" in text
    assert "  export interface OrderValue {\n    order?: Order" in text


def test_a_union_inside_has_a_guard_of_its_own_name() -> None:
    variants = [order(kind={"const": kind}) | {"required": ["kind"]} for kind in ("a", "b")]
    files = types_of({"Order": order(part={"oneOf": variants}), "OrderPart": {"type": "string"}})
    assert "export function isUnknownOrder_Part(\n  value: Order.Part" in files["order.ts"].replace(
        "(value", "(\n  value"
    )
    assert "export type OrderPart =" not in files["order.ts"]


def test_the_index_of_very_many_types_is_split() -> None:
    names = [*(f"Webhook{chr(65 + i % 26)}{i}" for i in range(1200)), *(f"Other{i}" for i in range(300))]
    files = types_of({name: {"type": "string"} for name in names})
    assert max(text.count("\n") for text in files.values()) < 1000
    listed = "".join(text for path, text in files.items() if path.startswith("by-prefix/"))
    assert listed.count("export type * from") == len(names)


def test_comments_cannot_be_closed_from_inside() -> None:
    text = jsdoc(Docs("Ends */ here.", deprecated=True, deprecation="Use the other."), 1, default=5)
    assert text == "  /**\n   * Ends *\\/ here.\n   *\n   * @default 5\n   * @deprecated Use the other.\n   */\n"
    assert jsdoc(Docs("Short.")) == "/** Short. */\n"
    assert jsdoc(Docs()) == ""


def test_prose_is_never_taken_for_a_tag() -> None:
    """TypeScript finds tags in the middle of a line too, and its editors then show the rest of the text as the tag's."""
    text = jsdoc(
        Docs("@Tell @deprecated users, `in @code`, a@b or {@link X}.", deprecated=True, deprecation="See @new.")
    )
    assert text == (
        "/**\n * \\@Tell \\@deprecated users, `in @code`, a@b or {@link X}.\n *\n * @deprecated See \\@new.\n */\n"
    )


def test_literals_are_quoted_for_typescript() -> None:
    assert literal("it's") == '"it\'s"'
    assert literal("'a' \"b\"") == "'\\'a\\' \"b\"'"
    assert literal('say "x"\n') == "'say \"x\"\\n'"
    assert literal("\u2028") == "'\\u2028'"
    assert [literal(True), literal(1.5)] == ["true", "1.5"]
    assert [member_name("a_b"), member_name("a-b"), member_name("1st")] == ["a_b", "'a-b'", "'1st'"]
    assert data_text({"a": [1, None], "b-c": {"d": "e"}}) == "{ a: [1, null], 'b-c': { d: 'e' } }"


def test_numbers_that_a_double_cannot_hold_are_bigints() -> None:
    assert [literal(2**53 - 1), literal(2**53), literal(-(10**30))] == [
        "9007199254740991",
        "9007199254740992n",
        "-1000000000000000000000000000000n",
    ]
    assert [literal(float("inf")), literal(float("-inf"))] == ["1e999", "-1e999"]
    files = types_of({"Big": {"type": "integer", "enum": [1, 2**63]}})
    assert "export type Big = 1 | 9223372036854775808n | (number & {}) | (bigint & {});" in files["big.ts"]


def test_an_own_property_named_proto_is_written_as_one() -> None:
    assert data_text({"__proto__": 1, "toString": 2}) == "{ ['__proto__']: 1, toString: 2 }"
    assert member_name("__proto__") == "__proto__"


def test_control_characters_stay_out_of_comments() -> None:
    assert jsdoc(Docs("a\0b\x07\x85c\u2028d\r\ne")) == "/** a␀b␇ c d e */\n"


@pytest.mark.parametrize(
    ("title", "client", "package"),
    [
        ("123 go", "_123Go", "123-go"),
        ("class", "Class", "class"),
        ("T", "T", "t"),
        ("Promise", "PromiseClient", "promise"),
        ("Page", "PageClient", "page"),
        ("日本", "日本", "api-client"),
        ("Crème brûlée", "CrèmeBrûlée", "cr-me-br-l-e"),
    ],
)
def test_any_title_gives_a_client_and_a_package(title: str, client: str, package: str) -> None:
    words = words_of(title)
    assert client_name(words) == client
    assert TARGET.default_package(words) == package


def test_members_of_one_name_all_have_names_of_their_own() -> None:
    parameters = [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
        {"name": "id", "in": "query", "schema": {"type": "string"}},
        {"name": "id_in_header", "in": "query", "schema": {"type": "string"}},
        {"name": "id", "in": "header", "schema": {"type": "string"}},
    ]
    body = {"type": "object", "properties": {"id": {"type": "integer"}, "id_in_query": {"type": "boolean"}}}
    post = {
        "parameters": parameters,
        "requestBody": {"content": {"application/json": {"schema": body}}},
        "responses": {"204": {"description": ""}},
    }
    text = generate(api_of(paths={"/things/{id}": {"post": post}}))["src/resources/things.ts"]
    for member in ("id_in_query_?: string", "id_in_header?: string", "id_in_header_?: string"):
        assert f"  {member} | undefined;" in text
    assert "{ ...params, id_in_path: id }" in text


def test_an_optional_body_asks_for_none_of_its_members_where_there_are_other_params() -> None:
    body = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
    post = {
        "parameters": [{"name": "dry", "in": "query", "schema": {"type": "boolean"}}],
        "requestBody": {"content": {"application/json": {"schema": ref("Thing")}}},
        "responses": {"204": {"description": ""}},
    }
    alone = {"requestBody": post["requestBody"], "responses": post["responses"]}
    files = generate(api_of({"Thing": body}, {"/things": {"post": post}, "/others": {"post": alone}}))
    assert "export interface ThingsCreateParams extends Partial<Thing> {" in files["src/resources/things.ts"]
    assert "export type OthersCreateParams = Thing;" in files["src/resources/others.ts"]
    assert "create(params?: OthersCreateParams" in files["src/resources/others.ts"]


def test_what_selects_the_only_form_is_set_without_asking() -> None:
    body = order(text={"type": "string"}, stream={"type": "boolean"}) | {"required": ["text", "stream"]}
    post = {
        "requestBody": {"required": True, "content": {"application/json": {"schema": ref("Ask")}}},
        "responses": {"200": {"description": "", "content": {"text/event-stream": {"schema": ref("Ask")}}}},
    }
    text = generate(api_of({"Ask": body}, {"/asks": {"post": post}}))["src/resources/asks.ts"]
    assert "export interface AsksCreateParams extends Omit<Ask, 'stream'> {}" in text
    assert "constants: { stream: true }" in text
    assert "client.asks.create({ text: 'text' })" in text


def test_a_selector_that_is_no_flag_has_its_other_values_in_the_plain_form() -> None:
    kind = {"type": "string", "enum": ["sse", "audio"]}
    content = {"text/event-stream": {"schema": ref("Ask")}, "application/json": {"schema": ref("Ask")}}
    post = {
        "x-polyport-stream": {"selector": "format"},
        "requestBody": {"required": True, "content": {"application/json": {"schema": ref("Ask")}}},
        "responses": {"200": {"description": "", "content": content}},
    }
    schemas = {"Ask": order(format=kind, text={"type": "string"})}
    text = generate(api_of(schemas, {"/asks": {"post": post}}))["src/resources/asks.ts"]
    assert "  format?: 'audio' | undefined;" in text
    assert "  format: 'sse';" in text


def test_an_argument_never_hides_the_description_of_its_operation() -> None:
    path = {"name": "getOperation", "in": "path", "required": True, "schema": {"type": "string"}}
    paths = {"/x/{getOperation}": {"get": {"parameters": [path], "responses": {"204": {"description": ""}}}}}
    text = generate(api_of(paths=paths))["src/resources/x.ts"]
    assert "(getOperation_: string, options" in text


def test_long_unions_have_a_line_for_each_member() -> None:
    names = [f"SomeRatherLongName{i}" for i in range(6)]
    assert union_text("export type U =", names, ";") == "export type U =" + "".join(f"\n  | {n}" for n in names) + ";"
    assert union_text("export type U =", names[:5], ";") == f"export type U =\n  {' | '.join(names[:5])};"
    assert union_text("export type U =", names[:2], ";").count("\n") == 0


def test_tests_are_emitted_only_when_asked_for() -> None:
    api = notes()
    plain = TARGET.generate(api, SETTINGS, Diagnostics()).files
    tested = TARGET.generate(api, replace(SETTINGS, tests=True), Diagnostics()).files
    extra = {f.path for f in tested} - {f.path for f in plain}
    assert {"tests/vectors/dispatcher.ts", "tests/vectors/vectors.test.ts", "tests/examples.ts"} <= extra
    assert not any(f.path.startswith("tests/") for f in plain)
