"""The Swift target: golden files for readable diffs, and the rules that keep names, comments and files in order."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.languages.swift import TARGET
from polyport_codegen.languages.swift.naming import SwiftRules, literal, lower_camel, quoted, upper_camel
from polyport_codegen.load.document import load
from polyport_codegen.pipeline import BuildOptions, build
from polyport_codegen.target import Settings

from .specs import api_of, get, ref

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "golden" / "swift"
SPEC = Path(__file__).parent / "swift" / "golden.yaml"
RUNTIME = ROOT.parent / "codegen/polyport_codegen/languages/swift/runtime"
SETTINGS = Settings(
    words=("notes",), version="1.0.0", package="Notes", base_url="https://notes.example/v1", license="MIT"
)
TEXT = {"type": "string"}


def generate(api: Api, diagnostics: Diagnostics | None = None, settings: Settings = SETTINGS) -> dict[str, str]:
    """The generated files without the runtime: path -> text."""
    files = TARGET.generate(api, settings, diagnostics or Diagnostics()).files
    return {f.path: f.data.decode() for f in files if "/Runtime/" not in f.path}


def notes() -> Api:
    """The API of the golden files."""
    diagnostics = Diagnostics()
    return build(load(str(SPEC), diagnostics), BuildOptions(), diagnostics)


def models(schemas: dict[str, Any], diagnostics: Diagnostics | None = None) -> dict[str, str]:
    """The files of types of an API that has only schemas: name -> text."""
    files = generate(api_of(schemas), diagnostics)
    return {Path(p).stem: t for p, t in files.items() if "/Models/" in p}


def object_of(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties}


def test_the_output_is_what_was_agreed() -> None:
    files = generate(notes())
    if os.environ.get("UPDATE_GOLDEN"):
        for old in [p for p in GOLDEN.rglob("*") if p.is_file()]:
            old.unlink()
        for path, text in files.items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_text(text)
    kept = {str(p.relative_to(GOLDEN)): p.read_text() for p in GOLDEN.rglob("*") if p.is_file()}
    assert sorted(files) == sorted(kept), "UPDATE_GOLDEN=1 writes tests/golden/swift anew"
    for path, text in files.items():
        assert text == kept[path], path


def test_the_same_input_gives_the_same_bytes() -> None:
    assert generate(notes()) == generate(notes())


def test_a_changed_description_touches_only_the_files_that_show_it() -> None:
    before = generate(notes())
    changed = SPEC.read_text().replace("Null takes it away.", "Null removes it.")
    diagnostics = Diagnostics()
    after = generate(build(load("spec.yaml", diagnostics, lambda _: changed), BuildOptions(), diagnostics))
    assert [path for path in before if before[path] != after[path]] == [
        "Sources/Notes/Models/NewNote.swift",
        "Sources/Notes/Resources/NotesResource.swift",
    ]


def test_lines_keep_to_their_width() -> None:
    long = [
        f"{path}:{number}"
        for path, text in generate(notes()).items()
        if path.endswith(".swift")
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) > 120
    ]
    assert long == []


def test_the_runtime_is_copied_as_it_is() -> None:
    files = {f.path: f.data for f in TARGET.generate(notes(), SETTINGS, Diagnostics()).files}
    for source in RUNTIME.rglob("*.swift"):
        assert files[f"Sources/Notes/Runtime/{source.relative_to(RUNTIME)}"] == source.read_bytes()


@pytest.mark.parametrize(
    ("words", "upper", "lower"),
    [
        (("image", "url"), "ImageURL", "imageURL"),
        (("id",), "ID", "id"),
        (("photo", "urls"), "PhotoURLs", "photoURLs"),
        (("http", "server"), "HTTPServer", "httpServer"),
        (("1", "st"), "_1St", "_1St"),
    ],
)
def test_acronyms_are_written_in_one_case(words: tuple[str, ...], upper: str, lower: str) -> None:
    assert (upper_camel(words), lower_camel(words)) == (upper, lower)


@pytest.mark.parametrize(
    ("role", "scope", "name", "expected"),
    [
        ("member", "in:X", "self", "self_"),
        ("member", "in:X", "jsonValue", "jsonValue_"),
        ("member", "in:X", "description", "description"),
        ("value", "in:X", "none", "noneValue"),
        ("method", "calls:", "get", "get_"),
        ("method", "calls:chat", "get", "get"),
        ("type", "types", "Note", "Note"),
    ],
)
def test_names_keep_out_of_the_way(role: str, scope: str, name: str, expected: str) -> None:
    rules = SwiftRules()
    assert rules.escape(role, scope, name) == expected
    assert rules.escape(role, scope, expected) == expected


def test_reserved_words_are_quoted() -> None:
    assert [quoted(name) for name in ("class", "in", "note")] == ["`class`", "`in`", "note"]


def test_literals_are_escaped() -> None:
    assert literal('a"b\\\n\\(x)') == '"a\\"b\\\\\\n\\\\(x)"'


def test_types_do_not_hide_those_of_foundation_or_the_runtime() -> None:
    names = ("Data", "Error", "Type", "Page", "JSONValue", "Upload", "Note")
    assert set(models({name: object_of(a=TEXT) for name in names})) == {
        "DataModel", "ErrorModel", "TypeModel", "PageModel", "JSONValueModel", "UploadModel", "Note",
    }  # fmt: skip


def test_schemas_that_differ_only_in_case_have_files_of_their_own() -> None:
    files = generate(api_of({"foo_bar": TEXT, "FooBar": {"type": "integer"}, "Foobar": {"type": "boolean"}}))
    paths = [p.casefold() for p in files if "/Models/" in p]
    assert len(paths) == len(set(paths)) == 3


def test_only_direct_cycles_are_boxed() -> None:
    node = object_of(next=ref("Node"), all={"type": "array", "items": ref("Node")}, tree=ref("Tree"))
    text = models({"Node": node, "Tree": {"oneOf": [TEXT, ref("Node")]}})["Node"]
    assert text.count("@Boxed") == 1
    assert "@Boxed public var next: Node?" in text


def test_what_could_never_end_is_optional() -> None:
    text = models({"A": object_of(("b",), b=ref("B")), "B": object_of(("a",), a=ref("A"))})["A"]
    assert "@Boxed public var b: B?" in text


def test_null_counts_only_in_what_is_sent() -> None:
    nullable = {"type": ["string", "null"]}
    answer = get(ref("Out"))["get"]["responses"]
    body = {"content": {"application/json": {"schema": ref("In")}}}
    schemas = {"In": object_of(a=nullable), "Out": object_of(a=nullable)}
    files = generate(api_of(schemas, {"/x": {"post": {"requestBody": body, "responses": answer}}}))
    assert "public init(a: String?? = nil)" in files["Sources/Notes/Models/In.swift"]
    assert "public init(a: String? = nil)" in files["Sources/Notes/Models/Out.swift"]


def test_a_variant_can_be_made_from_its_members() -> None:
    text = {"oneOf": [TEXT, {"type": "array", "items": TEXT}]}
    user = object_of(("role", "content"), role={"const": "user"}, content=ref("Text"), name=TEXT)
    tool = object_of(("role", "id", "content"), role={"const": "tool"}, id=TEXT, content=TEXT)
    files = models({"Text": text, "User": user, "Tool": tool, "Message": {"oneOf": [ref("User"), ref("Tool")]}})
    message = files["Message"]
    assert "public static func user(_ content: Text, name: String? = nil) -> Self {" in message
    assert "public static func user(_ content: String, name: String? = nil) -> Self {" in message
    assert "public static func tool(id: String, content: String) -> Self {" in message
    assert "extension Text: ExpressibleByStringLiteral" in files["Text"]


def test_an_alias_of_itself_ends_in_any_json() -> None:
    schemas = {"Tree": {"type": "array", "items": ref("Tree")}, "Holder": object_of(tree=ref("Tree"))}
    text = models(schemas)
    assert "public typealias Tree = [JSONValue]" in text["Tree"]
    assert "public var tree: Tree?" in text["Holder"]


def test_a_streaming_form_fills_in_what_chooses_it() -> None:
    body = object_of(("stream", "text"), stream={"type": "boolean"}, text=TEXT)
    content = {"application/json": {"schema": TEXT}, "text/event-stream": {"schema": TEXT}}
    operation = {
        "operationId": "say",
        "x-polyport-stream": {"selector": "stream"},
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {"200": {"description": "", "content": content}},
    }
    files = generate(api_of(paths={"/say": {"post": operation}}))
    resource = next(text for path, text in files.items() if "Resource" in path)
    assert "SayRequest(stream: false, text: text)" in resource
    assert "SayRequest(stream: true, text: text)" in resource
    assert 'call.json(body, setting: "stream", to: true)' in resource


def test_tests_come_only_when_asked_for() -> None:
    assert not [p for p in generate(notes()) if p.startswith("Tests/")]
    with_tests = Settings(words=("notes",), version="1", package="Notes", tests=True)
    paths = {f.path for f in TARGET.generate(notes(), with_tests, Diagnostics()).files}
    assert {"Tests/NotesTests/Vectors/Dispatcher.swift", "Tests/NotesTests/Runtime/JSONTests.swift"} <= paths
