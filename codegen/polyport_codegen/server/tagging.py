"""Which objects carry a tag that msgspec can tell them apart by.

msgspec decodes a union of structs in C when all of them name the same tag member and differ in its value. An object
gets a tag of its own when all unions that hold it agree on member and value, and the value is a string.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ..ir.model import Api
from ..ir.types import AliasDecl, DeclId, ObjectDecl, Ref, Type, UnionDecl

#: The tag's wire name and its one value.
Tag = tuple[str, str]


def resolve(api: Api, type: Type) -> Type:
    """The type behind aliases; a recursive alias stays a `Ref`."""
    while isinstance(type, Ref):
        decl = api.decls[type.id]
        if not isinstance(decl, AliasDecl) or decl.recursive:
            return type
        type = decl.type
    return type


def object_of(api: Api, type: Type) -> ObjectDecl | None:
    """The object declaration that an expression means, if it means one."""
    resolved = resolve(api, type)
    decl = api.decls[resolved.id] if isinstance(resolved, Ref) else None
    return decl if isinstance(decl, ObjectDecl) else None


def tags(api: Api) -> Mapping[DeclId, Tag]:
    """Object -> its tag, for objects whose unions agree on one."""
    wishes: dict[DeclId, set[Tag | None]] = defaultdict(set)
    for id, tag in _wishes(api):
        wishes[id].add(tag)
    out: dict[DeclId, Tag] = {}
    for id, found in wishes.items():
        only = next(iter(found))
        if len(found) == 1 and only is not None:
            out[id] = only
    return out


def _wishes(api: Api) -> Iterator[tuple[DeclId, Tag | None]]:
    for decl in api.decls.values():
        if not isinstance(decl, UnionDecl) or decl.tag is None:
            continue
        for variant in decl.variants:
            target = object_of(api, variant.type)
            if target is None:
                continue
            listed = decl.listed(variant)
            value = listed[0][1][0] if len(listed) == 1 and len(listed[0][1]) == 1 else None
            yield target.id, (decl.tag, value) if isinstance(value, str) and listed[0][0] == decl.tag else None
