"""API errors as gRPC statuses with details (google.rpc.Status, AIP-193).

A failed call ends with the status code that `ApiError.grpc_code` names and the error's message. The details hold the
API's own error message, `google.rpc.ErrorInfo` (reason: the error's code; metadata: type, param, http_status) and, when
the error says so, `google.rpc.RetryInfo`. For clients without google.rpc the same stands in the trailers:
`x-http-status`, `retry-after` in seconds, and `x-error-bin`, the JSON body that REST would have sent.
"""

from __future__ import annotations

import math
from typing import Final

import msgspec
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.duration_pb2 import Duration
from google.rpc import error_details_pb2, status_pb2  # type: ignore[import-untyped]
from grpc import StatusCode  # type: ignore[import-untyped]

from polyport_gateway.core.errors import ApiError
from polyport_gateway.generated.wire import ERROR

DOMAIN: Final = "polyport"

Trailers = list[tuple[str, str | bytes]]

#: Trailers have a limit that a long message must not reach; the whole message is in the log of whoever wrote it.
_LONGEST = 1000


def shortened(error: ApiError) -> ApiError:
    """The error with a message that fits into trailers."""
    if len(error.message) <= _LONGEST:
        return error
    return ApiError(
        error.status,
        f"{error.message[:_LONGEST]}...",
        type=error.type,
        code=error.code,
        param=error.param[:_LONGEST] if error.param is not None else None,
        retry_after=error.retry_after,
        headers=error.headers,
    )


def error_trailers(error: ApiError) -> Trailers:
    """The trailing metadata of a failed call, the rich status included."""
    out: Trailers = [
        ("x-http-status", str(error.status)),
        ("x-error-bin", error.body()),
        ("grpc-status-details-bin", _status(error)),
    ]
    if error.retry_after is not None:
        out.append(("retry-after", str(math.ceil(error.retry_after))))
    return out


def _status(error: ApiError) -> bytes:
    info = error_details_pb2.ErrorInfo(reason=(error.code or error.type).upper(), domain=DOMAIN)
    info.metadata.update({"type": error.type, "http_status": str(error.status)})
    if error.param is not None:
        info.metadata["param"] = error.param
    details = [_packed("google.rpc.ErrorInfo", info.SerializeToString())]
    if ERROR is not None:
        details.append(_packed(ERROR.name, ERROR.encode(msgspec.json.decode(error.body()))))
    if error.retry_after is not None:
        delay = Duration()
        delay.FromNanoseconds(int(error.retry_after * 1_000_000_000))
        details.append(
            _packed("google.rpc.RetryInfo", error_details_pb2.RetryInfo(retry_delay=delay).SerializeToString())
        )
    code: int = StatusCode[error.grpc_code].value[0]
    data: bytes = status_pb2.Status(code=code, message=error.message, details=details).SerializeToString()
    return data


def _packed(name: str, data: bytes) -> AnyMessage:
    return AnyMessage(type_url=f"type.googleapis.com/{name}", value=data)
