"""Type expressions of Python that hold symbols, and the two forms of the IR's types: what is read, and what is sent."""

from __future__ import annotations

from dataclasses import dataclass

from ...ir.model import Api
from ...ir.types import (
    AnyJson,
    Const,
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


@dataclass(frozen=True, slots=True)
class Sym:
    """A declared type, by the id of its symbol: `type:<decl>` (results) or `param:<decl>` (input)."""

    id: str


@dataclass(frozen=True, slots=True)
class Named:
    """A type that is imported. `module` is empty for builtins, relative (`._runtime.uploads`) for our own."""

    module: str
    name: str


@dataclass(frozen=True, slots=True)
class Generic:
    """`base[args]`."""

    base: Named
    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """`a | b`, each once."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Literals:
    """`Literal[...]` of strings, integers and booleans."""

    values: tuple[str | int | bool, ...]


Expr = Sym | Named | Generic | AnyOf | Literals

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


@dataclass(frozen=True, slots=True)
class Types:
    """The expressions of one API's types."""

    api: Api

    def read(self, type: Type) -> Expr:
        """What an answer's value is."""
        if isinstance(type, Primitive):
            return _DATETIME if type.format == "date-time" and type.kind is Kind.STRING else _SCALARS[type.kind]
        if isinstance(type, AnyJson):
            return ANY
        if isinstance(type, Const):
            return _const(type)
        if isinstance(type, ListOf):
            return Generic(Named("", "list"), (self.read(type.item),))
        if isinstance(type, MapOf):
            return Generic(Named("", "dict"), (STR, self.read(type.value)))
        if isinstance(type, Nullable):
            return any_of(self.read(type.inner), NONE)
        return Sym(f"type:{type.id}")

    def send(self, type: Type) -> Expr:
        """What a caller may give: plain data, typed dicts, and results that go back."""
        if isinstance(type, Primitive):
            return _sent_scalar(type)
        if isinstance(type, AnyJson):
            return OBJECT
        if isinstance(type, Const):
            return _const(type)
        if isinstance(type, ListOf):
            return Generic(_SEQUENCE, (self.send(type.item),))
        if isinstance(type, MapOf):
            return Generic(_MAPPING, (STR, self.send(type.value)))
        if isinstance(type, Nullable):
            return any_of(self.send(type.inner), NONE)
        decl = self.api.decls[type.id]
        if isinstance(decl, EnumDecl):
            return Sym(f"type:{type.id}")
        if isinstance(decl, ObjectDecl) and decl.direction is Direction.BOTH:
            return any_of(Sym(f"param:{type.id}"), Sym(f"type:{type.id}"))
        return Sym(f"param:{type.id}")

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
        known = tuple(m.value for m in decl.members if isinstance(m.value, (str, int)))
        return any_of(Literals(known), base) if known and base != FLOAT else base


def _const(type: Const) -> Expr:
    return FLOAT if isinstance(type.value, float) else Literals((type.value,))


def _sent_scalar(type: Primitive) -> Expr:
    if type.kind is Kind.STRING:
        if type.format == "date-time":
            return any_of(STR, _DATETIME)
        if type.format == "date":
            return any_of(STR, _DATE)
        if type.format == "byte":
            return any_of(STR, BYTES)
        if type.format == "binary":
            return UPLOAD
    return _SCALARS[type.kind]
