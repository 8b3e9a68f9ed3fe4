"""Type expressions of Python that hold symbols, and the two forms of the model's types: what is read, and what is sent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ...ir.model import Api
from ...ir.types import (
    AnyJson,
    Const,
    Decl,
    DeclId,
    Direction,
    EnumDecl,
    Kind,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Type,
    UnionDecl,
)
from ...lower.symbols import type_id
from ...lower.walk import walk


class Sym(NamedTuple):
    """A declared type, by the id of its symbol: `type_id` (results) or `param_id` (input)."""

    id: str


class Named(NamedTuple):
    """A type that is imported. `module` is empty for builtins, relative (`._runtime.uploads`) for our own."""

    module: str
    name: str


class Generic(NamedTuple):
    """`base[args]`."""

    base: Named
    args: tuple[Expr, ...]


class AnyOf(NamedTuple):
    """`a | b`, each once."""

    items: tuple[Expr, ...]


class Literals(NamedTuple):
    """`Literal[...]` of strings, booleans and such integers as `fits_literal`."""

    values: tuple[str | int | bool, ...]


Expr = Sym | Named | Generic | AnyOf | Literals


def fits_literal(value: str | int | float | bool) -> bool:
    """Whether `Literal` takes the value: no float, and mypy reads no digits in it that a 64-bit integer cannot hold."""
    return isinstance(value, str) or (isinstance(value, int) and abs(value) < 1 << 63)


STR, INT, FLOAT, BOOL = (Named("", name) for name in ("str", "int", "float", "bool"))
BYTES, OBJECT, NONE = Named("", "bytes"), Named("", "object"), Named("", "None")
ANY = Named("typing", "Any")
UNKNOWN = Named("._runtime.models", "Unknown")
UPLOAD = Named("._runtime.uploads", "Upload")
NOT_GIVEN = Named("._runtime.sentinels", "NotGiven")
_DATETIME = Named("datetime", "datetime")
_DATE = Named("datetime", "date")
_SEQUENCE = Named("collections.abc", "Sequence")
_MAPPING = Named("collections.abc", "Mapping")
_SCALARS = {Kind.STRING: STR, Kind.INTEGER: INT, Kind.NUMBER: FLOAT, Kind.BOOLEAN: BOOL}
_SENT_FORMATS = {"date-time": (STR, _DATETIME), "date": (STR, _DATE), "byte": (STR, BYTES)}


@lru_cache(maxsize=65536)
def param_id(id: DeclId) -> str:
    """The symbol of a declaration's form for input."""
    return f"param:{id}"


def any_of(*items: Expr) -> Expr:
    """The union of expressions, flat and without repeats; `Any` swallows all."""
    found: dict[Expr, None] = {}
    for item in items:
        for part in item.items if isinstance(item, AnyOf) else (item,):
            found[part] = None
    if ANY in found:
        return ANY
    for last in (NONE, NOT_GIVEN):
        if last in found:
            found.pop(last)
            found[last] = None
    return next(iter(found)) if len(found) == 1 else AnyOf(tuple(found))


class Reading:
    """What an answer's values are."""

    def scalar(self, type: Primitive) -> Expr:
        """A moment is a `datetime`; other formats of strings stay text."""
        return _DATETIME if type.format == "date-time" and type.kind is Kind.STRING else _SCALARS[type.kind]

    def file(self, type: Primitive) -> Expr:
        """Inside JSON there are no raw bytes."""
        return STR

    def constant(self, type: Const) -> Expr:
        """Its literal; floats and very large integers have none."""
        if isinstance(type.value, float):
            return FLOAT
        return Literals((type.value,)) if fits_literal(type.value) else INT

    def free(self, type: AnyJson) -> Expr:
        """Anything."""
        return ANY

    def items(self, type: ListOf, item: Expr) -> Expr:
        """A list."""
        return Generic(Named("", "list"), (item,))

    def entries(self, type: MapOf, value: Expr) -> Expr:
        """A dict."""
        return Generic(Named("", "dict"), (STR, value))

    def nullable(self, type: Nullable, inner: Expr) -> Expr:
        """None is one of the values."""
        return any_of(inner, NONE)

    def named(self, decl: Decl) -> Expr:
        """A class, or the alias of a union or enum."""
        return Sym(type_id(decl.id))


class Sending(Reading):
    """What a caller may give: plain data, typed dicts, and results that go back."""

    def scalar(self, type: Primitive) -> Expr:
        """Moments, dates and bytes have objects of their own beside their text."""
        forms = _SENT_FORMATS.get(type.format) if type.kind is Kind.STRING else None
        return any_of(*forms) if forms is not None else _SCALARS[type.kind]

    def file(self, type: Primitive) -> Expr:
        """Whatever bytes can be read from."""
        return UPLOAD

    def free(self, type: AnyJson) -> Expr:
        """Anything, of which nothing is expected."""
        return OBJECT

    def items(self, type: ListOf, item: Expr) -> Expr:
        """Any sequence."""
        return Generic(_SEQUENCE, (item,))

    def entries(self, type: MapOf, value: Expr) -> Expr:
        """Any mapping."""
        return Generic(_MAPPING, (STR, value))

    def named(self, decl: Decl) -> Expr:
        """The dict; also the object, where one can have been read before."""
        if isinstance(decl, EnumDecl):
            return Sym(type_id(decl.id))
        if isinstance(decl, ObjectDecl) and decl.direction is Direction.BOTH:
            return any_of(Sym(param_id(decl.id)), Sym(type_id(decl.id)))
        return Sym(param_id(decl.id))


_READING, _SENDING = Reading(), Sending()


@dataclass(frozen=True, slots=True)
class Types:
    """The expressions of one API's types."""

    api: Api

    def read(self, type: Type) -> Expr:
        """What an answer's value is."""
        return walk(type, _READING, self.api.decls)

    def send(self, type: Type) -> Expr:
        """What a caller may give."""
        return walk(type, _SENDING, self.api.decls)

    def read_union(self, decl: UnionDecl) -> Expr:
        """The members of a union and `Unknown`."""
        return any_of(*(self.read(v.type) for v in decl.variants), UNKNOWN)

    def send_union(self, decl: UnionDecl) -> Expr:
        """The members of a union; `Unknown` when one can have been read before."""
        unknown = (UNKNOWN,) if Direction.OUTPUT in decl.direction else ()
        return any_of(*(self.send(v.type) for v in decl.variants), *unknown)

    def enum(self, decl: EnumDecl) -> Expr:
        """The known values, and any other of their kind."""
        base = _SCALARS[decl.kind]
        known = tuple(m.value for m in decl.members if not isinstance(m.value, float) and fits_literal(m.value))
        return any_of(Literals(known), base) if known and base != FLOAT else base
