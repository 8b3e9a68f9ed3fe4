"""Input of the Polyport API: `UserMessageParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from typing import Literal

    from .user_content_param import UserContentParam


class UserMessageParam(TypedDict, total=False):
    """What the user says."""

    role: Required[Literal["user"]]
    """Always `user`."""

    content: Required[UserContentParam]
    """What the user says."""

    name: str
    """Tells participants of the same role apart."""
