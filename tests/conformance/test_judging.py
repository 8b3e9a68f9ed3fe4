"""The judges themselves: what they must not overlook, and that a run goes on where it was interrupted."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.types import AnyJson, ListOf, ObjectDecl, Primitive
from polyport_codegen.load.document import load
from polyport_codegen.pipeline import BuildOptions, build

from tests.conformance.__main__ import main
from tests.conformance.constructs import Case, Verdict, judged
from tests.conformance.in_memory import Package
from tests.conformance.journal import ROOT, Entry, Journal
from tests.conformance.judge import Judgement
from tests.conformance.pool import Limits, judged_apart
from tests.conformance.table import placed

PETS: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "paths": {
        "/pets": {
            "get": {
                "responses": {
                    "200": {
                        "description": "",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
                    }
                }
            }
        }
    },
    "components": {
        "schemas": {
            "Pet": {
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "anything": {"description": "Whatever."},
                },
            }
        }
    },
}


def case(given: str, types: dict[str, Any]) -> Case:
    """The document's own model, with other types for some members of its object."""
    diagnostics = Diagnostics()
    document = load("api.json", diagnostics, lambda _: given)
    api = build(document, BuildOptions(), diagnostics)
    decls = {
        id: replace(d, fields=tuple(replace(f, type=types.get(f.wire_name, f.type)) for f in d.fields))
        if isinstance(d, ObjectDecl)
        else d
        for id, d in api.decls.items()
    }
    return Case.of(document, replace(api, decls=decls), diagnostics)


def silent(case: Case) -> set[tuple[str, str]]:
    return {(name, origin.pointer) for name, origin, verdict in judged(case) if verdict is Verdict.NEITHER}


def test_a_model_that_says_what_the_document_says_is_well() -> None:
    assert silent(case(json.dumps(PETS), {})) == set()


def test_a_value_that_became_any_json_without_a_word_is_found() -> None:
    at = "/components/schemas/Pet/properties"
    assert silent(case(json.dumps(PETS), {"name": AnyJson("lost")})) == {("value: text", f"{at}/name")}
    lists = case(json.dumps(PETS), {"tags": ListOf(AnyJson("lost"))})
    assert silent(lists) == {("value: list", f"{at}/tags")}


def test_a_call_that_is_not_in_the_model_is_found() -> None:
    found = case(json.dumps(PETS), {})
    lost = Case(found.document, replace(found.api, operations={}), found.said, found.calls)
    assert ("operation", "/paths/~1pets/get") in silent(lost)


def test_what_a_document_means_to_be_any_json_may_be() -> None:
    found = case(json.dumps(PETS), {})
    types = {f.wire_name: f.type for d in found.api.decls.values() if isinstance(d, ObjectDecl) for f in d.fields}
    assert isinstance(types["anything"], AnyJson)
    assert isinstance(types["name"], Primitive)


def test_a_document_is_judged_in_a_process_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "pets.json"
    file.write_text(json.dumps(PETS))
    found = judged_apart(str(file), Limits(), output=True)
    assert (found.fault, found.operations, found.silent) == ("", 1, {})
    assert found.modules > 10
    assert "pets" not in sys.modules
    file.write_text('{"openapi": "2.9"}')
    assert judged_apart(str(file), Limits(), output=True).refused == "not-openapi"


def test_a_process_that_needs_more_memory_than_it_may_is_a_fault_of_its_document(tmp_path: Path) -> None:
    pets = {f"Pet{n}": {"type": "object", "properties": {f"name{n}": {"type": "string"}}} for n in range(3000)}
    file = tmp_path / "pets.json"
    file.write_text(json.dumps({**PETS, "components": {"schemas": {**PETS["components"]["schemas"], **pets}}}))
    # In a process that has just begun: this one may hold enough free memory for it.
    code = "from tests.conformance.pool import Limits, judged_apart; print(judged_apart(sys.argv[1], Limits(megabytes=1), output=True).fault)"
    command = [sys.executable, "-c", f"import sys; {code}", str(file)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True).stdout
    assert said.strip() in ("memory", "crash", "killed")


def test_a_package_goes_before_an_installed_one_of_its_name() -> None:
    files = {"src/yaml/__init__.py": b"from ._more import here", "src/yaml/_more.py": b"here = 1"}
    package = Package(files)
    assert package.modules == ["yaml", "yaml._more"]
    installed = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "yaml"}
    try:
        with package.importable():
            assert import_module("yaml").here == 1
    finally:
        for name in package.modules:
            sys.modules.pop(name, None)
        sys.modules.update(installed)


def test_a_run_goes_on_where_it_was_interrupted(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    journal = Journal(file)
    first, second = Entry("1", True, Judgement("a.json", operations=3)), Entry("2", False, Judgement("b.json"))
    journal.begin([first])
    journal.add(Entry("1", False, Judgement("b.json", fault="crash")))
    journal.add(second)
    with file.open("a") as out:
        out.write('{"edition": "1", "outp')
    assert journal.read() == {"a.json": first, "b.json": second}


def test_what_was_only_modelled_is_judged_again_where_output_is_wanted(tmp_path: Path) -> None:
    file, journal = tmp_path / "pets.json", tmp_path / "journal.jsonl"
    file.write_text(json.dumps(PETS))
    for below, resumed, modules in (("0", [], False), ("1", ["--resume"], True), ("0", ["--resume"], True)):
        assert main([str(file), "--journal", str(journal), "--output-below", below, *resumed]) == 0
        assert bool(Journal(journal).read()[str(file)].judgement.modules) is modules


def test_each_table_takes_its_place_in_the_page() -> None:
    page = "# Title\n<!-- from here: a.command --table -->\nold\n<!-- to here -->\nmore\n"
    page += "<!-- from here: a --table -->\nolder\n<!-- to here -->\n"
    assert placed(page, "new\n", "a.command") == page.replace("old\n", "new\n")
    assert placed(page, "new\n", "a") == page.replace("older\n", "new\n")
