"""Paths to operations: parameters, bodies and answers with the types of their schemas. Names come later, in a pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl

from ..diagnostics import Diagnostics, Origin
from ..ir.model import (
    Body,
    Encoding,
    Header,
    Hints,
    Location,
    Media,
    MediaKind,
    Operation,
    Parameter,
    Response,
    SecurityScheme,
    StreamHint,
    Style,
)
from ..ir.types import AnyJson, Const, DeclId, Docs, Kind, Primitive, Ref, Type
from ..ir.words import words_of
from ..load.document import Document
from ..values import Json, Words
from .places import Place
from .schemas import SchemaBuilder
from .views import Located, items_of, text, view_of

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_STYLES = {
    Location.PATH: Style.SIMPLE,
    Location.QUERY: Style.FORM,
    Location.HEADER: Style.SIMPLE,
    Location.COOKIE: Style.FORM,
}
#: Header parameters that OpenAPI ignores (3.1, Parameter Object): they are decided by bodies and security.
_IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})
#: Which media type of a request body clients send when there are several.
_BODY_ORDER = (
    MediaKind.JSON,
    MediaKind.MULTIPART,
    MediaKind.FORM,
    MediaKind.JSONL,
    MediaKind.TEXT,
    MediaKind.BINARY,
    MediaKind.SSE,
)


@dataclass(slots=True)
class OperationBuilder:
    """Walks `paths`; schemas are left to the SchemaBuilder."""

    document: Document
    schemas: SchemaBuilder
    diagnostics: Diagnostics
    _ids: set[str] = field(default_factory=set)
    _keys: set[str] = field(default_factory=set)

    def operations(self) -> Iterator[Operation]:
        """All operations in the order of the document."""
        root = self.document.tree
        self._unserved(root)
        paths = root.get("paths")
        base = self.document.origin.child("paths")
        for path, item in paths.items() if isinstance(paths, dict) else ():
            if not path.startswith("/"):
                continue  # an extension
            item, origin = self.document.resolve(item, base.child(path))
            if not isinstance(item, dict):
                continue
            shared = self._located(item.get("parameters"), origin.child("parameters"))
            for method in METHODS:
                if isinstance(node := item.get(method), dict):
                    yield self._operation(method, path, node, origin.child(method), shared, item)

    def _unserved(self, root: dict[str, Json]) -> None:
        if isinstance(hooks := root.get("webhooks"), dict) and hooks:
            self.diagnostics.note(
                "webhooks",
                f"{len(hooks)} webhooks are calls to the user, not by the user: no method is made for them",
                self.document.origin.child("webhooks"),
            )

    def _located(self, nodes: Json, origin: Origin) -> list[Located]:
        items = nodes if isinstance(nodes, list) else []
        return [self.document.resolve(node, origin.child(i)) for i, node in enumerate(items)]

    def _operation(
        self,
        method: str,
        path: str,
        node: dict[str, Json],
        origin: Origin,
        shared: list[Located],
        item: dict[str, Json],
    ) -> Operation:
        id = self._id(node, method, path, origin)
        words = words_of(id)
        path, _, fixed = path.partition("?")
        key = self._key(method, path, fixed)
        if "callbacks" in node:
            self.diagnostics.note(
                "callbacks",
                f"{id}: callbacks are calls to the user: no method is made for them",
                origin.child("callbacks"),
            )
        parameters = self._parameters(
            id,
            DeclId(key),
            words,
            path,
            shared,
            self._located(node.get("parameters"), origin.child("parameters")),
            origin,
        )
        parameters += tuple(_fixed(fixed, origin))
        responses = tuple(self._responses(DeclId(key), words, node, origin))
        server = self._server(node) or self._server(item)
        return Operation(
            id=id,
            key=key,
            method=method.upper(),
            path=path,
            resource=(),
            words=words,
            parameters=parameters,
            body=self._body(DeclId(key), words, node, origin),
            responses=responses,
            security=self._security(node),
            docs=replace(
                view_of(
                    self.document,
                    (
                        {k: v for k, v in node.items() if k in ("description", "deprecated", "x-deprecated-message")},
                        origin,
                    ),
                ).docs,
                summary=text(node.get("summary")),
            ),
            tags=tuple(t for t in items_of(node.get("tags")) if isinstance(t, str)),
            server=server,
            hints=self._hints(node, origin),
            origin=origin,
        )

    def _hints(self, node: dict[str, Json], origin: Origin) -> Hints:
        stream, pages = node.get("x-polyport-stream"), node.get("x-polyport-pagination")
        return Hints(
            text(node.get("x-polyport-name")),
            stream=self._stream_hint(stream, origin.child("x-polyport-stream")) if isinstance(stream, dict) else None,
            pagination=pages if isinstance(pages, dict) else False if pages is False else None,
        )

    def _stream_hint(self, node: dict[str, Json], origin: Origin) -> StreamHint:
        event, terminator = node.get("event"), node.get("terminator")
        ref = event.get("$ref") if isinstance(event, dict) else None
        type = Ref(self.schemas.named(ref, origin.child("event", "$ref"))) if isinstance(ref, str) else None
        return StreamHint(text(node.get("selector")), type, terminator if isinstance(terminator, str) else None)

    def _id(self, node: dict[str, Json], method: str, path: str, origin: Origin) -> str:
        said = text(node.get("operationId"))
        id = said or "_".join((method, *(w for part in path.split("/") for w in words_of(part) if part)))
        if id in self._ids:
            number = 2
            while f"{id}{number}" in self._ids:
                number += 1
            self.diagnostics.warn(
                "duplicate-operation", f"the operationId {id!r} stands twice; this one becomes {id}{number}", origin
            )
            id = f"{id}{number}"
        self._ids.add(id)
        return id

    def _key(self, method: str, path: str, fixed: str) -> str:
        """The call's place: it stays when a path parameter is renamed, unless two paths differ by nothing else."""
        query = f"?{fixed}" if fixed else ""
        key = f"{method.upper()} {re.sub(r'{[^{}]*}', '{}', path)}{query}"
        if key in self._keys:
            key = f"{method.upper()} {path}{query}"
        self._keys.add(key)
        return key

    def _server(self, node: dict[str, Json]) -> str | None:
        servers = items_of(node.get("servers"))
        return text(servers[0].get("url")) or None if servers and isinstance(servers[0], dict) else None

    def _security(self, node: dict[str, Json]) -> tuple[str, ...]:
        wanted = node.get("security", self.document.tree.get("security"))
        return tuple(dict.fromkeys(name for need in items_of(wanted) if isinstance(need, dict) for name in need))

    # -- parameters --------------------------------------------------------------------------------------------------

    def _parameters(
        self,
        id: str,
        base: DeclId,
        words: Words,
        path: str,
        shared: list[Located],
        own: list[Located],
        origin: Origin,
    ) -> tuple[Parameter, ...]:
        merged: dict[tuple[str, str], Located] = {}
        for node, where in [*shared, *own]:
            if isinstance(node, dict):
                merged[text(node.get("in")), text(node.get("name"))] = (node, where)
        found = [p for located in merged.values() if (p := self._parameter(id, base, words, located)) is not None]
        known = {p.wire_name for p in found if p.location is Location.PATH}
        for name in re.findall(r"\{([^{}]+)\}", path):
            if name not in known:
                self.diagnostics.warn(
                    "undeclared-path-parameter",
                    f"{id}: the path has {{{name}}}, which no parameter declares",
                    origin,
                    "It is taken as a required string.",
                )
                found.append(
                    Parameter(
                        Location.PATH,
                        name,
                        words_of(name),
                        Primitive(Kind.STRING),
                        True,
                        Style.SIMPLE,
                        False,
                        origin=origin,
                    )
                )
        return tuple(found)

    def _parameter(self, id: str, base: DeclId, words: Words, located: Located) -> Parameter | None:
        node, origin = located
        assert isinstance(node, dict)
        name = text(node.get("name"))
        try:
            location = Location(text(node.get("in")))
        except ValueError:
            self.diagnostics.warn(
                "parameter-location", f"{id}: the parameter {name!r} is in {node.get('in')!r}", origin.child("in")
            )
            return None
        if location is Location.HEADER and name.lower() in _IGNORED_HEADERS:
            return None
        style, explode = self._style(node, location, origin)
        schema: Located = (node.get("schema", True), origin.child("schema"))
        content = node.get("content")
        if isinstance(content, dict) and content:
            media_type, media = next(iter(content.items()))
            schema = (
                media.get("schema", True) if isinstance(media, dict) else True,
                origin.child("content", media_type, "schema"),
            )
            style, explode = Style.JSON, False
        own = words_of(name)
        type = self.schemas.type_of(
            schema, Place(base.child(location.value, name), (*words, *own), ((*words, *own, "parameter"),))
        )
        here = view_of(self.document, (schema[0] if isinstance(schema[0], dict) else {}, schema[1]))
        docs = view_of(
            self.document, ({k: v for k, v in node.items() if k in ("description", "deprecated", "example")}, origin)
        ).docs
        if not docs.description:
            docs = replace(docs, description=here.docs.description)
        return Parameter(
            location,
            name,
            own,
            type,
            location is Location.PATH or node.get("required") is True,
            style,
            explode,
            node.get("allowReserved") is True,
            here.scalars.get("default"),
            docs,
            origin,
        )

    def _style(self, node: dict[str, Json], location: Location, origin: Origin) -> tuple[Style, bool]:
        said = text(node.get("style"))
        try:
            style = Style(said) if said else _STYLES[location]
        except ValueError:
            self.diagnostics.warn(
                "parameter-style",
                f"the style {said!r} is not of OpenAPI",
                origin.child("style"),
                "The default style is used.",
            )
            style = _STYLES[location]
        explode = node.get("explode")
        return style, explode if isinstance(explode, bool) else style is Style.FORM

    # -- bodies ------------------------------------------------------------------------------------------------------

    def _body(self, base: DeclId, words: Words, node: dict[str, Json], origin: Origin) -> Body | None:
        if "requestBody" not in node:
            return None
        body, where = self.document.resolve(node["requestBody"], origin.child("requestBody"))
        if not isinstance(body, dict):
            return None
        place = Place(base.child("request"), (*words, "request"), ((*words, "request", "body"),))
        media = list(self._media(body, where, place))
        if not media:
            return None
        media.sort(key=lambda m: _BODY_ORDER.index(m.kind))  # stable: the document's order within a kind
        docs = Docs(description=text(body.get("description")), examples=self._examples(body, media[0], where))
        name = text(body.get("x-body-name"))
        return Body(
            body.get("required") is True,
            media[0],
            tuple(media[1:]),
            words=words_of(name) if name else ("body",),
            docs=docs,
        )

    def _examples(self, body: dict[str, Json], media: Media, origin: Origin) -> tuple[Json, ...]:
        """The examples that the document gives for the media type that clients send."""
        content = body.get("content")
        node = content.get(media.content_type) if isinstance(content, dict) else None
        if not isinstance(node, dict):
            return ()
        found = [node["example"]] if "example" in node else []
        named = node.get("examples")
        for name, said in named.items() if isinstance(named, dict) else ():
            example, _ = self.document.resolve(said, origin.child("content", media.content_type, "examples", name))
            if isinstance(example, dict) and "value" in example:
                found.append(example["value"])
        return tuple(found)

    def _media(self, node: dict[str, Json], origin: Origin, place: Place) -> Iterator[Media]:
        content = node.get("content")
        for content_type, media in content.items() if isinstance(content, dict) else ():
            value = media if isinstance(media, dict) else {}
            schema = value.get("schema", value.get("itemSchema", True))
            here = origin.child("content", content_type, "schema")
            kind = media_kind(content_type)
            words = (*place.words, "event") if kind is MediaKind.SSE else place.words
            context = (*place.context, (*words, *words_of(content_type)))
            own = Place(place.id.child(content_type), words, context)
            type = self.schemas.type_of((schema, here), own)
            if kind is MediaKind.JSON and isinstance(type, Primitive) and type.format == "binary":
                kind = MediaKind.BINARY
            if content_type == "*/*" and not isinstance(type, AnyJson | Primitive):
                kind = MediaKind.JSON
            yield Media(content_type, kind, type, tuple(_encodings(value.get("encoding"))))

    def _responses(self, base: DeclId, words: Words, node: dict[str, Json], origin: Origin) -> Iterator[Response]:
        responses = node.get("responses")
        for status, said in responses.items() if isinstance(responses, dict) else ():
            if status.startswith("x-"):
                continue
            response, where = self.document.resolve(said, origin.child("responses", status))
            if not isinstance(response, dict):
                continue
            shared = where.pointer.startswith("/components/responses/")
            name = words_of(where.pointer.rpartition("/")[2]) if shared else words
            suffix = (
                () if status in ("200", "2XX", "default") and not shared else words_of(status) if not shared else ()
            )
            id = DeclId(self.document.address(where)) if shared else base.child(status)
            place = Place(id, (*name, *suffix, "response"), ((*name, *suffix, "response", "body"),))
            media = tuple(self._media(response, where, place))
            yield Response(
                status.upper() if status != "default" else status,
                media,
                tuple(self._headers(id, words, response, where)),
                Docs(description=text(response.get("description"))),
            )

    def _headers(self, base: DeclId, words: Words, node: dict[str, Json], origin: Origin) -> Iterator[Header]:
        headers = node.get("headers")
        for name, said in headers.items() if isinstance(headers, dict) else ():
            header, where = self.document.resolve(said, origin.child("headers", name))
            if isinstance(header, dict):
                place = Place(base.child("header", name), (*words, *words_of(name), "header"))
                type: Type = self.schemas.type_of((header.get("schema", True), where.child("schema")), place)
                yield Header(name, type, Docs(description=text(header.get("description"))))


def _fixed(query: str, origin: Origin) -> Iterator[Parameter]:
    """The members of a query that a path carries (`/responses?beta=true`): constants that are sent by themselves."""
    for name, value in parse_qsl(query, keep_blank_values=True):
        yield Parameter(
            Location.QUERY, name, words_of(name), Const(value), True, _STYLES[Location.QUERY], True, origin=origin
        )


def _encodings(value: Json) -> Iterator[Encoding]:
    for member, said in value.items() if isinstance(value, dict) else ():
        if isinstance(said, dict):
            style = Style(said["style"]) if said.get("style") in {s.value for s in Style} else Style.FORM
            explode = said.get("explode")
            yield Encoding(
                member,
                text(said.get("contentType")),
                style,
                explode if isinstance(explode, bool) else style is Style.FORM,
            )


def media_kind(content_type: str) -> MediaKind:
    """What a media type means to a client; an unknown one is binary."""
    name = content_type.partition(";")[0].strip().lower()
    if name == "application/json" or name.endswith("+json") or name == "text/json":
        return MediaKind.JSON
    if name == "text/event-stream":
        return MediaKind.SSE
    if name in (
        "application/jsonl",
        "application/x-ndjson",
        "application/ndjson",
        "application/stream+json",
        "application/x-jsonlines",
    ):
        return MediaKind.JSONL
    if name.startswith("multipart/"):
        return MediaKind.MULTIPART
    if name == "application/x-www-form-urlencoded":
        return MediaKind.FORM
    return MediaKind.TEXT if name.startswith("text/") else MediaKind.BINARY


def security_schemes(document: Document) -> dict[str, SecurityScheme]:
    """The document's security schemes by id."""
    components = document.tree.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, dict) else None
    found: dict[str, SecurityScheme] = {}
    base = document.origin.child("components", "securitySchemes")
    for id, said in schemes.items() if isinstance(schemes, dict) else ():
        node, _ = document.resolve(said, base.child(id))
        if isinstance(node, dict):
            kind, name = text(node.get("type")), text(node.get("name"))
            if kind == "http":
                kind = text(node.get("scheme")).lower()
            elif kind == "apiKey":
                kind = text(node.get("in"))
            elif kind in ("oauth2", "openIdConnect"):
                kind = "bearer"
            known = kind if kind in ("bearer", "basic", "header", "query", "cookie") else "other"
            found[id] = SecurityScheme(id, known, name, Docs(description=text(node.get("description"))))
    return found
