"""Paths to operations: parameters, bodies and answers with the types of their schemas. Names come later, in a pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..diagnostics import Diagnostics, Origin
from ..ir.access import Security
from ..ir.model import Body, Hints, Operation, Response, StreamHint, Webhook
from ..ir.types import DeclId, Docs, Ref
from ..ir.words import words_of
from ..load.document import Document
from ..values import Json, Words
from . import security
from .html import prose
from .media import MediaReader
from .members import check_members
from .objects import Found, Objects, is_extension
from .parameters import Owner, ParameterReader
from .places import Place
from .pointers import ending, name_of
from .schemas import SchemaBuilder
from .servers import servers
from .templates import Template, template
from .views import label, text, view_of

#: The fixed methods of a path item (OpenAPI 3.2, Path Item Object).
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_ITEM_MEMBERS = frozenset({"$ref", "summary", "description", "servers", "parameters", "additionalOperations"})
#: `{?page,limit}`, of URI templates (RFC 6570, 3.2.8), which are no paths of OpenAPI.
_TEMPLATE = re.compile(r"\{[?&][^{}]*\}")
_ANY_STATUS = re.compile(r"[1-5](\d\d|XX)|default")


@dataclass(slots=True)
class OperationBuilder:
    """Walks `paths`, `webhooks` and `callbacks`; schemas are left to the SchemaBuilder."""

    document: Document
    schemas: SchemaBuilder
    diagnostics: Diagnostics
    _ids: set[str] = field(default_factory=set)
    _keys: set[str] = field(default_factory=set)
    _objects: Objects = field(init=False)
    _media: MediaReader = field(init=False)
    _parameters: ParameterReader = field(init=False)
    _security: Security = field(init=False)

    def __post_init__(self) -> None:
        self._objects = Objects(self.document, self.diagnostics)
        self._media = MediaReader(self._objects, self.schemas)
        self._parameters = ParameterReader(self._objects, self.schemas, self._media)
        self._security = security.wanted(self._objects, self.document.tree, self.document.origin) or ()

    # -- where calls stand -------------------------------------------------------------------------------------------

    def operations(self) -> Iterator[Operation]:
        """All operations in the order of the document."""
        for path, said, origin in self._objects.mapping(
            self.document.tree, self.document.origin, "paths", extensible=True
        ):
            if not path.startswith("/"):
                self.diagnostics.warn(
                    "path",
                    f"the path {path!r} does not begin with a slash: its calls are left out",
                    origin,
                    "Write /path.",
                )
                continue
            path, templates = _TEMPLATE.subn("", path)
            if templates:
                self.diagnostics.warn(
                    "path",
                    f"the path {path!r} ends in a template of query parameters: only those that are declared are sent",
                    origin,
                    "Declare each with `in: query`, and take {?...} out of the path.",
                )
            if "#" in path:
                self.diagnostics.note(
                    "path",
                    f"the path {path!r} has a fragment, which no request carries: it only tells its calls from others",
                    origin,
                    "Declare as parameters what the server has to be told.",
                )
            layers = self._objects.layers(said, origin, f"the path {path!r}")
            for method, node, where in self._methods(layers, f"the path {path!r}"):
                yield self._operation(method, path, node, where, layers)

    def webhooks(self) -> Iterator[Webhook]:
        """All calls of the API to its user that no operation asks for."""
        for name, said, origin in self._objects.mapping(self.document.tree, self.document.origin, "webhooks"):
            layers = self._objects.layers(said, origin, f"the webhook {name!r}")
            for method, node, where in self._methods(layers, f"the webhook {name!r}"):
                yield self._webhook(DeclId(f"webhook {name} {method}"), name, "", method, node, where, layers)

    def _callbacks(self, key: DeclId, node: dict[str, Json], origin: Origin) -> Iterator[Webhook]:
        for name, said, place in self._objects.mapping(node, origin, "callbacks"):
            found = self._objects.at(said, place, f"the callback {name!r}")
            if found is None:
                continue
            for expression, item in found[0].items():
                if is_extension(expression):
                    continue
                layers = self._objects.layers(item, found[1].child(expression), f"the callback {name!r}")
                for method, value, where in self._methods(layers, f"the callback {name!r}"):
                    id = key.child("callback", name, expression, method)
                    yield self._webhook(id, name, expression, method, value, where, layers)

    def _methods(self, layers: list[Found], what: str) -> Iterator[tuple[str, dict[str, Json], Origin]]:
        """The operations of a path item: the method in upper case, the object, where it stands."""
        seen: set[str] = set()
        for item, origin in layers:
            for key, said in item.items():
                method = key.lower()
                if method not in METHODS:
                    if key not in _ITEM_MEMBERS and not is_extension(key):
                        self.diagnostics.warn(
                            "unread", f"{what}: {key!r} is no method and is not read", origin, "Call it x-..."
                        )
                    continue
                if key != method:
                    self.diagnostics.warn(
                        "method-case", f"{what}: {key!r} is read as {method!r}", origin.child(key), "Use small letters."
                    )
                if self._is_first(method, what, origin.child(key), seen) and (
                    found := self._objects.at(said, origin.child(key), f"{what}: {method}")
                ):
                    seen.add(method)
                    yield method.upper(), *found
            for method, said, place in self._objects.mapping(item, origin, "additionalOperations"):
                if self._is_first(method.lower(), what, place, seen) and (
                    found := self._objects.at(said, place, f"{what}: {method}")
                ):
                    seen.add(method.lower())
                    yield method, *found

    def _is_first(self, method: str, what: str, origin: Origin, seen: set[str]) -> bool:
        """Whether no operation of this method came before. What stands beside a `$ref` comes before what that leads to;
        OpenAPI leaves it open (3.1, Path Item Object)."""
        if method in seen:
            self.diagnostics.warn(
                "duplicate-operation",
                f"{what} has {method!r} twice: this one is left out, and the one beside the $ref or further up counts",
                origin,
                "Take one of the two out.",
            )
        return method not in seen

    # -- one call ----------------------------------------------------------------------------------------------------

    def _operation(
        self, method: str, path: str, node: dict[str, Json], origin: Origin, layers: list[Found]
    ) -> Operation:
        check_members(node, origin, "an operation", self.diagnostics)
        nodes = [*reversed(layers), (node, origin)]
        slots = self._template(path, method, self._parameters.named_in_paths(nodes), origin)
        path = slots.path
        id = self._id(node, method, path, origin)
        words = words_of(id)
        path, _, fragment = path.partition("#")
        bare, _, fixed = path.partition("?")
        key = self._key(method, bare, fixed, fragment)
        base = DeclId(key)
        wanted = security.wanted(self._objects, node, origin)
        return Operation(
            id=id,
            key=key,
            method=method,
            path=bare,
            resource=(),
            words=words,
            parameters=self._parameters.read(Owner(id, base, words, slots.whole), path, nodes, origin),
            body=self._body(base, words, node, origin) if self._takes_body(id, method, node, origin) else None,
            responses=tuple(self._responses(base, words, node, origin)),
            security=self._security if wanted is None else wanted,
            servers=next((found for n in reversed(nodes) if (found := servers(self._objects, *n))), ()),
            callbacks=tuple(self._callbacks(base, node, origin)),
            docs=self._docs(node, origin),
            tags=self._tags(node, origin),
            hints=self._hints(node, origin),
            origin=origin,
        )

    def _template(self, path: str, method: str, declared: list[str], origin: Origin) -> Template:
        """The path in OpenAPI's own notation, with what was read otherwise told."""
        found = template(path, declared)
        for said, name in found.read:
            slashes = ", whose slashes stay" if name in found.whole else ""
            self.diagnostics.warn(
                "path",
                f"{method} {path}: {said} is read as the parameter {name!r}{slashes}",
                origin,
                f"Write {{{name}}}: OpenAPI's paths have no other notation.",
            )
        for said in found.odd:
            self.diagnostics.warn(
                "path",
                f"{method} {path}: {said} looks like a parameter, and is sent as it stands",
                origin,
                f"Write {{{said.strip(':<>').rpartition(':')[2]}}}, and declare it with `in: path`.",
            )
        return found

    def _webhook(
        self,
        key: DeclId,
        name: str,
        expression: str,
        method: str,
        node: dict[str, Json],
        origin: Origin,
        layers: list[Found],
    ) -> Webhook:
        check_members(node, origin, "an operation", self.diagnostics)
        words = words_of(label(node.get("operationId")) or name)
        return Webhook(
            id=f"{name} {expression}" if expression else name,
            key=str(key),
            words=words,
            method=method,
            expression=expression,
            parameters=self._parameters.read(Owner(name, key, words), "", [*reversed(layers), (node, origin)], origin),
            body=self._body(key, words, node, origin),
            responses=tuple(self._responses(key, words, node, origin)),
            security=security.wanted(self._objects, node, origin) or (),
            docs=self._docs(node, origin),
            tags=self._tags(node, origin),
            origin=origin,
        )

    def _docs(self, node: dict[str, Json], origin: Origin) -> Docs:
        said = {k: v for k, v in node.items() if k in ("description", "deprecated", "x-deprecated-message")}
        return replace(view_of(self.document, (said, origin)).docs, summary=prose(node.get("summary")))

    def _tags(self, node: dict[str, Json], origin: Origin) -> tuple[str, ...]:
        return tuple(tag for said, _ in self._objects.listed(node, origin, "tags") if (tag := label(said)))

    def _hints(self, node: dict[str, Json], origin: Origin) -> Hints:
        stream, pages = node.get("x-polyport-stream"), node.get("x-polyport-pagination")
        return Hints(
            text(node.get("x-polyport-name")),
            stream=self._stream_hint(stream, origin.child("x-polyport-stream"))
            if isinstance(stream, dict)
            else (False if stream is False else None),
            pagination=pages if isinstance(pages, dict) else False if pages is False else None,
        )

    def _stream_hint(self, node: dict[str, Json], origin: Origin) -> StreamHint:
        event, terminator = node.get("event"), node.get("terminator")
        ref = event.get("$ref") if isinstance(event, dict) else None
        type = Ref(self.schemas.named(ref, origin.child("event", "$ref"))) if isinstance(ref, str) else None
        return StreamHint(text(node.get("selector")), type, terminator if isinstance(terminator, str) else None)

    def _id(self, node: dict[str, Json], method: str, path: str, origin: Origin) -> str:
        said = label(node.get("operationId"))
        id = said or "_".join((method.lower(), *(w for part in path.split("/") for w in words_of(part) if part)))
        if id in self._ids:
            number = 2
            while f"{id}{number}" in self._ids:
                number += 1
            self.diagnostics.warn(
                "duplicate-operation",
                f"the operationId {id!r} stands twice; this one becomes {id}{number}",
                origin,
                "Give it an id of its own.",
            )
            id = f"{id}{number}"
        self._ids.add(id)
        return id

    def _key(self, method: str, path: str, fixed: str, fragment: str) -> str:
        """The call's place: it stays when a path parameter is renamed, unless two paths differ by nothing else."""
        rest = (f"?{fixed}" if fixed else "") + (f"#{fragment}" if fragment else "")
        key = f"{method} {re.sub(r'{[^{}]*}', '{}', path)}{rest}"
        if key in self._keys:
            key = f"{method} {path}{rest}"
        whole, number = key, 2
        while key in self._keys:  # two paths that differ by a template only
            key, number = f"{whole} {number}", number + 1
        self._keys.add(key)
        return key

    # -- what it carries ---------------------------------------------------------------------------------------------

    def _takes_body(self, name: str, method: str, node: dict[str, Json], origin: Origin) -> bool:
        """Whether a call can carry a body. One of GET, HEAD or TRACE has no meaning (RFC 9110, 9.3), and most of what
        clients stand on cannot send it."""
        if method.upper() not in ("GET", "HEAD", "TRACE"):
            return True
        if node.get("requestBody") is not None:
            self.diagnostics.warn(
                "body-without-meaning",
                f"{name}: {method.upper()} has no body: it is left out",
                origin.child("requestBody"),
                "Use query parameters, POST, or QUERY of OpenAPI 3.2.",
            )
        return False

    def _body(self, base: DeclId, words: Words, node: dict[str, Json], origin: Origin) -> Body | None:
        if node.get("requestBody") is None:
            return None
        place = origin.child("requestBody")
        found = self._objects.at(node["requestBody"], place, "a request body")
        if found is None:
            return None
        body, where = found
        check_members(body, where, "a request body", self.diagnostics)
        own = Place(base.child("request"), (*words, "request"), ((*words, "request", "body"),))
        if where != place:  # it stands elsewhere, and its inline schemas are shared by all calls that refer to it
            id = DeclId(self.document.address(where))
            shared = ending(name_of(id), "request")
            own = Place(id, shared, ((*shared, "body"),))
        media = tuple(self._media.content(body, where, own, sent=True))
        if not media:
            self.diagnostics.warn(
                "malformed",
                "a request body without media types cannot be sent: it is left out",
                where,
                "Name its media type: content: {application/json: {schema: ...}}.",
            )
            return None
        name = text(body.get("x-body-name"))
        return Body(
            body.get("required") is True,
            media[0],
            media[1:],
            words=words_of(name) if name else ("body",),
            docs=Docs(description=prose(body.get("description"))),
        )

    def _responses(self, base: DeclId, words: Words, node: dict[str, Json], origin: Origin) -> Iterator[Response]:
        for said, answer, place in self._objects.mapping(node, origin, "responses", extensible=True):
            status = said if said == "default" else said.upper()
            if not _ANY_STATUS.fullmatch(status):
                self.diagnostics.warn(
                    "malformed", f"{said!r} is no status: the answer is left out", place, "Use 200, 2XX or default."
                )
                continue
            if status == "101":
                self.diagnostics.warn(
                    "websocket",
                    "the answer 101 changes to another protocol (WebSocket), which clients do not speak",
                    place,
                    "The call is made as any other; its upgrade is not.",
                )
            if answer is None:
                yield Response(status)
                continue
            found = self._objects.at(answer, place, f"the answer {said}")
            if found is None:
                continue
            response, where = found
            check_members(response, where, "an answer", self.diagnostics)
            if where != place:
                id = DeclId(self.document.address(where))
                name = name_of(id)
            else:
                id = base.child(said)
                name = words if status in ("200", "2XX", "default") else (*words, *words_of(said))
            name = ending(name, "response")
            own = Place(id, name, ((*name, "body"),))
            self._report_links(response, where)
            yield Response(
                status,
                tuple(self._media.content(response, where, own)),
                tuple(self._media.headers(response, where)),
                Docs(prose(response.get("summary")), prose(response.get("description"))),
            )

    def _report_links(self, response: dict[str, Json], origin: Origin) -> None:
        if links := [name for name, _, _ in self._objects.mapping(response, origin, "links")]:
            self.diagnostics.note(
                "links",
                f"{len(links)} links to other calls are not followed: {', '.join(links)}",
                origin.child("links"),
            )
