"""Which declarations share a file: those that refer to each other, and inline ones with their only user."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ...ir.graph import home, recursive_groups, references
from ...ir.types import Decl, DeclId, ObjectDecl

#: Members of all objects of a file, beyond which inline types get files of their own.
_LARGEST = 120


@dataclass(frozen=True, slots=True)
class ModuleGroup:
    """Declarations of one file; `leader` names it."""

    leader: DeclId
    members: tuple[DeclId, ...]


def result_groups(decls: Mapping[DeclId, Decl]) -> list[ModuleGroup]:
    """Files of result types. Imports between them have no cycles, as Python needs it."""
    groups = recursive_groups(decls)
    home = {id: index for index, group in enumerate(groups) for id in group}
    users: dict[int, set[int]] = defaultdict(set)
    for id, decl in decls.items():
        for target in references(decl):
            if home[target] != home[id]:
                users[home[target]].add(home[id])
    merged = list(range(len(groups)))
    size = [sum(_size(decls[id]) for id in group) for group in groups]
    for index in reversed(range(len(groups))):  # users come after what they use
        if len(users[index]) == 1 and all(decls[id].inline for id in groups[index]):
            owner = _find(merged, next(iter(users[index])))
            if size[owner] + size[index] <= _LARGEST:
                merged[index] = owner
                size[owner] += size[index]
    members: dict[int, list[DeclId]] = defaultdict(list)
    for index, group in enumerate(groups):
        members[_find(merged, index)] += group
    return [_group(decls, ids) for ids in members.values()]


def param_groups(decls: Mapping[DeclId, Decl]) -> list[ModuleGroup]:
    """Files of input types: a named schema with its inline ones. Their imports are for checkers only."""
    members: dict[DeclId, list[DeclId]] = defaultdict(list)
    sizes: dict[DeclId, int] = defaultdict(int)
    for id, decl in decls.items():
        root = home(id, decls)
        root = root if sizes[root] + _size(decl) <= _LARGEST else id
        members[root].append(id)
        sizes[root] += _size(decl)
    return [_group(decls, ids) for ids in members.values()]


def _find(merged: list[int], index: int) -> int:
    while merged[index] != index:
        index = merged[index]
    return index


def _size(decl: Decl) -> int:
    return len(decl.fields) if isinstance(decl, ObjectDecl) else 1


def _group(decls: Mapping[DeclId, Decl], ids: list[DeclId]) -> ModuleGroup:
    leader = min(ids, key=lambda id: (decls[id].inline, len(str(id)), id))
    return ModuleGroup(leader, tuple(ids))
