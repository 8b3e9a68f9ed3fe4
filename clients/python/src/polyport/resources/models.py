"""`client.models` of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime import operation as op
from .._runtime.resource import SyncResource
from .._runtime.sentinels import NOT_GIVEN
from .._runtime.settings import CallOptions
from ..types.error import Error
from ..types.model import Model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.pagination import SyncPage
    from .._runtime.sentinels import NotGiven


class ModelsResource(SyncResource):
    """What requests may name."""

    _LIST: op.Operation[Model] = op.Operation(
        id="listModels",
        method="GET",
        path="/v1/models",
        result=Model,
        paging=op.Paging("single", items=("data",)),
        errors={"default": Error},
        security=(("bearer",), ()),
    )

    _RETRIEVE: op.Operation[Model] = op.Operation(
        id="retrieveModel",
        method="GET",
        path="/v1/models/{model}",
        result=Model,
        parameters=(op.Param("path", "model"),),
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
    ) -> SyncPage[Model]:
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
            self._LIST,
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )

    def retrieve(
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
            client.models.retrieve(model="smollm2-135m")
        """
        return self._client._request(
            self._RETRIEVE,
            arguments={"path": {"model": model}},
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )
