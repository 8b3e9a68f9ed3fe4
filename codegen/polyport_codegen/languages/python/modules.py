"""Which declarations share a file: those that refer to each other, and inline ones with their only user."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...ir.graph import components, home, recursive_groups, references
from ...ir.types import AliasDecl, Decl, DeclId, Docs, EnumDecl, ObjectDecl, UnionDecl

#: Lines of a file, about, beyond which inline types and circles of types are spread over several.
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class ModuleGroup:
    """Declarations of one file; `leader` names it.

    `circle` has the declarations in other files that aliases of this file cannot import, since those import from here.
    """

    leader: DeclId
    members: tuple[DeclId, ...]
    circle: frozenset[DeclId] = frozenset()


def result_groups(decls: Mapping[DeclId, Decl]) -> list[ModuleGroup]:
    """Files of result types. Members of classes are resolved when they are first needed, aliases need imports."""
    groups = [part for group in recursive_groups(decls) for part in _parts(decls, group)]
    place = {id: index for index, group in enumerate(groups) for id in group}
    users: dict[int, set[int]] = defaultdict(set)
    for id, decl in decls.items():
        for target in references(decl):
            if place[target] != place[id]:
                users[place[target]].add(place[id])
    merged = list(range(len(groups)))
    size = [sum(_lines(decls[id]) for id in group) for group in groups]
    for index in reversed(range(len(groups))):  # users come after what they use
        if len(users[index]) == 1 and all(decls[id].inline for id in groups[index]):
            owner = _find(merged, next(iter(users[index])))
            if owner != index and size[owner] + size[index] <= _LONGEST:
                merged[index] = owner
                size[owner] += size[index]
    members: dict[int, list[DeclId]] = defaultdict(list)
    for index, group in enumerate(groups):
        members[_find(merged, index)] += group
    return _with_circles(decls, list(members.values()))


def param_groups(decls: Mapping[DeclId, Decl]) -> list[ModuleGroup]:
    """Files of input types: a named schema with its inline ones. As with results, aliases need imports."""
    return _with_circles(decls, list(_by_home(decls, decls)))


def _parts(decls: Mapping[DeclId, Decl], group: Sequence[DeclId]) -> list[Sequence[DeclId]]:
    """A circle as it is, or by its named schemas where it is too long for one file."""
    if sum(_lines(decls[id]) for id in group) <= _LONGEST:
        return [group]
    return list(_by_home(decls, group))


def _by_home(decls: Mapping[DeclId, Decl], ids: Iterable[DeclId]) -> Iterable[list[DeclId]]:
    within = {id: decls[id] for id in ids}
    members: dict[DeclId, list[DeclId]] = defaultdict(list)
    sizes: dict[DeclId, int] = defaultdict(int)
    for id, decl in within.items():
        root, lines = home(id, within), _lines(decl)
        root = root if sizes[root] + lines <= _LONGEST else id
        members[root].append(id)
        sizes[root] += lines
    return members.values()


def _with_circles(decls: Mapping[DeclId, Decl], files: list[list[DeclId]]) -> list[ModuleGroup]:
    place = {id: index for index, ids in enumerate(files) for id in ids}
    graph: dict[str, list[str]] = {}
    for index, ids in enumerate(files):
        aliases = [decls[id] for id in ids if isinstance(decls[id], (UnionDecl, AliasDecl))]
        found = {target for decl in aliases for target in references(decl)}
        targets = {place[target] for target in found if target in place} - {index}  # enums have no form for input
        graph[str(index)] = [str(target) for target in sorted(targets)]
    others: dict[int, frozenset[DeclId]] = {}
    for circle in components(graph):
        if len(circle) > 1:
            inside = frozenset(id for index in circle for id in files[int(index)])
            others.update({int(index): inside.difference(files[int(index)]) for index in circle})
    return [_group(decls, ids, others.get(index, frozenset())) for index, ids in enumerate(files)]


def _find(merged: list[int], index: int) -> int:
    while merged[index] != index:
        index = merged[index]
    return index


def _lines(decl: Decl) -> int:
    """About how many lines a declaration takes."""
    lines = 4 + _doc_lines(decl.docs)
    if isinstance(decl, ObjectDecl):
        return lines + sum(2 + _doc_lines(field.docs) for field in decl.fields)
    if isinstance(decl, EnumDecl):
        return lines + sum(1 + _doc_lines(member.docs) for member in decl.members)
    return lines + (2 * len(decl.variants) if isinstance(decl, UnionDecl) else 0)


def _doc_lines(docs: Docs) -> int:
    size = len(docs.summary) + len(docs.description)
    return size // 80 + docs.description.count("\n") + 1 if size else 0


def _group(decls: Mapping[DeclId, Decl], ids: list[DeclId], circle: frozenset[DeclId] = frozenset()) -> ModuleGroup:
    leader = min(ids, key=lambda id: (decls[id].inline, len(str(id)), id))
    return ModuleGroup(leader, tuple(ids), circle)
