"""scripts/setup-swift and scripts/swift: which Swift is used, and what is said when there is none."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture
def shims(tmp_path: Path) -> Path:
    """A folder at the front of PATH; the cache, which has no Swift yet, is beside it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def shim(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def swift(folder: Path, version: str) -> None:
    """A `swift` that says its version, and repeats whatever else it is asked."""
    shim(
        folder,
        "swift",
        f'if [ "$1" = --version ]; then echo "Swift version {version} (swift-{version}-RELEASE)"; '
        f'else echo "ran $*"; exit 7; fi',
    )


def run(script: str, shims: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": f"{shims}:{os.environ['PATH']}",
        "HOME": str(shims.parent),
        "XDG_CACHE_HOME": str(shims.parent / "cache"),
    }
    command = [str(SCRIPTS / script), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("version", ["6.0", "6.1.2", "10.0"])
def test_a_new_swift_on_the_path_is_used_as_it_is(shims: Path, version: str) -> None:
    swift(shims, version)
    assert run("setup-swift", shims).returncode == 0
    done = run("swift", shims, "build", "-c", "a b")
    assert (done.returncode, done.stdout) == (7, "ran build -c a b\n")
    assert not (shims.parent / "cache").exists()


def test_an_old_swift_on_the_path_is_not_used(shims: Path) -> None:
    swift(shims, "5.10.1")
    done = run("swift", shims, "build")
    assert done.returncode == 1
    assert "run scripts/setup-swift" in done.stderr


def test_setting_up_without_root_says_what_to_do(shims: Path) -> None:
    swift(shims, "5.10.1")
    shim(shims, "id", "echo 1000")
    done = run("setup-swift", shims)
    assert done.returncode == 1
    assert "Swift 6" in done.stderr
    assert "LANGS=python,node,kotlin" in done.stderr
    assert not (shims.parent / "cache").exists()


def test_a_half_made_root_is_not_taken_for_a_whole_one(shims: Path) -> None:
    root = shims.parent / "cache/polyport/swift-6.0.3"
    (root / "usr/bin").mkdir(parents=True)
    swift(shims, "5.10.1")
    assert run("swift", shims, "--help").returncode == 1
    shim(shims, "id", "echo 0")
    shim(shims, "debootstrap", 'for last; do :; done; echo "from $last" >&2; exit 3')
    done = run("setup-swift", shims)
    assert done.returncode == 1
    assert "debootstrap failed" in done.stderr
    assert not (root / "usr").exists()
    assert not (root / ".complete").exists()
