"""The vector dispatcher: operationId and arguments as JSON to a typed call of the generated package. For tests only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ...ir.model import Api
from ...ir.types import AliasDecl, DeclId, EnumDecl, ListOf, MapOf, Nullable, ObjectDecl, Ref, Type, UnionDecl
from ...lower.calls import Argument, BodyKind, Call
from ...lower.walk import is_file, resolved
from ...target import OutFile
from .declarations import Method, Package
from .params import positional
from .render_types import Names
from .samples import Examples
from .text import Code, data_text, literal, property_name


def dispatcher_file(
    package: Package,
    api: Api,
    client: str,
    names: Names,
    examples: Examples,
    guards: Mapping[str, str],
    template: Callable[..., OutFile],
) -> OutFile:
    """`tests/vectors/dispatcher.ts`. `guards` are the names of unions' guards by declaration."""
    entries = [_entry(method, api, names, examples) for resource in package.resources for method in resource.methods]
    params = sorted({name for _, used in entries for name in used})
    return template(
        "tests/vectors/dispatcher.ts",
        "dispatcher.ts",
        client=client,
        guards=sorted(guards.values()),
        params=params,
        entries=[text for text, _ in entries],
        schema=data_text(dict(_decl_nodes(api, guards)), column=22),
    )


def _entry(method: Method, api: Api, names: Names, examples: Examples) -> tuple[str, list[str]]:
    call, form = method.call, method.call.forms[0]
    target = examples.calls()[call.operation.id].target
    result = form.type if not form.kind.streams else None
    pieces: list[str] = [f"result: {_node_text(result)}"]
    used: list[str] = []

    def made(params: str | None, extra: str = "") -> str:
        arguments: list[str] = []
        before = positional(call)
        if before is not None:
            arguments.append(f"a.path?.[{literal(before.wire)}] as never")
        if method.params is not None:
            used.append(names[params or method.params])
            inner = ", ".join(piece for piece in (_params(call, before, api), extra) if piece)
            arguments.append(f"{{ {inner} }} as unknown as {names[params or method.params]}")
        return f"(client, a, o) => {target}({', '.join([*arguments, 'o'])})"

    if method.form == "pages":
        pieces += [f"each: {_node_text(form.item)}", f"pages: {made(None)}"]
    elif method.form == "stream":
        pieces += [f"each: {_node_text(form.type)}", f"stream: {made(None)}"]
    else:
        streaming = method.streaming
        pieces.append(f"plain: {made(streaming.plain_params if streaming is not None else None)}")
        if streaming is not None and call.streaming is not None:
            selected = f"{property_name(streaming.selector)}: {literal(streaming.value)}"
            pieces.append(f"each: {_node_text(call.streaming.type)}")
            pieces.append(f"stream: {made(streaming.params, selected)}")
    if call.operation.errors:
        pieces.append(
            f"errors: {data_text({status: _node(type) for status, type in call.operation.errors}, column=12)}"
        )
    body = "".join(f"    {piece},\n" for piece in pieces)
    return f"  [{literal(call.operation.id)}, {{\n{body}  }}],\n", used


def _params(call: Call, before: Argument | None, api: Api) -> str:
    pieces = [
        f"{property_name(a.key)}: a.{a.place.value}?.[{literal(a.wire)}]"
        for a in call.arguments
        if a.parameter is not None and a is not before
    ]
    if call.body is not None and call.body.flat is not None:
        names = [a.wire for a in call.body.members if _holds_file(a.type, api)]
        pieces.insert(0, f"...members(a.body{', ' + data_text(names) if names else ''})")
    elif call.body is not None and call.body.whole is not None:
        value = "file(a.body)" if call.body.kind is BodyKind.BINARY else "a.body"
        pieces.append(f"{property_name(call.body.whole.key)}: {value}")
    return ", ".join(pieces)


def _holds_file(type: Type, api: Api) -> bool:
    """Whether a member can be a file or a list of files, perhaps among other things."""
    todo, seen = [type], set[DeclId]()
    while todo:
        inner = resolved(todo.pop(), api.decls)
        if is_file(inner):
            return True
        if isinstance(inner, ListOf):
            todo.append(inner.item)
        elif isinstance(inner, Ref) and inner.id not in seen and isinstance(union := api.decls[inner.id], UnionDecl):
            seen.add(inner.id)
            todo += [variant.type for variant in union.variants]
    return False


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


def _decl_nodes(api: Api, guards: Mapping[str, str]) -> Iterator[tuple[str, object]]:
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
                            "tags": {member: list(values) for member, values in decl.listed(variant)},
                            "items": sorted(t.value for t in variant.item_types),
                            "required": list(variant.required_keys),
                            "foreign": list(variant.foreign_keys),
                        }
                        for variant in decl.variants
                    ]
                }
                if decl.tag is not None:
                    union["tags"] = list(decl.tags)
                if str(id) in guards:
                    union["isUnknown"] = Code(guards[str(id)])
                yield str(id), union
            case EnumDecl():
                pass
