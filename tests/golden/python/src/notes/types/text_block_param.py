"""Input of the Notes API: `TextBlockParam`."""

from __future__ import annotations

from typing import Literal

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked


@described_when_asked
class TextBlockParam(TypedDict, total=False):
    type: Required[Literal["text"]]

    text: Required[str]
