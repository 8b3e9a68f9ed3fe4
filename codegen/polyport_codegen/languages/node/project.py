"""The files around the sources: package metadata, compiler settings, documentation, tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from ...ir.model import Api
from ...lower.calls import BodyKind, Call, schemes
from ...lower.layout import indented
from ...target import OutFile, Settings
from .declarations import Method, Package, ResourceClass
from .naming import client_name
from .prose import clean
from .render_calls import return_text
from .render_types import Names
from .samples import Examples
from .vectors import dispatcher_file

Template = Callable[..., OutFile]

#: Compiler and typings that the package is built with; the runtime itself depends on nothing.
DEV_DEPENDENCIES = {"@types/node": "^20.19.0", "typescript": "^7.0.0"}


@dataclass(frozen=True, slots=True)
class MethodLine:
    """One line of api.md."""

    call: str
    result: str
    http: str
    summary: str
    deprecated: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One resource in api.md."""

    title: str
    text: str
    module: str
    methods: list[MethodLine]


def project_files(
    package: Package,
    api: Api,
    settings: Settings,
    names: Names,
    examples: Examples,
    guards: Mapping[str, str],
    template: Template,
) -> Iterator[OutFile]:
    """Everything but `src/`."""
    yield OutFile("package.json", _package_json(api, settings))
    yield OutFile("tsconfig.json", _json(_tsconfig()))
    yield OutFile("tsconfig.cjs.json", _json(_tsconfig_cjs()))
    yield OutFile(".gitignore", "node_modules/\ndist/\nbuild/\n")
    client = client_name(settings.words)
    sections = [
        section for resource in package.resources if (section := _section(resource, names, examples)) is not None
    ]
    types = sorted(names[id] for id in names.names if id.startswith("type:"))
    yield template("api.md", "api.md", client=client, package=settings.package, sections=sections, types=types)
    page = _readme(package, api, settings, names, examples)
    yield template("README.md", "README.md", **page)
    yield template("examples/quickstart.ts", "quickstart.ts", **page)
    if settings.tests:
        yield OutFile("tsconfig.test.json", _json(_tsconfig_test()))
        yield template("tests/examples.ts", "examples.ts", client=client, examples=_examples(examples))
        yield dispatcher_file(package, api, client, names, examples, guards, template)
        yield from copied_files("vector_tests", "tests/vectors")
        yield from copied_files("runtime_tests", "tests/runtime")


def _examples(examples: Examples) -> list[str]:
    """Every example of the documentation as the body of a function, indented."""
    texts = []
    for id, call in examples.calls().items():
        texts.append(examples.text(id))
        if call.method.streaming is not None:
            texts.append(examples.streaming_text(id))
    return [indented(text, "    ") for text in texts]


def _section(resource: ResourceClass, names: Names, examples: Examples) -> Section | None:
    if not resource.methods:
        return None
    lines = [_line(method, names, examples) for method in resource.methods]
    title = lines[0].call.rpartition(".")[0]
    return Section(title, clean(resource.docs.text), names.modules[resource.symbol], lines)


def _line(method: Method, names: Names, examples: Examples) -> MethodLine:
    operation = method.call.operation
    arguments = [names[method.positional.symbol]] if method.positional is not None else []
    if method.params is not None:
        arguments.append("params" if method.params_required else "params?")
    call = f"{examples.calls()[operation.id].target}({', '.join([*arguments, 'options?'])})"
    summary = next(iter(clean(operation.docs.text).splitlines()), "")
    return MethodLine(
        call, return_text(method, names), f"{operation.method} {operation.path}", summary, operation.docs.deprecated
    )


def _readme(package: Package, api: Api, settings: Settings, names: Names, examples: Examples) -> dict[str, object]:
    methods = [method for resource in package.resources for method in resource.methods]

    def first(choose: Callable[[Method], bool]) -> Method | None:
        return next((method for method in methods if choose(method)), None)

    streaming = first(lambda m: m.streaming is not None and _takes_json(m.call))
    plain = (
        streaming or first(lambda m: m.form == "call" and not m.call.operation.docs.deprecated) or first(lambda m: True)
    )
    pages = first(lambda m: m.form == "pages")
    alone = next((r for r in package.resources if r.path and plain is not None and plain in r.methods), None)
    return {
        "client": client_name(settings.words),
        "package": settings.package,
        "title": api.title,
        "description": clean(api.docs.text),
        "prefix": settings.env_prefix,
        "construction": _construction(settings),
        "schemes": schemes(api),
        "base_url": settings.base_url,
        "plain": examples.text(plain.call.operation.id) if plain is not None else "",
        "call": min((call.text() for call in examples.calls().values()), key=len, default=""),
        "streaming": examples.streaming_text(streaming.call.operation.id) if streaming is not None else "",
        "pages": examples.calls()[pages.call.operation.id].text() if pages is not None else "",
        "alone": names[alone.symbol] if alone is not None else "",
        "alone_path": "/".join(alone.path) if alone is not None else "",
        "license": settings.license,
    }


def _construction(settings: Settings) -> str:
    """How a README makes a client, with a word of what comes from the environment."""
    client, prefix = client_name(settings.words), settings.env_prefix
    if settings.base_url:
        return f"const client = new {client}(); // {prefix}_API_KEY and {prefix}_BASE_URL, or {{ apiKey, baseURL }}"
    return f"const client = new {client}({{ baseURL: 'https://...' }}); // or {prefix}_BASE_URL, and {prefix}_API_KEY"


def _takes_json(call: Call) -> bool:
    return call.body is not None and call.body.kind is BodyKind.JSON and not call.operation.docs.deprecated


def _package_json(api: Api, settings: Settings) -> str:
    def both(path: str) -> dict[str, object]:
        return {
            "import": {"types": f"./dist/esm/{path}.d.ts", "default": f"./dist/esm/{path}.js"},
            "require": {"types": f"./dist/cjs/{path}.d.ts", "default": f"./dist/cjs/{path}.js"},
        }

    data: dict[str, object] = {
        "name": settings.package,
        "version": settings.version,
        "description": f"The {api.title} client for Node.js, Deno, Bun, Workers and browsers",
    }
    if settings.license:
        data["license"] = settings.license
    if settings.author:
        data["author"] = settings.author
    if settings.repository:
        data["repository"] = {"type": "git", "url": settings.repository}
    mark = "require('node:fs').writeFileSync('dist/cjs/package.json', JSON.stringify({ type: 'commonjs' }))"
    data |= {
        "type": "module",
        "sideEffects": False,
        "engines": {"node": ">=20"},
        "main": "./dist/cjs/index.js",
        "module": "./dist/esm/index.js",
        "types": "./dist/esm/index.d.ts",
        "exports": {
            ".": both("index"),
            "./core": both("core"),
            "./resources/*": both("resources/*"),
            "./types/*": both("types/*"),
            "./package.json": "./package.json",
        },
        "files": ["dist", "src", "api.md", "examples"],
        "scripts": {
            "build": f'tsc -p tsconfig.json && tsc -p tsconfig.cjs.json && node -e "{mark}"',
            "prepack": "npm run build",
        },
        "publishConfig": {"access": "public"},
        "devDependencies": DEV_DEPENDENCIES,
    }
    return _json(data)


def _tsconfig() -> dict[str, object]:
    return {
        "compilerOptions": {
            "target": "ES2022",
            "module": "NodeNext",
            "moduleResolution": "NodeNext",
            "lib": ["ES2022", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
            "types": [],
            "strict": True,
            "noUncheckedIndexedAccess": True,
            "exactOptionalPropertyTypes": True,
            "noImplicitOverride": True,
            "verbatimModuleSyntax": True,
            "isolatedModules": True,
            "declaration": True,
            "declarationMap": True,
            "sourceMap": True,
            "rootDir": "src",
            "outDir": "dist/esm",
        },
        "include": ["src"],
    }


def _tsconfig_cjs() -> dict[str, object]:
    options = {"module": "CommonJS", "moduleResolution": "Bundler", "verbatimModuleSyntax": False, "outDir": "dist/cjs"}
    return {"extends": "./tsconfig.json", "compilerOptions": options}


def _tsconfig_test() -> dict[str, object]:
    options = {"types": ["node"], "rootDir": ".", "outDir": "build", "declaration": False, "declarationMap": False}
    return {"extends": "./tsconfig.json", "compilerOptions": options, "include": ["src", "tests"]}


def copied_files(folder: str, target: str) -> Iterator[OutFile]:
    """The files of a folder of this package, copied as they are."""
    root = files(__package__).joinpath(folder)
    for path, entry in sorted(_walk(root, ""), key=lambda pair: pair[0]):
        yield OutFile(f"{target}/{path}", entry.read_bytes())


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".ts"):
            yield f"{prefix}{entry.name}", entry


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
