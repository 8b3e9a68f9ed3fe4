"""The compilers' judgements: what counts as an error, what is noted, and that a run goes on where it was interrupted."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from bench.codegen.checkers import Checker, judge
from tests.conformance.compiled import Compiled, Notes, compiled_table
from tests.conformance.large import main

from .test_judging import PETS


def compiler(file: Path, says: str, status: int) -> str:
    """A program that stands for the TypeScript compiler."""
    file.write_text(
        f"#!{sys.executable}\nimport sys\nprint('Version 5.9.3', file=sys.stderr)\nprint({says!r})\nsys.exit({status})\n"
    )
    file.chmod(0o755)
    return str(file)


def test_errors_are_noted_and_only_they_are_judged_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec, notes, page = tmp_path / "pets.json", tmp_path / "notes.jsonl", tmp_path / "page.md"
    spec.write_text(json.dumps(PETS))
    page.write_text("<!-- from here: python -m tests.conformance.large --table -->\n<!-- to here -->\n")
    common = [str(spec), "--only", "Pets/node", "--notes", str(notes), "--table", str(page)]
    key = ("pets", "node", "tsc")

    bad = compiler(tmp_path / "bad", "src/a.ts(1,1): error TS2304: Cannot find name 'X'.", 2)
    assert main([*common, "--tsc", bad]) == 1
    assert (Notes(notes).read()[key].errors, Notes(notes).read()[key].version) == (1, "5.9.3")
    assert "Cannot find name 'X'." in capsys.readouterr().out

    good = compiler(tmp_path / "good", "", 0)
    assert main([*common, "--tsc", good, "--resume"]) == 0
    assert Notes(notes).read()[key].errors == 0

    assert main([*common, "--tsc", bad, "--resume"]) == 0, "what is well is kept"
    assert main([*common, "--tsc", bad]) == 1
    (row,) = [line for line in page.read_text().splitlines() if line.startswith("| pets ")]
    files = Notes(notes).read()[key].files
    assert row.startswith(f"| pets | node | {files} | tsc | 1 | 0 | ")


def test_what_cannot_be_generated_is_an_error(tmp_path: Path) -> None:
    spec, notes = tmp_path / "pets.json", tmp_path / "notes.jsonl"
    spec.write_text("{")
    good = compiler(tmp_path / "good", "", 0)
    assert main([str(spec), "--only", "pets/node", "--notes", str(notes), "--tsc", good]) == 1
    assert Notes(notes).read()["pets", "node", "tsc"].errors == 1


def test_what_was_not_fetched_is_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes = tmp_path / "notes.jsonl"
    assert main([str(tmp_path / "pets.json"), "--only", "pets/node", "--notes", str(notes)]) == 1
    said = capsys.readouterr().out
    assert "pets.json is not there" in said
    assert "not run" in said


def test_what_names_no_package_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "pets/cobol"]) == 2
    assert "pets/cobol" in capsys.readouterr().out


def test_what_does_not_end_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    left = tmp_path / "left"
    script = f"(sleep 1; touch {left}) & sleep 60"
    checker = Checker("slow", ("sh", "-c", script), ("true",), "error", "warning")
    verdict = judge(checker, tmp_path, 0.2)
    assert verdict.cost.late
    assert verdict.errors == 1
    # Its child would have written by then.
    assert judge(Checker("wait", ("sleep", "1.2"), ("true",), "error", "warning"), tmp_path).errors == 0
    assert not left.exists()


def test_a_line_that_is_said_twice_counts_once(tmp_path: Path) -> None:
    script = "echo 'a: error: x'; echo 'b: warning: y'; echo 'a: error: x'; exit 1"
    verdict = judge(Checker("c", ("sh", "-c", script), ("true",), ": error:", ": warning:"), tmp_path)
    assert (verdict.errors, verdict.warnings, verdict.said) == (1, 1, ("a: error: x", "b: warning: y"))


def test_one_that_cannot_judge_is_an_error(tmp_path: Path) -> None:
    verdict = judge(Checker("c", ("sh", "-c", "echo out of memory; exit 3"), ("true",), ": error:", ": w"), tmp_path)
    assert (verdict.errors, verdict.said) == (1, ("out of memory",))


def test_a_torn_line_takes_no_other_with_it(tmp_path: Path) -> None:
    notes = Notes(tmp_path / "notes.jsonl")
    said = Compiled("a", "node", "tsc", "5", "e", "2026-01-01", 3, 0, 0, 1.0, 2.0)
    (tmp_path / "notes.jsonl").write_text('{"document": "b"')
    notes.add(said)
    assert notes.read() == {said.key: said}


def test_what_was_not_judged_is_told() -> None:
    said = Compiled("a", "node", "tsc", "5.9", "e", "2026-01-01", 3, 0, 0, 1.0, 2.0, late=True)
    table = compiled_table([said], [said.key, ("a", "swift", "swiftc")])
    assert "| a | node | 3 | tsc | does not end | 0 | 1 | 2 |" in table
    assert "| a | swift |  | swiftc | not run | | | |" in table
    assert "2026-01-01: tsc 5.9" in table
