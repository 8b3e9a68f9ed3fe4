"""One package in the making, and one file of it: how names are written there, and what it must import for that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from jinja2 import Environment

from ...ir.model import Operation
from ...ir.types import DeclId, Type
from ...lower.calls import Form
from ...lower.symbols import child_ids, streaming_id
from ...target import OutFile, Settings
from ...values import Json
from .lower import JsonTypes
from .naming import literal, quoted
from .prose import WIDTH
from .types import JSON, Call, KType, Package

MAIN = "src/main/kotlin"
TEST = "src/test/kotlin"

_EXTERNAL = {
    "JsonElement": "kotlinx.serialization.json.JsonElement",
    "JsonObject": "kotlinx.serialization.json.JsonObject",
    "JsonPrimitive": "kotlinx.serialization.json.JsonPrimitive",
    "OffsetDateTime": "java.time.OffsetDateTime",
    "LocalDate": "java.time.LocalDate",
    "Flow": "kotlinx.coroutines.flow.Flow",
}
#: Types that need no import.
_BARE = frozenset({"String", "Boolean", "Long", "Int", "Double"})
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
    #: What a type is called from outside: `Order.Item` for a nested one.
    types: Mapping[DeclId, str]
    #: Names of all models, resources and parameter classes: library names equal to one are written in full.
    taken: frozenset[str]
    #: Types that the document calls deprecated.
    deprecated: frozenset[DeclId]

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


@dataclass(frozen=True, slots=True)
class Project:
    """One SDK in the making: its declarations, the names of all symbols, its settings, and the templates."""

    package: Package
    names: Mapping[str, str]
    settings: Settings
    #: The client class's name.
    client: str
    packages: Packages
    #: What stands inside a class, in its order.
    inner: Mapping[DeclId, Sequence[DeclId]]
    env: Environment

    def type_of(self, type: Type) -> KType:
        """The Kotlin type of a JSON value."""
        return JsonTypes(self.package.api.decls).of(type)

    def simple_name(self, id: DeclId) -> str:
        """What a class is called where it stands."""
        return self.packages.types[id].rpartition(".")[2]

    def name(self, symbol: str) -> str:
        """A symbol's name as it is written."""
        return quoted(self.names[symbol])

    def method_name(self, call: Call, form: Form) -> str:
        """The name of one form's method, bare."""
        twin = call.of.has_twin and form is call.of.streaming
        return self.names[streaming_id(call.operation) if twin else call.method]

    def method(self, call: Call, form: Form) -> str:
        """The way from the client to one form's method: `client.chat.completions.create`."""
        return f"{self.access(call.operation)}.{quoted(self.method_name(call, form))}"

    def access(self, operation: Operation) -> str:
        """The way from the client to an operation's resource: `client.chat.completions`."""
        return ".".join(["client", *(self.name(id) for id in child_ids(operation.resource))])

    def render(self, template: str, view: object) -> str:
        """A template with its one value, `v`."""
        return self.env.get_template(template).render(v=view)

    def file(self, source: Source, class_name: str, text: str, root: str = MAIN) -> OutFile:
        """The file of a class: its text under the imports that it came to need."""
        return OutFile(f"{root}/{source.package.replace('.', '/')}/{class_name}.kt", source.header() + text)


@dataclass(slots=True)
class Source:
    """Resolves names for one file of `package` and collects its imports."""

    packages: Packages
    package: str
    #: Names declared in this file itself, nested ones too.
    own: frozenset[str] = frozenset()
    #: How long lines may be: classes in others are written as if they stood alone, and then moved in.
    width: int = WIDTH
    imports: set[str] = field(default_factory=set)
    #: Warnings of the compiler that the file cannot avoid, as it offers what is deprecated.
    suppressed: set[str] = field(default_factory=set)
    #: The names of the runtime that were asked for, as they are written.
    known: dict[str, str] = field(default_factory=dict)

    def narrower(self) -> Source:
        """The same file for the text of a class one level further in."""
        return replace(self, width=self.width - 4)

    def core(self, name: str) -> str:
        """A name of the runtime."""
        written = self.known.get(name)
        if written is None:
            written = self.known[name] = self._import(self.packages.core, name)
        return written

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
        if id in self.packages.deprecated:
            self.suppressed.add("DEPRECATION")
        head = name.partition(".")[0]
        if head in self.own:
            return f"{self.packages.models}.{name}"
        if self.package != self.packages.models:
            self.imports.add(f"{self.packages.models}.{head}")
        return name

    def resource(self, name: str) -> str:
        """A resource or parameter class."""
        if self.package != self.packages.resources:
            self.imports.add(f"{self.packages.resources}.{name}")
        return name

    def type(self, type: KType) -> str:
        """The type as it is written."""
        if type.name in _BARE:
            return type.name
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
            case name:
                return self.lib(name)

    def codec(self, type: KType) -> str:
        """The expression for the type's codec; nothing for uploads, which are no JSON."""
        if (simple := _CODECS.get(type.name)) is not None:
            return self.core(simple)
        match type.name:
            case "Nullable":
                return f"{self.core('NullableCodec')}({self.codec(type.args[0])})"
            case "List":
                return f"{self.core('ListCodec')}({self.codec(type.args[0])})"
            case "Map":
                return f"{self.core('MapCodec')}({self.codec(type.args[0])})"
            case "Decl":
                return self.decl(type.decl)
            case _:
                return ""

    def value(self, type: KType, value: Json) -> str:
        """A constant of a type; a number that Kotlin cannot hold is written as JSON."""
        if type == JSON and isinstance(value, int) and not isinstance(value, bool):
            return f"{self.core('parseJson')}({literal(str(value))})"
        return literal(value)

    def header(self) -> str:
        """What the compiler keeps to itself, the package line and the imports, sorted as ktlint wants them."""
        lines = [f"import {_dotted(name)}\n" for name in sorted(self.imports)]
        told = [f'@file:Suppress("{name}")\n\n' for name in sorted(self.suppressed)]
        return "".join([*told, f"package {_dotted(self.package)}\n\n", *lines, "\n" if lines else ""])


@lru_cache(maxsize=4096)  # most files import the same few
def _dotted(name: str) -> str:
    return ".".join(quoted(part) for part in name.split("."))
