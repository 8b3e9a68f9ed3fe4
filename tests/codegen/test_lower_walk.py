"""The visitor over types, and the questions that languages ask of them."""

from __future__ import annotations

from polyport_codegen.ir.types import (
    AliasDecl,
    AnyJson,
    Const,
    Decl,
    Kind,
    ListOf,
    MapOf,
    Nullable,
    Primitive,
    Ref,
    Type,
    component,
)
from polyport_codegen.lower.walk import Files, files, object_of, resolved, walk

from .specs import api_of, ref


class Spelling:
    """A visitor that writes types out."""

    def scalar(self, type: Primitive) -> str:
        return type.kind.value

    def file(self, type: Primitive) -> str:
        return "file"

    def constant(self, type: Const) -> str:
        return repr(type.value)

    def free(self, type: AnyJson) -> str:
        return "any"

    def items(self, type: ListOf, item: str) -> str:
        return f"[{item}]"

    def entries(self, type: MapOf, value: str) -> str:
        return f"{{{value}}}"

    def nullable(self, type: Nullable, inner: str) -> str:
        return f"{inner}?"

    def named(self, decl: Decl) -> str:
        return "".join(decl.words)


STRING, FILE = Primitive(Kind.STRING), Primitive(Kind.STRING, "binary")


def test_every_kind_of_expression_is_asked_for_once() -> None:
    api = api_of({"Order": {"type": "object", "properties": {"id": {"type": "string"}}}})
    type: Type = MapOf(Nullable(ListOf(Ref(component("Order")))))
    assert walk(type, Spelling(), api.decls) == "{[order]?}"
    assert walk(ListOf(Const("a")), Spelling(), api.decls) == "['a']"
    assert walk(ListOf(FILE), Spelling(), api.decls) == "[file]"
    assert walk(MapOf(AnyJson()), Spelling(), api.decls) == "{any}"


def test_names_and_nulls_are_taken_off_as_often_as_they_stand_there() -> None:
    api = api_of(
        {
            "Order": {"type": "object", "properties": {"id": {"type": "string"}}},
            "Maybe": {"anyOf": [ref("Order"), {"type": "null"}]},
            "Again": {"anyOf": [ref("Maybe"), {"type": "null"}]},
            "Uploads": {"type": "array", "items": {"type": "string", "format": "binary"}},
        }
    )
    assert resolved(Ref(component("Again")), api.decls) == Ref(component("Order"))
    order = object_of(Nullable(Ref(component("Again"))), api.decls)
    assert order is not None
    assert order.id == component("Order")
    assert object_of(STRING, api.decls) is None
    assert isinstance(api.decl(component("Uploads")), AliasDecl)
    assert files(Nullable(Ref(component("Uploads"))), api.decls) is Files.MANY
    assert files(FILE, api.decls) is Files.ONE
    assert files(ListOf(STRING), api.decls) is Files.NONE
