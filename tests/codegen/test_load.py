"""Reading documents: versions, references over files and to anchors, 3.0, positions, bundles."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from polyport_codegen.diagnostics import Diagnostics, InputError, Origin
from polyport_codegen.ir.types import ObjectDecl, Ref, component
from polyport_codegen.load.bundle import bundle
from polyport_codegen.load.dialect import upgrade
from polyport_codegen.load.document import load
from polyport_codegen.load.positions import locate
from polyport_codegen.pipeline import BuildOptions, build

from tests.codegen.specs import document, obj

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
        ("C:/models/a.yaml", "unreadable"),
        ("models\\a.yaml", "unreadable"),
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


@pytest.mark.parametrize("target", ["file:///models/a.yaml#/Pet", "file://localhost/models/a.yaml#/Pet"])
def test_the_url_of_a_file_is_its_path(target: str) -> None:
    found = document({"spec.yaml": f"openapi: 3.1.0\nx: {{$ref: '{target}'}}", "/models/a.yaml": "Pet: {type: object}"})
    assert found.follow(target, found.origin.child("x", "$ref")) == (
        {"type": "object"},
        Origin("/models/a.yaml", "/Pet"),
    )


def test_a_circle_of_plain_references_is_an_error() -> None:
    found = document("openapi: 3.1.0\na: {$ref: '#/b'}\nb: {$ref: '#/a'}")
    with pytest.raises(InputError, match="leads back"):
        found.resolve(found.tree["a"], found.origin.child("a"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("swagger: '2.0'", "swagger-2"),
        ("openapi: 4.0.0", "not-openapi"),
        ("openapi: 3.3.0", "not-openapi"),
        ("openapi: 3", "not-openapi"),
        ("openapi: true", "not-openapi"),
        ("", "not-openapi"),
        ("info: {}", "not-openapi"),
        ("- a", "not-openapi"),
    ],
)
def test_other_documents_are_refused(text: str, code: str) -> None:
    with pytest.raises(InputError) as error:
        document(text)
    assert error.value.diagnostic.code == code


@pytest.mark.parametrize("version", ["3.0", "3.1", "3.0.4", "'3.1.1'", "3.2.0", "3.1.0-rc1"])
def test_versions_that_are_read(version: str) -> None:
    found = document(f"openapi: {version}\nx: {{type: string, nullable: true}}")
    old = version.startswith("3.0")
    assert found.tree["x"] == {"type": ["string", "null"]}
    # since 3.1 the keyword means nothing, but whoever writes it means it
    assert [d.code for d in found.diagnostics.items] == ([] if old else ["old-dialect"])


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n")
    for path, says in (
        (tmp_path, "Is a directory"),
        (tmp_path / "image.png", "is not text"),
        (tmp_path / "x\0y", "null byte"),
    ):
        with pytest.raises(InputError, match=says) as error:
            load(str(path), Diagnostics())
        assert error.value.diagnostic.code == "unreadable"
        assert error.value.diagnostic.hint


@pytest.mark.parametrize("root", ["https://example.com//api.yaml", "HTTP://e.com/a", "file:///a.yaml"])
def test_a_url_is_refused_in_the_words_that_were_typed(root: str) -> None:
    with pytest.raises(InputError) as error:
        load(root, Diagnostics())
    found = error.value.diagnostic
    assert (found.code, found.origin.file) == ("unreadable", root)
    assert root in found.message
    assert "Download" in found.hint


ANCHORS = {
    "a.yaml": "openapi: 3.1.0\nx: {$ref: '#pet'}\ny: {$ref: 'b.yaml#tag'}\ncomponents: {schemas: {P: {$anchor: pet, example: {$anchor: no}}}}\n",
    "b.yaml": "T: {$anchor: tag, type: string}\nU: {$anchor: tag}\n",
}


def test_anchors_are_followed() -> None:
    diagnostics = Diagnostics()
    found = document(ANCHORS, diagnostics)
    assert found.resolve(found.tree["x"], found.origin.child("x"))[1] == Origin("a.yaml", "/components/schemas/P")
    assert found.resolve(found.tree["y"], found.origin.child("y"))[1] == Origin("b.yaml", "/T")
    assert [(d.code, str(d.origin)) for d in diagnostics.items] == [("anchor-ref", "b.yaml#/U/$anchor")]
    assert bundle(found)["y"] == {"$ref": "#/components/schemas/T"}
    with pytest.raises(InputError, match=r"no schema in a\.yaml"):
        found.follow("#no", found.origin)


@given(st.text(alphabet="#/~01aP²%٣.:\0-", max_size=12))
def test_no_reference_brings_it_down(ref: str) -> None:
    found = document({"a.yaml": "openapi: 3.1.0\na: [{P: 1}]\n"})
    with suppress(InputError):
        found.follow(ref, found.origin.child("a"))


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


def test_references_inside_examples_are_data() -> None:
    shown = {"value": {"$ref": "nowhere.yaml"}}
    tree = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "components": {"examples": {"E": shown}}}
    assert bundle(document(json.dumps(tree)))["components"] == {"examples": {"E": shown}}


def test_what_bundling_finds_in_data_and_in_circles_stays() -> None:
    found = document(
        {
            "a.yaml": "openapi: 3.1.0\ncomponents:\n  schemas:\n    A: {$ref: '#/components/schemas/A'}\n"
            "    B: {default: {$ref: gone}, examples: [{$ref: gone}], properties: {default: {$ref: 'b.yaml#/x~1y z'}, e: {$ref: 'b.yaml#/E'}}}\n",
            "b.yaml": "x/y z: {type: string}\nE: {$ref: '#/F'}\nF: {$ref: '#/E'}\n",
        }
    )
    schemas = bundle(found)["components"]["schemas"]  # type: ignore[index,call-overload]
    assert schemas["A"] == {"$ref": "#/components/schemas/A"}  # type: ignore[index,call-overload]
    assert schemas["B"] == {  # type: ignore[index,call-overload]
        "default": {"$ref": "gone"},
        "examples": [{"$ref": "gone"}],
        "properties": {"default": {"$ref": "#/components/schemas/x_y_z"}, "e": {"$ref": "#/components/schemas/E"}},
    }
    assert schemas["x_y_z"] == {"type": "string"}  # type: ignore[index,call-overload]


def test_a_file_that_is_named_by_several_ways_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pet = {"type": "object", "properties": {"next": {"$ref": "../../api/root.json#/components/schemas/Pet"}}}
    box = {"$ref": "../linked/box.json"}
    box_of = {"type": "object", "properties": {"id": {"type": "string"}}}
    root = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {},
        "components": {"schemas": {"Pet": {"$ref": "models/pet.json"}, "A": {"$ref": "models/box.json"}, "B": box}},
    }
    for name, value in {"root": root, "models/pet": pet, "models/box": box_of}.items():
        file = tmp_path / f"api/{name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(value))
    (tmp_path / "linked").symlink_to(tmp_path / "api/models")
    monkeypatch.chdir(tmp_path / "api")
    found = Diagnostics()
    api = build(load("root.json", found), BuildOptions(), found)
    assert {str(id) for id in api.decls if isinstance(api.decls[id], ObjectDecl)} == {
        "#/components/schemas/Pet", "#/components/schemas/A"
    }  # fmt: skip
    (field,) = obj(api, "Pet").fields
    assert field.type == Ref(component("Pet"))
    assert found.items == []
