"""Swift's type expressions, and how the model's become them. They hold symbol ids, never names: the planner settles names later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...ir.types import AnyJson, Const, Decl, DeclId, Kind, ListOf, MapOf, Nullable, Primitive, Type
from ...lower.symbols import type_id
from ...lower.walk import walk


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
    """`Nullable<Wrapped>?`: absent (nil, also of a variable), null (`.null`) or a value."""

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


SCALARS = {Kind.STRING: "String", Kind.INTEGER: "Int", Kind.NUMBER: "Double", Kind.BOOLEAN: "Bool"}


def is_big(value: object) -> bool:
    """Whether a number is an integer that `Int` cannot hold."""
    return isinstance(value, int) and not -(2**63) <= value < 2**63


_SCALARS = {kind: Plain(name) for kind, name in SCALARS.items()}
_UPLOAD, _JSON = Plain("Upload"), Plain("JSONValue")


class _Expressions:
    """The visitor that makes expressions of the model's types."""

    def scalar(self, type: Primitive) -> Expr:
        return _SCALARS[type.kind]

    def file(self, type: Primitive) -> Expr:
        return _UPLOAD

    def constant(self, type: Const) -> Expr:
        value = type.value
        if isinstance(value, bool):
            return Plain("Bool")
        if is_big(value):
            return Plain("JSONNumber")
        return Plain("String" if isinstance(value, str) else "Int" if isinstance(value, int) else "Double")

    def free(self, type: AnyJson) -> Expr:
        return _JSON

    def items(self, type: ListOf, item: Expr) -> Expr:
        return ArrayOf(item)

    def entries(self, type: MapOf, value: Expr) -> Expr:
        return DictionaryOf(value)

    def nullable(self, type: Nullable, inner: Expr) -> Expr:
        return optional(inner)

    def named(self, decl: Decl) -> Expr:
        return Named(type_id(decl.id))


_EXPRESSIONS = _Expressions()


def expr(type: Type, decls: Mapping[DeclId, Decl]) -> Expr:
    """The type of a value."""
    return walk(type, _EXPRESSIONS, decls)


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
        return f"Nullable<{spelled(expr.wrapped, names)}>?"
    return f"{expr.name}<{', '.join(spelled(a, names) for a in expr.arguments)}>"
