"""Calls that run, for docs: required arguments with examples from the document, or plausible values."""

from __future__ import annotations

from collections.abc import Iterable

from ...ir.model import Api, Operation, Parameter
from ...ir.types import (
    AliasDecl,
    AnyJson,
    Const,
    Docs,
    EnumDecl,
    Field,
    Kind,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Type,
    UnionDecl,
)
from ...lower.layout import Group, Joined, Part, layout
from ...values import Json
from .declarations import Package
from .lower_calls import operation_key
from .writer import quoted

_FORMATS = {
    "date-time": "2024-01-31T12:00:00Z",
    "date": "2024-01-31",
    "time": "12:00:00Z",
    "uuid": "123e4567-e89b-12d3-a456-426614174000",
    "uri": "https://example.com",
    "email": "a@example.com",
    "byte": "aGk=",
}
_SCALARS: dict[Kind, Json] = {Kind.INTEGER: 1, Kind.NUMBER: 1.5, Kind.BOOLEAN: True}


def call_sample(
    api: Api,
    package: Package,
    operation: Operation,
    *,
    asynchronous: bool = False,
    streams: bool = False,
    width: int = 88,
) -> str:
    """`client.messages.create(text="Hi")`, with all required arguments and no others.

    `streams` asks for the streaming form, by its argument where there are both forms.
    """
    name = ".".join(["client", *package.way(operation_key(operation)), package.names[f"method:{operation.id}"]])
    head = ("await " if asynchronous and operation.pagination is None else "") + name
    items = list(_arguments(api, package, operation))
    if streams and operation.stream is not None and operation.stream.selector is not None:
        selector = package.names[f"arguments:{operation.id}:selector"]
        items.append(f"{selector}={quoted(operation.stream.selector.value)}")
    return layout(Group(f"{head}(", tuple(items), ")"), width=width)


def _arguments(api: Api, package: Package, operation: Operation) -> Iterable[Part]:
    scope = f"arguments:{operation.id}"
    for parameter in operation.parameters:
        if parameter.required and parameter.const is None:
            name = package.names[f"{scope}:{parameter.location.value}:{parameter.wire_name}"]
            yield Joined((f"{name}=", _value(api, parameter)))
    body = operation.body
    if body is None or not body.required:
        return
    example = next((e for e in body.docs.examples if isinstance(e, dict)), {})
    if body.flatten is None:
        sample = _json(body.docs.examples[0]) if body.docs.examples else _typed(api, body.media.type, 0)
        yield Joined((f"{package.names[f'{scope}:body:']}=", sample))
        return
    for field in api.body_fields(operation):
        if field.required and field.const is None:
            name = package.names[f"{scope}:body:{field.wire_name}"]
            value = _json(example[field.wire_name]) if field.wire_name in example else _value(api, field)
            yield Joined((f"{name}=", value))


def _value(api: Api, item: Field | Parameter, depth: int = 0) -> Part:
    docs: Docs = item.docs
    if docs.examples:
        return _json(docs.examples[0])
    if item.default is not None:
        return _json(item.default)
    return _typed(api, item.type, depth)


def _typed(api: Api, type: Type, depth: int) -> Part:
    if isinstance(type, Const):
        return quoted(type.value)
    if isinstance(type, Primitive):
        if type.kind is not Kind.STRING:
            minimum = type.constraints.minimum
            return quoted(minimum if minimum is not None and type.kind is Kind.INTEGER else _SCALARS[type.kind])
        return 'Path("file.bin")' if type.format == "binary" else quoted(_FORMATS.get(type.format, "text"))
    if isinstance(type, ListOf):
        return "[]" if depth > 4 else Group("[", (_typed(api, type.item, depth + 1),), "]")
    if isinstance(type, (MapOf, AnyJson)):
        return "{}"
    if isinstance(type, Nullable):
        return "None" if depth > 4 else _typed(api, type.inner, depth)
    decl = api.decls[type.id]
    if decl.docs.examples:
        return _json(decl.docs.examples[0])
    if isinstance(decl, EnumDecl):
        return quoted(decl.members[0].value) if decl.members else '""'
    if isinstance(decl, AliasDecl):
        return _typed(api, decl.type, depth + 1) if depth < 6 else "None"
    if isinstance(decl, UnionDecl):
        return _variant(api, decl, depth)
    return _object(api, decl, depth)


def _variant(api: Api, decl: UnionDecl, depth: int) -> Part:
    if depth > 6:
        return "None"
    scalar = next((v for v in decl.variants if isinstance(v.type, Primitive)), decl.variants[0])
    return _typed(api, scalar.type, depth + 1)


def _object(api: Api, decl: ObjectDecl, depth: int) -> Part:
    if depth > 6:
        return "{}"
    pairs = [
        Joined((f"{quoted(field.wire_name)}: ", _value(api, field, depth + 1)))
        for field in decl.fields
        if field.required and not field.read_only
    ]
    return Group("{", tuple(pairs), "}")


def _json(value: Json) -> Part:
    if isinstance(value, dict):
        return Group("{", tuple(Joined((f"{quoted(k)}: ", _json(v))) for k, v in value.items()), "}")
    if isinstance(value, list):
        return Group("[", tuple(_json(item) for item in value), "]")
    return quoted(value)
