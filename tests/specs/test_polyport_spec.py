"""Our own document: it lints clean, its examples are true, and it stays compatible with the OpenAI API."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_python_client.schema import OpenAPI
from openapi_spec_validator import validate
from openapi_spec_validator.readers import read_from_filename
from polyport_codegen.diagnostics import Diagnostics, Severity
from polyport_codegen.load.bundle import bundle
from polyport_codegen.load.document import load
from polyport_codegen.pipeline import BuildOptions, build

SPEC = Path(__file__).parents[2] / "spec" / "polyport.yaml"

Json = dict[str, Any]


@cache
def document() -> Json:
    """The whole document in one piece."""
    bundled = bundle(load(str(SPEC), Diagnostics()))
    return bundled


def schemas() -> Json:
    found: Json = document()["components"]["schemas"]
    return found


def operations() -> Iterator[tuple[str, Json]]:
    for path, item in document()["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


# -- other readers


def test_a_public_validator_accepts_the_files() -> None:
    tree, base = read_from_filename(str(SPEC))
    validate(tree, base_uri=base)


def test_a_public_validator_accepts_the_bundle() -> None:
    validate(document())


def test_a_second_document_model_accepts_the_bundle() -> None:
    OpenAPI.model_validate(document())


def test_the_generator_has_nothing_to_say() -> None:
    diagnostics = Diagnostics()
    build(load(str(SPEC), diagnostics), BuildOptions(), diagnostics)
    assert [d for d in diagnostics.items if d.severity is not Severity.NOTE] == []


def test_bundling_keeps_the_names() -> None:
    listed = [line.strip(" :\n") for line in SPEC.read_text().partition("\n  schemas:\n")[2].splitlines()[::2]]
    assert sorted(schemas()) == listed


# -- written with care


def test_every_operation_is_documented() -> None:
    tags = {tag["name"] for tag in document()["tags"]}
    for name, operation in operations():
        assert operation["summary"], name
        assert operation["operationId"], name
        assert len(operation["tags"]) == 1, name
        assert operation["tags"][0] in tags, name
        assert operation["responses"]["default"] == {"$ref": "#/components/responses/Error"}, name


def test_everything_is_described() -> None:
    silent = []
    for name, schema in schemas().items():
        if not schema.get("description"):
            silent.append(name)
        for member, value in schema.get("properties", {}).items():
            if not value.get("description") and "$ref" not in value:
                silent.append(f"{name}.{member}")
    assert silent == []


def test_required_members_exist() -> None:
    for name, schema in schemas().items():
        assert set(schema.get("required", [])) <= set(schema.get("properties", {})), name


def test_discriminators_name_every_variant_by_its_constant() -> None:
    count = 0
    for name, schema in schemas().items():
        if "discriminator" in schema:
            tag, mapping = schema["discriminator"]["propertyName"], schema["discriminator"]["mapping"]
            variants = [variant["$ref"].rpartition("/")[2] for variant in schema["oneOf"]]
            assert {schemas()[v]["properties"][tag]["const"]: v for v in variants} == {
                value: target.rpartition("/")[2] for value, target in mapping.items()
            }, name
            count += 1
    assert count == 4


def test_the_server_answers_on_loopback() -> None:
    assert document()["servers"][0]["url"] == "http://127.0.0.1:8080"


# -- examples


def validator(schema: Json) -> Draft202012Validator:
    return Draft202012Validator(
        {"$schema": Draft202012Validator.META_SCHEMA["$id"], **schema, "components": document()["components"]}
    )


def media_examples(node: Any, where: str) -> Iterator[tuple[str, Json, Any]]:
    """Every example beside a schema, in media types and parameters."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from media_examples(item, f"{where}/{index}")
    elif isinstance(node, dict):
        if isinstance(node.get("schema"), dict):
            if "example" in node:
                yield where, node["schema"], node["example"]
            for name, example in node.get("examples", {}).items():
                yield f"{where}/{name}", node["schema"], example["value"]
        for key, value in node.items():
            yield from media_examples(value, f"{where}/{key}")


def schema_examples(schema: Any, where: str) -> Iterator[tuple[str, Json, Any]]:
    """Every example inside a schema, with its defaults."""
    if isinstance(schema, dict):
        for index, example in enumerate(schema.get("examples", [])):
            yield f"{where}/examples/{index}", schema, example
        if "default" in schema:
            yield f"{where}/default", schema, schema["default"]
        for key in ("properties", "$defs"):
            for name, value in schema.get(key, {}).items():
                yield from schema_examples(value, f"{where}/{name}")
        for key in ("items", "additionalProperties"):
            yield from schema_examples(schema.get(key), f"{where}/{key}")
        for index, variant in enumerate(schema.get("oneOf", [])):
            yield from schema_examples(variant, f"{where}/{index}")


def all_examples() -> list[tuple[str, Json, Any]]:
    found = [*media_examples(document()["paths"], ""), *media_examples(document()["components"]["responses"], "")]
    for name, schema in schemas().items():
        found += schema_examples(schema, name)
    return found


@pytest.mark.parametrize(("where", "schema", "example"), all_examples(), ids=lambda v: v if isinstance(v, str) else "")
def test_example_follows_its_schema(where: str, schema: Json, example: Any) -> None:
    problems = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator(schema).iter_errors(example)]
    assert problems == [], where


def test_every_json_body_has_an_example() -> None:
    for name, operation in operations():
        bodies = [operation["requestBody"]] if "requestBody" in operation else []
        for body in [*bodies, operation["responses"]["200"]]:
            for media_type, media in body["content"].items():
                assert "example" in media or "examples" in media, f"{name} {media_type}"


def test_both_forms_of_the_embedding_example_are_the_same_vector() -> None:
    media = document()["paths"]["/v1/embeddings"]["post"]["responses"]["200"]["content"]["application/json"]
    floats, text = (media["examples"][form]["value"]["data"][0]["embedding"] for form in ("floats", "base64"))
    assert list(struct.unpack(f"<{len(floats)}f", base64.b64decode(text))) == floats


# -- what is valid and what is not

MESSAGE = {"role": "user", "content": "Hi"}
CALL = {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{}"}}


@pytest.mark.parametrize(
    "request_",
    [
        {"messages": [MESSAGE]},
        {"messages": [MESSAGE], "temperature": None, "top_p": None, "n": None, "stop": None, "seed": None, "stream": None},
        {"messages": [{"role": "assistant", "content": None, "tool_calls": [CALL]}, {"role": "tool", "content": "1", "tool_call_id": "call_1"}]},
        {"messages": [{"role": "system", "content": [{"type": "text", "text": "a"}]}, {"role": "developer", "content": "b", "name": "n"}]},
        {"messages": [MESSAGE], "stop": ["a", "b"], "logit_bias": {"1": -100}, "metadata": {"a": "b"}, "tool_choice": "required"},
        {"messages": [MESSAGE], "tool_choice": {"type": "function", "function": {"name": "f"}}},
        {"messages": [MESSAGE], "response_format": {"type": "json_schema", "json_schema": {"name": "n", "schema": {"type": "object"}}}},
        {"messages": [MESSAGE], "stream": True, "stream_options": {"include_usage": True}, "top_k": 5},
    ],
)  # fmt: skip
def test_valid_chat_requests(request_: Json) -> None:
    validator({"$ref": "#/components/schemas/ChatCompletionRequest"}).validate({"model": "m", **request_})


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"messages": []},
        {"messages": [{"role": "user"}]},
        {"messages": [{"role": "robot", "content": "Hi"}]},
        {"messages": [MESSAGE], "temperature": 2.5},
        {"messages": [MESSAGE], "n": 0},
        {"messages": [MESSAGE], "top_logprobs": 21},
        {"messages": [MESSAGE], "stop": ["a", "b", "c", "d", "e"]},
        {"messages": [MESSAGE], "tool_choice": "sometimes"},
        {"messages": [MESSAGE], "tools": [{"type": "function", "function": {"name": "not a name"}}]},
        {"messages": [MESSAGE], "response_format": {"type": "json_schema"}},
        {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": "u"}]}]},
    ],
)
def test_invalid_chat_requests(request_: Json) -> None:
    assert not validator({"$ref": "#/components/schemas/ChatCompletionRequest"}).is_valid({"model": "m", **request_})


@pytest.mark.parametrize("text", ["a", ["a", "b"], [1, 2], [[1, 2], [3]]])
def test_every_form_of_text_input(text: Any) -> None:
    validator({"$ref": "#/components/schemas/TextInput"}).validate(text)


@pytest.mark.parametrize("text", [[], 1, None, [[]], [{"text": "a"}]])
def test_what_is_no_text_input(text: Any) -> None:
    assert not validator({"$ref": "#/components/schemas/TextInput"}).is_valid(text)


def test_answers_of_other_servers_are_valid() -> None:
    """Members that other servers leave out or send as null."""
    chunk = {
        "id": "c",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "delta": {}}],
    }
    validator({"$ref": "#/components/schemas/ChatCompletionChunk"}).validate(chunk)
    validator({"$ref": "#/components/schemas/ChatCompletionChunk"}).validate(
        chunk | {"choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}
    )
    reply = {"role": "assistant", "content": None, "tool_calls": None, "refusal": None}
    answer = {"id": "c", "object": "chat.completion", "created": 1, "model": "m"}
    validator({"$ref": "#/components/schemas/ChatCompletion"}).validate(
        answer | {"choices": [{"index": 0, "message": reply, "finish_reason": "length", "logprobs": None}]}
    )


# -- the OpenAI API: the names of its members, as of August 2026

OPENAI = {
    "ChatCompletionRequest": "messages model store reasoning_effort verbosity metadata frequency_penalty logit_bias logprobs top_logprobs"
    " max_tokens max_completion_tokens n modalities prediction audio presence_penalty response_format seed service_tier stop stream"
    " stream_options temperature top_p tools tool_choice parallel_tool_calls user safety_identifier prompt_cache_key"
    " prompt_cache_retention function_call functions web_search_options moderation",
    "ChatCompletion": "id choices created model metadata service_tier system_fingerprint object usage moderation",
    "ChatChoice": "finish_reason index message logprobs",
    "ChatReply": "content refusal tool_calls annotations role function_call audio",
    "ChatCompletionChunk": "id choices created model obfuscation service_tier system_fingerprint object usage moderation",
    "ChatChunkChoice": "delta logprobs finish_reason index",
    "ChatDelta": "content function_call tool_calls role refusal",
    "ToolCallDelta": "index id type function",
    "FunctionCallDelta": "name arguments",
    "ToolCall": "id type function",
    "FunctionCall": "name arguments",
    "Tool": "type function",
    "FunctionDefinition": "description name parameters strict",
    "JsonSchema": "description name schema strict",
    "Logprobs": "content refusal",
    "TokenLogprob": "token logprob bytes top_logprobs",
    "TopLogprob": "token logprob bytes",
    "StreamOptions": "include_usage include_obfuscation",
    "Usage": "completion_tokens prompt_tokens total_tokens completion_tokens_details prompt_tokens_details",
    "CompletionTokensDetails": "accepted_prediction_tokens audio_tokens reasoning_tokens text_tokens rejected_prediction_tokens",
    "PromptTokensDetails": "audio_tokens cached_tokens text_tokens image_tokens cache_write_tokens",
    "DeveloperMessage": "content role name",
    "SystemMessage": "content role name",
    "UserMessage": "content role name",
    "AssistantMessage": "content refusal role name audio tool_calls function_call",
    "ToolMessage": "role content tool_call_id",
    "CompletionRequest": "model prompt best_of echo frequency_penalty logit_bias logprobs max_tokens n presence_penalty seed stop"
    " stream stream_options suffix temperature top_p user",
    "Completion": "id choices created model system_fingerprint object usage",
    "CompletionChoice": "finish_reason index logprobs text",
    "CompletionLogprobs": "text_offset token_logprobs tokens top_logprobs",
    "EmbeddingRequest": "input model encoding_format dimensions user",
    "EmbeddingList": "data model object usage",
    "Embedding": "index embedding object",
    "EmbeddingUsage": "prompt_tokens total_tokens",
    "Model": "id created object owned_by shutdown_date",
    "ModelList": "object data",
}
#: What a client of the OpenAI API reads without asking whether it is there: it must be required here too.
OPENAI_REQUIRED = {
    "ChatCompletion": "choices created id model object",
    "ChatChoice": "finish_reason index message",
    "ChatReply": "role content",
    "ChatCompletionChunk": "choices created id model object",
    "ChatChunkChoice": "delta index",
    "TokenLogprob": "token logprob bytes top_logprobs",
    "Usage": "prompt_tokens completion_tokens total_tokens",
    "Completion": "id object created model choices",
    "EmbeddingList": "object model data usage",
    "Embedding": "index object embedding",
    "Model": "id object created owned_by",
    "ModelList": "object data",
}
OPENAI_CONSTANTS = {
    "ChatCompletion": "chat.completion",
    "ChatCompletionChunk": "chat.completion.chunk",
    "Completion": "text_completion",
    "EmbeddingList": "list",
    "Embedding": "embedding",
    "Model": "model",
    "ModelList": "list",
}


@pytest.mark.parametrize("name", OPENAI)
def test_members_are_named_as_in_the_openai_api(name: str) -> None:
    assert set(schemas()[name]["properties"]) <= set(OPENAI[name].split())


@pytest.mark.parametrize("name", OPENAI_REQUIRED)
def test_clients_of_the_openai_api_find_what_they_read(name: str) -> None:
    assert set(OPENAI_REQUIRED[name].split()) <= set(schemas()[name]["required"])


@pytest.mark.parametrize("name", OPENAI_CONSTANTS)
def test_objects_are_called_as_in_the_openai_api(name: str) -> None:
    assert schemas()[name]["properties"]["object"]["const"] == OPENAI_CONSTANTS[name]


def test_paths_are_those_of_the_openai_api() -> None:
    assert {name for name, _ in operations()} >= {
        "POST /v1/chat/completions",
        "POST /v1/completions",
        "POST /v1/embeddings",
        "GET /v1/models",
        "GET /v1/models/{model}",
    }
