"""The configuration of a generation: a YAML file, or the defaults that a spec alone gives.

spec: polyport.yaml        # relative to this file, as all paths are
name: Polyport             # the client's name; default: the document's title
version: 0.1.0             # of the generated packages; default: the document's version
tests: false               # emit vector dispatchers and the runtimes' unit tests
base_url: ...              # default: the document's first server
license / repository / author
overlays: [overlay.yaml]   # OpenAPI Overlay 1.0 documents, applied in order
renames: {operationId: chat.completions.create}
resources: {/threads: beta.threads}   # the start of a path -> its place in the resource tree
lock: proto.lock.yaml      # field numbers
names_lock: polyport.names.lock       # published names; default: beside the proto's lock; false: nothing is published yet
moved: {Pet: Animal, "GET /pets/{id}": "GET /animals/{id}"}   # a schema or call that is elsewhere now keeps its name
words: [OpenAI, GitHub]    # names in their own case, for titles, tags, resources, methods and types
targets:
  python: {out: ../clients/python, package: polyport, options: {...}}
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import PurePath, PurePosixPath
from urllib.parse import urlsplit

from .diagnostics import Diagnostic, Diagnostics, InputError, Origin, Severity
from .load.text import Reader, read_file
from .registry import TARGETS
from .values import Json

_TEXTS = ("spec", "name", "version", "base_url", "license", "repository", "author", "lock")
_KEYS = {*_TEXTS, "tests", "overlays", "renames", "resources", "words", "moved", "names_lock", "targets"}
_TARGET_KEYS = {"out", "package", "options"}


@dataclass(frozen=True, slots=True)
class TargetConfig:
    """Where one target goes and how."""

    out: str
    package: str = ""
    options: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    """A whole generation. Paths are relative to the working directory."""

    spec: str
    targets: Mapping[str, TargetConfig]
    name: str = ""
    version: str = ""
    base_url: str = ""
    license: str = ""
    repository: str = ""
    author: str = ""
    tests: bool = False
    overlays: tuple[str, ...] = ()
    renames: Mapping[str, str] = field(default_factory=dict)
    resources: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    lock: str = "proto.lock.yaml"
    #: The file of published names; empty: names are not kept.
    names_lock: str = ""
    #: Old id -> new id, of schemas and calls that moved.
    moved: Mapping[str, str] = field(default_factory=dict)
    #: The configuration file itself; empty when there is none.
    file: str = ""


def _bad(origin: Origin, message: str, hint: str = "") -> InputError:
    return InputError(Diagnostic(Severity.ERROR, "config", message, origin, hint))


def _text(value: Json, origin: Origin) -> str:
    if not isinstance(value, str):
        raise _bad(origin, f"{origin.pointer[1:]} must be a text, not {value!r}", "Put quotes around it.")
    return value


def _mapping(value: Json, origin: Origin) -> dict[str, Json]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _bad(
            origin,
            f"{origin.pointer[1:] or 'the configuration'} must be a mapping, not {value!r}",
            "Write `name: value` lines.",
        )
    return value


def _known(value: Mapping[str, Json], known: set[str], origin: Origin) -> None:
    for key in value:
        if key not in known:
            close = get_close_matches(key, known, 1)
            guess = f"Did you mean {close[0]!r}? " if close else ""
            raise _bad(origin.child(key), f"unknown key {key!r}", f"{guess}Known: {', '.join(sorted(known))}.")


def resolve(
    *,
    spec: str | None,
    config_file: str | None,
    languages: list[str] | None,
    out: str | None,
    diagnostics: Diagnostics,
    read: Reader = read_file,
) -> Config:
    """The configuration of one run: what the command line says beats the file. Raises InputError naming the place."""
    raw: dict[str, Json] = {}
    origin = Origin(config_file or "command line")
    for place in (spec, config_file, out):
        _check_path(place or "", Origin("command line"))
    if config_file is not None:
        try:
            text = read(config_file)
        except OSError as error:
            raise _bad(origin, f"cannot read the configuration: {error.strerror}", "Check --config.") from None
        from .load.parse import parse

        raw = _mapping(parse(text, config_file, diagnostics), origin)
    _known(raw, _KEYS, origin)
    base = os.path.dirname(config_file) if config_file else ""
    texts = {key: _text(raw[key], origin.child(key)) for key in _TEXTS if key in raw}

    def path(value: str) -> str:
        _check_path(value, origin)
        is_file = base and "://" not in value  # else the reader of it says that it is a URL
        return str(PurePosixPath(os.path.normpath(os.path.join(base, value)))) if is_file else value

    source = spec or (path(texts["spec"]) if "spec" in texts else None)
    if source is None:
        where = "as `spec:` in the configuration" if config_file else "write a configuration: codegen.yaml"
        raise _bad(origin, "no spec is named", f"Name one on the command line, or {where}.")
    listed = {
        name: _target(name, _mapping(value, origin.child("targets", name)), origin.child("targets", name), path)
        for name, value in _mapping(raw.get("targets"), origin.child("targets")).items()
    }
    wanted = languages or list(listed)
    for name in wanted:
        if name not in TARGETS:
            close = get_close_matches(name, TARGETS, 1)
            guess = f"Did you mean {close[0]!r}? " if close else ""
            raise _bad(origin, f"unknown target {name!r}", f"{guess}Known: {', '.join(TARGETS)}.")
    if not wanted:
        raise _bad(origin, "no targets are named", "Say --lang python,node,... or list them under `targets:`.")
    targets: dict[str, TargetConfig] = {}
    for name in wanted:
        said = listed.get(name, TargetConfig(""))
        folder = f"{out.rstrip('/')}/{name}" if out else said.out
        if not folder:
            raise _bad(
                origin,
                f"the target {name!r} has no output folder",
                "Say --out DIR or give it `out:` in the configuration.",
            )
        targets[name] = TargetConfig(folder, said.package, said.options)
    _apart(targets, origin)
    _check_url(texts.get("base_url", ""), origin.child("base_url"))
    overlays = raw.get("overlays") or []
    if not isinstance(overlays, list):
        raise _bad(origin.child("overlays"), "overlays must be a list of files", "overlays: [one.yaml]")
    tests = raw.get("tests", False)
    if not isinstance(tests, bool):
        raise _bad(origin.child("tests"), "tests must be true or false", "Leave it out for false.")
    lock = (
        path(texts["lock"])
        if "lock" in texts
        else f"{out.rstrip('/')}/proto.lock.yaml"
        if out
        else path("proto.lock.yaml")
    )
    rest = {key: texts.get(key, "") for key in ("name", "version", "base_url", "license", "repository", "author")}
    names_lock = raw.get("names_lock", os.path.join(os.path.dirname(lock), "polyport.names.lock"))
    if names_lock is not False:
        said_path = _text(names_lock, origin.child("names_lock"))
        if not said_path:
            raise _bad(origin.child("names_lock"), "names_lock must name a file", "Say `false` to keep no names.")
        names_lock = path(said_path) if "names_lock" in raw else said_path
    renames, resources, moved = (
        {k: _text(v, origin.child(key, k)) for k, v in _mapping(raw.get(key), origin.child(key)).items()}
        for key in ("renames", "resources", "moved")
    )
    _names(renames, origin.child("renames"))
    _names(resources, origin.child("resources"))
    twice = {name: id for id, name in renames.items()}
    for id, name in renames.items():
        if twice[name] != id:
            message = f"{id!r} and {twice[name]!r} would both be {name!r}"
            raise _bad(origin.child("renames", twice[name]), message, "Give each call a name of its own.")
    if os.path.realpath(lock) == os.path.realpath(names_lock or os.devnull):
        raise _bad(origin.child("names_lock"), "`lock` and `names_lock` name the same file", "Give each its own.")
    return Config(
        source,
        targets,
        tests=tests,
        overlays=tuple(path(_text(o, origin.child("overlays"))) for o in overlays),
        renames=renames,
        resources=resources,
        words=_words(raw.get("words"), origin.child("words")),
        lock=lock,
        names_lock=names_lock or "",
        moved=moved,
        file=config_file or "",
        **rest,
    )


def _names(said: Mapping[str, str], origin: Origin) -> None:
    for key, name in said.items():
        if not all(any(c.isalpha() for c in step) for step in name.split(".")):
            raise _bad(origin.child(key), f"{name!r} is no dotted name", "Give words with dots between: beta.threads.")


def _words(value: Json, origin: Origin) -> tuple[str, ...]:
    listed = [] if value is None else value
    if not isinstance(listed, list):
        raise _bad(origin, "words must be a list of names", "words: [OpenAI]")
    found = tuple(_text(word, origin.child(i)) for i, word in enumerate(listed))
    for at, word in enumerate(found):
        if not (word.isascii() and word.isalnum() and word[0].isalpha()):
            raise _bad(origin.child(at), f"{word!r} is not one word", "Give letters and digits: OpenAI.")
    return found


def _check_path(path: str, origin: Origin) -> None:
    if "\0" in path:
        raise _bad(origin, f"{path!r} is no path", "It has a character that no file's name has.")


def _check_url(url: str, origin: Origin) -> None:
    """Clients send to this address when nobody says another."""
    hint = "Give a whole address: https://api.acme.dev/v1."
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        is_whole = False
    if url and (not is_whole or not re.fullmatch(r"[!$-;=@-Z\[\]_a-z~]+", url) or parts.query or parts.fragment):
        raise _bad(origin, f"{url!r} is no address of a server", hint)


def _apart(targets: Mapping[str, TargetConfig], origin: Origin) -> None:
    """Two targets in one folder would remove each other's files."""
    seen: dict[str, PurePath] = {}
    for name, target in targets.items():
        # Folders that differ in case alone are one folder on many machines.
        mine = PurePath(os.path.realpath(target.out).casefold())
        for other, theirs in seen.items():
            if mine == theirs or mine in theirs.parents or theirs in mine.parents:
                how = "the same folder" if mine == theirs else "one inside the other"
                raise _bad(
                    origin.child("targets", name, "out"),
                    f"the targets {other!r} and {name!r} would be written to {how}: {targets[other].out} and {target.out}",
                    "Give each a folder of its own.",
                )
        seen[name] = mine


def _target(name: str, value: dict[str, Json], origin: Origin, path: Callable[[str], str]) -> TargetConfig:
    _known(value, _TARGET_KEYS, origin)
    out = _text(value["out"], origin.child("out")) if "out" in value else ""
    package = _text(value["package"], origin.child("package")) if "package" in value else ""
    return TargetConfig(path(out) if out else "", package, _mapping(value.get("options"), origin.child("options")))
