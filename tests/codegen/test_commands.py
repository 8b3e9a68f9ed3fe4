"""The command line: what people see."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from polyport_codegen.cli import main
from polyport_codegen.registry import TARGETS

from tests.codegen.plain import SPEC, generate, prepare, stamps


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a spec, and the plain target registered."""
    return prepare(tmp_path, monkeypatch)


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
        (["generate", "https://a.dev/x.yaml", "--lang", "plain", "--out", "o"], "Download it"),
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


@pytest.mark.parametrize("command", [["generate", "spec.yaml", "--lang", "plain", "--out", "out"], ["--help"]])
def test_output_that_nobody_reads_is_no_fault(here: Path, command: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    assert _run_into(writer, command) == (141, "")
    assert command == ["--help"] or Path("out/plain/operations.txt").exists()


def test_output_that_cannot_be_written_is_said(here: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    assert _run_into(full, ["--help"]) == (1, "polyport: cannot write its output: No space left on device\n")


def _run_into(stdout: int, command: list[str]) -> tuple[int, str]:
    """Run a command in a process of its own, which knows the plain target; the exit status, and what it complains of."""
    code = (
        "import sys; from polyport_codegen import cli, registry;"
        "registry.TARGETS['plain'] = 'tests.codegen.plain'; sys.exit(cli.main(sys.argv[1:]))"
    )
    paths = os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", code, *command],
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": paths},
    )
    os.close(stdout)
    return done.returncode, done.stderr


def test_lint_reports_and_sets_the_exit_status(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "spec.yaml", "--strict"]) == 0
    Path("spec.yaml").write_text(SPEC.replace("{type: string}", "{enum: [a, 1]}"))
    assert main(["lint", "spec.yaml"]) == 0
    assert main(["lint", "spec.yaml", "--strict"]) == 1
    err = capsys.readouterr().err
    assert "spec.yaml:10:38: warning: an enum with values of several types [mixed-enum]" in err


def test_the_second_reader_names_the_place_in_the_document(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("openapi_python_client")
    schemas = {"Price": {"properties": {"other": {"type": "float"}}}}
    about = {"openapi": "3.1.0", "info": {"title": "a", "version": "1"}, "paths": {}}
    (here / "spoilt.json").write_text(json.dumps({**about, "components": {"schemas": schemas}}))
    assert main(["lint", "spoilt.json"]) == 0
    told = capsys.readouterr().err
    assert told.count("[second-reader]") == 1
    assert "[second-reader]\n    at /components/schemas/Price/properties/other/type\n" in told


@pytest.mark.parametrize("command", ["generate", "check", "lint"])
def test_help_shows_examples_and_exit_statuses(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    shown = capsys.readouterr().out
    assert f"  polyport {command} api.yaml" in shown
    assert "exit status: 0; 1 when" in shown
    assert command == "lint" or all(target in shown for target in TARGETS)


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["generate", "--lnag", "node"], "unrecognized arguments: --lnag. Did you mean --lang?"),
        (["check", "--zz"], "unrecognized arguments: --zz."),
        (["lint"], "the following arguments are required: spec."),
    ],
)
def test_wrong_arguments(capsys: pytest.CaptureFixture[str], argv: list[str], says: str) -> None:
    with pytest.raises(SystemExit) as stop:
        main(argv)
    assert stop.value.code == 2
    assert capsys.readouterr().err == f"polyport {argv[0]}: {says}\n`polyport {argv[0]} --help` tells more.\n"


def test_misspelt_names_get_a_guess(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "spec.yaml", "--lang", "pyton", "--out", "o"]) == 1
    assert "Did you mean 'python'?" in capsys.readouterr().err
    Path("codegen.yaml").write_text("spec: spec.yaml\nover_lays: []\n")
    assert main(["generate"]) == 1
    assert "Did you mean 'overlays'?" in capsys.readouterr().err
