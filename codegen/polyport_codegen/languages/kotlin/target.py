"""The Kotlin target: a Maven package of sources, tests when wanted, pom.xml, README.md and api.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.resources import files
from itertools import chain

from ...diagnostics import Diagnostics
from ...ir.model import Api
from ...ir.types import DeclId
from ...lower.planner import Symbol, plan, surface_of
from ...lower.secrets import secret_members
from ...lower.signatures import signatures
from ...lower.symbols import resource_id, type_id
from ...target import Generated, Option, OutFile, Refusal, Settings
from ...templating import environment
from ...values import Words
from .lower import lower
from .naming import KotlinRules, hiding, is_package, literal, package_name, symbols
from .nesting import owners
from .render_calls import CallRenderer
from .render_members import MemberRenderer
from .render_package import memory, package_files
from .render_types import TypeRenderer
from .samples import Samples
from .source import MAIN, TEST, Packages, Project
from .vectors import dispatcher_files

_RUNTIME_PACKAGE = b"package polyport.runtime\n"


@dataclass(frozen=True, slots=True)
class KotlinTarget:
    """`polyport generate --lang kotlin`."""

    name: str = "kotlin"
    languages = ("kotlin", "java")
    options: Mapping[str, Option] = field(default_factory=dict)

    def default_package(self, words: Words) -> str:
        """The root package and Maven group."""
        return package_name(words)

    def refused(self, settings: Settings) -> Iterator[Refusal]:
        """A package that neither Kotlin nor Java could name, and a version that is none for Maven."""
        if not is_package(settings.package):
            hint = "Letters, digits and _ with dots between, no word of the language among them: dev.acme.sdk."
            yield Refusal("package", f"{settings.package!r} is not a package's name in Kotlin", hint)
        if not re.fullmatch(r"\d[\w.+-]*", settings.version, re.ASCII):
            cause = f"{settings.version!r} is no version of a Maven artifact"
            yield Refusal("version", cause, "It begins with a number, such as 1.4.0 or 2.0.0-beta.1.")

    def generate(self, api: Api, settings: Settings, diagnostics: Diagnostics) -> Generated:
        """All files of the package."""
        package = lower(api, diagnostics, settings.names)
        around = owners(package, settings.names)
        models = {a.symbol for u in package.unions.values() for a in u.alternatives if a.model is not None}
        wanted = list(symbols(api, (call.of for call in package.calls.values()), around, models))
        names = plan(wanted, KotlinRules(), settings.names)
        hidden: dict[str, Symbol] = {}
        while more := {s.id: s for s in hiding(api, around, names) if s.id not in hidden}:
            hidden |= more  # what gives way may take a name that is to give way itself
            scopes = {symbol.scope for symbol in hidden.values()}  # a scope is settled by itself
            again = [*(symbol for symbol in wanted if symbol.scope in scopes), *hidden.values()]
            names = {**names, **plan(again, KotlinRules(), settings.names)}
        inner: dict[DeclId, list[DeclId]] = {}
        for id, owner in around.items():
            inner.setdefault(owner, []).append(id)
        types = {id: _full_name(id, around, names) for id in package.declared()}
        client = names[resource_id(())]
        others = {name for id, name in names.items() if id.startswith(("resource:", "params:", "members:"))}
        types |= {id: names[type_id(id)] for id in package.aliases}
        alone = {name for id, name in types.items() if id not in around}
        old = frozenset(id for id in package.declared() if _is_old(id, api, around))
        packages = Packages(settings.package, types, frozenset({*alone, *others, client}), old)
        project = Project(package, names, settings, client, packages, inner, environment(__package__))
        told = partial(signatures, api, wanted, names)
        surface = surface_of(wanted, names, KotlinRules())
        return Generated(_files(project), surface=surface, signatures=told, orders=package.orders)


def _is_old(id: DeclId, api: Api, owners: Mapping[DeclId, DeclId]) -> bool:
    """Whether a type is deprecated, or a class that it stands in is: naming it names that too."""
    return api.decls[id].docs.deprecated or (id in owners and _is_old(owners[id], api, owners))


def _full_name(id: DeclId, owners: Mapping[DeclId, DeclId], names: Mapping[str, str]) -> str:
    """`Order.Item`."""
    name = names[type_id(id)]
    return f"{_full_name(owners[id], owners, names)}.{name}" if id in owners else name


def _files(project: Project) -> Iterator[OutFile]:
    members = MemberRenderer(project)
    samples = Samples(project.package, project.names, project.packages.types)
    calls = CallRenderer(project, members, samples)
    size = 0
    for source in chain(TypeRenderer.of(project, members).files(), calls.files()):
        size += len(source.content)
        yield source
    yield from memory(size)
    yield from _copied(project, "runtime", MAIN)
    yield _secrets(project)
    if project.settings.tests:
        yield from _copied(project, "runtime_tests", TEST)
        yield from _copied(project, "vector_tests", TEST)
        yield from dispatcher_files(project, samples)
    yield from package_files(project, calls, samples)


def _secrets(project: Project) -> OutFile:
    """What the runtime's texts for people do not show."""
    core, names = project.packages.core, secret_members(project.package.api)
    value = f"setOf({', '.join(map(literal, names))})" if names else "emptySet()"
    text = (
        f"package {core}\n\n/** Members whose values no text about a model shows. */\n"
        f"internal val SECRET_MEMBERS: Set<String> =\n    {value}\n"
    )
    return OutFile(f"{MAIN}/{core.replace('.', '/')}/SecretMembers.kt", text)


@cache
def _sources(folder: str) -> tuple[tuple[str, bytes], ...]:
    """The Kotlin files of a folder of this package, (name, bytes after the package line), by name."""
    out = []
    for entry in sorted(files(__package__).joinpath(folder).iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".kt"):
            data = entry.read_bytes()
            if not data.startswith(_RUNTIME_PACKAGE):
                raise AssertionError(f"{entry.name} does not begin with its package line")
            out.append((entry.name, data[len(_RUNTIME_PACKAGE) :]))
    return tuple(out)


def _copied(project: Project, folder: str, root: str) -> Iterator[OutFile]:
    """The real Kotlin files, copied as they are but for the package line."""
    core = project.packages.core
    for name, data in _sources(folder):
        yield OutFile(f"{root}/{core.replace('.', '/')}/{name}", f"package {core}\n".encode() + data)


TARGET = KotlinTarget()
