"""Input of the Polyport API: `ImagePartParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked

if TYPE_CHECKING:
    from .image_url_param import ImageUrlParam


@described_when_asked
class ImagePartParam(TypedDict, total=False):
    """An image."""

    type: Required[Literal["image_url"]]
    """Always `image_url`."""

    image_url: Required[ImageUrlParam]
    """Where an image is, and how closely to look at it."""
