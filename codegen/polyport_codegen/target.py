"""What the generator asks of an output target, and what it hands to one.

A target is a folder (`languages/<name>/`, `proto/`, `server/`) whose package exposes `TARGET`, and one line in
`registry.py`. It turns the frozen `Api` into files and has no other effect: nothing here reads or writes a disk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from .diagnostics import Diagnostics
from .ir.model import Api
from .lower.published import NO_NAMES, Entry, Names, Published
from .values import Json, Words


@dataclass(frozen=True, slots=True)
class OutFile:
    """A file to be written. `path` is relative to the target's output folder, with forward slashes."""

    path: str
    content: str | bytes
    executable: bool = False

    @property
    def data(self) -> bytes:
        """The bytes on disk: text is UTF-8 with LF line ends."""
        return self.content if isinstance(self.content, bytes) else self.content.encode()


@dataclass(frozen=True, slots=True)
class Settings:
    """One target's settings, resolved from the configuration file and its defaults."""

    #: The client's name in words: `("polyport",)`. Class `Polyport`, environment prefix `POLYPORT`.
    words: Words
    #: The version of the generated package.
    version: str
    #: The package's published name in this target's own spelling (`polyport`, `@polyport/sdk`), never empty.
    package: str
    #: Default base URL: the configuration's, else the document's first absolute server.
    base_url: str = ""
    #: Emit the vector dispatcher, its runner and the runtime's own unit tests.
    tests: bool = False
    license: str = ""
    repository: str = ""
    author: str = ""
    #: The target's own options, which were checked against `Target.options`.
    options: Mapping[str, Json] = field(default_factory=dict)
    #: The names that this target has published and keeps.
    names: Names = NO_NAMES
    #: The text of the proto lock file, or None when there is none yet.
    lock: str | None = None
    #: The whole document as one JSON text, every file bundled in (for servers that show it).
    openapi: Callable[[], str] = str

    def flag(self, option: str) -> bool:
        """Whether an option that is true or false is on."""
        return self.options.get(option) is True

    def text(self, option: str) -> str:
        """The value of an option that is a text; empty when it was not given."""
        value = self.options.get(option)
        return value if isinstance(value, str) else ""

    @property
    def env_prefix(self) -> str:
        """`POLYPORT`, for `POLYPORT_API_KEY`, `POLYPORT_BASE_URL` and `POLYPORT_LOG`; a name that every shell can set."""
        name = re.sub(r"[^A-Z0-9]+", "_", "_".join(self.words).upper()).strip("_") or "API"
        return f"_{name}" if name[0].isdigit() else name


@dataclass(frozen=True, slots=True)
class Generated:
    """What a target gives back."""

    #: Every file, once: they may be made as they are asked for, since all of them together are large.
    files: Iterable[OutFile]
    #: The new text of the proto lock file when the target keeps one.
    lock: str | None = None
    #: What users see of it, under the names that it got: what the names lock, and reports of changes, are made of.
    surface: tuple[Entry, ...] = ()
    #: How the things of the surface are declared, where their names do not say it all. Made when it is asked for: only
    #: reports of changes want it.
    signatures: Callable[[], Mapping[Published, str]] = dict
    #: By place (a call): the ids of what stands in it, in an order that users' code depends on.
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a target: what its value must be, and what it does."""

    type: type[bool] | type[str]
    about: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a setting (`package` or `version`) cannot be that of a published package, and what would do."""

    setting: str
    cause: str
    hint: str


class Target(Protocol):
    """An output: a client language, the proto, or the server glue."""

    @property
    def name(self) -> str:
        """The word after `--lang`."""
        ...

    @property
    def options(self) -> Mapping[str, Option]:
        """The options that `targets: {<name>: {options: ...}}` may give. Others are refused."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """What documents call the language (`typescript`, `javascript`), the most fitting word first; none for a target
        that is no language."""
        ...

    def default_package(self, words: Words) -> str:
        """The published name when the configuration gives none."""
        ...

    def refused(self, settings: Settings) -> Iterable[Refusal]:
        """What is wrong with the name and the version of the package, by the rules of where such packages are published."""
        ...

    def generate(self, api: Api, settings: Settings, diagnostics: Diagnostics) -> Generated:
        """All files of this target, in any order, paths unique. Same input, same bytes."""
        ...
