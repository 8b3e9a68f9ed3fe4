"""Members of models as Kotlin text: properties of classes and builders, and the values that functions ask for."""

from __future__ import annotations

from dataclasses import dataclass

from .naming import literal, maker_argument
from .prose import deprecated, member_comment
from .source import Project, Source
from .types import KType, Member, Model
from .views import Property, Value


@dataclass(frozen=True, slots=True)
class MemberRenderer:
    """Writes what stands in classes, and in the signatures of functions."""

    project: Project

    def property(self, source: Source, member: Member) -> Property:
        """A member as a property of its model and of the builder."""
        wire, codec = literal(member.wire), source.codec(member.type)
        getter = "requiredNullable" if member.nullable else "required"
        constant = member.const is not None
        name = self.project.name(member.symbol)
        type = source.type(member.type) + ("?" if member.optional else "")
        absent = member.write_only and not member.optional
        head = f"public val {name}: {type}{'?' if absent else ''}"
        getter = getter if member.required and not member.write_only else "optional"
        value = f"get() = {getter}({wire}, {codec})"
        fits = len(head) + len(value) + 5 <= source.width
        return Property(
            name=name,
            type=type,
            docs=member_comment(member.docs, member.default, source.width),
            deprecated=deprecated(member.docs),
            jvm=self.jvm_name(member.symbol, member.type),
            definition=f"{head} {value}" if fits else f"{head}\n        {value}",
            read="" if constant else f"{'read' if member.optional else 'readRequired'}({wire}, {codec})",
            write="" if constant else f"{'writeNullable' if member.nullable else 'write'}({wire}, {codec}, value)",
            text_union="" if constant else self.text_union(source, member.type),
        )

    def jvm_name(self, symbol: str, type: KType) -> str:
        """The ending of the accessors' names for Java where Kotlin's own are mangled or taken; empty elsewhere."""
        name = self.project.names[symbol]
        if name == "class":
            return "Class_"
        return name[0].upper() + name[1:] if self.project.package.is_value_class(type) else ""

    def text_union(self, source: Source, type: KType) -> str:
        """The union that a type is, when a bare string will do for it; else nothing."""
        return source.decl(type.decl) if self.project.package.string_union(type) is not None else ""

    def value(self, source: Source, name: str, wire: str, type: KType, *, nullable: bool) -> Value:
        """A required value of a function."""
        return Value(
            name=name,
            type=source.type(type) + ("?" if nullable else ""),
            union="" if nullable else self.text_union(source, type),
            write="writeNullable" if nullable else "write",
            wire=literal(wire),
            codec=source.codec(type),
        )

    def asked(self, source: Source, model: Model) -> list[Value]:
        """What the function that makes a model asks for."""
        return [
            self.value(source, maker_argument(self.project.names[m.symbol]), m.wire, m.type, nullable=m.nullable)
            for m in model.asked
        ]
