"""The Kotlin target: golden files for readable diffs, and the rules that keep names, comments and files in order."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.languages.kotlin import TARGET, render_package
from polyport_codegen.languages.kotlin.naming import KotlinRules, literal, package_name, quoted
from polyport_codegen.languages.kotlin.prose import comment
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


def test_inline_types_stand_in_the_class_of_their_owner() -> None:
    kind = {"type": "string", "enum": ["a", "b"]}
    item = {"type": "object", "properties": {"kind": kind, "page": ref("Page")}}
    order = {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": item},
            "page": {"type": "object", "properties": {"n": {"type": "integer"}}},
        },
    }
    text = models_of({"Order": order, "Page": {"type": "object", "properties": {"a": {"type": "string"}}}})
    assert set(text) == {"Order", "Page"}
    assert "    public val items: List<Order.Item>? get()" in text["Order"]
    assert "    public class Item internal constructor(" in text["Order"]
    assert "        public value class Kind(" in text["Order"]
    # `Page` inside `Order` is the nested one.
    assert "public val page: notes.models.Page? get()" in text["Order"]
    assert "public val page: Order.Page? get()" in text["Order"]


def test_many_names_of_one_type_have_files_of_their_own() -> None:
    mood = {"type": "string", "enum": ["happy", "sad"]}
    files = models_of({f"Owner{n}": {"type": "object", "properties": {"mood": mood}} for n in range(400)})
    assert {name for name in files if not name.startswith("Owner")} == {"Mood", "Mood.names1", "Mood.names2"}
    assert "public typealias Owner399Mood = Mood" in files["Mood.names2"]
    assert max(t.count("\n") for t in files.values()) < 1000


def test_a_wrapper_is_not_called_like_its_union() -> None:
    nested = {"type": "object", "additionalProperties": {"oneOf": [{"type": "string"}, ref("Nested")]}}
    text = models_of({"Nested": nested})["NestedValue"]
    assert "public sealed interface NestedValue : JsonValue" in text
    assert "public class NestedVariantValue internal constructor(" in text
    named = {"oneOf": [{"type": "boolean"}, ref("Nested")]}
    files = models_of({"Nested": nested, "NestedValue": named})
    assert "public sealed interface NestedValue : JsonValue" in files["NestedValue"]
    for name, text in files.items():
        assert f"public class {name} internal constructor(" not in text


def test_numbers_of_enums_are_written_like_all_numbers() -> None:
    files = models_of({"Ratio": {"type": "number", "enum": [1, 0.5]}, "Mood": {"type": "string", "enum": ["a"]}})
    assert "override fun toJson(): JsonElement = DoubleCodec.encode(value)" in files["Ratio"]
    assert "import notes.core.DoubleCodec" in files["Ratio"]
    assert "override fun toJson(): JsonElement = JsonPrimitive(value)" in files["Mood"]


def test_what_offers_deprecated_types_compiles_without_a_warning() -> None:
    old = {"type": "string", "enum": ["a"], "deprecated": True}
    files = models_of(
        {
            "Old": old,
            "User": {"type": "object", "properties": {"old": ref("Old"), "x": {"type": "string"}}},
        }
    )
    head = '@file:Suppress("DEPRECATION")\n\npackage notes.models\n'
    assert files["Old"].startswith(head)
    assert files["User"].startswith(head)
    plain = models_of({"User": {"type": "object", "properties": {"x": {"type": "string", "deprecated": True}}}})
    assert plain["User"].startswith("package notes.models\n")


def test_what_is_too_long_for_one_file_stands_alone() -> None:
    wide = {
        "type": "object",
        "properties": {f"member_{n}": {"type": "string", "description": f"Member {n}."} for n in range(150)},
    }
    text = models_of({"Order": {"type": "object", "properties": {"wide": wide, "mood": {"enum": ["a", "b"]}}}})
    assert set(text) == {"Order", "OrderWide", "OrderWideMembers", "OrderMood"}
    assert ") : OrderWideMembers(members)" in text["OrderWide"]
    assert "public abstract class OrderWideMembers internal constructor(" in text["OrderWideMembers"]
    assert max(t.count("\n") for t in text.values()) < 1000


def test_other_forms_of_a_body_are_methods_of_their_own() -> None:
    person = {
        "type": "object",
        "required": ["name"],
        "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
    }
    content = {"application/json": {"schema": person}, "text/plain": {"schema": {"type": "string"}}, "image/png": {}}
    query = {"name": "dry", "in": "query", "schema": {"type": "boolean"}}
    post = {
        "parameters": [query],
        "requestBody": {"required": True, "content": content},
        "responses": {"204": {"description": ""}},
    }
    files = generate(api_of({}, {"/people": {"post": post}}))
    text = next(t for p, t in files.items() if p.endswith("PeopleResource.kt"))
    assert re.search(r"public suspend fun create\(\s*name: String,", text)
    assert re.search(r"public suspend fun createAsText\(\s*text: String,", text)
    assert "block: PeopleCreateAsTextParams.() -> Unit" in text
    assert "sent.whole = StringCodec.encode(text)" in text
    assert 'body = BodySpec(BodyKind.TEXT, "text/plain", true)' in text
    assert "sent.upload = bytes" in text
    params = next(t for p, t in files.items() if p.endswith("PeopleCreateAsTextParams.kt"))
    assert "public var dry: Boolean?" in params
    assert "var age" not in params


def test_a_member_that_is_a_file_or_several_is_a_list_of_files() -> None:
    file = {"type": "string", "format": "binary"}
    fields = {"image": {"anyOf": [file, {"type": "array", "items": file}]}, "title": {"type": "string"}}
    form = {"multipart/form-data": {"schema": {"type": "object", "required": ["image"], "properties": fields}}}
    post = {"requestBody": {"required": True, "content": form}, "responses": {"204": {"description": ""}}}
    files = generate(api_of({}, {"/images": {"post": post}}))
    text = next(t for p, t in files.items() if p.endswith("ImagesResource.kt"))
    assert re.search(r"fun create\(\s*image: List<Upload>,", text)
    assert 'sent.files["image"] = image' in text
    assert 'client.images.create(image = listOf(Upload.of(File("path/to/file"))))' in text


def test_aliases_are_names_of_their_own() -> None:
    mood = {"type": "string", "enum": ["happy", "sad"], "description": "A mood."}
    owner = {"type": "object", "properties": {"mood": mood}}
    files = models_of({"A": owner, "B": owner, "Tags": {"type": "array", "items": {"type": "string"}}})
    assert "public typealias Tags = List<String>" in files["Tags"]
    shared = files["Mood"]
    assert "public typealias AMood = Mood" in shared
    assert "public typealias BMood = Mood" in shared
    assert "public val mood: Mood? get()" in files["A"]


def test_what_is_only_sent_is_asked_for_and_never_missed() -> None:
    fields = {"password": {"type": "string", "writeOnly": True}, "id": {"type": "string", "readOnly": True}}
    schema = {"type": "object", "required": ["password", "id"], "properties": fields}
    text = models_of({"Account": schema})["Account"]
    assert 'public val password: String? get() = optional("password", StringCodec)' in text
    assert 'public val id: String get() = required("id", StringCodec)' in text
    assert "operator fun invoke(password: String, block: Builder.() -> Unit = {})" in text


def test_a_call_tells_its_failures_and_the_headers_of_its_answer() -> None:
    problem = {"description": "No.", "content": {"application/json": {"schema": ref("Problem")}}}
    header = {"X-Total": {"schema": {"type": "integer"}, "description": "How many there are."}}
    ok = {"description": "", "headers": header, "content": {"application/json": {"schema": ref("Problem")}}}
    responses = {"200": ok, "404": problem, "409": problem, "default": problem}
    model = {"type": "object", "properties": {"why": {"type": "string"}}}
    files = generate(api_of({"Problem": model}, {"/pets": {"get": {"responses": responses}}}))
    text = next(t for p, t in files.items() if p.endswith("PetsResource.kt"))
    assert re.search(r"     \* - `X-Total`.*How many there are\.\n", text)
    assert "@throws APIStatusException for any failure, with a body for `bodyAs<Problem>()`" in text


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


def test_a_large_api_says_what_its_compiler_may_take(monkeypatch: pytest.MonkeyPatch) -> None:
    files = generate(notes())
    assert ".mvn/jvm.config" not in files
    letters = sum(len(text) for path, text in files.items() if path.endswith(".kt"))
    monkeypatch.setattr(render_package, "LETTERS_PER_GIGABYTE", letters / 2.5)
    assert generate(notes())[".mvn/jvm.config"] == "-Xmx3g\n"


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
        ("resource", "resources", "String", "StringClient"),
        ("method", "calls:notes", "notify", "notify_"),
        ("member", "in:x", "unset", "unset_"),
        ("argument", "arguments:x", "options", "options_"),
        ("member", "members:x", "options", "options"),
        ("method", "calls:", "close", "close_"),
        ("method", "calls:notes", "close", "close"),
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
        ("value", ("image", "url"), "IMAGE_URL"),
        ("value", ("1",), "_1"),
    ],
)
def test_words_become_identifiers(role: str, words: tuple[str, ...], expected: str) -> None:
    assert KotlinRules().spell(role, words) == expected


def test_keywords_stand_between_backticks() -> None:
    assert [quoted(n) for n in ("in", "object", "import", "_")] == ["`in`", "`object`", "import", "`_`"]
    words = models_of({"A": {"type": "object", "properties": {"class": {"type": "string"}, "is": {"type": "boolean"}}}})
    # `getClass` is every Java object's own.
    assert '@get:JvmName("getClass_")\n    public val `class`: String? get()' in words["A"]
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
    assert "this.value = B.Value.of(value)" in text["B"]


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
    files = models_of({"Wide": schema})
    invoke = files["Wide"].partition("operator fun invoke(")[2].partition("): Wide")[0]
    assert invoke.count(": String") == 120
    assert "public var f299: String" in files["WideMembers"]


def test_comments_cannot_be_left() -> None:
    assert comment(["a */ b /* c\0"]).at(0) == "/** a *&#47; b /&#42; c */\n"
    assert comment(["@param x"], 4).at(4) == "    /** &#64;param x */\n"
    tagged = comment(["One.", "Two."], tags=[("param a", "It.")])
    assert tagged.at(0) == "/**\n * One.\n *\n * Two.\n *\n * @param a It.\n */\n"
    assert comment([""]).at(0) == ""


def test_literals_are_kotlins() -> None:
    assert literal('$a "b"\n\\ ü') == '"\\$a \\"b\\"\\n\\\\ ü"'
    assert [literal(v) for v in (True, 7, 1.5, -(1 << 63))] == ["true", "7L", "1.5", "Long.MIN_VALUE"]
    assert literal("C:\\f\f\0\x7f") == r'"C:\\f\u000c\u0000\u007f"'


def test_a_title_becomes_a_client_and_a_package_whatever_it_is() -> None:
    titles = [("class",), ("123", "go"), ("t",), ("string",), ("native",)]
    rules = KotlinRules()
    clients = [rules.escape("resource", "resources", rules.spell("resource", t)) for t in titles]
    assert clients == ["Class", "_123Go", "T", "StringClient", "Native"]
    assert [package_name(t) for t in titles] == ["class_", "_123go", "t", "string", "native_"]


def test_numbers_beyond_kotlins_are_reported_or_sent_as_they_are() -> None:
    diagnostics = Diagnostics()
    models = models_of(
        {
            "Size": {"type": "integer", "enum": [1, -(1 << 63), 1 << 63]},
            "A": {"type": "object", "required": ["big"], "properties": {"big": {"const": 1 << 70}}},
        },
        diagnostics,
    )
    assert "Size(Long.MIN_VALUE)" in models["Size"]
    assert "9223372036854775808L" not in models["Size"]
    assert [d.code for d in diagnostics.items].count("kotlin-number") == 1
    assert 'builder.write("big", JsonCodec, parseJson("1180591620717411303424"))' in models["A"]


def test_a_union_tells_its_own_wrapper_from_a_model_of_that_name() -> None:
    value = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
    models = models_of({"StringValue": value, "U": {"oneOf": [{"type": "string"}, ref("StringValue")]}})
    assert 'modelAlternative(notes.models.StringValue, keys = listOf("a"))' in models["U"]


def test_an_enum_of_thousands_is_not_set_in_one_piece() -> None:
    text = models_of({"E": {"enum": [f"v{i}" for i in range(2000)]}})["E"]
    assert 'public val V7: E get() = E("v7")' in text


def test_an_api_without_models_imports_none() -> None:
    files = generate(api_of({}, {"/ping": {"post": {"responses": {"204": {"description": ""}}}}}))
    assert not [path for path, text in files.items() if "notes.models" in text and not path.endswith(".pro")]
