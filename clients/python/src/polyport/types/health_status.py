"""Results of the Polyport API: `HealthStatus`."""

from __future__ import annotations

from typing import Literal, TypeAlias

HealthStatus: TypeAlias = Literal["starting", "ok", "draining"] | str
"""`starting` while models are being loaded, `ok` when all is there, `draining` while it shuts down.
"""
