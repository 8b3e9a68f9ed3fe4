"""Input of the Polyport API: `RefusalPartParam`."""

from __future__ import annotations

from typing import Literal

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked


@described_when_asked
class RefusalPartParam(TypedDict, total=False):
    """A refusal."""

    type: Required[Literal["refusal"]]
    """Always `refusal`."""

    refusal: Required[str]
    """Why the model refused to answer."""
