"""Schemas to types: named schemas become declarations, inline structure is promoted and named by its place.

Normalised on the way, since they mean the same in every language: null among the types or choices becomes `Nullable`, a
choice with one member is that member, a string beside string values is an open enum, branches that only validate
disappear, a choice beside members is a choice of merged objects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..diagnostics import Diagnostics, Origin
from ..ir.types import (
    AliasDecl,
    AnyJson,
    Decl,
    DeclId,
    Docs,
    Field,
    Kind,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Ref,
    Type,
    UnionDecl,
    Variant,
)
from ..ir.words import words_of
from ..load.document import Document
from ..values import Json
from .described import description, says
from .enums import constant, enum
from .inheritance import Families, heads_family
from .keywords import UNCHECKED, check
from .meeting import Finding, is_null, settle
from .places import Place, distinct, end_of, plain_ref
from .pointers import names_of
from .unions import choose, family, left_out, real_branches
from .views import Key, Located, View, docs_of, extend, scalars, text, view_of

_MAX_DEPTH = 60
_TYPES = frozenset({"string", "integer", "number", "boolean", "array", "object", "null", "file"})


@dataclass(slots=True)
class SchemaBuilder:
    """Collects declarations while expressions are asked for."""

    document: Document
    diagnostics: Diagnostics
    decls: dict[DeclId, Decl] = field(default_factory=dict)
    _ids: dict[Origin, DeclId] = field(default_factory=dict)
    _places: dict[DeclId, Located] = field(default_factory=dict)
    _nullable: dict[DeclId, bool] = field(default_factory=dict)
    _asked: set[Origin] = field(default_factory=set)
    _todo: list[DeclId] = field(default_factory=list)
    #: What is being built, so that what contains itself refers to itself; and what was merged of several schemas.
    _open: dict[Key, DeclId] = field(default_factory=dict)
    _open_at: dict[Origin, DeclId] = field(default_factory=dict)
    _merged: dict[Key, Type] = field(default_factory=dict)
    _met: set[DeclId] = field(default_factory=set)
    _checked: set[Origin] = field(default_factory=set)
    _found: set[Finding] = field(default_factory=set)
    families: Families = field(init=False)

    def __post_init__(self) -> None:
        self.families = Families(self.document)

    def add_components(self) -> None:
        """Give every named schema of the root document its own name, in the order of the document."""
        components = self.document.tree.get("components")
        schemas = components.get("schemas") if isinstance(components, dict) else None
        base = self.document.origin.child("components", "schemas")
        for name, node in (schemas or {}).items() if isinstance(schemas, dict) else ():
            origin = base.child(name)
            id = self._name(origin, node)
            target, end = end_of(self.document, (node, origin))
            if end.file != self.document.root and end not in self._ids:
                self._ids[end] = id  # the file beside the root is where it is written, the root is where it is named
                self._places[id] = (target, end)

    def _name(self, origin: Origin, node: Json) -> DeclId:
        id = DeclId(self.document.address(origin))
        self._ids[origin] = id
        self._places[id] = (node, origin)
        self._todo.append(id)
        return id

    def finish(self) -> None:
        """Build every named declaration that was asked for and has not been built yet."""
        while self._todo:
            id = self._todo.pop(0)
            node, origin = self._places[id]
            words, *longer = names_of(id)
            place = Place(id, words, (*longer, (*words, "model")), inline=False)
            view = view_of(self.document, (node, origin))
            type = self._alias(node, origin, place) or self.structure(view, place)
            if type == Ref(id) and id not in self.decls:
                type = self._endless(origin)
            if type != Ref(id):
                self.decls[id] = AliasDecl(id, words, type, view.docs, context=place.context, origin=origin)

    def _alias(self, node: Json, origin: Origin, place: Place) -> Type | None:
        """`A: {$ref: B}` and `A: {allOf: [{$ref: B}]}` with nothing beside them: another name for B."""
        ref = plain_ref((node, origin))
        if ref is None or (isinstance(node, dict) and "allOf" in node and self._is_head(self.document.follow(*ref))):
            return None
        seen = {origin}
        target: tuple[str, Origin] | None = ref
        while target is not None:  # only names for each other, in a circle
            located = self.document.follow(*target)
            if located[1] in seen:
                return self._endless(origin)
            seen.add(located[1])
            target = plain_ref(located)
        named = self.named(*ref)
        return self._endless(origin) if named == place.id else Ref(named)

    def _is_head(self, located: Located) -> bool:
        """Whether schemas that build on this one are variants of it, even those that add nothing."""
        return isinstance(located[0], dict) and heads_family(view_of(self.document, located))

    def _endless(self, origin: Origin) -> Type:
        self.diagnostics.warn(
            "circular-ref",
            "the schema is only a reference that leads back to itself",
            origin,
            "Say what it is; until then it is any JSON value.",
        )
        return AnyJson("refers only to itself")

    def named(self, ref: str, origin: Origin) -> DeclId:
        """The id of the declaration that a `$ref` names."""
        node, target = self.document.follow(ref, origin)
        if target not in self._ids:
            if (inside := self._open_at.get(target)) is not None:
                self._places.setdefault(inside, (node, target))
                self._met.add(inside)
                return inside
            node, target = end_of(self.document, (node, target))
        if target not in self._ids:
            self._name(target, node)
        return self._ids[target]

    def view_of_decl(self, id: DeclId) -> View:
        """The schema of a named declaration; an empty one for what is inline."""
        return view_of(self.document, self._places.get(id, ({}, Origin(self.document.root))))

    def is_nullable(self, id: DeclId) -> bool:
        """Whether null is one of the values of a named schema: its uses are then nullable."""
        if id not in self._nullable:
            self._nullable[id] = False  # ends circles
            view = view_of(self.document, self._places[id])
            self._nullable[id] = self._takes_null(view)
        return self._nullable[id]

    def _takes_null(self, view: View) -> bool:
        if view.null or view.const == [None]:
            return True
        if view.enum is not None and None in view.enum:
            return True
        return any(self._is_null(b) for choice in view.choices for b in choice)

    def _is_null(self, branch: Located) -> bool:
        ref = plain_ref(branch)
        if ref is not None:
            return self.is_nullable(self.named(*ref))
        node = branch[0]
        return is_null(node) or (
            isinstance(node, dict)
            and bool({"type", "enum", "anyOf", "oneOf"} & node.keys())
            and self._takes_null_there(branch)
        )

    def _takes_null_there(self, branch: Located) -> bool:
        if branch[1] in self._asked:  # a choice that is made of the schema around it
            return False
        self._asked.add(branch[1])
        found = self._takes_null(view_of(self.document, branch))
        self._asked.discard(branch[1])
        return found

    # -- expressions -------------------------------------------------------------------------------------------------

    def type_of(self, located: Located, place: Place) -> Type:
        """The type of the schema as used at a place."""
        node = located[0]
        ref = plain_ref(located)
        if ref is not None:
            id = self.named(*ref)
            return Nullable(Ref(id)) if self.is_nullable(id) else Ref(id)
        if not isinstance(node, dict):
            return self._no_object(node, located[1])
        if (
            named := self._ids.get(located[1])
        ) is not None and named != place.id:  # something refers to what stands here
            return Nullable(Ref(named)) if self.is_nullable(named) else Ref(named)
        return self.type_of_view(view_of(self.document, located), place)

    def _no_object(self, node: Json, origin: Origin) -> Type:
        if node is True:
            return AnyJson()
        if node is False:
            self.diagnostics.note("unchecked", "that nothing may stand here is not checked", origin)
            return AnyJson("the schema allows nothing")
        self.diagnostics.warn("malformed", "this is no schema", origin, "It is any JSON value: write an object.")
        return AnyJson("not a schema")

    def type_of_parts(self, parts: Sequence[Located], place: Place) -> Type:
        """The type of several schemas that must all hold (a member given in more than one part of an `allOf`)."""
        parts = distinct(self.document, parts)
        if len(parts) == 1:
            return self.type_of(parts[0], place)
        view = View(parts[-1][1])
        for part in parts:
            extend(self.document, view, part)
        return self.type_of_view(view, place)

    def type_of_view(self, view: View, place: Place) -> Type:
        """The type of a merged schema, with its null."""
        type = self.structure(view, place)
        if self._takes_null(view) and not isinstance(type, AnyJson | Nullable):
            return Nullable(type)
        return type

    def structure(self, view: View, place: Place) -> Type:
        """The type without its null. What is merged of the same schemas at two places is one type, the first one's; what
        comes up within itself is a reference to itself."""
        self.inspect(view)
        if not (view.properties or view.items or view.additional or view.choices):
            return self._shape(view, place)
        key = view.key
        if place.inline and (known := self._merged.get(key)) is not None:
            return known
        if (inside := self._open.get(key)) is not None:
            self._met.add(inside)
            return Ref(inside)
        self._open[key] = place.id
        outermost = view.origin not in self._open_at
        self._open_at.setdefault(view.origin, place.id)
        type = self._shape(view, place)
        del self._open[key]
        if outermost:
            del self._open_at[view.origin]
        if place.inline and place.id in self._met and type != Ref(place.id):
            self.put(AliasDecl(place.id, place.words, type, context=place.context, inline=True, origin=view.origin))
            type = Ref(place.id)
        if view.referred:
            self._merged[key] = type
        return type

    def inspect(self, view: View) -> None:
        """Tell once what of a schema is not read, and where it contradicts itself."""
        for origin, node in view.merged.items():
            if origin not in self._checked:
                self._checked.add(origin)
                check(node, origin, self.diagnostics)
        settle(view)
        for finding in view.findings:
            if finding not in self._found:
                self._found.add(finding)
                if finding.code == "unchecked":
                    self.diagnostics.note(finding.code, finding.message, finding.origin, finding.hint)
                else:
                    self.diagnostics.warn(finding.code, finding.message, finding.origin, finding.hint)

    def _shape(self, view: View, place: Place) -> Type:
        if place.depth > _MAX_DEPTH:
            self.diagnostics.warn(
                "too-deep", f"inline schemas nest more than {_MAX_DEPTH} deep", view.origin, "Name one of them."
            )
            return AnyJson("nested too deep")
        if view.const:
            return constant(view, view.const[0], self.diagnostics)
        if view.enum is not None and not self._is_of_items(view, view.enum):
            return self.put_type(enum(view, view.enum, place, self.diagnostics))
        members = bool(view.properties or view.additional) or view.types == frozenset({"object"})
        choices = [c for choice in view.choices if (c := real_branches(self.document, choice, members))]
        for origin in left_out(view.choices, choices):
            self.diagnostics.note("unchecked", "which members must be there together is not checked", origin)
        if choices:
            return choose(self, view, choices, place)
        return family(self, view, place) or self.plain(view, place)

    def _is_of_items(self, view: View, values: list[Json]) -> bool:
        """Whether an `enum` beside an array lists no arrays: it is meant for the items, and left out with a word."""
        real = [value for value in values if value is not None]
        if view.types != frozenset({"array"}) or not real or any(isinstance(value, list) for value in real):
            return False
        self.diagnostics.warn(
            "malformed",
            "an `enum` beside `type: array` lists values that are no arrays, and is not read",
            view.origin,
            "Move it into `items`.",
        )
        return True

    def put_type(self, found: Type | Decl) -> Type:
        """An expression itself; a declaration is kept, and referred to."""
        if isinstance(found, Decl):
            self.put(found)
            return Ref(found.id)
        return found

    def put(self, decl: Decl) -> None:
        """Keep a declaration."""
        self.decls[decl.id] = decl

    # -- plain types -------------------------------------------------------------------------------------------------

    def plain(self, view: View, place: Place) -> Type:
        """The type of a schema as its own keywords say it, without choices."""
        types = self._known(view) if view.types else self._implied(view)
        if len(types) > 1:
            return self._several(view, sorted(types), place)
        kind = next(iter(types), "")
        if kind == "file":  # of Swagger 2.0, still written
            return Primitive(Kind.STRING, "binary")
        if kind in ("string", "integer", "number", "boolean"):
            return Primitive(Kind(kind), self._format(view), view.constraints)
        if kind == "array":
            return self._list(view, place)
        if kind == "object":
            return self._object(view, place)
        if view.endless:
            return self._endless(view.origin)
        if view.types:
            return AnyJson("of an unknown type")
        if view.null:
            return AnyJson("null only")
        left = sorted(view.keywords & UNCHECKED.keys())
        return AnyJson(f"only {left[0]}" if left else "")

    def _known(self, view: View) -> frozenset[str]:
        """The types of a schema that there are; others are reported."""
        known = frozenset(view.types or ()) & _TYPES
        for name in sorted(frozenset(view.types or ()) - known):
            self.diagnostics.warn(
                "unknown-type", f"there is no type {name!r}", view.origin, f"Use one of {', '.join(sorted(_TYPES))}."
            )
        return known

    def _format(self, view: View) -> str:
        if view.scalars.get("contentEncoding") in ("base64", "base64url"):
            return "byte"
        format = text(view.scalars.get("format"))
        if "contentMediaType" in view.scalars and not view.scalars.get("contentEncoding"):
            if format in ("byte", "base64"):  # said in the word of 3.0, or of pydantic
                return "byte"
            return "binary" if view.scalars["contentMediaType"] != "application/json" else ""
        return format

    def _implied(self, view: View) -> frozenset[str]:
        if view.properties or view.required or view.additional or "additionalProperties" in view.keywords:
            return frozenset({"object"})
        if view.items or view.prefix:
            return frozenset({"array"})
        if view.keywords & {"minLength", "maxLength", "pattern", "format"} and not view.keywords & {
            "minimum",
            "maximum",
        }:
            return frozenset({"string"})
        if view.keywords & {"minimum", "maximum", "multipleOf"}:
            return frozenset({"number"})
        return frozenset()

    def _several(self, view: View, types: list[str], place: Place) -> Type:
        if set(types) == {"integer", "number"}:
            return Primitive(Kind.NUMBER, text(view.scalars.get("format")), view.constraints)
        if len(types) >= 6 or set(types) >= {"string", "number", "boolean", "object", "array"}:
            return AnyJson()
        variants = []
        for kind in types:
            one = view.copy(choices=[])
            one.types = frozenset({kind})
            word = {"array": "list"}.get(kind, kind)
            variants.append(Variant((word,), self.plain(one, place.below(f"|{kind}", (word,)))))
        self.put(
            UnionDecl(
                place.id,
                place.words,
                tuple(variants),
                docs=view.docs,
                context=place.context,
                inline=place.inline,
                origin=view.origin,
            )
        )
        return Ref(place.id)

    def _list(self, view: View, place: Place) -> Type:
        if view.prefix:
            rest = [node for node, _ in view.items if node is not False]
            most = view.constraints.max_items
            ends = bool(view.items) or (most is not None and most <= len(view.prefix))
            if not ends or any(node != view.prefix[0][0] for node in (*(node for node, _ in view.prefix), *rest)):
                self.diagnostics.warn(
                    "tuple",
                    "prefixItems gives each position a type of its own",
                    view.origin,
                    "Items are any JSON value.",
                )
                return ListOf(AnyJson("tuple"), view.constraints)
            return ListOf(self.type_of(view.prefix[0], place.item("[]")), view.constraints)
        if not view.items:
            return ListOf(AnyJson(), view.constraints)
        return ListOf(self.type_of_parts(view.items, place.item("[]")), view.constraints)

    def _object(self, view: View, place: Place) -> Type:
        if not view.properties:
            if view.additional:
                return MapOf(self.type_of_parts(view.additional, place.item("{}", "value")))
            if not view.closed and not view.required:
                return MapOf(AnyJson())
            for name in view.required:  # of such an object nothing else is known
                view.properties[name] = [(True, view.origin.child("required"))]
        if place.id in self.decls:  # the same place met twice, through a circle of inline parts
            return Ref(place.id)
        for name in [name for name, parts in view.properties.items() if any(part is False for part, _ in parts)]:
            where = next(origin for part, origin in view.properties.pop(name) if part is False)
            self.diagnostics.note("unchecked", f"that there is no member {name!r} is not checked", where)
            view.required.pop(name, None)
        self.put(ObjectDecl(place.id, place.words, ()))
        fields = tuple(
            self._field(name, parts, name in view.required, place) for name, parts in view.properties.items()
        )
        additional = self.type_of_parts(view.additional, place.item("{}", "value")) if view.additional else None
        forbidden = view.closed and not view.additional and "patternProperties" not in view.keywords
        for name in view.required:
            if name not in view.properties and forbidden:
                self.diagnostics.warn(
                    "contradiction",
                    f"the member {name!r} is required, and additionalProperties: false forbids it",
                    view.origin,
                    "Correct one of them, or add it to the properties: until then clients know no such member.",
                )
            elif name not in view.properties:
                self.diagnostics.note(
                    "required-undefined", f"the required member {name!r} is not among the properties", view.origin
                )
        self.put(
            ObjectDecl(
                place.id,
                place.words,
                fields,
                additional,
                view.docs,
                context=place.context,
                inline=place.inline,
                origin=view.origin,
                closed=forbidden,
            )
        )
        return Ref(place.id)

    def _described(self, docs: Docs, parts: list[Located]) -> Docs:
        """The docs of a member, with what its type says where the member says nothing."""
        if docs.description:
            return docs
        said = (description(self.document, part) for part in reversed(parts))
        found = next((text for text in said if text), "")
        return replace(docs, description=found) if found else docs

    def _default(self, parts: Sequence[Located]) -> Json:
        """The default of a member, as its type has it."""
        view = View(parts[-1][1])
        for part in parts:
            extend(self.document, view, part)
        self.inspect(view)
        return view.scalars.get("default")

    def _field(self, name: str, parts: list[Located], required: bool, parent: Place) -> Field:
        words = words_of(name)
        type = self.type_of_parts(parts, parent.below(f".{name}", words))
        here: dict[str, Json] = {}
        for node, _ in parts:
            if isinstance(node, dict):  # what the member says itself, not what its type says
                here |= scalars(node)
        return Field(
            name,
            words,
            type,
            required,
            self._described(docs_of(here), parts),
            self._default(parts) if "default" in here else None,
            says(self.document, parts, "readOnly"),
            says(self.document, parts, "writeOnly"),
            parts[-1][1],
        )
