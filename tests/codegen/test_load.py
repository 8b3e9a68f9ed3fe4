"""Reading documents: YAML 1.2, duplicate keys, references over files, 3.0, positions, overlays, bundles."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from polyport_codegen.diagnostics import Diagnostics, InputError, Origin
from polyport_codegen.load.bundle import bundle
from polyport_codegen.load.dialect import upgrade
from polyport_codegen.load.overlay import apply_overlays
from polyport_codegen.load.parse import parse
from polyport_codegen.load.positions import locate

from tests.codegen.specs import document, reader

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def yaml(text: str) -> object:
    return parse(text, "a.yaml", Diagnostics())


@pytest.mark.parametrize("text", ["no", "off", "yes", "22:22", "2024-01-01", "1_000", "0777x", "~x", "1.2.3", "+", "."])
def test_what_yaml_1_1_would_change_stays_a_string(text: str) -> None:
    assert yaml(f"a: {text}") == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("0o17", 15),
        ("0xff", 255),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("null", None),
        ("~", None),
        ("", None),
        ("true", True),
        ("'12'", "12"),
        ("!!str 12", "12"),
    ],
)
def test_core_schema_scalars(text: str, value: object) -> None:
    assert yaml(f"a: {text}") == {"a": value}


def test_keys_are_strings_whatever_they_look_like() -> None:
    assert yaml("200: ok\ntrue: yes\nnull: x") == {"200": "ok", "true": "yes", "null": "x"}


def test_anchors_and_merge_keys() -> None:
    assert yaml("a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  l: 3\nc: *x") == {
        "a": {"k": 1, "l": 2},
        "b": {"l": 3, "k": 1},
        "c": {"k": 1, "l": 2},
    }


@given(JSON)
def test_json_reads_as_itself(value: object) -> None:
    text = json.dumps({"v": value})
    assert parse(text, "a.json", Diagnostics()) == {"v": value}


@given(
    st.dictionaries(
        st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), min_size=1),
        st.integers() | st.booleans() | st.none(),
    )
)
def test_flow_yaml_reads_json(value: dict[str, object]) -> None:
    assert parse("---\n" + json.dumps(value), "a.yaml", Diagnostics()) == value


@pytest.mark.parametrize(("text", "file"), [("a: 1\na: 2", "a.yaml"), ('{"a": 1, "a": 2}', "a.json")])
def test_duplicate_keys_are_reported(text: str, file: str) -> None:
    found = Diagnostics()
    assert parse(text, file, found) == {"a": 2}
    assert [d.code for d in found.items] == ["duplicate-key"]
    assert "'a'" in found.items[0].message


@pytest.mark.parametrize(
    ("text", "file", "place"),
    [
        ('{"a": }', "a.json", "line 1, column 7"),
        ("a: [1\nb: 2", "a.yaml", "line 2"),
        ("a: *nowhere", "a.yaml", "line 1"),
    ],
)
def test_what_does_not_parse_names_the_place(text: str, file: str, place: str) -> None:
    with pytest.raises(InputError) as error:
        parse(text, file, Diagnostics())
    assert place in error.value.diagnostic.message
    assert error.value.diagnostic.origin.file == file


SPLIT = {
    "api/root.yaml": "openapi: 3.1.0\npaths:\n  /a: {$ref: 'paths/a.yaml'}\ncomponents:\n  schemas:\n    Pet: {$ref: 'schemas/pet.yaml#/Pet'}\n",
    "api/paths/a.yaml": "get:\n  responses:\n    '200': {content: {application/json: {schema: {$ref: '../schemas/pet.yaml#/Pet'}}}}\n",
    "api/schemas/pet.yaml": "Pet:\n  type: object\n  properties:\n    tag: {$ref: '#/Tag'}\n    next: {$ref: '#/Pet'}\nTag: {type: string}\n",
}


def test_references_over_files_are_normalised() -> None:
    found = document(SPLIT)
    node, origin = found.follow("../schemas/pet.yaml#/Pet/properties/tag", Origin("api/paths/a.yaml"))
    assert node == {"$ref": "#/Tag"}
    assert found.resolve(node, origin) == ({"type": "string"}, Origin("api/schemas/pet.yaml", "/Tag"))


def test_bundling_leaves_one_document() -> None:
    bundled = bundle(document(SPLIT))
    text = json.dumps(bundled)
    assert "yaml" not in text
    assert bundled["components"]["schemas"]["Pet"]["properties"]["next"] == {"$ref": "#/components/schemas/Pet"}  # type: ignore[index,call-overload]
    again = document({"b.json": text})
    assert again.follow("#/components/schemas/Tag", again.origin)[0] == {"type": "string"}


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("#/components/schemas/Pett", "dangling-ref"),
        ("gone.yaml#/Pet", "unreadable"),
        ("https://example.com/a.yaml", "remote-ref"),
        ("#Pet", "anchor-ref"),
    ],
)
def test_references_that_lead_nowhere(target: str, code: str) -> None:
    found = document(f"openapi: 3.1.0\nx: {{$ref: '{target}'}}\ncomponents: {{schemas: {{Pet: {{type: object}}}}}}")
    with pytest.raises(InputError) as error:
        found.follow(target, found.origin.child("x", "$ref"))
    assert error.value.diagnostic.code == code
    assert error.value.diagnostic.origin.pointer == "/x/$ref"
    if code == "dangling-ref":
        assert error.value.diagnostic.hint == "Did you mean 'Pet'?"


def test_a_circle_of_plain_references_is_an_error() -> None:
    found = document("openapi: 3.1.0\na: {$ref: '#/b'}\nb: {$ref: '#/a'}")
    with pytest.raises(InputError, match="leads back"):
        found.resolve(found.tree["a"], found.origin.child("a"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("swagger: '2.0'", "swagger-2"),
        ("openapi: 4.0.0", "not-openapi"),
        ("info: {}", "not-openapi"),
        ("- a", "not-openapi"),
    ],
)
def test_other_documents_are_refused(text: str, code: str) -> None:
    with pytest.raises(InputError) as error:
        document(text)
    assert error.value.diagnostic.code == code


def test_3_0_becomes_3_1() -> None:
    node = {
        "properties": {
            "nullable": {"type": "string", "nullable": True, "example": {"nullable": True}},
            "kind": {"type": "string", "nullable": True, "enum": ["a"]},
            "pet": {"nullable": True, "allOf": [{"$ref": "#/x"}]},
            "size": {
                "type": "integer",
                "minimum": 0,
                "exclusiveMinimum": True,
                "maximum": 5,
                "exclusiveMaximum": False,
            },
        }
    }
    upgrade(node)  # type: ignore[arg-type]
    assert node["properties"] == {
        "nullable": {"type": ["string", "null"], "example": {"nullable": True}},
        "kind": {"type": ["string", "null"], "enum": ["a", None]},
        "pet": {"anyOf": [{"allOf": [{"$ref": "#/x"}]}, {"type": "null"}]},
        "size": {"type": "integer", "exclusiveMinimum": 0, "maximum": 5},
    }


TEXTS = {
    "yaml": "a:\n  b/c:\n    - x\n    - {d: 1}\n~e: 2\n",
    "json": '{\n "a": {\n  "b/c": [\n   "x",\n   {"d": 1}\n  ]\n },\n "~e": 2\n}',
}


@pytest.mark.parametrize("kind", ["yaml", "json"])
def test_pointers_become_lines(kind: str) -> None:
    lines = {
        "yaml": {"/a": 1, "/a/b~1c": 2, "/a/b~1c/1": 4, "/a/b~1c/1/d": 4, "/~0e": 5},
        "json": {"/a": 2, "/a/b~1c": 3, "/a/b~1c/1": 5, "/a/b~1c/1/d": 5, "/~0e": 8},
    }[kind]
    found = locate(TEXTS[kind], lines)
    assert {p: at[0] for p, at in found.items()} == lines


def test_a_pointer_to_nothing_gets_its_parents_place() -> None:
    assert locate(TEXTS["yaml"], ["/a/gone/deeper"])["/a/gone/deeper"] == (1, 1)
    assert locate(TEXTS["yaml"], ["/a/b~1c/7"])["/a/b~1c/7"] == (2, 3)


@given(
    st.dictionaries(st.text(min_size=1), st.dictionaries(st.text(min_size=1), st.integers(), min_size=1), min_size=1)
)
def test_every_pointer_of_json_is_found(value: dict[str, dict[str, int]]) -> None:
    text = json.dumps(value, indent=1)
    origin = Origin("a")
    pointers = {origin.child(a, b).pointer: (a, b) for a, inner in value.items() for b in inner}
    found = locate(text, pointers)
    lines = text.split("\n")
    for pointer, (a, b) in pointers.items():
        line, column = found[pointer]
        assert lines[line - 1][column - 1 :].startswith(json.dumps(b) + ": " + str(value[a][b]))


def test_overlays_update_and_remove() -> None:
    found = document(
        "openapi: 3.1.0\ninfo: {title: A}\npaths:\n  /a: {get: {tags: [x]}}\n  /b: {get: {deprecated: true}}\n"
    )
    overlay = {
        "overlay": "1.0.0",
        "actions": [
            {"target": "$.info", "update": {"title": "B", "x-new": 1}},
            {"target": "$.paths['/a'].get.tags", "update": "y"},
            {"target": "$.paths[?@.get.deprecated == true]", "remove": True},
            {"target": "$.nowhere", "remove": True},
        ],
    }
    diagnostics = Diagnostics()
    apply_overlays(found, ["o.json"], diagnostics, reader({"o.json": json.dumps(overlay)}))
    assert found.tree == {
        "openapi": "3.1.0",
        "info": {"title": "B", "x-new": 1},
        "paths": {"/a": {"get": {"tags": ["x", "y"]}}},
    }
    assert [d.code for d in diagnostics.items] == ["overlay-target"]


def test_a_broken_overlay_names_the_action() -> None:
    found = document("openapi: 3.1.0")
    with pytest.raises(InputError) as error:
        apply_overlays(
            found,
            ["o.json"],
            Diagnostics(),
            reader({"o.json": '{"overlay": "1.0.0", "actions": [{"target": "$[", "remove": true}]}'}),
        )
    assert str(error.value.diagnostic.origin) == "o.json#/actions/0/target"


def test_big_and_small_numbers_survive() -> None:
    value = yaml("a: 9007199254740993\nb: 1e400")
    assert value["a"] == 9007199254740993  # type: ignore[index,call-overload]
    assert math.isinf(value["b"])  # type: ignore[index,call-overload]


def test_references_inside_examples_are_data() -> None:
    shown = {"value": {"$ref": "nowhere.yaml"}}
    tree = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "components": {"examples": {"E": shown}}}
    assert bundle(document(json.dumps(tree)))["components"] == {"examples": {"E": shown}}
