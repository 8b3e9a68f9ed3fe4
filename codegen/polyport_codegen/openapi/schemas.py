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
    Const,
    Decl,
    DeclId,
    Docs,
    EnumDecl,
    EnumMember,
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
from ..values import Json, Words
from .choices import merge_scalars
from .described import description
from .inheritance import discriminator
from .places import Place, name_of, plain_ref
from .views import Located, View, extend, is_validation_only, keywords, text, view_of

_MAX_DEPTH = 60


@dataclass(slots=True)
class SchemaBuilder:
    """Collects declarations while expressions are asked for."""

    document: Document
    diagnostics: Diagnostics
    decls: dict[DeclId, Decl] = field(default_factory=dict)
    _ids: dict[Origin, DeclId] = field(default_factory=dict)
    _places: dict[DeclId, Located] = field(default_factory=dict)
    _nullable: dict[DeclId, bool] = field(default_factory=dict)
    _todo: list[DeclId] = field(default_factory=list)
    _enums: dict[DeclId, bool] = field(default_factory=dict)

    def add_components(self) -> None:
        """Give every named schema of the root document its own name, in the order of the document."""
        components = self.document.tree.get("components")
        schemas = components.get("schemas") if isinstance(components, dict) else None
        base = self.document.origin.child("components", "schemas")
        for name, node in (schemas or {}).items() if isinstance(schemas, dict) else ():
            origin = base.child(name)
            id = self._name(origin, node)
            target, end = self.document.resolve(node, origin)
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
            words = name_of(id)
            place = Place(id, words, ((*words, "model"),), inline=False)
            view = view_of(self.document, (node, origin))
            type = self._alias(node, origin, place) or self._structure(view, place)
            if type != Ref(id):
                self.decls[id] = AliasDecl(id, words, type, view.docs, context=place.context, origin=origin)

    def _alias(self, node: Json, origin: Origin, place: Place) -> Type | None:
        """`A: {$ref: B}` and `A: {allOf: [{$ref: B}]}` with nothing beside them: another name for B."""
        ref = plain_ref((node, origin))
        if ref is None:
            return None
        named = self.named(*ref)
        return None if named == place.id else Ref(named)

    def named(self, ref: str, origin: Origin) -> DeclId:
        """The id of the declaration that a `$ref` names."""
        node, target = self.document.follow(ref, origin)
        while target not in self._ids and isinstance(node, dict) and set(node) == {"$ref"}:
            node, target = self.document.follow(str(node["$ref"]), target.child("$ref"))
        if target not in self._ids:
            self._name(target, node)
        return self._ids[target]

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
        return isinstance(node, dict) and (
            node.get("type") == "null"
            or node.get("type") == ["null"]
            or node.get("enum") == [None]
            or ("const" in node and node["const"] is None)
            or (
                bool({"type", "enum", "anyOf", "oneOf"} & node.keys())
                and self._takes_null(view_of(self.document, branch))
            )
        )

    # -- expressions -------------------------------------------------------------------------------------------------

    def type_of(self, located: Located, place: Place) -> Type:
        """The type of the schema as used at a place."""
        node = located[0]
        ref = plain_ref(located)
        if ref is not None:
            id = self.named(*ref)
            return Nullable(Ref(id)) if self.is_nullable(id) else Ref(id)
        if not isinstance(node, dict):
            return (
                AnyJson() if node is True else AnyJson("the schema allows nothing" if node is False else "not a schema")
            )
        return self.type_of_view(view_of(self.document, located), place)

    def type_of_parts(self, parts: Sequence[Located], place: Place) -> Type:
        """The type of several schemas that must all hold (a member given in more than one part of an `allOf`)."""
        if len(parts) == 1:
            return self.type_of(parts[0], place)
        view = View(parts[-1][1])
        for part in parts:
            extend(self.document, view, part)
        return self.type_of_view(view, place)

    def type_of_view(self, view: View, place: Place) -> Type:
        """The type of a merged schema, with its null."""
        type = self._structure(view, place)
        if self._takes_null(view) and not isinstance(type, AnyJson | Nullable):
            return Nullable(type)
        return type

    def _structure(self, view: View, place: Place) -> Type:
        if place.depth > _MAX_DEPTH:
            self.diagnostics.warn(
                "too-deep", f"inline schemas nest more than {_MAX_DEPTH} deep", view.origin, "Name one of them."
            )
            return AnyJson("nested too deep")
        if view.const:
            return self._const(view, view.const[0])
        if view.enum is not None:
            return self._enum(view, view.enum, place)
        members = bool(view.properties or view.additional) or view.types == frozenset({"object"})
        choices = [c for choice in view.choices if (c := self._real_branches(choice, members))]
        if choices:
            return self._choice(view, choices, place)
        return self._plain(view, place)

    def _const(self, view: View, value: Json) -> Type:
        if isinstance(value, str | int | float):
            return Const(value)
        if value is not None:
            self.diagnostics.warn("const", "a const that is an object or array is not checked", view.origin)
        return AnyJson("null only" if value is None else "const of a structure")

    def _enum(self, view: View, values: list[Json], place: Place) -> Type:
        known = [v for v in values if v is not None]
        if not known:
            return AnyJson("null only")
        if all(isinstance(v, bool) for v in known):
            return Const(known[0]) if len(set(map(bool, known))) == 1 else Primitive(Kind.BOOLEAN)  # type: ignore[arg-type]
        if len(known) == 1 and place.inline and isinstance(known[0], str | int | float):
            return Const(known[0])
        if all(isinstance(v, str) for v in known):
            kind = Kind.STRING
        elif all(isinstance(v, int | float) and not isinstance(v, bool) for v in known):
            kind = Kind.INTEGER if all(isinstance(v, int) for v in known) else Kind.NUMBER
        else:
            self.diagnostics.warn(
                "mixed-enum", "an enum with values of several types", view.origin, "It is used as any JSON value."
            )
            return AnyJson("enum of several types")
        return self._add_enum(view, kind, known, place)

    def _add_enum(self, view: View, kind: Kind, values: Sequence[Json], place: Place) -> Type:
        names, about = view.scalars.get("x-enum-varnames"), view.scalars.get("x-enum-descriptions")
        members = []
        for index, value in enumerate(dict.fromkeys(v for v in values if isinstance(v, str | int | float))):
            name = names[index] if isinstance(names, list) and index < len(names) else None
            member = replace(EnumMember(value, words_of(text(name) or str(value))))
            if isinstance(about, list) and index < len(about):
                member = replace(member, docs=replace(member.docs, description=text(about[index])))
            members.append(member)
        self._put(
            EnumDecl(
                place.id,
                place.words,
                kind,
                tuple(members),
                view.scalars.get("default"),
                view.docs,
                context=place.context,
                inline=place.inline,
                origin=view.origin,
            )
        )
        return Ref(place.id)

    def _put(self, decl: Decl) -> None:
        self.decls[decl.id] = decl

    # -- choices -----------------------------------------------------------------------------------------------------

    def _real_branches(self, choice: list[Located], members: bool) -> list[Located]:
        """The branches that give shape. What only says which members must be there does, unless the schema beside the
        choice has the members, or all branches only say that."""
        kept = [b for b in choice if not self._only_null(b)]
        if members or all(is_validation_only(b[0]) for b in kept):
            kept = [b for b in kept if not is_validation_only(b[0])]
        flat: list[Located] = []
        for node, origin in kept:
            inner = next((k for k in ("oneOf", "anyOf") if keywords(node) == {k}), None)
            if (
                inner
                and isinstance(node, dict)
                and isinstance(branches := node[inner], list)
                and "discriminator" not in node
            ):
                flat.extend(self._real_branches([(b, origin.child(inner, i)) for i, b in enumerate(branches)], members))
            else:
                flat.append((node, origin))
        return flat

    def _only_null(self, branch: Located) -> bool:
        node = branch[0]
        return isinstance(node, dict) and (
            node.get("type") in ("null", ["null"])
            or node.get("enum") == [None]
            or ("const" in node and node["const"] is None)
        )

    def _choice(self, view: View, choices: list[list[Located]], place: Place) -> Type:
        branches, *others = choices
        base = view.copy(choices=others)
        merged = bool(view.has_shape or others)
        if others and any(len(c) > 1 for c in others):
            self.diagnostics.warn(
                "two-choices",
                "oneOf and anyOf, or several in an allOf, on one schema",
                view.origin,
                "Every branch of the first is combined with the second.",
            )
        if len(branches) == 1:
            if not merged:
                return self._strip(self.type_of(branches[0], replace(place, depth=place.depth + 1)))
            extend(self.document, base, branches[0])
            return self._strip(self._structure(base, replace(place, depth=place.depth + 1)))
        if not merged and (scalar := merge_scalars(self.document, branches)) is not None:
            kind, values = scalar
            if not values:
                return Primitive(kind, text(view.scalars.get("format")), view.constraints)
            only = next((self.named(*r) for b in branches if (r := plain_ref(b)) is not None), None)
            if only is not None and len([b for b in branches if keywords(b[0]) != {"type"}]) == 1:
                return Ref(only)
            return self._add_enum(view, kind, values, place)
        variants: list[Variant] = []
        for index, branch in enumerate(branches):
            words = self._branch_words(branch, index)
            below = replace(place.below(f"|{index}", words), inline=True)
            if merged:
                one = base.copy(choices=others)
                extend(self.document, one, branch)
                type = self._structure(one, below)
            else:
                type = self.type_of(branch, below)
            type = self._strip(type)
            if isinstance(type, AnyJson) and not type.reason:
                return type  # one of the choices allows anything
            if all(v.type != type for v in variants):
                variants.append(Variant(words, type))
        if any(isinstance(v.type, Primitive) and v.type.kind is Kind.NUMBER for v in variants):
            variants = [v for v in variants if not (isinstance(v.type, Primitive) and v.type.kind is Kind.INTEGER)]
        if len(variants) == 1:
            return variants[0].type
        self._put(
            UnionDecl(
                place.id,
                place.words,
                tuple(variants),
                discriminator=discriminator(self.document, view, self.named, self.diagnostics),
                docs=view.docs,
                context=place.context,
                inline=place.inline,
                origin=view.origin,
            )
        )
        return Ref(place.id)

    def _strip(self, type: Type) -> Type:
        return type.inner if isinstance(type, Nullable) else type

    def _branch_words(self, branch: Located, index: int) -> Words:
        ref = plain_ref(branch)
        if ref is not None:
            return name_of(self.named(*ref))
        node = branch[0]
        if isinstance(node, dict):
            if title := text(node.get("title")):
                found = words_of(title)
                if len(found) <= 4:
                    return found
            view = view_of(self.document, branch)
            for parts in view.properties.values():
                value = view_of(self.document, parts[-1])
                tag = value.const or (value.enum if value.enum and len(value.enum) == 1 else [])
                if tag and isinstance(tag[0], str):
                    return words_of(tag[0])
            if isinstance(kind := node.get("type"), str):
                return ("list",) if kind == "array" else (kind,)
            if view.properties:
                return ("object",)
        return ("variant", str(index + 1))

    # -- plain types -------------------------------------------------------------------------------------------------

    def _plain(self, view: View, place: Place) -> Type:
        types = view.types or self._implied(view)
        if len(types) > 1:
            return self._several(view, sorted(types), place)
        kind = next(iter(types), "")
        if kind in ("string", "integer", "number", "boolean"):
            return Primitive(Kind(kind), self._format(view), view.constraints)
        if kind == "array":
            return self._list(view, place)
        if kind == "object":
            return self._object(view, place)
        if "null" in view.keywords or (view.null and not types):
            return AnyJson("null only")
        left = view.keywords & {"if", "then", "else", "prefixItems", "dependentSchemas"}
        if left:
            self.diagnostics.warn(
                "unsupported",
                f"the keyword {sorted(left)[0]!r} alone gives no shape",
                view.origin,
                "It is used as any JSON value.",
            )
            return AnyJson(f"only {sorted(left)[0]}")
        return AnyJson()

    def _format(self, view: View) -> str:
        if view.scalars.get("contentEncoding") in ("base64", "base64url"):
            return "byte"
        if "contentMediaType" in view.scalars and not view.scalars.get("contentEncoding"):
            return "binary" if view.scalars["contentMediaType"] != "application/json" else ""
        return text(view.scalars.get("format"))

    def _implied(self, view: View) -> frozenset[str]:
        if view.properties or view.required or view.additional is not None or "additionalProperties" in view.keywords:
            return frozenset({"object"})
        if view.items:
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
            variants.append(Variant((word,), self._plain(one, place.below(f"|{kind}", (word,)))))
        self._put(
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
        if not view.items:
            if "prefixItems" in view.keywords:
                self.diagnostics.warn(
                    "tuple",
                    "prefixItems gives each position a type of its own",
                    view.origin,
                    "Items are any JSON value.",
                )
                return ListOf(AnyJson("tuple"), view.constraints)
            return ListOf(AnyJson(), view.constraints)
        return ListOf(self.type_of_parts(view.items, place.item("[]")), view.constraints)

    def _object(self, view: View, place: Place) -> Type:
        if not view.properties:
            if view.additional is not None:
                return MapOf(self.type_of(view.additional, place.item("{}", "value")))
            if not view.closed and not view.required:
                return MapOf(AnyJson())
            for name in view.required:  # of such an object nothing else is known
                view.properties[name] = [(True, view.origin.child("required"))]
        if place.id in self.decls:  # the same place met twice, through a circle of inline parts
            return Ref(place.id)
        self._put(ObjectDecl(place.id, place.words, ()))
        fields = tuple(
            self._field(name, parts, name in view.required, place) for name, parts in view.properties.items()
        )
        additional = self.type_of(view.additional, place.item("{}", "value")) if view.additional is not None else None
        for name in view.required:
            if name not in view.properties:
                self.diagnostics.note(
                    "required-undefined", f"the required member {name!r} is not among the properties", view.origin
                )
        self._put(
            ObjectDecl(
                place.id,
                place.words,
                fields,
                additional,
                view.docs,
                context=place.context,
                inline=place.inline,
                origin=view.origin,
            )
        )
        return Ref(place.id)

    def _described(self, docs: Docs, parts: list[Located]) -> Docs:
        """The docs of a member, with what its type says where the member says nothing."""
        if docs.description:
            return docs
        said = (description(self.document, part) for part in reversed(parts))
        return replace(docs, description=next((text for text in said if text), ""))

    def _field(self, name: str, parts: list[Located], required: bool, parent: Place) -> Field:
        words = words_of(name)
        type = self.type_of_parts(parts, parent.below(f".{name}", words))
        here = View(parts[-1][1])
        for node, origin in parts:
            if isinstance(node, dict):  # what the member says itself, not what its type says
                extend(self.document, here, ({k: v for k, v in node.items() if k not in ("$ref", "allOf")}, origin))
        return Field(
            name,
            words,
            type,
            required,
            self._described(here.docs, parts),
            here.scalars.get("default"),
            here.scalars.get("readOnly") is True,
            here.scalars.get("writeOnly") is True,
            parts[-1][1],
        )
