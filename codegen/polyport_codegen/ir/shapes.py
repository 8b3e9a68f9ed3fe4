"""What values of an expression look like from outside: their JSON types, and the objects that they can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .graph import unalias
from .types import (
    AliasDecl,
    AnyJson,
    Const,
    Decl,
    DeclId,
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
)

_KIND_JSON = {
    Kind.STRING: JsonType.STRING,
    Kind.INTEGER: JsonType.NUMBER,
    Kind.NUMBER: JsonType.NUMBER,
    Kind.BOOLEAN: JsonType.BOOLEAN,
}


def json_types(type: Type, decls: Mapping[DeclId, Decl], seen: frozenset[DeclId] = frozenset()) -> frozenset[JsonType]:
    """The JSON types that values of an expression can have."""
    if isinstance(type, Primitive):
        return frozenset({_KIND_JSON[type.kind]})
    if isinstance(type, Const):
        value = type.value
        if isinstance(value, bool):
            return frozenset({JsonType.BOOLEAN})
        return frozenset({JsonType.STRING if isinstance(value, str) else JsonType.NUMBER})
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


def item_types(type: Type, decls: Mapping[DeclId, Decl]) -> frozenset[JsonType]:
    """The JSON types that the items of a list can have; empty for any, and for what is no list."""
    target = unalias(type, decls)
    if not isinstance(target, ListOf):
        return frozenset()
    found = json_types(target.item, decls)
    return found if len(found) < len(JsonType) else frozenset()


def leaves(type: Type, decls: Mapping[DeclId, Decl]) -> Iterator[ObjectDecl | None]:
    """The object declarations that an expression can stand for, each once; None for objects without declared members."""
    seen: set[DeclId] = set()
    todo = [type]
    while todo:
        type = todo.pop()
        if isinstance(type, MapOf | AnyJson):
            yield None
        elif isinstance(type, Nullable):
            todo.append(type.inner)
        elif isinstance(type, Ref) and type.id not in seen:
            seen.add(type.id)
            decl = decls[type.id]
            if isinstance(decl, ObjectDecl):
                yield decl
            elif isinstance(decl, AliasDecl):
                todo.append(decl.type)
            elif isinstance(decl, UnionDecl):
                todo.extend(variant.type for variant in reversed(decl.variants))
