"""Results of the Polyport API: `FinishReason`."""

from __future__ import annotations

from typing import Literal, TypeAlias

FinishReason: TypeAlias = Literal["stop", "length", "tool_calls", "content_filter"] | str
"""Why the answer ended: `stop` at its natural end or a stop text, `length` at the token limit,
`tool_calls` because tools are called, `content_filter` because a filter cut it.
"""
