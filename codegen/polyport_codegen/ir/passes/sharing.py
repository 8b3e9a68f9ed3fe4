"""Identical inline enums and objects are one type.

`order: {enum: [asc, desc]}` of thirty lists is one `Order`, and each of the thirty keeps its own spelling (`ListRunsOrder`)
as an alias of it, for ever: should one of them change later, its alias becomes a type of its own and nobody's code that
says so breaks.

| alike when | |
|---|---|
| enums | the same values with the same names and docs, in any order; defaults may differ |
| objects | the same members with the same types, defaults, flags and docs, in any order |
| both | the last word of their names is the same, so that alike by chance (`quality` and `eagerness`) stay apart |

The shared type is called by the words that all its owners' names have, or is one of the owners when it has just those words
or another type does. Bodies whose members are arguments and variants of unions stay as they are: they are named by their
calls and unions. Nothing depends on the order of the document: what has a choice takes the smallest id.

What was published stays what it was (`Api.known_types`): a type of its own never becomes an alias, though others may become
aliases of it, and an alias keeps the type that it stands for, even when it is the last one that does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache, reduce
from itertools import takewhile
from types import NoneType
from typing import Any, TypeVar, cast

from ...diagnostics import Diagnostics
from ...values import Words
from ..graph import references
from ..model import Api
from ..types import (
    AliasDecl,
    DeclId,
    Direction,
    Docs,
    EnumDecl,
    EnumMember,
    Field,
    Kind,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Ref,
    Type,
)

#: Words that begin a name by its place and say nothing of the thing; the second ones nowhere do.
_LEADING = frozenset("add body create delete get list modify params request response retrieve set update".split())
_NOISE = frozenset({"body", "params", "request"})
#: Single words that say too little to be a type's whole name.
_VAGUE = frozenset(
    "any at by data error for in item key kind list map name number object of on options result string to type value with".split()
)

#: How the ids of types begin that are no owner's.
_SHARED = "shared>"

Shared = EnumDecl | ObjectDecl
Part = TypeVar("Part")


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """The API with one declaration for each group of identical ones, and aliases for its owners."""
    groups = _groups(api)
    if not groups:
        return api
    taken = {decl.words for decl in api.decls.values() if not decl.inline}
    decls = dict(api.decls)
    targets: dict[DeclId, DeclId] = {}
    for target, owners in sorted(groups, key=lambda group: (not group[0], -len(group[1]), group[1][0].id)):
        shared = _shared(owners, taken, target)
        taken.add(shared.words)
        decls[shared.id] = shared
        for owner in owners:
            if owner.id != shared.id:
                targets[owner.id] = shared.id
                decls[owner.id] = _alias(owner, shared)
    kept = {
        id: decl if id in targets or targets.keys().isdisjoint(references(decl)) else _redirected(decl, targets)
        for id, decl in decls.items()
    }
    return replace(
        api,
        decls=kept,
        operations={id: _redirected(operation, targets) for id, operation in api.operations.items()},
        error_type=_redirected(api.error_type, targets),
        webhooks=_redirected(api.webhooks, targets),
    )


def _groups(api: Api) -> list[tuple[str, list[Shared]]]:
    """Declarations that are alike, the deepest first and then by their ids, with what they were published as (or "")."""
    fixed = {o.body.flatten for o in api.operations.values() if o.body is not None}
    open_ = [
        decl
        for decl in api.decls.values()
        if isinstance(decl, EnumDecl | ObjectDecl)
        and decl.inline
        and decl.id not in fixed
        and not decl.id[-1].startswith("|")
    ]
    # what stands inside has the longer id, so it is settled before what it stands in
    same: dict[DeclId, DeclId] = {}
    found: dict[Hashable, dict[str, list[Shared]]] = defaultdict(dict)
    known = api.known_types
    # what was published has its group already, which others may join
    for decl in sorted(open_, key=lambda d: (-len(d.id), str(d.id) not in known, d.id)):
        alike = found[_shape(decl, same)]
        target = known.get(str(decl.id)) or next(iter(alike), "")
        group = alike.setdefault(target, [])
        group.append(decl)
        same[decl.id] = group[0].id
    return _apart([(target, group) for alike in found.values() for target, group in alike.items()])


def _apart(groups: list[tuple[str, list[Shared]]]) -> list[tuple[str, list[Shared]]]:
    """Those that make one type. Of several whose members were one, the largest is what they were published as."""
    kept: dict[str, list[Shared]] = {}
    for target, group in groups:
        if target.startswith(_SHARED) and len(group) > len(kept.get(target, ())):
            kept[target] = group
    out = []
    for target, group in groups:
        owned = any(str(decl.id) == target for decl in group)
        stays = target if owned or kept.get(target) is group else ""
        if len(group) > 1 or stays.startswith(_SHARED):
            out.append((stays, group))
    return out


def _shape(decl: Shared, same: Mapping[DeclId, DeclId]) -> Hashable:
    if isinstance(decl, EnumDecl):
        return ("enum", decl.words[-1], decl.kind, frozenset(map(_value, decl.members)))
    members = frozenset(_member(field, same) for field in decl.fields)
    additional = None if decl.additional is None else _type(decl.additional, same)
    return ("object", decl.words[-1], members, additional)


def _value(member: EnumMember) -> Hashable:
    return (repr(member.value), member.words, member.docs.text, member.docs.deprecated)


def _member(field: Field, same: Mapping[DeclId, DeclId]) -> Hashable:
    said = (field.docs.text, field.docs.deprecated, field.docs.deprecation)
    flags = (field.required, field.read_only, field.write_only)
    return (field.wire_name, field.words, _type(field.type, same), repr(field.default), flags, said)


def _type(type: Type, same: Mapping[DeclId, DeclId]) -> Hashable:
    if isinstance(type, Ref):
        return ("ref", same.get(type.id, type.id))
    if isinstance(type, ListOf):
        return ("list", type.constraints, _type(type.item, same))
    if isinstance(type, MapOf | Nullable):
        return (type.__class__.__name__, _type(type.value if isinstance(type, MapOf) else type.inner, same))
    return repr(type)  # 1, 1.0 and true are equal, and different constants


def _shared(owners: Sequence[Shared], taken: set[Words], target: str) -> Shared:
    """The one declaration: what it was published as, else a new one by the owners' common words, or an owner's."""
    common = reduce(_common, (decl.words for decl in owners))
    first = owners[0]
    chosen = next((decl for decl in owners if decl.words == common and not decl.given), None)
    given = all(decl.given and decl.words == common for decl in owners)
    if not given:
        start = len(tuple(takewhile(_LEADING.__contains__, common[:-1])))
        common = (*(word for word in common[start:-1] if word not in _NOISE), common[-1])
    if not given and len(common) == 1 and common[0] in _VAGUE:
        common = (*common, "option" if isinstance(first, EnumDecl) else "details")
    if target.startswith(_SHARED):
        chosen, common = None, tuple(target.removeprefix(_SHARED).split("-"))
    elif target:
        chosen = next(decl for decl in owners if str(decl.id) == target)
    elif chosen is None and common in taken:
        chosen = min(owners, key=lambda d: (len("".join(d.words)), d.id))
    direction = reduce(Direction.__or__, (decl.direction for decl in owners))
    docs = first.docs if all(decl.docs == first.docs for decl in owners) else _docs(owners)
    if chosen is not None:
        merged = replace(chosen, direction=direction)
    else:
        merged = replace(
            first,
            id=DeclId("shared", "-".join(common)),
            words=common,
            own=(),
            context=((*common, "value"),),
            docs=docs,
            direction=direction,
        )
    if isinstance(merged, EnumDecl) and any(repr(d.default) != repr(merged.default) for d in cast("Any", owners)):
        return replace(merged, default=None)
    return merged


def _docs(owners: Sequence[Shared]) -> Docs:
    """What most owners say; of equals the shortest."""
    texts = [decl.docs.text for decl in owners if decl.docs.text]
    if not texts:
        return Docs()
    return Docs(description=min(texts, key=lambda text: (-texts.count(text), len(text), text)))


def _common(a: Words, b: Words) -> Words:
    """The longest words that both have in this order; of several the last, where names say what a thing is."""
    best: list[list[Words]] = [[()] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, word in enumerate(a):
        for j, other in enumerate(b):
            if word == other:
                best[i + 1][j + 1] = (*best[i][j], word)
            else:
                best[i + 1][j + 1] = max(best[i + 1][j], best[i][j + 1], key=len)
    return best[-1][-1]


def _alias(decl: Shared, shared: Shared) -> AliasDecl:
    words, context = decl.words, decl.context
    if words == shared.words and context:  # the document calls both so (`x-ms-enum`): the alias goes by its place
        words, context = context[0], context[1:]
    return AliasDecl(
        decl.id,
        words,
        Ref(shared.id),
        decl.docs,
        direction=decl.direction,
        context=context,
        inline=True,
        own=decl.own,
        given=decl.given and words == decl.words,
        origin=decl.origin,
    )


#: Members that hold no types.
_BARE = frozenset(
    {"words", "context", "own", "docs", "origin", "meant", "default", "examples", "id", "hints", "resource"}
)


#: What most members of the model are: nothing stands in them.
_LEAVES = frozenset({str, bool, int, float, NoneType, Direction, Kind})


@lru_cache(maxsize=256)
def _ways(cls: type) -> tuple[str, ...]:
    """The members of a class of the model in which types may stand; none for what is no part of it."""
    return tuple(f.name for f in fields(cls) if f.name not in _BARE) if is_dataclass(cls) else ()


def _redirected(part: Part, targets: Mapping[DeclId, DeclId]) -> Part:
    """The same with every reference to an alias made one to what it stands for."""
    value: Any = part
    if isinstance(value, Ref):
        return cast("Part", Ref(targets[value.id]) if value.id in targets else value)
    if value.__class__ is tuple:
        new = tuple([_redirected(item, targets) for item in value])
        return cast("Part", new if any(a is not b for a, b in zip(new, value, strict=True)) else value)
    changed = {}
    for name in _ways(value.__class__):
        before = getattr(value, name)
        if before.__class__ in _LEAVES or (after := _redirected(before, targets)) is before:
            continue
        changed[name] = after
    return cast("Part", replace(value, **changed) if changed else value)
