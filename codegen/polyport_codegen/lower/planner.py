"""Names, decided once: every symbol of a target brings a wish, the planner settles all of them together.

Collisions are settled by context, never by order: when two symbols of one scope wish for the same name, the one with
the better rank keeps it, and the others move on to their next, longer wish; equals move on together. So adding a
schema at the end of a document never renames one that was there. Only symbols whose wishes are all used up get a
number, by the order of their ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from ..values import Words


@dataclass(frozen=True, slots=True)
class Symbol:
    """Something that needs a name in the output.

    `id` is unique over the target (`type:ChatMessage`); `role` is the target's own word for the kind of thing
    (`class`, `method`, `field`, `file`) that its rules spell names by; `scope` is where the name must be unique.
    """

    id: str
    role: str
    words: Words
    scope: str = ""
    #: Longer wishes to fall back to, nearest first (a declaration's `context`).
    context: tuple[Words, ...] = ()
    #: Smaller keeps the name: 0 for what the document names itself, 1 for what was named by its place.
    rank: int = 0
    #: Spelled already (a name of the runtime that must not be taken); never changed. Several may share it.
    fixed: str | None = None


class Rules(Protocol):
    """A language's rules for names."""

    def spell(self, role: str, words: Words) -> str:
        """The words as one identifier (or file name) of this role, valid but perhaps reserved."""
        ...

    def escape(self, role: str, scope: str, name: str) -> str:
        """The name itself, or another when it is reserved in this role and scope. Must be idempotent and injective."""
        ...

    def key(self, role: str, name: str) -> str:
        """What must be unique: the name, or its folded case where the file system or the language folds it."""
        ...


def plan(symbols: Iterable[Symbol], rules: Rules) -> Mapping[str, str]:
    """Settle all names: symbol id -> name."""
    scopes: dict[str, list[Symbol]] = defaultdict(list)
    names: dict[str, str] = {}
    for symbol in symbols:
        if symbol.id in names:
            raise ValueError(f"two symbols with the id {symbol.id!r}")
        names[symbol.id] = ""
        scopes[symbol.scope].append(symbol)
    for members in scopes.values():
        names.update(_settle(members, rules))
    return names


def _settle(members: list[Symbol], rules: Rules) -> dict[str, str]:
    level = {symbol.id: 0 for symbol in members}
    by_id = {symbol.id: symbol for symbol in members}
    taken = {rules.key(s.role, s.fixed) for s in members if s.fixed is not None}
    names = {s.id: s.fixed for s in members if s.fixed is not None}
    open_ = [s for s in members if s.fixed is None]
    for _ in range(1 + max((len(s.context) for s in open_), default=0)):
        groups: dict[str, list[Symbol]] = defaultdict(list)
        for symbol in open_:
            groups[rules.key(symbol.role, _wish(symbol, level[symbol.id], rules))].append(symbol)
        moved = False
        for key, group in groups.items():
            for symbol in _losers(group, key in taken):
                if level[symbol.id] < len(symbol.context):
                    level[symbol.id] += 1
                    moved = True
        if not moved:
            break
    for symbol in sorted(open_, key=lambda s: (level[s.id], s.rank, s.id)):
        wish = _wish(symbol, level[symbol.id], rules)
        name, number = wish, 2
        while rules.key(symbol.role, name) in taken:
            name = rules.escape(
                symbol.role, symbol.scope, rules.spell(symbol.role, (*_words(symbol, level), str(number)))
            )
            number += 1
        taken.add(rules.key(symbol.role, name))
        names[by_id[symbol.id].id] = name
    return {id: name for id, name in names.items() if name is not None}


def _words(symbol: Symbol, level: Mapping[str, int]) -> Words:
    at = level[symbol.id]
    return symbol.words if at == 0 else symbol.context[at - 1]


def _wish(symbol: Symbol, level: int, rules: Rules) -> str:
    words = symbol.words if level == 0 else symbol.context[level - 1]
    return rules.escape(symbol.role, symbol.scope, rules.spell(symbol.role, words))


def _losers(group: list[Symbol], name_is_taken: bool) -> list[Symbol]:
    if name_is_taken:
        return group
    if len(group) == 1:
        return []
    best = min(symbol.rank for symbol in group)
    winners = [symbol for symbol in group if symbol.rank == best]
    return [symbol for symbol in group if symbol.rank != best] if len(winners) == 1 else group
