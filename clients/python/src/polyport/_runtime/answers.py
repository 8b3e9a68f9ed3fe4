"""What the two HTTP outcomes share: the head, the decoded body, the events. Does no I/O."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx

from .errors import (
    APIConnectionError,
    APIDecodingError,
    APIError,
    APIStreamError,
    APITimeoutError,
    server_message,
)
from .headers import Headers
from .operation import Call
from .retries import retry_after
from .sse import LineSplitter, ServerSentEvent, SSEParser


class HttpAnswer:
    """The head of an HTTP response, and its body once it is loaded."""

    def __init__(self, call: Call, response: httpx.Response, started: float) -> None:
        self.call = call
        self.response = response
        self.status: int = response.status_code
        self.headers: Headers = Headers(response.headers.multi_items())
        self.retry_after: float | None = retry_after(self.headers)
        self.content: bytes = b""
        self._deadline = None if call.timeout is None else started + call.timeout

    @property
    def request_id(self) -> str | None:
        """The server's name for this request."""
        return self.headers.get("x-request-id")

    def value(self) -> Any:
        """The decoded body.

        Raises:
            APIDecodingError: when the body is not what the operation promises.
        """
        kind = self.call.operation.answer_kind(self)
        if kind == "none" or (self.status == 204 and kind != "json"):
            return None
        if self.call.operation.optional and not self.content.strip():
            return None
        if kind == "text":
            return _text(self.content, self.response.charset_encoding)
        if kind == "binary":
            return self.content
        if not self.content.strip():
            raise self._decoding_error("empty body")
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError) as error:
            kind_of = self.headers.get("content-type", "no content type")
            raise self._decoding_error(f"not JSON ({kind_of}): {error}") from error

    def is_no_stream(self) -> bool:
        """Whether the server answered with one JSON value where events were promised."""
        content_type = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        return self.call.operation.kind == "sse" and content_type == "application/json"

    def not_a_stream(self) -> APIDecodingError:
        """The error for an answer that is no stream, once it is loaded."""
        return self._decoding_error("the answer is not a stream of events (application/json)")

    def event_decoder(self) -> EventDecoder:
        """What turns this response's bytes into event data."""
        return EventDecoder(self.call, self.request_id)

    def check_deadline(self) -> None:
        """Raises `APITimeoutError` when the call has taken too long."""
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise timeout_error(self.call)

    def watch_idle(self) -> None:
        """From now on a read may wait for the idle timeout, not for the call's."""
        extension = self.response.request.extensions.get("timeout")
        if isinstance(extension, dict):  # httpcore reads it when the body begins
            extension["read"] = self.call.idle_timeout

    def stream_error(self, error: Exception) -> APIError:
        """The error for a failure in the middle of a stream."""
        if isinstance(error, httpx.TimeoutException):
            wait = self.call.idle_timeout
            return APITimeoutError(
                f"no data in the stream for {wait:g} s" if wait else "the stream timed out",
                method=self.call.method,
                path=self.call.path,
                request_id=self.request_id,
            )
        return APIStreamError(
            f"stream ended too early: {error or type(error).__name__}",
            method=self.call.method,
            path=self.call.path,
            request_id=self.request_id,
        )

    def _decoding_error(self, message: str) -> APIDecodingError:
        return APIDecodingError(
            message,
            raw=self.content,
            method=self.call.method,
            path=self.call.path,
            request_id=self.request_id,
        )


class EventDecoder:
    """Bytes of a stream to its events, each with what it gives; `done` once the terminator came."""

    def __init__(self, call: Call, request_id: str | None) -> None:
        self._call = call
        self._request_id = request_id
        self._terminator = call.operation.terminator
        self._lines = LineSplitter() if call.operation.kind == "jsonl" else None
        self._events = SSEParser()
        self.done: bool = False
        #: The data of the event that came last, as JSON where it is, and why it is none.
        self._data: Any = None
        self._failure: Exception | None = None

    def feed(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        """Yields the events that `chunk` completes.

        Raises:
            APIStreamError: at an error event.
        """
        # Where data is JSON, a mark that nobody documented can be nothing else.
        mark = "[DONE]" if self._call.operation.event != "text" else None
        for event in self._cut(chunk):
            if event.data == (self._terminator or mark):
                self.done = True
                return
            self._check(event)
            yield event

    def finish(self) -> Iterator[ServerSentEvent]:
        """Yields what the end of the body completes, and checks that the stream was whole.

        Raises:
            APIStreamError: when the terminator has not come.
        """
        if self._lines is not None:
            for line in self._lines.end():
                if line.strip():
                    event = ServerSentEvent(line.decode("utf-8", "replace"))
                    self._check(event)
                    yield event
        # Some servers forget the empty line after the last event.
        self.done = self.done or self._events.unfinished() == self._terminator
        if self._terminator is not None and not self.done:
            raise self._stream_error(f"stream ended before {self._terminator}", None)

    def _cut(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        if self._lines is None:
            yield from self._events.feed(chunk)
            return
        for line in self._lines.feed(chunk):
            if line.strip():
                yield ServerSentEvent(line.decode("utf-8", "replace"))

    def _is_text(self, event: ServerSentEvent) -> bool:
        operation = self._call.operation
        return operation.event == "text" or (event.event or "") in operation.texts

    def _check(self, event: ServerSentEvent) -> None:
        self._data, self._failure = event.data, None
        if self._is_text(event) and event.event != "error":
            return
        try:
            self._data = event.json()
        except (ValueError, RecursionError) as error:
            self._failure = error
        failed = isinstance(self._data, dict) and self._data.get("error") is not None
        if event.event == "error" or failed:
            raise self._stream_error(
                server_message(self._data) or event.data or "error event", self._data
            )

    def value(self, event: ServerSentEvent) -> Any:
        """What the event that came last gives: its data as JSON or as it is, or all that it has.

        Raises:
            APIDecodingError: at data that is not JSON where it must be.
        """
        if self._call.operation.event == "whole":
            whole = {"event": event.event, "data": self._data, "id": event.id, "retry": event.retry}
            return {k: v for k, v in whole.items() if k == "data" or v is not None}
        if self._failure is not None:
            raise APIDecodingError(
                f"event data is not JSON: {self._failure}",
                raw=event.data.encode(),
                method=self._call.method,
                path=self._call.path,
                request_id=self._request_id,
            ) from self._failure
        return self._data

    def _stream_error(self, message: str, body: Any) -> APIStreamError:
        return APIStreamError(
            message,
            body=body,
            method=self._call.method,
            path=self._call.path,
            request_id=self._request_id,
        )


def timeout_error(call: Call) -> APITimeoutError:
    """The error for a call that took too long."""
    return APITimeoutError(
        f"no answer within {call.timeout:g} s" if call.timeout else "timed out",
        method=call.method,
        path=call.path,
    )


def connection_error(call: Call, error: Exception) -> APIConnectionError:
    """The error for a transport library's failure before the answer was complete."""
    if isinstance(error, httpx.TimeoutException):
        return timeout_error(call)
    reason = str(error) or type(error).__name__
    return APIConnectionError(f"connection failed: {reason}", method=call.method, path=call.path)


def _text(content: bytes, charset: str | None) -> str:
    try:
        return content.decode(charset or "utf-8", "replace")
    except LookupError:  # a charset that nobody knows
        return content.decode("utf-8", "replace")
