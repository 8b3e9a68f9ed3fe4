"""The dispatcher for the vectors: from an operation's id and JSON arguments to a typed call, and typed reads by wire name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...ir.model import MediaKind, Resource
from ...ir.types import DeclId
from ...target import OutFile
from .calls import Argument, Call, lower_call
from .naming import quoted
from .source import Source, literal

if TYPE_CHECKING:
    from .render import Renderer


def dispatcher_files(renderer: Renderer) -> Iterator[OutFile]:
    """One file in the runtime's test package, so that it can use what is internal there."""
    source = Source(renderer.packages, renderer.packages.core)
    source.imports.add(f"{renderer.packages.root}.{renderer.client}")
    yield _example_file(renderer)
    calls = [c for resource in renderer.api.root.walk() for c in _calls(renderer, source, resource)]
    models = [_reads(renderer, source, id) for id in renderer.lowering.models]
    yield renderer.file(
        "dispatcher.kt.j2",
        source,
        "Dispatcher",
        "src/test/kotlin",
        client=renderer.client,
        calls=calls,
        models=models,
        wrappers=[
            f"{source.decl(union.decl.id)}.{renderer.names[a.symbol]}"
            for union in renderer.lowering.unions.values()
            for a in union.alternatives
            if a.model is None
        ],
        unknowns=[f"{source.decl(id)}.Unknown" for id in renderer.lowering.unions],
    )


def _example_file(renderer: Renderer) -> OutFile:
    """Every example of the documentation as a function, so that the compiler has seen it."""
    source = Source(renderer.packages, renderer.packages.core)
    source.imports |= {f"{renderer.packages.root}.{renderer.client}", f"{renderer.packages.models}.*"}
    for name in ("OffsetDateTime", "LocalDate"):
        source.lib(name)
    examples = []
    for operation in renderer.api.operations.values():
        call = lower_call(renderer.lowering, operation)
        for streaming in renderer.calls.forms(operation):
            name = quoted(renderer.calls.method_name(operation, streaming=streaming))
            found = renderer.examples.call(call, f"{renderer.access(operation)}.{name}", indent=8)
            if found is not None:
                examples.append(found)
    return renderer.file(
        "examples.kt.j2", source, "Examples", "src/test/kotlin", client=renderer.client, examples=examples
    )


def _calls(renderer: Renderer, source: Source, resource: Resource) -> Iterator[dict[str, Any]]:
    for id in resource.operations:
        operation = renderer.api.operations[id]
        access = renderer.access(operation)
        call = lower_call(renderer.lowering, operation)
        required = [_required(renderer, source, a) for a in call.required]
        names = {
            streaming: renderer.calls.method_name(operation, streaming=streaming)
            for streaming in renderer.calls.forms(operation)
        }
        result = operation.result
        yield {
            "id": id,
            "function": f"call{''.join(w[:1].upper() + w[1:] for w in (*[x for p in resource.path for x in p], *operation.words))}",
            "plain": f"{access}.{quoted(names[False])}" if False in names else None,
            "streaming": f"{access}.{quoted(names[True])}" if True in names else None,
            "required": required,
            "optional": [_optional(renderer, source, a) for a in call.optional],
            "members": [
                literal(a.member.wire)
                for a in (*call.required, *call.optional, *call.constants)
                if a.place in ("member", "file")
            ]
            if operation.body is not None
            and operation.body.flatten is not None
            and operation.body.media.kind is MediaKind.JSON
            else None,
            "item": source.codec(renderer.lowering.type_of(operation.pagination.item_type))
            if operation.pagination
            else None,
            "event": source.codec(renderer.lowering.type_of(operation.stream.media.type)) if operation.stream else None,
            "observe": _observe(renderer, source, call) if result is not None else "nothing()",
        }


def _observe(renderer: Renderer, source: Source, call: Call) -> str:
    """How the observation takes the result `it`."""
    result = call.operation.result
    if result is None or result.media is None:
        return "nothing()"
    if result.type is not None:
        type = renderer.lowering.type_of(result.type)
        codec = f"NullableCodec({source.codec(type.inner)})" if result.optional else source.codec(type)
        return f"result(it{'.body' if call.operation.pagination else ''}, {codec})"
    return "result(it, StringCodec)" if result.media.kind is MediaKind.TEXT else "binary(it)"


def _required(renderer: Renderer, source: Source, argument: Argument) -> str:
    member = argument.member
    codec = source.codec(member.type)
    if member.nullable:
        codec = f"{source.core('NullableCodec')}({codec})"
    return f"{quoted(renderer.names[member.symbol])} = {_given(argument, codec)}"


def _given(argument: Argument, codec: str) -> str:
    wire = literal(argument.member.wire)
    many = argument.member.type.name == "List"
    match argument.place:
        case "member":
            return f"given.member({wire}, {codec})"
        case "file":
            return f"given.{'files' if many else 'file'}({wire})"
        case "body":
            return "given.upload()" if argument.member.type.name == "Upload" else f"given.whole({codec})"
        case place:
            return f"given.parameter(Location.{place.upper()}, {wire}, {codec})"


def _optional(renderer: Renderer, source: Source, argument: Argument) -> str:
    member = argument.member
    name = quoted(renderer.names[member.symbol])
    codec = source.codec(member.type)
    wire = literal(member.wire)
    match argument.place:
        case "member":
            return f"if (given.hasMember({wire})) {name} = given.memberOrNull({wire}, {codec})"
        case "file":
            return f"if (given.hasMember({wire})) {name} = {_given(argument, codec)}"
        case "body":
            return f"if (given.hasBody) {name} = {_given(argument, codec)}"
        case place:
            return f"if (given.has(Location.{place.upper()}, {wire})) {name} = {_given(argument, codec)}"


def _reads(renderer: Renderer, source: Source, id: DeclId) -> dict[str, Any]:
    model = renderer.lowering.models[id]
    tags = [renderer.lowering.unions[u].decl.tag for u in model.unions]
    return {
        "type": source.decl(id),
        "reader": f"read{renderer.packages.types[id]}",
        "members": [(literal(m.wire), quoted(renderer.names[m.symbol])) for m in model.members],
        "additional": model.additional is not None,
        "tag": next((literal(t) for t in tags if t is not None), "null"),
    }
