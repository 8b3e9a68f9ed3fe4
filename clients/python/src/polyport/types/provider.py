"""Results of the Polyport API: `Provider`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .provider_status import ProviderStatus


class Provider(APIModel):
    """A place where models run."""

    id: str
    """The provider's name in the gateway's configuration."""

    object: Literal["provider"]
    """Always `provider`."""

    type: str
    """The kind of provider, such as `local` or `openai`."""

    status: ProviderStatus
    """`starting` until it can serve, `up` when it can, `degraded` when requests have failed lately,
    `down` when it is not asked for now.
    """

    models: list[str]
    """The ids of the models that it is known to serve."""
