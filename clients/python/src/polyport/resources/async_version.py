"""The asynchronous `client.version`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.resource import AsyncResource
from .._runtime.sentinels import NOT_GIVEN
from .._runtime.settings import CallOptions
from .version import VersionResource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.sentinels import NotGiven
    from ..types.version import Version


class AsyncVersionResource(AsyncResource):
    """Calls of `client.version`."""

    async def retrieve(
        self,
        *,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> Version:
        """Ask what is running

        Needs no key.

        Args:
            extra_headers, extra_query, extra_body: Sent with this call only; a header that is
                None is left out.
            timeout: Seconds for one try of this call.

        Raises:
            APIStatusError: other; its `data` is `Error`.

        Example:
            await client.version.retrieve()
        """
        return await self._client._request(
            VersionResource._RETRIEVE,
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )
