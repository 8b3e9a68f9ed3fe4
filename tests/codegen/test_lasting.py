"""What befalls a project over months: damaged and merged lock files, new titles, runs that were killed or ran at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from polyport_codegen.cli import main
from polyport_codegen.diagnostics import InputError
from polyport_codegen.names_lock import parse
from polyport_codegen.registry import LANGUAGES

from tests.codegen.plain import prepare
from tests.codegen.specs import get

LOCK = Path("sdk/polyport.names.lock")


def spec(title: str = "Acme", *paths: str) -> None:
    info = {"openapi": "3.1.0", "info": {"title": title, "version": "1"}}
    Path("api.json").write_text(json.dumps({**info, "paths": {path: get({"type": "string"}) for path in paths}}))


def generate(*more: str, langs: str = "python") -> int:
    return main(["generate", "api.json", "--lang", langs, "--out", "sdk", *more])


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a spec that was generated."""
    prepare(tmp_path, monkeypatch)
    spec("Acme", "/pets")
    assert generate() == 0
    return tmp_path


def test_a_lock_that_lost_its_end_is_never_taken_for_the_whole(capsys: pytest.CaptureFixture[str]) -> None:
    whole = LOCK.read_text()
    for at in range(len(whole) - 1):
        with pytest.raises(InputError):
            parse(whole[:at], "lock")
    LOCK.write_text(whole[: whole.rindex("# The end")])
    assert generate() == 1
    assert "has lost its end" in capsys.readouterr().err


def test_an_empty_lock_is_not_a_new_beginning(capsys: pytest.CaptureFixture[str]) -> None:
    LOCK.write_text("")
    assert generate() == 1
    assert "the file is empty" in capsys.readouterr().err


def test_a_merge_that_gives_one_thing_two_names_is_settled_by_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    line = '    "GET /pets": list\n'
    assert line in LOCK.read_text()
    LOCK.write_text(LOCK.read_text().replace(line, f'{line}    "GET /pets": all\n'))
    assert generate() == 1
    said = capsys.readouterr().err
    assert "'GET /pets' has two names: 'list' and 'all'" in said
    number = LOCK.read_text().splitlines().index('    "GET /pets": all') + 1
    assert f"{LOCK}:{number}:1:" in said


def test_a_new_title_renames_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    spec("Acme Platform", "/pets", "/cats")
    assert generate("--verbose") == 0
    said = capsys.readouterr().err
    assert "keeps the name under which it was published: 'Acme' [client-name]" in said
    assert "class Acme(" in Path("sdk/python/src/acme/_client.py").read_text()
    Path("c.yaml").write_text("name: Zoo\nlock: sdk/proto.lock.yaml\n")
    assert generate("--config", "c.yaml") == 0
    assert "the client was published as 'Acme' and is now 'Zoo'" in capsys.readouterr().err
    assert "class Zoo(" in Path("sdk/python/src/zoo/_client.py").read_text()


def test_runs_at_once_lose_no_names(here: Path) -> None:
    LOCK.unlink()
    command = [sys.executable, "-m", "polyport_codegen", "generate", "api.json", "--out", "sdk", "--lang"]
    runs = [subprocess.Popen([*command, lang]) for lang in ("python", "node", "swift")]
    assert [run.wait(120) for run in runs] == [0, 0, 0]
    assert {"python", "node", "swift"} <= set(parse(LOCK.read_text(), "lock").sections)


def killed_while_files_take_their_places(after: int = 5) -> None:
    """A run that is killed once some files are new and others are not."""
    killed = (
        "import os\nfrom polyport_codegen import transaction\nfrom polyport_codegen.cli import main\n"
        "replace, seen = os.replace, []\n"
        "def dying(source, target):\n"
        "    seen.extend([target] if target.startswith('sdk') else [])\n"
        f"    os.kill(os.getpid(), 9) if len(seen) == {after} else replace(source, target)\n"
        "transaction.os.replace = dying\n"
        "main(['generate', 'api.json', '--lang', 'python', '--out', 'sdk'])\n"
    )
    assert subprocess.run([sys.executable, "-c", killed], check=False).returncode == -9


def test_what_a_killed_run_left_goes(here: Path) -> None:
    spec("Acme", "/pets", "/cats")
    killed_while_files_take_their_places()
    assert [p for p in here.rglob("*.polyport-*") if p.is_file()]
    assert generate() == 0
    assert [p for p in here.rglob("*.polyport-*") if p.is_file()] == []
    assert main(["check", "api.json", "--lang", "python", "--out", "sdk"]) == 0


@pytest.mark.parametrize("after", [3, 6, 9])
def test_what_a_killed_run_wrote_is_nobody_elses(here: Path, after: int) -> None:
    spec("Acme", "/pets", "/cats")
    killed_while_files_take_their_places(after)
    spec("Acme", "/pets", "/dogs")
    assert generate() == 0
    assert main(["check", "api.json", "--lang", "python", "--out", "sdk"]) == 0
    listed = json.loads(Path("sdk/python/.polyport/manifest.json").read_text())["outputs"]
    there = {str(p.relative_to("sdk/python")) for p in Path("sdk/python").rglob("*") if p.is_file()}
    assert there == {*listed, ".polyport/manifest.json"}


def test_a_lock_that_counts_again_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("c.yaml").write_text("names_lock: false\n")
    assert generate("--config", "c.yaml") == 0
    assert "count again" not in capsys.readouterr().err
    Path("c.yaml").write_text("names_lock: sdk/polyport.names.lock\n")
    assert generate("--config", "c.yaml") == 0
    assert f"{LOCK}: warning: python had names that were not kept" in capsys.readouterr().err
    spec("Acme", "/pets", "/cats")
    assert generate("--config", "c.yaml") == 0
    assert "count again" not in capsys.readouterr().err


def test_a_manifest_that_cannot_be_read_is_the_cause(capsys: pytest.CaptureFixture[str]) -> None:
    manifest = Path("sdk/python/.polyport/manifest.json")
    manifest.write_text("<<<<<<< ours\n" + manifest.read_text())
    spec("Acme", "/pets", "/cats")
    assert generate() == 1
    assert f"{manifest}: error: cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("renames: {getPets: ''}", "'' is no dotted name"),
        ("renames: {getPets: a..b}", "'a..b' is no dotted name"),
        ("resources: {/pets: '!'}", "'!' is no dotted name"),
        ("renames: {one: pets.find, two: pets.find}", "'one' and 'two' would both be 'pets.find'"),
        ("lock: one.lock\nnames_lock: ./one.lock", "name the same file"),
        ("names_lock: ''", "names_lock must name a file"),
    ],
)
def test_names_that_are_none_are_refused(line: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("c.yaml").write_text(f"{line}\n")
    assert generate("--config", "c.yaml") == 1
    said = capsys.readouterr().err
    assert says in said
    assert "c.yaml:" in said
    assert os.path.exists("sdk/python/README.md")


def test_a_resource_called_async_is_not_the_clients_async_class() -> None:
    spec("Acme", "/pets", "/async/jobs")
    assert generate() == 0
    names = {p.id: name for p, name in parse(LOCK.read_text(), "lock").names("python").names.items() if p.kind == "resource"}  # fmt: skip
    assert (names["async "], names["async"], names["async async"]) == (
        "AsyncAcme", "AsyncCalls", "AsyncAsyncCalls",
    )  # fmt: skip


def test_a_lock_that_is_a_link_stays_one(here: Path) -> None:
    LOCK.rename("shared.lock")
    LOCK.symlink_to("../shared.lock")
    spec("Acme", "/pets", "/cats")
    assert generate() == 0
    assert LOCK.is_symlink()
    assert "GET /cats" in Path("shared.lock").read_text()


def test_an_edited_file_that_is_generated_no_longer_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    edited = Path("sdk/python/src/acme/resources/pets.py")
    edited.write_text(f"{edited.read_text()}# mine\n")
    spec("Acme", "/cats")
    assert main(["check", "api.json", "--lang", "python", "--out", "sdk"]) == 1
    assert f"stale: {edited}" in capsys.readouterr().out
    assert generate() == 1
    assert f"{edited}: error: was edited by hand and is no longer generated" in capsys.readouterr().err
    assert generate("--force") == 0
    assert edited.read_text().endswith("# mine\n")
    assert generate() == 0


@pytest.mark.parametrize(
    ("language", "package"),
    [
        *((language, name) for language in LANGUAGES for name in ('a b"c', "ä", "-a", "a/b")),
        *((language, "class") for language in ("python", "kotlin", "swift")),
        ("python", "json"),
        ("node", "http"),
        ("node", "Acme"),
        ("kotlin", "dev.acme.fun"),
        ("swift", "Foundation"),
        ("proto", "a b"),
        ("server", "a.class"),
    ],
)
def test_packages_that_nobody_could_publish_are_refused(
    language: str, package: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("c.yaml").write_text(json.dumps({"targets": {language: {"package": package}}}))
    assert generate("--config", "c.yaml", langs=language) == 1
    said = capsys.readouterr().err
    assert said.startswith("c.yaml")
    assert f"error: {package!r} is " in said
    assert "[option]" in said
    assert "nothing was written" in said


@pytest.mark.parametrize(("version", "refusing"), [("latest", "python node kotlin swift"), ("1.4", "node swift"), ("1.0.0-next.1", "python"), ("1.0.0-beta.1", ""), ("1.4.0", "")])  # fmt: skip
def test_versions_are_those_of_each_registry(version: str, refusing: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("c.yaml").write_text(json.dumps({"version": version, "lock": "sdk/proto.lock.yaml"}))
    for language in LANGUAGES:
        assert generate("--config", "c.yaml", langs=language) == (language in refusing.split())
        assert (f"{version!r} is no version of a" in capsys.readouterr().err) == (language in refusing.split())


@pytest.mark.parametrize("url", ["nonsense", "/v1", "ftp://a.b", "https://", "https://a b", "https://a:x", "https://{region}.a.b", "https://a.b?c=d"])  # fmt: skip
def test_a_base_url_that_is_none_is_refused(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("c.yaml").write_text(json.dumps({"base_url": url}))
    assert generate("--config", "c.yaml") == 1
    assert f"{url!r} is no address of a server [config]" in capsys.readouterr().err


@pytest.mark.parametrize("line", ["names_lock: folder", "lock: folder"])
def test_a_folder_is_no_lock_file(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("folder").mkdir()
    Path("c.yaml").write_text(line)
    assert generate("--config", "c.yaml") == 1
    assert "folder: error: is a folder, where a lock file should be" in capsys.readouterr().err


@pytest.mark.parametrize("key", ["spec", "lock", "names_lock"])
def test_no_path_has_a_nul(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("c.yaml").write_text(json.dumps({"spec": "api.json", key: "a\0b"}))
    assert main(["generate", "--lang", "python", "--out", "sdk", "--config", "c.yaml"]) == 1
    assert "is no path" in capsys.readouterr().err
    assert main(["generate", "api.json", "--lang", "python", "--out", "s\0k"]) == 1
    assert "is no path" in capsys.readouterr().err
