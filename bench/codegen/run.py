"""What generating clients from a document costs, what became of its operations, and whether the output holds.

    python -m bench.codegen.run SPEC [--lang python,node] [--check] [--peer] [--keep DIR]

CPU time is that of the whole `polyport generate` command, start included. The second row of a target is a rerun without
any change. `--check` runs the language's type checkers over the output, `--peer` runs openapi-python-client beside.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from polyport_codegen.diagnostics import Diagnostics, InputError
from polyport_codegen.load.bundle import bundle
from polyport_codegen.load.document import load
from polyport_codegen.registry import TARGETS

from bench.codegen.checkers import TSC, checkers, judge
from bench.codegen.cost import Cost, measure
from bench.codegen.coverage import coverage

_ROW = "{:<28} {:>7} {:>9} {:>8} {:>8}  {}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables. 1 when an operation is lost, a target fails, or a checker finds errors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spec", type=Path)
    parser.add_argument("--lang", default=",".join(TARGETS), help="targets, separated by commas")
    parser.add_argument("--check", action="store_true", help="run type checkers over the output")
    parser.add_argument("--tsc", default=str(TSC), help="the TypeScript compiler to use")
    parser.add_argument("--peer", action="store_true", help="run openapi-python-client as well")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the output there")
    options = parser.parse_args(argv)
    try:
        good = _coverage(str(options.spec))
    except InputError as error:
        print(f"{options.spec}: {error}", file=sys.stderr)
        return 1
    print(_ROW.format("", "files", "lines", "CPU s", "peak MB", ""))
    with TemporaryDirectory() as scratch:
        out = options.keep or Path(scratch)
        out.mkdir(parents=True, exist_ok=True)
        for target in options.lang.split(","):
            good &= _target(options.spec.resolve(), target, out.resolve(), options.check, options.tsc)
        if options.peer:
            _peer(options.spec.resolve(), out.resolve() / "peer")
    return 0 if good else 1


def _coverage(spec: str) -> bool:
    found = coverage(spec)
    lost = "" if found.complete else "  OPERATIONS LOST"
    print(f"operations    {found.documented} documented, {found.modelled} modelled, {found.in_tree} in the tree{lost}")
    print(f"declarations  {found.declarations}")
    for heading, counts in (("diagnostics", found.diagnostics), ("raw", found.raw)):
        print(f"{heading:<13} " + (", ".join(f"{n} x {what}" for what, n in counts.most_common()) or "none"))
    print()
    return found.complete


def _target(spec: Path, target: str, out: Path, checked: bool, tsc: str) -> bool:
    folder = out / target
    command = [sys.executable, "-m", "polyport_codegen", "generate", str(spec), "--lang", target, "--out", str(out)]
    first = measure(command, out)
    files, lines = _size(folder)
    print(_row(target, first, files, lines, "" if first.status == 0 else f"FAILED {_last(first.output)}"))
    if first.status != 0:
        return False
    again = measure(command, out)
    changed = re.search(r"(\d+) changed", again.output)
    print(_row(f"{target}, no change", again, files, lines, "" if changed is None else f"{changed[1]} files written"))
    good = again.status == 0 and (changed is None or changed[1] == "0")
    for checker in checkers(target, folder, tsc=tsc, heap="6g") if checked else ():
        if not checker.installed:
            print(f"  {checker.name}: not installed")
            continue
        verdict = judge(checker, folder)
        note = f"{verdict.errors} errors, {verdict.warnings} warnings"
        print(_row(f"  {verdict.checker}", verdict.cost, files, lines, note))
        good &= verdict.errors == 0
    return good


def _peer(spec: Path, folder: Path) -> None:
    """The peer reads one file only, so it gets the document in one piece."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "openapi.json"
    whole.write_text(json.dumps(bundle(load(str(spec), Diagnostics()))), encoding="utf-8")
    command = ["generate", "--path", str(whole), "--output-path", str(folder / "out"), "--overwrite"]
    cost = measure([str(Path(sys.executable).parent / "openapi-python-client"), *command])
    files, lines = _size(folder / "out")
    lost = len(re.findall(r"Endpoint will not be generated", cost.output))
    left_out = f"{lost} operations left out" if cost.status == 0 else f"FAILED {_last(cost.output)}"
    print(_row("openapi-python-client", cost, files, lines, left_out))


def _row(name: str, cost: Cost, files: int, lines: int, note: str) -> str:
    return _ROW.format(name, files, lines, f"{cost.cpu:.2f}", f"{cost.peak:.0f}", note).rstrip()


def _last(output: str) -> str:
    lines = output.strip().splitlines()
    return lines[-1] if lines else ""


def _size(folder: Path) -> tuple[int, int]:
    files = [f for f in folder.rglob("*") if f.is_file() and ".polyport" not in f.parts]
    return len(files), sum(f.read_bytes().count(b"\n") for f in files)


if __name__ == "__main__":
    sys.exit(main())
