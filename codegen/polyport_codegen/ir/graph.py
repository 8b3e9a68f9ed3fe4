"""The graph of declarations: what refers to what, reachability, and groups that refer to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from ..values import Words
from .types import AliasDecl, Decl, DeclId, ListOf, MapOf, Nullable, ObjectDecl, Ref, Type, UnionDecl

#: What a graph is made of: declarations, or the symbols of a target.
Node = TypeVar("Node", DeclId, str)


def refs(type: Type) -> Iterator[DeclId]:
    """The declarations named in an expression, in order, repeated ones too."""
    while isinstance(type, ListOf | MapOf | Nullable):
        type = type.item if isinstance(type, ListOf) else type.value if isinstance(type, MapOf) else type.inner
    if isinstance(type, Ref):
        yield type.id


def unalias(type: Type, decls: Mapping[DeclId, Decl]) -> Type:
    """What an expression stands for once its aliases are followed; a circle of aliases ends where it began again."""
    seen: set[DeclId] = set()
    while isinstance(type, Ref) and type.id not in seen and isinstance(decl := decls.get(type.id), AliasDecl):
        seen.add(type.id)
        type = decl.type
    return type


def stands_for(type: Type, decls: Mapping[DeclId, Decl]) -> Decl | None:
    """The declaration that an expression stands for once its aliases are followed; None when it is another type."""
    target = unalias(type, decls)
    return decls.get(target.id) if isinstance(target, Ref) else None


def types_of(decl: Decl) -> Iterator[Type]:
    """The expressions that stand directly in a declaration."""
    if isinstance(decl, ObjectDecl):
        yield from (field.type for field in decl.fields)
        if decl.additional is not None:
            yield decl.additional
    elif isinstance(decl, UnionDecl):
        yield from (variant.type for variant in decl.variants)
    elif isinstance(decl, AliasDecl):
        yield decl.type


def references(decl: Decl) -> tuple[DeclId, ...]:
    """The declarations that this one refers to directly, each once, in order of appearance."""
    return tuple(dict.fromkeys(id for type in types_of(decl) for id in refs(type)))


def home(id: DeclId, decls: Mapping[DeclId, Decl]) -> DeclId:
    """The outermost declaration that this one stands in; itself when it stands alone."""
    return next((DeclId(*id[:n]) for n in range(1, len(id)) if id[:n] in decls), id)


def owner(id: DeclId, decls: Mapping[DeclId, Decl]) -> DeclId | None:
    """The nearest declaration that an inline one stands in; None when it stands alone.

    An inline alias (see `passes.sharing`) holds nothing: what stood in its place stands in the next one out.
    """
    around = (decls[DeclId(*id[:n])] for n in range(len(id) - 1, 0, -1) if id[:n] in decls)
    return next((decl.id for decl in around if not (isinstance(decl, AliasDecl) and decl.inline)), None)


def inside(decl: Decl, around: DeclId, decls: Mapping[DeclId, Decl]) -> Words:
    """The name of an inline declaration within one that it stands in, which need not be the nearest."""
    id = decl.id
    between = (decls[DeclId(*id[:n])] for n in range(len(around) + 1, len(id)) if id[:n] in decls)
    return (*(word for outer in between for word in outer.own), *decl.own)


def reachable(decls: Mapping[DeclId, Decl], roots: Iterable[DeclId]) -> set[DeclId]:
    """All declarations that can be reached from the roots, the roots included."""
    seen: set[DeclId] = set()
    todo = list(roots)
    while todo:
        id = todo.pop()
        if id not in seen:
            seen.add(id)
            todo.extend(references(decls[id]))
    return seen


def components(graph: Mapping[Node, Sequence[Node]]) -> list[tuple[Node, ...]]:
    """Strongly connected components (Tarjan 1972, without recursion), each sorted, those depended on first."""
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    stack: list[Node] = []
    on_stack: set[Node] = set()
    out: list[tuple[Node, ...]] = []
    for root in graph:
        if root in index:
            continue
        work: list[tuple[Node, Iterator[Node]]] = [(root, iter(graph[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, successors = work[-1]
            for successor in successors:
                if successor not in index:
                    index[successor] = low[successor] = len(index)
                    stack.append(successor)
                    on_stack.add(successor)
                    work.append((successor, iter(graph[successor])))
                    break
                if successor in on_stack:
                    low[node] = min(low[node], index[successor])
            else:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
                if low[node] == index[node]:
                    group = []
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        group.append(member)
                        if member == node:
                            break
                    out.append(tuple(sorted(group)))
    return out


def recursive_groups(decls: Mapping[DeclId, Decl]) -> list[tuple[DeclId, ...]]:
    """All declarations in groups that refer to each other (most groups have one member), those depended on first."""
    return components({id: references(decl) for id, decl in decls.items()})
