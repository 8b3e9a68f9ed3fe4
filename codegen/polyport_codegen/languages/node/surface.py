"""What users of the package see: what the planner has named, and what keeps its name on the wire."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from operator import itemgetter

from ...ir.model import Api
from ...ir.types import EnumDecl, ObjectDecl
from ...lower.calls import published_id
from ...lower.planner import surface_of
from ...lower.published import Entry, Published
from .declarations import Package
from .naming import NodeRules


def surface(api: Api, package: Package, names: Mapping[str, str]) -> tuple[Entry, ...]:
    """Everything published, sorted by what it is."""
    planned = surface_of(package.symbols, names, NodeRules())
    known = {entry.published for entry in planned}
    found = [*planned, *(entry for entry in _on_the_wire(api, package) if entry.published not in known)]
    return tuple(sorted(found, key=itemgetter(0)))


def _named(published: Published, name: str) -> Entry:
    return Entry(published, name, alone=name)


def _on_the_wire(api: Api, package: Package) -> Iterator[Entry]:
    for decl in api.decls.values():
        place = str(decl.id)
        if isinstance(decl, ObjectDecl):
            yield from (_named(Published("member", place, f.wire_name), f.wire_name) for f in decl.fields)
        elif isinstance(decl, EnumDecl):
            yield from (_named(Published("value", place, json.dumps(m.value)), str(m.value)) for m in decl.members)
    for resource in package.resources:
        for method in resource.methods:
            operation = method.call.operation
            for argument in method.call.arguments:
                published = Published("argument", operation.key or operation.id, published_id(operation, argument))
                yield Entry(published, argument.key)
