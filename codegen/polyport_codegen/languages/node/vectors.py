"""The vector dispatcher: operationId and arguments as JSON to a typed call of the generated package. For tests only."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...ir.model import Api, MediaKind, Operation
from ...ir.types import (
    AliasDecl,
    EnumDecl,
    Kind,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Ref,
    Type,
    UnionDecl,
)
from ...target import OutFile
from .calls import Shape, shape_of
from .declarations import Method, Package
from .render_types import Names
from .samples import Examples
from .text import Code, data_text, literal, property_name


def dispatcher_file(
    package: Package, api: Api, client: str, names: Names, examples: Examples, template: Callable[..., OutFile]
) -> OutFile:
    """`tests/vectors/dispatcher.ts`."""
    guards = sorted(names[symbol] for symbol in names.names if symbol.startswith("guard:"))
    entries = [
        _entry(api.operations[method.operation], method, api, names, examples)
        for resource in package.resources
        for method in resource.methods
    ]
    params = sorted({name for _, used in entries for name in used})
    return template(
        "tests/vectors/dispatcher.ts",
        "dispatcher.ts",
        client=client,
        guards=guards,
        params=params,
        entries=[text for text, _ in entries],
        schema=data_text(_schema(api, names), column=22),
    )


def _entry(operation: Operation, method: Method, api: Api, names: Names, examples: Examples) -> tuple[str, list[str]]:
    target = examples.calls()[operation.id].target
    shape = shape_of(api, operation)
    pieces: list[str] = [f"result: {_node_text(_result_type(operation))}"]
    used: list[str] = []

    def call(params: str | None, extra: str = "") -> str:
        arguments: list[str] = []
        if shape.positional is not None:
            arguments.append(f"a.path?.[{literal(shape.positional.wire_name)}] as never")
        if method.params is not None:
            used.append(names[params or method.params])
            inner = ", ".join(piece for piece in (_params(operation, shape), extra) if piece)
            arguments.append(f"{{ {inner} }} as unknown as {names[params or method.params]}")
        return f"(client, a, o) => {target}({', '.join([*arguments, 'o'])})"

    if method.form == "pages":
        assert operation.pagination is not None
        pieces += [f"each: {_node_text(operation.pagination.item_type)}", f"pages: {call(None)}"]
    elif method.form == "stream":
        assert operation.stream is not None
        pieces += [f"each: {_node_text(operation.stream.media.type)}", f"stream: {call(None)}"]
    else:
        pieces.append(f"plain: {call(method.plain_params)}")
        if method.selector is not None and operation.stream is not None:
            name, value = method.selector
            assert isinstance(value, str | bool)
            pieces.append(f"each: {_node_text(operation.stream.media.type)}")
            pieces.append(f"stream: {call(method.stream_params, f'{property_name(name)}: {literal(value)}')}")
    body = "".join(f"    {piece},\n" for piece in pieces)
    return f"  [{literal(operation.id)}, {{\n{body}  }}],\n", used


def _params(operation: Operation, shape: Shape) -> str:
    selector = operation.stream.selector if operation.stream is not None else None
    pieces = [
        f"{property_name(name)}: a.{p.location.value}?.[{literal(p.wire_name)}]"
        for name, p in shape.named
        if selector is None or (p.wire_name, p.location.value) != (selector.wire_name, selector.location)
    ]
    body = operation.body
    if body is not None and shape.flat is not None:
        files = [f.wire_name for f in shape.flat.fields if _is_file(f.type)]
        pieces.insert(0, f"...members(a.body{', ' + data_text(files) if files else ''})")
    elif body is not None and shape.body_member is not None:
        value = "file(a.body)" if body.media.kind is MediaKind.BINARY else "a.body"
        pieces.append(f"{property_name(shape.body_member)}: {value}")
    return ", ".join(pieces)


def _is_file(type: Type) -> bool:
    while isinstance(type, ListOf | Nullable):
        type = type.item if isinstance(type, ListOf) else type.inner
    return isinstance(type, Primitive) and type.kind is Kind.STRING and type.format == "binary"


def _result_type(operation: Operation) -> Type | None:
    return operation.result.type if operation.result is not None else None


def _node(type: Type | None) -> object:
    match type:
        case Ref(id=id):
            return str(id)
        case ListOf(item=item):
            return {"list": _node(item)}
        case MapOf(value=value):
            return {"map": _node(value)}
        case Nullable(inner=inner):
            return _node(inner)
        case _:
            return None


def _node_text(type: Type | None) -> str:
    return data_text(_node(type))


def _schema(api: Api, names: Names) -> dict[str, object]:
    return dict(_decl_nodes(api, names))


def _decl_nodes(api: Api, names: Names) -> Iterator[tuple[str, object]]:
    for id, decl in api.decls.items():
        match decl:
            case ObjectDecl():
                fields = {f.wire_name: node for f in decl.fields if (node := _node(f.type)) is not None}
                additional = {"additional": _node(decl.additional)} if decl.additional is not None else {}
                if fields or additional:
                    yield str(id), {"fields": fields, **additional}
            case AliasDecl():
                yield str(id), {"alias": _node(decl.type)}
            case UnionDecl():
                union: dict[str, object] = {
                    "variants": [
                        {
                            "type": _node(variant.type),
                            "json": sorted(t.value for t in variant.json_types),
                            "tags": list(variant.tags),
                            "required": list(variant.required_keys),
                        }
                        for variant in decl.variants
                    ]
                }
                if decl.tag is not None and f"guard:{id}" in names.names:
                    union |= {"tag": decl.tag, "isUnknown": Code(names[f"guard:{id}"])}
                yield str(id), union
            case EnumDecl():
                pass
