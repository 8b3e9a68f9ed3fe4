"""Unions and enums as Kotlin text: sealed interfaces, and value classes over what is on the wire."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...ir.types import JsonType, Kind, TagValue
from ...lower.layout import Group, Part, layout
from ...values import Json
from .naming import literal, quoted
from .prose import comment, deprecated
from .render_members import MemberRenderer
from .shapes import described, expression, group, strings
from .source import Project, Source
from .types import STRING, Alternative, Enum, Union
from .views import ConstantView, EnumView, UnionView, Wrapper, parameter_lists

#: More constants than this are computed when they are asked for: the JVM allows a class 64 KiB of code to set them all.
_MOST_STORED = 1500


@dataclass(frozen=True, slots=True)
class UnionRenderer:
    """Writes unions and enums."""

    project: Project
    members: MemberRenderer

    def union(self, source: Source, union: Union, inner: Sequence[str]) -> str:
        """A union becomes a sealed interface that its models implement; other variants are wrapped.

        `oneOf: [TextPart, ImagePart, {type: string}]` becomes

            sealed interface Part : JsonValue {
                class StringValue(val value: String) : Part
                class Unknown(val raw: JsonElement) : Part

        with `class TextPart(...) : Model(members), Part`, `Part.of("a")` and, for constant tags, `Part.text(text = "a")`.
        `inner`: the classes that stand in it.
        """
        name = self.project.simple_name(union.decl.id)
        wrapped = [a for a in union.alternatives if a.model is None]
        erased = [self._erased(a) for a in wrapped]
        wrappers = [self._wrapper(source, a, mangled=erased.count(e) > 1) for a, e in zip(wrapped, erased, strict=True)]
        variants = [
            source.decl(a.model) if a.model is not None else f"{name}.{self.project.names[a.symbol]}"
            for a in union.alternatives
        ]
        said = union.decl.docs.text or f"`{name}` of the API."
        view = UnionView(
            name=name,
            docs=comment([said, f"One of {', '.join(variants)}, or [Unknown]."], width=source.width).at(0),
            deprecated=deprecated(union.decl.docs),
            base=source.core("JsonValue"),
            codec=source.core("Codec"),
            alternative=source.core("Alternative"),
            decode=source.core("decodeUnion"),
            json_element=source.lib("JsonElement"),
            shown=source.core("shown"),
            wrappers=wrappers,
            of=_distinct(wrappers),
            alternatives=[self._decision(source, union, a) for a in union.alternatives],
            factories=[f for a in union.alternatives for f in self._factories(source, union, a)],
            inner=inner,
        )
        return self.project.render("union.kt.j2", view)

    def _erased(self, alternative: Alternative) -> str:
        """What the JVM sees of a wrapped type."""
        type = alternative.type
        if self.project.package.is_value_class(type):
            type = self.project.package.enums[type.decl].type
        return type.name if type.name != "Decl" else str(type.decl)

    def _wrapper(self, source: Source, alternative: Alternative, *, mangled: bool) -> Wrapper:
        type = source.type(alternative.type)
        return Wrapper(
            name=self.project.names[alternative.symbol],
            type=type,
            codec=source.codec(alternative.type),
            docs=described(alternative.variant.docs, f"A `{type}`.", 4, source.width),
            mangled=mangled,
            text="value" if alternative.type == STRING else "value.toString()",
        )

    def _decision(self, source: Source, union: Union, alternative: Alternative) -> str:
        variant = alternative.variant
        tags: list[Part] = [
            Group(f"{source.core('tag')}(", [literal(member), *map(_tag, known)], ")")
            for member, known in union.decl.listed(variant)
        ]
        keys = [
            f"{name} = {strings('listOf', names)}"
            for name, names in (("keys", variant.required_keys), ("foreign", variant.foreign_keys))
            if names
        ]
        if alternative.model is not None:
            head = f"{source.core('modelAlternative')}("
            call = Group(head, [source.decl(alternative.model), *tags, *keys], ")")
            return layout(call, width=source.width, column=16, level=4)
        args: list[Part] = [strings("setOf", _json_types(variant.json_types))]
        if tags:
            args.append(Group("tags = mapOf(", tags, ")"))
        args += keys
        if variant.item_types:
            args.append("items = " + strings("setOf", _json_types(variant.item_types)))
        value = f"{self.project.names[alternative.symbol]}({source.codec(alternative.type)}.decode(it), it)"
        head = layout(Group(f"{source.core('Alternative')}(", args, ")"), width=source.width - 30, column=16, level=4)
        return f"{head} {{ {value} }}"

    def _factories(self, source: Source, union: Union, alternative: Alternative) -> Iterator[str]:
        """`ChatMessage.user("Hi")`: for models whose tag is a constant of theirs."""
        if alternative.model is None:
            return
        model = self.project.package.models[alternative.model]
        if not any(m.wire == union.decl.tag and m.const is not None for m in model.members):
            return
        made = source.decl(alternative.model)
        name = quoted(self.project.names[alternative.factory])
        values = self.members.asked(source, model)
        docs = described(alternative.variant.docs, f"Makes a [{made}].", 8, source.width)
        passed = group([*(v.name for v in values), "block"], f"{made}(", ")", 2, 20, source.width)
        for params in parameter_lists(values):
            block = f"block: {made}.Builder.() -> Unit = {{}}"
            signature = group([*params, block], "(", f"): {made}", 2, 28, source.width)
            yield docs + " " * 8 + f"public fun {name}{expression(signature, passed, 8, 20 + len(name), source.width)}"

    def enum(self, source: Source, enum: Enum) -> str:
        """An enum becomes a value class: `enum: [user, tool]` is `Role.USER`, `Role.TOOL`, and `Role("newer")`."""
        name = self.project.simple_name(enum.decl.id)
        said = enum.decl.docs.text or f"`{name}` of the API."
        element = source.lib("JsonElement")
        stored = len(enum.constants) <= _MOST_STORED
        number = enum.decl.kind is Kind.NUMBER
        constants = []
        for constant in enum.constants:
            head = f"public val {quoted(self.project.names[constant.symbol])}: {name}"
            value = f"{name}({_enum_literal(enum.decl.kind, constant.value)})"
            constants.append(
                ConstantView(
                    docs=described(constant.docs, f"`{constant.value}`", 8, source.width),
                    deprecated=deprecated(constant.docs),
                    definition=expression(head if stored else f"{head} get()", value, 8, 8, source.width),
                )
            )
        view = EnumView(
            name=name,
            docs=comment([said, f"Other values are values too: `{name}(...)`."], width=source.width).at(0),
            deprecated=deprecated(enum.decl.docs),
            base=source.core("OpenEnum"),
            type=source.type(enum.type),
            text="value" if enum.decl.kind is Kind.STRING else "value.toString()",
            json_element=element,
            # A whole number without a fraction, as every other number is written.
            encoded=f"{source.codec(enum.type)}.encode(value)" if number else f"{source.lib('JsonPrimitive')}(value)",
            codec=source.core("Codec"),
            constants=constants,
            decode=expression(
                f"override fun decode(element: {element}): {name}",
                f"{name}({source.codec(enum.type)}.decode(element))",
                8,
                8,
                source.width,
            ),
        )
        return self.project.render("enum.kt.j2", view)


def _distinct(wrappers: Sequence[Wrapper]) -> list[Wrapper]:
    """The first wrapper of each type."""
    first: dict[str, Wrapper] = {}
    for wrapper in wrappers:
        first.setdefault(wrapper.type, wrapper)
    return list(first.values())


def _json_types(types: frozenset[JsonType]) -> list[str]:
    return sorted(t.value for t in types)


def _tag(value: TagValue) -> str:
    return "null" if value is None else literal(value)


def _enum_literal(kind: Kind, value: Json) -> str:
    return f"{value}.0" if kind is Kind.NUMBER and isinstance(value, int) else literal(value)
