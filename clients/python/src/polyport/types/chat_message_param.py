"""Input of the Polyport API: `ChatMessageParam`."""

from __future__ import annotations

from typing import TypeAlias, Union

from .assistant_message_param import AssistantMessageParam
from .developer_message_param import DeveloperMessageParam
from .system_message_param import SystemMessageParam
from .tool_message_param import ToolMessageParam
from .user_message_param import UserMessageParam

ChatMessageParam: TypeAlias = Union[
    DeveloperMessageParam,
    SystemMessageParam,
    UserMessageParam,
    AssistantMessageParam,
    ToolMessageParam,
]
"""One message of a conversation."""
