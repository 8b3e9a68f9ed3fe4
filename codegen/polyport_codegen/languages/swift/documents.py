"""README.md and api.md of the package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment

from ...ir.model import Api
from ...lower.calls import BodyKind, FormKind
from ...target import OutFile, Settings
from .declarations import Package
from .prose import first_paragraph
from .samples import Example, usage, way_to
from .types import spelled


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
        "plain": _pick(calls, names, FormKind.JSON),
        "stream": _pick(calls, names, FormKind.EVENTS),
        "pages": _pick(calls, names, FormKind.PAGES),
        "upload": _pick(calls, names, FormKind.JSON, body=BodyKind.MULTIPART),
        "download": _pick(calls, names, FormKind.BINARY),
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
    op = method.call.operation
    asked = method.flat_arguments if method.flat is not None else method.arguments
    labels = "".join(f"{names[a.symbol]}:" for a in asked if not a.is_optional)
    if method.flat is None and method.body is not None:
        labels += "_:"
    return {
        "call": f"client{way_to(example.resource, names)}.{names[method.symbol]}({labels})",
        "route": f"{op.method} {op.path}",
        "result": spelled(method.result, names) if method.result is not None else "nothing",
        "about": first_paragraph(op.docs, "").replace("|", "\\|"),
        "deprecated": " *(deprecated)*" if op.docs.deprecated else "",
    }


def _pick(calls: list[Example], names: Mapping[str, str], kind: FormKind, *, body: BodyKind | None = None) -> str:
    """The most telling example of a kind: an operation that can also stream, then one with a body, then any."""

    def rank(e: Example) -> tuple[bool, bool, bool]:
        op = e.method.call.operation
        return (op.docs.deprecated, op.stream is None, op.body is None)

    fitting = [
        e
        for e in calls
        if e.method.form.kind is kind
        and not (kind is FormKind.JSON and e.method.form.optional)
        and (body is None or (e.method.body is not None and e.method.body.plan.kind is body))
    ]
    return usage(min(fitting, key=rank), names) if fitting else ""
