"""The command line: what people see, what is written, what is left alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from polyport_codegen import registry
from polyport_codegen.cli import main
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.ir.types import schema_name
from polyport_codegen.target import Generated, OutFile, Settings

SPEC = """openapi: 3.1.0
info: {title: Pets, version: '2'}
paths:
  /pets:
    get:
      operationId: listPets
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
"""


class Plain:
    """A target that writes one file for each declaration and one for the operations."""

    name = "plain"

    def default_package(self, words: tuple[str, ...]) -> str:
        return "_".join(words)

    def generate(self, api: Api, settings: Settings, diagnostics: Diagnostics) -> Generated:
        files = [OutFile(f"types/{schema_name(id)}.txt", f"{d!r}\n") for id, d in api.decls.items()]
        return Generated((*files, OutFile("operations.txt", "\n".join(api.operations) + "\n")))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a spec, and the plain target registered."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(registry.TARGETS, "plain", f"{__name__}")
    Path("spec.yaml").write_text(SPEC)
    return tmp_path


TARGET = Plain()


def generate(*more: str) -> int:
    return main(["generate", "spec.yaml", "--lang", "plain", "--out", "out", *more])


def stamps(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}


def test_only_what_changed_is_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate() == 0
    before = stamps(here / "out")
    assert set(before) == {"plain/types/Pet.txt", "plain/operations.txt", "plain/.polyport/manifest.json"}
    assert generate() == 0
    assert stamps(here / "out") == before
    assert "nothing changed" in capsys.readouterr().out
    Path("spec.yaml").write_text(SPEC.replace("name: {type: string}", "name: {type: string, description: Its name.}"))
    assert generate() == 0
    after = stamps(here / "out")
    assert {p for p in after if after[p] != before[p]} == {"plain/types/Pet.txt", "plain/.polyport/manifest.json"}


def test_what_is_no_longer_generated_goes_and_own_files_stay(here: Path) -> None:
    assert generate() == 0
    own = here / "out/plain/types/own.txt"
    own.write_text("mine")
    Path("spec.yaml").write_text(SPEC.replace("schemas/Pet", "schemas/Cat").replace("    Pet:", "    Cat:"))
    assert generate() == 0
    assert {p.name for p in (here / "out/plain/types").iterdir()} == {"Cat.txt", "own.txt"}
    assert own.read_text() == "mine"


def test_files_edited_by_hand_or_of_somebody_else_are_not_overwritten(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = here / "out/plain/operations.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    assert generate() == 1
    assert "is in the way" in capsys.readouterr().err
    assert [p.name for p in mine.parent.iterdir()] == ["operations.txt"]
    mine.unlink()
    assert generate() == 0
    mine.write_text("edited")
    Path("spec.yaml").write_text(SPEC.replace("listPets", "allPets"))
    assert generate() == 1
    assert "was edited by hand" in capsys.readouterr().err
    assert mine.read_text() == "edited"
    assert generate("--force") == 0
    assert mine.read_text() == "allPets\n"


def test_check_names_what_differs(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check = ["check", "spec.yaml", "--lang", "plain", "--out", "out"]
    assert main(check) == 1
    assert "missing: out/plain/operations.txt" in capsys.readouterr().out
    assert generate() == 0
    capsys.readouterr()
    assert main(check) == 0
    (here / "out/plain/operations.txt").write_text("x")
    (here / "out/plain/types/Pet.txt").unlink()
    assert main(check) == 1
    assert capsys.readouterr().out.splitlines() == [
        "differs: out/plain/operations.txt",
        "missing: out/plain/types/Pet.txt",
    ]


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        (
            SPEC.replace("schemas/Pet'", "schemas/Pett'"),
            "spec.yaml:7:82: error: $ref '#/components/schemas/Pett' points to nothing [dangling-ref]",
        ),
        (SPEC + "  bad: [", "spec.yaml:12:1: error: does not parse: "),
        ("swagger: '2.0'", "spec.yaml:1:1: error: Swagger 2.0 is not read"),
    ],
)
def test_bad_input_names_the_place_and_leaves_the_output(
    here: Path, capsys: pytest.CaptureFixture[str], spec: str, says: str
) -> None:
    assert generate() == 0
    before = stamps(here / "out")
    Path("spec.yaml").write_text(spec)
    assert generate() == 1
    captured = capsys.readouterr().err
    assert says in captured
    assert "nothing was written" in captured
    assert stamps(here / "out") == before


def test_an_output_folder_that_cannot_be_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("out").write_text("a file")
    assert generate() == 1
    assert "out: error: is a file, not a folder" in capsys.readouterr().err
    Path("out").unlink()
    (here / "out/plain/operations.txt").mkdir(parents=True)
    assert generate() == 1
    assert "operations.txt" in capsys.readouterr().err
    assert not (here / "out/plain/types/Pet.txt").exists()
    assert not list((here / "out").rglob("*.polyport-new"))


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["generate", "spec.yaml", "--lang", "cobol", "--out", "o"], "unknown target 'cobol'"),
        (["generate", "spec.yaml", "--lang", "plain"], "no output folder"),
        (["generate", "spec.yaml"], "no targets are named"),
        (["generate", "--lang", "plain"], "no spec is named"),
        (["generate", "--config", "gone.yaml"], "cannot read the configuration"),
        (["generate", "--config", "bad.yaml"], "bad.yaml:2:1: error: unknown key 'colour'"),
        (["generate", "gone.yaml", "--lang", "plain", "--out", "o"], "cannot read gone.yaml"),
    ],
)
def test_wrong_usage_says_what_to_do(
    here: Path, capsys: pytest.CaptureFixture[str], argv: list[str], says: str
) -> None:
    Path("bad.yaml").write_text("spec: spec.yaml\ncolour: red\n")
    assert main(argv) == 1
    assert says in capsys.readouterr().err


def test_a_configuration_names_everything(here: Path) -> None:
    Path("conf").mkdir()
    Path("overlay.json").write_text(
        json.dumps(
            {"overlay": "1.0.0", "actions": [{"target": "$.components.schemas", "update": {"Dog": {"type": "string"}}}]}
        )
    )
    Path("conf/codegen.yaml").write_text(
        "spec: ../spec.yaml\noverlays: [../overlay.json]\ntargets:\n  plain: {out: ../generated}\n"
    )
    assert main(["generate", "--config", "conf/codegen.yaml"]) == 0
    assert {p.name for p in Path("generated/types").iterdir()} == {"Pet.txt", "Dog.txt"}
    assert main(["check", "--config", "conf/codegen.yaml"]) == 0


def test_help_and_unknown_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(word in shown for word in ("serve", "generate", "check", "lint", "model", "chat"))
    assert main(["generat"]) == 2
    assert "Did you mean 'generate'?" in capsys.readouterr().err


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from polyport_codegen.cli import main; main(['--help']); print(sorted(set(sys.modules) & {'jinja2','yaml','torch','grpc','fastapi','pydantic','msgspec'}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ})
    assert done.stdout.splitlines()[-1] == "[]"


def test_lint_reports_and_sets_the_exit_status(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "spec.yaml", "--strict"]) == 0
    Path("spec.yaml").write_text(SPEC.replace("{type: string}", "{enum: [a, 1]}"))
    assert main(["lint", "spec.yaml"]) == 0
    assert main(["lint", "spec.yaml", "--strict"]) == 1
    err = capsys.readouterr().err
    assert "spec.yaml:10:38: warning: an enum with values of several types [mixed-enum]" in err
