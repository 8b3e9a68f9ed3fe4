"""The Kotlin target: golden files for readable diffs, and the rules that keep names, comments and files in order."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.languages.kotlin import TARGET
from polyport_codegen.languages.kotlin.kdoc import kdoc
from polyport_codegen.languages.kotlin.naming import KotlinRules, quoted
from polyport_codegen.languages.kotlin.source import literal
from polyport_codegen.load.document import load
from polyport_codegen.pipeline import BuildOptions, build
from polyport_codegen.target import Settings

from .specs import api_of, get, ref

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "golden" / "kotlin"
SPEC = Path(__file__).parent / "kotlin" / "golden.yaml"
SETTINGS = Settings(
    words=("notes",), version="1.0.0", package="notes", base_url="https://notes.example/v1", license="MIT"
)


def generate(api: Api, diagnostics: Diagnostics | None = None, settings: Settings = SETTINGS) -> dict[str, str]:
    """The generated files without the runtime: path -> text."""
    files = TARGET.generate(api, settings, diagnostics or Diagnostics()).files
    return {f.path: f.data.decode() for f in files if "/core/" not in f.path}


def notes(text: str | None = None) -> Api:
    """The API of the golden files, or of another text."""
    diagnostics = Diagnostics()
    document = load("spec.yaml", diagnostics, lambda _: text) if text else load(str(SPEC), diagnostics)
    return build(document, BuildOptions(), diagnostics)


def models_of(schemas: dict[str, Any], diagnostics: Diagnostics | None = None) -> dict[str, str]:
    """The files of an API that has only schemas, by class name."""
    files = generate(api_of(schemas), diagnostics)
    return {Path(p).stem: t for p, t in files.items() if "/models/" in p}


def test_the_output_is_what_was_agreed() -> None:
    files = generate(notes())
    if os.environ.get("UPDATE_GOLDEN"):
        for old in [p for p in GOLDEN.rglob("*") if p.is_file()]:
            old.unlink()
        for path, text in files.items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_text(text)
    kept = {str(p.relative_to(GOLDEN)): p.read_text() for p in GOLDEN.rglob("*") if p.is_file()}
    assert sorted(files) == sorted(kept), "UPDATE_GOLDEN=1 writes tests/golden/kotlin anew"
    for path, text in files.items():
        assert text == kept[path], path


def test_the_same_input_gives_the_same_bytes() -> None:
    assert generate(notes()) == generate(notes())


def test_a_changed_description_touches_only_the_files_that_show_it() -> None:
    before = generate(notes())
    after = generate(notes(SPEC.read_text().replace("Null takes it away.", "Null removes it.")))
    changed = sorted(Path(path).stem for path in before if before[path] != after[path])
    assert changed == ["NewNote", "NotesCreateParams"]


def test_a_new_schema_renames_nothing() -> None:
    first = {"FooBar": {"type": "object", "properties": {"a": {"type": "string"}}}, "Mood": {"enum": ["a", "b"]}}
    before = models_of(first)
    after = models_of({**first, "Last": {"type": "object", "properties": {"foo_bar": ref("FooBar")}}})
    assert {name: text for name, text in after.items() if name in before} == before


def test_only_the_package_line_of_the_runtime_is_rewritten() -> None:
    runtime = ROOT.parent / "codegen/polyport_codegen/languages/kotlin/runtime"
    files = {f.path: f.data.decode() for f in TARGET.generate(notes(), SETTINGS, Diagnostics()).files}
    for file in runtime.glob("*.kt"):
        copy = files[f"src/main/kotlin/notes/core/{file.name}"]
        assert copy == file.read_text().replace("package polyport.runtime\n", "package notes.core\n", 1)


def test_tests_come_only_when_they_are_asked_for() -> None:
    plain = TARGET.generate(notes(), SETTINGS, Diagnostics()).files
    tested = TARGET.generate(notes(), replace(SETTINGS, tests=True), Diagnostics()).files
    assert not [f.path for f in plain if f.path.startswith("src/test/")]
    names = {Path(f.path).stem for f in tested if f.path.startswith("src/test/")}
    assert {"Dispatcher", "VectorsTest", "ModelTest", "ServerSentEventsTest"} <= names


@pytest.mark.parametrize(
    ("role", "scope", "name", "expected"),
    [
        ("type", "models", "String", "StringModel"),
        ("type", "models", "Builder", "BuilderModel"),
        ("type", "models", "Error", "Error"),
        ("argument", "arguments:x", "options", "options_"),
        ("member", "members:x", "options", "options"),
        ("method", "methods:", "close", "close_"),
        ("method", "methods:notes", "close", "close"),
    ],
)
def test_names_keep_out_of_the_way(role: str, scope: str, name: str, expected: str) -> None:
    rules = KotlinRules()
    assert rules.escape(role, scope, name) == expected
    assert rules.escape(role, scope, expected) == expected


@pytest.mark.parametrize(
    ("role", "words", "expected"),
    [
        ("type", ("chat", "completion"), "ChatCompletion"),
        ("member", ("created", "at"), "createdAt"),
        ("constant", ("image", "url"), "IMAGE_URL"),
        ("constant", ("1",), "_1"),
    ],
)
def test_words_become_identifiers(role: str, words: tuple[str, ...], expected: str) -> None:
    assert KotlinRules().spell(role, words) == expected


def test_keywords_stand_between_backticks() -> None:
    assert [quoted(n) for n in ("in", "object", "import", "_")] == ["`in`", "`object`", "import", "`_`"]
    words = models_of({"A": {"type": "object", "properties": {"class": {"type": "string"}, "is": {"type": "boolean"}}}})
    # `getClass` is every Java object's own.
    assert '@get:JvmName("getClass_")\n    public val `class`: String?' in words["A"]
    assert "public val `is`: Boolean?" in words["A"]


def test_names_that_differ_only_in_spelling_say_how_they_were_spelled() -> None:
    names = {name: {"type": "string"} for name in ("foo_bar", "fooBar", "FooBar", "foo-bar")}
    text = models_of({"A": {"type": "object", "properties": names}})["A"]
    for name in ("fooBarSnake", "fooBar", "fooBarCapital", "fooBarKebab"):
        assert f"public val {name}: String?" in text


def test_a_model_named_like_the_runtime_is_told_apart() -> None:
    model = {"type": "object", "properties": {"page": ref("Page")}}
    files = generate(api_of({"Model": model, "Page": model}, {"/models": get(ref("Model"))}))
    model_text = next(t for p, t in files.items() if p.endswith("models/Model.kt"))
    assert ") : test.core.Model(members) {" in model_text.replace("notes.core", "test.core")


def test_members_named_like_the_code_around_them_do_no_harm() -> None:
    names = ("value", "block", "builder", "is_active", "active")
    schema = {
        "type": "object",
        "required": ["block", "builder"],
        "properties": {name: {"type": "string"} for name in names},
    }
    content = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    text = models_of({"A": schema, "B": {"type": "object", "properties": {"value": content}}})
    assert "operator fun invoke(block_: String, builder_: String, block: Builder.() -> Unit = {})" in text["A"]
    assert 'builder.write("builder", StringCodec, builder_)' in text["A"]
    # Both would have the setter `setActive`.
    assert "public var active: String?" in text["A"]
    assert "public var isActiveSnake: String?" in text["A"]
    assert "this.value = BValue.of(value)" in text["B"]


def test_null_is_sent_only_where_the_api_knows_it() -> None:
    fields = {"plain": {"type": "string"}, "nullable": {"type": ["string", "null"]}}
    text = models_of({"A": {"type": "object", "properties": fields}})["A"]
    assert 'set(value) = write("plain", StringCodec, value)' in text
    assert 'set(value) = writeNullable("nullable", StringCodec, value)' in text


def test_overloads_that_look_alike_to_the_jvm_have_names_of_their_own() -> None:
    lists = [{"type": "array", "items": {"type": kind}} for kind in ("string", "integer")]
    text = models_of({"Input": {"oneOf": [{"type": "string"}, *lists]}})["Input"]
    assert text.count("@JvmName(") == 2
    assert text.count("public fun of(value: ") == 3


def test_a_recursive_alias_ends_in_free_json() -> None:
    models = models_of(
        {
            "Tree": {"type": "array", "items": ref("Tree")},
            "A": {"type": "object", "properties": {"tree": ref("Tree")}},
        }
    )
    assert "public val tree: List<JsonElement>?" in models["A"]


def test_more_required_values_than_the_jvm_takes_move_into_the_block() -> None:
    names = [f"f{i}" for i in range(300)]
    schema = {"type": "object", "required": names, "properties": {n: {"type": "string"} for n in names}}
    text = models_of({"Wide": schema})["Wide"]
    invoke = text.partition("operator fun invoke(")[2].partition("): Wide")[0]
    assert invoke.count(": String") == 120
    assert "public var f299: String" in text


def test_comments_cannot_be_left() -> None:
    assert kdoc(["a */ b /* c"]) == "/** a *&#47; b /&#42; c */\n"
    assert kdoc(["@param x"], 4) == "    /** &#64;param x */\n"
    assert kdoc(["One.", "Two."], tags=[("param a", "It.")]) == "/**\n * One.\n *\n * Two.\n *\n * @param a It.\n */\n"
    assert kdoc([""]) == ""


def test_literals_are_kotlins() -> None:
    assert literal('$a "b"\n\\ ü') == '"\\$a \\"b\\"\\n\\\\ ü"'
    assert [literal(v) for v in (True, 7, 1.5)] == ["true", "7L", "1.5"]
