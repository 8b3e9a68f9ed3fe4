"""Every operation of whole documents: valid arguments, answers and events come through proto as they were."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polyport_codegen.ir.model import Api, MediaKind, Operation

from tests.codegen.codec_package import api_of_file, codec_of
from tests.codegen.json_values import same, values

ROOT = Path(__file__).parents[2]
SPECS = {
    "polyport": ROOT / "spec" / "polyport.yaml",
    "vectors": ROOT / "tests" / "vectors" / "api.yaml",
    "petstore": ROOT / "tests" / "specs" / "petstore.yaml",
}


@pytest.fixture(scope="module", params=list(SPECS))
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Api, ModuleType]:
    """A document's model and its codecs."""
    api = api_of_file(SPECS[request.param])
    name = f"{request.param}_wire"
    return api, codec_of(api, tmp_path_factory.mktemp("wire") / name, name)


def arguments(api: Api, operation: Operation) -> st.SearchStrategy[dict[str, Any]]:
    """Valid arguments: parameters, and the body when it is JSON. What chooses the stream is no argument over gRPC."""
    selector = operation.stream.selector if operation.stream else None
    chooses = (selector.location, selector.wire_name) if selector else None
    asked = [p for p in operation.parameters if p.const is None and (p.location.value, p.wire_name) != chooses]
    parts: dict[str, st.SearchStrategy[Any]] = {}
    for location in ("path", "query", "header", "cookie"):
        found = [p for p in asked if p.location.value == location]
        required = {p.wire_name: values(api, p.type, wild=False) for p in found if p.required}
        optional = {p.wire_name: values(api, p.type, wild=False) for p in found if not p.required}
        parts[location] = st.fixed_dictionaries(required, optional=optional)
    if operation.body is not None and operation.body.media.kind is MediaKind.JSON:
        body = values(api, operation.body.media.type, wild=False)
        parts["body"] = body.map(lambda value: _without(value, selector.wire_name if selector else None))
    return st.fixed_dictionaries(parts).map(lambda value: {k: v for k, v in value.items() if v != {} or k == "body"})


def _without(value: Any, name: str | None) -> Any:
    return {k: v for k, v in value.items() if k != name} if isinstance(value, dict) else value


def canonical(arguments: dict[str, Any]) -> dict[str, Any]:
    """Arguments as gRPC tells them apart: parameters are not JSON, so 1.0 is 1, and no value is as good as an empty one."""
    out = {}
    for location, value in arguments.items():
        plain = value if location == "body" else {k: v for k, v in _whole(value).items() if v not in ([], {})}
        if plain != {}:
            out[location] = plain
    return out


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _whole(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_whole(v) for v in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_call(whole: tuple[Api, ModuleType], data: st.DataObject) -> None:
    api, wire = whole
    call = data.draw(st.sampled_from(wire.CALLS))
    operation = api.operations[call.operation]
    sent = data.draw(arguments(api, operation))
    if not call.streaming and (operation.body is None or operation.body.media.kind is MediaKind.JSON):
        back = call.decode_request(call.encode_request(sent))
        assert same(canonical(back), canonical(sent))
    media = operation.stream.media if call.streaming and operation.stream else None
    if media is None and operation.result is not None:
        media = operation.result.media
    if media is not None and media.kind in (MediaKind.JSON, MediaKind.SSE, MediaKind.JSONL):
        answer = data.draw(values(api, media.type, wild=False))
        assert same(call.decode_response(call.encode_response(answer)), answer)


def test_every_operation_is_there(whole: tuple[Api, ModuleType]) -> None:
    api, wire = whole
    assert {call.operation for call in wire.CALLS} == set(api.documented().operations)
