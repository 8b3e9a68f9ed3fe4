"""What compilers and type checkers said of generated packages: written down as it comes, and told as a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Compiled:
    """What one checker said of one document's package in one language."""

    document: str
    language: str
    checker: str
    #: Of the checker; empty when it does not say.
    version: str
    #: The state of the generator, and the day (`2026-11-25`).
    edition: str
    day: str
    #: Of the package.
    files: int
    errors: int
    warnings: int
    #: CPU seconds, user and system; resident megabytes of the largest process.
    cpu: float
    peak: float
    #: It did not end within the limit.
    late: bool = False

    @property
    def good(self) -> bool:
        return not (self.errors or self.warnings or self.late)

    @property
    def key(self) -> tuple[str, str, str]:
        return self.document, self.language, self.checker


class Notes:
    """A file with a line for each verdict; the last one of a document and checker counts."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> Mapping[tuple[str, str, str], Compiled]:
        """The last verdict of each checker on each document."""
        found: dict[tuple[str, str, str], Compiled] = {}
        for line in self._file.read_text().splitlines() if self._file.exists() else ():
            try:
                compiled = Compiled(**json.loads(line))
            except (ValueError, TypeError):  # the run ended while it wrote, or an older form
                continue
            found[compiled.key] = compiled
        return found

    def add(self, compiled: Compiled) -> None:
        """Write a verdict down at once."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        # A line that a run could not write to its end must not take this one with it.
        torn = self._file.exists() and not self._file.read_bytes().endswith(b"\n")
        with self._file.open("a") as out:
            out.write("\n" * torn + json.dumps(asdict(compiled), separators=(",", ":")) + "\n")


def compiled_table(found: Iterable[Compiled], asked: Sequence[tuple[str, str, str]]) -> str:
    """Markdown: a row for each document, language and checker that was asked for, then who judged and when."""
    verdicts = {c.key: c for c in found}
    rows = [
        "| document | language | files | checker | errors | warnings | CPU s | peak MB |",
        "|---|---|--:|---|--:|--:|--:|--:|",
    ]
    for document, language, checker in asked:
        said = verdicts.get((document, language, checker))
        figures = "| not run | | | |" if said is None else _figures(said)
        files = "" if said is None else f"{said.files:,}"
        rows.append(f"| {document} | {language} | {files} | {checker} {figures}")
    told = [verdicts[key] for key in asked if key in verdicts]
    if told:
        versions = dict.fromkeys(f"{c.checker} {c.version}".strip() for c in sorted(told, key=lambda c: c.checker))
        days = sorted({c.day for c in told})
        when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
        states = len({c.edition for c in told})
        rows += ["", f"{when}: {', '.join(versions)}; states of the generator that were judged: {states}."]
    return "\n".join(rows) + "\n"


def _figures(said: Compiled) -> str:
    errors = "does not end" if said.late else f"{said.errors:,}"
    return f"| {errors} | {said.warnings:,} | {said.cpu:,.0f} | {said.peak:,.0f} |"
