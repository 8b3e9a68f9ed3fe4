"""Results of the Polyport API: `ProviderStatus`."""

from __future__ import annotations

from typing import Literal, TypeAlias

ProviderStatus: TypeAlias = Literal["starting", "up", "degraded", "down"] | str
"""`starting` until it can serve, `up` when it can, `degraded` when requests have failed
lately, `down`
when it is not asked for now.
"""
