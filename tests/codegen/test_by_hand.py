"""An API that no document was read for: what a reader must give, and that passes and languages ask for no more."""

from __future__ import annotations

import ast
from dataclasses import replace

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir import passes
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
    Style,
)
from polyport_codegen.ir.passes import names
from polyport_codegen.ir.types import (
    DeclId,
    Docs,
    EnumDecl,
    EnumMember,
    Field,
    Kind,
    ListOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Ref,
    Type,
    UnionDecl,
    Variant,
)
from polyport_codegen.registry import LANGUAGES, TARGETS, load_target
from polyport_codegen.target import Settings

FILE = "library.idl"
SHELF, BOOK, DISK, ITEM, AGE = (DeclId(FILE, name) for name in ("Shelf", "Book", "Disk", "Item", "Age"))
STRING = Primitive(Kind.STRING)
COUNT = Primitive(Kind.INTEGER, "int64")


def member(name: str, type: Type, *, required: bool = False) -> Field:
    return Field(name, tuple(name.split("_")), type, required)


DECLS = (
    ObjectDecl(SHELF, ("shelf",), (member("items", ListOf(Ref(ITEM)), required=True), member("up", Nullable(Ref(SHELF))))),
    ObjectDecl(BOOK, ("book",), (member("isbn", STRING, required=True), member("pages", COUNT))),
    ObjectDecl(DISK, ("disk",), (member("tracks", COUNT, required=True),)),
    EnumDecl(AGE, ("age",), Kind.STRING, (EnumMember("old", ("old",)), EnumMember("new", ("new",)))),
    UnionDecl(ITEM, ("item",), (Variant(("book",), Ref(BOOK)), Variant(("disk",), Ref(DISK)))),
)  # fmt: skip
ONE = Parameter(Location.PATH, "shelf", ("shelf",), STRING, True, Style.SIMPLE, False)
AGED = Parameter(Location.QUERY, "age", ("age",), Ref(AGE), False, Style.FORM, True)


def json(type: Type) -> Media:
    return Media("application/json", MediaKind.JSON, type)


def call(key: str, id: str, answer: Media, *parameters: Parameter, body: Body | None = None) -> Operation:
    method, _, path = key.partition(" ")
    return Operation(
        id,
        method,
        path,
        resource=(),
        words=tuple(id.split("_")),
        parameters=parameters,
        body=body,
        responses=(Response("200", (answer,)),),
        key=key.replace("{shelf}", "{}"),
    )


OPERATIONS = (
    call("GET /shelves/{shelf}", "get_shelf", json(Ref(SHELF)), ONE, AGED),
    call("POST /shelves", "create_shelf", json(Ref(SHELF)), body=Body(True, json(Ref(SHELF)))),
    call("GET /shelves/{shelf}/news", "watch_news", Media("text/event-stream", MediaKind.SSE, Ref(ITEM)), ONE),
)
READ = Api(
    title="Library API",
    version="1.0",
    words=(),
    docs=Docs("Shelves and what is on them."),
    servers=(),
    security_schemes={},
    decls={decl.id: decl for decl in DECLS},
    operations={operation.id: operation for operation in OPERATIONS},
    root=Resource(()),
)


@pytest.fixture(scope="module")
def api() -> Api:
    """The API with all that is decided."""
    diagnostics = Diagnostics()
    decided = passes.decide(names.apply(READ, diagnostics), diagnostics)
    assert diagnostics.items == []
    return decided


def test_the_passes_decide_what_the_reader_left_open(api: Api) -> None:
    assert api.words == ("library",)
    dotted = {o.key: o.dotted for o in api.operations.values()}
    assert dotted == {
        "GET /shelves/{}": "shelves.retrieve",
        "POST /shelves": "shelves.create",
        "GET /shelves/{}/news": "shelves.news.retrieve",
    }
    union, shelf = api.decl(ITEM), api.decl(SHELF)
    assert isinstance(union, UnionDecl)
    assert isinstance(shelf, ObjectDecl)
    assert [variant.required_keys for variant in union.variants] == [("isbn",), ("tracks",)]
    assert shelf.recursive
    streaming = api.operations["watch_news"]
    assert streaming.result is None
    assert streaming.stream is not None
    assert streaming.stream.media.type == Ref(ITEM)


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_generates_from_it(api: Api, target: str) -> None:
    made = load_target(target)
    settings = Settings(api.words, "1.0.0", made.default_package(api.words), base_url="https://library.dev")
    diagnostics = Diagnostics()
    generated = made.generate(api, settings, diagnostics)
    assert diagnostics.items == []
    for file in generated.files:
        if file.path.endswith(".py"):
            ast.parse(file.data)
    if target in LANGUAGES:
        found = {(e.published.kind, e.published.id): e.name for e in generated.surface}
        assert {found["type", str(decl.id)] for decl in DECLS} == {"Shelf", "Book", "Disk", "Item", "Age"}
        assert [found["method", o.key].lower() for o in OPERATIONS[:2]] == ["retrieve", "create"]
        assert found["argument", "query age"].lower() == "age"


def test_a_call_without_an_answer_is_still_a_call() -> None:
    bare = Operation("ping", "POST", "/ping", (), ("ping",), key="POST /ping")
    diagnostics = Diagnostics()
    few = replace(READ, decls={}, operations={"ping": bare})
    api = passes.decide(names.apply(few, diagnostics), diagnostics)
    assert api.operations["ping"].result is not None
    settings = Settings(api.words, "1.0.0", "library", base_url="https://library.dev")
    for target in LANGUAGES:
        assert list(load_target(target).generate(api, settings, diagnostics).files)
