"""Choices that are really one scalar: a string beside string values, several lists of values, integer beside number."""

from __future__ import annotations

from collections.abc import Sequence

from ..ir.types import Docs, Kind
from ..load.document import Document
from ..values import Json
from .views import Located, text, view_of

#: A longer title is a sentence, no name.
_LONGEST = 40
_KINDS = {"string": Kind.STRING, "integer": Kind.INTEGER, "number": Kind.NUMBER}


def merge_scalars(
    document: Document, branches: Sequence[Located], types: frozenset[str] | None = None, depth: int = 0
) -> tuple[Kind, list[Json]] | None:
    """The common kind and all known values when every branch is a string (or every one a number), else None.

    No values: a plain scalar. Formats and patterns of single branches are given up: they only validate. `types`: what
    stands beside the choices, for those that say no type.
    """
    kinds: set[Kind] = set()
    values: dict[str | int | float, None] = {}
    for branch in branches:
        found = _scalar(document, branch, types, depth)
        if found is None:
            return None
        kinds.add(found[0])
        values.update((v, None) for v in found[1] if isinstance(v, str | int | float))
    if kinds <= {Kind.INTEGER, Kind.NUMBER} and len(kinds) == 2:
        return Kind.NUMBER, list(values)
    return (kinds.pop(), list(values)) if len(kinds) == 1 else None


def _scalar(
    document: Document, branch: Located, types: frozenset[str] | None, depth: int
) -> tuple[Kind, list[Json]] | None:
    if depth > 8:
        return None
    view = view_of(document, branch)
    if view.properties or view.items:
        return None
    if view.choices:
        return merge_scalars(document, view.choices[0], types, depth + 1) if len(view.choices) == 1 else None
    values: list[Json] = [v for v in (view.const or view.enum or []) if v is not None]
    if values:
        if all(isinstance(v, str) for v in values):
            return Kind.STRING, values
        if all(isinstance(v, int | float) and not isinstance(v, bool) for v in values):
            return (Kind.INTEGER if all(isinstance(v, int) for v in values) else Kind.NUMBER), values
        return None
    types = types if view.types is None and not view.has_shape else view.types
    if types is not None and len(types) == 1:
        kind = _KINDS.get(next(iter(types)))
        return (kind, []) if kind is not None else None
    return None


def named_values(document: Document, branches: Sequence[Located]) -> dict[str | int | float, tuple[str, Docs]]:
    """The names and docs of values that are choices of their own: `oneOf: [{const: a, title: Apple, description: ...}]`."""
    found: dict[str | int | float, tuple[str, Docs]] = {}
    for branch in branches:
        view = view_of(document, branch)
        values = view.const or view.enum or []
        if len(values) == 1 and isinstance(value := values[0], str | int | float):
            title = text(view.scalars.get("title"))
            found[value] = (title if len(title) <= _LONGEST else "", view.docs)
    return found
