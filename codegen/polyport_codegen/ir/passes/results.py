"""What a call gives back: the plain result, the streaming form and how it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...diagnostics import Diagnostics
from ..model import Api, Media, MediaKind, Operation, Response, Result, Selector, Stream, StreamHint
from ..types import Const, Decl, DeclId, Field, Kind, Nullable, ObjectDecl, Primitive, Ref, Type, UnionDecl, Variant
from ..words import words_of

_STREAMS = (MediaKind.SSE, MediaKind.JSONL)
_ORDER = (MediaKind.JSON, MediaKind.TEXT, MediaKind.BINARY, MediaKind.FORM, MediaKind.MULTIPART)


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """Every operation with its `result` and `stream`."""
    decls = dict(api.decls)
    operations = {id: _decide(o, decls, diagnostics) for id, o in api.operations.items()}
    return replace(api, decls=decls, operations=operations)


def _decide(operation: Operation, decls: dict[DeclId, Decl], diagnostics: Diagnostics) -> Operation:
    successes = list(_successes(operation))
    medias = [m for r in successes for m in r.media]
    stream = _stream(operation, medias, decls, diagnostics)
    plain = [m for m in medias if m.kind not in _STREAMS]
    if stream is not None and stream.selector is None and not plain:
        return replace(operation, stream=stream, result=None)
    if stream is not None and stream.selector is None:
        stream = None  # both forms are documented, the server decides by Accept: offered as the plain form
        diagnostics.note(
            "stream-selector",
            f"{operation.id}: nothing in the request asks for the streaming form",
            operation.origin,
            "Name it with x-polyport-stream: {selector: stream}.",
        )
    result = _result(operation, successes, decls)
    return replace(operation, stream=stream, result=result)


def _successes(operation: Operation) -> Iterator[Response]:
    good = sorted((r for r in operation.responses if r.status.startswith("2")), key=lambda r: r.status)
    if good:
        yield from good
    elif all(r.status == "default" for r in operation.responses):
        yield from operation.responses


def _result(operation: Operation, successes: list[Response], decls: dict[DeclId, Decl]) -> Result:
    medias: list[Media] = []
    for response in successes:
        choices = sorted((m for m in response.media if m.kind in _ORDER), key=lambda m: _ORDER.index(m.kind))
        if choices:
            medias.append(choices[0])
    optional = any(not r.media for r in successes) and bool(medias)
    if not medias:
        return Result()
    types = list(dict.fromkeys(m.type for m in medias if m.kind is MediaKind.JSON))
    if len(types) > 1 and medias[0].kind is MediaKind.JSON:
        id = DeclId(operation.key, "result")
        words = (*words_of(operation.id), "result")
        variants = tuple(Variant(_words(t, decls), t.inner if isinstance(t, Nullable) else t) for t in types)
        decls[id] = UnionDecl(id, words, variants, inline=True, context=((*words, "union"),), origin=operation.origin)
        return Result(replace(medias[0], type=Ref(id)), optional)
    return Result(medias[0], optional)


def _words(type: Type, decls: Mapping[DeclId, Decl]) -> tuple[str, ...]:
    if isinstance(type, Nullable):
        return _words(type.inner, decls)
    return decls[type.id].words if isinstance(type, Ref) else (type.__class__.__name__.lower(),)


def _stream(
    operation: Operation, medias: list[Media], decls: Mapping[DeclId, Decl], diagnostics: Diagnostics
) -> Stream | None:
    said = operation.hints.stream
    media = next((m for m in medias if m.kind in _STREAMS), None)
    if media is None:
        if said is not None:
            diagnostics.warn(
                "stream-media", f"{operation.id}: x-polyport-stream needs a text/event-stream answer", operation.origin
            )
        return None
    said = said or StreamHint()
    if said.event is not None:
        media = replace(media, type=said.event)
    name = said.selector
    selector = _selector(operation, name or "stream", decls)
    if name and selector is None:
        diagnostics.warn(
            "stream-selector",
            f"{operation.id}: the selector {name!r} is no boolean member of the request",
            operation.origin,
        )
    terminator = said.terminator
    if terminator is None:
        terminator = "[DONE]" if media.kind is MediaKind.SSE and _mentions_done(operation, selector, decls) else None
    return Stream(media, selector, terminator or None)


def _fields(operation: Operation, decls: Mapping[DeclId, Decl]) -> tuple[Field, ...]:
    if operation.body is None or not isinstance(operation.body.media.type, Ref):
        return ()
    decl = decls.get(operation.body.media.type.id)
    return decl.fields if isinstance(decl, ObjectDecl) else ()


def _selector(operation: Operation, name: str, decls: Mapping[DeclId, Decl]) -> Selector | None:
    for field in _fields(operation, decls):
        if field.wire_name == name and _is_flag(field.type):
            return Selector("body", name)
    for parameter in operation.parameters:
        if parameter.wire_name == name and _is_flag(parameter.type):
            return Selector(parameter.location.value, name)
    return None


def _is_flag(type: Type) -> bool:
    type = type.inner if isinstance(type, Nullable) else type
    return (isinstance(type, Primitive) and type.kind is Kind.BOOLEAN) or (
        isinstance(type, Const) and type.value is True
    )


def _mentions_done(operation: Operation, selector: Selector | None, decls: Mapping[DeclId, Decl]) -> bool:
    texts = [operation.docs.description, *(r.docs.description for r in operation.responses)]
    texts += [
        f.docs.description
        for f in _fields(operation, decls)
        if selector is not None and f.wire_name == selector.wire_name
    ]
    return any("[DONE]" in text for text in texts)
