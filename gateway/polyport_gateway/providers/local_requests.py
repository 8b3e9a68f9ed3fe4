"""From the wire's requests to the engine's messages: pure functions. What the engine cannot do is refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from polyport_gateway.core.errors import ApiError
from polyport_gateway.core.exchange import Members
from polyport_gateway.engine.messages import Chat, Complete, Embed, Sampling

DEFAULT_COMPLETION_TOKENS = 16  # the wire's default; chat has none

_SAMPLING = {
    "model",
    "stream",
    "stream_options",
    "temperature",
    "top_p",
    "n",
    "stop",
    "seed",
    "frequency_penalty",
    "presence_penalty",
    "logit_bias",
    "logprobs",
    "max_tokens",
    "user",
}
_CHAT = _SAMPLING | {
    "messages",
    "max_completion_tokens",
    "top_logprobs",
    "response_format",
    "tools",
    "tool_choice",
    "parallel_tool_calls",
    "metadata",
}
_COMPLETION = _SAMPLING | {"prompt", "best_of", "echo", "suffix"}
_EMBEDDING = {"model", "input", "encoding_format", "dimensions", "user"}


def chat_request(members: Members, typed: Any, model: str, *, tools_known: bool) -> Chat:
    """The engine's message for a chat completion; its id is the client's to give. Raises ApiError 400."""
    _refuse_unknown(members, _CHAT)
    if typed.response_format is not None and (kind := _tag(members["response_format"])) != "text":
        raise _unsupported(
            "response_format", f"This model does not support response_format {kind!r}.", "unsupported_value"
        )
    tools = _tools(members, typed, tools_known)
    if typed.top_logprobs is not None and not typed.logprobs:
        raise ApiError(400, "top_logprobs needs logprobs to be true.", code="invalid_value", param="top_logprobs")
    limit = typed.max_completion_tokens if typed.max_completion_tokens is not None else typed.max_tokens
    sampling = _sampling(typed, limit, (typed.top_logprobs or 0) if typed.logprobs else None)
    return Chat(0, model, msgspec.json.decode(members["messages"]), tools, sampling)


def completion_requests(members: Members, typed: Any, model: str) -> list[Complete]:
    """The engine's messages for a completion, one for each prompt. Raises ApiError 400."""
    _refuse_unknown(members, _COMPLETION)
    if typed.echo:
        raise _unsupported("echo", "This model does not support echo.")
    if typed.suffix:
        raise _unsupported("suffix", "This model does not support suffix.")
    if typed.best_of is not None and typed.best_of != (typed.n or 1):
        raise _unsupported("best_of", "This model does not support best_of other than n.", "unsupported_value")
    limit = typed.max_tokens if typed.max_tokens is not None else DEFAULT_COMPLETION_TOKENS
    sampling = _sampling(typed, limit, typed.logprobs)
    return [Complete(0, model, prompt, sampling) for prompt in _inputs(typed.prompt, "prompt")]


def embedding_request(members: Members, typed: Any, model: str) -> Embed:
    """The engine's message for embeddings. Raises ApiError 400."""
    _refuse_unknown(members, _EMBEDDING)
    if typed.encoding_format not in (None, "float", "base64"):
        problem = f"The encoding_format {typed.encoding_format!r} is neither 'float' nor 'base64'."
        raise _unsupported("encoding_format", problem, "unsupported_value")
    if typed.dimensions is not None:
        raise _unsupported("dimensions", "This model's vectors cannot be shortened: leave dimensions out.")
    return Embed(0, model, _inputs(typed.input, "input"))


def _sampling(typed: Any, max_tokens: int | None, top_logprobs: int | None) -> Sampling:
    stop = typed.stop
    return Sampling(
        max_tokens=max_tokens,
        temperature=_or(typed.temperature, 1.0),
        top_p=_or(typed.top_p, 1.0),
        seed=typed.seed,
        n=typed.n or 1,
        stop=() if stop is None else (stop,) if isinstance(stop, str) else tuple(stop),
        frequency_penalty=_or(typed.frequency_penalty, 0.0),
        presence_penalty=_or(typed.presence_penalty, 0.0),
        logit_bias=_logit_bias(typed.logit_bias),
        top_logprobs=top_logprobs,
    )


def _tools(members: Members, typed: Any, known: bool) -> list[dict[str, Any]] | None:
    choice = typed.tool_choice
    if choice is not None and choice not in ("auto", "none"):
        name = choice if isinstance(choice, str) else "a named function"
        raise _unsupported(
            "tool_choice", f"This model cannot be made to call a tool (tool_choice {name!r}).", "unsupported_value"
        )
    if not typed.tools or choice == "none":
        return None
    if not known:
        raise _unsupported("tools", "This model's chat template has no tools.")
    tools: list[dict[str, Any]] = msgspec.json.decode(members["tools"])
    return tools


def _inputs(value: Any, name: str) -> list[Any]:
    """One prompt or several: a text, texts, token ids, or lists of them."""
    if isinstance(value, str):
        return [value]
    if all(isinstance(item, int) for item in value):
        return [value]
    if any(isinstance(item, int) for item in value):
        raise ApiError(400, f"{name} mixes token ids with other inputs.", code="invalid_value", param=name)
    return list(value)


def _logit_bias(bias: Mapping[str, float] | None) -> dict[int, float]:
    try:
        return {int(token): addend for token, addend in (bias or {}).items()}
    except ValueError as error:
        raise ApiError(
            400, "The keys of logit_bias must be token ids.", code="invalid_value", param="logit_bias"
        ) from error


def _refuse_unknown(members: Members, known: set[str]) -> None:
    for name, value in members.items():
        if name not in known and bytes(value) != b"null":
            raise _unsupported(name, f"This model does not support {name}.")


def _unsupported(param: str, message: str, code: str = "unsupported_parameter") -> ApiError:
    return ApiError(400, message, code=code, param=param)


def _tag(raw: bytes) -> Any:
    value = msgspec.json.decode(raw)
    return value.get("type") if isinstance(value, dict) else None


def _or(value: float | None, default: float) -> float:
    return default if value is None else value
