"""Type expressions of TypeScript as values: they hold symbols, and become text when all names are settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from ...lower.layout import Group, Joined, Part, flat


class Symbols(Protocol):
    """The settled names of symbols, as they are written here."""

    def __getitem__(self, symbol: str, /) -> str:
        """The name."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """A part of the language that needs no import: `string`, `'user'`, `(string & {})`."""

    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """A generated type, by the id of its symbol."""

    symbol: str


@dataclass(frozen=True, slots=True)
class Runtime:
    """A type of the runtime, by its name there, perhaps with arguments: `Stream<Chunk>`."""

    name: str
    arguments: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class ArrayOf:
    """`Item[]`."""

    item: Expr


@dataclass(frozen=True, slots=True)
class DictOf:
    """`{ [key: string]: Value }`: unlike `Record`, it may occur in the declaration of its own value type."""

    value: Expr


@dataclass(frozen=True, slots=True)
class OneOf:
    """`A | B`."""

    members: tuple[Expr, ...]


Expr = Text | Named | Runtime | ArrayOf | DictOf | OneOf

UNKNOWN = Text("unknown")
NULL = Text("null")
UNDEFINED = Text("undefined")


def one_of(*members: Expr) -> Expr:
    """A union without nested unions and repeated members; `unknown` swallows the others."""
    if len(members) == 1:
        return members[0]
    spread: list[Expr] = []
    for member in members:
        spread.extend(member.members if isinstance(member, OneOf) else (member,))
    unique = tuple(dict.fromkeys(spread))
    if UNKNOWN in unique:
        return UNKNOWN
    return unique[0] if len(unique) == 1 else OneOf(unique)


def references(expr: Expr) -> Iterator[Named | Runtime]:
    """All named things in the expression, for imports."""
    if isinstance(expr, Named):
        yield expr
    elif isinstance(expr, Runtime):
        yield expr
        for argument in expr.arguments:
            yield from references(argument)
    elif isinstance(expr, ArrayOf):
        yield from references(expr.item)
    elif isinstance(expr, DictOf):
        yield from references(expr.value)
    elif isinstance(expr, OneOf):
        for member in expr.members:
            yield from references(member)


def inline(expr: Expr, names: Symbols) -> str:
    """The expression on one line."""
    return flat(part(expr, names))


def part(expr: Expr, names: Symbols) -> Part:
    """The expression for the layout helper: arguments of generics may break."""
    if isinstance(expr, Text):
        return expr.text
    if isinstance(expr, Named):
        return names[expr.symbol]
    if isinstance(expr, Runtime):
        if not expr.arguments:
            return expr.name
        return Group(f"{expr.name}<", [part(a, names) for a in expr.arguments], ">", trailing=False)
    if isinstance(expr, ArrayOf):
        item = part(expr.item, names)
        return Joined(["(", item, ")[]"]) if isinstance(expr.item, OneOf) else Joined([item, "[]"])
    if isinstance(expr, DictOf):
        return Joined(["{ [key: string]: ", part(expr.value, names), " }"])
    return " | ".join(inline(member, names) for member in expr.members)


def members(expr: Expr, names: Symbols) -> list[str]:
    """The alternatives of a union, each on one line; a single one for everything else."""
    return [inline(m, names) for m in expr.members] if isinstance(expr, OneOf) else [inline(expr, names)]
