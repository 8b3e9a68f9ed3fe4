"""Where values travel, and which declarations can contain themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...diagnostics import Diagnostics
from ..graph import reachable, recursive_groups, references, refs
from ..model import Api, Operation
from ..types import Decl, DeclId, Direction, EnumDecl, Type


def _inputs(operation: Operation) -> Iterator[Type]:
    yield from (p.type for p in operation.parameters)
    if operation.body is not None:
        yield from (m.type for m in (operation.body.media, *operation.body.others))


def _outputs(operation: Operation) -> Iterator[Type]:
    yield from (m.type for r in operation.responses for m in r.media)
    if operation.stream is not None:
        yield operation.stream.media.type
    if operation.result is not None and operation.result.media is not None:
        yield operation.result.media.type


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """Every declaration with its `direction` and `recursive`."""
    decls, listed = api.decls, list(api.operations.values())
    sent = reachable(decls, {id for o in listed for t in _inputs(o) for id in refs(t)})
    got = reachable(decls, {id for o in listed for t in _outputs(o) for id in refs(t)})
    circular = {
        id for group in recursive_groups(decls) for id in group if len(group) > 1 or id in references(decls[id])
    }
    out: dict[DeclId, Decl] = {}
    for id, decl in decls.items():
        direction = (Direction.INPUT if id in sent else Direction.UNUSED) | (
            Direction.OUTPUT if id in got else Direction.UNUSED
        )
        out[id] = (
            replace(decl, direction=direction)
            if isinstance(decl, EnumDecl)
            else replace(decl, direction=direction, recursive=id in circular)
        )
    return replace(api, decls=out)
