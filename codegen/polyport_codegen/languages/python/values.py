"""Types of the IR as Python expressions: one form for what is read, another for what is sent."""

from __future__ import annotations

from dataclasses import dataclass

from ...ir.model import Api
from ...ir.types import (
    AnyJson,
    Const,
    Direction,
    EnumDecl,
    JsonType,
    Kind,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Type,
    UnionDecl,
)
from .exprs import (
    ANY,
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NONE,
    OBJECT,
    STR,
    UNKNOWN,
    UPLOAD,
    Expr,
    Generic,
    Literals,
    Named,
    Sym,
    any_of,
)

_SCALARS = {Kind.STRING: STR, Kind.INTEGER: INT, Kind.NUMBER: FLOAT, Kind.BOOLEAN: BOOL}
DATETIME = Named("datetime", "datetime")
DATE = Named("datetime", "date")
SEQUENCE = Named("collections.abc", "Sequence")
MAPPING = Named("collections.abc", "Mapping")


@dataclass(frozen=True, slots=True)
class Values:
    """Lowers type expressions of one API."""

    api: Api

    def read(self, type: Type) -> Expr:
        """What an answer's value is."""
        if isinstance(type, Primitive):
            return DATETIME if type.format == "date-time" and type.kind is Kind.STRING else _SCALARS[type.kind]
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
            return Generic(SEQUENCE, (self.send(type.item),))
        if isinstance(type, MapOf):
            return Generic(MAPPING, (STR, self.send(type.value)))
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

    def json_types(self, types: frozenset[JsonType]) -> str:
        """The JSON types of a variant, in a stable order, as the runtime takes them."""
        return " ".join(sorted(t.value for t in types))


def _const(type: Const) -> Expr:
    return FLOAT if isinstance(type.value, float) else Literals((type.value,))


def _sent_scalar(type: Primitive) -> Expr:
    if type.kind is Kind.STRING:
        if type.format == "date-time":
            return any_of(STR, DATETIME)
        if type.format == "date":
            return any_of(STR, DATE)
        if type.format == "byte":
            return any_of(STR, BYTES)
        if type.format == "binary":
            return UPLOAD
    return _SCALARS[type.kind]
