"""The official OpenAI packages, unchanged, against the gateway: list, chat, stream, logprobs, n, embed, fail."""

from __future__ import annotations

import base64
import json
import math
import struct

import openai
import pytest

from tests.e2e.conftest import ROOT, run, tool

MODEL = "smollm2-135m"
QUESTION: list[dict[str, str]] = [{"role": "user", "content": "What is the capital of France?"}]


@pytest.fixture
def client(base_url: str) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{base_url}/v1", api_key="unused", max_retries=0)


def test_models_are_listed(client: openai.OpenAI) -> None:
    assert {MODEL, "all-minilm-l6-v2"} <= {m.id for m in client.models.list()}
    assert client.models.retrieve(MODEL).id == MODEL


def test_the_model_knows_paris(client: openai.OpenAI) -> None:
    reply = client.chat.completions.create(model=MODEL, messages=QUESTION, temperature=0, max_tokens=40)  # type: ignore[arg-type]
    assert "Paris" in (reply.choices[0].message.content or "")
    assert reply.choices[0].finish_reason in ("stop", "length")
    assert reply.usage is not None
    assert reply.usage.total_tokens == reply.usage.prompt_tokens + reply.usage.completion_tokens


def test_a_stream_says_what_the_plain_call_says(client: openai.OpenAI) -> None:
    plain = client.chat.completions.create(model=MODEL, messages=QUESTION, temperature=0, max_tokens=24)  # type: ignore[arg-type]
    stream = client.chat.completions.create(
        model=MODEL, messages=QUESTION, temperature=0, max_tokens=24, stream=True, stream_options={"include_usage": True}  # type: ignore[arg-type]
    )  # fmt: skip
    chunks = list(stream)
    text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert text == plain.choices[0].message.content
    assert [c.choices for c in chunks][-1] == []
    assert chunks[-1].usage == plain.usage


def test_logprobs_and_n(client: openai.OpenAI) -> None:
    reply = client.chat.completions.create(
        model=MODEL, messages=QUESTION, temperature=0.8, seed=7, n=2, max_tokens=8, logprobs=True, top_logprobs=3  # type: ignore[arg-type]
    )  # fmt: skip
    assert [c.index for c in reply.choices] == [0, 1]
    for choice in reply.choices:
        assert choice.logprobs is not None
        assert choice.logprobs.content
        for token in choice.logprobs.content:
            assert token.logprob <= 0
            assert len(token.top_logprobs) == 3
            assert token.bytes is None or bytes(token.bytes).decode("utf-8", "replace")


def test_a_seed_repeats_itself(client: openai.OpenAI) -> None:
    def ask(seed: int) -> str | None:
        return (
            client.chat.completions.create(model=MODEL, messages=QUESTION, seed=seed, temperature=1, max_tokens=16)
            .choices[0]
            .message.content
        )  # type: ignore[arg-type]

    assert ask(1) == ask(1)


def test_completions_continue_a_text(client: openai.OpenAI) -> None:
    reply = client.completions.create(model=MODEL, prompt="The capital of France is", max_tokens=6, temperature=0)
    assert "Paris" in reply.choices[0].text


def test_embeddings_in_both_encodings(client: openai.OpenAI) -> None:
    texts = ["A cat sits on the mat.", "A kitten rests on a rug.", "Interest rates rose again."]
    floats = [
        e.embedding
        for e in client.embeddings.create(model="all-minilm-l6-v2", input=texts, encoding_format="float").data
    ]
    assert [len(v) for v in floats] == [384] * 3
    assert all(math.isclose(sum(x * x for x in v), 1, abs_tol=1e-3) for v in floats)
    near, far = (sum(a * b for a, b in zip(floats[0], other, strict=True)) for other in floats[1:])
    assert near > far + 0.2
    packed = (
        client.embeddings.create(model="all-minilm-l6-v2", input=texts[0], encoding_format="base64").data[0].embedding
    )
    raw = base64.b64decode(packed) if isinstance(packed, str) else struct.pack("<384f", *packed)
    assert all(math.isclose(a, b, abs_tol=1e-5) for a, b in zip(struct.unpack("<384f", raw), floats[0], strict=True))


def test_an_unknown_model_is_not_found(client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as error:
        client.chat.completions.create(model="gone", messages=QUESTION)  # type: ignore[arg-type]
    assert "gone" in error.value.message
    assert error.value.code == "model_not_found"


@pytest.mark.language("node")
def test_the_npm_package(environment: dict[str, str]) -> None:
    folder = ROOT / "tests/e2e/node"
    seen = json.loads(run(tool("node"), "openai.mjs", cwd=folder, env=environment))
    assert MODEL in seen["models"]
    assert "Paris" in seen["reply"]
    assert seen["streamed"] == seen["reply"]
    assert seen["choices"] == 2
    assert seen["logprobs"] > 0
    assert seen["dimensions"] == 384
    assert seen["error"] == [404, "model_not_found"]
