"""The one error that crosses layers, and how its kinds map to HTTP and gRPC.

`ApiError` is what services, providers and doors raise and understand. The HTTP door writes it as
`{"error": {"message", "type", "param", "code"}}` with `status`; the gRPC door writes the same members as details of the
status that `grpc_code` names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

#: HTTP status -> (error type of the wire, gRPC status code name). One to one for the kinds the gateway raises.
KINDS: Final[dict[int, tuple[str, str]]] = {
    400: ("invalid_request_error", "INVALID_ARGUMENT"),
    401: ("authentication_error", "UNAUTHENTICATED"),
    403: ("permission_error", "PERMISSION_DENIED"),
    404: ("not_found_error", "NOT_FOUND"),
    405: ("invalid_request_error", "UNIMPLEMENTED"),
    408: ("timeout_error", "DEADLINE_EXCEEDED"),
    409: ("conflict_error", "ABORTED"),
    413: ("invalid_request_error", "RESOURCE_EXHAUSTED"),
    415: ("invalid_request_error", "INVALID_ARGUMENT"),
    422: ("invalid_request_error", "INVALID_ARGUMENT"),
    429: ("rate_limit_error", "RESOURCE_EXHAUSTED"),
    431: ("invalid_request_error", "RESOURCE_EXHAUSTED"),
    499: ("request_cancelled", "CANCELLED"),
    500: ("server_error", "INTERNAL"),
    501: ("not_supported_error", "UNIMPLEMENTED"),
    502: ("upstream_error", "UNAVAILABLE"),
    503: ("overloaded_error", "UNAVAILABLE"),
    504: ("timeout_error", "DEADLINE_EXCEEDED"),
}


class ErrorBody(msgspec.Struct, frozen=True):
    """The members of `error` on the wire, in the order in which they are written."""

    message: str
    type: str
    param: str | None = None
    code: str | None = None


class ErrorEnvelope(msgspec.Struct, frozen=True):
    """The one error shape: `{"error": {...}}`."""

    error: ErrorBody


class ApiError(Exception):
    """A failure with everything that either door needs to report it.

    `status` is the HTTP status, `type` the wire's error type (by default the status's own, see `KINDS`), `code` a short
    machine-readable word, `param` the JSON path of the offending member without `$.`, `retry_after` seconds.
    `headers` are extra response headers, lower-case names.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        type: str | None = None,
        code: str | None = None,
        param: str | None = None,
        retry_after: float | None = None,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.type = type if type is not None else error_type(status)
        self.code = code
        self.param = param
        self.retry_after = retry_after
        self.headers = headers

    @property
    def grpc_code(self) -> str:
        """The name of the `grpc.StatusCode` member that stands for this error."""
        return grpc_code(self.status)

    def body(self) -> bytes:
        """The error as JSON, for a response body or the data of an error event."""
        return msgspec.json.encode(ErrorEnvelope(ErrorBody(self.message, self.type, self.param, self.code)))


def error_type(status: int) -> str:
    """The wire's error type for an HTTP status, also for statuses that `KINDS` does not list."""
    if status in KINDS:
        return KINDS[status][0]
    return "invalid_request_error" if status < 500 else "server_error"


def grpc_code(status: int) -> str:
    """The gRPC status code name for an HTTP status, also for statuses that `KINDS` does not list."""
    if status in KINDS:
        return KINDS[status][1]
    return "FAILED_PRECONDITION" if status < 500 else "UNKNOWN"


def invalid_parameter(name: str, message: str) -> ApiError:
    """400 for a path, query, header or cookie parameter that is missing or does not fit."""
    return ApiError(400, message, code="invalid_parameter", param=name)


def unknown_model(model: str) -> ApiError:
    """404 for a model name that no configured provider serves."""
    message = f"The model '{model}' does not exist here. GET /v1/models lists the models that do."
    return ApiError(404, message, code="model_not_found", param="model")


def models_unknown(model: str, reasons: Mapping[str, str]) -> ApiError:
    """503 for a model name that a provider might serve which could not be asked; `reasons` by provider."""
    why = "; ".join(f"{name}: {reason}" for name, reason in reasons.items())
    message = f"Whether the model '{model}' exists cannot be told now. {why}."
    return ApiError(503, message, code="models_unknown", param="model")
