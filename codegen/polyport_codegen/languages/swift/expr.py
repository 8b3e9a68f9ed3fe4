"""Swift type expressions. They hold symbol ids, never names: the planner settles names later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plain:
    """A type of the language or the runtime: `String`."""

    name: str


@dataclass(frozen=True, slots=True)
class Named:
    """A generated type, by its symbol."""

    symbol: str


@dataclass(frozen=True, slots=True)
class ArrayOf:
    """`[Item]`."""

    item: Expr


@dataclass(frozen=True, slots=True)
class DictionaryOf:
    """`[String: Value]`."""

    value: Expr


@dataclass(frozen=True, slots=True)
class OptionalOf:
    """`Wrapped?`. Never nested."""

    wrapped: Expr


@dataclass(frozen=True, slots=True)
class TriStateOf:
    """`Wrapped??`: absent (nil), null (`.null`) or a value."""

    wrapped: Expr


@dataclass(frozen=True, slots=True)
class Generic:
    """`PagedList<Item, Body>`."""

    name: str
    arguments: tuple[Expr, ...]


Expr = Plain | Named | ArrayOf | DictionaryOf | OptionalOf | TriStateOf | Generic


def optional(expr: Expr) -> Expr:
    """The optional of a type; an optional stays what it is."""
    return expr if isinstance(expr, OptionalOf) else OptionalOf(expr)


def spelled(expr: Expr, names: Mapping[str, str]) -> str:
    """The expression in Swift."""
    if isinstance(expr, Plain):
        return expr.name
    if isinstance(expr, Named):
        return names[expr.symbol]
    if isinstance(expr, ArrayOf):
        return f"[{spelled(expr.item, names)}]"
    if isinstance(expr, DictionaryOf):
        return f"[String: {spelled(expr.value, names)}]"
    if isinstance(expr, OptionalOf):
        return f"{spelled(expr.wrapped, names)}?"
    if isinstance(expr, TriStateOf):
        return f"{spelled(expr.wrapped, names)}??"
    return f"{expr.name}<{', '.join(spelled(a, names) for a in expr.arguments)}>"
