"""Input of the Notes API: `AttachFileRequestParam`."""

from __future__ import annotations

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked
from .._runtime.uploads import Upload


@described_when_asked
class AttachFileRequestParam(TypedDict, total=False):
    file: Required[Upload]

    name: str
    """Named like a part of the path."""
