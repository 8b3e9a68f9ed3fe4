"""Which types stand inside the class of their owner: `Order.Item` for what the document writes inline in `Order`.

A class and all that stands in it are one file, so an owner takes its inline types in only where that file stays
readable; else each of them stands alone, under the longer name that tells where it comes from.

A sealed interface that stands in a class cannot be a supertype of that class, nor by a detour of one that it stands in
(`Account : Card.Owner`, `Card : Account.Source`): for Kotlin a class depends on its supertypes, and a nested one on the class
around it, and there must be no circle. The unions of a circle stand alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from ...ir.graph import components
from ...ir.types import DeclId, Docs, EnumDecl, ObjectDecl, UnionDecl
from ...lower.published import NO_NAMES, Names
from ...lower.symbols import stands_in
from .types import Enum, Model, Package, Union

#: Lines of a class with everything in it, as estimated, which stays below what a file may have.
_MOST_LINES = 800


def owners(package: Package, locked: Names = NO_NAMES) -> Mapping[DeclId, DeclId]:
    """The class that each nested type stands in; types that stand alone are not listed.

    `locked`: what has been published stays where it is, however long the file becomes.
    """
    places = locked.places()
    decls = package.api.decls
    inner: dict[DeclId, list[DeclId]] = defaultdict(list)
    for id in package.declared():
        around = stands_in(id, decls, places, holds=(EnumDecl, ObjectDecl, UnionDecl))
        if around is not None:
            inner[around].append(id)
    size: dict[DeclId, int] = {}
    nested: dict[DeclId, DeclId] = {}
    for id in sorted(package.declared(), key=len, reverse=True):
        kept = [child for child in inner[id] if str(child) in places]
        alone = _lines(package, id) + sum(size[child] for child in kept)
        whole = alone + sum(size[child] for child in inner[id] if child not in kept)
        fits = whole <= _MOST_LINES
        size[id] = whole if fits else alone
        nested.update((child, id) for child in (inner[id] if fits else kept))
    # What was published moves only where nothing else breaks the circle: with it there is no package at all.
    for child in [*_circling(package, nested, lambda id: str(id) not in places)]:
        del nested[child]
    for child in [*_circling(package, nested)]:
        del nested[child]
    return nested


def _circling(
    package: Package, nested: Mapping[DeclId, DeclId], movable: Callable[[DeclId], bool] = lambda _: True
) -> Iterator[DeclId]:
    """The movable unions that are, in a circle, supertypes of what they stand in.

    Every circle goes through one: only unions are supertypes, and they have none themselves.
    """
    depends = {id: [nested[id]] if id in nested else [] for id in package.declared()}
    for id, model in package.models.items():
        depends[id] = [*depends[id], *model.unions]
    for group in components(depends):
        circle = set(group)
        yield from (id for id in group if id in package.unions and nested.get(id) in circle and movable(id))


def _lines(package: Package, id: DeclId) -> int:
    """About how long the text of a type is."""
    model = package.models.get(id)
    if model is not None:
        return _model_lines(model)
    union = package.unions.get(id)
    return _union_lines(package, union) if union is not None else _enum_lines(package.enums[id])


def _model_lines(model: Model) -> int:
    members = sum(9 + 2 * _comment_lines(m.docs) for m in model.members)
    return 30 + members + 2 * len(model.asked)


def _union_lines(package: Package, union: Union) -> int:
    made = (package.models[a.model] for a in union.alternatives if a.model is not None)
    return 45 + 22 * len(union.alternatives) + sum(len(model.asked) for model in made)


def _enum_lines(enum: Enum) -> int:
    return 20 + sum(2 + _comment_lines(c.docs) for c in enum.constants)


def _comment_lines(docs: Docs) -> int:
    text = docs.text
    return 0 if not text else 1 if len(text) < 100 else 3 + text.count("\n") + len(text) // 100
