"""Answers that a call only gives to those who ask for them, as calls of their own: `list_as_csv` beside `list`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...diagnostics import Diagnostics
from ...values import Words
from ..model import Api, Media, MediaKind, Operation, OperationId, Resource, Stream
from ..words import words_of
from . import asking
from .results import is_loose, successes
from .streams import STREAMS

_NOISE = ("vnd", "x", "prs")


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """The API with the other forms of its calls, each right after its call.

    A notation that only says the same in another way (XML, MessagePack) is none: there is JSON for that.
    """
    operations: dict[OperationId, Operation] = {}
    decls = dict(api.decls)
    added: dict[OperationId, list[OperationId]] = {}
    for id, operation in api.operations.items():
        operations[id] = operation
        for form in _others(operation):
            operations[form.id] = form
            if form.stream is not None:
                operations[id], operations[form.id], made = asking.parted(operation, form, api.decls, diagnostics)
                decls |= {decl.id: decl for decl in made}
            added.setdefault(id, []).append(form.id)
    for parted in asking.parted_ids(api.operations.values(), operations.values(), decls):
        del decls[parted]
    return replace(api, decls=decls, operations=operations, root=_grown(api.root, added)) if added else api


def _grown(resource: Resource, added: Mapping[OperationId, list[OperationId]]) -> Resource:
    ids = tuple(i for id in resource.operations for i in (id, *added.get(id, ())))
    return replace(resource, operations=ids, children=tuple(_grown(c, added) for c in resource.children))


def _others(operation: Operation) -> Iterator[Operation]:
    result = operation.result
    if result is None or result.media is None:
        return
    used = set(result.accept.split(", "))
    seen = {(m.kind, m.type) for m in result.forms if m.kind is MediaKind.JSON}
    names: set[Words] = set()
    documented = [m for r in successes(operation) for m in r.media]
    streams = sorted((m for m in documented if m.kind in STREAMS), key=lambda m: STREAMS.index(m.kind))
    if streams and operation.stream is None:
        yield _form(operation, streams[0], ())
    for media in documented:
        name = _name(media.content_type)
        known = media.kind is MediaKind.JSON and ((media.kind, media.type) in seen or is_loose(media.type))
        if media.content_type in used or media.structured or known or name in names or "*" in media.content_type:
            continue
        if media.kind in (MediaKind.MULTIPART, MediaKind.FORM) or "/" not in media.content_type:
            continue
        if media.kind in STREAMS:
            continue
        used.add(media.content_type)
        names.add(name)
        yield _form(operation, media, name)


def _form(operation: Operation, media: Media, name: Words) -> Operation:
    summary = f"{operation.docs.summary.rstrip('.')}, as {media.content_type}" if operation.docs.summary else ""
    streams = media.kind in STREAMS
    assert operation.result is not None
    return replace(
        operation,
        id=f"{operation.id} as {media.content_type}",
        key=f"{operation.key} as {media.content_type}",
        words=(*operation.words, *(("streaming",) if streams else ("as", *name))),
        form_of=operation.id,
        result=None if streams else replace(operation.result, forms=(media,), accept=media.content_type),
        stream=Stream(media) if streams else None,
        pagination=None,
        docs=replace(operation.docs, summary=summary),
    )


def _name(content_type: str) -> Words:
    """`csv` of `text/csv`, `star` of `application/vnd.github.v3.star+json`."""
    subtype = content_type.partition(";")[0].strip().lower().rpartition("/")[2]
    steps = [s for s in re.split(r"[.-]", subtype.partition("+")[0]) if s and s not in _NOISE]
    return words_of(steps[-1] if subtype.startswith("vnd.") and steps else "-".join(steps) or subtype)
