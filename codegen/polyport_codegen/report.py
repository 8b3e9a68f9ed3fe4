"""Diagnostics for people: `file:line:column: severity: message [code]`, errors first to be fixed, notes summed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from .diagnostics import Diagnostic, Severity
from .load.document import Document
from .load.positions import locate
from .load.text import read_file


def _positions(items: list[Diagnostic], document: Document | None) -> dict[str, tuple[int, int]]:
    places: dict[str, tuple[int, int]] = {}
    for file in dict.fromkeys(i.origin.file for i in items):
        pointers = {i.origin.pointer for i in items if i.origin.file == file and i.origin.pointer and not i.at}
        if not pointers:
            continue
        try:
            if document is not None and file in document.files:
                text = document.text(file)
            else:
                text = read_file(file)
        except OSError:
            continue
        places |= {f"{file}#{p}": at for p, at in locate(text, pointers).items()}
    return places


def print_diagnostics(
    diagnostics: Iterable[Diagnostic], document: Document | None, stream: TextIO, *, verbose: bool = False
) -> None:
    """Print errors and warnings, and the notes too when asked; else say how many there were of each kind."""
    items = list(diagnostics)
    shown = [i for i in items if verbose or i.severity is not Severity.NOTE]
    places = _positions(shown, document)
    for item in sorted(shown, key=lambda i: (i.severity is not Severity.ERROR, i.origin.file)):
        at = item.at or places.get(str(item.origin))
        where = f"{item.origin.file}:{at[0]}:{at[1]}" if at else item.origin.file
        print(f"{where}: {item.severity.value}: {item.message} [{item.code}]", file=stream)
        if item.origin.pointer:
            print(f"    at {item.origin.pointer}", file=stream)
        if item.hint:
            print(f"    {item.hint}", file=stream)
    notes = Counter(i.code for i in items if i.severity is Severity.NOTE)
    if notes and not verbose:
        summary = ", ".join(f"{count} {code}" for code, count in sorted(notes.items()))
        print(f"notes: {summary} (--verbose shows them)", file=stream)
