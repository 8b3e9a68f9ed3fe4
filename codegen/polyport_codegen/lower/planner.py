"""Names, decided once: every symbol of a target brings a wish, the planner settles all of them together.

Collisions are settled by context, never by order: when two symbols of one scope wish for the same name, the one with
the better rank keeps it, and the others move on to their next, longer wish; equals move on together. So adding a
schema at the end of a document never renames one that was there. Only symbols whose wishes are all used up get a
number, by the order of their ids.

No name is longer than its language has room for (`Rules.room`): one that would be loses words, see `words.shorter`.

A name that was published before everything else: its symbol keeps it whatever the others wish, and the name of
something that is gone is not given to anything else in its place. Members and values have the name that the wire gives
them, where the lock remembers no other.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from itertools import chain, count
from operator import itemgetter
from typing import NamedTuple, Protocol

from ..ir.words import shorter, words_of
from ..values import Word, Words
from .published import BY_WIRE, NO_NAMES, Entry, Names, Published

#: Letters of a name that people still read.
LONGEST = 60


class Symbol(NamedTuple):
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
    #: What it is to users, when they see its name.
    published: Published | None = None


_Gone = Mapping[tuple[str, str], Iterable[str]]
#: What is left of the words before a number, as they were given, with the role and how many digits the number has.
_Stem = tuple[str, int, Words]


class Rules(Protocol):
    """A language's rules for names."""

    def spell(self, role: str, words: Words) -> str:
        """The words as one identifier (or file name) of this role, valid but perhaps reserved. It has all their letters."""
        ...

    def escape(self, role: str, scope: str, name: str) -> str:
        """The name itself, or another when it is reserved in this role and scope. Must be idempotent and injective."""
        ...

    def room(self, role: str) -> int:
        """How many letters a name may have: `LONGEST`, less what the target adds to names of this role."""
        ...

    def key(self, role: str, name: str) -> str:
        """What must be unique: the name, or its folded case where the file system or the language folds it."""
        ...


def plan(symbols: Iterable[Symbol], rules: Rules, locked: Names = NO_NAMES) -> Mapping[str, str]:
    """Settle all names: symbol id -> name. `locked` are the names that were published."""
    scopes: dict[str, list[Symbol]] = defaultdict(list)
    names: dict[str, str] = {}
    for symbol in symbols:
        if symbol.id in names:
            raise ValueError(f"two symbols with the id {symbol.id!r}")
        names[symbol.id] = ""
        scopes[symbol.scope].append(symbol)
    gone: _Gone = {}
    if locked.names:
        gone = locked.gone({s.published for members in scopes.values() for s in members if s.published is not None})
    for members in scopes.values():
        names.update(_settle(members, rules, locked, gone))
    return names


def surface_of(symbols: Iterable[Symbol], names: Mapping[str, str], rules: Rules) -> tuple[Entry, ...]:
    """What users see of the symbols, under the names that `plan` gave them, sorted by what they are."""
    spelled: dict[tuple[str, str, str], str] = {}  # many objects have members of the same names
    found = []
    for s in symbols:
        if s.published is None:
            continue
        kind, _, id = s.published
        alone = ""
        if kind in BY_WIRE:
            name = spelled.get((s.role, kind, id))
            if name is None:
                name = spelled[s.role, kind, id] = _by_wire(s.role, kind, id, rules)
            alone = rules.escape(s.role, s.scope, name)
        found.append(Entry(s.published, names[s.id], alone))
    return tuple(sorted(found, key=itemgetter(0)))


def _by_wire(role: str, kind: str, id: str, rules: Rules) -> str:
    """The spelling of a member or value that nothing but the wire names."""
    return rules.spell(role, words_of(id if kind == "member" else str(json.loads(id))))


def _settle(members: list[Symbol], rules: Rules, locked: Names, gone: _Gone) -> dict[str, str]:
    names = {s.id: s.fixed for s in members if s.fixed is not None}
    taken = {rules.key(s.role, s.fixed) for s in members if s.fixed is not None}
    if locked.names or locked.by_wire:
        _keep_published(members, rules, locked, names, taken)
        roles = {(s.published.kind, s.published.place): s.role for s in members if s.published is not None}
        taken |= {rules.key(role, name) for place, role in roles.items() for name in gone.get(place, ())}
        for place, role in roles.items():
            if place in locked.by_wire:
                _keep_by_wire(members, place, role, rules, locked, names, taken)
    open_ = [s for s in members if s.id not in names]
    wishes = {symbol.id: _wish(symbol, 0, rules) for symbol in open_}
    if len(taken.union(key for _, key in wishes.values())) == len(taken) + len(wishes):
        names.update((id, name) for id, (name, _) in wishes.items())  # nobody is in another's way
        return names
    level = dict.fromkeys(wishes, 0)
    for _ in range(1 + max((len(s.context) for s in open_), default=0)):
        groups: dict[str, list[Symbol]] = defaultdict(list)
        for symbol in open_:
            groups[wishes[symbol.id][1]].append(symbol)
        moved = False
        for key, group in groups.items():
            for symbol in _losers(group, key in taken):
                if level[symbol.id] < len(symbol.context):
                    level[symbol.id] += 1
                    wishes[symbol.id] = _wish(symbol, level[symbol.id], rules)
                    moved = True
        if not moved:
            break
    tried: dict[_Stem, int] = {}
    for symbol in sorted(open_, key=lambda s: (level[s.id], s.rank, s.id)):
        name, key = wishes[symbol.id]
        if key in taken:
            name, key = _numbered(symbol, _words(symbol, level[symbol.id]), rules, taken, tried)
        taken.add(key)
        names[symbol.id] = name
    return names


def _keep_published(members: list[Symbol], rules: Rules, locked: Names, names: dict[str, str], taken: set[str]) -> None:
    """Give the symbols their published names.

    One that the language or the runtime has since taken for itself cannot be kept.
    """
    found = [(s.published, s) for s in members if s.fixed is None and s.published in locked.names]
    for published, symbol in sorted(found, key=lambda pair: (pair[0], pair[1].id) if pair[0] else ()):
        assert published is not None  # since it is in `locked`
        name = locked.names[published]
        key = rules.key(symbol.role, name)
        if key not in taken and rules.escape(symbol.role, symbol.scope, name) == name:
            names[symbol.id] = name
            taken.add(key)


def _keep_by_wire(
    members: list[Symbol],
    place: tuple[str, str],
    role: str,
    rules: Rules,
    locked: Names,
    names: dict[str, str],
    taken: set[str],
) -> None:
    """Give members and values that were published the names that the wire gives them, where the lock has no others,
    and reserve those of what is gone. Of two that were published by other targets the first keeps it."""
    present = {s.published.id: s for s in members if s.published is not None and s.published.kind == place[0]}
    scope = members[0].scope
    gone = set()
    for id in locked.by_wire[place]:
        symbol = present.get(id)
        if symbol is None or symbol.id not in names:
            published = Published(*place, id)
            name = rules.escape(role, scope, _by_wire(role, published.kind, id, rules))
            key = rules.key(role, name)
            if symbol is None and published not in locked.names:
                gone.add(key)
            elif symbol is not None and published not in locked.names and key not in taken:
                names[symbol.id] = name
                taken.add(key)
    taken |= gone


def _words(symbol: Symbol, level: int) -> Words:
    return symbol.words if level == 0 else symbol.context[level - 1]


def _wish(symbol: Symbol, level: int, rules: Rules) -> tuple[str, str]:
    """The name that the symbol wishes for, and its key."""
    return _spelled(symbol, _words(symbol, level), rules)


def _spelled(symbol: Symbol, words: Words, rules: Rules) -> tuple[str, str]:
    name = rules.escape(symbol.role, symbol.scope, rules.spell(symbol.role, words))
    if len(name) > rules.room(symbol.role):
        name = _fitting(symbol, words, rules)[1]
    return name, rules.key(symbol.role, name)


def _fitting(symbol: Symbol, words: Words, rules: Rules) -> tuple[Words, str]:
    """As many of the words as there is room for, and the name that they make."""
    role, room = symbol.role, rules.room(symbol.role)
    fitting, name = words, ""
    for fewer in chain((words,), shorter(words)):
        if sum(map(len, fewer)) <= room:  # else the name is longer too
            fitting, name = fewer, rules.escape(role, symbol.scope, rules.spell(role, fewer))
            if len(name) <= room:
                break
    return fitting, name


def _numbered(
    symbol: Symbol, words: Words, rules: Rules, taken: Container[str], tried: dict[_Stem, int]
) -> tuple[str, str]:
    """The name with the first number that is free, and its key. `tried`: the numbers below which none is free."""
    if any(map(str.isdigit, words)):  # a number that is among the words may shorten them in another way than others do
        for number in count(2):
            name, key = _spelled(symbol, (*words, str(number)), rules)
            if key not in taken:
                return name, key
    for digits in count(1):
        first = max(2, 10 ** (digits - 1))
        left = _fitting(symbol, (*words, str(first)), rules)[0][:-1]  # as for all numbers of so many digits
        stem = (symbol.role, digits, tuple([w.given if isinstance(w, Word) else w for w in left]))
        for number in range(tried.get(stem, first), 10**digits):
            name = rules.escape(symbol.role, symbol.scope, rules.spell(symbol.role, (*left, str(number))))
            key = rules.key(symbol.role, name)
            tried[stem] = number + 1
            if key not in taken:
                return name, key
    raise AssertionError("numbers have no end")


def _losers(group: list[Symbol], name_is_taken: bool) -> list[Symbol]:
    if name_is_taken:
        return group
    if len(group) == 1:
        return []
    best = min(symbol.rank for symbol in group)
    winners = [symbol for symbol in group if symbol.rank == best]
    return [symbol for symbol in group if symbol.rank != best] if len(winners) == 1 else group
