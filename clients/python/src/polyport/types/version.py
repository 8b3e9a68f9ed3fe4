"""Results of the Polyport API: `Version`."""

from __future__ import annotations

from .._runtime.models import APIModel


class Version(APIModel):
    """What is running."""

    version: str
    """The gateway's version."""

    api_version: str
    """The version of the API document that it serves."""
