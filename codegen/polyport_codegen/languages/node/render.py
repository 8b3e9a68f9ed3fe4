"""A lowered package to its files."""

from __future__ import annotations

from collections.abc import Iterator

from ...ir.model import Api
from ...planner import Symbol, plan
from ...target import OutFile, Settings
from ...templating import environment
from .declarations import Declaration, Guard, Package, ResourceClass
from .descriptors import auth_default
from .examples import Examples
from .naming import EXPORTS, NodeRules, pascal
from .project import Template, copied_files, project_files
from .render_resources import ResourceView, resource_module, resource_view
from .render_types import UNIONS, Names, declaration_text, imports, uses
from .text import data_text

#: No file of generated code grows past this many lines, as far as single declarations allow.
LINE_LIMIT = 1000

_PACKAGE = "polyport_codegen.languages.node"


def settle(package: Package, api: Api, settings: Settings) -> Names:
    """Names for all symbols, and the modules of those that are exported."""
    client = pascal(settings.words)
    fixed = [
        Symbol("resource:", "class", settings.words, EXPORTS, fixed=client),
        Symbol("core", "class", (*settings.words, "core"), EXPORTS, fixed=f"{client}Core"),
    ]
    names = plan([*package.symbols, *fixed], NodeRules())
    modules: dict[str, str] = {}
    for resource in package.resources:
        module = resource_module(resource)
        modules[resource.symbol] = module
        modules.update({declaration.symbol: module for declaration in resource.params})
    settled = Names(names, modules)
    for file, declarations in _split(package, settled):
        modules.update({declaration.symbol: f"types/{names[file]}.js" for declaration in declarations})
    return settled


def _split(package: Package, names: Names) -> Iterator[tuple[str, list[Declaration]]]:
    """The files of types; declarations of a file that would be too long get their own."""
    for file, declarations in package.groups.items():
        texts = [declaration_text(d, names) for d in declarations]
        if sum(text.count("\n") + 1 for text in texts) < LINE_LIMIT:
            yield file, declarations
        else:
            for declaration in declarations:
                union = declaration.union if isinstance(declaration, Guard) else declaration.symbol
                yield f"file:{union.removeprefix('type:')}", [declaration]


def render(package: Package, api: Api, settings: Settings) -> Iterator[OutFile]:
    """All files of the package."""
    names = settle(package, api, settings)
    env = environment(_PACKAGE)
    examples = Examples(api, package, names.names)

    def template(path: str, source: str, **values: object) -> OutFile:
        return OutFile(path, env.get_template(f"{source}.j2").render(values))

    grouped: dict[str, list[Declaration]] = {}
    for file, declarations in _split(package, names):
        grouped.setdefault(names[file], []).extend(declarations)
    for file, declarations in grouped.items():
        module = f"types/{file}.js"
        values = {UNIONS: ["hasUnknownTag"]} if any(isinstance(d, Guard) for d in declarations) else None
        yield template(
            f"src/types/{file}.ts",
            "types.ts",
            imports=imports(module, uses(declarations), names, values),
            declarations=[declaration_text(d, names) for d in declarations],
        )
    yield from _type_index([(f, any(isinstance(d, Guard) for d in g)) for f, g in sorted(grouped.items())], template)
    views = {resource.symbol: resource_view(resource, names, examples) for resource in package.resources}
    yield from _resource_files(package.resources, views, template)
    info = {
        "package": settings.package,
        "version": settings.version,
        "envPrefix": settings.env_prefix,
        "baseURL": settings.base_url or "http://localhost",
        **({"auth": auth} if (auth := auth_default(api)) is not None else {}),
    }
    yield template("src/core.ts", "core.ts", name=f"{pascal(settings.words)}Core", info=data_text(info, column=31))
    yield template("src/index.ts", "index.ts", client=pascal(settings.words))
    yield from copied_files("runtime", "src/runtime")
    yield from project_files(package, api, settings, names, examples, template)


def _type_index(listed: list[tuple[str, bool]], template: Template) -> Iterator[OutFile]:
    """The index of the types; of very many, one for each first letter, and an index of those."""
    if len(listed) < LINE_LIMIT:
        yield template("src/types/index.ts", "types-index.ts", files=listed, up=".")
        return
    letters = sorted({file[0] for file, _ in listed})
    for letter in letters:
        own = [(file, values) for file, values in listed if file[0] == letter]
        yield template(f"src/types/by-letter/{letter}.ts", "types-index.ts", files=own, up="..")
    yield template(
        "src/types/index.ts", "types-index.ts", files=[(f"by-letter/{letter}", True) for letter in letters], up="."
    )


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
