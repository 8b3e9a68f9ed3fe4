"""`client.health` of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime import operation as op
from .._runtime.resource import SyncResource
from .._runtime.sentinels import NOT_GIVEN
from .._runtime.settings import CallOptions
from ..types.error import Error
from ..types.health import Health

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.sentinels import NotGiven


class HealthResource(SyncResource):
    """Calls of `client.health`."""

    _RETRIEVE: op.Operation[Health] = op.Operation(
        id="retrieveHealth",
        method="GET",
        path="/health",
        result=Health,
        errors={"default": Error},
    )

    def retrieve(
        self,
        *,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> Health:
        """Ask for a sign of life

        Answers at once, also while models are still being loaded. Needs no key.

        Args:
            extra_headers, extra_query, extra_body: Sent with this call only; a header that is
                None is left out.
            timeout: Seconds for one try of this call.

        Raises:
            APIStatusError: other; its `data` is `Error`.

        Example:
            client.health.retrieve()
        """
        return self._client._request(
            self._RETRIEVE,
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )
