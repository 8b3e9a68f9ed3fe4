"""Results of the Polyport API: `ProviderList`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .provider import Provider


class ProviderList(APIModel):
    """All providers that the gateway is set up with."""

    object: Literal["list"]
    """Always `list`."""

    data: list[Provider]
    """The providers, in the order of the configuration."""
