"""How the variants of every union are told apart: JSON type, tuple of tags, required keys, forbidden keys, declared order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...diagnostics import Diagnostics
from ..model import Api
from ..shapes import item_types, json_types, leaves
from ..types import Decl, DeclId, JsonType, Ref, Type, UnionDecl, Variant
from ..words import words_of
from .tags import apart, choose, field_values, required_keys


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """Every union with its decision filled in."""
    decls = {
        decl.id: _decide(decl, api.decls, diagnostics) if isinstance(decl, UnionDecl) else decl
        for decl in api.decls.values()
    }
    return replace(api, decls=_tagged(decls))


def _tagged(decls: Mapping[DeclId, Decl]) -> dict[DeclId, Decl]:
    """The declarations with every member required that a discriminator names and whose values are known: what it means
    when that is absent is left open (OpenAPI 3.2, Discriminator Object), so that senders must not leave it out, although
    frameworks write `type: {const: a, default: a}` for it."""
    found = dict(decls)
    for union in decls.values():
        if not isinstance(union, UnionDecl) or union.discriminator is None or union.tag != union.discriminator.member:
            continue
        default = union.discriminator.default  # what it means when the tag is absent is said there
        tagged = [v for v in union.variants if default is None or v.type != Ref(default)]
        for leaf in (leaf for v in tagged for leaf in leaves(v.type, decls) if leaf is not None):
            fields = tuple(
                replace(f, required=True) if f.wire_name == union.tag and field_values(f.type, decls) else f
                for f in leaf.fields
            )
            found[leaf.id] = replace(leaf, fields=fields)
    return found


def _decide(union: UnionDecl, decls: Mapping[DeclId, Decl], diagnostics: Diagnostics) -> UnionDecl:
    types = {v.type: json_types(v.type, decls) for v in union.variants}
    others = _for_others(union, diagnostics)
    objects = [v.type for v in union.variants if v is not others and JsonType.OBJECT in types[v.type]]
    lists = sum(JsonType.ARRAY in types[v.type] for v in union.variants)
    tags = choose(union, objects, decls, diagnostics)
    variants: list[Variant] = []
    for variant in sorted(union.variants, key=lambda v: v is others):
        own = tags.of(variant.type)
        names = [value for value in own[0] if value is not None] if own else []
        words = words_of(names[0]) if len(names) == 1 and isinstance(names[0], str) and names[0] else variant.words
        variants.append(
            replace(
                variant,
                words=words,
                json_types=types[variant.type],
                item_types=item_types(variant.type, decls) if lists > 1 else frozenset(),
                tags=own,
                required_keys=() if variant is others else required_keys(variant.type, decls),
            )
        )
    variants = [
        replace(v, required_keys=()) if v.names and v.type not in tags.shared and None not in v.tags[0] else v
        for v in variants
    ]
    variants = _closed(variants, tags.shared, decls)
    variants = _ordered(variants, tags.shared, decls)
    _report(
        union, [v for v in variants if v.type in tags.shared or v.json_types != {JsonType.OBJECT}], decls, diagnostics
    )
    return replace(union, variants=_distinct(tuple(variants), union), tags=tags.members)


def _meet(one: Variant, other: Variant) -> bool:
    """Whether some object can have the tags of both."""
    return JsonType.OBJECT in one.json_types & other.json_types and not any(
        apart(a, b) for a, b in zip(one.tags, other.tags, strict=False)
    )


def _ordered(variants: list[Variant], shared: frozenset[Type], decls: Mapping[DeclId, Decl]) -> list[Variant]:
    """Objects that tags do not settle, the most required keys first and maps last, in the places that they stood in."""
    loose = [v for v in variants if v.json_types == {JsonType.OBJECT} and v.type in shared]
    in_order = iter(sorted(loose, key=lambda v: _rank(v, decls)))
    return [next(in_order) if any(v is one for one in loose) else v for v in variants]


def _rank(variant: Variant, decls: Mapping[DeclId, Decl]) -> tuple[int, int, bool, int]:
    is_map = None in leaves(variant.type, decls)
    return -sum(map(bool, variant.tags)), -len(variant.required_keys), is_map, -len(variant.foreign_keys)


def _closed(variants: list[Variant], shared: frozenset[Type], decls: Mapping[DeclId, Decl]) -> list[Variant]:
    """What nothing else tells apart: objects that take no other members have none of those that only the others have."""
    loose = [v for v in variants if v.json_types == {JsonType.OBJECT} and v.type in shared]
    foreign: dict[Type, tuple[str, ...]] = {}
    for variant in loose:
        if not all(leaf is not None and leaf.closed for leaf in leaves(variant.type, decls)):
            continue
        others = [v for v in loose if v is not variant and _meet(v, variant) and _same_keys(v, variant)]
        own = _members(variant, decls)
        foreign[variant.type] = tuple(dict.fromkeys(k for v in others for k in _members(v, decls) if k not in own))
    return [replace(v, foreign_keys=foreign.get(v.type, ())) for v in variants]


def _same_keys(one: Variant, other: Variant) -> bool:
    return set(one.required_keys) == set(other.required_keys)


def _members(variant: Variant, decls: Mapping[DeclId, Decl]) -> dict[str, None]:
    """The wire names of all members that a variant's objects can have."""
    fields = (f for leaf in leaves(variant.type, decls) if leaf is not None for f in leaf.fields)
    return {f.wire_name: None for f in fields}


def _distinct(variants: tuple[Variant, ...], union: UnionDecl) -> tuple[Variant, ...]:
    """Variant words that are unique in the union: those of a tag give way to the type's own when they meet."""
    own = {v.type: v.words for v in union.variants}
    count: dict[tuple[str, ...], int] = {}
    for variant in variants:
        count[variant.words] = count.get(variant.words, 0) + 1
    return tuple(replace(v, words=own[v.type]) if count[v.words] > 1 else v for v in variants)


def _for_others(union: UnionDecl, diagnostics: Diagnostics) -> Variant | None:
    """The variant that takes what no other one takes, where the document names it (OpenAPI 3.2, `defaultMapping`)."""
    default = union.discriminator.default if union.discriminator is not None else None
    if default is None:
        return None
    found = next((v for v in union.variants if isinstance(v.type, Ref) and v.type.id == default), None)
    if found is None:
        diagnostics.note(
            "discriminator-mapping",
            f"{union.id}: the defaultMapping means a schema that is none of the choices",
            union.origin,
            "Add it to oneOf, or take it out.",
        )
    return found


def _report(union: UnionDecl, variants: list[Variant], decls: Mapping[DeclId, Decl], diagnostics: Diagnostics) -> None:
    open = {v.type for v in variants if JsonType.OBJECT in v.json_types and None in leaves(v.type, decls)}
    for index, variant in enumerate(variants):
        for first in variants[:index]:
            kinds = variant.json_types & first.json_types
            lists = kinds == {JsonType.ARRAY} and variant.item_types != first.item_types
            objects = kinds == {JsonType.OBJECT} and (
                not _meet(variant, first)
                or (not _same_keys(variant, first) and not {variant.type, first.type} & open)
                or not _members(variant, decls).keys().isdisjoint(first.foreign_keys)
            )
            if kinds and not lists and not objects:
                one, other = " ".join(first.words), " ".join(variant.words)
                diagnostics.note(
                    "union-order",
                    f"{union.id}: {one!r} and {other!r} cannot be told apart: the first is taken",
                    union.origin,
                    "Give each a member with a const of its own.",
                )
                break
