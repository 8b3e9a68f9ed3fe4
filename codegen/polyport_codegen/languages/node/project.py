"""The files around the sources: package metadata, compiler settings, documentation, tests."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from ...ir.model import Api
from ...lower.layout import indented
from ...target import OutFile, Settings
from .declarations import Package
from .documents import Documents, Template
from .naming import client_name
from .render_types import Names
from .samples import Examples
from .vectors import dispatcher_file

#: Compiler and typings that the package is built with; the runtime itself depends on nothing.
DEV_DEPENDENCIES = {"@types/node": "^20.19.0", "typescript": "^7.0.0"}


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
    yield from Documents(package, api, settings, names, examples).files(template)
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
        "files": ["dist", "src", "api.md", "api-*.md", "api", "examples"],
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
