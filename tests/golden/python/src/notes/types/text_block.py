"""Results of the Notes API: `TextBlock`."""

from __future__ import annotations

from typing import Literal

from .._runtime.models import APIModel


class TextBlock(APIModel):
    type: Literal["text"]

    text: str
