"""Results of the Polyport API: `Health`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .health_status import HealthStatus


class Health(APIModel):
    """That the gateway is there, and what it is doing."""

    status: HealthStatus
    """`starting` while models are being loaded, `ok` when all is there, `draining` while it
    shuts down.
    """
