"""Input of the Polyport API: `RefusalPartParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from typing import Literal


class RefusalPartParam(TypedDict, total=False):
    """A refusal."""

    type: Required[Literal["refusal"]]
    """Always `refusal`."""

    refusal: Required[str]
    """Why the model refused to answer."""
