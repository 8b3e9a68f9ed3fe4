"""What the templates of models, unions and enums lay out: names and types resolved, texts ready."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .prose import Comment


class Property(NamedTuple):
    """A property of a model, of its builder, or of the receiver of a call's trailing block."""

    name: str
    type: str
    docs: Comment
    #: The reason, or nothing.
    deprecated: str
    #: The ending of the accessors' names for Java where Kotlin's own are mangled or taken.
    jvm: str
    #: Of a model: `public val id: String get() = required("id", StringCodec)`; empty for what is only set.
    definition: str
    #: `read("id", StringCodec)` and `write("id", StringCodec, value)` of a builder; empty for what it does not set.
    read: str
    write: str
    #: The union that a bare string can be set as; empty for others.
    text_union: str

    def declared(self) -> str:
        """As a model's property, with its line end."""
        jvm = f'    @get:JvmName("get{self.jvm}")\n' if self.jvm else ""
        return f"{self.docs.at(4)}{self._annotation('    ')}{jvm}    {self.definition}\n"

    def settable(self, indent: int) -> str:
        """As the property of a builder or receiver, with its line end."""
        pad, name = " " * indent, self.name
        jvm = f'{pad}@get:JvmName("get{self.jvm}")\n{pad}@set:JvmName("set{self.jvm}")\n' if self.jvm else ""
        bare = (
            f"\n{pad}/** Sets [{name}] to a bare string. */\n"
            f"{pad}public fun {name}(value: String) {{\n"
            f"{pad}    this.{name} = {self.text_union}.of(value)\n"
            f"{pad}}}\n"
            if self.text_union
            else ""
        )
        return (
            f"{self.docs.at(indent)}{self._annotation(pad)}{jvm}"
            f"{pad}public var {name}: {self.type}\n"
            f"{pad}    get() = {self.read}\n"
            f"{pad}    set(value) = {self.write}\n"
            f"{bare}"
        )

    def _annotation(self, pad: str) -> str:
        return f"{pad}@Deprecated({self.deprecated})\n" if self.deprecated else ""


def settable(properties: Sequence[Property], indent: int, additional: tuple[str, str] | None = None) -> str:
    """The members of a builder or receiver; `additional`: the type and the codec of what has no property of its own."""
    texts = [p.settable(indent) for p in properties]
    if additional is not None:
        pad, (type, codec) = " " * indent, additional
        texts.append(
            f"{pad}/** Sets a member that has no property of its own. */\n"
            f"{pad}public fun putAdditionalProperty(\n"
            f"{pad}    name: String,\n"
            f"{pad}    value: {type},\n"
            f"{pad}) {{\n"
            f"{pad}    putExtra(name, {codec}.encode(value))\n"
            f"{pad}}}\n"
        )
    return "\n".join(texts)


class Value(NamedTuple):
    """A value that a function asks for. `union` is the name of its type where a bare string would do too."""

    name: str
    type: str
    union: str
    #: `write` or `writeNullable`, and what it needs.
    write: str
    wire: str
    codec: str

    @property
    def declared(self) -> str:
        """As a parameter."""
        return f"{self.name}: {self.type}"

    @property
    def declared_bare(self) -> str:
        """As a parameter that takes a bare string where it can."""
        return f"{self.name}: String" if self.union else self.declared

    @property
    def passed_bare(self) -> str:
        """The parameter of that kind, handed on."""
        return f"{self.union}.of({self.name})" if self.union else self.name


def parameter_lists(values: Sequence[Value]) -> Iterator[list[str]]:
    """The parameters of a function that takes these values, and of its twin that takes bare strings, if there is one."""
    yield [v.declared for v in values]
    if any(v.union for v in values):
        yield [v.declared_bare for v in values]


@dataclass(frozen=True, slots=True)
class Creator:
    """A way to make a model: from all required values, or with bare strings for unions that take one."""

    #: `(id: String, block: Builder.() -> Unit = {}): Note`
    signature: str
    #: The expression body of the form with bare strings; empty for the first one.
    body: str
    has_values: bool


@dataclass(frozen=True, slots=True)
class ModelView:
    """What `model.kt.j2` lays out."""

    name: str
    docs: str
    deprecated: str
    supertypes: str
    json_object: str
    json_element: str
    builder_base: str
    #: The class in a file of its own that has the builder's members, when they are too many for one file.
    members_base: str
    codec: str
    #: The text of its properties.
    properties: str
    #: The members of its builder.
    settable: str
    additional_type: str
    additional_get: str
    creators: Sequence[Creator]
    #: How the values of a stream add up: the companion's property; empty for most.
    deltas: str
    #: The classes that stand in this one.
    inner: Sequence[str]
    #: The builder's calls that set constants and required values.
    statements: Sequence[str]


@dataclass(frozen=True, slots=True)
class MembersView:
    """What `members.kt.j2` lays out: the members of a builder, for a model with too many for one file."""

    name: str
    model: str
    json_element: str
    builder_base: str
    settable: str


@dataclass(frozen=True, slots=True)
class Wrapper:
    """A class around a variant of a union that is no model."""

    name: str
    type: str
    codec: str
    docs: str
    #: Whether `of` needs a name of its own for the JVM, as another one takes the same erased type.
    mangled: bool
    #: The expression for the value as text.
    text: str


@dataclass(frozen=True, slots=True)
class UnionView:
    """What `union.kt.j2` lays out."""

    name: str
    docs: str
    deprecated: str
    base: str
    codec: str
    alternative: str
    decode: str
    json_element: str
    #: The function that writes JSON for people.
    shown: str
    wrappers: Sequence[Wrapper]
    #: The wrappers whose types differ: `of` cannot be written twice for one type.
    of: Sequence[Wrapper]
    alternatives: Sequence[str]
    #: Functions that make models by their tag, with their comments.
    factories: Sequence[str]
    #: The classes that stand in this one.
    inner: Sequence[str]


@dataclass(frozen=True, slots=True)
class ConstantView:
    """A known value of an enum."""

    docs: str
    deprecated: str
    definition: str


@dataclass(frozen=True, slots=True)
class EnumView:
    """What `enum.kt.j2` lays out."""

    name: str
    docs: str
    deprecated: str
    base: str
    type: str
    text: str
    json_element: str
    #: The expression for the value as JSON.
    encoded: str
    codec: str
    constants: Sequence[ConstantView]
    decode: str
