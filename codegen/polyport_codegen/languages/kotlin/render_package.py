"""What makes the sources a package: pom.xml, README.md, api.md and .gitignore."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...ir.model import Resource
from ...target import OutFile
from .calls import lower_call
from .lower import JSON, KType, Member
from .naming import artifact_name, quoted, resource_key
from .source import Source, literal

if TYPE_CHECKING:
    from .render import Renderer


def package_files(renderer: Renderer) -> Iterator[OutFile]:
    """The files beside the sources."""
    settings, api = renderer.settings, renderer.api
    values: dict[str, Any] = {
        "settings": settings,
        "title": api.title or renderer.client,
        "client": renderer.client,
        "group_id": settings.package,
        "artifact": artifact_name(settings.words),
        "summary": " ".join((api.docs.summary or api.docs.description or f"The client of {api.title}.").split())[:300],
        "package": settings.package,
        "resources": list(_listing(renderer)),
        "example": _example(renderer),
        "streaming": _streaming_example(renderer),
    }
    for name in ("pom.xml", "README.md", "api.md"):
        yield OutFile(name, renderer.env.get_template(f"{name}.j2").render(**values))
    yield OutFile(".gitignore", "target/\n")


def _access(renderer: Renderer, resource: Resource) -> str:
    steps = [renderer.names[f"child:{resource_key(resource.path[:end])}"] for end in range(1, len(resource.path) + 1)]
    return ".".join(["client", *(quoted(step) for step in steps)])


def _listing(renderer: Renderer) -> Iterator[dict[str, Any]]:
    """Every resource with its calls, as one line each."""
    source = Source(renderer.packages, renderer.packages.root)
    for resource in renderer.api.root.walk():
        if not resource.operations:
            continue
        access = _access(renderer, resource)
        lines = []
        for id in resource.operations:
            operation = renderer.api.operations[id]
            call = lower_call(renderer.lowering, operation)
            for method in renderer.calls.methods(renderer, source, call):
                if method["bare"] is None:
                    name = method["signature"].partition("fun ")[2].partition("(")[0]
                    required = ", ".join(quoted(renderer.names[a.member.symbol]) for a in call.required)
                    returns = method["signature"].rpartition("): ")[2] if method["returns"] else ""
                    lines.append(
                        {
                            "call": f"{access}.{name}({required})",
                            "returns": returns,
                            "http": f"{operation.method} {operation.path}",
                            "summary": " ".join((operation.docs.summary or operation.docs.description).split())[:160],
                            "deprecated": operation.docs.deprecated,
                        }
                    )
        yield {"title": access, "calls": lines}


def _example(renderer: Renderer) -> str:
    """A call that compiles: the first with a result whose arguments can be written down."""
    return _first_call(renderer, streaming=False)


def _streaming_example(renderer: Renderer) -> str:
    return _first_call(renderer, streaming=True)


def _first_call(renderer: Renderer, *, streaming: bool) -> str:
    for resource in renderer.api.root.walk():
        for id in resource.operations:
            operation = renderer.api.operations[id]
            if operation.docs.deprecated or (streaming and operation.stream is None):
                continue
            if not streaming and (operation.result is None or operation.result.media is None):
                continue
            call = lower_call(renderer.lowering, operation)
            values = [_sample(renderer, a.member) for a in call.required]
            if all(v is not None for v in values):
                kind = "streaming" if streaming and operation.result is not None else "method"
                names = [quoted(renderer.names[a.member.symbol]) for a in call.required]
                arguments = ", ".join(f"{n} = {v}" for n, v in zip(names, values, strict=True))
                return f"{_access(renderer, resource)}.{quoted(renderer.names[f'{kind}:{id}'])}({arguments})"
    return ""


def _sample(renderer: Renderer, member: Member) -> str | None:
    example = next((e for e in member.docs.examples if isinstance(e, str | int | float | bool)), None)
    return _sample_of(renderer, member.type, member.wire, example, depth=0)


def _sample_of(renderer: Renderer, type: KType, wire: str, example: Any, depth: int) -> str | None:
    """A value of a type as Kotlin code, or None when it takes too much to write one."""
    match type.name:
        case "String":
            return literal(example) if isinstance(example, str) else literal(wire)
        case "Boolean":
            return "true"
        case "Long" | "Int":
            return str(example) if isinstance(example, int) else "1"
        case "Double":
            return "0.5"
        case "List":
            item = _sample_of(renderer, type.args[0], wire, None, depth)
            return f"listOf({item})" if item is not None else None
        case "Decl" if depth < 2:
            return _sample_decl(renderer, type, depth)
        case "JsonElement":
            return None if type == JSON else ""
        case _:
            return None


def _sample_decl(renderer: Renderer, type: KType, depth: int) -> str | None:
    name = renderer.packages.types[type.decl]
    union = renderer.lowering.unions.get(type.decl)
    if union is not None:
        if union.text is not None:
            return f'{name}.of("Hi")'
        for alternative in union.alternatives:
            model = renderer.lowering.models.get(alternative.model or "")
            tagged = model is not None and any(m.wire == union.decl.tag and m.const is not None for m in model.members)
            if model is not None and tagged and alternative.variant.tags != ("developer",):
                values = [_factory_value(renderer, m) for m in model.members if m.asked]
                if all(v is not None for v in values):
                    return f"{name}.{quoted(renderer.names[alternative.factory])}({', '.join(v or '' for v in values)})"
        return None
    model = renderer.lowering.models.get(type.decl)
    if model is None:
        return None
    values = [_sample_of(renderer, m.type, m.wire, None, depth + 1) for m in model.members if m.asked]
    if any(v is None for v in values):
        return None
    names = [quoted(renderer.names[m.symbol]) for m in model.members if m.asked]
    return f"{name}({', '.join(f'{n} = {v}' for n, v in zip(names, values, strict=True))})"


def _factory_value(renderer: Renderer, member: Member) -> str | None:
    if renderer.lowering.string_union(member.type) is not None:
        return '"Hi"'
    return _sample_of(renderer, member.type, member.wire, None, 2)
