"""`polyport generate --lang node`: the API lowered, named, and laid out in files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from ...diagnostics import Diagnostics
from ...ir.model import Api
from ...lower.planner import plan
from ...lower.servers import servers_of
from ...lower.signatures import signatures
from ...target import Generated, Option, OutFile, Refusal, Settings
from ...templating import environment
from ...values import Words
from .declarations import LINE_LIMIT, Package
from .descriptors import api_data
from .documents import Template
from .files import TypeFileRenderer, names_of, type_files
from .lower import lower
from .naming import NodeRules, client_name, is_package, is_version, package_name
from .project import copied_files, project_files
from .render_calls import CLIENT, ResourceView, resource_module, resource_view
from .render_servers import options_type, servers_data
from .samples import Examples
from .surface import surface
from .text import data_text

_PACKAGE = "polyport_codegen.languages.node"


def _modules(package: Package) -> dict[str, str]:
    """The module in which each exported symbol of the resources stands."""
    modules: dict[str, str] = {}
    for resource in package.resources:
        module = resource_module(resource)
        modules |= {resource.symbol: module, **{d.symbol: module for d in resource.params}}
    return modules


def render(package: Package, settled: Mapping[str, str], api: Api, settings: Settings) -> Iterator[OutFile]:
    """All files of the package."""
    files = type_files(package.types, settled)
    names = names_of(files, settled, _modules(package))
    env = environment(_PACKAGE)
    examples = Examples(api, package, settled)

    def template(path: str, source: str, **values: object) -> OutFile:
        return OutFile(path, env.get_template(f"{source}.j2").render(values))

    types = TypeFileRenderer(files, names)
    for file in files:
        yield template(f"src/types/{file.name}.ts", "types.ts", view=types.text(file))
    guards = {file.name: types.guards(file) for file in files}
    yield from _type_index(sorted((name, bool(found)) for name, found in guards.items()), template)
    views = (resource_view(resource, names, examples) for resource in package.resources)
    yield from _resource_files(views, template)
    servers = servers_of(api, settings.base_url)
    info = {
        "package": settings.package,
        "version": settings.version,
        "envPrefix": settings.env_prefix,
        "baseURL": settings.base_url,
        **servers_data(servers),
        **api_data(api, [method.call for resource in package.resources for method in resource.methods]),
    }
    client = client_name(settings.words)
    options = options_type(api, servers)
    yield template("src/core.ts", "core.ts", name=f"{client}Core", info=data_text(info, column=31), options=options)
    yield template("src/index.ts", "index.ts", client=client)
    yield from copied_files("runtime", "src/runtime")
    known = {str(node.id): name for found in guards.values() for node, name in found}
    yield from project_files(package, api, settings, names, examples, known, template)


def _type_index(listed: list[tuple[str, bool]], template: Template) -> Iterator[OutFile]:
    """The index of the types; of very many, one for each beginning of their names, and an index of those."""
    if len(listed) < LINE_LIMIT:
        yield template("src/types/index.ts", "types-index.ts", files=listed, up=".")
        return
    groups = list(_by_prefix(listed, 1))
    for prefix, own in groups:
        yield template(f"src/types/by-prefix/{prefix}.ts", "types-index.ts", files=own, up="..")
    files = [(f"by-prefix/{prefix}", any(has_values for _, has_values in own)) for prefix, own in groups]
    yield template("src/types/index.ts", "types-index.ts", files=files, up=".")


def _by_prefix(listed: list[tuple[str, bool]], length: int) -> Iterator[tuple[str, list[tuple[str, bool]]]]:
    groups: dict[str, list[tuple[str, bool]]] = {}
    for file in listed:
        groups.setdefault(file[0][:length], []).append(file)
    for prefix, own in groups.items():
        if len(own) < LINE_LIMIT:
            yield prefix, own
        else:
            yield from _by_prefix(own, length + 1)


def _resource_files(views: Iterable[ResourceView], template: Template) -> Iterator[OutFile]:
    listed = []
    for view in views:
        path = f"src/{view.module.removesuffix('.js')}.ts"
        is_client = view.module == CLIENT
        yield template(path, "client.ts" if is_client else "resource.ts", view=view)
        if not is_client:
            listed.append(f"./{view.module.removeprefix('resources/')}")
    yield template("src/resources/index.ts", "resources-index.ts", modules=sorted(listed))


class NodeTarget:
    """`polyport generate --lang node`."""

    name = "node"
    languages = ("node", "typescript", "javascript")
    options: Mapping[str, Option] = MappingProxyType({})

    def default_package(self, words: Words) -> str:
        """`acme-pets`."""
        return package_name(words)

    def refused(self, settings: Settings) -> Iterator[Refusal]:
        """By the rules of npm."""
        if not is_package(settings.package):
            hint = "Lower-case letters, digits and - . _ between them, with a scope or without: @acme/sdk."
            yield Refusal("package", f"{settings.package!r} is no name of a package for npm", hint)
        if not is_version(settings.version):
            cause = f"{settings.version!r} is no version of a package for npm"
            yield Refusal("version", cause, "Three numbers, such as 1.4.0 or 2.0.0-beta.1.")

    def generate(self, api: Api, settings: Settings, diagnostics: Diagnostics) -> Generated:
        """The files of an npm package."""
        package = lower(api, settings.words, settings.names)
        settled = plan(package.symbols, NodeRules(), settings.names)
        told = partial(signatures, api, package.symbols, settled)
        return Generated(
            render(package, settled, api, settings), surface=surface(api, package, settled), signatures=told
        )


TARGET = NodeTarget()
