"""What the configuration says of names, before anything is decided by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...diagnostics import Diagnostics
from ...values import Words
from ..model import Api, OperationId
from ..words import words_of
from .resources import segments, unnamed


def client_words(name: str) -> Words:
    """The client's name out of a title: without "API", "client" or "SDK" at its end."""
    words = words_of(name) if name else ("client",)
    return words[:-1] if len(words) > 1 and words[-1] in ("api", "client", "sdk") else words


def apply(
    api: Api,
    name: str,
    renames: Mapping[OperationId, str],
    resources: Mapping[str, str],
    diagnostics: Diagnostics,
) -> Api:
    """The API with the client's `name` (empty: its own), and what `renames` and `resources` say as operations' hints.

    `resources` gives the start of a path a dotted name; the longest start that fits an operation is its own.
    """
    for id in renames:
        if id not in api.operations:
            diagnostics.warn("unknown-rename", f"the configuration renames {id!r}, which is no operation", api.origin)
    used: set[str] = set()
    operations = {}
    for id, operation in api.operations.items():
        hints = operation.hints
        starts = [start for start in resources if _starts(operation.path, start)]
        used.update(starts)
        if starts:
            start = max(starts, key=len)
            hints = replace(hints, base=(start, resources[start]))
        if id in renames:
            hints = replace(hints, name=renames[id])
        operations[id] = replace(operation, hints=hints)
    for start in resources:
        if start not in used:
            diagnostics.warn(
                "unknown-rename", f"the configuration names {start!r}, with which no path begins", api.origin
            )
    return replace(api, words=client_words(name or api.title), operations=operations)


def _starts(path: str, start: str) -> bool:
    """Whether a path begins with another, whole segments of it, with or without the version before it."""
    wanted = [s for s in unnamed(start).split("/") if s]
    given = [s for s in unnamed(path).split("/") if s]
    return bool(wanted) and wanted in (given[: len(wanted)], segments(unnamed(path))[: len(wanted)])
