"""What a call gives back: the plain result, the streaming form and how it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...diagnostics import Diagnostics
from ..model import Api, Media, MediaKind, Operation, Response, Result, Selector, Stream, StreamHint
from ..types import (
    AnyJson,
    Const,
    Decl,
    DeclId,
    Field,
    Kind,
    Nullable,
    ObjectDecl,
    Primitive,
    Ref,
    Type,
    UnionDecl,
    Variant,
)
from ..words import words_of

_STREAMS = (MediaKind.SSE, MediaKind.JSONL)
#: The forms of a plain answer, the most telling first.
_KINDS = (MediaKind.JSON, MediaKind.TEXT, MediaKind.BINARY)


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """Every operation with its `result` and `stream`."""
    decls = dict(api.decls)
    operations = {id: _decide(o, decls, diagnostics) for id, o in api.operations.items()}
    return replace(api, decls=decls, operations=operations)


def _decide(operation: Operation, decls: dict[DeclId, Decl], diagnostics: Diagnostics) -> Operation:
    good = successes(operation)
    medias = [m for r in good for m in r.media]
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
    result = _result(operation, good, decls, diagnostics)
    return replace(operation, stream=stream, result=result)


def successes(operation: Operation) -> tuple[Response, ...]:
    """The answers that mean success: 2xx; the default when no other answer says that the call went well."""
    good = sorted((r for r in operation.responses if r.status.startswith("2")), key=lambda r: r.status)
    if not good and all(r.status == "default" or r.status[0] in "45" for r in operation.responses):
        good = [r for r in operation.responses if r.status == "default"]
    return tuple(good)


def _result(
    operation: Operation, good: tuple[Response, ...], decls: dict[DeclId, Decl], diagnostics: Diagnostics
) -> Result:
    found = [_forms(r) for r in good]
    forms = [_joined(operation, kind, [f[kind] for f in found if kind in f], decls) for kind in _KINDS]
    kept = tuple(m for m in forms if m is not None)
    asked = dict.fromkeys(
        m.content_type
        for media in kept
        for r in good
        for m in (r.media if media.kind is MediaKind.BINARY else (media,))
        if _kind(m) is media.kind
    )
    aside = dict.fromkeys(
        m.content_type for r in good for m in r.media if m.kind not in _STREAMS and m.content_type not in asked
    )
    if aside:
        diagnostics.note(
            "media-set-aside",
            f"{operation.id}: the answer is asked for as {', '.join(asked)}, not as {', '.join(aside)}",
            operation.origin,
        )
    headers = {h.wire_name.lower(): h for r in reversed(good) for h in r.headers}
    return Result(
        kept,
        ", ".join(asked),
        optional=bool(kept) and any(not r.media for r in good),
        headers=tuple(headers.values()),
    )


def _kind(media: Media) -> MediaKind:
    """What an answer is taken as: forms come as they are."""
    return MediaKind.BINARY if media.kind in (MediaKind.MULTIPART, MediaKind.FORM) else media.kind


def _forms(response: Response) -> dict[MediaKind, Media]:
    """The forms that one answer may come in, one of a kind.

    Text beside JSON is another notation, which nobody gets who asks for JSON, unless it is plain text. A JSON string
    beside bytes says nothing that bytes do not.
    """
    found: dict[MediaKind, Media] = {}
    for media in sorted(response.media, key=lambda m: m.content_type != "application/json"):
        if media.kind not in _STREAMS:
            found.setdefault(_kind(media), media)
    json, text = found.get(MediaKind.JSON), found.get(MediaKind.TEXT)
    if json is not None and MediaKind.BINARY in found and _is_loose(json.type):
        del found[MediaKind.JSON]
    elif json is not None and text is not None and (text.content_type != "text/plain" or _is_loose(json.type)):
        del found[MediaKind.TEXT]
    return found


def _is_loose(type: Type) -> bool:
    type = type.inner if isinstance(type, Nullable) else type
    return isinstance(type, AnyJson) or (isinstance(type, Primitive) and type.kind is Kind.STRING)


def _joined(operation: Operation, kind: MediaKind, medias: list[Media], decls: dict[DeclId, Decl]) -> Media | None:
    """One form for all answers of a kind: a union where their JSON types differ."""
    if not medias:
        return None
    media = medias[0]
    types = tuple(dict.fromkeys(m.type for m in medias))
    if kind is not MediaKind.JSON:
        return replace(media, kind=kind)
    if len(types) == 1:
        return media
    id = DeclId(operation.key, "result")
    words = (*words_of(operation.id), "result")
    variants = tuple(Variant(_words(t, decls), t.inner if isinstance(t, Nullable) else t) for t in types)
    decls[id] = UnionDecl(id, words, variants, inline=True, context=((*words, "union"),), origin=operation.origin)
    return replace(media, type=Ref(id))


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
