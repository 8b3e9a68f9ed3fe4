"""Input of the Notes API: `AttachFileRequestParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from .._runtime.uploads import Upload


class AttachFileRequestParam(TypedDict, total=False):
    file: Required[Upload]

    name: str
    """Named like a part of the path."""
