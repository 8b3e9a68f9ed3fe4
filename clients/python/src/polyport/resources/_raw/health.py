"""`HealthResource` with raw responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._runtime.responses import raw

if TYPE_CHECKING:
    from ..health import HealthResource


class HealthResourceWithRawResponse:
    """`HealthResource` with raw responses: status and headers beside the result."""

    def __init__(self, parent: HealthResource) -> None:
        self._parent = parent
        self.retrieve = raw(parent.retrieve)
