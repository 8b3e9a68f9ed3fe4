"""The proto target's entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..diagnostics import Diagnostics
from ..ir.model import Api
from ..target import Generated, Option, OutFile, Refusal, Settings
from ..values import Words
from . import lock as locks
from .model import ProtoApi
from .render import render
from .services import build


@dataclass(frozen=True, slots=True)
class Proto:
    """The numbered API, its lock, and its files: path -> text."""

    api: ProtoApi
    lock: locks.Lock
    files: dict[str, str]


def make(api: Api, package: str, lock: str | None, diagnostics: Diagnostics) -> Proto:
    """Everything about the proto of an API. `lock` is the text of the lock file, or None when there is none yet."""
    numbered, new = locks.assign(build(api.documented(), package), locks.parse(lock, diagnostics))
    return Proto(numbered, new, dict(render(numbered, new)))


def package_of(words: Words) -> str:
    """The proto package when nobody says otherwise: `polyport.v1`. Only ASCII can stand in one."""
    name = "_".join(filter(None, ("".join(c for c in word if c.isascii() and c.isalnum()) for word in words)))
    return f"{name if name[:1].isalpha() else f'api{name}'}.v1"


class ProtoTarget:
    """`--lang proto`: the `.proto` files in folders after their package, and the lock."""

    name = "proto"
    languages: tuple[str, ...] = ()
    options: Mapping[str, Option] = MappingProxyType({})

    def default_package(self, words: Words) -> str:
        """`polyport.v1`."""
        return package_of(words)

    def refused(self, settings: Settings) -> Iterator[Refusal]:
        """What protoc would not take as a package."""
        if not re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", settings.package, re.ASCII):
            hint = "Letters, digits and _ with dots between, such as acme.v1."
            yield Refusal("package", f"{settings.package!r} is no package of protocol buffers", hint)

    def generate(self, api: Api, settings: Settings, diagnostics: Diagnostics) -> Generated:
        """All `.proto` files, and the new text of the lock."""
        proto = make(api, settings.package, settings.lock, diagnostics)
        files = tuple(OutFile(path, text) for path, text in proto.files.items())
        return Generated(files, locks.dump(proto.lock))


TARGET = ProtoTarget()
