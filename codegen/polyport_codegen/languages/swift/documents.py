"""README.md and api.md of the package, and the example calls that they and the methods' comments show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment

from ...ir.model import Api
from ...lower.layout import Group, layout
from ...target import OutFile, Settings
from .declarations import Method, Package, ResourceType, Struct, Union
from .docs import first_paragraph
from .expr import ArrayOf, Generic, OptionalOf, spelled
from .naming import quoted
from .samples import Samples

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Example:
    """An example call. `code` is the call alone: `client.models.list()`."""

    resource: ResourceType
    method: Method
    code: str


def way_to(resource: ResourceType, names: Mapping[str, str]) -> str:
    """`.chat.completions`."""
    steps = ["_".join(step) for step in resource.path]
    keys = ["/".join(steps[: n + 1]) for n in range(len(steps))]
    return "".join(f".{quoted(names[f'child:{key}'])}" for key in keys)


def examples(api: Api, names: Mapping[str, str], package: Package) -> Iterator[Example]:
    """A call of every method."""
    types = {d.symbol: d for group in package.files.values() for d in group if isinstance(d, Struct | Union)}
    samples = Samples(api, names, types)
    for resource in package.resources:
        for method in resource.methods:
            head = f"client{way_to(resource, names)}.{quoted(names[method.symbol])}("
            call = Group(head, samples.arguments(method.operation, method), ")", trailing=False)
            yield Example(resource, method, layout(call, width=_WIDTH - 24))


def usage(example: Example, names: Mapping[str, str]) -> str:
    """The call as a reader would write it."""
    method, code = example.method, example.code
    if method.kind == "events":
        return f"for try await event in {code} {{\n    print(event)\n}}"
    if method.kind == "pages":
        return f"for try await item in {code} {{\n    print(item)\n}}"
    if method.kind == "void":
        return f"try await {code}"
    if method.kind == "binary":
        return f'let file = try await {code}\ntry await file.write(to: URL(fileURLWithPath: "file.bin"))'
    return f"let {_result_name(method, names)} = try await {code}"


def _result_name(method: Method, names: Mapping[str, str]) -> str:
    result = method.result
    if isinstance(result, OptionalOf):
        result = result.wrapped
    if method.kind == "text":
        return "text"
    return "items" if isinstance(result, ArrayOf | Generic) else "answer"


def documents(
    env: Environment, names: Mapping[str, str], settings: Settings, package: Package, api: Api, calls: list[Example]
) -> Iterator[OutFile]:
    """The documents for people."""
    client = names[package.resources[0].symbol]
    values: dict[str, Any] = {
        "client": client,
        "package": settings.package,
        "version": settings.version,
        "prefix": settings.env_prefix,
        "base_url": settings.base_url,
        "repository": settings.repository,
        "identity": settings.repository.rstrip("/").rpartition("/")[2].removesuffix(".git") or settings.package,
        "license": settings.license,
        "title": api.title,
        "called": api.called,
        "about": api.docs.text,
        "plain": _pick(calls, names, "json"),
        "stream": _pick(calls, names, "events"),
        "pages": _pick(calls, names, "pages"),
        "upload": _pick(calls, names, "json", body="multipart"),
        "download": _pick(calls, names, "binary"),
    }
    yield OutFile("README.md", env.get_template("README.md.j2").render(values))
    sections = [
        {
            "title": f"client{way_to(resource, names)}",
            "about": first_paragraph(resource.docs, ""),
            "methods": [_line(e, names) for e in calls if e.resource is resource],
        }
        for resource in package.resources
    ]
    text = env.get_template("api.md.j2").render(client=client, sections=[s for s in sections if s["methods"]])
    yield OutFile("api.md", text)


def _line(example: Example, names: Mapping[str, str]) -> dict[str, str]:
    method = example.method
    op = method.operation
    required = [a.symbol for a in method.arguments if not a.is_optional]
    flat = [a.symbol for a in method.flat_arguments if not a.is_optional]
    labels = "".join(f"{names[s]}:" for s in (*required, *flat))
    if method.flat is None and method.body is not None:
        labels += "_:"
    return {
        "call": f"client{way_to(example.resource, names)}.{names[method.symbol]}({labels})",
        "route": f"{op.method} {op.path}",
        "result": spelled(method.result, names) if method.result is not None else "nothing",
        "about": first_paragraph(method.docs, "").replace("|", "\\|"),
        "deprecated": " *(deprecated)*" if method.docs.deprecated else "",
    }


def _pick(calls: list[Example], names: Mapping[str, str], kind: str, *, body: str = "") -> str:
    """The most telling example of a kind: an operation that can also stream, then one with a body, then any."""

    def rank(e: Example) -> tuple[bool, bool, bool]:
        op = e.method.operation
        return (op.docs.deprecated, op.stream is None, op.body is None)

    fitting = [
        e for e in calls if e.method.kind == kind and (not body or (e.method.body and e.method.body.kind == body))
    ]
    return usage(min(fitting, key=rank), names) if fitting else ""
