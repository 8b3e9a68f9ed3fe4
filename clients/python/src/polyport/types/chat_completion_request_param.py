"""Input of the Polyport API: `ChatCompletionRequestParam`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked

if TYPE_CHECKING:
    from .chat_message_param import ChatMessageParam
    from .reasoning_effort import ReasoningEffort
    from .response_format_param import ResponseFormatParam
    from .stop_param import StopParam
    from .stream_options_param import StreamOptionsParam
    from .tool_choice_param import ToolChoiceParam
    from .tool_param import ToolParam


@described_when_asked
class ChatCompletionRequestParam(TypedDict, total=False):
    """A conversation, the model that shall answer it, and how."""

    model: Required[str]
    """The model's id, as `GET /v1/models` lists it."""

    messages: Required[Sequence[ChatMessageParam]]
    """The conversation so far, oldest message first."""

    stream: bool | None
    """Whether the answer comes as a stream of server-sent events.

    Default: `False`.
    """

    stream_options: StreamOptionsParam | None
    """Settings of a streamed answer."""

    max_completion_tokens: int | None
    """The most tokens to generate, those for reasoning included."""

    max_tokens: int | None
    """The most tokens to generate. Older name of `max_completion_tokens`, which wins when both
    are there.

    Deprecated.
    """

    temperature: float | None
    """How freely to choose tokens. 0 always takes the likeliest. Change this or `top_p`, but
    not both.

    Default: `1`.
    """

    top_p: float | None
    """Only the likeliest tokens whose probabilities add up to this are considered.

    Default: `1`.
    """

    n: int | None
    """How many answers to generate.

    Default: `1`.
    """

    stop: StopParam | None
    """Where generation ends. The stop text itself is not part of the answer."""

    seed: int | None
    """The same seed and the same request give the same answer, as far as the provider can
    promise it.
    """

    frequency_penalty: float | None
    """Above 0, tokens become less likely the more often they occurred so far.

    Default: `0`.
    """

    presence_penalty: float | None
    """Above 0, tokens that occurred at all become less likely.

    Default: `0`.
    """

    logit_bias: Mapping[str, float] | None
    """Added to the logits of the given tokens. Keys are token ids."""

    logprobs: bool | None
    """Whether to tell the log probability of every generated token.

    Default: `False`.
    """

    top_logprobs: int | None
    """How many of the likeliest tokens to tell at each position. Needs `logprobs`."""

    response_format: ResponseFormatParam
    """The form that the answer must have."""

    tools: Sequence[ToolParam]
    """The functions that the model may call."""

    tool_choice: ToolChoiceParam
    """Whether the model calls tools, and which."""

    parallel_tool_calls: bool
    """Whether the model may call several tools in one answer.

    Default: `True`.
    """

    reasoning_effort: ReasoningEffort | None
    """How much a reasoning model shall think before it answers."""

    metadata: Mapping[str, str] | None
    """Notes to keep with the request."""

    user: str
    """Names the end user, for finding abuse."""
