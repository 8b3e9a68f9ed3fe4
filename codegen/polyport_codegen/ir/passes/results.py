"""What a call gives back: the plain result, the streaming form and how it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...diagnostics import Diagnostics
from ..model import Media, MediaKind, Operation, Response, Result, Selector, Stream
from ..operations import RawOperation
from ..schemas import SchemaBuilder
from ..types import Const, Field, Json, Kind, Nullable, ObjectDecl, Primitive, Ref, Type, UnionDecl, Variant
from ..words import words_of

_STREAMS = (MediaKind.SSE, MediaKind.JSONL)
_ORDER = (MediaKind.JSON, MediaKind.TEXT, MediaKind.BINARY, MediaKind.FORM, MediaKind.MULTIPART)


def decide(raw: RawOperation, schemas: SchemaBuilder, diagnostics: Diagnostics) -> Operation:
    """The operation with `result` and `stream`."""
    operation = raw.operation
    successes = list(_successes(operation))
    medias = [m for r in successes for m in r.media]
    said = raw.extensions.get("x-polyport-stream")
    stream = _stream(operation, medias, said if isinstance(said, dict) else {}, schemas, diagnostics)
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
    result = _result(operation, successes, schemas)
    return replace(operation, stream=stream, result=result)


def _successes(operation: Operation) -> Iterator[Response]:
    good = sorted((r for r in operation.responses if r.status.startswith("2")), key=lambda r: r.status)
    if good:
        yield from good
    elif all(r.status == "default" for r in operation.responses):
        yield from operation.responses


def _result(operation: Operation, successes: list[Response], schemas: SchemaBuilder) -> Result:
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
        id = f"{operation.id}!result"
        words = (*words_of(operation.id), "result")
        variants = tuple(Variant(_words(t, schemas), t.inner if isinstance(t, Nullable) else t) for t in types)
        schemas.decls[id] = UnionDecl(
            id, words, variants, inline=True, context=((*words, "union"),), origin=operation.origin
        )
        return Result(replace(medias[0], type=Ref(id)), optional)
    return Result(medias[0], optional)


def _words(type: Type, schemas: SchemaBuilder) -> tuple[str, ...]:
    if isinstance(type, Nullable):
        return _words(type.inner, schemas)
    return words_of(type.id) if isinstance(type, Ref) else (type.__class__.__name__.lower(),)


def _stream(
    operation: Operation, medias: list[Media], said: dict[str, Json], schemas: SchemaBuilder, diagnostics: Diagnostics
) -> Stream | None:
    media = next((m for m in medias if m.kind in _STREAMS), None)
    if media is None:
        if said:
            diagnostics.warn(
                "stream-media", f"{operation.id}: x-polyport-stream needs a text/event-stream answer", operation.origin
            )
        return None
    event = said.get("event")
    if isinstance(event, dict) and isinstance(ref := event.get("$ref"), str):
        media = replace(
            media, type=Ref(schemas.named(ref, operation.origin.child("x-polyport-stream", "event", "$ref")))
        )
    name = said.get("selector")
    selector = _selector(operation, name if isinstance(name, str) else "stream", schemas)
    if isinstance(name, str) and selector is None:
        diagnostics.warn(
            "stream-selector",
            f"{operation.id}: the selector {name!r} is no boolean member of the request",
            operation.origin,
        )
    terminator = said.get("terminator")
    if not isinstance(terminator, str):
        terminator = "[DONE]" if media.kind is MediaKind.SSE and _mentions_done(operation, selector, schemas) else None
    return Stream(media, selector, terminator or None)


def _fields(operation: Operation, schemas: SchemaBuilder) -> tuple[Field, ...]:
    if operation.body is None or not isinstance(operation.body.media.type, Ref):
        return ()
    decl = schemas.decls.get(operation.body.media.type.id)
    return decl.fields if isinstance(decl, ObjectDecl) else ()


def _selector(operation: Operation, name: str, schemas: SchemaBuilder) -> Selector | None:
    for field in _fields(operation, schemas):
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


def _mentions_done(operation: Operation, selector: Selector | None, schemas: SchemaBuilder) -> bool:
    texts = [operation.docs.description, *(r.docs.description for r in operation.responses)]
    texts += [
        f.docs.description
        for f in _fields(operation, schemas)
        if selector is not None and f.wire_name == selector.wire_name
    ]
    return any("[DONE]" in text for text in texts)
