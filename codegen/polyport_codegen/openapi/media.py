"""Media types of bodies: what each means to a client, and the type of what it carries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..diagnostics import Origin
from ..ir.model import Encoding, EventForm, Header, Media, MediaKind, Style
from ..ir.types import AnyJson, Docs, Kind, ListOf, MapOf, Nullable, Primitive, Type
from ..ir.words import words_of
from ..values import Json
from .events import Events, is_text, whole_events
from .html import prose
from .members import check_members
from .objects import Objects
from .places import Place, plain_ref
from .schemas import SchemaBuilder
from .views import Located, View, text, view_of

_JSON = frozenset({"application/json", "text/x-json", "application/x-json", "application/json-patch", "json"})
_LINES = frozenset(
    "application/jsonl application/x-ndjson application/ndjson application/stream+json application/x-jsonlines "
    "application/x-jsonl application/jsonlines application/json-lines application/x-json-stream text/jsonl".split()
)
#: Texts that do not say so in their name.
_TEXTS = frozenset(
    "application/yaml application/x-yaml application/javascript application/graphql application/xml image/svg+xml".split()
)
_RENAME = "Name the media type as it stands in Content-Type: application/json."
_BYTES = Primitive(Kind.STRING, "binary")
_KINDS = {"string": Kind.STRING, "integer": Kind.INTEGER, "number": Kind.NUMBER, "boolean": Kind.BOOLEAN}


def essence(content_type: str) -> str:
    """A media type without its parameters, in lower case (RFC 9110, 8.3.1)."""
    return content_type.partition(";")[0].strip().lower()


def media_kind(content_type: str) -> MediaKind:
    """What a media type means to a client by its name alone; an unknown one is binary."""
    name = essence(content_type)
    if name in _LINES:
        return MediaKind.JSONL
    if name in _JSON or name.endswith(("+json", "/json")):
        return MediaKind.JSON
    if name == "text/event-stream":
        return MediaKind.SSE
    if name.startswith("multipart/"):
        return MediaKind.MULTIPART
    if name == "application/x-www-form-urlencoded":
        return MediaKind.FORM
    return MediaKind.TEXT if name.startswith("text/") or name in _TEXTS or is_xml(name) else MediaKind.BINARY


def is_xml(name: str) -> bool:
    """Whether a media type's essence is XML (RFC 7303)."""
    return name in ("application/xml", "text/xml") or (name.endswith("+xml") and name != "image/svg+xml")


@dataclass(slots=True)
class MediaReader:
    """Reads `content`; schemas are left to the SchemaBuilder."""

    objects: Objects
    schemas: SchemaBuilder

    def content(self, node: dict[str, Json], origin: Origin, place: Place, *, sent: bool = False) -> Iterator[Media]:
        """Every media type of a body (`sent`) or an answer, each with a place of its own below that one's."""
        for content_type, said, here in self.objects.mapping(node, origin, "content"):
            if said is None:
                yield self._media(content_type, ({}, here), place, sent=sent)
            elif (found := self.objects.at(said, here, f"the media type {content_type!r}")) is not None:
                yield self._media(content_type, found, place, sent=sent)

    def _media(self, content_type: str, found: tuple[dict[str, Json], Origin], place: Place, *, sent: bool) -> Media:
        node, origin = found
        check_members(node, origin, "a media type", self.objects.diagnostics)
        kind = media_kind(content_type)
        if "/" not in content_type:
            self.objects.diagnostics.warn("media-type", f"{content_type!r} is no media type", origin, _RENAME)
        if sent and kind is MediaKind.MULTIPART and essence(content_type) != "multipart/form-data":
            self.objects.diagnostics.warn(
                "media-type",
                f"a body of {content_type} is sent as multipart/form-data",
                origin,
                "Name the media type that the server takes.",
            )
        words = (*place.words, "event") if kind is MediaKind.SSE else place.words
        own = Place(place.id.child(content_type), words, (*place.context, (*words, *words_of(content_type))))
        member = "schema" if "schema" in node else "itemSchema" if "itemSchema" in node else "schema"
        schema: Located = (node.get(member, True), origin.child(member))
        kind = self._exact_kind(essence(content_type), kind, schema)
        events = self._events(schema, item=member == "itemSchema") if kind is MediaKind.SSE else None
        schema = events.schema if events is not None else schema
        type = self._type(kind, schema, own, item=member == "itemSchema")
        if sent and kind in (MediaKind.MULTIPART, MediaKind.FORM) and self._has_no_members(schema):
            type = MapOf(AnyJson("a form without members"))
        structured = kind in (MediaKind.TEXT, MediaKind.BINARY) and self._is_structured(content_type, schema)
        encodings = tuple(self._encodings(node, origin, kind))
        media = Media(content_type, kind, type, encodings, self.examples(node, origin), structured)
        return replace(media, event=events.form, texts=events.texts) if events is not None else media

    def _exact_kind(self, name: str, kind: MediaKind, schema: Located) -> MediaKind:
        """What the schema says beyond the name: bytes are bytes under any name, and a range is what it holds."""
        if kind in (MediaKind.MULTIPART, MediaKind.FORM, MediaKind.SSE):
            return kind
        view = view_of(self.objects.document, schema)
        if _is_bytes(view):
            return MediaKind.BINARY
        if has_structure(view) and (name == "text/plain" or "/" not in name):
            return MediaKind.JSON  # as frameworks list it that write JSON under several names
        if name in ("*/*", "application/*"):
            if view.types == frozenset({"string"}) and not view.enum and not view.choices:
                return MediaKind.TEXT
            return MediaKind.JSON if view.keywords or view.types else MediaKind.BINARY
        return kind

    def _has_no_members(self, form: Located) -> bool:
        """Whether the schema of a form is no object, so that nothing says what its members are called; reported."""
        view = view_of(self.objects.document, form)
        found = bool(view.types) and "object" not in (view.types or ())
        if found:
            self.objects.diagnostics.warn(
                "malformed",
                f"a form is an object, not {' or '.join(sorted(view.types or ()))}: callers have to name its members",
                form[1],
                "Write type: object, with a property for each member.",
            )
        return found

    def _type(self, kind: MediaKind, schema: Located, place: Place, *, item: bool) -> Type:
        if kind is MediaKind.BINARY:
            return _BYTES
        if kind is MediaKind.TEXT:
            return Primitive(Kind.STRING)
        if kind is MediaKind.JSONL and not item:
            return self._line(schema, place)
        type = self.schemas.type_of(schema, place)
        if not item or kind in (MediaKind.JSONL, MediaKind.SSE):
            return type
        self.objects.diagnostics.warn(
            "media-type",
            "the media type is no sequence of items: its `itemSchema` is read as that of the items of a list",
            schema[1],
            "Write schema: {type: array, items: ...}.",
        )
        return ListOf(type)

    def _events(self, schema: Located, *, item: bool) -> Events:
        """What is given of the events of a stream: of `itemSchema` what it says of whole events (OpenAPI 3.2)."""
        if item:
            return whole_events(self.objects.document, schema, self.objects.diagnostics)
        view = view_of(self.objects.document, schema)
        if view.types == frozenset({"array"}) and len(view.items) == 1 and plain_ref(schema) is None:
            self.schemas.inspect(view)  # a list is that of all events (OpenAPI 3.2, Sequential Media Types)
            schema = view.items[0]
        return Events(schema, EventForm.TEXT if is_text(self.objects.document, schema) else EventForm.JSON)

    def _line(self, schema: Located, place: Place) -> Type:
        """The type of one line: the items of a list, or what is not a list itself."""
        view = view_of(self.objects.document, schema)
        if view.items and plain_ref(schema) is None:
            self.schemas.inspect(view)
            return self.schemas.type_of_parts(view.items, place)
        type = self.schemas.type_of(schema, place)
        return AnyJson("lines of text") if isinstance(type, Primitive) and type.kind is Kind.STRING else type

    def _is_structured(self, content_type: str, schema: Located) -> bool:
        """Whether text or bytes are said to have members or items, which are left for the user to read."""
        view = view_of(self.objects.document, schema)
        structured = has_structure(view)
        if structured or is_xml(essence(content_type)) or says_more(view):
            self.objects.diagnostics.note(
                "raw-media", f"{content_type} is sent and given as it is: its schema is not read", schema[1]
            )
        return structured

    def _encodings(self, node: dict[str, Json], origin: Origin, kind: MediaKind) -> Iterator[Encoding]:
        """What the document says of members. A style that is said wins over a content type (OpenAPI 3.1, Encoding)."""
        for member in ("prefixEncoding", "itemEncoding"):
            if member in node:
                self.objects.diagnostics.warn(
                    "unread", f"{member} is not read", origin.child(member), "Use `encoding`."
                )
        for name, said, place in self.objects.mapping(node, origin, "encoding"):
            found = self.objects.at(said, place, f"the encoding of {name!r}")
            if found is None:
                continue
            value, where = found
            check_members(value, where, "an encoding", self.objects.diagnostics)
            if value.get("headers"):
                self.objects.diagnostics.warn(
                    "part-headers",
                    f"the headers of the part {name!r} are not sent",
                    where.child("headers"),
                    "Its `contentType` is.",
                )
            style = self._style(value, where)
            explode = value.get("explode")
            explodes = explode if isinstance(explode, bool) else style is Style.FORM
            if value.get("allowReserved") is True:
                self.objects.diagnostics.warn(
                    "unread",
                    f"the part {name!r} is sent with its reserved characters encoded",
                    where.child("allowReserved"),
                    "Take allowReserved away: servers decode both alike.",
                )
            is_styled = "style" in value or isinstance(explode, bool)
            if is_styled and kind in (MediaKind.FORM, MediaKind.MULTIPART):
                yield Encoding(name, "", style, explodes)
            elif content_type := text(value.get("contentType")):
                yield Encoding(name, content_type)

    def _style(self, node: dict[str, Json], origin: Origin) -> Style:
        said = node.get("style", Style.FORM.value)
        style = next((s for s in Style if s.value == said), None)
        if style is None:
            self.objects.diagnostics.warn(
                "parameter-style", f"the style {said!r} is none of a part", origin.child("style"), "'form' is used."
            )
        return style or Style.FORM

    def headers(self, node: dict[str, Json], origin: Origin) -> Iterator[Header]:
        """The documented headers of an answer."""
        for name, said, place in self.objects.mapping(node, origin, "headers"):
            if name.lower() == "content-type":  # OpenAPI 3.1, Response Object
                self.objects.diagnostics.note(
                    "ignored-header", f"the media types of an answer say its {name}, not a header", place
                )
                continue
            found = self.objects.at(said, place, f"the header {name!r}")
            if found is not None:
                value, where = found
                check_members(value, where, "a header", self.objects.diagnostics)
                view = view_of(self.objects.document, (value.get("schema", True), where.child("schema")))
                said = prose(value.get("description")) or view.docs.description
                first, gap, more = said.partition("\n\n")
                first = " ".join(filter(None, (first, self._known_values(view))))
                docs = Docs(description=first + gap + more, deprecated=value.get("deprecated") is True)
                if "content" in value:
                    self.objects.diagnostics.note(
                        "raw-media", f"the header {name!r} is given as a text: its notation is not read", where
                    )
                yield Header(name, self._header_type(view), docs)

    def _known_values(self, view: View) -> str:
        """The values of a header that the document lists, for people: its type is a plain one."""
        items = view_of(self.objects.document, view.items[0]) if view.items else view
        values = [v for v in items.enum or items.const if isinstance(v, str | int | float)]
        shown = ", ".join(f"`{v if isinstance(v, str) else json.dumps(v)}`" for v in values)
        return f"Known values: {shown}." if len(values) > 1 else f"Always {shown}." if values else ""

    def _header_type(self, view: View) -> Type:
        """The type of a header's value: text, number, true or false, lists of them. Nobody declares a type for it."""
        for part in (view, *(view_of(self.objects.document, item) for item in view.items)):
            self.schemas.inspect(part)
            if part.keywords - _OF_HEADER or (part.types and len(part.types) > 1):
                self.objects.diagnostics.note(
                    "raw-media",
                    "a header is given as a text: of its schema only a type is read",
                    part.origin,
                )
        return _scalar(view, self.objects)

    def examples(self, node: dict[str, Json], origin: Origin) -> tuple[Json, ...]:
        """The examples that an object gives (`example`, `examples`), those elsewhere included."""
        found = [node["example"]] if "example" in node else []
        if isinstance(node.get("examples"), dict):
            for _, said, place in self.objects.mapping(node, origin, "examples"):
                example, _ = self.objects.document.resolve(said, place)
                if isinstance(example, dict):
                    found += [example[k] for k in ("value", "dataValue") if k in example][:1]
        return tuple(found)


def says_more(view: View) -> bool:
    """Whether a schema says more than that a value is a text or bytes."""
    format = text(view.scalars.get("format"))
    plain = (view.types or _TEXT) <= _TEXT and not view.null and format in ("", "binary", "string", "byte", "base64")
    return not plain or bool(view.keywords - _OF_TEXT)


_TEXT = frozenset({"string", "file"})
_OF_HEADER = frozenset({"type", "format", "items", "$ref", "allOf", "enum", "const"})
_OF_TEXT = frozenset({"type", "format", "contentMediaType", "$ref", "allOf"})


def has_structure(view: View) -> bool:
    """Whether a schema describes more than one text."""
    return bool(view.properties or view.items or view.choices or view.additional)


def _is_bytes(view: View) -> bool:
    return view.scalars.get("format") == "binary" and (view.types is None or view.types <= {"string"})


def _scalar(view: View, objects: Objects) -> Type:
    type: Type = Primitive(Kind.STRING)
    if view.types and len(view.types) == 1:
        (name,) = view.types
        if name == "array":
            items = view_of(objects.document, view.items[0]) if view.items else View(view.origin)
            type = ListOf(_scalar(items, objects))
        elif name in _KINDS:
            type = Primitive(_KINDS[name], text(view.scalars.get("format")))
    return Nullable(type) if view.null else type
