"""Input of the Notes API: `NewNoteParam`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked

if TYPE_CHECKING:
    from .block_param import BlockParam


@described_when_asked
class NewNoteParam(TypedDict, total=False):
    blocks: Required[Sequence[BlockParam]]

    stream: bool
    """Default: `False`."""

    title: str | None
    """Null takes it away."""

    size: int

    labels: Mapping[str, str]
