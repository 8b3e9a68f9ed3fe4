"""Input of the Polyport API: `UserMessageParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked

if TYPE_CHECKING:
    from .user_content_param import UserContentParam


@described_when_asked
class UserMessageParam(TypedDict, total=False):
    """What the user says."""

    role: Required[Literal["user"]]
    """Always `user`."""

    content: Required[UserContentParam]
    """What the user says."""

    name: str
    """Tells participants of the same role apart."""
