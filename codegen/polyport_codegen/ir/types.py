"""Type expressions and named declarations: what the API's values look like.

An expression (`Type`) is written where a value is used; a declaration (`Decl`) has a name of its own and is reached by
`Ref`. Inline objects, unions and enums of the document have been promoted to declarations with a name taken from where
they stand, so an expression never contains structure of its own besides lists, maps and null.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, Flag
from functools import lru_cache
from typing import Self

from ..diagnostics import Origin
from ..values import Json, Words


class DeclId(tuple[str, ...]):
    """The key of a declaration in `Api.decls`: where it stands, as steps; stable between runs, independent of order.

    The first step is a place of its own: a component's pointer (`#/components/schemas/Order`, with the file before it
    when it is not the root) or a call (`POST /orders/{}`, its parameters unnamed). The others lead from there to
    what is inline: `.lines` a member, `[]` an item, `{}` a value of a map, `|circle` a variant. So two declarations
    never share an id by accident, and a declaration's owner is a prefix of it.
    """

    __slots__ = ()

    def __new__(cls, *steps: str) -> Self:
        return super().__new__(cls, steps)

    def __getnewargs__(self) -> tuple[str, ...]:
        return tuple(self)

    def child(self, *steps: str) -> DeclId:
        """What stands further down."""
        return DeclId(*self, *steps)

    def __str__(self) -> str:
        """The steps as one text, for messages and symbols: different ids give different texts."""
        return _text(self)

    def __repr__(self) -> str:
        return f"DeclId({', '.join(map(repr, self))})"


@lru_cache(maxsize=1 << 17)
def _text(id: DeclId) -> str:
    text = "\0".join(id)
    if "~" in text or ">" in text or text.count("\0") >= len(id):
        return ">".join(step.replace("~", "~0").replace(">", "~2") for step in id)
    return text.replace("\0", ">")


def schema_name(id: DeclId) -> str:
    """The last token of a component's pointer: the schema's own name."""
    return id[0].rpartition("/")[2].replace("~1", "/").replace("~0", "~")


def component(name: str) -> DeclId:
    """The id of a schema of the root document's components."""
    return DeclId("#/components/schemas/" + name.replace("~", "~0").replace("/", "~1"))


@dataclass(frozen=True, slots=True)
class Docs:
    """What the document says for people. Text is CommonMark, never wrapped here."""

    summary: str = ""
    description: str = ""
    deprecated: bool = False
    #: Why, and what to use instead (`x-deprecated-message`), when the document says so.
    deprecation: str = ""
    examples: tuple[Json, ...] = ()

    @property
    def text(self) -> str:
        """Summary and description as one text, paragraphs apart; empty when there is neither."""
        summary, description = self.summary.strip(), self.description.strip()
        return f"{summary}\n\n{description}" if summary and description else summary or description


class Kind(Enum):
    """The scalar kinds of JSON."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Constraints:
    """Validation keywords of JSON Schema 2020-12 that documentation and servers use. None means absent."""

    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    multiple_of: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False


NO_CONSTRAINTS = Constraints()


@dataclass(frozen=True, slots=True)
class Primitive:
    """A scalar. `format` is the document's own word: int32, int64, float, double, date-time, date, uuid, byte
    (base64 text), binary (raw bytes: only in multipart fields and non-JSON bodies), uri, ..., or empty."""

    kind: Kind
    format: str = ""
    constraints: Constraints = NO_CONSTRAINTS


@dataclass(frozen=True, slots=True)
class AnyJson:
    """Any JSON value. `reason` is empty where the document means it, else why structure had to be given up."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A JSON array with items of one type."""

    item: Type
    constraints: Constraints = NO_CONSTRAINTS


@dataclass(frozen=True, slots=True)
class MapOf:
    """A JSON object used as a map from string to one type."""

    value: Type


@dataclass(frozen=True, slots=True)
class Const:
    """Exactly one scalar value."""

    value: str | int | float | bool


@dataclass(frozen=True, slots=True)
class Nullable:
    """The inner type or null. Never nested, never around `AnyJson`."""

    inner: Type


@dataclass(frozen=True, slots=True)
class Ref:
    """A use of a named declaration."""

    id: DeclId


Type = Primitive | AnyJson | ListOf | MapOf | Const | Nullable | Ref


class Direction(Flag):
    """Where values of a declaration travel. UNUSED declarations are still emitted."""

    UNUSED = 0
    INPUT = 1
    OUTPUT = 2
    BOTH = 3


@dataclass(frozen=True, slots=True)
class Meant:
    """What a document says for single languages, by its own words for them: where a part is left out, and what it is
    called there."""

    skip: tuple[str, ...] = ()
    names: tuple[tuple[str, Words], ...] = ()


FOR_ALL = Meant()


@dataclass(frozen=True, slots=True)
class Field:
    """A member of an object.

    `required` is what the document promises. Together with `type` there are four cases: required; optional; required
    and nullable; optional and nullable, which in input positions is tri-state (absent, null and a value differ).
    """

    wire_name: str
    words: Words
    type: Type
    required: bool
    docs: Docs = Docs()
    #: The documented default, or None when there is none (a default of null is not kept).
    default: Json = None
    read_only: bool = False
    write_only: bool = False
    origin: Origin = Origin("")
    meant: Meant = FOR_ALL

    @property
    def nullable(self) -> bool:
        """Whether null is one of the values."""
        return isinstance(self.type, Nullable)

    @property
    def tri_state(self) -> bool:
        """Whether absent, null and a value are three different things to send."""
        return not self.required and self.nullable

    def promised(self, direction: Direction) -> bool:
        """Whether whoever reads values of the object that travel so finds the member. A required write-only member must
        be sent, but what comes back does not have it."""
        return self.required and not (self.write_only and Direction.OUTPUT in direction)

    @property
    def const(self) -> Const | None:
        """The fixed value, when there is only one; senders fill it in by themselves."""
        return self.type if isinstance(self.type, Const) else None


@dataclass(frozen=True, slots=True)
class ObjectDecl:
    """A JSON object with known members. Unknown members are always kept by clients (`additional` types them)."""

    id: DeclId
    words: Words
    fields: tuple[Field, ...]
    #: The type of members that are not listed (`additionalProperties`); None when the document gives no schema.
    additional: Type | None = None
    docs: Docs = Docs()
    direction: Direction = Direction.UNUSED
    #: Whether a value can contain another of the same declaration, over any way.
    recursive: bool = False
    #: Larger and larger contexts for settling name collisions, see `planner`.
    context: tuple[Words, ...] = ()
    #: Whether it was found inside another schema or a call; false for the document's own named schemas.
    inline: bool = False
    #: The name of an inline declaration within its owner (`graph.owner`): `Order.Line`; `words` says it alone.
    own: Words = ()
    #: Whether the document gives the name itself (`x-ms-enum`), so that its place says nothing of it.
    given: bool = False
    origin: Origin = Origin("")
    meant: Meant = FOR_ALL
    #: Whether the document forbids members that are not listed. Clients keep those all the same: it tells variants apart.
    closed: bool = False


@dataclass(frozen=True, slots=True)
class EnumMember:
    """A known value. `words` come from `x-enum-varnames` or from the value itself."""

    value: str | int | float
    words: Words
    docs: Docs = Docs()


@dataclass(frozen=True, slots=True)
class EnumDecl:
    """Known values of a string or number. Always open: a value newer than the client is a value."""

    id: DeclId
    words: Words
    kind: Kind
    members: tuple[EnumMember, ...]
    default: Json = None
    docs: Docs = Docs()
    direction: Direction = Direction.UNUSED
    context: tuple[Words, ...] = ()
    inline: bool = False
    own: Words = ()
    given: bool = False
    origin: Origin = Origin("")
    meant: Meant = FOR_ALL


class JsonType(Enum):
    """The types of JSON values (RFC 8259), for telling variants apart."""

    NULL = "null"
    BOOLEAN = "boolean"
    NUMBER = "number"
    STRING = "string"
    ARRAY = "array"
    OBJECT = "object"


#: A value of a tag member; None: absent or null.
TagValue = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Variant:
    """One alternative of a union, with all that is needed to recognise it.

    The decision, the same in every language. A variant fits a value when
    1. its `json_types` has the value's JSON type and, for a non-empty array, its `item_types` is empty or has the JSON
       type of the first item;
    2. an object has, for each tag member of the union that the variant lists values for, one of them: the type counts
       (1 is not "1"), and None stands for a member that is absent or null;
    3. an object has all `required_keys` and none of the `foreign_keys`.
    The first that fits (`UnionDecl.variants` is in the order to try) wins; none: unknown. A variant without a value of
    the first tag lists None there, so that a tag that nobody knows is always unknown; what the tags alone settle
    requires no keys.
    """

    words: Words
    type: Type
    json_types: frozenset[JsonType] = frozenset()
    #: For lists, where more than one variant is a list: the JSON types of an item; empty: any.
    item_types: frozenset[JsonType] = frozenset()
    #: For each of `UnionDecl.tags` the values that this variant takes there; an empty tuple: any. Empty: any anywhere.
    tags: tuple[tuple[TagValue, ...], ...] = ()
    #: Wire names that must be present. Empty: any object fits.
    required_keys: tuple[str, ...] = ()
    #: Wire names that must not be there: members of other variants, which this one forbids (`additionalProperties: false`).
    #: Only where nothing else tells them apart.
    foreign_keys: tuple[str, ...] = ()
    docs: Docs = Docs()

    @property
    def names(self) -> tuple[str | int | bool, ...]:
        """The values of the first tag that mean this variant (several when a mapping or an enum lists several)."""
        return tuple(value for value in self.tags[0] if value is not None) if self.tags else ()


@dataclass(frozen=True, slots=True)
class Discriminator:
    """What the document declares to tell a union's variants apart (OpenAPI 3.1, Discriminator Object)."""

    member: str
    #: The member's value and the declaration that it means, as the document maps them.
    mapping: tuple[tuple[str, DeclId], ...] = ()
    #: What goes by the name of a schema that it was merged of, with what stands beside the choice.
    names: tuple[tuple[DeclId, str], ...] = ()
    #: What any other value means, and none (OpenAPI 3.2, `defaultMapping`).
    default: DeclId | None = None


@dataclass(frozen=True, slots=True)
class UnionDecl:
    """One of several types. An unknown variant keeps the raw value and can be sent again."""

    id: DeclId
    words: Words
    #: In the order to try them.
    variants: tuple[Variant, ...]
    #: The wire names of the members whose values, together, tell the variants apart; the first names them.
    tags: tuple[str, ...] = ()
    #: As declared; `passes.unions` makes `tags` of it.
    discriminator: Discriminator | None = None
    docs: Docs = Docs()
    direction: Direction = Direction.UNUSED
    recursive: bool = False
    context: tuple[Words, ...] = ()
    inline: bool = False
    own: Words = ()
    given: bool = False
    origin: Origin = Origin("")
    meant: Meant = FOR_ALL

    @property
    def tag(self) -> str | None:
        """The member that names the variant, when there is one."""
        return self.tags[0] if self.tags else None

    def listed(self, variant: Variant) -> tuple[tuple[str, tuple[TagValue, ...]], ...]:
        """The tag members that a variant lists values for, each with those."""
        return tuple((member, values) for member, values in zip(self.tags, variant.tags, strict=False) if values)


@dataclass(frozen=True, slots=True)
class AliasDecl:
    """A named schema that is only another name for an expression (a list, a map, a scalar)."""

    id: DeclId
    words: Words
    type: Type
    docs: Docs = Docs()
    direction: Direction = Direction.UNUSED
    recursive: bool = False
    context: tuple[Words, ...] = ()
    inline: bool = False
    own: Words = ()
    given: bool = False
    origin: Origin = Origin("")
    meant: Meant = FOR_ALL


Decl = ObjectDecl | EnumDecl | UnionDecl | AliasDecl
