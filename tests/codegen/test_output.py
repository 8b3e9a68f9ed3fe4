"""What is written, what is left alone, and that it is all or nothing."""

from __future__ import annotations

import json
import marshal
import os
import resource
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from polyport_codegen import registry, rerun
from polyport_codegen.cli import main
from polyport_codegen.config import resolve
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.hashes import digest

from tests.codegen.plain import SPEC, generate, prepare, stamps


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a spec, and the plain target registered."""
    return prepare(tmp_path, monkeypatch)


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


OTHER = SPEC.replace("Pets", "Cats").replace("schemas/Pet", "schemas/Cat").replace("    Pet:", "    Cat:")


def test_another_spec_into_the_same_folder_is_not_the_same(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate() == 0
    Path("other.yaml").write_text(OTHER)
    assert main(["generate", "other.yaml", "--lang", "plain", "--out", "out"]) == 0
    assert "nothing changed" not in capsys.readouterr().out
    assert [p.name for p in (here / "out/plain/types").iterdir()] == ["Cat.txt"]
    assert generate() == 0
    assert [p.name for p in (here / "out/plain/types").iterdir()] == ["Pet.txt"]


def test_the_manifest_tells_of_the_output_alone(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert generate() == 0
    manifest = here / "out/plain/.polyport/manifest.json"
    before = manifest.read_text()
    assert set(json.loads(before)) == {"outputs"}
    assert str(here.parent) not in before
    monkeypatch.setattr(rerun, "generator", lambda: "another generator")
    stamp = manifest.stat().st_mtime_ns
    assert generate() == 0
    assert (manifest.read_text(), manifest.stat().st_mtime_ns) == (before, stamp)


def touch_output(here: Path) -> None:
    (here / "out/plain/operations.txt").unlink()


def touch_manifest(here: Path) -> None:
    (here / "out/plain/.polyport/manifest.json").write_text("{}")


def touch_spec(here: Path) -> None:
    Path("spec.yaml").write_text(OTHER)


def touch_cache(here: Path) -> None:
    for note in (here.parent / "home/generate").iterdir():
        note.write_text("[")


def drop_cache(here: Path) -> None:
    for note in (here.parent / "home/generate").iterdir():
        note.unlink()


@pytest.mark.parametrize("touch", [touch_output, touch_manifest, touch_spec, touch_cache, drop_cache])
def test_the_note_of_the_last_run_never_lies(
    here: Path, capsys: pytest.CaptureFixture[str], touch: Callable[[Path], None]
) -> None:
    assert generate() == 0
    assert generate() == 0
    assert "nothing changed" in capsys.readouterr().out
    assert sorted(p.name for p in here.iterdir()) == ["out", "spec.yaml"]  # the note is elsewhere
    touch(here)
    assert generate() == 0
    assert "nothing changed" not in capsys.readouterr().out
    assert main(["check", "spec.yaml", "--lang", "plain", "--out", "out"]) == 0
    assert generate() == 0
    assert "nothing changed" in capsys.readouterr().out


def test_a_new_generator_or_another_configuration_runs_again(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("codegen.yaml").write_text("spec: spec.yaml\ntargets: {plain: {out: out/plain}}\n")
    for change in ("", "version: 2.0.0\n", None, "name: Other\n"):
        if change is None:
            monkeypatch.setattr(rerun, "generator", lambda: "another generator")
        else:
            with Path("codegen.yaml").open("a") as file:
                file.write(change)
        assert main(["generate"]) == 0
        assert "nothing changed" not in capsys.readouterr().out
    assert main(["generate"]) == 0
    assert "nothing changed" in capsys.readouterr().out


BOTH = ("--lang", "plain,proto")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def two_states(here: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The output of a document, which is on disk, and what it becomes with the other one, which is `spec.yaml` now."""
    assert generate(*BOTH) == 0
    old = contents(here / "out")
    shutil.copytree(here / "out", here / "copy")
    Path("spec.yaml").write_text(OTHER)
    assert generate(*BOTH) == 0
    new = contents(here / "out")
    shutil.rmtree(here / "out")
    (here / "copy").rename(here / "out")
    return old, new


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
@pytest.mark.parametrize("at", range(9))
def test_a_failure_half_way_leaves_all_old_or_all_new(
    here: Path,
    two_states: tuple[dict[str, bytes], dict[str, bytes]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    at: int,
    for_good: bool,
) -> None:
    old, new = two_states
    replace, calls = os.replace, []

    def failing(source: Any, target: Any) -> None:
        if "out" in Path(target).parts:
            calls.append(target)
            if len(calls) - 1 == at or (for_good and len(calls) > at):
                raise OSError(28, "No space left on device", str(source), None, str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    capsys.readouterr()
    status = generate(*BOTH)
    said = capsys.readouterr()
    now = contents(here / "out")
    if status == 0:
        assert "files in out/plain" in said.out
        assert now == new
    else:
        assert "nothing was written" in said.err
        assert "No space left on device" in said.err
        assert now == old
    assert status == (0 if len(calls) <= at else 1)


def test_what_cannot_be_put_back_is_named(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert generate() == 0
    old = (here / "out/plain/operations.txt").read_bytes()
    Path("spec.yaml").write_text(SPEC.replace("listPets", "allPets").replace("string", "integer"))
    replace, broken = os.replace, []

    def failing(source: Any, target: Any) -> None:
        if broken or str(target).endswith("manifest.json"):
            broken.append(target)
            raise OSError(5, "Input/output error", str(source), None, str(target))
        replace(source, target)

    def unlink(path: str) -> None:
        if broken:
            raise OSError(5, "Input/output error", path)

    monkeypatch.setattr(os, "replace", failing)
    monkeypatch.setattr(os, "unlink", unlink)
    assert generate() == 1
    said = capsys.readouterr().err
    assert "nothing was written" not in said
    assert "could not be put back: out/plain/operations.txt, out/plain/types/Pet.txt" in said
    assert (here / "out/plain/.operations.txt.polyport-old").read_bytes() == old


@contextmanager
def no_room() -> Iterator[None]:
    """A system that writes no file further than its first bytes, as when the disk is full."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("there", [False, True], ids=["new", "there"])
def test_a_full_disk_leaves_nothing_behind(here: Path, capsys: pytest.CaptureFixture[str], there: bool) -> None:
    if there:
        (here / "out/plain").mkdir(parents=True)
    with no_room():  # and no longer: the test runner's own output may be a file
        assert generate() == 1
    assert "cannot be written: File too large" in capsys.readouterr().err
    assert [p.name for p in here.rglob("*")] == ["spec.yaml", *(["out", "plain"] if there else [])]


def test_of_several_new_folders_all_come_or_none(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, calls = os.replace, []

    def failing(source: Any, target: Any) -> None:
        calls.append(target)
        if "proto" in str(target):
            raise OSError(28, "No space left on device", str(source), None, str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    assert generate(*BOTH) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert calls[0] == "out/plain"
    assert [p.name for p in here.iterdir()] == ["spec.yaml"]


def test_a_new_folder_is_there_as_a_whole_and_what_a_killed_run_left_of_it_goes(here: Path) -> None:
    half = here / "out/.plain.polyport-new/types"
    half.mkdir(parents=True)
    (half / "Half.txt").write_text("half")
    another = here / "out/.other.polyport-new"  # of a run that may still make it
    another.mkdir()
    assert generate() == 0
    assert set(contents(here / "out")) == {
        "plain/types/Pet.txt",
        "plain/operations.txt",
        "plain/.polyport/manifest.json",
    }
    (here / "out/.plain.polyport-new").mkdir()
    Path("spec.yaml").write_text(OTHER)
    assert generate() == 0
    assert sorted(p.name for p in (here / "out").iterdir()) == [".other.polyport-new", "plain"]


def test_a_lock_file_within_a_new_folder(here: Path) -> None:
    Path("codegen.yaml").write_text(
        "spec: spec.yaml\nlock: out/proto/locks/numbers.yaml\ntargets: {proto: {out: out/proto}, plain: {out: new/}}\n"
    )
    assert main(["generate"]) == 0
    assert {"locks/numbers.yaml", ".polyport/manifest.json"} < set(contents(here / "out/proto"))
    assert main(["check"]) == 0


@pytest.mark.parametrize(("there", "at"), [(True, 0), (True, 2), (False, 0)])
def test_ctrl_c_waits_until_all_is_written(here: Path, monkeypatch: pytest.MonkeyPatch, there: bool, at: int) -> None:
    if there:
        (here / "out/plain").mkdir(parents=True)
    replace, calls = os.replace, []

    def interrupted(source: Any, target: Any) -> None:
        calls.append(target)
        if len(calls) - 1 == at:
            signal.raise_signal(signal.SIGINT)
        replace(source, target)

    monkeypatch.setattr(os, "replace", interrupted)
    assert generate() == 130
    assert set(contents(here / "out")) == {
        "plain/types/Pet.txt",
        "plain/operations.txt",
        "plain/.polyport/manifest.json",
    }
    monkeypatch.undo()


def config(**outs: str) -> None:
    lines = [f"  {name}: {{out: {out}}}" for name, out in outs.items()]
    Path("codegen.yaml").write_text("\n".join(["spec: spec.yaml", "targets:", *lines, ""]))


@pytest.mark.parametrize(
    ("outs", "how"),
    [
        ({"python": "a", "node": "a"}, "the same folder"),
        ({"python": "a", "node": "./b/../a/"}, "the same folder"),
        ({"python": "a", "node": "A"}, "the same folder"),
        ({"python": "a", "node": "link"}, "the same folder"),
        ({"python": "a", "node": "a/b"}, "one inside the other"),
        ({"python": "a/b/c", "node": "a"}, "one inside the other"),
    ],
)
def test_targets_do_not_share_a_folder(
    here: Path, capsys: pytest.CaptureFixture[str], outs: dict[str, str], how: str
) -> None:
    Path("link").symlink_to("a")
    config(**outs)
    assert main(["generate"]) == 1
    said = capsys.readouterr().err
    assert f"codegen.yaml:4:10: error: the targets 'python' and 'node' would be written to {how}: " in said
    assert sorted(p.name for p in here.iterdir()) == ["codegen.yaml", "link", "spec.yaml"]
    config(python="a", node="ab")
    assert resolve(spec=None, config_file="codegen.yaml", languages=None, out=None, diagnostics=Diagnostics()).targets


@pytest.mark.parametrize("target", sorted(registry.TARGETS))
def test_unknown_options_are_refused_by_every_target(
    here: Path, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    Path("codegen.yaml").write_text(
        f"spec: spec.yaml\ntargets:\n  {target}:\n    out: out\n    options:\n      gprc: true\n"
    )
    assert main(["generate"]) == 1
    said = capsys.readouterr().err
    assert f"codegen.yaml:6:7: error: the target '{target}' has no option 'gprc' [unknown-option]" in said
    assert "    It has" in said


def test_an_options_value_is_checked(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("codegen.yaml").write_text("spec: spec.yaml\ntargets: {plain: {out: o, options: {loud: 1, header: x}}}\n")
    assert main(["generate"]) == 1
    assert "the option 'loud' must be true or false, not 1 [option]" in capsys.readouterr().err


def test_a_link_in_the_way_is_not_followed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate() == 0
    Path("elsewhere").write_text("mine")
    shown = here / "out/plain/operations.txt"
    shown.unlink()
    shown.symlink_to(here / "elsewhere")
    assert generate() == 1
    assert "out/plain/operations.txt: error: is in the way: it was a symbolic link" in capsys.readouterr().err
    assert generate("--force") == 0
    assert (Path("elsewhere").read_text(), shown.is_symlink(), shown.read_text()) == ("mine", False, "listPets\n")


def test_a_name_that_changes_its_case_where_that_is_one_file(here: Path) -> None:
    assert generate() == 0
    types = here / "out/plain/types"
    os.link(types / "Pet.txt", types / "pet.txt")  # as a file system that folds case would show it
    Path("spec.yaml").write_text(SPEC.replace("schemas/Pet", "schemas/pet").replace("    Pet:", "    pet:"))
    assert generate() == 0
    assert [p.name for p in types.iterdir()] == ["pet.txt"]


def test_a_manifest_cannot_remove_what_lies_outside(here: Path) -> None:
    assert generate() == 0
    Path("mine").write_text("mine")
    manifest = here / "out/plain/.polyport/manifest.json"
    listed = json.loads(manifest.read_text())
    for path in ("../../mine", str(here / "mine")):
        listed["outputs"][path] = digest(b"mine")
    manifest.write_text(json.dumps(listed))
    assert generate() == 0
    assert Path("mine").read_text() == "mine"


def test_an_edit_of_one_schema_rewrites_only_what_depends_on_it(here: Path) -> None:
    spec = (Path(__file__).parents[1] / "specs/petstore.yaml").read_text()
    names = ",".join(registry.TARGETS.keys() - {"plain"})
    Path("spec.yaml").write_text(spec)
    assert generate("--lang", names) == 0
    before = contents(here / "out")
    head = "    Order:\n      type: object\n      properties:\n"
    assert head in spec
    Path("spec.yaml").write_text(spec.replace(head, f"{head}        weight: {{type: number}}\n"))
    assert generate("--lang", names) == 0
    after = contents(here / "out")
    assert after.keys() == before.keys()
    changed = {path for path in after if after[path] != before[path]}
    per_folder = Counter(path.partition("/")[0] for path in changed if not path.endswith("manifest.json"))
    assert {
        name: per_folder[name] for name in registry.TARGETS if name != "plain" and not 1 <= per_folder[name] <= 5
    } == {}
    whole = {
        "proto.lock.yaml",
        "polyport.names.lock",
        "server/types.py",
        "server/openapi.json",
        "server/wire/_descriptors.py",
    }
    assert [p for p in changed - whole if "order" not in p.lower() and not p.endswith("manifest.json")] == []


def test_compiled_templates_are_kept_and_never_believed(here: Path) -> None:
    names = ("--lang", "python,node", "--out")
    assert main(["generate", "spec.yaml", *names, "first"]) == 0
    kept = sorted((here.parent / "home/templates").iterdir())
    assert len(kept) > 10
    for file, broken in zip(kept, [b"", b"[", file_of_another_generator(kept[2]), kept[3].read_bytes()[:80]] * 99, strict=False):  # fmt: skip
        file.write_bytes(broken)
    assert main(["generate", "spec.yaml", *names, "second"]) == 0
    assert contents(here / "second") == contents(here / "first")
    shutil.rmtree(here.parent / "home/templates")
    (here.parent / "home/templates").write_text("in the way")
    assert main(["generate", "spec.yaml", *names, "third"]) == 0
    assert contents(here / "third") == contents(here / "first")


def file_of_another_generator(file: Path) -> bytes:
    """A compiled template that would write something else."""
    header, _, _ = file.read_bytes().partition(b"\n")
    code = compile("def root(context, *a):\n    yield 'wrong'\nblocks = {}\ndebug_info = ''", "x", "exec")
    return header[:-1] + (b"0" if header[-1:] != b"0" else b"1") + b"\n" + marshal.dumps(code)
