"""What was judged, written down as it comes, so that a run that was interrupted continues where it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from polyport_codegen.rerun import generator

from tests.conformance.judge import Judgement

ROOT = Path(__file__).resolve().parents[2]


@cache
def edition() -> str:
    """A fingerprint of the generator's and the judges' sources: judgements of one edition belong together."""
    digest = hashlib.sha256(generator().encode())
    folder = Path(__file__).parent
    for file in sorted(f for f in folder.rglob("*") if f.is_file() and "__pycache__" not in f.parts):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


@dataclass(frozen=True)
class Entry:
    """A judgement, the edition that made it, and whether output was generated and imported for it."""

    edition: str
    output: bool
    judgement: Judgement


class Journal:
    """A file with a line for each judgement."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> dict[str, Entry]:
        """The last judgement on each document."""
        found: dict[str, Entry] = {}
        for line in self._file.read_text().splitlines() if self._file.exists() else ():
            try:
                said = json.loads(line)
            except ValueError:  # the run ended while it wrote
                continue
            judgement = Judgement(**said["judgement"])
            found[judgement.document] = Entry(said["edition"], said["output"], judgement)
        return found

    def begin(self, kept: Iterable[Entry]) -> None:
        """Start anew, with what is kept of an earlier run."""
        lines = "".join(_line(entry) for entry in kept)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(lines)

    def add(self, entry: Entry) -> None:
        """Write a judgement down at once."""
        with self._file.open("a") as out:
            out.write(_line(entry))


def _line(entry: Entry) -> str:
    return json.dumps(asdict(entry), separators=(",", ":")) + "\n"
