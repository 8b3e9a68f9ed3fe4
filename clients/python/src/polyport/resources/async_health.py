"""The asynchronous `client.health`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.resource import AsyncResource
from .._runtime.sentinels import NOT_GIVEN
from .._runtime.settings import CallOptions
from .health import HealthResource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.sentinels import NotGiven
    from ..types.health import Health


class AsyncHealthResource(AsyncResource):
    """Calls of `client.health`."""

    async def retrieve(
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
            await client.health.retrieve()
        """
        return await self._client._request(
            HealthResource._RETRIEVE,
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )
