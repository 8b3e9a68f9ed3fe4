"""A small API as an IR value, with every kind of declaration the server glue and the proto treat on their own."""

from __future__ import annotations

from polyport_codegen.ir.access import SecurityUse
from polyport_codegen.ir.model import (
    Api,
    Body,
    Location,
    Media,
    MediaKind,
    Operation,
    Parameter,
    Resource,
    Response,
    Result,
    Selector,
    Stream,
    Style,
)
from polyport_codegen.ir.types import (
    AliasDecl,
    AnyJson,
    Const,
    Constraints,
    Direction,
    Docs,
    EnumDecl,
    EnumMember,
    Field,
    JsonType,
    Kind,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Ref,
    Type,
    UnionDecl,
    Variant,
    component,
)

STRING = Primitive(Kind.STRING)
INTEGER = Primitive(Kind.INTEGER, "int64")
NUMBER = Primitive(Kind.NUMBER)
BOOLEAN = Primitive(Kind.BOOLEAN)


def field(name: str, type: Type, *, required: bool = False, docs: str = "") -> Field:
    """A member whose words are those of its snake-case wire name."""
    return Field(name, tuple(name.lower().split("_")), type, required, Docs(docs))


def object_(
    name: str, *fields: Field, direction: Direction = Direction.BOTH, additional: Type | None = None
) -> ObjectDecl:
    """An object whose words are split before capitals."""
    return ObjectDecl(component(name), _words(name), fields, additional, Docs(f"The {name}."), direction)


def _words(name: str) -> tuple[str, ...]:
    spaced = "".join(f" {c.lower()}" if c.isupper() else c for c in name)
    return tuple(spaced.split())


TEXT = object_("TextPart", field("type", Const("text"), required=True), field("text", STRING, required=True))
IMAGE = object_("ImagePart", field("type", Const("image"), required=True), field("url", STRING, required=True))
PART = UnionDecl(
    component("Part"),
    ("part",),
    (
        Variant(("text",), Ref(component("TextPart")), frozenset({JsonType.OBJECT}), tags=(("text",),)),
        Variant(("image",), Ref(component("ImagePart")), frozenset({JsonType.OBJECT}), tags=(("image",),)),
    ),
    tags=("type",),
    direction=Direction.BOTH,
)
CONTENT = UnionDecl(
    component("Content"),
    ("content",),
    (
        Variant(("text",), STRING, frozenset({JsonType.STRING})),
        Variant(("parts",), ListOf(Ref(component("Part")), Constraints(min_items=1)), frozenset({JsonType.ARRAY})),
    ),
    direction=Direction.BOTH,
)
INPUT = UnionDecl(
    component("Input"),
    ("input",),
    (
        Variant(("text",), STRING, frozenset({JsonType.STRING})),
        Variant(("texts",), ListOf(STRING), frozenset({JsonType.ARRAY}), frozenset({JsonType.STRING})),
        Variant(("tokens",), ListOf(INTEGER), frozenset({JsonType.ARRAY}), frozenset({JsonType.NUMBER})),
        Variant(("token", "lists"), ListOf(ListOf(INTEGER)), frozenset({JsonType.ARRAY}), frozenset({JsonType.ARRAY})),
    ),
    direction=Direction.INPUT,
)
CAT = object_("Cat", field("meow", STRING, required=True))
DOG = object_("Dog", field("bark", STRING, required=True))
PET = UnionDecl(
    component("Pet"),
    ("pet",),
    (
        Variant(("cat",), Ref(component("Cat")), frozenset({JsonType.OBJECT}), required_keys=("meow",)),
        Variant(("dog",), Ref(component("Dog")), frozenset({JsonType.OBJECT}), required_keys=("bark",)),
    ),
    direction=Direction.BOTH,
)
COLOUR = EnumDecl(
    component("Colour"),
    ("colour",),
    Kind.STRING,
    (EnumMember("red", ("red",)), EnumMember("green", ("green",))),
    direction=Direction.BOTH,
)
NODE = ObjectDecl(
    component("Node"),
    ("node",),
    (
        field("name", STRING, required=True),
        field("children", ListOf(Ref(component("Node")))),
        field("parent", Nullable(Ref(component("Node")))),
    ),
    recursive=True,
    direction=Direction.BOTH,
)
NAMES = AliasDecl(component("Names"), ("names",), ListOf(STRING), direction=Direction.BOTH)
REQUEST = object_(
    "CreateRequest",
    field("model", STRING, required=True, docs="The model's name."),
    field("content", Ref(component("Content")), required=True),
    field("input", Ref(component("Input"))),
    field("stream", Nullable(BOOLEAN)),
    field("temperature", Nullable(Primitive(Kind.NUMBER, "", Constraints(minimum=0, maximum=2)))),
    field("n", Primitive(Kind.INTEGER, "", Constraints(minimum=1))),
    field("names", Nullable(Ref(component("Names")))),
    field("tags", ListOf(STRING)),
    field("scores", MapOf(NUMBER)),
    field("matrix", ListOf(ListOf(NUMBER))),
    field("holes", ListOf(Nullable(INTEGER))),
    field("schema", AnyJson()),
    field("metadata", MapOf(AnyJson())),
    field("nodes", MapOf(Ref(component("Node")))),
    field("colour", Ref(component("Colour"))),
    field("colours", ListOf(Ref(component("Colour")))),
    field("pet", Ref(component("Pet"))),
    field("class", STRING),
    field("type", INTEGER),
    direction=Direction.INPUT,
)
ANSWER = object_(
    "Answer",
    field("id", STRING, required=True),
    field("object", Const("answer"), required=True),
    field("created", INTEGER, required=True),
    field("score", Nullable(NUMBER), required=True),
    field("parts", ListOf(Ref(component("Part"))), required=True),
    field("ratio", NUMBER),
    direction=Direction.OUTPUT,
)
CHUNK = object_(
    "Chunk", field("id", STRING, required=True), field("delta", Nullable(STRING)), direction=Direction.OUTPUT
)

DECLS = {
    d.id: d for d in (ANSWER, CAT, CHUNK, COLOUR, CONTENT, REQUEST, DOG, IMAGE, INPUT, NAMES, NODE, PART, PET, TEXT)
}

CREATE = Operation(
    "createThing",
    "POST",
    "/v1/things",
    (("things",),),
    ("create",),
    body=Body(
        True,
        Media("application/json", MediaKind.JSON, Ref(component("CreateRequest"))),
        flatten=component("CreateRequest"),
    ),
    responses=(Response("200"),),
    result=Result((Media("application/json", MediaKind.JSON, Ref(component("Answer"))),)),
    stream=Stream(
        Media("text/event-stream", MediaKind.SSE, Ref(component("Chunk"))), Selector("body", "stream"), "[DONE]"
    ),
    security=((SecurityUse("bearer"),),),
    docs=Docs("Make a thing."),
)
RETRIEVE = Operation(
    "retrieveThing",
    "GET",
    "/v1/things/{thing}",
    (("things",),),
    ("retrieve",),
    parameters=(
        Parameter(Location.PATH, "thing", ("thing",), STRING, True, Style.SIMPLE, False),
        Parameter(Location.QUERY, "limit", ("limit",), INTEGER, False, Style.FORM, True, default=20),
        Parameter(Location.QUERY, "tag", ("tag",), ListOf(STRING), False, Style.FORM, True),
    ),
    responses=(Response("200"),),
    result=Result((Media("application/json", MediaKind.JSON, Ref(component("Answer"))),)),
)
DELETE = Operation(
    "deleteThing",
    "DELETE",
    "/v1/things/{thing}",
    (("things",),),
    ("delete",),
    parameters=(Parameter(Location.PATH, "thing", ("thing",), STRING, True, Style.SIMPLE, False),),
    responses=(Response("204"),),
    result=Result(),
)
LIST = Operation(
    "listPets",
    "GET",
    "/v1/pets",
    (("pets",),),
    ("list",),
    responses=(Response("200"),),
    result=Result((Media("application/json", MediaKind.JSON, ListOf(Ref(component("Pet")))),)),
)

API = Api(
    "Things",
    "1.0.0",
    ("things",),
    Docs("An API for tests."),
    (),
    {},
    DECLS,
    {o.id: o for o in (CREATE, RETRIEVE, DELETE, LIST)},
    Resource(
        (),
        children=(
            Resource((("things",),), ("createThing", "retrieveThing", "deleteThing")),
            Resource((("pets",),), ("listPets",)),
        ),
    ),
)
