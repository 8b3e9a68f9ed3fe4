"""The official `openai` package, unchanged, against the gateway."""

from __future__ import annotations

from collections.abc import Iterator

import openai
import pytest

from tests.gateway.support import Gateway, UpstreamThread

QUESTION: list[openai.types.chat.ChatCompletionMessageParam] = [{"role": "user", "content": "Capital of France?"}]


@pytest.fixture
def client(gateway: Gateway) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"http://127.0.0.1:{gateway.port}/v1", api_key="any", max_retries=0) as made:
        yield made


def test_it_lists_models(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["other", "plain"]
    assert client.models.retrieve("plain").owned_by == "fake"


def test_it_chats_with_n_and_logprobs(client: openai.OpenAI) -> None:
    reply = client.chat.completions.create(model="plain", messages=QUESTION, n=2, logprobs=True, top_logprobs=1)
    assert [choice.message.content for choice in reply.choices] == ["Paris is the capital of France."] * 2
    logprobs = reply.choices[0].logprobs
    assert logprobs is not None
    assert logprobs.content is not None
    assert logprobs.content[0].token == "Paris"
    assert reply.usage is not None
    assert reply.usage.total_tokens == 12


def test_it_streams(client: openai.OpenAI) -> None:
    stream = client.chat.completions.create(
        model="plain", messages=QUESTION, stream=True, stream_options={"include_usage": True}
    )
    chunks = list(stream)
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == "Paris is the capital of France."
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.total_tokens == 12


def test_it_completes_text(client: openai.OpenAI) -> None:
    reply = client.completions.create(model="plain", prompt="The capital of France")
    assert reply.choices[0].text == "Paris is the capital of France."
    pieces = client.completions.create(model="plain", prompt="The capital of France", stream=True)
    assert "".join(piece.choices[0].text for piece in pieces) == "Paris is the capital of France."


def test_it_embeds_in_base64_and_floats(client: openai.OpenAI, upstream: UpstreamThread) -> None:
    by_default = client.embeddings.create(model="plain", input=["a", "b"])
    assert upstream.last_body["encoding_format"] == "base64"
    as_floats = client.embeddings.create(model="plain", input=["a", "b"], encoding_format="float")
    assert [item.embedding for item in by_default.data] == [item.embedding for item in as_floats.data]


def test_its_errors_are_the_right_ones(client: openai.OpenAI) -> None:
    with pytest.raises(openai.RateLimitError) as limited:
        client.chat.completions.create(model="status:429", messages=QUESTION)
    assert limited.value.response.headers["retry-after"] == "7"
    assert limited.value.code == "fake_code"
    with pytest.raises(openai.BadRequestError) as refused:
        client.chat.completions.create(model="plain", messages=QUESTION, temperature=9)
    assert refused.value.param == "temperature"
    assert refused.value.request_id is not None


def test_it_notices_a_stream_that_breaks(client: openai.OpenAI) -> None:
    stream = client.chat.completions.create(model="cut:3", messages=QUESTION, stream=True)
    with pytest.raises(openai.APIError) as broken:
        list(stream)
    assert broken.value.code == "provider_failed"
