"""Input of the Polyport API: `StreamOptionsParam`."""

from __future__ import annotations

from typing_extensions import TypedDict

from .._runtime.keys import described_when_asked


@described_when_asked
class StreamOptionsParam(TypedDict, total=False):
    """Settings of a streamed answer. Only allowed together with `stream` set to true."""

    include_usage: bool
    """Sends one more chunk before `[DONE]`, with the usage of the whole request and no choices."""
