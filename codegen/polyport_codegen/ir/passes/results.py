"""What a call gives back: the plain result, beside the streaming form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ...diagnostics import Diagnostics
from ..model import Api, Media, MediaKind, Operation, Response, Result, Stream
from ..types import AnyJson, Decl, DeclId, Kind, Nullable, Primitive, Ref, Type, UnionDecl, Variant
from ..words import words_of
from .streams import STREAMS, stream_of

#: The forms of a plain answer, the most telling first.
_KINDS = (MediaKind.JSON, MediaKind.TEXT, MediaKind.BINARY)
#: What these answer has no body, whatever the document says of one (RFC 9110, 15.3.5 and 15.3.6).
_EMPTY = frozenset({"204", "205"})
#: Last steps of paths whose answer is a file, whatever the document calls it.
_FILES = frozenset({"content", "download", "raw", "file"})


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """Every operation with its `result` and `stream`."""
    decls = dict(api.decls)
    operations = {id: _decide(o, decls, diagnostics) for id, o in api.operations.items()}
    return replace(api, decls=decls, operations=operations)


def _decide(operation: Operation, decls: dict[DeclId, Decl], diagnostics: Diagnostics) -> Operation:
    good = [replace(r, media=tuple(_received(operation, r, diagnostics))) for r in successes(operation)]
    medias = [m for r in good for m in r.media]
    stream = stream_of(operation, medias, decls, diagnostics)
    only_streams = bool(medias) and all(m.kind in STREAMS for m in medias)
    if stream is not None and only_streams:
        _report(operation, medias, Result((), stream.media.content_type), stream, diagnostics)
        return replace(operation, stream=stream, result=None)
    if stream is not None and stream.selector is None:
        stream = None  # the server decides by `Accept`: a form of its own, see `forms`
    result = _result(good, operation, decls)
    _report(operation, medias, result, stream, diagnostics)
    return replace(operation, stream=stream, result=result)


def successes(operation: Operation) -> tuple[Response, ...]:
    """The answers that mean success: 2xx; the default when no other answer says that the call went well."""
    good = sorted((r for r in operation.responses if r.status.startswith("2")), key=lambda r: r.status)
    if not good and all(r.status == "default" or r.status[0] in "45" for r in operation.responses):
        good = [r for r in operation.responses if r.status == "default"]
    return tuple(good)


def _received(operation: Operation, response: Response, diagnostics: Diagnostics) -> Iterator[Media]:
    """The media types of an answer: forms are given as they come, and a file is no JSON string."""
    for media in response.media:
        if media.kind in (MediaKind.MULTIPART, MediaKind.FORM):
            diagnostics.note(
                "raw-media",
                f"{operation.id}: an answer of {media.content_type} is given as its bytes: its schema is not read",
                operation.origin,
            )
            yield replace(media, kind=MediaKind.BINARY, type=Primitive(Kind.STRING, "binary"), encodings=())
        elif _is_file(operation, response):
            diagnostics.note(
                "file-as-text",
                f"{operation.id}: the answer is a file, not the string that the document says",
                operation.origin,
                "Document it as application/octet-stream with a schema {type: string, format: binary}.",
            )
            yield Media("*/*", MediaKind.BINARY, Primitive(Kind.STRING, "binary"))
        else:
            yield media


def _is_file(operation: Operation, response: Response) -> bool:
    """Whether a file is all that the answer can be, although the document says a JSON string."""
    last = operation.path.rpartition("/")[2].lower() if operation.method == "GET" else ""
    only = response.media[0] if len(response.media) == 1 else None
    return last in _FILES and only is not None and (only.kind, only.type) == (MediaKind.JSON, Primitive(Kind.STRING))


def _result(good: list[Response], operation: Operation, decls: dict[DeclId, Decl]) -> Result:
    found = [_forms(r.media) for r in good]
    forms = [_joined(operation, [f[kind] for f in found if kind in f], decls) for kind in _KINDS]
    kept = tuple(m for m in forms if m is not None)
    asked = dict.fromkeys(
        m.content_type
        for media in kept
        for m in ([m for r in good for m in r.media] if media.kind is MediaKind.BINARY else [media])
        if m.kind is media.kind and m.structured == media.structured
    )
    headers = {h.wire_name.lower(): h for r in reversed(good) for h in r.headers}
    return Result(
        kept,
        ", ".join(asked),
        optional=bool(kept) and any(not r.media or r.status in _EMPTY for r in good),
        headers=tuple(headers.values()),
    )


def _forms(medias: Iterable[Media]) -> dict[MediaKind, Media]:
    """The forms that one answer may come in, one of a kind.

    Another notation of what JSON carries (XML, CSV, MessagePack) goes only to those who ask for it. A JSON string
    beside bytes says nothing that bytes do not, and neither does a text.
    """
    found: dict[MediaKind, Media] = {}
    for media in sorted(medias, key=lambda m: (m.content_type != "application/json", m.structured)):
        if media.kind not in STREAMS and ("/" in media.content_type or len(found) == 0):
            found.setdefault(media.kind, media)
    json, text, binary = (found.get(kind) for kind in _KINDS)
    if json is None:
        if binary is not None:
            found.pop(MediaKind.TEXT, None)
        return found
    if binary is not None and binary.structured:
        del found[MediaKind.BINARY]
    elif binary is not None and is_loose(json.type):
        del found[MediaKind.JSON]
    if text is not None and (text.content_type != "text/plain" or is_loose(json.type)):
        del found[MediaKind.TEXT]
    return found


def is_loose(type: Type) -> bool:
    """Whether a JSON type says nothing that plain text or bytes do not."""
    type = type.inner if isinstance(type, Nullable) else type
    return isinstance(type, AnyJson) or (isinstance(type, Primitive) and type.kind is Kind.STRING)


def _joined(operation: Operation, medias: list[Media], decls: dict[DeclId, Decl]) -> Media | None:
    """One form for all answers of a kind: a union where their JSON types differ."""
    if not medias:
        return None
    types = tuple(dict.fromkeys(m.type for m in medias))
    if len(types) == 1:
        return medias[0]
    id = DeclId(operation.key, "result")
    words = (*words_of(operation.id), "result")
    variants = tuple(Variant(_words(t, decls), t.inner if isinstance(t, Nullable) else t) for t in types)
    decls[id] = UnionDecl(id, words, variants, inline=True, context=((*words, "union"),), origin=operation.origin)
    return replace(medias[0], type=Ref(id))


def _words(type: Type, decls: Mapping[DeclId, Decl]) -> tuple[str, ...]:
    if isinstance(type, Nullable):
        return _words(type.inner, decls)
    return decls[type.id].words if isinstance(type, Ref) else (type.__class__.__name__.lower(),)


def _report(
    operation: Operation, medias: list[Media], result: Result, stream: Stream | None, diagnostics: Diagnostics
) -> None:
    used = {*result.accept.split(", "), *((stream.media.content_type,) if stream is not None else ())}
    aside = [c for c in dict.fromkeys(m.content_type for m in medias) if c not in used]
    if aside:
        diagnostics.note(
            "media-set-aside",
            f"{operation.id}: the answer is asked for as {result.accept or 'nothing'}, not as {listed(aside)}",
            operation.origin,
        )


def listed(names: list[str]) -> str:
    """A few names, and how many there are beside them."""
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
