"""One visitor over types: a language says what each kind of expression is in it, and nothing else decides by kind."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Protocol, TypeVar

from ..ir.types import (
    AliasDecl,
    AnyJson,
    Const,
    Decl,
    DeclId,
    Kind,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Ref,
    Type,
)

T = TypeVar("T")


class Visitor(Protocol[T]):
    """What a language makes of each kind of expression; the inner ones have been made already.

    A language with two forms of a type (Python's results and input) has two visitors.
    """

    def scalar(self, type: Primitive) -> T:
        """A string, number or boolean of JSON."""
        ...

    def file(self, type: Primitive) -> T:
        """Raw bytes: a member of a multipart body, or a body that is not JSON."""
        ...

    def constant(self, type: Const) -> T:
        """The one value."""
        ...

    def free(self, type: AnyJson) -> T:
        """Any JSON."""
        ...

    def items(self, type: ListOf, item: T) -> T:
        """A list."""
        ...

    def entries(self, type: MapOf, value: T) -> T:
        """A map by strings."""
        ...

    def nullable(self, type: Nullable, inner: T) -> T:
        """Null, or the inner type."""
        ...

    def named(self, decl: Decl) -> T:
        """A use of a declaration. A language without names for aliases goes on with `walk(decl.type, ...)`."""
        ...


def walk(type: Type, visitor: Visitor[T], decls: Mapping[DeclId, Decl]) -> T:
    """The expression in the visitor's terms. No alias contains itself (`ir.passes.aliases`), so this ends."""
    match type:
        case Primitive():
            return visitor.file(type) if is_file(type) else visitor.scalar(type)
        case Const():
            return visitor.constant(type)
        case AnyJson():
            return visitor.free(type)
        case ListOf(item=item):
            return visitor.items(type, walk(item, visitor, decls))
        case MapOf(value=value):
            return visitor.entries(type, walk(value, visitor, decls))
        case Nullable(inner=inner):
            return visitor.nullable(type, walk(inner, visitor, decls))
        case Ref(id=id):
            return visitor.named(decls[id])


def bare(type: Type) -> Type:
    """The type without its null."""
    return type.inner if isinstance(type, Nullable) else type


def resolved(type: Type, decls: Mapping[DeclId, Decl]) -> Type:
    """The type with aliases and null taken off, as often as they stand around it (`ir.passes.aliases` sees to an end)."""
    while True:
        if isinstance(type, Nullable):
            type = type.inner
        elif isinstance(type, Ref) and isinstance(decl := decls.get(type.id), AliasDecl):
            type = decl.type
        else:
            return type


def object_of(type: Type, decls: Mapping[DeclId, Decl]) -> ObjectDecl | None:
    """The object that values of the type are, when it is one."""
    inner = resolved(type, decls)
    decl = decls.get(inner.id) if isinstance(inner, Ref) else None
    return decl if isinstance(decl, ObjectDecl) else None


class Files(Enum):
    """How many files a member of a form can hold."""

    NONE = 0
    ONE = 1
    MANY = 2


def is_file(type: Type) -> bool:
    """Whether the expression itself means raw bytes."""
    return isinstance(type, Primitive) and type.kind is Kind.STRING and type.format == "binary"


def files(type: Type, decls: Mapping[DeclId, Decl]) -> Files:
    """Whether values of the type are raw bytes, or lists of them."""
    inner = resolved(type, decls)
    if isinstance(inner, ListOf):
        return Files.MANY if is_file(resolved(inner.item, decls)) else Files.NONE
    return Files.ONE if is_file(inner) else Files.NONE
