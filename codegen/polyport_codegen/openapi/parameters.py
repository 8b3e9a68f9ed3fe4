"""Parameters of calls: where they travel, how they are written, what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from ..diagnostics import Origin
from ..ir.model import Location, MediaKind, Parameter, Style
from ..ir.types import Const, DeclId, Kind, Primitive, Type
from ..ir.words import words_of
from ..values import Json, Words
from .described import description
from .media import MediaReader, media_kind
from .members import check_members
from .objects import Found, Objects
from .places import Place
from .pointers import name_of
from .schemas import SchemaBuilder
from .views import Located, docs_of, items_of, label, text, view_of

_STYLES = {
    Location.PATH: (Style.SIMPLE, Style.LABEL, Style.MATRIX),
    Location.QUERY: (Style.FORM, Style.SPACE_DELIMITED, Style.PIPE_DELIMITED, Style.DEEP_OBJECT),
    Location.HEADER: (Style.SIMPLE,),
    Location.COOKIE: (Style.FORM,),
}
#: Header parameters that OpenAPI ignores (3.1, Parameter Object): they are decided by bodies and security.
_IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})


@dataclass(frozen=True, slots=True)
class Owner:
    """The call that parameters belong to: how messages name it, its own place and its words, and which of its path
    parameters keep the slashes of their values."""

    name: str
    base: DeclId
    words: Words
    whole: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Given:
    """One parameter as it stands, and whether it stands elsewhere and is shared."""

    node: dict[str, Json]
    origin: Origin
    shared: bool


@dataclass(slots=True)
class ParameterReader:
    """Reads `parameters`; schemas are left to the SchemaBuilder."""

    objects: Objects
    schemas: SchemaBuilder
    media: MediaReader

    def named_in_paths(self, nodes: list[Found]) -> list[str]:
        """The names of the path parameters that these nodes declare, whatever else is wrong with them."""
        listed = [(said, n[1]) for n in nodes for said in items_of(n[0].get("parameters"))]
        found = [self.objects.document.resolve(said, origin.child("parameters"))[0] for said, origin in listed]
        names = [label(p.get("name")) for p in found if isinstance(p, dict) and p.get("in") == Location.PATH.value]
        return [name for name in names if name]

    def read(self, owner: Owner, path: str, nodes: list[Found], origin: Origin) -> tuple[Parameter, ...]:
        """All parameters of a call: those of the nodes (a path's before its operation's, which win), those that only
        the path names, and those that the path carries after a question mark."""
        path, _, fixed = path.partition("?")
        merged: dict[tuple[str, str], _Given] = {}
        for node, where in nodes:
            here: set[tuple[str, str]] = set()
            for said, place in self.objects.listed(node, where, "parameters"):
                found = self.objects.at(said, place, f"{owner.name}: a parameter")
                if found is None:
                    continue
                name = label(found[0].get("name"))
                if not name:
                    self.objects.diagnostics.warn(
                        "malformed", f"{owner.name}: a parameter has no name", found[1], "It is left out."
                    )
                    continue
                where_in = text(found[0].get("in"))
                # Header names have no case (RFC 9110, 5.1).
                key = where_in, name.lower() if where_in == "header" else name
                if key in here:
                    self.objects.diagnostics.warn(
                        "duplicate-parameter",
                        f"{owner.name}: the parameter {name!r} in {where_in} stands twice in one list",
                        place,
                        "The last one counts: remove one of the two.",
                    )
                here.add(key)
                merged[key] = _Given(*found, shared=found[1] != place)
        constants = _asked_for(path, fixed, merged, origin)
        if path:
            merged = {key: given for key, given in merged.items() if self._has_room(owner, path, *key, given.origin)}
        read = [p for given in merged.values() if (p := self._parameter(owner, given)) is not None]
        read += self._undeclared(owner, path, read, origin)
        return (*read, *constants)

    def _has_room(self, owner: Owner, path: str, location: str, name: str, origin: Origin) -> bool:
        """Whether a value of the parameter would go anywhere: a path parameter needs its name in the path."""
        if location != "path" or f"{{{name}}}" in path:
            return True
        self.objects.diagnostics.warn(
            "malformed",
            f"{owner.name}: the path has no {{{name}}}, which a parameter declares",
            origin,
            "It is left out: write {" + name + "} into the path.",
        )
        return False

    def _undeclared(self, owner: Owner, path: str, known: list[Parameter], origin: Origin) -> Iterator[Parameter]:
        names = {p.wire_name for p in known if p.location is Location.PATH}
        listed = re.findall(r"\{([^{}]+)\}", path)
        for name in dict.fromkeys(listed):
            if listed.count(name) > 1:
                self.objects.diagnostics.warn(
                    "repeated-path-parameter",
                    f"{owner.name}: the path has {{{name}}} twice, with one value",
                    origin,
                    "Name one of them otherwise.",
                )
            if name not in names:
                self.objects.diagnostics.warn(
                    "undeclared-path-parameter",
                    f"{owner.name}: the path has {{{name}}}, which no parameter declares",
                    origin,
                    "It is taken as a required string.",
                )
                type = Primitive(Kind.STRING)
                whole = name in owner.whole
                yield Parameter(
                    Location.PATH, name, words_of(name), type, True, Style.SIMPLE, False, whole, origin=origin
                )

    def _parameter(self, owner: Owner, given: _Given) -> Parameter | None:
        node, origin = given.node, given.origin
        check_members(node, origin, "a parameter", self.objects.diagnostics)
        name = label(node.get("name"))
        try:
            location = Location(text(node.get("in")))
        except ValueError:
            self.objects.diagnostics.warn(
                "parameter-location",
                f"{owner.name}: the parameter {name!r} is in {node.get('in')!r}",
                origin.child("in"),
                "It is left out: a parameter is in path, query, header or cookie.",
            )
            return None
        if location is Location.HEADER and name.lower() in _IGNORED_HEADERS:
            self.objects.diagnostics.note(
                "ignored-header",
                f"{owner.name}: {name} is no parameter, as OpenAPI has it",
                origin,
                "Media types and security schemes say what it is; any header can be given as an extra one.",
            )
            return None
        if node.get("allowEmptyValue") is True:
            self.objects.diagnostics.note(
                "empty-value",
                f"{owner.name}: {name!r} may be empty: only a text can be given so",
                origin.child("allowEmptyValue"),
            )
        place = self._place(owner, given, location, name)
        schema, style, explode = self._form(owner, node, origin, location)
        type: Type = Primitive(Kind.STRING) if schema is None else self.schemas.type_of(schema, place)
        default: Json = None
        if schema is not None and isinstance(schema[0], dict):
            default = view_of(self.objects.document, schema).scalars.get("default")
        docs = docs_of({k: v for k, v in node.items() if k in ("description", "deprecated")})
        docs = replace(docs, examples=self.media.examples(node, origin))
        if not docs.description and schema is not None:
            docs = replace(docs, description=description(self.objects.document, schema))
        return Parameter(
            location,
            name,
            words_of(name),
            type,
            location is Location.PATH or node.get("required") is True,
            style,
            explode,
            self._keeps_reserved(owner, node, origin, location, style)
            or (location is Location.PATH and name in owner.whole),
            default,
            docs,
            origin,
        )

    def _keeps_reserved(
        self, owner: Owner, node: dict[str, Json], origin: Origin, location: Location, style: Style
    ) -> bool:
        """Whether reserved characters stay as they are, which only the styles of a query can do (OpenAPI 3.1)."""
        said = node.get("allowReserved") is True
        if said and (location is not Location.QUERY or style is Style.JSON):
            self.objects.diagnostics.note(
                "ignored",
                f"{owner.name}: allowReserved of {text(node.get('name'))!r} counts for styles of a query only",
                origin.child("allowReserved"),
            )
            return False
        return said

    def _place(self, owner: Owner, given: _Given, location: Location, name: str) -> Place:
        """Where an inline schema of the parameter stands: a shared parameter has one type for all its calls."""
        if given.shared:
            id = DeclId(self.objects.document.address(given.origin))
            words = name_of(id)
            return Place(id, words, ((*words, "parameter"), (location.value, *words, "parameter")))
        words = (*owner.words, *words_of(name))
        return Place(owner.base.child(location.value, name), words, ((*words, "parameter"),))

    def _form(
        self, owner: Owner, node: dict[str, Json], origin: Origin, location: Location
    ) -> tuple[Located | None, Style, bool]:
        """The schema, style and explode. No schema: the value is text in a notation of its own (`text/csv`)."""
        content = node.get("content")
        if isinstance(content, dict) and content:
            content_type, said = next(iter(content.items()))
            if "schema" in node or len(content) > 1:
                what = "both `schema` and `content`" if "schema" in node else "several media types"
                self.objects.diagnostics.warn(
                    "malformed",
                    f"{owner.name}: {text(node.get('name'))!r} has {what}",
                    origin.child("content"),
                    f"It is sent as {content_type}: leave one of them.",
                )
            found = self.objects.at(said, origin.child("content", content_type), f"{owner.name}: {content_type}")
            value, where = found or ({}, origin)
            if media_kind(content_type) is MediaKind.JSON:
                return (value.get("schema", True), where.child("schema")), Style.JSON, False
            self.objects.diagnostics.note(
                "raw-media",
                f"{owner.name}: {text(node.get('name'))!r} is {content_type}: it is given as text, ready to be sent",
                where,
            )
            return None, _STYLES[location][0], False
        if "schema" not in node:
            self.objects.diagnostics.warn(
                "malformed",
                f"{owner.name}: {text(node.get('name'))!r} has no schema: it is any JSON value",
                origin,
                "Write schema: {type: ...}; `type` beside `in` is of Swagger 2.0."
                if "type" in node
                else "Give it one.",
            )
        style, explode = self._style(node, location, origin)
        return (node.get("schema", True), origin.child("schema")), style, explode

    def _style(self, node: dict[str, Json], location: Location, origin: Origin) -> tuple[Style, bool]:
        said = text(node.get("style"))
        style = next((s for s in _STYLES[location] if s.value == said), _STYLES[location][0])
        if said and said != style.value and not (location is Location.COOKIE and said == "cookie"):
            self.objects.diagnostics.warn(
                "parameter-style",
                f"the style {said!r} is none of a {location.value} parameter",
                origin.child("style"),
                f"{style.value!r} is used.",
            )
        explode = node.get("explode")
        return style, explode if isinstance(explode, bool) else style is Style.FORM


def _asked_for(path: str, query: str, merged: dict[tuple[str, str], _Given], origin: Origin) -> list[Parameter]:
    """What a path carries after its question mark: constants that are sent by themselves (`/responses?beta=true`).
    A value in braces (`/history?city={city}`) is asked for, and becomes a query parameter in `merged`."""
    constants: list[Parameter] = []
    for name, value in parse_qsl(query, keep_blank_values=True):
        slot = re.fullmatch(r"\{([^{}]+)\}", value)
        if slot is None:
            merged.pop(("query", name), None)  # declared once more, it would be sent twice
            constants.append(
                Parameter(Location.QUERY, name, words_of(name), Const(value), True, Style.FORM, True, origin=origin)
            )
            continue
        plain = _Given({"schema": {"type": "string"}}, origin, shared=False)
        given = merged.get(("path", slot[1]), plain)
        if slot[0] not in path:
            merged.pop(("path", slot[1]), None)
        said = {key: value for key, value in given.node.items() if key != "style"}
        there = replace(given, node={**said, "name": name, "in": "query", "required": True})
        merged.setdefault(("query", name), there)
    return constants
