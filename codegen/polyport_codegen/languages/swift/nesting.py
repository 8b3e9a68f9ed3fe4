"""Types inside types: `Order.Line` for what the document writes inline in `Order`, and the names of all symbols.

Swift reads a name from the inside out, so a nested type must not be called like anything that the text of its owner
means by a bare name: the outermost types that it mentions, and those of the language and the runtime.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ...ir.graph import references
from ...ir.model import Api
from ...ir.types import Decl, DeclId, ObjectDecl, UnionDecl
from ...lower.planner import Symbol, plan
from ...lower.published import NO_NAMES, Names
from ...lower.symbols import member_id, members_scope, stands_in, type_id, types_scope, variant_ids
from ...lower.walk import object_of
from .naming import SwiftRules


def owners(api: Api, locked: Names = NO_NAMES) -> Mapping[DeclId, DeclId]:
    """The struct or union that each nested type stands in; types that stand alone are not listed."""
    places = locked.places()
    found = ((id, stands_in(id, api.decls, places, holds=(ObjectDecl, UnionDecl))) for id in api.decls)
    return {id: outer for id, outer in found if outer is not None}


def settle(
    api: Api,
    owners: Mapping[DeclId, DeclId],
    symbols: Iterable[Symbol],
    taken: frozenset[str],
    locked: Names = NO_NAMES,
) -> Mapping[str, str]:
    """All names by symbol; that of a nested type with the way to it: `Order.Line`."""
    scopes = {types_scope(around): around for around in owners.values()}
    outer: list[Symbol] = []
    inner: list[Symbol] = []
    for symbol in symbols:
        (inner if symbol.scope in scopes else outer).append(symbol)
    rules = SwiftRules(taken)
    names = dict(plan(outer, rules, locked))
    mistaken = list(_mistaken(api, owners, names))
    if mistaken:
        names = dict(plan([*outer, *mistaken], rules, locked))
    names |= plan([*inner, *_hidden(api, owners, names)], rules, locked)
    for id in sorted(owners, key=len):
        names[type_id(id)] = f"{names[type_id(owners[id])]}.{names[type_id(id)]}"
    return names


def _hidden(api: Api, owners: Mapping[DeclId, DeclId], names: Mapping[str, str]) -> Iterator[Symbol]:
    """What must not be hidden, as names that are taken in the scopes of nested types."""
    meant: dict[DeclId, set[DeclId]] = defaultdict(set)
    nesting = set(owners.values())
    for decl in api.decls.values():
        chain = [decl.id, *_ancestors(decl.id, owners)]
        if not nesting.isdisjoint(chain):
            roots = {_root(id, owners) for id in (decl.id, *_mentioned(decl, api.decls))}
            for around in chain:
                meant[around] |= roots
    for around in sorted(nesting):
        for id in sorted(meant[around]):
            name = names[type_id(id)]
            yield Symbol(f"hidden:{around}:{id}", "type", (), types_scope(around), fixed=name)
        for symbol in _inner_names(api.decls[around]):
            # Letters without case, and digits, are alike in types and members.
            if not names[symbol][0].islower():
                yield Symbol(f"beside:{symbol}", "type", (), types_scope(around), fixed=names[symbol])


def _mistaken(api: Api, owners: Mapping[DeclId, DeclId], names: Mapping[str, str]) -> Iterator[Symbol]:
    """Types whose values a union makes, and that a case of it, or a member or case around it, is called like, as letters
    without case and digits allow: their names are taken there, so that the case or member gets another."""
    seen: set[tuple[DeclId, str]] = set()
    for decl in api.decls.values():
        if not isinstance(decl, UnionDecl):
            continue
        made = {names[type_id(_root(id, owners))] for id in (decl.id, *_mentioned(decl, api.decls))}
        for around in (decl.id, *_ancestors(decl.id, owners)):
            for symbol in _inner_names(api.decls[around]):
                name = names[symbol]
                if name in made and (around, name) not in seen:
                    seen.add((around, name))
                    role = "variant" if isinstance(api.decls[around], UnionDecl) else "member"
                    yield Symbol(f"mistaken:{around}:{name}", role, (), members_scope(around), fixed=name)


def _inner_names(decl: Decl) -> Iterator[str]:
    """The symbols of members and cases, which share a scope with nested types."""
    if isinstance(decl, ObjectDecl):
        yield from (member_id(decl.id, field.wire_name) for field in decl.fields)
    elif isinstance(decl, UnionDecl):
        yield from variant_ids(decl)


def _mentioned(decl: Decl, decls: Mapping[DeclId, Decl]) -> Iterator[DeclId]:
    """The types in the text of a declaration; a union's factories have the types of their variants' members too."""
    yield from references(decl)
    if isinstance(decl, UnionDecl):
        for variant in decl.variants:
            target = object_of(variant.type, decls)
            if target is not None:
                yield target.id
                yield from references(target)


def _ancestors(id: DeclId, owners: Mapping[DeclId, DeclId]) -> Iterator[DeclId]:
    while id in owners:
        id = owners[id]
        yield id


def _root(id: DeclId, owners: Mapping[DeclId, DeclId]) -> DeclId:
    while id in owners:
        id = owners[id]
    return id
