"""Example values as Kotlin code that compiles: for KDoc and README.

`{"model": "m", "messages": [{"role": "user", "content": "Hi"}], "seed": 1}` becomes
`create(model = "m", messages = listOf(ChatMessage.user(content = "Hi"))) { seed = 1 }`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...ir.types import DeclId, Kind, ListOf, Primitive
from ...lower import samples as shared
from ...lower.layout import Group, Joined, Part, layout
from ...lower.samples import Chosen, Entries, File, Fixed, Free, Items, Known, Null, Object, Sample, Scalar
from ...lower.symbols import value_id
from ...values import Json
from .lower import is_exact
from .naming import literal, maker_argument, quoted
from .types import UPLOAD, Call, KType, Model, Package

_BYTES = Primitive(Kind.STRING, "binary")


class _Unwritable(Exception):
    """The value cannot be written as its type."""


@dataclass(frozen=True, slots=True)
class _Given:
    """A value for a parameter or property."""

    name: str
    type: KType
    nullable: bool
    sample: Sample


@dataclass(frozen=True, slots=True)
class Samples:
    """Writes values of the API's types as code."""

    package: Package
    names: Mapping[str, str]
    #: What types are called from outside.
    types: Mapping[DeclId, str]

    def call(self, call: Call, method: str, *, indent: int = 0) -> str | None:
        """A call with what the document shows for it; None when that cannot be written."""
        shown = {argument.symbol: sample for argument, sample in shared.arguments(self.package.api, call.of)}
        if any(a.of.symbol not in shown for a in call.required):
            return None

        def given(names: Sequence[str], arguments: Sequence[tuple[KType, bool, str]]) -> list[_Given]:
            return [
                _Given(name, type, nullable, shown[symbol])
                for name, (type, nullable, symbol) in zip(names, arguments, strict=True)
            ]

        asked = [(a.type, a.nullable, a.of.symbol) for a in call.required]
        more = [(a.type, a.nullable, a.of.symbol) for a in call.optional if a.of.symbol in shown]
        try:
            part = self._made(
                method,
                given([quoted(self.names[symbol]) for _, _, symbol in asked], asked),
                given([quoted(self.names[symbol]) for _, _, symbol in more], more),
            )
        except _Unwritable:
            return None
        return layout(part, width=100 - indent).replace(";\n", "\n")

    def _made(self, head: str, asked: Sequence[_Given], settable: Sequence[_Given]) -> Part:
        """A call of `head` with named arguments and a trailing block."""
        bare = [self._is_bare(g) for g in asked]
        strings = all(_text(g.sample) is not None for g, is_union in zip(asked, bare, strict=True) if is_union)
        arguments: list[Part] = []
        for given, is_union in zip(asked, bare, strict=True):
            text = _text(given.sample) if is_union and strings else None
            code: Part = literal(text) if text is not None else self._code(given.type, given.sample)
            arguments.append(Joined((f"{given.name} = ", code)))
        settings: list[Part] = []
        for given in settable:
            text = _text(given.sample)
            if isinstance(given.sample, Null):
                settings.append(f"{given.name} = null")
            elif text is not None and self.package.string_union(given.type) is not None:
                settings.append(f"{given.name}({literal(text)})")
            else:
                settings.append(Joined((f"{given.name} = ", self._code(given.type, given.sample))))
        if not settings:
            return Group(f"{head}(", arguments, ")")
        block = Group(" {", settings, "}", separator=";", trailing=False, padded=True)
        return Joined((Group(f"{head}(", arguments, ")"), block)) if arguments else Joined((head, block))

    def _is_bare(self, given: _Given) -> bool:
        """Whether there is an overload that takes a bare string here."""
        return self.package.string_union(given.type) is not None and not given.nullable

    def _code(self, type: KType, sample: Sample) -> Part:
        """The value as an expression of the type."""
        match sample:
            case Chosen(value=value) if UPLOAD in type.args:
                return self._code(type, value if isinstance(value, Items) else Items(ListOf(_BYTES), (value,)))
            case Null():
                return "jsonOf(null)" if type.name == "JsonElement" else "null"
            case File():
                return 'Upload.of(File("path/to/file"))'
            case Free(value=value):
                return Joined(("jsonOf(", _free(value), ")"))
            case Scalar(value=value) | Fixed(value=value):
                return self._scalar(type.inner, value)
            case Known():
                return self._known(type.inner, sample)
            case Items(items=items):
                return Group("listOf(", [self._item(type.inner, item) for item in items], ")")
            case Entries(entries=entries):
                pairs = [Joined((f"{literal(key)} to ", self._item(type.inner, value))) for key, value in entries]
                return Group("mapOf(", pairs, ")")
            case Object():
                return self._object(sample, self.types[sample.decl.id])
            case Chosen():
                return self._chosen(sample)

    def _item(self, type: KType, sample: Sample) -> Part:
        """An item of a collection, whose integers must say that they are long."""
        if not type.args:
            raise _Unwritable
        code = self._code(type.args[0], sample)
        return f"{code}L" if type.args[0].inner.name == "Long" and isinstance(code, str) and code != "null" else code

    def _scalar(self, type: KType, value: str | int | float | bool) -> str:
        match type.name, value:
            case "String", str():
                return literal(value)
            case "Boolean", bool():
                return literal(value)
            case (("Long" | "Int"), int()) if not isinstance(value, bool):
                if not is_exact(value):
                    raise _Unwritable
                # What needs more than 32 bits is a long by itself.
                return "Long.MIN_VALUE" if value == -(1 << 63) else str(value)
            case "Double", int() | float() if not isinstance(value, bool):
                return repr(float(value))
            case "OffsetDateTime" | "LocalDate", str():
                return f"{type.name}.parse({literal(value)})"
            case "JsonElement", _:
                return f"jsonOf({literal(value)})"
            case "Decl", _ if type.decl in self.package.enums:
                enum = self.package.enums[type.decl]
                known = next((c for c in enum.constants if c.value == value), None)
                name = self.types[type.decl]
                return f"{name}.{quoted(self.names[known.symbol])}" if known else f"{name}({literal(value)})"
        raise _Unwritable

    def _known(self, type: KType, sample: Known) -> Part:
        name = self.types[sample.decl.id]
        if sample.member is not None and self._has_constant(sample):
            return f"{name}.{quoted(self.names[value_id(sample.decl.id, sample.member.value)])}"
        return f"{name}({self._scalar(self.package.enums[sample.decl.id].type, sample.value)})"

    def _has_constant(self, sample: Known) -> bool:
        symbol = value_id(sample.decl.id, sample.value)
        return any(c.symbol == symbol for c in self.package.enums[sample.decl.id].constants)

    def _object(self, sample: Object, head: str) -> Part:
        model = self.package.models[sample.decl.id]
        shown = {field.wire_name: value for field, value in sample.members}
        asked = self._given(model, shown, [m.wire for m in model.asked])
        if len(asked) < len(model.asked):
            raise _Unwritable
        named = {m.wire for m in model.asked}
        rest = [m.wire for m in model.members if m.const is None and m.wire not in named]
        return self._made(head, asked, self._given(model, shown, rest, block=True))

    def _given(
        self, model: Model, shown: Mapping[str, Sample], wires: Sequence[str], *, block: bool = False
    ) -> list[_Given]:
        members = {m.wire: m for m in model.members}
        spell = quoted if block else maker_argument
        return [
            _Given(spell(self.names[m.symbol]), m.type, m.nullable, shown[m.wire])
            for m in (members[wire] for wire in wires)
            if m.wire in shown
        ]

    def _chosen(self, sample: Chosen) -> Part:
        union = self.package.unions[sample.decl.id]
        alternative = union.alternatives[sample.index]
        name = self.types[sample.decl.id]
        if alternative.model is None:
            return Joined((f"{name}.of(", self._code(alternative.type, sample.value), ")"))
        if not isinstance(sample.value, Object):
            raise _Unwritable
        model = self.package.models[alternative.model]
        by_tag = any(m.wire == union.decl.tag and m.const is not None for m in model.members)
        head = f"{name}.{quoted(self.names[alternative.factory])}" if by_tag else self.types[alternative.model]
        return self._object(sample.value, head)


def _text(sample: Sample) -> str | None:
    """The text of a union's value that is a bare string."""
    inner = sample.value if isinstance(sample, Chosen) else None
    if isinstance(inner, Scalar) and isinstance(inner.value, str) and inner.type.format not in ("date", "date-time"):
        return inner.value
    return None


def _free(value: Json) -> Part:
    """Free JSON by the standard library's collections."""
    if value in ({}, []):
        return "emptyMap<String, Any?>()" if value == {} else "emptyList<Any?>()"
    if isinstance(value, dict):
        return Group("mapOf(", [Joined((f"{literal(k)} to ", _free(v))) for k, v in value.items()], ")")
    if isinstance(value, list):
        return Group("listOf(", [_free(v) for v in value], ")")
    if isinstance(value, int) and not isinstance(value, bool) and not -(1 << 63) <= value < 1 << 63:
        raise _Unwritable
    return "null" if value is None else literal(value)
