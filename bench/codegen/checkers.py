"""The compilers and type checkers that judge generated code, where they are installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.codegen.cost import Cost, measure

ROOT = Path(__file__).resolve().parents[2]
TSC = ROOT / "tests/codegen/node/node_modules/.bin/tsc"
#: Target -> those that judge it.
CHECKERS = {"python": ("mypy --strict", "pyright"), "node": ("tsc",), "kotlin": ("kotlinc",), "swift": ("swiftc",)}


@dataclass(frozen=True)
class Checker:
    """A program that judges the package of one target."""

    name: str
    command: tuple[str, ...]
    #: How it says which version it is, and where the version stands in that.
    version: tuple[str, ...]
    #: The lines of its output that are an error, or a warning. A line that comes twice counts once.
    error: str
    warning: str
    numbered: str = r"\d+\.\d+(?:\.\d+)?"

    @property
    def installed(self) -> bool:
        return shutil.which(self.command[0]) is not None


@dataclass(frozen=True)
class Verdict:
    """What one checker says."""

    checker: str
    errors: int
    warnings: int
    cost: Cost
    #: The first lines that say what is wrong.
    said: tuple[str, ...] = ()


def checkers(target: str, folder: Path, *, tsc: str = str(TSC), heap: str | None = None) -> Sequence[Checker]:
    """Those for the package of a target in a folder; none for a target without a checker.

    `tsc` is the TypeScript compiler's command. `heap` (as `4g`) is what Kotlin's compiler may take; without it the
    package's own settings count.
    """
    if target == "python":
        packages = [str(p.parent) for p in sorted(folder.glob("**/py.typed"))] or [str(folder)]
        mypy = (sys.executable, "-m", "mypy")
        pyright = (sys.executable, "-m", "pyright")
        return [
            Checker(
                "mypy --strict",
                (*mypy, "--strict", "--no-incremental", "--no-error-summary", *packages),
                (*mypy, "--version"),
                ": error:",
                ": warning:",
            ),
            Checker(
                "pyright",
                (*pyright, "--pythonpath", sys.executable, *packages),
                (*pyright, "--version"),
                " - error:",
                " - warning:",
            ),
        ]
    if target == "node":
        return [Checker("tsc", (tsc, "-p", ".", "--noEmit"), (tsc, "--version"), "error TS", "warning TS")]
    if target == "kotlin":
        # One compiler in Maven's own process, whose CPU time and memory are then those of the command.
        maven = ("mvn", "-B", "-o", "--no-transfer-progress", "compile", "-Dkotlin.compiler.daemon=false")
        given = ("env", f"MAVEN_OPTS=-Xmx{heap} -Xss16m") if heap else ()
        said = ("grep", "-m1", "<kotlin.version>", str(folder / "pom.xml"))
        return [Checker("kotlinc", (*given, *maven), said, r"\[ERROR\] file:", r"\[WARNING\] file:")]
    if target == "swift":
        swift = str(ROOT / "scripts/swift")
        return [Checker("swiftc", (swift, "build"), (swift, "--version"), ": error:", ": warning:")]
    return []


def judge(checker: Checker, folder: Path, seconds: float | None = None) -> Verdict:
    """Run it in the package's folder, for so many seconds at most. OSError when it is not installed."""
    cost = measure(checker.command, folder, seconds)
    lines = dict.fromkeys(cost.output.splitlines())
    errors = [line for line in lines if re.search(checker.error, line)]
    warnings = [line for line in lines if re.search(checker.warning, line)]
    # One that ends badly without such a line could not judge at all: its last words tell why.
    said = [*errors, *warnings] or list(lines)[-3:]
    return Verdict(checker.name, max(len(errors), int(cost.status != 0)), len(warnings), cost, tuple(said[:5]))


def version(checker: Checker) -> str:
    """`5.9.3`; empty when it does not say."""
    done = subprocess.run(checker.version, capture_output=True, text=True, check=False)
    found = re.search(checker.numbered, done.stdout + done.stderr)
    return found[0] if found else ""
