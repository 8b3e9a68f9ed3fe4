"""`polyport generate --lang node`: the API lowered, named, and laid out in files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...diagnostics import Diagnostics
from ...ir.model import Api
from ...lower.planner import Symbol, plan
from ...target import Generated, OutFile, Settings
from ...templating import environment
from ...values import Words
from .declarations import Declaration, Guard, Package, ResourceClass
from .descriptors import auth_default
from .lower import lower
from .naming import EXPORTS, NodeRules, client_name, package_name
from .project import Template, copied_files, project_files
from .render_calls import ResourceView, resource_module, resource_view
from .render_types import UNIONS, Names, declaration_text, imports, uses
from .samples import Examples
from .text import data_text

#: No file of generated code grows past this many lines, as far as single declarations allow.
LINE_LIMIT = 1000

_PACKAGE = "polyport_codegen.languages.node"


@dataclass(slots=True)
class TypeFile:
    """A file of types: its declarations and their texts."""

    name: str
    declarations: list[Declaration]
    texts: list[str]

    @property
    def module(self) -> str:
        """The file as others import it."""
        return f"types/{self.name}.js"

    @property
    def has_values(self) -> bool:
        """Whether anything of it is left at run time."""
        return any(isinstance(declaration, Guard) for declaration in self.declarations)


def settle(package: Package, settings: Settings) -> Mapping[str, str]:
    """Names for all symbols."""
    client = client_name(settings.words)
    fixed = [
        Symbol("resource:", "class", settings.words, EXPORTS, fixed=client),
        Symbol("core", "class", (*settings.words, "core"), EXPORTS, fixed=f"{client}Core"),
    ]
    return plan([*package.symbols, *fixed], NodeRules())


def type_files(package: Package, names: Mapping[str, str]) -> list[TypeFile]:
    """The files of types; the declarations of a file that would be too long get their own."""
    found: list[TypeFile] = []
    for file, declarations in package.groups.items():
        texts = [declaration_text(declaration, names) for declaration in declarations]
        if sum(text.count("\n") + 1 for text in texts) < LINE_LIMIT:
            found.append(TypeFile(names[file], declarations, texts))
            continue
        apart: dict[str, TypeFile] = {}
        for declaration, text in zip(declarations, texts, strict=True):
            subject = declaration.union if isinstance(declaration, Guard) else declaration.symbol
            own = names[f"file:{subject.removeprefix('type:')}"]
            made = apart.setdefault(own, TypeFile(own, [], []))
            made.declarations.append(declaration)
            made.texts.append(text)
        found += apart.values()
    return found


def modules_of(package: Package, files: list[TypeFile]) -> dict[str, str]:
    """The module in which each exported symbol stands."""
    modules = {d.symbol: file.module for file in files for d in file.declarations}
    for resource in package.resources:
        module = resource_module(resource)
        modules |= {resource.symbol: module, **{d.symbol: module for d in resource.params}}
    return modules


def render(package: Package, api: Api, settings: Settings) -> Iterator[OutFile]:
    """All files of the package."""
    settled = settle(package, settings)
    files = type_files(package, settled)
    names = Names(settled, modules_of(package, files))
    env = environment(_PACKAGE)
    examples = Examples(api, package, settled)

    def template(path: str, source: str, **values: object) -> OutFile:
        return OutFile(path, env.get_template(f"{source}.j2").render(values))

    for file in files:
        values = {UNIONS: ["hasUnknownTag"]} if file.has_values else None
        lines = imports(file.module, uses(file.declarations), names, values)
        yield template(f"src/types/{file.name}.ts", "types.ts", imports=lines, declarations=file.texts)
    yield from _type_index(sorted((file.name, file.has_values) for file in files), template)
    views = {resource.symbol: resource_view(resource, names, examples) for resource in package.resources}
    yield from _resource_files(package.resources, views, template)
    info = {
        "package": settings.package,
        "version": settings.version,
        "envPrefix": settings.env_prefix,
        "baseURL": settings.base_url or "http://localhost",
        **({"auth": auth} if (auth := auth_default(api)) is not None else {}),
    }
    yield template("src/core.ts", "core.ts", name=f"{client_name(settings.words)}Core", info=data_text(info, column=31))
    yield template("src/index.ts", "index.ts", client=client_name(settings.words))
    yield from copied_files("runtime", "src/runtime")
    yield from project_files(package, api, settings, names, examples, template)


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


def _resource_files(
    resources: list[ResourceClass], views: dict[str, ResourceView], template: Template
) -> Iterator[OutFile]:
    listed = []
    for resource in resources:
        view = views[resource.symbol]
        path = f"src/{view.module.removesuffix('.js')}.ts"
        yield template(path, "resource.ts" if resource.path else "client.ts", view=view)
        if resource.path:
            listed.append(f"./{view.module.removeprefix('resources/')}")
    yield template("src/resources/index.ts", "resources-index.ts", modules=sorted(listed))


class NodeTarget:
    """`polyport generate --lang node`."""

    name = "node"

    def default_package(self, words: Words) -> str:
        """`acme-pets`."""
        return package_name(words)

    def generate(self, api: Api, settings: Settings, diagnostics: Diagnostics) -> Generated:
        """The files of an npm package."""
        return Generated(tuple(render(lower(api, diagnostics), api, settings)))


TARGET = NodeTarget()
