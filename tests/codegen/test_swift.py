"""The Swift target: golden files for readable diffs, and the rules that keep names, comments and files in order."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.languages.swift import TARGET
from polyport_codegen.languages.swift.naming import SwiftRules, literal, lower_camel, quoted, upper_camel
from polyport_codegen.load.document import load
from polyport_codegen.lower.published import Names
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
    assert "public init(a: Nullable<String>? = nil)" in files["Sources/Notes/Models/In.swift"]
    assert "public init(a: String? = nil)" in files["Sources/Notes/Models/Out.swift"]


def test_what_always_has_an_id_is_identifiable() -> None:
    named = {"type": "string"}
    schemas = {
        "Has": object_of(("id",), id=named),
        "May": object_of(id=named),
        "Nil": object_of(("id",), id={"type": ["string", "null"]}),
        "Fixed": object_of(("id",), id={"const": "x"}),
    }
    text = models(schemas)
    assert "public struct Has: JSONModel, Identifiable {" in text["Has"]
    assert not any("Identifiable" in text[name] for name in ("May", "Nil", "Fixed"))


def test_a_list_in_the_text_of_a_parameter_stays_a_list() -> None:
    texts = {
        "led": "What to tell:\n\n- `a`: one.\n- `b`: two.",
        "held": "How.\n- `c`: three.",
        "next": "First.\n\n- `d`: elsewhere.",
    }
    asked = [{"name": n, "in": "query", "schema": TEXT | {"default": "a"}, "description": t} for n, t in texts.items()]
    text = "".join(generate(api_of({}, {"/x": get(TEXT, parameters=asked)})).values())
    assert "    ///   - led: What to tell:\n    ///     - `a`: one.\n    ///     - `b`: two.\n    ///\n" in text
    assert '    ///   - held: How.\n    ///     - `c`: three.\n    ///\n    ///     Default: `"a"`.\n' in text
    assert '    ///   - next: First. Default: `"a"`.\n' in text


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


@pytest.mark.parametrize("name", ["options", "body", "note", "check"])
def test_a_call_that_is_called_like_what_it_is_given_still_calls_itself(name: str) -> None:
    body = {"content": {"application/json": {"schema": object_of(note=TEXT)}}}
    operation = {"requestBody": body, "responses": {"204": {"description": ""}}, "x-polyport-name": f"files.{name}"}
    text = "".join(generate(api_of({}, {"/x": {"post": operation}})).values())
    own = "self." if name != "check" else ""
    assert f"return try await {own}{name}(body.unlessEmpty(), options: options)" in text


def test_an_alias_of_itself_ends_in_any_json() -> None:
    schemas = {"Tree": {"type": "array", "items": ref("Tree")}, "Holder": object_of(tree=ref("Tree"))}
    text = models(schemas)
    assert "public typealias Tree = [JSONValue]" in text["Tree"]
    assert "public var tree: Tree?" in text["Holder"]


def test_inline_types_stand_in_their_owner() -> None:
    lines = {"type": "array", "items": object_of(sku=TEXT, state={"enum": ["open", "sent"]})}
    files = models({"Order": object_of(lines=lines)})
    assert list(files) == ["Order"]
    assert "public var lines: [Order.Line]?" in files["Order"]
    assert "extension Order {\n    public struct Line: JSONModel {" in files["Order"]
    assert (
        "extension Order.Line {\n    /// Known values; any other is a value too.\n    public struct State"
        in files["Order"]
    )


def test_an_inner_name_hides_nothing_that_its_owner_means() -> None:
    inner = object_of(a=TEXT)
    files = models(
        {
            "Status": {"enum": ["a"]},
            "Order": object_of(status=inner, order=inner, string=inner, was=ref("Status")),
            "Other": object_of(status=object_of(b=TEXT)),
        }
    )
    order, other = files["Order"], files["Other"]
    assert "public var status: Order.StatusValue?" in order
    assert "public var order: Order.OrderValue?" in order
    assert "public var string: Order.StringModel?" in order
    assert "public var was: Status?" in order
    assert "public var status: Other.Status?" in other


def test_a_union_may_hold_a_type_of_its_own_name() -> None:
    either = {"anyOf": [{"title": "account", **object_of(("a",), a=TEXT)}, TEXT]}
    text = models({"Request": object_of(account=either)})["Request"]
    assert "extension Request.Account {" in text
    assert "public static var standIn: Self { .unknown(.null) }" in text


def test_what_is_inline_in_a_long_file_gets_a_file_of_its_own() -> None:
    many = {f"m{i}": TEXT for i in range(150)}
    files = models({"Long": object_of(left=object_of(**many), right=object_of(**many))})
    assert list(files) == ["Long", "Long.Left", "Long.Right"]
    assert files["Long.Left"].count("extension Long {") == 1


def test_integers_that_int_cannot_hold_keep_their_digits() -> None:
    text = models({"Big": {"enum": [2**63, 1]}, "Fixed": object_of(("n",), n={"const": -(2**63) - 1})})
    assert "public let rawValue: JSONNumber" in text["Big"]
    assert 'Self(rawValue: JSONNumber(digits: "9223372036854775808"))' in text["Big"]
    assert 'self.n = JSONNumber(digits: "-9223372036854775809")' in text["Fixed"]


def test_values_keep_out_of_the_way_of_what_enums_have() -> None:
    text = models({"E": {"enum": ["rawValue", "init", "none", "½"]}})["E"]
    found = [line.split()[3] for line in text.splitlines() if "static let" in line]
    assert found == ["rawValue_", "init_", "noneValue", "_12"]


def test_events_that_add_up_say_how() -> None:
    delta = object_of(index={"type": "integer"}, text=TEXT)
    event = object_of(id=TEXT, choices={"type": "array", "items": delta})
    content = {"text/event-stream": {"schema": ref("Event")}}
    paths = {"/x": {"get": {"responses": {"200": {"description": "", "content": content}}}}}
    text = generate(api_of({"Event": event}, paths))["Sources/Notes/Models/Event.swift"]
    assert "extension Event: DeltaEvent {" in text
    assert 'joined: [["choices", "[]", "text"]],' in text
    assert 'merged: [["choices"]: "index"],' in text


def test_a_published_order_of_arguments_stays() -> None:
    def method(required: list[str], settings: Settings) -> tuple[str, Settings]:
        body = {
            "required": True,
            "content": {"application/json": {"schema": object_of(tuple(required), a=TEXT, b=TEXT)}},
        }
        operation = {"requestBody": body, "responses": {"204": {"description": ""}}}
        made = TARGET.generate(api_of(paths={"/x": {"post": operation}}), settings, Diagnostics())
        names = Names({e.published: e.name for e in made.surface}, made.orders)
        text = next(f.data.decode() for f in made.files if f.path.endswith("XResource.swift"))
        line = next(
            line for line in text.splitlines() if "public func create(a" in line or "public func create(b" in line
        )
        return line.strip(), replace(settings, names=names)

    first, published = method(["b"], SETTINGS)
    assert first.startswith("public func create(b: String, a: String? = nil, options")
    again, published = method(["a", "b"], published)
    assert again.startswith("public func create(b: String, a: String, options")
    assert method([], published)[0].startswith("public func create(b: String? = nil, a: String? = nil, options")


def test_a_nested_type_keeps_its_published_name() -> None:
    schemas = {"Order": object_of(lines={"type": "array", "items": object_of(sku=TEXT)})}
    made = TARGET.generate(api_of(schemas), SETTINGS, Diagnostics())
    names = Names({e.published: "Row" if e.name == "Line" else e.name for e in made.surface})
    again = TARGET.generate(api_of(schemas), replace(SETTINGS, names=names), Diagnostics())
    text = next(f.data.decode() for f in again.files if f.path.endswith("Models/Order.swift"))
    assert "public var lines: [Order.Row]?" in text


def test_each_other_form_of_a_body_is_a_method_with_a_label() -> None:
    content = {"application/json": {"schema": object_of(text=TEXT)}, "text/plain": {"schema": TEXT}}
    operation = {"requestBody": {"required": True, "content": content}, "responses": {"204": {"description": ""}}}
    files = generate(api_of(paths={"/say": {"post": operation}}))
    resource = next(text for path, text in files.items() if "Resource" in path)
    assert "public func create(asText body: String, options" in resource
    assert 'call.body = .text(body, contentType: "text/plain")' in resource


def test_the_readme_names_the_credentials_where_there_are_several() -> None:
    key = {"type": "apiKey", "in": "header", "name": "X-App", "description": "Who calls."}
    schemes = {"appId": key, "token": {"type": "http", "scheme": "bearer"}}
    security = [{"appId": [], "token": []}]
    paths = {"/x": {"get": {"responses": {"204": {"description": ""}}}}}
    files = generate(api_of(paths=paths, security=security, components={"schemas": {}, "securitySchemes": schemes}))
    assert "| `appId` | `NOTES_APP_ID` | Who calls. |" in files["README.md"]
    assert 'security: [["appId", "token"]]' in next(
        text for path, text in files.items() if path.endswith("XResource.swift")
    )
    assert "| credential |" not in generate(api_of(paths=paths))["README.md"]


def test_a_large_api_lists_its_calls_on_pages() -> None:
    answer = {"responses": {"204": {"description": ""}}}
    tops = [f"area{chr(97 + n)}" for n in range(4)]
    paths = {f"/{top}/{chr(97 + n // 20)}{chr(97 + n % 20)}things": {"get": answer} for top in tops for n in range(40)}
    files = generate(api_of(paths=paths))
    assert "[`client.areaa`](api/areaa.md) | 40 |" in files["api.md"]
    assert "| `client.areaa." in files["api/areaa.md"]


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
