"""`python -m tests.conformance [FOLDER-OR-FILE ...] [--part N] [--no-output] [--jobs 2] [--table docs/coverage.md]`

Judges every document below the folders and prints what is wrong with which, then the table of constructs. Exit status 1
when a document crashes, hangs, loses an operation, gives a Python package that does not import, or has a construct that
is neither typed nor reported.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import httpx  # noqa: F401 - warm in every judging process
import pydantic  # noqa: F401

from tests.conformance.corpus import CACHE, documents
from tests.conformance.judge import Judgement, judge
from tests.conformance.table import table


def main(argv: Sequence[str] | None = None) -> int:
    """Judge all documents and print what was found."""
    parser = argparse.ArgumentParser("python -m tests.conformance", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=[CACHE], help="default: what was fetched")
    parser.add_argument("--part", type=int, default=1, metavar="N", help="every Nth document only")
    parser.add_argument("--no-output", action="store_true", help="read and model only, generate nothing")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=120, help="the limit of one document")
    parser.add_argument("--megabytes", type=int, default=3000, help="the limit of one document")
    parser.add_argument("--table", type=Path, help="write the table of constructs there")
    parser.add_argument("--json", type=Path, help="write all judgements there")
    options = parser.parse_args(argv)
    listed = documents(options.paths)[:: options.part]

    def one(path: str) -> Judgement:
        return judge(path, seconds=options.seconds, megabytes=options.megabytes, output=not options.no_output)

    found: list[Judgement] = []
    with ThreadPoolExecutor(options.jobs) as pool:
        for number, judgement in enumerate(pool.map(one, listed), 1):
            found.append(judgement)
            if judgement.fault:
                last = judgement.detail.strip().splitlines()[-1:] or [""]
                print(f"{judgement.fault}: {judgement.document}: {last[0][:200]}", flush=True)
            if number % 100 == 0:
                print(f"{number} of {len(listed)}", file=sys.stderr, flush=True)
    if options.json:
        options.json.write_text(json.dumps([asdict(j) for j in found], indent=1))
    text = table(found)
    print(text)
    if options.table:
        options.table.write_text(text)
    return 1 if _bad(found) else 0


def _bad(found: Iterable[Judgement]) -> bool:
    return any(j.fault or j.silent for j in found)


if __name__ == "__main__":
    sys.exit(main())
