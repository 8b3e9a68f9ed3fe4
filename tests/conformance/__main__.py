"""`python -m tests.conformance [FOLDER-OR-FILE ...] [--resume] [--part N] [--output-below MB] [--jobs 2] [--table FILE]`

Judges every document below the folders, prints what is wrong with which, then the table of constructs. Exit status 1
when a document crashes, hangs, loses an operation, gives a Python package that does not import, or has a construct that
is neither typed nor reported. Judgements are written to build/conformance/journal.jsonl as they come; after an interruption,
or after a fault was mended, `--resume` judges only what was not judged yet or had a fault.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.conformance.corpus import CACHE, documents
from tests.conformance.journal import ROOT, Entry, Journal, edition
from tests.conformance.judge import Judgement
from tests.conformance.pool import Limits, judged
from tests.conformance.table import placed, table

JOURNAL = ROOT / "build/conformance/journal.jsonl"


def main(argv: Sequence[str] | None = None) -> int:
    """Judge all documents and print what was found."""
    parser = argparse.ArgumentParser(
        "python -m tests.conformance", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", type=Path, default=[CACHE], help="default: what was fetched")
    parser.add_argument("--resume", action="store_true", help="keep what the journal says is well")
    parser.add_argument("--part", type=int, default=1, metavar="N", help="every Nth document only")
    parser.add_argument(
        "--output-below", type=float, default=math.inf, metavar="MB", help="larger documents are only read and modelled"
    )
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=Limits.seconds, help="CPU seconds that one document may take")
    parser.add_argument("--megabytes", type=int, default=Limits.megabytes, help="what one document may take")
    parser.add_argument("--table", type=Path, help="write the table of constructs into this page")
    parser.add_argument("--journal", type=Path, default=JOURNAL, help=f"default: {JOURNAL.relative_to(ROOT)}")
    options = parser.parse_args(argv)
    listed = documents(options.paths)[:: options.part]
    if not listed:
        parser.error(f"there is no document below {', '.join(map(str, options.paths))}: see scripts/setup-conformance")
    wanted = {d: Path(d).stat().st_size < options.output_below * 1e6 for d in listed}
    journal = Journal(options.journal)
    earlier = journal.read() if options.resume else {}
    kept = {d: e for d, e in earlier.items() if d in wanted and e.output >= wanted[d] and not _bad(e.judgement)}
    waiting = {d: wanted[d] for d in listed if d not in kept}
    journal.begin(e for d, e in earlier.items() if d not in waiting)
    progress = _Progress(len(listed), len(kept))
    limits = Limits(options.seconds, options.megabytes)
    found = dict(kept)
    for judgement in judged(waiting, limits, output=wanted.__getitem__, jobs=options.jobs, tell=progress.tell):
        found[judgement.document] = Entry(edition(), wanted[judgement.document], judgement)
        journal.add(found[judgement.document])
        progress.add(judgement)
    text = table([e.judgement for e in found.values()], {e.edition for e in found.values()})
    print(text)
    if options.table:
        page = options.table.read_text() if options.table.exists() else ""
        options.table.write_text(placed(page, text, "python -m tests.conformance"))
    return 1 if any(_bad(e.judgement) for e in found.values()) else 0


def _bad(judgement: Judgement) -> bool:
    return bool(judgement.fault or judgement.silent)


class _Progress:
    """Faults at once, and a line every half minute: how many are done, how fast, and what is being judged."""

    def __init__(self, total: int, kept: int) -> None:
        self._total, self._kept, self._done, self._bad = total, kept, 0, 0
        self._began = self._told = time.monotonic()

    def add(self, judgement: Judgement) -> None:
        """Another one is done."""
        self._done += 1
        self._bad += _bad(judgement)
        if judgement.fault:
            last = judgement.detail.strip().splitlines()[-1:] or [""]
            print(f"{judgement.fault}: {judgement.document}: {last[0][:200]}", flush=True)
        for name, places in judgement.silent.items():
            print(f"neither: {judgement.document}: {name}: {', '.join(places)}", flush=True)

    def tell(self, running: list[str]) -> None:
        """Print the line when it is time."""
        now = time.monotonic()
        if now - self._told < 30:
            return
        self._told = now
        rate = self._done / (now - self._began)
        names = ", ".join("/".join(Path(d).parts[-2:]) for d in running)
        print(
            f"{self._kept + self._done} of {self._total}, {self._bad} with faults, {rate:.1f} a second, now {names}",
            file=sys.stderr,
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
