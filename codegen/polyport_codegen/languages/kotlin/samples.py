"""The document's JSON examples as Kotlin code that compiles: for KDoc and README.

`{"model": "m", "messages": [{"role": "user", "content": "Hi"}], "seed": 1}` becomes
`create(model = "m", messages = listOf(ChatMessage.user(content = "Hi"))) { seed = 1 }`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ...ir.decision import chosen
from ...ir.model import MediaKind
from ...lower.layout import Group, Joined, Part, layout
from ...values import Json
from .naming import literal, maker_argument, quoted
from .types import Alternative, Argument, Call, KType, Member, Model, Package, Union

_DEEPEST = 8


class _Unwritable(Exception):
    """The value does not fit its type, or has members that the document does not list."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Writes values of the API's types as code."""

    package: Package
    names: Mapping[str, str]

    def call(self, call: Call, method: str, *, indent: int = 0) -> str | None:
        """The call with the document's first example that can be written; without one, with made-up required values."""
        body = call.operation.body
        for example in (*(body.docs.examples if body is not None else ()), None):
            try:
                return self._call(call, method, example, indent)
            except _Unwritable:
                continue
        return None

    def _call(self, call: Call, method: str, example: Json, indent: int) -> str:
        values: dict[str, Json] = {}
        body = call.operation.body
        if example is not None and body is not None:
            if body.flatten is None:
                values[":body"] = example
            elif isinstance(example, dict) and body.media.kind is MediaKind.JSON:
                known = {
                    a.member.wire for a in (*call.required, *call.optional, *call.constants) if a.place == "member"
                }
                selector = call.operation.stream.selector if call.operation.stream is not None else None
                extra = set(example) - known - ({selector.wire_name} if selector is not None else set())
                if extra:
                    raise _Unwritable
                values = {f"member:{wire}": value for wire, value in example.items()}
        given = [(a.member, self._value_of(a, values)) for a in call.required]
        optional = [(a.member, values[_key(a)]) for a in call.optional if _key(a) in values]
        return self._laid_out(self._made(method, given, optional, quoted, 0), indent)

    def _value_of(self, argument: Argument, values: Mapping[str, Json]) -> Json:
        key = _key(argument)
        if key in values:
            return values[key]
        if argument.member.docs.examples:
            return argument.member.docs.examples[0]
        return self._made_up(argument.member.type, argument.member.wire, 0)

    def _laid_out(self, part: Part, indent: int) -> str:
        return layout(part, width=100 - indent).replace(";\n", "\n")

    # -- values ------------------------------------------------------------------------------------------------------

    def _made(
        self,
        head: str,
        given: Sequence[tuple[Member, Json]],
        optional: Sequence[tuple[Member, Json]],
        spell: Callable[[str], str],
        depth: int,
    ) -> Part:
        """A call of `head` with named arguments and a trailing block."""
        bare = [self.package.string_union(m.type) is not None and not m.nullable for m, _ in given]
        strings = all(isinstance(v, str) for (_, v), is_union in zip(given, bare, strict=True) if is_union)
        arguments: list[Part] = []
        for (member, value), is_union in zip(given, bare, strict=True):
            code: Part = literal(value) if is_union and strings else self._code(member.type, value, depth + 1)
            arguments.append(Joined((f"{spell(self.names[member.symbol])} = ", code)))
        settings: list[Part] = []
        for member, value in optional:
            name = quoted(self.names[member.symbol])
            if value is None:
                settings.append(f"{name} = null")
            elif isinstance(value, str) and self.package.string_union(member.type) is not None:
                settings.append(f"{name}({literal(value)})")
            else:
                settings.append(Joined((f"{name} = ", self._code(member.type, value, depth + 1))))
        block = Group(" {", settings, "}", separator=";", trailing=False, padded=True)
        if not settings:
            return Group(f"{head}(", arguments, ")")
        return Joined((Group(f"{head}(", arguments, ")"), block)) if arguments else Joined((head, block))

    def _code(self, type: KType, value: Json, depth: int) -> Part:
        if depth > _DEEPEST:
            raise _Unwritable
        match type.name, value:
            case "Nullable", None:
                return "null"
            case "Nullable", _:
                return self._code(type.args[0], value, depth)
            case "String", str():
                return literal(value)
            case "Boolean", bool():
                return literal(value)
            case (("Long" | "Int"), int()) if not isinstance(value, bool):
                return str(value)
            case "Double", int() | float() if not isinstance(value, bool):
                return repr(float(value))
            case "OffsetDateTime" | "LocalDate", str():
                return f"{type.name}.parse({literal(value)})"
            case "List", list():
                return Group("listOf(", [self._item(type.args[0], v, depth) for v in value], ")")
            case "Map", dict():
                pairs = [Joined((f"{literal(k)} to ", self._item(type.args[0], v, depth))) for k, v in value.items()]
                return Group("mapOf(", pairs, ")")
            case "JsonElement", _:
                return Joined(("jsonOf(", _free(value), ")"))
            case "Decl", _:
                return self._declared(type, value, depth)
        raise _Unwritable

    def _item(self, type: KType, value: Json, depth: int) -> Part:
        """An item of a collection, whose integers must say that they are long."""
        code = self._code(type, value, depth + 1)
        return f"{code}L" if type.inner.name == "Long" and isinstance(code, str) and value is not None else code

    def _declared(self, type: KType, value: Json, depth: int) -> Part:
        name = self.names[f"type:{type.decl}"]
        union = self.package.unions.get(type.decl)
        if union is not None:
            return self._in_union(name, union, value, depth)
        model = self.package.models.get(type.decl)
        if model is not None:
            return self._model(name, model, value, depth)
        enum = self.package.enums.get(type.decl)
        if enum is not None:
            known = next((c for c in enum.constants if c.value == value), None)
            if known is not None:
                return f"{name}.{quoted(self.names[known.symbol])}"
            return Joined((f"{name}(", self._code(enum.type, value, depth + 1), ")"))
        raise _Unwritable

    def _model(self, head: str, model: Model, value: Json, depth: int) -> Part:
        if not isinstance(value, dict):
            raise _Unwritable
        members = {m.wire: m for m in model.members}
        if set(value) - set(members):
            raise _Unwritable
        asked = model.asked
        if any(m.wire not in value for m in asked):
            raise _Unwritable
        named = {m.wire for m in asked}
        optional = [(members[k], v) for k, v in value.items() if k not in named and members[k].const is None]
        return self._made(head, [(m, value[m.wire]) for m in asked], optional, maker_argument, depth)

    def _in_union(self, name: str, union: Union, value: Json, depth: int) -> Part:
        alternative = _chosen(union, value)
        if alternative is None:
            raise _Unwritable
        if alternative.model is None:
            return Joined((f"{name}.of(", self._code(alternative.type, value, depth + 1), ")"))
        model = self.package.models[alternative.model]
        by_tag = any(m.wire == union.decl.tag and m.const is not None for m in model.members)
        head = (
            f"{name}.{quoted(self.names[alternative.factory])}" if by_tag else self.names[f"type:{alternative.model}"]
        )
        return self._model(head, model, value, depth)

    # -- without an example ------------------------------------------------------------------------------------------

    def _made_up(self, type: KType, wire: str, depth: int) -> Json:
        """A JSON value of a type, as small as it goes."""
        if depth > _DEEPEST:
            raise _Unwritable
        match type.name:
            case "String":
                return wire
            case "Boolean":
                return True
            case "Long" | "Int":
                return 1
            case "Double":
                return 0.5
            case "List":
                return [self._made_up(type.args[0], wire, depth + 1)]
            case "Map":
                return {"key": self._made_up(type.args[0], wire, depth + 1)}
            case "JsonElement":
                return {"key": "value"}
            case "Nullable":
                return None
            case "Decl":
                return self._made_up_decl(type, wire, depth)
        raise _Unwritable

    def _made_up_decl(self, type: KType, wire: str, depth: int) -> Json:
        union = self.package.unions.get(type.decl)
        if union is not None:
            first = union.text or next((a for a in union.alternatives), None)
            if first is None:
                raise _Unwritable
            return self._made_up(first.type, wire, depth + 1)
        model = self.package.models.get(type.decl)
        if model is None:
            enum = self.package.enums.get(type.decl)
            if enum is not None and enum.constants:
                return enum.constants[0].value
            raise _Unwritable
        wanted = [m for m in model.members if m.required and not m.read_only]
        return {m.wire: m.const if m.const is not None else self._example_of(m, depth) for m in wanted}

    def _example_of(self, member: Member, depth: int) -> Json:
        if member.docs.examples:
            return member.docs.examples[0]
        return self._made_up(member.type, member.wire, depth + 1)


def _key(argument: Argument) -> str:
    return ":body" if argument.place == "body" else f"{argument.place}:{argument.member.wire}"


def _chosen(union: Union, value: Json) -> Alternative | None:
    """The alternative that a value is."""
    index = chosen(union.decl, value)
    return None if index is None else union.alternatives[index]


def _free(value: Json) -> Part:
    """Free JSON by the standard library's collections."""
    if isinstance(value, dict):
        return Group("mapOf(", [Joined((f"{literal(k)} to ", _free(v))) for k, v in value.items()], ")")
    if isinstance(value, list):
        return Group("listOf(", [_free(v) for v in value], ")")
    return "null" if value is None else literal(value)
