"""`client.completions` of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from .._runtime import operation as op
from .._runtime.resource import SyncResource
from .._runtime.sentinels import NOT_GIVEN
from .._runtime.settings import CallOptions
from ..types.completion import Completion
from ..types.error import Error

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    from .._runtime.sentinels import NotGiven
    from .._runtime.streaming import Stream
    from ..types.stop_param import StopParam
    from ..types.stream_options_param import StreamOptionsParam
    from ..types.text_input_param import TextInputParam


class CompletionsResource(SyncResource):
    """Continuations of a text."""

    _CREATE: op.Operation[Completion] = op.Operation(
        id="createCompletion",
        method="POST",
        path="/v1/completions",
        result=Completion,
        body=op.BodyFormat(),
        errors={"default": Error},
        security=(("bearer",), ()),
    )

    _CREATE_STREAM: op.Operation[Completion] = op.Operation(
        id="createCompletion",
        method="POST",
        path="/v1/completions",
        result=Completion,
        kind="sse",
        body=op.BodyFormat(),
        accept="text/event-stream",
        terminator="[DONE]",
        errors={"default": Error},
        deltas=op.Deltas(
            Completion,
            joined=(("choices", "[]", "text"),),
            merged=((("choices",), "index"),),
            pieces=(("choices", "[]"),),
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
        prompt: TextInputParam,
        stream_options: StreamOptionsParam | None | NotGiven = NOT_GIVEN,
        max_tokens: int | None | NotGiven = NOT_GIVEN,
        temperature: float | None | NotGiven = NOT_GIVEN,
        top_p: float | None | NotGiven = NOT_GIVEN,
        n: int | None | NotGiven = NOT_GIVEN,
        best_of: int | None | NotGiven = NOT_GIVEN,
        echo: bool | None | NotGiven = NOT_GIVEN,
        suffix: str | None | NotGiven = NOT_GIVEN,
        stop: StopParam | None | NotGiven = NOT_GIVEN,
        seed: int | None | NotGiven = NOT_GIVEN,
        frequency_penalty: float | None | NotGiven = NOT_GIVEN,
        presence_penalty: float | None | NotGiven = NOT_GIVEN,
        logit_bias: Mapping[str, float] | None | NotGiven = NOT_GIVEN,
        logprobs: int | None | NotGiven = NOT_GIVEN,
        user: str | NotGiven = NOT_GIVEN,
        stream: Literal[False] | NotGiven = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> Completion: ...

    @overload
    def create(
        self,
        *,
        model: str,
        prompt: TextInputParam,
        stream: Literal[True],
        stream_options: StreamOptionsParam | None | NotGiven = NOT_GIVEN,
        max_tokens: int | None | NotGiven = NOT_GIVEN,
        temperature: float | None | NotGiven = NOT_GIVEN,
        top_p: float | None | NotGiven = NOT_GIVEN,
        n: int | None | NotGiven = NOT_GIVEN,
        best_of: int | None | NotGiven = NOT_GIVEN,
        echo: bool | None | NotGiven = NOT_GIVEN,
        suffix: str | None | NotGiven = NOT_GIVEN,
        stop: StopParam | None | NotGiven = NOT_GIVEN,
        seed: int | None | NotGiven = NOT_GIVEN,
        frequency_penalty: float | None | NotGiven = NOT_GIVEN,
        presence_penalty: float | None | NotGiven = NOT_GIVEN,
        logit_bias: Mapping[str, float] | None | NotGiven = NOT_GIVEN,
        logprobs: int | None | NotGiven = NOT_GIVEN,
        user: str | NotGiven = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> Stream[Completion, Completion]: ...

    @overload
    def create(
        self,
        *,
        model: str,
        prompt: TextInputParam,
        stream: bool,
        stream_options: StreamOptionsParam | None | NotGiven = NOT_GIVEN,
        max_tokens: int | None | NotGiven = NOT_GIVEN,
        temperature: float | None | NotGiven = NOT_GIVEN,
        top_p: float | None | NotGiven = NOT_GIVEN,
        n: int | None | NotGiven = NOT_GIVEN,
        best_of: int | None | NotGiven = NOT_GIVEN,
        echo: bool | None | NotGiven = NOT_GIVEN,
        suffix: str | None | NotGiven = NOT_GIVEN,
        stop: StopParam | None | NotGiven = NOT_GIVEN,
        seed: int | None | NotGiven = NOT_GIVEN,
        frequency_penalty: float | None | NotGiven = NOT_GIVEN,
        presence_penalty: float | None | NotGiven = NOT_GIVEN,
        logit_bias: Mapping[str, float] | None | NotGiven = NOT_GIVEN,
        logprobs: int | None | NotGiven = NOT_GIVEN,
        user: str | NotGiven = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> Completion | Stream[Completion, Completion]: ...

    def create(
        self,
        *,
        model: str,
        prompt: TextInputParam,
        stream_options: StreamOptionsParam | None | NotGiven = NOT_GIVEN,
        max_tokens: int | None | NotGiven = NOT_GIVEN,
        temperature: float | None | NotGiven = NOT_GIVEN,
        top_p: float | None | NotGiven = NOT_GIVEN,
        n: int | None | NotGiven = NOT_GIVEN,
        best_of: int | None | NotGiven = NOT_GIVEN,
        echo: bool | None | NotGiven = NOT_GIVEN,
        suffix: str | None | NotGiven = NOT_GIVEN,
        stop: StopParam | None | NotGiven = NOT_GIVEN,
        seed: int | None | NotGiven = NOT_GIVEN,
        frequency_penalty: float | None | NotGiven = NOT_GIVEN,
        presence_penalty: float | None | NotGiven = NOT_GIVEN,
        logit_bias: Mapping[str, float] | None | NotGiven = NOT_GIVEN,
        logprobs: int | None | NotGiven = NOT_GIVEN,
        user: str | NotGiven = NOT_GIVEN,
        stream: bool | NotGiven = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> Completion | Stream[Completion, Completion]:
        """Continue a text

        Generates what comes after a text, without any chat template. With `stream: true` the answer
        arrives as server-sent events, one `Completion` with a piece of the text per event, and ends
        with `data: [DONE]`.

        Args:
            model: The model's id, as `GET /v1/models` lists it.
            prompt: A text, or several of them, each as a text or as token ids. A list of token
                ids alone is one text.
            stream_options: Settings of a streamed answer.
            max_tokens: The most tokens to generate. Default: `16`.
            temperature: How freely to choose tokens. 0 always takes the likeliest. Change this
                or `top_p`, but not both. Default: `1`.
            top_p: Only the likeliest tokens whose probabilities add up to this are considered.
                Default: `1`.
            n: How many answers to generate for each prompt. Default: `1`.
            best_of: How many answers to generate, of which the likeliest `n` are given. Cannot
                be streamed. Default: `1`.
            echo: Whether the answer begins with the prompt. Default: `False`.
            suffix: Text that comes after the answer, for models that fill gaps.
            stop: Where generation ends. The stop text itself is not part of the answer.
            seed: The same seed and the same request give the same answer, as far as the
                provider can promise it.
            frequency_penalty: Above 0, tokens become less likely the more often they occurred
                so far. Default: `0`.
            presence_penalty: Above 0, tokens that occurred at all become less likely.
                Default: `0`.
            logit_bias: Added to the logits of the given tokens. Keys are token ids.
            logprobs: How many of the likeliest tokens to tell at each position, beside the
                generated one.
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
            client.completions.create(
                model="smollm2-135m",
                prompt="Once upon a time",
                max_tokens=32,
                temperature=0,
            )
        """
        _body = {
            "model": model,
            "prompt": prompt,
            "stream_options": stream_options,
            "max_tokens": max_tokens,
            "temperature": temperature,
            "top_p": top_p,
            "n": n,
            "best_of": best_of,
            "echo": echo,
            "suffix": suffix,
            "stop": stop,
            "seed": seed,
            "frequency_penalty": frequency_penalty,
            "presence_penalty": presence_penalty,
            "logit_bias": logit_bias,
            "logprobs": logprobs,
            "user": user,
            "stream": stream,
        }
        _options = CallOptions(extra_headers, extra_query, extra_body, timeout)
        if stream:
            return self._client._stream(self._CREATE_STREAM, body=_body, options=_options)
        return self._client._request(self._CREATE, body=_body, options=_options)
