"""`client.chat.completions` of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from .._runtime import operation as op
from .._runtime.resource import SyncResource
from .._runtime.sentinels import NOT_GIVEN
from .._runtime.settings import CallOptions
from ..types.chat_completion import ChatCompletion
from ..types.chat_completion_chunk import ChatCompletionChunk
from ..types.error import Error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from .._runtime.sentinels import NotGiven
    from .._runtime.streaming import Stream
    from ..types.chat_message_param import ChatMessageParam
    from ..types.reasoning_effort import ReasoningEffort
    from ..types.response_format_param import ResponseFormatParam
    from ..types.stop_param import StopParam
    from ..types.stream_options_param import StreamOptionsParam
    from ..types.tool_choice_param import ToolChoiceParam
    from ..types.tool_param import ToolParam


class ChatCompletionsResource(SyncResource):
    """Calls of `client.chat.completions`."""

    _CREATE: op.Operation[ChatCompletion] = op.Operation(
        id="createChatCompletion",
        method="POST",
        path="/v1/chat/completions",
        result=ChatCompletion,
        body=op.BodyFormat(),
        errors={"default": Error},
        security=(("bearer",), ()),
    )

    _CREATE_STREAM: op.Operation[ChatCompletionChunk] = op.Operation(
        id="createChatCompletion",
        method="POST",
        path="/v1/chat/completions",
        result=ChatCompletionChunk,
        kind="sse",
        body=op.BodyFormat(),
        accept="text/event-stream",
        terminator="[DONE]",
        errors={"default": Error},
        deltas=op.Deltas(
            ChatCompletion,
            joined=(
                ("choices", "[]", "delta", "content"),
                ("choices", "[]", "delta", "refusal"),
                ("choices", "[]", "delta", "tool_calls", "[]", "function", "arguments"),
            ),
            merged=((("choices",), "index"), (("choices", "[]", "delta", "tool_calls"), "index")),
            renamed=((("choices", "[]", "delta"), "message"),),
            constants=(
                (("choices", "[]", "message", "tool_calls", "[]", "type"), "function"),
                (("choices", "[]", "message", "role"), "assistant"),
                (("object",), "chat.completion"),
            ),
            pieces=(("choices", "[]"),),
            dropped=(("choices", "[]", "message", "tool_calls", "[]", "index"),),
            names=(
                "id",
                "type",
                "role",
                "object",
                "name",
                "model",
                "status",
                "kind",
                "index",
                "event",
                "format",
                "language",
            ),
            endings=("_id", "_type", "_at", "_reason", "Id", "Type", "At", "Reason"),
        ),
        security=(("bearer",), ()),
    )

    @overload
    def create(
        self,
        *,
        model: str,
        messages: Sequence[ChatMessageParam],
        stream_options: StreamOptionsParam | None | NotGiven = NOT_GIVEN,
        max_completion_tokens: int | None | NotGiven = NOT_GIVEN,
        max_tokens: int | None | NotGiven = NOT_GIVEN,
        temperature: float | None | NotGiven = NOT_GIVEN,
        top_p: float | None | NotGiven = NOT_GIVEN,
        n: int | None | NotGiven = NOT_GIVEN,
        stop: StopParam | None | NotGiven = NOT_GIVEN,
        seed: int | None | NotGiven = NOT_GIVEN,
        frequency_penalty: float | None | NotGiven = NOT_GIVEN,
        presence_penalty: float | None | NotGiven = NOT_GIVEN,
        logit_bias: Mapping[str, float] | None | NotGiven = NOT_GIVEN,
        logprobs: bool | None | NotGiven = NOT_GIVEN,
        top_logprobs: int | None | NotGiven = NOT_GIVEN,
        response_format: ResponseFormatParam | NotGiven = NOT_GIVEN,
        tools: Sequence[ToolParam] | NotGiven = NOT_GIVEN,
        tool_choice: ToolChoiceParam | NotGiven = NOT_GIVEN,
        parallel_tool_calls: bool | NotGiven = NOT_GIVEN,
        reasoning_effort: ReasoningEffort | None | NotGiven = NOT_GIVEN,
        metadata: Mapping[str, str] | None | NotGiven = NOT_GIVEN,
        user: str | NotGiven = NOT_GIVEN,
        stream: Literal[False] | NotGiven = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> ChatCompletion: ...

    @overload
    def create(
        self,
        *,
        model: str,
        messages: Sequence[ChatMessageParam],
        stream: Literal[True],
        stream_options: StreamOptionsParam | None | NotGiven = NOT_GIVEN,
        max_completion_tokens: int | None | NotGiven = NOT_GIVEN,
        max_tokens: int | None | NotGiven = NOT_GIVEN,
        temperature: float | None | NotGiven = NOT_GIVEN,
        top_p: float | None | NotGiven = NOT_GIVEN,
        n: int | None | NotGiven = NOT_GIVEN,
        stop: StopParam | None | NotGiven = NOT_GIVEN,
        seed: int | None | NotGiven = NOT_GIVEN,
        frequency_penalty: float | None | NotGiven = NOT_GIVEN,
        presence_penalty: float | None | NotGiven = NOT_GIVEN,
        logit_bias: Mapping[str, float] | None | NotGiven = NOT_GIVEN,
        logprobs: bool | None | NotGiven = NOT_GIVEN,
        top_logprobs: int | None | NotGiven = NOT_GIVEN,
        response_format: ResponseFormatParam | NotGiven = NOT_GIVEN,
        tools: Sequence[ToolParam] | NotGiven = NOT_GIVEN,
        tool_choice: ToolChoiceParam | NotGiven = NOT_GIVEN,
        parallel_tool_calls: bool | NotGiven = NOT_GIVEN,
        reasoning_effort: ReasoningEffort | None | NotGiven = NOT_GIVEN,
        metadata: Mapping[str, str] | None | NotGiven = NOT_GIVEN,
        user: str | NotGiven = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> Stream[ChatCompletionChunk, ChatCompletion]: ...

    @overload
    def create(
        self,
        *,
        model: str,
        messages: Sequence[ChatMessageParam],
        stream: bool,
        stream_options: StreamOptionsParam | None | NotGiven = NOT_GIVEN,
        max_completion_tokens: int | None | NotGiven = NOT_GIVEN,
        max_tokens: int | None | NotGiven = NOT_GIVEN,
        temperature: float | None | NotGiven = NOT_GIVEN,
        top_p: float | None | NotGiven = NOT_GIVEN,
        n: int | None | NotGiven = NOT_GIVEN,
        stop: StopParam | None | NotGiven = NOT_GIVEN,
        seed: int | None | NotGiven = NOT_GIVEN,
        frequency_penalty: float | None | NotGiven = NOT_GIVEN,
        presence_penalty: float | None | NotGiven = NOT_GIVEN,
        logit_bias: Mapping[str, float] | None | NotGiven = NOT_GIVEN,
        logprobs: bool | None | NotGiven = NOT_GIVEN,
        top_logprobs: int | None | NotGiven = NOT_GIVEN,
        response_format: ResponseFormatParam | NotGiven = NOT_GIVEN,
        tools: Sequence[ToolParam] | NotGiven = NOT_GIVEN,
        tool_choice: ToolChoiceParam | NotGiven = NOT_GIVEN,
        parallel_tool_calls: bool | NotGiven = NOT_GIVEN,
        reasoning_effort: ReasoningEffort | None | NotGiven = NOT_GIVEN,
        metadata: Mapping[str, str] | None | NotGiven = NOT_GIVEN,
        user: str | NotGiven = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> ChatCompletion | Stream[ChatCompletionChunk, ChatCompletion]: ...

    def create(
        self,
        *,
        model: str,
        messages: Sequence[ChatMessageParam],
        stream_options: StreamOptionsParam | None | NotGiven = NOT_GIVEN,
        max_completion_tokens: int | None | NotGiven = NOT_GIVEN,
        max_tokens: int | None | NotGiven = NOT_GIVEN,
        temperature: float | None | NotGiven = NOT_GIVEN,
        top_p: float | None | NotGiven = NOT_GIVEN,
        n: int | None | NotGiven = NOT_GIVEN,
        stop: StopParam | None | NotGiven = NOT_GIVEN,
        seed: int | None | NotGiven = NOT_GIVEN,
        frequency_penalty: float | None | NotGiven = NOT_GIVEN,
        presence_penalty: float | None | NotGiven = NOT_GIVEN,
        logit_bias: Mapping[str, float] | None | NotGiven = NOT_GIVEN,
        logprobs: bool | None | NotGiven = NOT_GIVEN,
        top_logprobs: int | None | NotGiven = NOT_GIVEN,
        response_format: ResponseFormatParam | NotGiven = NOT_GIVEN,
        tools: Sequence[ToolParam] | NotGiven = NOT_GIVEN,
        tool_choice: ToolChoiceParam | NotGiven = NOT_GIVEN,
        parallel_tool_calls: bool | NotGiven = NOT_GIVEN,
        reasoning_effort: ReasoningEffort | None | NotGiven = NOT_GIVEN,
        metadata: Mapping[str, str] | None | NotGiven = NOT_GIVEN,
        user: str | NotGiven = NOT_GIVEN,
        stream: bool | NotGiven = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> ChatCompletion | Stream[ChatCompletionChunk, ChatCompletion]:
        """Answer a conversation

        Generates the next message of a conversation. With `stream: true` the answer arrives as
        server-sent events, one `ChatCompletionChunk` per event, and ends with `data: [DONE]`.

        Args:
            model: The model's id, as `GET /v1/models` lists it.
            messages: The conversation so far, oldest message first.
            stream_options: Settings of a streamed answer.
            max_completion_tokens: The most tokens to generate, those for reasoning included.
            max_tokens: The most tokens to generate. Older name of `max_completion_tokens`,
                which wins when both are there. Deprecated.
            temperature: How freely to choose tokens. 0 always takes the likeliest. Change this
                or `top_p`, but not both. Default: `1`.
            top_p: Only the likeliest tokens whose probabilities add up to this are considered.
                Default: `1`.
            n: How many answers to generate. Default: `1`.
            stop: Where generation ends. The stop text itself is not part of the answer.
            seed: The same seed and the same request give the same answer, as far as the
                provider can promise it.
            frequency_penalty: Above 0, tokens become less likely the more often they occurred
                so far. Default: `0`.
            presence_penalty: Above 0, tokens that occurred at all become less likely.
                Default: `0`.
            logit_bias: Added to the logits of the given tokens. Keys are token ids.
            logprobs: Whether to tell the log probability of every generated token.
                Default: `False`.
            top_logprobs: How many of the likeliest tokens to tell at each position.
                Needs `logprobs`.
            response_format: The form that the answer must have.
            tools: The functions that the model may call.
            tool_choice: Whether the model calls tools, and which.
            parallel_tool_calls: Whether the model may call several tools in one answer.
                Default: `True`.
            reasoning_effort: How much a reasoning model shall think before it answers.
            metadata: Notes to keep with the request.
            user: Names the end user, for finding abuse.
            stream: Whether the answer comes as a stream of server-sent events.
            extra_headers, extra_query, extra_body: Sent with this call only; a header that is
                None is left out.
            timeout: Seconds for one try of this call.

        Raises:
            APIStatusError: other; its `data` is `Error`.

        Headers of the answer:
            x-polyport-provider: The provider that served the request.
            x-polyport-try: On which try it was served, counted from 1.

        Example:
            client.chat.completions.create(
                model="smollm2-135m",
                messages=[{"role": "user", "content": "What is the capital of France?"}],
            )
        """
        _body = {
            "model": model,
            "messages": messages,
            "stream_options": stream_options,
            "max_completion_tokens": max_completion_tokens,
            "max_tokens": max_tokens,
            "temperature": temperature,
            "top_p": top_p,
            "n": n,
            "stop": stop,
            "seed": seed,
            "frequency_penalty": frequency_penalty,
            "presence_penalty": presence_penalty,
            "logit_bias": logit_bias,
            "logprobs": logprobs,
            "top_logprobs": top_logprobs,
            "response_format": response_format,
            "tools": tools,
            "tool_choice": tool_choice,
            "parallel_tool_calls": parallel_tool_calls,
            "reasoning_effort": reasoning_effort,
            "metadata": metadata,
            "user": user,
            "stream": stream,
        }
        _options = CallOptions(extra_headers, extra_query, extra_body, timeout)
        if stream:
            return self._client._stream(self._CREATE_STREAM, body=_body, options=_options)
        return self._client._request(self._CREATE, body=_body, options=_options)
