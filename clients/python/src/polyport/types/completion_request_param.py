"""Input of the Polyport API: `CompletionRequestParam`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked

if TYPE_CHECKING:
    from .stop_param import StopParam
    from .stream_options_param import StreamOptionsParam
    from .text_input_param import TextInputParam


@described_when_asked
class CompletionRequestParam(TypedDict, total=False):
    """A text, the model that shall continue it, and how."""

    model: Required[str]
    """The model's id, as `GET /v1/models` lists it."""

    prompt: Required[TextInputParam]
    """A text, or several of them, each as a text or as token ids. A list of token ids alone is
    one text.
    """

    stream: bool | None
    """Whether the answer comes as a stream of server-sent events.

    Default: `False`.
    """

    stream_options: StreamOptionsParam | None
    """Settings of a streamed answer."""

    max_tokens: int | None
    """The most tokens to generate.

    Default: `16`.
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
    """How many answers to generate for each prompt.

    Default: `1`.
    """

    best_of: int | None
    """How many answers to generate, of which the likeliest `n` are given. Cannot be streamed.

    Default: `1`.
    """

    echo: bool | None
    """Whether the answer begins with the prompt.

    Default: `False`.
    """

    suffix: str | None
    """Text that comes after the answer, for models that fill gaps."""

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

    logprobs: int | None
    """How many of the likeliest tokens to tell at each position, beside the generated one."""

    user: str
    """Names the end user, for finding abuse."""
