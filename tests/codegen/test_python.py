"""The Python target: golden files for readable diffs, and the rules that keep names, docs and files in order."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.ir.types import Docs
from polyport_codegen.languages.python import TARGET
from polyport_codegen.languages.python.naming import PythonRules, module_name, package_name
from polyport_codegen.languages.python.prose import described, docstring, section
from polyport_codegen.languages.python.writer import name_order, quoted
from polyport_codegen.load.document import load
from polyport_codegen.pipeline import BuildOptions, build
from polyport_codegen.target import Settings

from .specs import api_of, get, ref

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "golden" / "python"
SPEC = Path(__file__).parent / "python" / "golden.yaml"
SETTINGS = Settings(
    words=("notes",), version="1.0.0", package="notes", base_url="https://notes.example/v1", license="MIT"
)


def generate(api: Api, settings: Settings = SETTINGS) -> dict[str, str]:
    """The generated files without the runtime: path -> text."""
    files = TARGET.generate(api, settings, Diagnostics()).files
    return {f.path: f.data.decode() for f in files if "/_runtime/" not in f.path}


def notes() -> Api:
    """The API of the golden files."""
    diagnostics = Diagnostics()
    return build(load(str(SPEC), diagnostics), BuildOptions(), diagnostics)


def types_of(schemas: dict[str, Any], paths: dict[str, Any] | None = None) -> dict[str, str]:
    """The files of types of an API."""
    files = generate(api_of(schemas, paths))
    return {p.removeprefix("src/notes/types/"): t for p, t in files.items() if p.startswith("src/notes/types/")}


def post(schema: Any) -> dict[str, Any]:
    """A POST that takes and gives one JSON value."""
    content = {"application/json": {"schema": schema}}
    return {
        "post": {"requestBody": {"content": content}, "responses": {"200": {"description": "", "content": content}}}
    }


def test_the_output_is_what_was_agreed() -> None:
    files = generate(notes())
    if os.environ.get("UPDATE_GOLDEN"):
        for old in [p for p in GOLDEN.rglob("*") if p.is_file()]:
            old.unlink()
        for path, text in files.items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_text(text)
    kept = {str(p.relative_to(GOLDEN)): p.read_text() for p in GOLDEN.rglob("*") if p.is_file()}
    assert sorted(files) == sorted(kept), "UPDATE_GOLDEN=1 writes tests/golden/python anew"
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
        "src/notes/types/new_note_param.py",
        "src/notes/resources/notes.py",
        "src/notes/resources/async_notes.py",
    ]


def test_a_new_schema_renames_nothing() -> None:
    first = {"FooBar": {"type": "object", "properties": {"a": {"type": "string"}}}, "Other": {"type": "string"}}
    before = types_of(first)
    after = types_of({**first, "Last": {"type": "object", "properties": {"foo_bar": ref("FooBar")}}})
    assert {p: after[p] for p in before if p != "__init__.py"} == {
        p: t for p, t in before.items() if p != "__init__.py"
    }


@pytest.mark.parametrize(
    ("role", "scope", "words", "name"),
    [
        ("type", "types", ("http", "server"), "HttpServer"),
        ("type", "types", ("1st",), "Type1st"),
        ("type", "types", ("none",), "None_"),
        ("type", "types", ("日本",), "Type日本"),
        ("resource", "types", ("platform",), "Platform"),
        ("resource", "types", ("stream",), "StreamClient"),
        ("resource", "types", ("async", "stream"), "AsyncStreamClient"),
        ("resource", "types", ("http", "transport"), "HttpTransportClient"),
        ("member", "in:A", ("class",), "class_"),
        ("member", "in:A", ("list",), "list_"),
        ("member", "in:A", ("object",), "object"),
        ("member", "in:A", ("model", "fields"), "model_fields_"),
        ("member", "in:A", ("1st",), "n1st"),
        ("member", "in:A", ("wire", "name"), "wire_name_"),
        ("method", "calls:a", ("list",), "list"),
        ("method", "calls:a", ("overload",), "overload_"),
        ("child", "calls:a", ("deprecated",), "deprecated_"),
        ("method", "calls:", ("close",), "close_"),
        ("argument", "arguments:a", ("timeout",), "timeout_"),
        ("file", "types files", ("import",), "import_"),
        ("file", "types files", ("con",), "con_"),
        ("constant", "constants:a", ("list",), "LIST"),
    ],
)
def test_names(role: str, scope: str, words: tuple[str, ...], name: str) -> None:
    rules = PythonRules()
    assert rules.escape(role, scope, rules.spell(role, words)) == name
    assert rules.escape(role, scope, name) == name


def test_schemas_that_refer_to_each_other_share_a_file() -> None:
    files = types_of(
        {
            "Department": {"type": "object", "properties": {"head": ref("Employee")}},
            "Employee": {"type": "object", "properties": {"works_in": ref("Department")}},
            "Alone": {"type": "object", "properties": {"a": ref("Employee")}},
        }
    )
    assert set(files) == {"__init__.py", "alone.py", "employee.py"}
    assert "class Department(APIModel)" in files["employee.py"]
    assert "class Employee(APIModel)" in files["employee.py"]
    assert "if TYPE_CHECKING:\n    from .employee import Employee" in files["alone.py"]


def test_a_circle_too_long_for_one_file_is_spread() -> None:
    long = {f"m{n}": {"type": "string", "description": "What it is, told in one line."} for n in range(80)}
    schemas = {
        f"Big{n}": {
            "type": "object",
            "required": ["next", "kind"],
            "properties": {
                **long,
                "kind": {"const": f"big{n}"},
                "next": {"oneOf": [ref(f"Big{(n + 1) % 4}"), {"type": "string"}]},
            },
        }
        for n in range(4)
    }
    files = types_of(schemas)
    assert set(files) == {"__init__.py", "big0.py", "big1.py", "big2.py", "big3.py"}
    assert "if TYPE_CHECKING:\n    from .big1 import Big1" in files["big0.py"]
    assert 'Big0Next = TypeAliasType(\n    "Big0Next",' in files["big0.py"]


def test_input_and_results_have_forms_of_their_own() -> None:
    item = {
        "type": "object",
        "required": ["id", "class"],
        "properties": {
            "id": {"type": "string", "readOnly": True},
            "secret": {"type": "string", "writeOnly": True},
            "class": {"type": ["string", "null"]},
        },
    }
    files = types_of({"Item": item, "Box": {"type": "array", "items": ref("Item")}}, {"/boxes": post(ref("Box"))})
    assert 'class_: str | None = wire_name("class")' in files["item.py"]
    assert "id: str" in files["item.py"]
    assert "secret" not in files["item.py"]
    assert '"class": "Required[str | None]"' in files["item_param.py"]
    assert "secret: str" in files["item_param.py"]
    assert "id:" not in files["item_param.py"]
    assert "BoxParam: TypeAlias = Sequence[ItemParam | Item]" in files["box_param.py"]


def test_names_stand_in_the_order_of_import_sorters() -> None:
    names = ["PartUpdated", "PartsMade", "Part10", "Part9", "PARTS", "part"]
    assert sorted(names, key=name_order) == ["PARTS", "Part9", "Part10", "PartsMade", "PartUpdated", "part"]


def test_twins_are_called_alike_however_long_their_names_are_and_whatever_else_has_them() -> None:
    long = "/organizations/actions/permissions/fork-pull-request-workflows/private-repositories/reviews"
    limits = {"LimitsResource": {"type": "object", "properties": {"a": {"type": "string"}}}}
    files = generate(api_of(limits, {long: get({"type": "string"}), "/limits": get(ref("LimitsResource"))}))
    found: dict[bool, set[str]] = {False: set(), True: set()}
    for path, text in files.items():
        name = path.rpartition("/")[2]
        if "/resources/" in path and not name.startswith("__"):
            classes = re.findall(r"^class (\w+)", text, re.MULTILINE)
            found[name.startswith("async_")] |= {path.rpartition("/")[0], name.removeprefix("async_")}
            found[name.startswith("async_")] |= {each.removeprefix("Async") for each in classes}
    assert found[False] == found[True]
    assert {"LimitsCalls", "LimitsCallsWithRawResponse"} <= found[False]
    assert any(len(each) > 50 for each in found[False])


def test_a_method_named_like_a_builtin_does_not_hide_it() -> None:
    answer = {"type": "array", "items": {"type": "string"}}
    files = generate(api_of({}, {"/things": get(answer, operationId="list"), "/things/all": get(answer)}))
    text = files["src/notes/resources/things.py"]
    assert "-> builtins.list[str]:" in text
    assert "import builtins" in text


def test_arguments_of_one_name_are_told_apart_by_their_place() -> None:
    body = {"type": "object", "properties": {"id": {"type": "string"}, "timeout": {"type": "integer"}}}
    operation = {
        "post": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "requestBody": {"content": {"application/json": {"schema": body}}},
            "responses": {"204": {"description": ""}},
        }
    }
    text = next(t for p, t in generate(api_of({}, {"/a/{id}/b": operation})).items() if p.endswith("resources/a_b.py"))
    assert "id: str,\n        *,\n        body_id: str | NotGiven = NOT_GIVEN," in text
    assert '"id": body_id' in text
    assert "timeout_: int | NotGiven = NOT_GIVEN" in text


def test_what_a_file_needs_at_run_time_stands_above_it() -> None:
    item = {"oneOf": [ref("Section"), ref("Record")]}
    files = types_of(
        {
            "Records": {"type": "array", "items": item},
            "Section": {"type": "object", "required": ["type"], "properties": {"records": ref("Records")}},
            "Record": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
        }
    )
    text = files["records.py"]
    assert text.index("class Section") < text.index("\nRecordsItem: ") < text.index("\nRecords: ")


def test_a_key_that_annotations_use_as_a_type_is_no_member_of_a_class() -> None:
    order = {"type": "object", "properties": {"Item": ref("Item"), "list": {"type": "string"}, "ﬁ": {"type": "string"}}}
    files = types_of({"Order": order, "Item": {"type": "string", "enum": ["a"]}}, {"/orders": post(ref("Order"))})
    text = files["order_param.py"]
    assert '{"Item": "Item", "ﬁ": "str"}' in text
    assert "    list: str\n" in text


def test_a_default_is_told_once() -> None:
    assert described(Docs(description="How warm."), 1) == "How warm.\n\nDefault: `1`."
    assert described(Docs(description="How warm. Defaults to 1."), 1) == "How warm. Defaults to 1."
    assert described(Docs(description="Deprecated. Use b.", deprecated=True)) == "Deprecated. Use b."
    assert described(Docs(description="The default is 1 to 2."), 12) == "The default is 1 to 2.\n\nDefault: `12`."


def test_docstrings_survive_quotes_backslashes_and_length() -> None:
    assert docstring('Say "hi"', 4) == '"""Say "hi"\n    """'
    assert docstring("a \\d", 4) == 'r"""a \\d"""'
    assert docstring('three """ quotes', 0) == '"""three \'\'\' quotes"""'
    assert docstring("", 4) == ""
    assert [line.count("word") for line in docstring("word " * 60, 0).split("\n")] == [19, 20, 19, 2, 0]
    assert docstring("a\0b\fc\u2028d", 4) == '"""a b c d"""'
    long = docstring("word " * 60, 4, (section("Args", [("a", "text " * 40)], 4),))
    assert max(len(line) for line in ("    " + long).split("\n")) <= 100
    compile(f"def f():\n    {long}\n", "long", "exec")


def test_a_list_in_the_text_of_an_argument_keeps_its_lines() -> None:
    text = "What to do.\n\nOne of:\n- `a`: the first\n- `b`: the second"
    assert section("Args", [("way", text), ("plain", "One.\n\nTwo."), ("only", "* a")], 8).split("\n") == [
        "Args:",
        "    way: What to do.",
        "",
        "        One of:",
        "        - `a`: the first",
        "        - `b`: the second",
        "    plain: One. Two.",
        "    only:",
        "        * a",
    ]


def test_long_unions_are_broken_between_their_members_only() -> None:
    text = "Text of a union's member that has a | in it, and goes on for long enough to need lines of its own"
    kinds = {"oneOf": [{"type": "string", "enum": [text, "b"]}, {"type": "array", "items": {"type": "integer"}}]}
    body = {"type": "object", "required": ["kind"], "properties": {"kind": {**kinds, "description": "x"}}}
    for path, source in types_of({"Thing": body}, {"/things": post(ref("Thing"))}).items():
        compile(source, path, "exec")
        assert text in source or path != "thing.py"


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", '"a"'), ("it's", '"it\'s"'), ('"', "'\"'"), (True, "True"), (1.5, "1.5"), ("ü\n", '"ü\\n"')],
)
def test_literals(value: object, text: str) -> None:
    assert quoted(value) == text


@pytest.mark.parametrize(
    ("package", "module"),
    [
        ("acme-cloud", "acme_cloud"),
        ("Acme.Cloud", "acme_cloud"),
        ("3d", "sdk_3d"),
        ("class", "class_sdk"),
        ("platform", "platform_sdk"),
        ("httpx", "httpx_sdk"),
    ],
)
def test_the_module_is_named_after_the_package(package: str, module: str) -> None:
    assert module_name(package) == module


@pytest.mark.parametrize(
    ("words", "package"),
    [
        (("acme", "cloud"), "acme-cloud"),
        (("platform",), "platform-sdk"),
        (("café",), "cafe"),
        (("日本",), "api-client"),
        (("none",), "none"),
    ],
)
def test_default_packages_hide_no_module(words: tuple[str, ...], package: str) -> None:
    assert package_name(words) == package


def test_a_large_number_of_types_is_listed_in_parts() -> None:
    schemas = {
        f"{first}{n}": {"type": "object", "properties": {"a": {"type": "string"}}}
        for first in ("Ab", "Ac", "B")
        for n in range(120)
    }
    files = types_of(schemas)
    parts = {p: t for p, t in files.items() if p.startswith("_index/_")}
    assert set(parts) == {"_index/__init__.py", "_index/_ab.py", "_index/_ac.py", "_index/_b.py"}
    assert "from ._index._ab import *" in files["__init__.py"]
    assert '".ab7": "Ab7",' in parts["_index/_ab.py"]
    assert "from ..ab7 import Ab7 as Ab7" in parts["_index/_ab.py"]
    assert max(text.count("\n") for text in files.values()) < 1000


def test_a_body_that_can_be_written_in_several_ways_has_a_method_for_each() -> None:
    content = {
        "application/json": {"schema": {"type": "object", "properties": {"text": {"type": "string"}}}},
        "application/zip": {},
    }
    operation = {
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "", "content": content}},
    }
    files = generate(api_of({}, {"/notes/{id}": {"put": operation}}))
    text = files["src/notes/resources/notes.py"]
    assert "def update(\n        self,\n        id: str,\n        *,\n        text: str | NotGiven = NOT_GIVEN," in text
    assert "def update_with_bytes(\n        self,\n        id: str,\n        *,\n        bytes: Upload," in text
    assert 'body=op.BodyFormat(kind="binary", content_type="application/zip")' in text
    assert text.count(" | BinaryResponse:") == 2
    assert "self._client._either(\n            self._UPDATE_WITH_BYTES," in text
    assert 'client.notes.update_with_bytes(id="id", bytes=Path("file.bin"))' in files["api.md"]


def test_a_stream_is_chosen_by_one_value_of_several() -> None:
    voice = {"type": "string", "enum": ["sse", "audio"]}
    body = {
        "type": "object",
        "required": ["input"],
        "properties": {"input": {"type": "string"}, "stream_format": voice},
    }
    operation = {
        "x-polyport-stream": {"selector": "stream_format"},
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": {
                "description": "",
                "content": {
                    "audio/mpeg": {},
                    "text/event-stream": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}},
                },
            }
        },
    }
    text = generate(api_of({}, {"/speech": {"post": operation}}))["src/notes/resources/speech.py"]
    assert 'stream_format: Literal["audio"] | NotGiven = NOT_GIVEN,' in text
    assert 'stream_format: Literal["sse"],' in text
    assert 'if stream_format == "sse":' in text


def test_documented_errors_and_headers_are_told() -> None:
    problem = {"content": {"application/json": {"schema": ref("Problem")}}, "description": ""}
    headers = {"X-Left": {"description": "Calls left.", "schema": {"type": "integer"}}}
    operation = get({"type": "string"})
    operation["get"]["responses"]["200"]["headers"] = headers
    operation["get"]["responses"].update({"404": problem, "4XX": problem, "default": problem})
    schemas = {"Problem": {"type": "object", "properties": {"title": {"type": "string"}}}}
    text = generate(api_of(schemas, {"/x": operation}))["src/notes/resources/x.py"]
    assert "NotFoundError: 404; its `data` is `Problem`." in text
    assert "APIStatusError: 4XX, other; its `data` is `Problem`." in text
    assert "Headers of the answer:\n            X-Left: Calls left." in text
    assert 'errors={"404": Problem, "4XX": Problem, "default": Problem}' in text


def test_base64_in_a_form_is_text_and_no_file() -> None:
    members = {"file": {"type": "string", "format": "binary"}, "text": {"type": ["string", "null"], "format": "byte"}}
    body = {"content": {"multipart/form-data": {"schema": {"type": "object", "properties": members}}}}
    post = {"operationId": "send", "requestBody": body, "responses": {"204": {"description": ""}}}
    resource = generate(api_of(paths={"/sent": {"post": post}}))["src/notes/resources/sent.py"]
    assert 'parts={"text": op.Part(is_text=True)}' in resource
