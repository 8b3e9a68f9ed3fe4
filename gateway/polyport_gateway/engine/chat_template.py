"""A model's own chat template: Jinja2 in a sandbox, with the functions that Hugging Face templates rely on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NoReturn

import jinja2
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .errors import RequestError


class ChatTemplate:
    """Lays out a conversation as the text that the model was trained on."""

    def __init__(self, source: str, names: Mapping[str, str]) -> None:
        """`names` are the special tokens (bos_token, eos_token, ...). Raises ValueError if the template does not parse."""
        environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
        environment.filters["tojson"] = _to_json
        environment.globals.update(
            raise_exception=_refuse, strftime_now=lambda pattern: datetime.now().strftime(pattern)
        )
        try:
            self._template = environment.from_string(source)
        except jinja2.TemplateError as error:
            raise ValueError(f"the chat template does not parse: {error}") from error
        self._names = dict(names)
        self.knows_tools = "tools" in source

    def render(self, messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]] | None = None) -> str:
        """The prompt, ready for the assistant's next words. Raises RequestError where the template refuses the conversation."""
        if tools and not self.knows_tools:
            raise RequestError("this model's chat template has no tools", "unsupported_parameter", "tools")
        plain = [_plain(index, message) for index, message in enumerate(messages)]
        try:
            return self._template.render(
                messages=plain, tools=list(tools) if tools else None, add_generation_prompt=True, **self._names
            )
        except RequestError:
            raise
        except Exception as error:  # a template's operations can raise anything
            raise RequestError(
                f"the model's chat template cannot lay out this conversation: {error}", param="messages"
            ) from error


def _plain(index: int, message: Mapping[str, Any]) -> dict[str, Any]:
    """The message with its text parts joined; parts that are not text are refused by name."""
    content = message.get("content")
    if isinstance(content, list):
        for number, part in enumerate(content):
            if not isinstance(part, dict) or part.get("type") != "text":
                kind = part.get("type") if isinstance(part, dict) else type(part).__name__
                raise RequestError(
                    f"this model reads text only, not {kind!r} parts",
                    "unsupported_value",
                    f"messages[{index}].content[{number}]",
                )
        content = "".join(part.get("text", "") for part in content)
    plain = {**message, "content": content if content is not None else ""}
    if plain.get("role") == "developer":
        plain["role"] = "system"  # the newer name of the same role; templates know the older
    if calls := plain.get("tool_calls"):
        plain["tool_calls"] = [_plain_call(call) for call in calls]
    return plain


def _plain_call(call: Any) -> Any:
    """The wire has a call's arguments as JSON text, templates want the value."""
    function = call.get("function") if isinstance(call, dict) else None
    if not isinstance(function, dict) or not isinstance(function.get("arguments"), str):
        return call
    try:
        return {**call, "function": {**function, "arguments": json.loads(function["arguments"])}}
    except ValueError:
        return call


def _refuse(message: str) -> NoReturn:
    raise RequestError(message, param="messages")


def _to_json(value: Any, ensure_ascii: bool = False, indent: int | None = None, **_: Any) -> str:
    """As Hugging Face has it: not escaped for HTML."""
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent)
