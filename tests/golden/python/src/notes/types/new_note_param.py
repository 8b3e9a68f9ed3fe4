"""Input of the Notes API: `NewNoteParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .block_param import BlockParam


class NewNoteParam(TypedDict, total=False):
    blocks: Required[Sequence[BlockParam]]

    stream: bool
    """Default: `False`."""

    title: str | None
    """Null takes it away."""

    size: int

    labels: Mapping[str, str]
