"""What was judged, written down as it comes, so that a run that was interrupted continues where it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path

from tests.conformance.judge import Judgement

ROOT = Path(__file__).resolve().parents[2]


@cache
def edition() -> str:
    """A fingerprint of the generator's and the judges' sources: judgements of one edition belong together."""
    digest = hashlib.sha256()
    for folder in (ROOT / "codegen/polyport_codegen", Path(__file__).parent):
        for file in sorted(f for f in folder.rglob("*") if f.is_file() and "__pycache__" not in f.parts):
            digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


class Journal:
    """A file with a line for each judgement: the edition that made it, whether output was wanted, and the judgement."""

    def __init__(self, file: Path, *, output: bool) -> None:
        self._file = file
        self._output = output

    def read(self) -> dict[str, tuple[str, Judgement]]:
        """The last judgement on each document, with its edition; those without output only where none is wanted."""
        found: dict[str, tuple[str, Judgement]] = {}
        for line in self._file.read_text().splitlines() if self._file.exists() else ():
            try:
                entry = json.loads(line)
            except ValueError:  # the run ended while it wrote
                continue
            if entry["output"] or not self._output:
                judgement = Judgement(**entry["judgement"])
                found[judgement.document] = (entry["edition"], judgement)
        return found

    def begin(self, kept: Iterable[tuple[str, Judgement]]) -> None:
        """Start anew, with what is kept of an earlier run."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        lines = "".join(self._line(edition, judgement) for edition, judgement in kept)
        self._file.write_text(lines)

    def add(self, judgement: Judgement) -> None:
        """Write a judgement down at once."""
        with self._file.open("a") as out:
            out.write(self._line(edition(), judgement))

    def _line(self, edition: str, judgement: Judgement) -> str:
        entry = {"edition": edition, "output": self._output, "judgement": asdict(judgement)}
        return json.dumps(entry, separators=(",", ":")) + "\n"
