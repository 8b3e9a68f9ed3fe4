"""Client of the Notes API."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import types as types
    from ._async_client import AsyncNotes as AsyncNotes
    from ._client import Notes as Notes
    from ._info import __version__ as __version__
    from ._runtime.accumulate import DeltaAccumulator as DeltaAccumulator
    from ._runtime.async_http_transport import AsyncHttpTransport as AsyncHttpTransport
    from ._runtime.errors import APIConnectionError as APIConnectionError
    from ._runtime.errors import APIDecodingError as APIDecodingError
    from ._runtime.errors import APIError as APIError
    from ._runtime.errors import APIStatusError as APIStatusError
    from ._runtime.errors import APIStreamError as APIStreamError
    from ._runtime.errors import APITimeoutError as APITimeoutError
    from ._runtime.errors import AuthenticationError as AuthenticationError
    from ._runtime.errors import BadRequestError as BadRequestError
    from ._runtime.errors import ConflictError as ConflictError
    from ._runtime.errors import InternalServerError as InternalServerError
    from ._runtime.errors import MissingCredentialError as MissingCredentialError
    from ._runtime.errors import NotFoundError as NotFoundError
    from ._runtime.errors import PermissionDeniedError as PermissionDeniedError
    from ._runtime.errors import RateLimitError as RateLimitError
    from ._runtime.errors import UnprocessableEntityError as UnprocessableEntityError
    from ._runtime.errors import UnsupportedByTransportError as UnsupportedByTransportError
    from ._runtime.http_transport import HttpTransport as HttpTransport
    from ._runtime.models import APIModel as APIModel
    from ._runtime.models import Unknown as Unknown
    from ._runtime.operation import AsyncTransport as AsyncTransport
    from ._runtime.operation import Call as Call
    from ._runtime.operation import Transport as Transport
    from ._runtime.pagination import AsyncPage as AsyncPage
    from ._runtime.pagination import AsyncPages as AsyncPages
    from ._runtime.pagination import SyncPage as SyncPage
    from ._runtime.responses import AsyncBinaryResponse as AsyncBinaryResponse
    from ._runtime.responses import BinaryResponse as BinaryResponse
    from ._runtime.responses import RawResponse as RawResponse
    from ._runtime.sentinels import NOT_GIVEN as NOT_GIVEN
    from ._runtime.sentinels import NotGiven as NotGiven
    from ._runtime.sse import ServerSentEvent as ServerSentEvent
    from ._runtime.streaming import AsyncStream as AsyncStream
    from ._runtime.streaming import Stream as Stream
    from ._runtime.uploads import Upload as Upload
else:
    from ._runtime.lazy import lazy_names

    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "._async_client": "AsyncNotes",
            "._client": "Notes",
            "._info": "__version__",
            "._runtime.accumulate": "DeltaAccumulator",
            "._runtime.async_http_transport": "AsyncHttpTransport",
            "._runtime.errors": (
                "APIConnectionError APIDecodingError APIError APIStatusError APIStreamError "
                "APITimeoutError AuthenticationError BadRequestError ConflictError "
                "InternalServerError MissingCredentialError NotFoundError "
                "PermissionDeniedError RateLimitError UnprocessableEntityError "
                "UnsupportedByTransportError"
            ),
            "._runtime.http_transport": "HttpTransport",
            "._runtime.models": "APIModel Unknown",
            "._runtime.operation": "AsyncTransport Call Transport",
            "._runtime.pagination": "AsyncPage AsyncPages SyncPage",
            "._runtime.responses": "AsyncBinaryResponse BinaryResponse RawResponse",
            "._runtime.sentinels": "NOT_GIVEN NotGiven",
            "._runtime.sse": "ServerSentEvent",
            "._runtime.streaming": "AsyncStream Stream",
            "._runtime.uploads": "Upload",
        },
        ["types"],
    )
