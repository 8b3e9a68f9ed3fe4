"""What a run makes waits beside its place until all of it is known to be right, and is kept nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from polyport_codegen import pipeline
from polyport_codegen.cli import main
from polyport_codegen.config import Config, TargetConfig
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.hashes import digest
from polyport_codegen.registry import LANGUAGES
from polyport_codegen.target import Generated
from polyport_codegen.transaction import Transaction, Write

from tests.codegen.plain import SPEC, generate, prepare, stamps


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a spec, and the plain target registered."""
    return prepare(tmp_path, monkeypatch)


def test_what_was_staged_goes_when_a_later_target_stops_the_run(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "spec: spec.yaml\ntargets: {plain: {out: out/plain}, python: {out: out/python, package: '1 bad'}}\n"
    Path("codegen.yaml").write_text(text)
    assert main(["generate"]) == 1
    assert "nothing was written" in capsys.readouterr().err
    assert {p.name for p in here.rglob("*")} == {"spec.yaml", "codegen.yaml"}
    assert generate() == 0
    before = stamps(here)
    Path("spec.yaml").write_text(SPEC.replace("Pet", "Cat"))
    assert main(["generate"]) == 1
    after = stamps(here)
    assert {p for p in after if after[p] != before.get(p)} == {"spec.yaml"}
    assert after.keys() == before.keys()


def test_what_is_taken_of_the_targets_is_all_that_is_kept(here: Path) -> None:
    targets = {name: TargetConfig(f"out/{name}") for name in ("plain", *LANGUAGES)}
    config = Config("spec.yaml", targets, names_lock="out/polyport.names.lock")
    taken: list[str] = []

    def take(target: str, made: Generated) -> dict[str, str]:
        taken.append(target)
        return {file.path: digest(file.data) for file in made.files}

    result = pipeline.generate(config, pipeline.Locks(), Diagnostics(), take)
    assert taken == list(targets)
    whole = pipeline.run(config, pipeline.Locks(), Diagnostics())
    assert result.targets == {
        name: {f.path: digest(f.data) for f in made.files} for name, made in whole.targets.items()
    }
    assert result.locks == whole.locks


def test_a_very_long_file_name(tmp_path: Path) -> None:
    name = "x" * 250
    for write in (Write(str(tmp_path / name), b"1"), Write(str(tmp_path / name), b"2", executable=True)):
        with Transaction() as transaction:
            transaction.stage(write)
            transaction.commit()
    assert [(p.name, p.read_bytes(), os.access(p, os.X_OK)) for p in tmp_path.iterdir()] == [(name, b"2", True)]
