"""The streaming form of a call, and how it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ...diagnostics import Diagnostics
from ..graph import stands_for
from ..model import EventForm, Location, Media, MediaKind, Operation, Selector, Stream, StreamHint
from ..types import AnyJson, Const, Decl, DeclId, EnumDecl, Field, Kind, Nullable, ObjectDecl, Primitive, Type

STREAMS = (MediaKind.SSE, MediaKind.JSONL)
#: The flag that usually asks for the streaming form, and members that name a form by a value.
FLAG = "stream"
_FORMATS = ("stream_format", "streamFormat", "stream")
_FORMAT_VALUES = ("sse", "event-stream", "text/event-stream", "events")
#: What a description says of a flag that turns the answer into events.
_EVENTS = re.compile(r"server-sent|\bSSE\b|event[- ]?stream|\[DONE\]|stream of (the )?events", re.IGNORECASE)
#: The type of an event that the document says nothing of.
_RAW = AnyJson("the document does not describe its events")


def stream_of(
    operation: Operation, medias: Iterable[Media], decls: Mapping[DeclId, Decl], diagnostics: Diagnostics
) -> Stream | None:
    """The streaming form: of a documented stream, or of a flag or a hint that says there is one.

    None when there is none, and when nothing in the request asks for the one that stands beside a plain form.
    """
    said = operation.hints.stream
    if said is False:
        return None
    said = said or StreamHint()
    selector = _selector(operation, said.selector, decls)
    if said.selector and selector is None:
        diagnostics.warn(
            "stream-selector",
            f"{operation.id}: the selector {said.selector!r} is no boolean member of the request",
            operation.origin,
            "Name a member of the body, or a parameter, that is true or false.",
        )
    streams = sorted((m for m in medias if m.kind in STREAMS), key=lambda m: STREAMS.index(m.kind))
    media = streams[0] if streams else _undocumented(operation, said, selector, decls, diagnostics)
    if media is None:
        return None
    if said.event is not None:
        is_text = isinstance(said.event, Primitive) and said.event.kind is Kind.STRING
        media = replace(media, type=said.event, event=EventForm.TEXT if is_text else EventForm.JSON, texts=())
    terminator = said.terminator
    if terminator is None and media.kind is MediaKind.SSE and _mentions_done(operation, selector, decls):
        terminator = "[DONE]"
    return Stream(media, selector, terminator or None)


def _undocumented(
    operation: Operation,
    said: StreamHint,
    selector: Selector | None,
    decls: Mapping[DeclId, Decl],
    diagnostics: Diagnostics,
) -> Media | None:
    """The events that only a hint or a flag tells of: a plain answer to such a flag would be lost work."""
    events = Media("text/event-stream", MediaKind.SSE, _RAW)
    if said.event is not None or said.selector:
        return events
    if selector is None or selector.value is not True:
        return None
    if selector.location != "body" and not _EVENTS.search(_docs_of(operation, selector, decls)):
        return None
    diagnostics.note(
        "stream-undocumented",
        f"{operation.id}: {FLAG!r} asks for events that the document does not describe: they are given as raw JSON",
        operation.origin,
        "Describe them as text/event-stream, or with x-polyport-stream: {event: {$ref: ...}}, or say x-polyport-stream: "
        "false.",
    )
    return events


def _fields(operation: Operation, decls: Mapping[DeclId, Decl]) -> tuple[Field, ...]:
    """The members of a body that are asked for one by one."""
    decl = decls.get(operation.body.flatten) if operation.body is not None and operation.body.flatten else None
    return decl.fields if isinstance(decl, ObjectDecl) else ()


def _selector(operation: Operation, name: str, decls: Mapping[DeclId, Decl]) -> Selector | None:
    """The flag with this name (empty: the usual one), or a member whose value `sse` means the streaming form."""
    members = [("body", f.wire_name, f.type) for f in _fields(operation, decls)]
    members += [
        (p.location.value, p.wire_name, p.type) for p in operation.parameters if p.location is not Location.PATH
    ]
    for location, wire_name, type in members:
        if wire_name == (name or FLAG) and _is_flag(type):
            return Selector(location, wire_name)
    for location, wire_name, type in members:
        if wire_name in ((name,) if name else _FORMATS) and (value := _format(type, decls)):
            return Selector(location, wire_name, value)
    return None


def _is_flag(type: Type) -> bool:
    type = type.inner if isinstance(type, Nullable) else type
    return (isinstance(type, Primitive) and type.kind is Kind.BOOLEAN) or (
        isinstance(type, Const) and type.value is True
    )


def _format(type: Type, decls: Mapping[DeclId, Decl]) -> str:
    """The value of an enum that asks for events; empty when there is none."""
    decl = stands_for(type.inner if isinstance(type, Nullable) else type, decls)
    values = [m.value for m in decl.members] if isinstance(decl, EnumDecl) else []
    return next((v for v in values if isinstance(v, str) and v.lower() in _FORMAT_VALUES), "")


def _docs_of(operation: Operation, selector: Selector, decls: Mapping[DeclId, Decl]) -> str:
    said = [f.docs for f in _fields(operation, decls) if selector.location == "body"]
    names = [f.wire_name for f in _fields(operation, decls) if selector.location == "body"]
    if selector.location != "body":
        found = [p for p in operation.parameters if p.location.value == selector.location]
        said, names = [p.docs for p in found], [p.wire_name for p in found]
    return "\n".join(docs.text for docs, name in zip(said, names, strict=True) if name == selector.wire_name)


def _mentions_done(operation: Operation, selector: Selector | None, decls: Mapping[DeclId, Decl]) -> bool:
    texts = [operation.docs.description, *(r.docs.description for r in operation.responses)]
    if selector is not None:
        texts.append(_docs_of(operation, selector, decls))
    return any("[DONE]" in text for text in texts)
