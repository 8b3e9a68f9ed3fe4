"""`client.providers` of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime import operation as op
from .._runtime.resource import SyncResource
from .._runtime.sentinels import NOT_GIVEN
from .._runtime.settings import CallOptions
from ..types.error import Error
from ..types.provider import Provider

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.pagination import SyncPage
    from .._runtime.sentinels import NotGiven


class ProvidersResource(SyncResource):
    """Where models run."""

    _LIST: op.Operation[Provider] = op.Operation(
        id="listProviders",
        method="GET",
        path="/v1/providers",
        result=Provider,
        paging=op.Paging("single", items=("data",)),
        errors={"default": Error},
        security=(("bearer",), ()),
    )

    _RETRIEVE: op.Operation[Provider] = op.Operation(
        id="retrieveProvider",
        method="GET",
        path="/v1/providers/{provider}",
        result=Provider,
        parameters=(op.Param("path", "provider"),),
        errors={"default": Error},
        security=(("bearer",), ()),
    )

    def list(
        self,
        *,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> SyncPage[Provider]:
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
            self._LIST,
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )

    def retrieve(
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
            client.providers.retrieve(provider="local")
        """
        return self._client._request(
            self._RETRIEVE,
            arguments={"path": {"provider": provider}},
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )
