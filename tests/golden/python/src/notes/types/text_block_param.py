"""Input of the Notes API: `TextBlockParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from typing import Literal


class TextBlockParam(TypedDict, total=False):
    type: Required[Literal["text"]]

    text: Required[str]
