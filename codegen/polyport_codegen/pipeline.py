"""The stages strung together: a configuration in, the files of every target out, one target after another."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Generic, TypeVar

from . import names_lock as names_locks
from .config import Config
from .diagnostics import Diagnostic, Diagnostics, InputError, Origin, Severity
from .ir import passes
from .ir.model import Api
from .ir.passes import names
from .ir.passes.meant import for_target
from .load.bundle import bundle
from .load.document import Document, load
from .load.text import Reader, read_file
from .openapi.read import read as read_api
from .registry import load_target
from .renewal import Renewal
from .target import Generated, OutFile, Settings, Target
from .values import Json

#: What is kept of a target.
Taken = TypeVar("Taken")


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the user may change about the model."""

    #: The client's name; empty: the document's title.
    name: str = ""
    #: Operation id -> dotted name in the resource tree.
    renames: Mapping[str, str] = field(default_factory=dict)
    #: The start of a path -> the dotted name of its resource: `{"/threads": "beta.threads"}`.
    resources: Mapping[str, str] = field(default_factory=dict)
    #: Names in their own case, for titles, tags, resources, methods and types: `("DeepSeek",)`.
    words: tuple[str, ...] = ()
    #: The calls' keys -> the dotted names that they were published under.
    published: Mapping[str, str] = field(default_factory=dict)
    #: The keys of calls whose bodies were published as one argument.
    whole: Container[str] = ()
    #: Ids of security schemes -> the ends of the variables that were published for their credentials.
    variables: Mapping[str, str] = field(default_factory=dict)
    #: URLs of servers, as documented -> the names that they were published under.
    servers: Mapping[str, str] = field(default_factory=dict)
    #: Ids of published types, and what each is another name of.
    known_types: Mapping[str, str] = field(default_factory=dict)


def build(document: Document, options: BuildOptions, diagnostics: Diagnostics) -> Api:
    """The whole model of a document, decided. Raises InputError for what cannot be read at all."""
    return decide(read_api(document, diagnostics), options, diagnostics)


def decide(api: Api, options: BuildOptions, diagnostics: Diagnostics) -> Api:
    """What a reader gave, decided."""
    api = names.apply(
        api,
        diagnostics,
        name=options.name,
        renames=options.renames,
        resources=options.resources,
        words=options.words,
        published=options.published,
        whole=options.whole,
        variables=options.variables,
        servers=options.servers,
        known_types=options.known_types,
    )
    return passes.decide(api, diagnostics)


@dataclass(frozen=True, slots=True)
class Locks:
    """The texts of the lock files: the proto's numbers, and the published names. None: there is none."""

    proto: str | None = None
    names: str | None = None


@dataclass(frozen=True, slots=True)
class Run(Generic[Taken]):
    """The outcome of one run: what was made of each target, and what was read for them."""

    document: Document
    api: Api
    targets: Mapping[str, Taken]
    #: The new texts; None where no target keeps one.
    locks: Locks


def read_document(config: Config, diagnostics: Diagnostics, read: Reader = read_file) -> Document:
    """The document with its overlays applied."""
    return load(config.spec, diagnostics, read, config.overlays)


def run(config: Config, locks: Locks, diagnostics: Diagnostics, read: Reader = read_file) -> Run[Generated]:
    """Generate every target in memory, all of it at once."""
    return generate(config, locks, diagnostics, lambda _, made: replace(made, files=tuple(made.files)), read)


def generate(
    config: Config,
    locks: Locks,
    diagnostics: Diagnostics,
    take: Callable[[str, Generated], Taken],
    read: Reader = read_file,
) -> Run[Taken]:
    """Generate one target after another, and let `take` have each, by its name: what it keeps is all that is kept.
    `locks` are the present lock files. Raises InputError for what stops the run at once."""
    document = read_document(config, diagnostics, read)
    api = read_api(document, diagnostics)
    present = {o.key for o in api.operations.values()} | {str(id) for id in api.decls}
    names_lock = names_locks.parse(locks.names, config.names_lock)
    names_lock = names_locks.moved(names_lock, config.moved, present, config.file or config.names_lock, diagnostics)
    calls, variables, servers = (names_lock.shared(kind) for kind in ("call", "credential", "server"))
    known = (calls, names_lock.whole_bodies(), variables, servers, names_lock.types())
    title = _title(api, config, names_lock.client(), diagnostics)
    options = BuildOptions(title, config.renames, config.resources, config.words, *known)
    api = decide(api, options, diagnostics)
    bundled = cache(lambda: json.dumps(bundle(document), ensure_ascii=False, indent=1) + "\n")
    proto: str | None = None
    renewal = Renewal(names_lock, title or api.title, api, config.names_lock) if config.names_lock else None
    taken: dict[str, Taken] = {}
    for name, target_config in config.targets.items():
        target = load_target(name)
        _check_options(target, target_config.options, Origin(config.file or "command line"), diagnostics)
        settings = Settings(
            words=api.words,
            version=config.version or _version(api.version),
            package=target_config.package or target.default_package(api.words),
            base_url=config.base_url or next((s.resolved for s in api.servers if s.resolved and not s.is_relative), ""),
            tests=config.tests,
            license=config.license,
            repository=config.repository,
            author=config.author,
            options=target_config.options,
            names=names_lock.names_of_client(name, title),
            lock=locks.proto,
            openapi=bundled,
        )
        _check_package(target, settings, config, diagnostics)
        made = target.generate(for_target(api, target.languages), settings, diagnostics)
        proto = made.lock if proto is None else proto
        if renewal is not None:
            renewal.add(name, made)
        taken[name] = take(name, replace(made, files=_distinct(name, made.files)))
    return Run(document, api, taken, Locks(proto, renewal.text(diagnostics) if renewal is not None else None))


def _distinct(target: str, files: Iterable[OutFile]) -> Iterator[OutFile]:
    seen: set[str] = set()
    for file in files:
        if file.path.casefold() in seen:
            raise AssertionError(f"{target}: two files would have the path {file.path}")
        seen.add(file.path.casefold())
        yield file


def _title(api: Api, config: Config, published: str, diagnostics: Diagnostics) -> str:
    """What the client is called by: what the configuration says, else what it was published as, else the title."""
    wish = config.name or api.title
    if not published or names.client_words(wish, config.words) == names.client_words(published, config.words):
        return published or wish
    if config.name:
        return wish
    diagnostics.note(
        "client-name",
        f"the title is {api.title!r} now; the client keeps the name under which it was published: {published!r}",
        api.origin.child("info", "title"),
        "`name` in the configuration renames it.",
    )
    return published


def _check_options(target: Target, given: Mapping[str, Json], origin: Origin, diagnostics: Diagnostics) -> None:
    """An option that there is not would do nothing, silently."""
    for name, value in given.items():
        place = origin.child("targets", target.name, "options", name)
        option = target.options.get(name)
        if option is None:
            known = ", ".join(f"{n} ({o.about})" for n, o in target.options.items())
            hint = f"It has: {known}." if known else "It has none."
            diagnostics.error("unknown-option", f"the target {target.name!r} has no option {name!r}", place, hint)
        elif not isinstance(value, option.type):
            kind = "true or false" if option.type is bool else "a text"
            message = f"the option {name!r} must be {kind}, not {value!r}"
            diagnostics.error("option", message, place, f"It says: {option.about}.")


def _check_package(target: Target, settings: Settings, config: Config, diagnostics: Diagnostics) -> None:
    """Refuse a package that nobody could publish, or name in code. Raises InputError, since files are named by it."""
    origin = Origin(config.file or "command line")
    for refusal in target.refused(settings):
        place = (
            origin.child("targets", target.name, "package") if refusal.setting == "package" else origin.child("version")
        )
        raise InputError(Diagnostic(Severity.ERROR, "option", refusal.cause, place, refusal.hint))


def _version(text: str) -> str:
    """A semantic version out of the document's own (which may be a date or have two numbers)."""
    numbers = re.findall(r"\d+", text)[:3]
    return ".".join([*(str(int(n)) for n in numbers), "0", "0", "0"][:3]) if numbers else "0.1.0"
