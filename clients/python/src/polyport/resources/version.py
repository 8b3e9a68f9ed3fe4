"""`client.version` of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime import operation as op
from .._runtime.resource import SyncResource
from .._runtime.sentinels import NOT_GIVEN
from .._runtime.settings import CallOptions
from ..types.error import Error
from ..types.version import Version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.sentinels import NotGiven


class VersionResource(SyncResource):
    """Calls of `client.version`."""

    _RETRIEVE: op.Operation[Version] = op.Operation(
        id="retrieveVersion",
        method="GET",
        path="/version",
        result=Version,
        errors={"default": Error},
    )

    def retrieve(
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
            client.version.retrieve()
        """
        return self._client._request(
            self._RETRIEVE,
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )
