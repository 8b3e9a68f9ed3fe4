"""The one tree of errors that a call can raise."""

from __future__ import annotations

import json
from typing import Any

from .headers import Headers


class APIError(Exception):
    """Anything that went wrong in a call. `method` and `path` name the call."""

    def __init__(
        self,
        message: str,
        *,
        method: str = "",
        path: str = "",
        request_id: str | None = None,
    ) -> None:
        self.message = message
        self.method = method
        self.path = path
        self.request_id = request_id
        super().__init__(message)

    def __str__(self) -> str:
        place = f"{self.method} {self.path}: " if self.method else ""
        request = f" (request id {self.request_id})" if self.request_id else ""
        return f"{place}{self.message}{request}"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.args, self.__dict__)


class MissingCredentialError(APIError):
    """The call needs a credential that the client was not given; nothing was sent."""


class APIStatusError(APIError):
    """The server answered with a status that is not a success.

    Attributes:
        status: the HTTP status (over gRPC the one that stands for its status).
        headers: the response headers.
        body: the decoded JSON body, or its text when it is not JSON.
        data: the body as the type that the document gives for this status; None without one.
        retry_after: seconds that the server asked to wait, if it did.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        headers: Headers,
        body: Any,
        retry_after: float | None = None,
        method: str = "",
        path: str = "",
    ) -> None:
        super().__init__(message, method=method, path=path, request_id=headers.get("x-request-id"))
        self.status = status
        self.headers = headers
        self.body = body
        self.data: Any = None
        self.retry_after = retry_after


class BadRequestError(APIStatusError):
    """400: the server could not read the request."""


class AuthenticationError(APIStatusError):
    """401: the key is missing or wrong."""


class PermissionDeniedError(APIStatusError):
    """403: the key may not do this."""


class NotFoundError(APIStatusError):
    """404: there is no such thing."""


class ConflictError(APIStatusError):
    """409: the state of the resource forbids it."""


class UnprocessableEntityError(APIStatusError):
    """422: the request is well formed but wrong."""


class RateLimitError(APIStatusError):
    """429: too many requests; see `retry_after`."""


class InternalServerError(APIStatusError):
    """5xx: the server failed."""


class APIConnectionError(APIError):
    """The server could not be reached, or the connection broke before an answer was there."""


class APITimeoutError(APIConnectionError):
    """The call, or the silence within a stream, took too long."""


class APIDecodingError(APIError):
    """The answer is not what it claims to be. `raw` has its bytes."""

    def __init__(
        self,
        message: str,
        *,
        raw: bytes,
        method: str = "",
        path: str = "",
        request_id: str | None = None,
    ) -> None:
        super().__init__(message, method=method, path=path, request_id=request_id)
        self.raw = raw


class APIStreamError(APIError):
    """A stream carried an error event or ended too early. `body` has the event's data, if any."""

    def __init__(
        self,
        message: str,
        *,
        body: Any = None,
        method: str = "",
        path: str = "",
        request_id: str | None = None,
    ) -> None:
        super().__init__(message, method=method, path=path, request_id=request_id)
        self.body = body


class UnsupportedByTransportError(APIError):
    """The call needs something that the client's transport does not have; the message names it."""


_BY_STATUS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}


def status_error(
    status: int,
    headers: Headers,
    content: bytes,
    *,
    method: str,
    path: str,
    retry_after: float | None = None,
) -> APIStatusError:
    """The error that stands for a failed answer with the body `content`."""
    text = content.decode("utf-8", "replace")
    try:
        body = json.loads(text)
    except ValueError:
        body = text or None
    said = server_message(body) or text.strip()[:200]
    kind = _BY_STATUS.get(status, InternalServerError if status >= 500 else APIStatusError)
    return kind(
        f"{status} {said}".rstrip(),
        status=status,
        headers=headers,
        body=body,
        retry_after=retry_after,
        method=method,
        path=path,
    )


def server_message(body: Any) -> str | None:
    """The server's own words in an error body, wherever the common dialects put them."""
    if not isinstance(body, dict):
        return None
    error = body.get("error")
    nested = error.get("message") if isinstance(error, dict) else None
    for candidate in (nested, body.get("message"), error, body.get("detail")):
        if isinstance(candidate, str) and candidate:
            return candidate
    return None


def _restore(kind: type[APIError], args: tuple[Any, ...], state: dict[str, Any]) -> APIError:
    """Unpickles an error without its constructor, whose arguments differ by class."""
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error
