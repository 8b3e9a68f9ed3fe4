"""Aliases and unions that contain themselves with nothing between: decided here, so that no language meets one.

| in the document | becomes |
|---|---|
| a union with itself among its variants | the union without that variant, which adds nothing |
| unions and aliases that lead back to each other with no list, map or object between | any JSON: they have no shape |
| aliases that lead back to each other through lists and maps (`Tree: array of Tree`) | the same, with any JSON where the circle closes |

A circle through an object, or through a list or map in a union, is an ordinary recursive type and stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...diagnostics import Diagnostics
from ..graph import components, refs
from ..model import Api
from ..types import AliasDecl, AnyJson, Decl, DeclId, ListOf, MapOf, Nullable, Ref, Type, UnionDecl

_REASON = "a name for a type that contains only itself"


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """The API with every such circle opened."""
    decls = {id: _without_itself(decl) for id, decl in api.decls.items()}
    for id in _circles({id: _direct(decl) for id, decl in decls.items()}):
        _report(decls[id], diagnostics)
        decls[id] = _shapeless(decls[id])
    circles = _circles({id: _through(decl) for id, decl in decls.items()})
    for id in circles:
        decl = decls[id]
        if isinstance(decl, AliasDecl):
            _report(decl, diagnostics)
            decls[id] = replace(decl, type=_opened(decl.type, circles, circles[id]), recursive=False)
    return replace(api, decls=decls)


def _report(decl: Decl, diagnostics: Diagnostics) -> None:
    diagnostics.warn(
        "recursive-alias",
        f"{decl.id} is {_REASON}; it is any JSON where it does",
        decl.origin,
        "Give it a member of an object type.",
    )


def _without_itself(decl: Decl) -> Decl:
    if not isinstance(decl, UnionDecl):
        return decl
    kept = tuple(v for v in decl.variants if _target(v.type) != decl.id)
    return decl if len(kept) == len(decl.variants) or not kept else replace(decl, variants=kept)


def _target(type: Type) -> DeclId | None:
    type = type.inner if isinstance(type, Nullable) else type
    return type.id if isinstance(type, Ref) else None


def _direct(decl: Decl) -> tuple[DeclId, ...]:
    """What an alias or a union is, with no list, map or object between."""
    if isinstance(decl, AliasDecl):
        types: tuple[Type, ...] = (decl.type,)
    else:
        types = tuple(v.type for v in decl.variants) if isinstance(decl, UnionDecl) else ()
    return tuple(id for t in types if (id := _target(t)) is not None)


def _through(decl: Decl) -> tuple[DeclId, ...]:
    """What an alias refers to, also as an item of a list or map."""
    return tuple(refs(decl.type)) if isinstance(decl, AliasDecl) else ()


def _circles(graph: Mapping[DeclId, tuple[DeclId, ...]]) -> dict[DeclId, int]:
    """The members of circles, each with its circle's number."""
    return {
        id: number
        for number, group in enumerate(components(graph))
        for id in group
        if len(group) > 1 or id in graph[id]
    }


def _shapeless(decl: Decl) -> AliasDecl:
    return AliasDecl(
        decl.id,
        decl.words,
        AnyJson(_REASON),
        docs=decl.docs,
        direction=decl.direction,
        context=decl.context,
        inline=decl.inline,
        origin=decl.origin,
    )


def _opened(type: Type, circles: Mapping[DeclId, int], own: int) -> Type:
    """The type with any JSON in the place of members of its own circle."""
    match type:
        case Ref(id=id):
            return AnyJson(_REASON) if circles.get(id) == own else type
        case ListOf(item=item):
            return replace(type, item=_opened(item, circles, own))
        case MapOf(value=value):
            return MapOf(_opened(value, circles, own))
        case Nullable(inner=inner):
            opened = _opened(inner, circles, own)
            return opened if isinstance(opened, AnyJson) else Nullable(opened)
    return type
