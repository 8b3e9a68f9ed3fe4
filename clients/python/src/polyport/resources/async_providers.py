"""The asynchronous `client.providers`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.resource import AsyncResource
from .._runtime.sentinels import NOT_GIVEN
from .._runtime.settings import CallOptions
from .providers import ProvidersResource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.pagination import AsyncPages
    from .._runtime.sentinels import NotGiven
    from ..types.provider import Provider


class AsyncProvidersResource(AsyncResource):
    """Where models run."""

    def list(
        self,
        *,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> AsyncPages[Provider]:
        """List providers

        The places where models run, with their state.

        Args:
            extra_headers, extra_query, extra_body: Sent with this call only; a header that is
                None is left out.
            timeout: Seconds for one try of this call.

        Raises:
            APIStatusError: other; its `data` is `Error`.

        Example:
            client.providers.list()
        """
        return self._client._page(
            ProvidersResource._LIST,
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )

    async def retrieve(
        self,
        provider: str,
        *,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> Provider:
        """Get a provider

        Args:
            provider: The provider's name.
            extra_headers, extra_query, extra_body: Sent with this call only; a header that is
                None is left out.
            timeout: Seconds for one try of this call.

        Raises:
            APIStatusError: other; its `data` is `Error`.

        Example:
            await client.providers.retrieve(provider="local")
        """
        return await self._client._request(
            ProvidersResource._RETRIEVE,
            arguments={"path": {"provider": provider}},
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )
