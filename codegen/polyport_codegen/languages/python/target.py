"""From a planned API to the files of the package. Templates lay out what was settled before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment

from ...diagnostics import Diagnostics
from ...ir.model import Api
from ...lower.layout import wrap_text
from ...lower.secrets import secret_headers
from ...lower.servers import servers_of
from ...lower.servers import told as servers_told
from ...target import Generated, Option, OutFile, Refusal, Settings
from ...templating import environment
from ...values import Words
from .declarations import ResourceType
from .grpc_package import RUNTIME_PREFIX, grpc_files, wants_grpc
from .lower import lower
from .naming import RUNTIME_EXPORTS, module_name, package_name, package_refused, version_refused
from .places import class_name, raw_module, raw_name
from .prose import described as told
from .prose import docstring, one_line
from .readme import Row, call_pages, readme_samples, rows
from .render_calls import ClassModule, class_modules
from .render_index import Export, in_parts, is_long
from .render_raw import raw_modules
from .render_security import described, schemes
from .render_servers import sample, servers_argument
from .render_types import type_module
from .samples import call_samples
from .vectors import dispatch_table
from .writer import import_line, quoted

_HERE = Path(__file__).parent


class PythonTarget:
    """Generates `src/<package>/`, README.md, api.md and pyproject.toml."""

    name = "python"
    languages = ("python",)
    options = MappingProxyType(
        {
            "grpc": Option(bool, "also a transport over gRPC"),
            "proto_package": Option(str, "the package of the .proto files, when it is not the default one"),
        }
    )

    def default_package(self, words: Words) -> str:
        """`acme-cloud` for the client `AcmeCloud`."""
        return package_name(words)

    def refused(self, settings: Settings) -> Iterator[Refusal]:
        """By the rules of PyPI (PEP 508 for names, PEP 440 for versions), and of what can be imported."""
        yield from package_refused(settings.package)
        yield from version_refused(settings.version)

    def generate(self, api: Api, settings: Settings, diagnostics: Diagnostics) -> Generated:
        """All files of the package."""
        made = _Package(api, settings, diagnostics)
        return Generated(made.files(), surface=made.package.surface, signatures=made.package.signatures)


class _Package:
    """One run of the target."""

    def __init__(self, api: Api, settings: Settings, diagnostics: Diagnostics) -> None:
        self.api = api
        self.diagnostics = diagnostics
        self.settings = settings
        self.package = lower(api, settings.names)
        self.env: Environment = _environment()
        self.module = module_name(settings.package)
        self.name = class_name(self.package, (), asynchronous=False)
        self.async_name = class_name(self.package, (), asynchronous=True)
        #: The list of all calls, by resource; filled as the resources are written.
        self.rows: dict[tuple[Words, ...], tuple[Row, ...]] = {}
        self.servers = servers_of(api, settings.base_url)

    def files(self) -> Iterator[OutFile]:
        """Everything, package sources first."""
        src = f"src/{self.module}"
        yield OutFile(f"{src}/py.typed", "")
        yield OutFile(f"{src}/_info.py", self._info())
        yield OutFile(f"{src}/__init__.py", self._init())
        for path in sorted((_HERE / "runtime").rglob("*.py")):
            relative = path.relative_to(_HERE / "runtime").as_posix()
            if relative.startswith(RUNTIME_PREFIX) and not wants_grpc(self.settings):
                continue
            yield OutFile(f"{src}/_runtime/{relative}", path.read_text(encoding="utf-8"))
        if wants_grpc(self.settings):
            yield from grpc_files(self.api, self.settings, src, self.diagnostics)
        yield from self._types(src)
        yield OutFile(f"{src}/resources/__init__.py", '"""The API\'s resources; reach them through a client."""\n')
        yield OutFile(f"{src}/resources/_raw/__init__.py", '"""The resources with raw responses."""\n')
        for resource in self.package.resources():
            yield from self._resource(src, resource)
        yield OutFile("pyproject.toml", self._pyproject())
        yield OutFile("README.md", self._readme())
        yield from self._call_list()
        if self.settings.tests:
            yield from self._tests()

    def _render(self, template: str, **values: Any) -> str:
        return self.env.get_template(template).render(**values).rstrip("\n") + "\n"

    def _types(self, src: str) -> Iterator[OutFile]:
        exports: list[tuple[str, tuple[str, ...]]] = []
        for file in self.package.files():
            view = type_module(self.package, file, self.api.called)
            yield OutFile(f"{src}/{view.path}", self._render("types.py.j2", module=view))
            name = "." + view.path.removeprefix("types/").removesuffix(".py")
            exports.append((name, view.exports))
        doc = '"""All types of the API: results by their names, input as `...Param`."""'
        yield from self._exports(f"{src}/types", doc, sorted(exports))

    def _exports(self, folder: str, doc: str, exports: list[Export]) -> Iterator[OutFile]:
        if not is_long(exports):
            text = self._render("package.py.j2", doc=doc, exports=exports, modules=(), runtime=".._runtime")
            yield OutFile(f"{folder}/__init__.py", text)
            return
        parts = in_parts(exports)
        yield OutFile(f"{folder}/__init__.py", self._render("index.py.j2", doc=doc, beginnings=list(parts)))
        yield OutFile(f"{folder}/_index/__init__.py", '"""Where each type stands."""\n')
        for beginning, found in parts.items():
            text = self._render("index_part.py.j2", beginning=beginning, exports=found)
            yield OutFile(f"{folder}/_index/_{beginning}.py", text)

    def _init(self) -> str:
        clients = (("._client", (self.name,)), ("._async_client", (self.async_name,)))
        exports = sorted([*clients, ("._info", ("__version__",)), *RUNTIME_EXPORTS])
        doc = docstring(one_line(f"Client of the {self.api.called}."), 0)
        return self._render("package.py.j2", doc=doc, exports=exports, modules=("types",), runtime="._runtime")

    def _info(self) -> str:
        return self._render(
            "info.py.j2",
            version=quoted(self.settings.version),
            package=quoted(self.settings.package),
            env_prefix=quoted(self.settings.env_prefix),
            base_url=quoted(self.settings.base_url),
            schemes=schemes(self.api),
            servers=servers_argument(self.servers),
            secret_headers=[quoted(name) for name in sorted(secret_headers(self.api))],
        )

    def _resource(self, src: str, resource: ResourceType) -> Iterator[OutFile]:
        """The modules of a resource, or those of the clients."""
        samples = call_samples(self.api, self.package, resource)
        self.rows[resource.path] = rows(self.package, resource, samples)
        if resource.path:
            doc = told(resource.docs) or f"Calls of `client.{'.'.join(self.package.way(resource.path))}`."
            for module in class_modules(self.package, resource, samples, (doc, doc)):
                yield OutFile(f"{src}/{module.path}", self._render("resource.py.j2", module=module))
        else:
            doc = f"{self.api.docs.text or f'The {self.api.called}.'}\n\n{described(self.api, self.settings)}"
            if choices := self._servers_told():
                doc = f"{doc}\n\n{choices}"
            docs = (doc, f"The asynchronous client. {doc}")
            for module, asynchronous in zip(
                class_modules(self.package, resource, samples, docs), (False, True), strict=True
            ):
                yield OutFile(f"{src}/{module.path}", self._client(module, asynchronous))
        for raw in raw_modules(self.package, resource):
            yield OutFile(f"{src}/{raw.path}", self._render("raw.py.j2", module=raw))

    def _client(self, module: ClassModule, asynchronous: bool) -> str:
        raw_at = raw_module(self.package, (), asynchronous=asynchronous)
        raw = raw_name(self.package, (), asynchronous=asynchronous)
        return self._render(
            "client.py.j2",
            module=module,
            asynchronous=asynchronous,
            raw_import=import_line(raw_at, [raw], 92).replace("\n", "\n        "),
            raw_name=raw,
        )

    def _pyproject(self) -> str:
        return self._render(
            "pyproject.toml.j2",
            package=self.settings.package,
            module=self.module,
            version=self.settings.version,
            summary=one_line(f"Python SDK of the {self.api.called}"),
            license=self.settings.license,
            author=self.settings.author,
            repository=self.settings.repository,
            grpc=wants_grpc(self.settings),
        )

    def _readme(self) -> str:
        return self._render(
            "README.md.j2",
            title=one_line(self.api.title),
            intro=self.api.docs.text or f"The {self.api.called}.",
            package=self.settings.package,
            module=self.module,
            name=self.name,
            async_name=self.async_name,
            prefix=self.settings.env_prefix,
            grpc=wants_grpc(self.settings),
            servers=self._servers_told(),
            server_sample=sample(self.servers, self.name),
            **readme_samples(self.api, self.package),
        )

    def _servers_told(self) -> str:
        return servers_told(self.servers, self.settings.env_prefix, "server", "server_variables")

    def _call_list(self) -> Iterator[OutFile]:
        title = one_line(self.api.title)
        pages = call_pages(self.package, self.rows)
        for page in pages:
            yield OutFile(page.file, self._render("api.md.j2", title=title, page=page))
        if len(pages) > 1:
            yield OutFile("api.md", self._render("api_index.md.j2", title=title, pages=pages))

    def _tests(self) -> Iterator[OutFile]:
        for path in sorted((_HERE / "runtime_tests").glob("*.py")):
            text = path.read_text(encoding="utf-8").replace("runtime_under_test", f"{self.module}._runtime")
            yield OutFile(f"tests/runtime/{path.name}", text)
        for path in sorted((_HERE / "vector_tests").glob("*.py")):
            text = path.read_text(encoding="utf-8").replace("sdk_under_test", self.module)
            yield OutFile(f"tests/{path.name}", text)
        table = dispatch_table(self.package)
        yield OutFile(
            "tests/dispatch.py",
            self._render("dispatch.py.j2", name=self.name, async_name=self.async_name, module=self.module, rows=table),
        )


@cache
def _environment() -> Environment:
    return environment("polyport_codegen.languages.python", {"reexport": _reexport, "exported": _exported})


def _reexport(module: str, name: str) -> str:
    """An import that type checkers take for public."""
    return import_line(module, [f"{name} as {name}"], 96)


def _exported(module: str, names: Sequence[str], indent: int) -> str:
    """A line of the table of exports, at `indent`: `".message": "Message MessageList",`."""
    line = f'"{module}": "{" ".join(names)}",'
    if indent + len(line) <= 100:
        return line
    pad = " " * indent
    pieces = wrap_text(" ".join(names), 88 - indent)
    lines = [f'{pad}    "{piece}{" " if piece is not pieces[-1] else ""}"' for piece in pieces]
    return "\n".join([f'"{module}": (', *lines, f"{pad}),"])
