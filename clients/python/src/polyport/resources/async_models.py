"""The asynchronous `client.models`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.resource import AsyncResource
from .._runtime.sentinels import NOT_GIVEN
from .._runtime.settings import CallOptions
from .models import ModelsResource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.pagination import AsyncPages
    from .._runtime.sentinels import NotGiven
    from ..types.model import Model


class AsyncModelsResource(AsyncResource):
    """What requests may name."""

    def list(
        self,
        *,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> AsyncPages[Model]:
        """List models

        The models that the caller may use, of all providers.

        Args:
            extra_headers, extra_query, extra_body: Sent with this call only; a header that is
                None is left out.
            timeout: Seconds for one try of this call.

        Raises:
            APIStatusError: other; its `data` is `Error`.

        Example:
            client.models.list()
        """
        return self._client._page(
            ModelsResource._LIST,
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )

    async def retrieve(
        self,
        model: str,
        *,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> Model:
        """Get a model

        Args:
            model: The model's id. Slashes in it are encoded as `%2F`.
            extra_headers, extra_query, extra_body: Sent with this call only; a header that is
                None is left out.
            timeout: Seconds for one try of this call.

        Raises:
            APIStatusError: other; its `data` is `Error`.

        Example:
            await client.models.retrieve(model="smollm2-135m")
        """
        return await self._client._request(
            ModelsResource._RETRIEVE,
            arguments={"path": {"model": model}},
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )
