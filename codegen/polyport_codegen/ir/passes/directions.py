"""Where values travel, and which declarations can contain themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...diagnostics import Diagnostics
from ..graph import reachable, recursive_groups, references, refs
from ..model import Api, Operation, Webhook
from ..types import Decl, DeclId, Direction, EnumDecl, Type


def _inputs(operation: Operation) -> Iterator[Type]:
    yield from (p.type for p in operation.parameters)
    if operation.body is not None:
        yield from (m.type for m in (operation.body.media, *operation.body.others))
    for call in operation.callbacks:
        yield from _answered(call)


def _outputs(operation: Operation) -> Iterator[Type]:
    yield from (m.type for r in operation.responses for m in r.media)
    for call in operation.callbacks:
        yield from _told(call)
    if operation.stream is not None:
        yield operation.stream.media.type
    if operation.result is not None:
        yield from (m.type for m in operation.result.forms)


def _told(call: Webhook) -> Iterator[Type]:
    """What the API tells its user by a call of its own."""
    yield from (p.type for p in call.parameters)
    if call.body is not None:
        yield from (m.type for m in (call.body.media, *call.body.others))


def _answered(call: Webhook) -> Iterator[Type]:
    """What the user may answer to it."""
    yield from (m.type for r in call.responses for m in r.media)


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """Every declaration with its `direction` and `recursive`."""
    decls, listed = api.decls, list(api.operations.values())
    sent_types = [*(t for o in listed for t in _inputs(o)), *(t for w in api.webhooks for t in _answered(w))]
    got_types = [*(t for o in listed for t in _outputs(o)), *(t for w in api.webhooks for t in _told(w))]
    sent = reachable(decls, {id for t in sent_types for id in refs(t)})
    got = reachable(decls, {id for t in got_types for id in refs(t)})
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
