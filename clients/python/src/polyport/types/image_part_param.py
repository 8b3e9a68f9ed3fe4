"""Input of the Polyport API: `ImagePartParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from typing import Literal

    from .image_url_param import ImageUrlParam


class ImagePartParam(TypedDict, total=False):
    """An image."""

    type: Required[Literal["image_url"]]
    """Always `image_url`."""

    image_url: Required[ImageUrlParam]
    """Where an image is, and how closely to look at it."""
