"""How the variants of every union are told apart: JSON type, tag, required keys, declared order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...diagnostics import Diagnostics
from ..graph import unalias
from ..model import Api
from ..types import (
    AliasDecl,
    AnyJson,
    Const,
    Decl,
    DeclId,
    Discriminator,
    EnumDecl,
    JsonType,
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
    schema_name,
)
from ..words import words_of

_KIND_JSON = {
    Kind.STRING: JsonType.STRING,
    Kind.INTEGER: JsonType.NUMBER,
    Kind.NUMBER: JsonType.NUMBER,
    Kind.BOOLEAN: JsonType.BOOLEAN,
}
_USUAL_TAGS = ("type", "object", "role", "kind", "event")
_Values = tuple[str | int | bool, ...]


def json_types(type: Type, decls: Mapping[DeclId, Decl], seen: frozenset[DeclId] = frozenset()) -> frozenset[JsonType]:
    """The JSON types that values of an expression can have."""
    if isinstance(type, Primitive):
        return frozenset({_KIND_JSON[type.kind]})
    if isinstance(type, Const):
        value = type.value
        kind = (
            JsonType.BOOLEAN
            if isinstance(value, bool)
            else JsonType.STRING
            if isinstance(value, str)
            else JsonType.NUMBER
        )
        return frozenset({kind})
    if isinstance(type, ListOf):
        return frozenset({JsonType.ARRAY})
    if isinstance(type, MapOf):
        return frozenset({JsonType.OBJECT})
    if isinstance(type, Nullable):
        return json_types(type.inner, decls, seen) | {JsonType.NULL}
    if isinstance(type, AnyJson):
        return frozenset(JsonType)
    if type.id in seen:
        return frozenset()
    seen |= {type.id}
    decl = decls[type.id]
    if isinstance(decl, ObjectDecl):
        return frozenset({JsonType.OBJECT})
    if isinstance(decl, EnumDecl):
        return frozenset({_KIND_JSON[decl.kind]})
    if isinstance(decl, AliasDecl):
        return json_types(decl.type, decls, seen)
    return frozenset(t for v in decl.variants for t in json_types(v.type, decls, seen))


def _leaves(
    type: Type, decls: Mapping[DeclId, Decl], seen: frozenset[DeclId] = frozenset()
) -> Iterator[ObjectDecl | None]:
    """The object declarations an expression can stand for; None for an object without declared members."""
    if isinstance(type, MapOf | AnyJson):
        yield None
    elif isinstance(type, Nullable):
        yield from _leaves(type.inner, decls, seen)
    elif isinstance(type, Ref) and type.id not in seen:
        decl = decls[type.id]
        seen |= {type.id}
        if isinstance(decl, ObjectDecl):
            yield decl
        elif isinstance(decl, AliasDecl):
            yield from _leaves(decl.type, decls, seen)
        elif isinstance(decl, UnionDecl):
            for variant in decl.variants:
                yield from _leaves(variant.type, decls, seen)


def _tag_values(leaf: ObjectDecl, member: str, decls: Mapping[DeclId, Decl]) -> _Values:
    """The values that a member is limited to; nothing when it is not."""
    for field in leaf.fields:
        if field.wire_name == member:
            type = field.type.inner if isinstance(field.type, Nullable) else field.type
            if isinstance(type, Const) and not isinstance(type.value, float):
                return (type.value,)
            if isinstance(type, Ref) and isinstance(enum := decls[type.id], EnumDecl):
                return tuple(m.value for m in enum.members if not isinstance(m.value, float))
    return ()


def _variant_tags(variant: Variant, member: str, decls: Mapping[DeclId, Decl]) -> _Values:
    values: dict[str | int | bool, None] = {}
    for leaf in _leaves(variant.type, decls):
        found = _tag_values(leaf, member, decls) if leaf is not None else ()
        if not found:
            return ()
        values.update(dict.fromkeys(found))
    return tuple(values)


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """Every union with its decision filled in."""
    decls = {
        decl.id: _decide(decl, api.decls, diagnostics) if isinstance(decl, UnionDecl) else decl
        for decl in api.decls.values()
    }
    return replace(api, decls=decls)


def _decide(union: UnionDecl, decls: Mapping[DeclId, Decl], diagnostics: Diagnostics) -> UnionDecl:
    tagging = union.discriminator
    objects = [v for v in union.variants if JsonType.OBJECT in json_types(v.type, decls)]
    tag, tags = _tag(objects, tagging, decls) if len(objects) > 1 or tagging else (None, {})
    variants: list[Variant] = []
    for variant in union.variants:
        types = json_types(variant.type, decls)
        items = _item_types(variant.type, decls)
        mine = tags.get(id(variant), ())
        keys = () if mine else _required(variant, decls)
        words = words_of(str(mine[0])) if len(mine) == 1 and isinstance(mine[0], str) and mine[0] else variant.words
        variants.append(
            replace(variant, words=words, json_types=types, item_types=items, tags=mine, required_keys=keys)
        )
    variants = _ordered(variants)
    _report(union, variants, diagnostics)
    return replace(union, variants=_distinct(tuple(variants), union), tag=tag)


def _ordered(variants: list[Variant]) -> list[Variant]:
    """Objects without a tag, the most required keys first, in the places that they stood in; all others unmoved."""
    untagged = [v for v in variants if v.json_types == {JsonType.OBJECT} and not v.tags]
    in_order = iter(sorted(untagged, key=lambda v: -len(v.required_keys)))
    return [next(in_order) if any(v is u for u in untagged) else v for v in variants]


def _distinct(variants: tuple[Variant, ...], union: UnionDecl) -> tuple[Variant, ...]:
    """Variant words that are unique in the union: those of a tag give way to the type's own when they meet."""
    own = {v.type: v.words for v in union.variants}
    count: dict[tuple[str, ...], int] = {}
    for variant in variants:
        count[variant.words] = count.get(variant.words, 0) + 1
    return tuple(replace(v, words=own[v.type]) if count[v.words] > 1 else v for v in variants)


def _item_types(type: Type, decls: Mapping[DeclId, Decl]) -> frozenset[JsonType]:
    target = unalias(type, decls)
    if not isinstance(target, ListOf):
        return frozenset()
    found = json_types(target.item, decls)
    return found if len(found) < len(JsonType) else frozenset()


def _required(variant: Variant, decls: Mapping[DeclId, Decl]) -> tuple[str, ...]:
    keys: dict[str, None] | None = None
    for leaf in _leaves(variant.type, decls):
        mine = {f.wire_name: None for f in leaf.fields if f.required} if leaf is not None else {}
        keys = mine if keys is None else {k: None for k in keys if k in mine}
    return tuple(keys or ())


def _tag(
    objects: list[Variant], tagging: Discriminator | None, decls: Mapping[DeclId, Decl]
) -> tuple[str | None, dict[int, _Values]]:
    if tagging is not None:
        tags = {id(v): _mapped_tags(v, tagging, decls) for v in objects}
        if any(tags.values()):
            return tagging.member, tags
    members: dict[str, int] = {}
    for variant in objects:
        for leaf in _leaves(variant.type, decls):
            for field in leaf.fields if leaf is not None else ():
                members[field.wire_name] = members.get(field.wire_name, 0) + field.required
    usual = {name: index for index, name in enumerate(_USUAL_TAGS)}
    best: tuple[int, str, dict[int, _Values]] | None = None
    for member in sorted(members, key=lambda m: (usual.get(m, len(usual)), m)):
        tags = {id(v): _variant_tags(v, member, decls) for v in objects}
        listed = [value for values in tags.values() for value in values]
        covered = sum(bool(values) for values in tags.values())
        if (
            len(listed) == len(set(listed))
            and covered >= 1
            and (best is None or covered > best[0])
            and (covered > 1 or members[member] >= 1)
        ):
            best = (covered, member, tags)
    return (best[1], best[2]) if best is not None else (None, {})


def _mapped_tags(variant: Variant, tagging: Discriminator, decls: Mapping[DeclId, Decl]) -> _Values:
    names = {variant.type.id} if isinstance(variant.type, Ref) else set()
    names |= {leaf.id for leaf in _leaves(variant.type, decls) if leaf is not None}
    mapped = tuple(value for value, id in tagging.mapping if id in names)
    said = _variant_tags(variant, tagging.member, decls)
    found = tuple(dict.fromkeys((*mapped, *said)))
    if not found and isinstance(variant.type, Ref) and not tagging.mapping:
        return (schema_name(variant.type.id),)  # OpenAPI's implicit mapping: the schema's own name
    return found


def _report(union: UnionDecl, variants: list[Variant], diagnostics: Diagnostics) -> None:
    seen: dict[tuple[object, ...], Variant] = {}
    for variant in variants:
        for kind in sorted(variant.json_types, key=lambda t: t.value):
            key = (kind, variant.tags, variant.required_keys, variant.item_types if kind is JsonType.ARRAY else None)
            if key in seen and not variant.tags:
                first, second = " ".join(seen[key].words), " ".join(variant.words)
                diagnostics.note(
                    "union-order",
                    f"{union.id}: {first!r} and {second!r} cannot be told apart: the first is taken",
                    union.origin,
                    "Give each a member with a const of its own.",
                )
                break
            seen[key] = variant
