"""The Swift target: a package for Apple platforms and Linux, Foundation only, Swift 6 language mode."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable

from jinja2 import Environment

from ...diagnostics import Diagnostics
from ...ir.model import Api
from ...lower.layout import indented
from ...lower.planner import Symbol, surface_of
from ...lower.secrets import secret_members
from ...lower.signatures import signatures
from ...lower.symbols import TYPES
from ...target import Generated, Option, OutFile, Refusal, Settings, Target
from ...templating import environment
from ...values import Words
from .declarations import Declaration, Package, Union
from .documents import documents
from .files import LONGEST_FILE, file_names, swift_files
from .lower import lower
from .naming import LANGUAGE_TYPES, MODULES_TAKEN, SwiftRules, literal, upper_camel
from .nesting import owners, settle
from .prose import WIDTH
from .render_calls import OperationRenderer
from .render_types import TypeRenderer
from .samples import examples, usage
from .vectors import vector_tests

_TYPE = re.compile(
    r"^(?:public |private |@\w+ )*(?:indirect )?(?:final )?(?:struct|class|enum|actor|protocol|typealias) (\w+)", re.M
)


@cache
def _sources(folder: str) -> tuple[tuple[str, str], ...]:
    """The files of a folder of this package, (path, text), by path."""

    def walk(node: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
        for child in sorted(node.iterdir(), key=lambda c: c.name):
            if child.is_dir():
                yield from walk(child, f"{prefix}{child.name}/")
            elif child.name.endswith(".swift"):
                yield f"{prefix}{child.name}", child.read_text(encoding="utf-8")

    return tuple(walk(files(__package__) / folder, ""))


@cache
def _runtime_types() -> frozenset[str]:
    return frozenset(name for _, text in _sources("runtime") for name in _TYPE.findall(text))


def _runtime_symbols() -> Iterator[Symbol]:
    """The names that the runtime and the language have taken."""
    for name in sorted(_runtime_types() | LANGUAGE_TYPES):
        yield Symbol(f"taken:{name}", "type", (), TYPES, fixed=name)


@cache
def _runtime_files() -> tuple[str, ...]:
    return tuple(path.rpartition("/")[2].removesuffix(".swift") for path, _ in _sources("runtime"))


@dataclass(frozen=True, slots=True)
class _Models:
    """Writes the files of types: a schema with what was inline in it, as extensions of the types that it stands in."""

    env: Environment
    names: Mapping[str, str]
    package: Package
    #: The names of the types' files.
    file_names: Mapping[str, str]
    #: The names of unions.
    unions: frozenset[str]

    def files(self, folder: str) -> Iterator[OutFile]:
        """A file for each schema, and one for each type where that would be too long to read."""
        for group in self.package.files.values():
            parts = [(d, self._texts(d)) for d in group]
            if sum(text.count("\n") + 1 for _, texts in parts for text in texts) <= LONGEST_FILE:
                parts = [(group[0], ["\n".join(text for _, texts in parts for text in texts)])]
            for declaration, texts in parts:
                yield from swift_files(folder, self.file_names[self.names[declaration.symbol]], texts)

    def _texts(self, declaration: Declaration) -> list[str]:
        around = self.package.owners.get(declaration.symbol)
        width = WIDTH if around is None else WIDTH - 4
        types = TypeRenderer(self.env, self.names, self.unions, width)
        text, extensions = types.declaration(declaration)
        if around is not None:
            text = f"extension {self.names[around]} {{\n{indented(text.rstrip(), '    ')}\n}}\n"
        more = types.conformances(declaration)
        return [f"{text}\n{more}" if more else text, *extensions]


def _files(api: Api, settings: Settings, package: Package, names: Mapping[str, str]) -> Iterator[OutFile]:
    """The files of the package."""
    module = settings.package
    source = f"Sources/{module}"
    env = environment(__package__)
    calls = list(examples(api, names, package))
    shown = {call.method.symbol: usage(call, names) for call in calls}
    operations = OperationRenderer(env, names, api, settings, shown)

    for path, text in _sources("runtime"):
        yield OutFile(f"{source}/Runtime/{path}", text)
    secrets = ", ".join(map(literal, secret_members(api)))
    text = f"/// Members whose values no text about a model shows.\nlet secretMembers: Set<String> = [{secrets}]\n"
    yield OutFile(f"{source}/Runtime/JSON/SecretMembers.swift", text)
    declarations = [d for group in package.files.values() for d in group]
    unions = frozenset(names[d.symbol] for d in declarations if isinstance(d, Union))
    types = [names[symbol] for symbol in (*(d.symbol for d in declarations), *(r.symbol for r in package.resources))]
    file_of = file_names(types, _runtime_files())
    yield from _Models(env, names, package, file_of, unions).files(f"{source}/Models")
    for resource in package.resources:
        folder = f"{source}/Resources" if resource.path else source
        yield from swift_files(folder, file_of[names[resource.symbol]], operations.resource(resource))
    manifest = env.get_template("Package.swift.j2")
    test_package = literal(f"{module}Tests")
    text = manifest.render(package=literal(module), tests=settings.tests, test_package=test_package)
    yield OutFile("Package.swift", text)
    yield from documents(env, names, settings, package, api, calls)
    if settings.tests:
        tests = f"Tests/{module}Tests"
        for kind, sources in (("Runtime", _sources("runtime_tests")), ("Vectors", _sources("vector_tests"))):
            for path, text in sources:
                # The one line that has to name the module.
                named = text.replace("@testable import Runtime\n", f"@testable import {module}\n")
                yield OutFile(f"{tests}/{kind}/{path}", named)
        yield from vector_tests(env, names, settings, package, calls, tests)


@dataclass(frozen=True, slots=True)
class SwiftTarget:
    """`polyport generate --lang swift`."""

    name: str = "swift"
    languages = ("swift",)
    options: Mapping[str, Option] = field(default_factory=dict)

    def default_package(self, words: Words) -> str:
        """The package and its module are named as the client."""
        return upper_camel(words)

    def refused(self, settings: Settings) -> Iterator[Refusal]:
        """The package is the module that users import, and its versions are tags that the package manager reads."""
        if not re.fullmatch(r"[A-Za-z_]\w*", settings.package, re.ASCII) or settings.package in MODULES_TAKEN:
            hint = f"Letters, digits and _, no word of the language and no module of its own: {upper_camel(settings.words)}."
            yield Refusal("package", f"{settings.package!r} is no name of a Swift module", hint)
        if not re.fullmatch(r"\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?", settings.version, re.ASCII):
            cause = f"{settings.version!r} is no version of a Swift package"
            yield Refusal("version", cause, "Three numbers, such as 1.4.0 or 2.0.0-beta.1.")

    def generate(self, api: Api, settings: Settings, diagnostics: Diagnostics) -> Generated:
        """All files of the package."""
        around = owners(api, settings.names)
        package = lower(api, around, _runtime_symbols(), settings.names)
        names = settle(api, around, package.symbols, _runtime_types(), settings.names)
        own = {id: name.rpartition(".")[2] for id, name in names.items()}
        return Generated(
            _files(api, settings, package, names),
            surface=surface_of(package.symbols, own, SwiftRules(_runtime_types())),
            signatures=partial(signatures, api, package.symbols, names),
            orders=package.orders,
        )


TARGET: Target = SwiftTarget()
