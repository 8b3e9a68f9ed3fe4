"""Models, unions and enums as Kotlin text: names are resolved here, templates only lay them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...ir.types import DeclId, Docs, JsonType, Kind, TagValue
from ...lower.deltas import ENDINGS, NAMES, Whole
from ...lower.layout import Group, Part, indented, layout
from ...target import OutFile
from ...values import Json
from .naming import builder_members_id, literal, maker_argument, quoted
from .prose import WIDTH, comment, deprecated, member_comment
from .source import Project, Source
from .types import STRING, Alias, Alternative, Enum, KType, Member, Model, Union
from .views import (
    ConstantView,
    Creator,
    EnumView,
    MembersView,
    ModelView,
    Property,
    UnionView,
    Value,
    Wrapper,
    settable,
)

#: Lines of a file, before its imports.
_MOST_LINES = 960
#: Typealiases of a file that has nothing else: with their comments they are three lines or more each.
_MOST_ALIASES = 200
#: More constants than this are computed when they are asked for: the JVM allows a class 64 KiB of code to set them all.
_MOST_STORED = 1500


def group(items: Sequence[str], open: str, close: str, level: int = 0, column: int = 0, width: int = WIDTH) -> str:
    """Items between brackets, on one line where they fit."""
    return layout(Group(open, items, close), width=width, column=column, level=level)


def expression(head: str, body: str, indent: int, column: int, width: int = WIDTH) -> str:
    """A function's head with its expression body: on the same line where it fits. `column` is where the head begins."""
    last = head.rpartition("\n")[2]
    start = len(last) if "\n" in head else column + len(head)
    if "\n" not in body and start + 3 + len(body) <= width:
        return f"{head} = {body}"
    return f"{head} =\n{' ' * (indent + 4)}{body}"


@dataclass(frozen=True, slots=True)
class TypeRenderer:
    """Writes the classes of `models`."""

    project: Project

    def files(self) -> Iterator[OutFile]:
        """A file for each class that stands alone, with all that stands in it, and its other names beside it."""
        nested = {id for inner in self.project.inner.values() for id in inner}
        named, free = self._aliases()
        for alias in free:
            source = self._source(())
            yield self.project.file(source, self.name(alias.decl.id), self._alias(source, alias))
        for id in self.project.package.declared():
            if id not in nested:
                yield from self._of(id, named)

    def _of(self, id: DeclId, named: Mapping[DeclId, list[Alias]]) -> Iterator[OutFile]:
        """The file of a class; what is too long for it stands in files of its own."""
        family = list(self._family(id))
        name = self.project.packages.types[id]
        aliases = [alias for member in family for alias in named.get(member, ())]
        source = self._source(family)
        text = self._text(source, id)
        model = self.project.package.models.get(id)
        if text.count("\n") > _MOST_LINES and model is not None and builder_members_id(id) in self.project.names:
            text = self.model(source, model, split=True)
            yield self._builder_members(model)
        if text.count("\n") + 3 * len(aliases) > _MOST_LINES:
            for number, start in enumerate(range(0, len(aliases), _MOST_ALIASES), 1):
                own = self._source(family)
                texts = [self._alias(own, alias) for alias in aliases[start : start + _MOST_ALIASES]]
                # No class has a name with a dot, so no file of one is overwritten.
                yield self.project.file(own, f"{name}.names{number}", "\n".join(texts))
            aliases = []
        sums = [text for member in family for text in self._sums(source, member)]
        others = [self._alias(source, alias) for alias in aliases]
        yield self.project.file(source, name, "\n".join([text, *sums, *others]))

    def _source(self, family: Sequence[DeclId]) -> Source:
        packages = self.project.packages
        own = frozenset(name for member in family for name in self._own(member))
        source = Source(packages, packages.models, own)
        if not packages.deprecated.isdisjoint(family):
            source.suppressed.add("DEPRECATION")
        return source

    def _aliases(self) -> tuple[Mapping[DeclId, list[Alias]], list[Alias]]:
        """The typealiases by the class that they are another name of, and those of anything else."""
        named: dict[DeclId, list[Alias]] = {}
        free = []
        for alias in self.project.package.aliases.values():
            if alias.type.name == "Decl":
                named.setdefault(alias.type.decl, []).append(alias)
            else:
                free.append(alias)
        return named, free

    def _alias(self, source: Source, alias: Alias) -> str:
        """`public typealias ListRunsOrder = Order`: an owner's own name for a type that several share."""
        name, type = self.name(alias.decl.id), source.type(alias.type)
        docs = described(alias.decl.docs, f"Another name of [{type}]." if alias.type.name == "Decl" else f"A `{type}`.")
        return f"{docs}public typealias {name} = {type}\n"

    def _builder_members(self, model: Model) -> OutFile:
        """The members of a builder in a class of their own, which the builder inherits: nobody else sees the difference."""
        name = self.project.names[builder_members_id(model.decl.id)]
        source = Source(self.project.packages, self.project.packages.models)
        additional = model.additional
        view = MembersView(
            name=name,
            model=self.name(model.decl.id),
            json_element=source.lib("JsonElement"),
            builder_base=source.core("ModelBuilder"),
            settable=settable(
                [self._property(source, m) for m in model.members if m.const is None],
                4,
                (source.type(additional), source.codec(additional)) if additional is not None else None,
            ),
        )
        return self.project.file(source, name, self.project.render("members.kt.j2", view))

    def _family(self, id: DeclId) -> Iterator[DeclId]:
        yield id
        for inner in self.project.inner.get(id, ()):
            yield from self._family(inner)

    def _own(self, id: DeclId) -> Iterator[str]:
        """The names that stand in a class."""
        for inner in self.project.inner.get(id, ()):
            yield self.name(inner)
        union = self.project.package.unions.get(id)
        if union is not None:
            yield from (self.project.names[a.symbol] for a in union.alternatives if a.model is None)

    def name(self, id: DeclId) -> str:
        """What a class is called where it stands."""
        return self.project.packages.types[id].rpartition(".")[2]

    def _text(self, source: Source, id: DeclId) -> str:
        package = self.project.package
        if id in package.models:
            return self.model(source, package.models[id])
        return self.union(source, package.unions[id]) if id in package.unions else self.enum(source, package.enums[id])

    def _inner(self, source: Source, id: DeclId) -> list[str]:
        """The classes that stand in one, moved in."""
        texts = (self._text(source.narrower(), inner) for inner in self.project.inner.get(id, ()))
        return [indented(text, "    ") for text in texts]

    # -- models ------------------------------------------------------------------------------------------------------

    def model(self, source: Source, model: Model, *, split: bool = False) -> str:
        """An object becomes a class, its builder and its codec.

        `{required: [id], properties: {id: {type: string}, size: {type: integer}}}` becomes

            class Item(members: JsonObject) : Model(members) {
                val id: String get() = required("id", StringCodec)
                val size: Long? get() = optional("size", LongCodec)

        made by `Item(id = "a") { size = 1 }` and changed by `item.copy { size = null }`.
        """
        name = self.name(model.decl.id)
        properties = [self._property(source, m) for m in model.members]
        additional, more = model.additional, None
        if additional is not None:
            more = (source.type(additional), source.codec(additional))
        known = ", ".join(literal(m.wire) for m in model.members)
        values = self._asked(source, model)
        view = ModelView(
            name=name,
            docs=described(model.decl.docs, f"`{name}` of the API.", width=source.width),
            deprecated=deprecated(model.decl.docs),
            supertypes=",\n    ".join([f"{source.core('Model')}(members)", *(source.decl(id) for id in model.unions)]),
            json_object=source.lib("JsonObject"),
            json_element=source.lib("JsonElement"),
            builder_base=source.core("ModelBuilder"),
            members_base=self.project.names[builder_members_id(model.decl.id)] if split else "",
            codec=f"{source.core('ModelCodec')}<{name}>(::{name}) {{",
            properties="".join([p.declared() + "\n" for p in properties]),
            settable="" if split else settable([p for p in properties if p.write], 8, more),
            additional_type=more[0] if more is not None else "",
            additional_get=f"additional(setOf({known}), {more[1]})" if more is not None else "",
            creators=list(_creators(name, values, source.width)),
            deltas=self._deltas(source, model.decl.id),
            inner=self._inner(source, model.decl.id),
            statements=[
                *(
                    f"builder.write({literal(m.wire)}, {source.codec(m.type)}, {source.value(m.type, m.const)})"
                    for m in model.members
                    if m.const is not None
                ),
                *(f"builder.{v.write}({v.wire}, {v.codec}, {v.name})" for v in values),
            ],
        )
        return self.project.render("model.kt.j2", view)

    def _property(self, source: Source, member: Member) -> Property:
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

    def _asked(self, source: Source, model: Model) -> list[Value]:
        """What the function that makes a model asks for."""
        return [
            self.value(source, maker_argument(self.project.names[m.symbol]), m.wire, m.type, nullable=m.nullable)
            for m in model.asked
        ]

    def _deltas(self, source: Source, id: DeclId) -> str:
        rule = self.project.package.deltas.get(id)
        if rule is None:
            return ""
        args: list[Part] = [Group("joined = setOf(", [_path(path) for path in rule.joined], ")")]
        if rule.merged:
            pairs = [f"{_path(path)} to {literal(key)}" for path, key in rule.merged]
            args.append(Group("merged = mapOf(", pairs, ")"))
        if rule.pieces:
            args.append(Group("pieces = setOf(", [_path(path) for path in rule.pieces], ")"))
            args.append(Group("kept = setOf(", [_path(path) for path in rule.kept], ")"))
            args.append(f"names = {_strings('setOf', NAMES)}")
            args.append(f"endings = {_strings('listOf', ENDINGS)}")
        type = source.core("Deltas")
        return expression(
            f"override val deltas: {type}",
            layout(Group(f"{type}(", args, ")"), width=source.width, column=12, level=3),
            8,
            8,
            source.width,
        )

    def _sums(self, source: Source, id: DeclId) -> Iterator[str]:
        for whole in self.project.package.wholes.get(id, ()):
            yield self._sum(source, self.project.packages.types[id], whole)

    def _sum(self, source: Source, name: str, whole: Whole) -> str:
        """`Flow<Chunk>.toCompletion()`: the events of a stream as the answer that the API gives when it does not stream."""
        type = source.decl(whole.type)
        args: list[Part] = []
        if whole.renamed:
            pairs = [f"{_path(path)} to {literal(to)}" for path, to in whole.renamed]
            args.append(Group("renamed = mapOf(", pairs, ")"))
        if whole.dropped:
            args.append(Group("dropped = setOf(", [_path(path) for path in whole.dropped], ")"))
        if whole.constants:
            pairs = [f"{_path(path)} to {source.core('jsonOf')}({literal(value)})" for path, value in whole.constants]
            args.append(Group("constants = mapOf(", pairs, ")"))
        body = layout(
            Group(f"{source.core('accumulateAs')}(", [type, Group(f"{source.core('Whole')}(", args, ")")], ")"),
            width=WIDTH,
            column=4,
            level=1,
        )
        docs = f"Reads the stream to its end and gives all of it as one [{type}], or null when there was none."
        head = f"public suspend fun {source.lib('Flow')}<{name}>.to{type.rpartition('.')[2]}(): {type}?"
        return comment([docs]).at(0) + expression(head, body, 0, 0) + "\n"

    # -- unions ------------------------------------------------------------------------------------------------------

    def union(self, source: Source, union: Union) -> str:
        """A union becomes a sealed interface that its models implement; other variants are wrapped.

        `oneOf: [TextPart, ImagePart, {type: string}]` becomes

            sealed interface Part : JsonValue {
                class StringValue(val value: String) : Part
                class Unknown(val raw: JsonElement) : Part

        with `class TextPart(...) : Model(members), Part`, `Part.of("a")` and, for constant tags, `Part.text(text = "a")`.
        """
        name = self.name(union.decl.id)
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
            wrappers=wrappers,
            of=_distinct(wrappers),
            alternatives=[self._decision(source, union, a) for a in union.alternatives],
            factories=[f for a in union.alternatives for f in self._factories(source, union, a)],
            inner=self._inner(source, union.decl.id),
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
        keys = ["keys = " + _strings("listOf", variant.required_keys)] if variant.required_keys else []
        if alternative.model is not None:
            head = f"{source.core('modelAlternative')}("
            call = Group(head, [source.decl(alternative.model), *tags, *keys], ")")
            return layout(call, width=source.width, column=16, level=4)
        args: list[Part] = [_strings("setOf", _json_types(variant.json_types))]
        if tags:
            args.append(Group("tags = mapOf(", tags, ")"))
        args += keys
        if variant.item_types:
            args.append("items = " + _strings("setOf", _json_types(variant.item_types)))
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
        values = self._asked(source, model)
        docs = described(alternative.variant.docs, f"Makes a [{made}].", 8, source.width)
        passed = group([*(v.name for v in values), "block"], f"{made}(", ")", 2, 20, source.width)
        for params in _signatures(values):
            block = f"block: {made}.Builder.() -> Unit = {{}}"
            signature = group([*params, block], "(", f"): {made}", 2, 28, source.width)
            yield docs + " " * 8 + f"public fun {name}{expression(signature, passed, 8, 20 + len(name), source.width)}"

    # -- enums -------------------------------------------------------------------------------------------------------

    def enum(self, source: Source, enum: Enum) -> str:
        """An enum becomes a value class: `enum: [user, tool]` is `Role.USER`, `Role.TOOL`, and `Role("newer")`."""
        name = self.name(enum.decl.id)
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


def _creators(name: str, values: Sequence[Value], width: int) -> Iterator[Creator]:
    block = "block: Builder.() -> Unit = {}"
    for index, params in enumerate(_signatures(values)):
        signature = group([*params, block], "(", f"): {name}", 2, 34, width)
        body = ""
        if index:
            bare = [v.passed_bare for v in values]
            body = expression("", group([*bare, "block"], "invoke(", ")", 3, 12, width), 8, WIDTH)
        yield Creator(signature, body, bool(values))


def _distinct(wrappers: Sequence[Wrapper]) -> list[Wrapper]:
    """The first wrapper of each type."""
    first: dict[str, Wrapper] = {}
    for wrapper in wrappers:
        first.setdefault(wrapper.type, wrapper)
    return list(first.values())


def _signatures(values: Sequence[Value]) -> Iterator[list[str]]:
    """The parameters of a function that takes these values, and of its twin that takes bare strings, if there is one."""
    yield [v.declared for v in values]
    if any(v.union for v in values):
        yield [v.declared_bare for v in values]


def described(docs: Docs, fallback: str, indent: int = 0, width: int = WIDTH) -> str:
    """The comment of what always gets one."""
    return comment([docs.text or fallback], indent, width=width).at(indent)


def _path(path: Sequence[str]) -> str:
    return f"listOf({', '.join(literal(step) for step in path)})"


def _strings(function: str, values: Sequence[str]) -> str:
    return f"{function}({', '.join(literal(v) for v in values)})"


def _json_types(types: frozenset[JsonType]) -> list[str]:
    return sorted(t.value for t in types)


def _tag(value: TagValue) -> str:
    return "null" if value is None else literal(value)


def _enum_literal(kind: Kind, value: Json) -> str:
    return f"{value}.0" if kind is Kind.NUMBER and isinstance(value, int) else literal(value)
