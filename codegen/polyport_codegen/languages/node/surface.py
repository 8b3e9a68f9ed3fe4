"""What users of the package see: what the planner has named, and what keeps its name on the wire."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from ...ir.model import Api
from ...lower.calls import published_id
from ...lower.planner import surface_of
from ...lower.published import Entry, Published
from ...lower.symbols import declared
from .declarations import Package


def surface(api: Api, package: Package, names: Mapping[str, str]) -> tuple[Entry, ...]:
    """Everything published, sorted by what it is."""
    planned = surface_of(package.symbols, names)
    known = {entry.published for entry in planned}
    found = [*planned, *(entry for entry in _on_the_wire(api, package) if entry.published not in known)]
    return tuple(sorted(found, key=lambda e: (e.published.kind, e.published.place, e.published.id)))


def _on_the_wire(api: Api, package: Package) -> Iterator[Entry]:
    for symbol in declared(api):
        if symbol.published is not None and symbol.role == "member":
            yield Entry(symbol.published, symbol.published.id)
        elif symbol.published is not None and symbol.role == "value":
            yield Entry(symbol.published, str(json.loads(symbol.published.id)))
    for resource in package.resources:
        for method in resource.methods:
            operation = method.call.operation
            for argument in method.call.arguments:
                published = Published("argument", operation.key or operation.id, published_id(operation, argument))
                yield Entry(published, argument.key)
