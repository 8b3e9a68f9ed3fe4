"""Tool calls as models write them: Hermes (`<tool_call>{...}</tool_call>`) and Llama 3 (the whole answer is one JSON object)."""

from __future__ import annotations

import re
import uuid
from typing import Any

import msgspec

from polyport_gateway.providers.local_wire import Function, ToolCall

_HERMES = re.compile(r"<tool_call>\s*(\{.*?\})\s*</tool_call>", re.DOTALL)
_OPENING = "<tool_call>"


def settled(text: str, begun: bool) -> int:
    """How many characters of an unfinished answer are surely not part of a tool call. `begun`: other text came before."""
    if not begun and text.lstrip()[:1] in ("", "{"):
        return 0
    at = text.find(_OPENING)
    if at >= 0:
        return at
    return next((len(text) - n for n in range(len(_OPENING) - 1, 0, -1) if text.endswith(_OPENING[:n])), len(text))


def parse_calls(text: str, names: set[str]) -> tuple[str | None, list[ToolCall]]:
    """The answer without its calls (None if nothing is left), and the calls of the functions in `names`, in order."""
    calls = [call for match in _HERMES.finditer(text) if (call := _call(match[1], names)) is not None]
    if calls:
        rest = _HERMES.sub("", text).strip()
        return rest or None, calls
    if text.lstrip().startswith("{") and (call := _call(text.strip(), names)) is not None:
        return None, [call]
    return text, []


def _call(text: str, names: set[str]) -> ToolCall | None:
    try:
        value: Any = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return None
    if not isinstance(value, dict) or value.get("name") not in names:
        return None
    arguments = value.get("arguments", value.get("parameters", {}))
    written = arguments if isinstance(arguments, str) else msgspec.json.encode(arguments).decode()
    return ToolCall(id=f"call_{uuid.uuid4().hex[:24]}", function=Function(value["name"], written))
