"""The compilers and type checkers that judge generated code, where they are installed."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.codegen.cost import Cost, measure

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Verdict:
    """What one checker says; `errors` None means that it is not installed."""

    checker: str
    errors: int | None
    cost: Cost | None


def check(target: str, folder: Path, tsc: str) -> list[Verdict]:
    """The verdicts on what was generated for `target` into `folder`; none for a target without a checker.

    `tsc` is the TypeScript compiler's command.
    """
    if target == "python":
        packages = [str(p.parent) for p in sorted(folder.glob("**/py.typed"))] or [str(folder)]
        mypy = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--no-error-summary", *packages]
        pyright = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, *packages]
        return [_verdict("mypy --strict", mypy, folder, ": error:"), _verdict("pyright", pyright, folder, " - error:")]
    if target == "node":
        return [_verdict("tsc", [tsc, "-p", ".", "--noEmit"], folder, "error TS")]
    if target == "kotlin":
        # One compiler in Maven's own process; what a large API needs of heap is set for the child alone.
        maven = ["mvn", "-q", "-B", "-o", "compile", "-Dkotlin.compiler.daemon=false"]
        return [_verdict("kotlinc", ["env", "MAVEN_OPTS=-Xmx6g -Xss16m", *maven], folder, "ERROR] file:")]
    if target == "swift":
        return [_verdict("swiftc", [str(ROOT / "scripts/swift"), "build"], folder, ": error:")]
    return []


def _verdict(name: str, command: list[str], folder: Path, mark: str) -> Verdict:
    if shutil.which(command[0]) is None:
        return Verdict(name, None, None)
    cost = measure(command, folder)
    errors = len(re.findall(re.escape(mark), cost.output))
    return Verdict(name, max(errors, int(cost.status != 0)), cost)
