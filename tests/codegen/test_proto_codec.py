"""JSON -> proto -> JSON is the identity, for valid values and for what newer or wrong peers send."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polyport_codegen.ir.types import Ref, Type, component

from .codec_package import codec_of
from .json_values import same, values
from .server_api import API

COMMON = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    folder: Path = tmp_path_factory.mktemp("wire")
    return codec_of(API, folder / "things_wire", "things_wire")


def call(wire: ModuleType, operation: str, *, streaming: bool = False) -> Any:
    """One call of the generated table."""
    return next(c for c in wire.CALLS if c.operation == operation and c.streaming == streaming)


def sent(name: str, wild: bool) -> st.SearchStrategy[Any]:
    """Values of a declaration that are JSON objects."""
    return values(API, Ref(component(name)), wild=wild).filter(lambda value: isinstance(value, dict))


@COMMON
@given(data=st.data(), wild=st.booleans())
def test_a_request_comes_back_as_it_was(wire: ModuleType, data: st.DataObject, wild: bool) -> None:
    create = call(wire, "createThing")
    body = data.draw(sent("CreateRequest", wild))
    body.pop("stream", None)
    back = create.decode_request(create.encode_request({"body": body}))
    assert same(back, {"body": body})


@COMMON
@given(data=st.data(), wild=st.booleans())
def test_an_answer_comes_back_as_it_was(wire: ModuleType, data: st.DataObject, wild: bool) -> None:
    create = call(wire, "createThing")
    answer = {"parts": [], **data.draw(sent("Answer", wild))}  # proto cannot tell a missing list from an empty one
    assert same(create.decode_response(create.encode_response(answer)), answer)


@COMMON
@given(data=st.data(), wild=st.booleans())
def test_an_event_comes_back_as_it_was(wire: ModuleType, data: st.DataObject, wild: bool) -> None:
    create = call(wire, "createThing", streaming=True)
    event = data.draw(sent("Chunk", wild))
    assert same(create.decode_response(create.encode_response(event)), event)


def test_the_selector_is_the_rpc_itself(wire: ModuleType) -> None:
    body: dict[str, Any] = {"model": "m", "content": "x"}
    plain, streaming = call(wire, "createThing"), call(wire, "createThing", streaming=True)
    assert (plain.method, streaming.method) == ("Create", "CreateStreaming")
    data = plain.encode_request({"body": {**body, "stream": True}})
    assert data == plain.encode_request({"body": body})
    assert plain.decode_request(data) == {"body": body}
    assert streaming.decode_request(data) == {"body": {**body, "stream": True}}


def test_a_hidden_selector_in_unknown_members_does_not_count(wire: ModuleType) -> None:
    plain = call(wire, "createThing")
    message = plain.request(model="m", unknown_json='{"stream": true, "model": "other", "x": 1}')
    assert plain.decode_request(message.SerializeToString()) == {"body": {"model": "m", "x": 1}}


def test_parameters_travel_beside_the_body(wire: ModuleType) -> None:
    retrieve = call(wire, "retrieveThing")
    arguments = {"path": {"thing": "a/b"}, "query": {"limit": 3, "tag": ["x", "y"]}}
    assert retrieve.decode_request(retrieve.encode_request(arguments)) == arguments
    assert retrieve.decode_request(b"") == {}


@pytest.mark.parametrize("query", [{"nosuch": 1}, {"limit": "three"}])
def test_parameters_without_a_field_are_refused_by_name(wire: ModuleType, query: dict[str, Any]) -> None:
    with pytest.raises(wire.CodecError, match=next(iter(query))):
        call(wire, "retrieveThing").encode_request({"path": {"thing": "a"}, "query": query})


def test_senders_may_leave_constants_out(wire: ModuleType) -> None:
    create = call(wire, "createThing")
    message = create.request(model="m")
    message.content.parts.items.add().text.text = "hi"
    body = create.decode_request(message.SerializeToString())["body"]
    assert body == {"model": "m", "content": [{"type": "text", "text": "hi"}]}


def test_an_answer_is_not_completed(wire: ModuleType) -> None:
    create = call(wire, "createThing")
    assert "object" not in create.decode_response(create.encode_response({"id": "a", "parts": []}))


def test_absent_null_and_empty_differ(wire: ModuleType) -> None:
    create = call(wire, "createThing")
    for extra in (
        {},
        {"names": None},
        {"names": []},
        {"names": ["a"]},
        {"tags": []},
        {"scores": {}},
        {"temperature": None},
    ):
        body = {"model": "m", "content": "x", **extra}
        assert create.decode_request(create.encode_request({"body": body})) == {"body": body}


def test_a_typed_reader_sees_numbers_however_they_are_spelled(wire: ModuleType) -> None:
    create = call(wire, "createThing")
    data = create.encode_request({"body": {"model": "m", "content": "x", "temperature": 1.0, "scores": {"a": 2.0}}})
    message = create.request.FromString(data)
    assert message.temperature == 1.0
    assert dict(message.scores) == {"a": 2.0}


def test_operations_without_an_answer(wire: ModuleType) -> None:
    delete = call(wire, "deleteThing")
    assert delete.encode_response(None) == b""
    assert delete.decode_response(b"") is None


def test_a_list_is_an_answer_too(wire: ModuleType) -> None:
    pets = [{"meow": "x"}, {"bark": "y", "z": 1}, {"swim": True}, 3]
    listing = call(wire, "listPets")
    assert listing.decode_response(listing.encode_response(pets)) == pets
    with pytest.raises(wire.CodecError):
        listing.encode_response({"not": "a list"})


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("unknown_json", "{", "ThingsCreateRequest.unknown_json is not valid JSON"),
        ("unknown_json", "[1]", "must be the text of a JSON object"),
        ("schema", "nope", "ThingsCreateRequest.schema is not valid JSON"),
    ],
)
def test_bad_json_text_names_its_field(wire: ModuleType, field: str, text: str, problem: str) -> None:
    create = call(wire, "createThing")
    message = create.request(**{"model": "m", field: text})
    with pytest.raises(wire.CodecError, match=problem):
        create.decode_request(message.SerializeToString())


def test_what_is_no_message_or_no_json_is_refused(wire: ModuleType) -> None:
    create = call(wire, "createThing")
    with pytest.raises(wire.CodecError, match="cannot be read"):
        create.decode_request(b"\xff\xff")
    with pytest.raises(wire.CodecError, match="Content is empty"):
        create.decode_request(b"\x12\x00")
    with pytest.raises(wire.CodecError, match="not a number"):
        create.decode_request(create.request(temperature=float("nan")).SerializeToString())
    with pytest.raises(wire.CodecError, match="JSON object"):
        create.encode_response([1])


def test_every_declaration_is_carried(wire: ModuleType) -> None:
    types: dict[str, Type] = {f.wire_name: f.type for f in API.decls[component("CreateRequest")].fields}  # type: ignore[union-attr]
    fields = set(call(wire, "createThing").request.DESCRIPTOR.fields_by_name)
    assert set(types) - {"stream"} <= fields
