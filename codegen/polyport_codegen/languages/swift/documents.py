"""README.md and api.md of the package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Environment

from ...ir.model import Api
from ...lower import outline
from ...lower.calls import schemes
from ...lower.deltas import deltas
from ...lower.outline import Page, Section, Shown
from ...lower.servers import servers_of, told
from ...lower.symbols import child_ids
from ...target import OutFile, Settings
from .declarations import Package
from .naming import quoted
from .render_servers import server_sample
from .samples import Example, usage, way_to
from .types import spelled


def documents(
    env: Environment, names: Mapping[str, str], settings: Settings, package: Package, api: Api, examples: list[Example]
) -> Iterator[OutFile]:
    """The documents for people."""
    client = names[package.resources[0].symbol]
    calls = {e.method.call.operation.id: e.method.call for e in examples}
    servers = servers_of(api, settings.base_url)
    shown = outline.readme(api, calls)
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
        "schemes": [
            {"id": s.id, "env": s.env, "about": outline.first_paragraph(s.docs).replace("|", "\\|")}
            for s in schemes(api)
        ],
        "servers": told(servers, settings.env_prefix, "server", "serverVariables"),
        "server_sample": server_sample(servers, client),
        "plain": _usage(shown.plain, examples, names),
        "stream": _usage(shown.stream, examples, names),
        "whole": shown.stream is not None and deltas(shown.stream.call, api.decls) is not None,
        "pages": _usage(shown.pages, examples, names),
        "upload": _usage(shown.upload, examples, names),
        "download": _usage(shown.download, examples, names),
    }
    yield OutFile("README.md", env.get_template("README.md.j2").render(values))
    yield from _calls(env, names, client, outline.pages(api, calls), examples)


def _usage(shown: Shown | None, examples: Sequence[Example], names: Mapping[str, str]) -> str:
    if shown is None:
        return ""
    found = next(e for e in examples if e.method.call is shown.call and e.method.form is shown.form)
    return usage(found, names)


def _calls(
    env: Environment, names: Mapping[str, str], client: str, pages: Sequence[Page], examples: Sequence[Example]
) -> Iterator[OutFile]:
    """The list of all calls; that of a large API is an index of pages."""
    rows: dict[tuple[tuple[str, ...], ...], list[Example]] = {}
    for example in examples:
        rows.setdefault(example.resource.path, []).append(example)
    template = env.get_template("api.md.j2")
    for page in pages:
        sections = [_section(section, rows[section.path], names) for section in page.sections]
        yield OutFile(page.file, template.render(client=client, sections=sections, index=[]))
    if all(page.file != "api.md" for page in pages):
        index = [
            {
                "title": "client" + "".join(f".{quoted(names[id])}" for id in child_ids(page.path)),
                "file": page.file,
                "count": sum(len(section.calls) for section in page.sections),
            }
            for page in pages
        ]
        yield OutFile("api.md", template.render(client=client, sections=[], index=index))


def _section(section: Section, examples: Sequence[Example], names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "title": f"client{way_to(examples[0].resource, names)}",
        "about": outline.first_paragraph(section.docs),
        "methods": [_line(example, names) for example in examples],
    }


def _line(example: Example, names: Mapping[str, str]) -> dict[str, str]:
    method = example.method
    op = method.call.operation
    asked = method.flat_arguments if method.flat is not None else method.arguments
    labels = "".join(f"{names[a.symbol]}:" for a in asked if not a.is_optional)
    if method.flat is None and method.body is not None:
        labels += "_:"
    return {
        "call": f"client{way_to(example.resource, names)}.{names[method.symbol]}({labels})",
        "route": outline.route(method.call),
        "result": spelled(method.result, names) if method.result is not None else "nothing",
        "about": outline.first_paragraph(op.docs).replace("|", "\\|"),
        "deprecated": " *(deprecated)*" if op.docs.deprecated else "",
    }
