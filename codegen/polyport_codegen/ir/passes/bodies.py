"""Which media type of a body clients send, and which bodies are asked for member by member."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...diagnostics import Diagnostics
from ..graph import stands_for, unalias
from ..model import Api, Body, Media, MediaKind, Operation
from ..types import AnyJson, Decl, DeclId, ListOf, Nullable, ObjectDecl, Primitive, Ref, Type, UnionDecl
from .results import listed

#: How many unions may stand in each other around a file.
_DEEPEST = 4

_FLAT = (MediaKind.JSON, MediaKind.MULTIPART, MediaKind.FORM)
#: Which kind clients send when a body may be of several.
_ORDER = (
    MediaKind.JSON,
    MediaKind.MULTIPART,
    MediaKind.FORM,
    MediaKind.JSONL,
    MediaKind.TEXT,
    MediaKind.BINARY,
    MediaKind.SSE,
)


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """Every body with the media type that clients send first, and its `flatten`."""

    def settled(operation: Operation, body: Body) -> Operation:
        body = _chosen(operation, body, api.decls, diagnostics)
        return replace(operation, body=body if operation.hints.whole else flattened(body, api.decls))

    return replace(api, operations={id: settled(o, o.body) if o.body else o for id, o in api.operations.items()})


def _chosen(operation: Operation, body: Body, decls: Mapping[DeclId, Decl], diagnostics: Diagnostics) -> Body:
    """The form that can carry the content: a form with a file, else JSON, else in `_ORDER`; the document's order
    within a kind, but plain JSON before what is derived from it."""

    def rank(media: Media) -> tuple[bool, bool, bool, int, bool]:
        return (
            "/" not in media.content_type,
            not (media.kind is MediaKind.MULTIPART and holds_file(media.type, decls)),
            media.kind is MediaKind.JSON and isinstance(media.type, AnyJson),
            _ORDER.index(media.kind),
            media.kind is MediaKind.JSON and media.content_type != "application/json",
        )

    media, *others = sorted((body.media, *body.others), key=rank)
    if others:
        diagnostics.note(
            "media-set-aside",
            f"{operation.id}: the body is sent as {media.content_type}, not as "
            + listed([m.content_type for m in others]),
            operation.origin,
        )
    docs = replace(body.docs, examples=media.examples)
    return replace(body, media=media, others=tuple(others), docs=docs)


def holds_file(type: Type, decls: Mapping[DeclId, Decl]) -> bool:
    """Whether an object has a member that is a file, a list of files, or a choice with one."""
    decl = stands_for(type, decls)
    return isinstance(decl, ObjectDecl) and any(_is_file(f.type, decls) for f in decl.fields)


def _is_file(type: Type, decls: Mapping[DeclId, Decl], depth: int = 0) -> bool:
    target = unalias(type, decls)
    if isinstance(target, Nullable):
        return _is_file(target.inner, decls, depth)
    if isinstance(target, ListOf):
        return _is_file(target.item, decls, depth)
    if isinstance(target, Ref) and isinstance(union := decls.get(target.id), UnionDecl) and depth < _DEEPEST:
        return any(_is_file(v.type, decls, depth + 1) for v in union.variants)
    return isinstance(target, Primitive) and target.format == "binary"


def flattened(body: Body, decls: Mapping[DeclId, Decl]) -> Body:
    """The body with the object whose members are asked for one by one, when it is one."""
    if body.media.kind not in _FLAT:
        return body
    target = _object(decls, body.media.type)
    return body if target is None else replace(body, flatten=target)


def _object(decls: Mapping[DeclId, Decl], type: Type) -> DeclId | None:
    target = unalias(type, decls)
    return target.id if isinstance(target, Ref) and isinstance(decls.get(target.id), ObjectDecl) else None
