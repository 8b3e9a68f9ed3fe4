"""The .proto files: what they say, that protoc takes them, and that numbers are for keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from google.protobuf import descriptor_pb2
from polyport_codegen.diagnostics import Diagnostics, Severity
from polyport_codegen.ir.model import Api
from polyport_codegen.ir.types import Const, Field, Kind, ListOf, Nullable, ObjectDecl, Primitive, Type, component
from polyport_codegen.proto import TARGET
from polyport_codegen.proto.compile import CompileError, descriptor_set
from polyport_codegen.target import Generated, Settings

from tests.codegen.server_api import API, DECLS, STRING, field
from tests.codegen.specs import api_of, get

SPECS = Path(__file__).parents[1]


def generate(api: Api, lock: str | None = None, diagnostics: Diagnostics | None = None) -> Generated:
    """The proto target's output."""
    found = diagnostics or Diagnostics()
    out = TARGET.generate(api, Settings(api.words, "1.0.0", TARGET.default_package(api.words), lock=lock), found)
    assert diagnostics is not None or not found.has_errors, found.items
    return out


def compiled(out: Generated) -> Mapping[str, descriptor_pb2.DescriptorProto]:
    """The messages as protoc understands them, by name."""
    files = {file.path: file.data.decode() for file in out.files}
    parsed = descriptor_pb2.FileDescriptorSet.FromString(descriptor_set(files))
    return {message.name: message for file in parsed.file for message in file.message_type}


def numbers(out: Generated, message: str) -> dict[str, int]:
    """Field name -> number."""
    return {f.name: f.number for f in compiled(out)[message].field}


def with_fields(name: str, *fields: Field) -> Api:
    """The API with another set of fields in one object."""
    decl = DECLS[component(name)]
    assert isinstance(decl, ObjectDecl)
    return replace(API, decls={**DECLS, decl.id: replace(decl, fields=fields)})


def cat(*extra: tuple[str, Type]) -> Api:
    """The API with these members in `Cat`."""
    return with_fields("Cat", *(field(name, type) for name, type in extra))


def test_protoc_takes_it_and_the_shape_is_the_documents() -> None:
    messages = compiled(generate(API))
    request = {f.json_name: f for f in messages["ThingsCreateRequest"].field}
    assert {"model", "content", "class", "type", "metadata"} <= request.keys()
    assert "stream" not in request
    assert request["model"].proto3_optional
    assert [o.name for o in messages["Part"].oneof_decl] == ["value"]
    assert {f.name for f in messages["Part"].field} == {"text", "image", "unknown_json"}
    assert {f.name: f.number for m in messages.values() for f in m.field if f.name == "unknown_json"} == {
        "unknown_json": 2047
    }


def test_a_nullable_member_has_a_marker() -> None:
    marker = next(f for f in compiled(generate(API))["ThingsCreateRequest"].field if f.name == "names_null")
    assert marker.type == descriptor_pb2.FieldDescriptorProto.TYPE_BOOL


def test_services_have_a_plain_and_a_streaming_method() -> None:
    text = next(f.data.decode() for f in generate(API).files if f.path == "things/v1/things.proto")
    assert "rpc Create(ThingsCreateRequest) returns (Answer);" in text
    assert "rpc CreateStreaming(ThingsCreateRequest) returns (stream Chunk);" in text
    assert "rpc Delete(ThingsDeleteRequest) returns (google.protobuf.Empty);" in text


def test_generating_twice_gives_the_same_bytes() -> None:
    first = generate(API)
    assert generate(API) == first
    assert generate(API, first.lock) == first


def test_a_new_member_gets_the_next_number_wherever_it_stands() -> None:
    first = generate(cat(("meow", STRING), ("tail", STRING)))
    second = generate(cat(("meow", STRING), ("claws", STRING), ("tail", STRING)), first.lock)
    assert numbers(second, "Cat") == {**numbers(first, "Cat"), "claws": 3}


def test_a_removed_member_is_reserved_and_gets_its_number_back() -> None:
    first = generate(cat(("meow", STRING), ("tail", STRING)))
    second = generate(cat(("tail", STRING)), first.lock)
    message = compiled(second)["Cat"]
    assert [(r.start, r.end) for r in message.reserved_range] == [(1, 2)]
    assert list(message.reserved_name) == ["meow"]
    third = generate(cat(("purr", STRING), ("tail", STRING)), second.lock)
    assert numbers(third, "Cat")["purr"] == 3
    fourth = generate(cat(("meow", STRING), ("tail", STRING)), second.lock)
    assert numbers(fourth, "Cat") == numbers(first, "Cat")


def test_another_type_is_another_field() -> None:
    first = generate(cat(("meow", STRING)))
    second = generate(cat(("meow", Primitive(Kind.INTEGER))), first.lock)
    assert numbers(second, "Cat")["meow"] == 2
    assert [r.start for r in compiled(second)["Cat"].reserved_range] == [1]


def test_becoming_nullable_keeps_the_number() -> None:
    first = generate(cat(("meow", STRING)))
    second = generate(cat(("meow", Nullable(STRING))), first.lock)
    assert numbers(second, "Cat") == {**numbers(first, "Cat"), "meow_null": 2}
    third = generate(cat(("meow", STRING)), second.lock)
    assert [r.start for r in compiled(third)["Cat"].reserved_range] == [2]


def test_messages_that_are_gone_keep_their_numbers() -> None:
    first = generate(cat(("meow", STRING), ("tail", STRING)))
    without = replace(API, operations={k: o for k, o in API.operations.items() if k == "deleteThing"})
    without = replace(
        without, root=replace(API.root, children=(replace(API.root.children[0], operations=("deleteThing",)),))
    )
    second = generate(without, first.lock)
    assert numbers(generate(cat(("tail", STRING), ("meow", STRING)), second.lock), "Cat") == numbers(first, "Cat")


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('"meow": {number: 1', '"meow": {number: 2', "proto-number-collision"),
        ('"meow": {number: 1', '"meow": {number: 9', "proto-number-collision"),
        ('"meow": {number: 1', '"meow": {number: 19500', "proto-number-invalid"),
        ('"meow": {number: 1', '"meow": {number: 2047', "proto-number-collision"),
        ('"meow": {number: 1', '"meow": {nmber: 1', "proto-lock-unreadable"),
        ("messages:", "messages: [", "proto-lock-unreadable"),
    ],
)
def test_a_damaged_lock_is_an_error_that_names_the_place(before: str, after: str, code: str) -> None:
    api = cat(("meow", STRING), ("tail", STRING))
    lock = generate(api).lock
    assert lock is not None
    assert before in lock
    diagnostics = Diagnostics()
    generate(api, lock.replace(before, after), diagnostics)
    errors = [d for d in diagnostics.items if d.severity is Severity.ERROR]
    assert errors[0].code == code
    assert errors[0].hint
    if code != "proto-lock-unreadable":
        assert "Cat" in errors[0].message
        assert "meow" in errors[0].message
        assert "messages/Cat/fields" in str(errors[0].origin)


def test_names_that_protobuf_would_confuse() -> None:
    api = cat(
        ("fooBar", STRING),
        ("foo_bar", STRING),
        ("meow", Nullable(STRING)),
        ("meow_null", STRING),
        ("_meow", STRING),
        ("unknown_json", STRING),
        ("unknownJson", STRING),
        ("[x]", STRING),
        ("class", STRING),
        ("1st", ListOf(STRING)),
        ("kind", Const("cat")),
    )
    message = compiled(generate(api))["Cat"]
    by_json = {f.json_name: f.name for f in message.field}
    assert len(by_json) == len(message.field)
    assert (by_json["fooBar"], by_json["foo_bar"]) != ("foo_bar", "foo_bar")
    assert by_json["meow_null"] == "meow_null"


def test_docs_become_comments_and_deprecation_an_option() -> None:
    text = "".join(f.data.decode() for f in generate(API).files)
    assert "  // The model's name.\n  optional string model = 1" in text
    assert "// Known values: `red`, `green`." in text
    assert "// Always `text`; senders may leave it out." in text


def test_protoc_complaints_are_an_exception(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CompileError):
        descriptor_set({"a.proto": 'syntax = "proto3"; message A { Nope a = 1; }'})
    assert "Nope" in capfd.readouterr().err


def test_a_method_does_not_hide_a_message_of_its_name() -> None:
    api = api_of(
        paths={"/lists": get({"$ref": "#/components/schemas/List"})},
        schemas={"List": {"type": "object", "properties": {"id": {"type": "string"}}}},
    )
    assert "List" in compiled(generate(api))


def test_a_title_that_is_not_ascii_still_gives_a_package() -> None:
    assert TARGET.default_package(("カラー", "api")) == "api.v1"
    assert TARGET.default_package(("カラー", "2")) == "api2.v1"
    assert TARGET.default_package(("open", "ai")) == "open_ai.v1"


def test_an_api_without_operations_and_types_compiles() -> None:
    assert descriptor_set({}) == b""
