"""The vector dispatcher and typed reads of one API, for its tests: the rest of the runner is the same for all APIs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from jinja2 import Environment

from ...ir.types import Ref
from ...lower.calls import Form, FormKind, Place
from ...lower.symbols import type_id
from ...target import OutFile, Settings
from .declarations import Declaration, Method, Package, ResourceType, Struct, Union
from .naming import label, literal, quoted
from .prose import deprecation
from .render_types import stored_name
from .samples import Example, usage, way_to
from .types import spelled

_Item = TypeVar("_Item")

#: Examples, operations or types in one file, so that none grows without bounds.
_PER_FILE = 40


def vector_tests(
    env: Environment, names: Mapping[str, str], settings: Settings, package: Package, calls: list[Example], folder: str
) -> Iterator[OutFile]:
    """The files that are made for this API."""
    made = [_example(call, names) for call in calls]
    yield from _files(env, folder, "Examples", settings.package, made, "examples")
    forms: dict[str, list[tuple[ResourceType, Method]]] = {}
    for resource in package.resources:
        for method in resource.methods:
            forms.setdefault(method.call.operation.id, []).append((resource, method))
    declarations = [d for group in package.files.values() for d in group if isinstance(d, Struct | Union)]
    sums = {
        d.symbol: "accumulated" if d.whole is None else "answer"
        for d in declarations
        if isinstance(d, Struct) and d.deltas is not None
    }
    operations = [_operation(n, id, methods, names, sums) for n, (id, methods) in enumerate(forms.items())]
    client = names[package.resources[0].symbol]
    text = env.get_template("Dispatcher.swift.j2").render(
        module=settings.package, client=client, operations=operations, errors=_errors(forms, names)
    )
    yield OutFile(f"{folder}/Vectors/Dispatcher.swift", text)
    yield from _files(env, folder, "Operations", settings.package, operations, "operations")
    for number, part in _parts(declarations):
        text = _typed(env, names, settings.package, part)
        yield OutFile(f"{folder}/Vectors/TypedMembers{number}.swift", text)


def _files(
    env: Environment, folder: str, name: str, module: str, items: Sequence[Mapping[str, Any]], called: str
) -> Iterator[OutFile]:
    """The files of a template that lays out items one after another."""
    template = env.get_template(f"{name}.swift.j2")
    for number, part in _parts(items):
        yield OutFile(f"{folder}/Vectors/{name}{number}.swift", template.render({"module": module, called: part}))


def _parts(items: Sequence[_Item]) -> Iterator[tuple[str, Sequence[_Item]]]:
    """The items in parts of a readable length, each with what tells its file from the first one's."""
    for start in range(0, len(items), _PER_FILE):
        yield "" if start == 0 else str(start // _PER_FILE + 1), items[start : start + _PER_FILE]


def _example(call: Example, names: Mapping[str, str]) -> dict[str, Any]:
    lines = usage(call, names).split("\n")
    result = lines[0].split()[1] if lines[0].startswith("let ") and call.method.form.kind is not FormKind.BINARY else ""
    return {"lines": lines, "result": result, "deprecation": deprecation(call.method.call.operation.docs, 0)}


def _typed(env: Environment, names: Mapping[str, str], module: str, declarations: Sequence[Declaration]) -> str:
    structs = [
        {
            "name": names[d.symbol],
            "properties": [
                {"wire": literal(p.wire_name), "name": stored_name(names[p.symbol], p)} for p in d.properties
            ],
        }
        for d in declarations
        if isinstance(d, Struct)
    ]
    unions = [
        {
            "name": names[d.symbol],
            "tags": ", ".join(map(literal, d.tags)),
            "cases": [quoted(names[c.symbol]) for c in d.cases],
        }
        for d in declarations
        if isinstance(d, Union)
    ]
    return env.get_template("TypedMembers.swift.j2").render(module=module, structs=structs, unions=unions)


def _operation(
    number: int,
    id: str,
    forms: list[tuple[ResourceType, Method]],
    names: Mapping[str, str],
    sums: Mapping[str, str],
) -> dict[str, Any]:
    """One operation: its arguments are read, then the form that the vector's mode asks for is called. `sums` has what adds
    up the events of a type, by its symbol."""
    _, first = forms[0]
    arguments: list[dict[str, str]] = []
    path: list[str] = []
    rest: list[str] = []
    for argument in sorted(first.arguments, key=lambda a: a.rank):
        location, wire = argument.asked.place, argument.asked.wire
        name = f"argument{len(arguments)}"
        read = f"{'optional' if argument.is_optional else 'required'}({literal(location.value)}, {literal(wire)})"
        arguments.append({"name": name, "type": spelled(argument.type, names), "read": read})
        (path if location is Place.PATH else rest).append(f"{label(names[argument.symbol])}: {name}")
    body: list[str] = []
    if first.body is not None:
        read = "body()" if first.body.plan.required else "optionalBody()"
        arguments.append({"name": "body", "type": spelled(first.body.type, names), "read": read})
        body.append("body")
    passed = ", ".join([*path, *body, *rest])
    calls = [(m.form, f"{way_to(resource, names)}.{names[m.symbol]}({passed})") for resource, m in forms]
    return {
        "id": literal(id),
        "function": f"operation{number}",
        "deprecation": deprecation(first.call.operation.docs, 0),
        "arguments": arguments,
        "forms": [line for form, call in calls for line in _form(form, call, len(calls) > 1, sums)],
    }


def _errors(
    forms: Mapping[str, list[tuple[ResourceType, Method]]], names: Mapping[str, str]
) -> list[tuple[list[str], str]]:
    """Operations and statuses as literals, and the type that their error bodies have, where that is a declared one."""
    found: dict[str, list[str]] = {}
    for id, methods in forms.items():
        for status, type in methods[0][1].call.operation.errors:
            if isinstance(type, Ref):
                found.setdefault(names[type_id(type.id)], []).append(literal(f"{id} {status}"))
    return [(keys, name) for name, keys in found.items()]


def _form(form: Form, call: str, has_twin: bool, sums: Mapping[str, str]) -> list[str]:
    kind = form.kind
    if kind.streams:
        sum = sums.get(type_id(form.type.id), "") if isinstance(form.type, Ref) else ""
        made = f"try await run.events(run.client{call})"
        lines = [f"if run.isStreamed || run.isRaw {{ {made} }}"] if has_twin else [made]
        summed = f"if run.isSummed {{ return run.record(sum: try await run.client{call}.{sum}()) }}"
        return [summed, *lines] if sum else lines
    if kind is FormKind.PAGES:
        return [
            f"if run.isPaged {{ return try await run.items(run.client{call}) }}",
            f"try await run.plain {{ try await $0{call}.firstPage().body }}",
        ]
    runner = {FormKind.NONE: "void", FormKind.BINARY: "binary", FormKind.MIXED: "mixed"}.get(kind, "plain")
    made = f"try await run.{runner} {{ try await $0{call} }}"
    return [f"if !run.isStreamed, !run.isRaw, !run.isSummed {{ return {made} }}"] if has_twin else [made]
