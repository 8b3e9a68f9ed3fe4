"""The error map of servers that speak the OpenAI dialect: what their failures are called here."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from time import time
from typing import Any

import msgspec

from polyport_gateway.core.errors import ApiError
from polyport_gateway.core.routing import UNREACHABLE
from polyport_gateway.upstream.errors import Fault, UpstreamError

#: Statuses that mean the same thing here as there; others become 400 (client errors) or 502.
_SAME = frozenset({400, 403, 404, 409, 413, 415, 422, 429, 500, 503, 504})


def from_response(provider: str, status: int, headers: Mapping[str, str], body: bytes) -> ApiError:
    """The error for an answer whose status is not 2xx. `Retry-After` is kept.

    An upstream that refuses the gateway's key (401) is the operator's problem, not the caller's: it becomes 502.
    """
    message, kind, code, param = describe(body)
    retry_after = parse_retry_after(headers.get("retry-after"))
    if status == 401:
        text = f"The provider '{provider}' refused the gateway's key: {message or 'no reason given'}"
        return ApiError(502, text, code="provider_refused_key")
    message = message or f"The provider '{provider}' answered with status {status}."
    mapped = status if status in _SAME else 504 if status == 408 else 400 if 400 <= status < 500 else 502
    return ApiError(mapped, message, type=kind, code=code, param=param, retry_after=retry_after)


def from_event(provider: str, data: bytes) -> ApiError:
    """The error for an error event in the middle of a stream."""
    message, kind, code, param = describe(data)
    return ApiError(
        502, message or f"The provider '{provider}' ended the stream with an error.", type=kind, code=code, param=param
    )


def from_fault(provider: str, error: UpstreamError) -> ApiError:
    """The error for an upstream that gave no answer, or not all of it."""
    message = f"The provider '{provider}' failed: {error.message}."
    if error.fault is Fault.TIMEOUT:
        return ApiError(504, message, code="provider_timeout")
    if error.fault in (Fault.UNREACHABLE, Fault.CLOSED) and not error.answered:
        return ApiError(502, message, code=UNREACHABLE)
    return ApiError(502, message, code="provider_failed")


def describe(body: bytes) -> tuple[str, str | None, str | None, str | None]:
    """Message, type, code and param of an error body, wherever this server puts them; "" and None where it does not."""
    try:
        found = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return body[:200].decode("utf-8", "replace").strip(), None, None, None
    inner = found.get("error", found) if isinstance(found, dict) else found
    if isinstance(inner, str):
        return inner, None, None, None
    if not isinstance(inner, dict):
        return "", None, None, None
    message = inner.get("message") or inner.get("detail") or ""
    if not isinstance(message, str):
        message = msgspec.json.encode(message).decode()
    return message, _word(inner.get("type")), _word(inner.get("code")), _word(inner.get("param"))


def parse_retry_after(value: str | None) -> float | None:
    """Seconds from a Retry-After header (seconds or an HTTP date); None when absent or unreadable."""
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time())
    except (TypeError, ValueError):
        return None


def _word(value: Any) -> str | None:
    return None if value is None else str(value)
