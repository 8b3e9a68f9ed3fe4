"""Input of the Polyport API: `ImageUrlParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked

if TYPE_CHECKING:
    from .image_url_detail import ImageUrlDetail


@described_when_asked
class ImageUrlParam(TypedDict, total=False):
    """Where an image is, and how closely to look at it."""

    url: Required[str]
    """A web address, or a `data:` URL with the image itself in base64."""

    detail: ImageUrlDetail
    """How closely to look. More detail costs more tokens; `auto` leaves the choice to the model."""
