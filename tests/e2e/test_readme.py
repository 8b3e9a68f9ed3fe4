"""Every snippet of the README, run as it stands against a running gateway with the local model."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT, run, tool

README = (ROOT / "README.md").read_text()
SNIPPETS = dict(re.findall(r"<!-- snippet: ([\w-]+) -->\n```\w+\n(.*?)\n```", README, flags=re.S))
BUILD = ROOT / "build/e2e"

COVERED = {
    "curl",
    "chat",
    "python",
    "node-build",
    "node",
    "kotlin",
    "swift",
    "python-grpc",
    "grpc",
    "generate",
    "regenerate",
}


def test_every_snippet_is_run_here() -> None:
    assert set(SNIPPETS) == COVERED
    unmarked = re.sub(r"<!-- snippet: [\w-]+ -->\n```\w+\n.*?\n```", "", README, flags=re.S)
    assert re.findall(r"```\w+\n(.*?)\n```", unmarked, flags=re.S) == ["make serve", "make test"]


@pytest.mark.parametrize("name", ["curl", "chat", "python-grpc"])
def test_the_model_answers(name: str, environment: dict[str, str], tmp_path: Path) -> None:
    if name == "python-grpc":
        answer = python(SNIPPETS[name], environment, tmp_path)
    else:
        answer = run(tool("bash"), "-ec", SNIPPETS[name], cwd=ROOT, env=environment)
    assert "Paris" in answer


def python(code: str, environment: dict[str, str], folder: Path) -> str:
    """Run a program that has the committed Python client on its path."""
    (folder / "program.py").write_text(code)
    source = next(p.parent for p in (ROOT / "clients/python").rglob("polyport/__init__.py") if "build" not in p.parts)
    return run("python", "program.py", cwd=folder, env={**environment, "PYTHONPATH": str(source.parent)})


def test_python(environment: dict[str, str], tmp_path: Path) -> None:
    lines = python(SNIPPETS["python"], environment, tmp_path).strip().splitlines()
    assert "Paris" in lines[0]
    assert lines[-1].startswith("GET /v1/models/no-such-model: 404 ")


def test_plain_grpc(environment: dict[str, str]) -> None:
    assert "smollm2-135m" in run(tool("bash"), "-ec", SNIPPETS["grpc"], cwd=ROOT, env=environment).split()


def test_generating_for_another_api(environment: dict[str, str]) -> None:
    shutil.rmtree(ROOT / "build/readme-petstore", ignore_errors=True)
    said = run(tool("bash"), "-ec", SNIPPETS["generate"], cwd=ROOT, env=environment)
    assert all(f"{name}: " in said for name in ("python", "node", "kotlin", "swift"))
    for name in ("python", "node", "kotlin", "swift"):
        assert (ROOT / "build/readme-petstore" / name / "README.md").exists()


def test_regenerating_changes_nothing(environment: dict[str, str]) -> None:
    command = SNIPPETS["regenerate"].replace("make generate", ".venv/bin/polyport generate")
    run(tool("bash"), "-ec", command, cwd=ROOT, env=environment)
    # Manifests also tell which generator wrote the files, so they may change with it.
    changed = run("git", "status", "--porcelain", "clients", "spec", "gateway", cwd=ROOT, env=environment).splitlines()
    assert [line for line in changed if not line.endswith("/.polyport/manifest.json")] == []


@pytest.mark.language("node")
def test_node(environment: dict[str, str]) -> None:
    folder = BUILD / "node"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "package.json").write_text('{"name": "scratch", "private": true, "type": "module"}')
    (folder / "program.js").write_text(SNIPPETS["node"])
    run(tool("bash"), "-ec", SNIPPETS["node-build"], cwd=ROOT, env=environment)
    run(tool("npm"), "install", "--no-audit", "--no-fund", str(ROOT / "clients/node"), cwd=folder, env=environment)
    assert "Paris" in run(tool("node"), "program.js", cwd=folder, env=environment)


@pytest.mark.language("kotlin")
def test_kotlin(environment: dict[str, str]) -> None:
    folder = BUILD / "kotlin/src"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Main.kt").write_text(SNIPPETS["kotlin"])
    # The program's own test fails unless main prints the answer.
    run(
        tool("mvn"),
        "-q",
        "-B",
        "-o",
        "-Dkotlin.compiler.daemon=false",
        "-DskipTests=false",
        "package",
        cwd=ROOT / "tests/e2e/kotlin",
        env=environment,
        timeout=900,
    )


@pytest.mark.language("swift")
def test_swift(environment: dict[str, str]) -> None:
    folder = BUILD / "swift-program"  # SwiftPM takes a folder's name for the package's
    (folder / "Sources/program").mkdir(parents=True, exist_ok=True)
    (folder / "Package.swift").write_text(
        "// swift-tools-version: 6.0\nimport PackageDescription\n"
        f'let package = Package(name: "program", dependencies: [.package(name: "Polyport", path: "{ROOT / "clients/swift"}")], '
        'targets: [.executableTarget(name: "program", dependencies: [.product(name: "Polyport", package: "Polyport")])])\n'
    )
    (folder / "Sources/program/main.swift").write_text(SNIPPETS["swift"])
    assert "Paris" in run(ROOT / "scripts/swift", "run", "-q", "program", cwd=folder, env=environment, timeout=900)
