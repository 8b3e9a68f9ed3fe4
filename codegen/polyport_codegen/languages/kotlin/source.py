"""One Kotlin file in the making: how names are written in it, and what it must import for that."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from ...ir.types import DeclId
from ...values import Json
from .lower import KType
from .naming import quoted

_EXTERNAL = {
    "JsonElement": "kotlinx.serialization.json.JsonElement",
    "JsonObject": "kotlinx.serialization.json.JsonObject",
    "JsonPrimitive": "kotlinx.serialization.json.JsonPrimitive",
    "OffsetDateTime": "java.time.OffsetDateTime",
    "LocalDate": "java.time.LocalDate",
    "Flow": "kotlinx.coroutines.flow.Flow",
}
_CODECS = {
    "String": "StringCodec",
    "Boolean": "BooleanCodec",
    "Long": "LongCodec",
    "Int": "IntCodec",
    "Double": "DoubleCodec",
    "OffsetDateTime": "DateTimeCodec",
    "LocalDate": "DateCodec",
    "JsonElement": "JsonCodec",
}


@dataclass(frozen=True, slots=True)
class Packages:
    """The packages of one SDK, and the names that users of several of them would confuse."""

    root: str
    types: Mapping[DeclId, str]
    #: Names of all models, resources and parameter classes: library names equal to one are written in full.
    taken: frozenset[str]

    @property
    def core(self) -> str:
        """The runtime."""
        return f"{self.root}.core"

    @property
    def models(self) -> str:
        """Models, unions and enums."""
        return f"{self.root}.models"

    @property
    def resources(self) -> str:
        """Resources and the parameters of their calls."""
        return f"{self.root}.resources"


@dataclass(slots=True)
class Source:
    """Resolves names for one file of `package` and collects its imports."""

    packages: Packages
    package: str
    #: Names declared in this file itself.
    own: frozenset[str] = frozenset()
    imports: set[str] = field(default_factory=set)

    def core(self, name: str) -> str:
        """A name of the runtime."""
        return self._import(self.packages.core, name)

    def lib(self, name: str) -> str:
        """A type of a library."""
        package, _, simple = _EXTERNAL[name].rpartition(".")
        return self._import(package, simple)

    def _import(self, package: str, name: str) -> str:
        if name in self.packages.taken or name in self.own:
            return f"{package}.{name}"
        if package == self.package:
            return name
        self.imports.add(f"{package}.{name}")
        return name

    def decl(self, id: DeclId) -> str:
        """A declared type."""
        name = self.packages.types[id]
        if self.package == self.packages.models:
            return name
        if name in self.own:
            return f"{self.packages.models}.{name}"
        self.imports.add(f"{self.packages.models}.{name}")
        return name

    def type(self, type: KType) -> str:
        """The type as it is written."""
        match type.name:
            case "Nullable":
                return f"{self.type(type.args[0])}?"
            case "List":
                return f"List<{self.type(type.args[0])}>"
            case "Map":
                return f"Map<String, {self.type(type.args[0])}>"
            case "Decl":
                return self.decl(type.decl)
            case "Upload":
                return self.core("Upload")
            case name if name in _EXTERNAL:
                return self.lib(name)
            case name:
                return name

    def codec(self, type: KType) -> str:
        """The expression for the type's codec."""
        match type.name:
            case "Nullable":
                return f"{self.core('NullableCodec')}({self.codec(type.args[0])})"
            case "List":
                return f"{self.core('ListCodec')}({self.codec(type.args[0])})"
            case "Map":
                return f"{self.core('MapCodec')}({self.codec(type.args[0])})"
            case "Decl":
                return self.decl(type.decl)
            case "Upload":
                return ""
            case name:
                return self.core(_CODECS[name])

    def header(self) -> str:
        """The package line and the imports, sorted as ktlint wants them."""
        names = sorted(self.imports)
        lines = [f"import {'.'.join(quoted(part) for part in name.split('.'))}" for name in names]
        package = ".".join(quoted(part) for part in self.package.split("."))
        return f"package {package}\n\n" + ("\n".join(lines) + "\n\n" if lines else "")


def literal(value: Json) -> str:
    """A scalar as a Kotlin literal."""
    if isinstance(value, str):
        return (
            json.dumps(value, ensure_ascii=False)
            .replace("$", "\\$")
            .replace("\\f", "\\u000c")
            .replace("\u007f", "\\u007f")
        )
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"{value}L"
    return repr(value)
