"""Calls over HTTP, synchronously, on httpx."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx

from .answers import EventDecoder, HttpAnswer, connection_error
from .encoding import EncodedRequest, chunks, content_length, encode
from .http_common import Redirects, default_limits, timeouts
from .operation import Call
from .sse import ServerSentEvent


class HttpOutcome(HttpAnswer):
    """An HTTP response, read synchronously."""

    def load(self) -> None:
        """Read the whole body within the call's deadline.

        Raises:
            APIConnectionError: when the body is cut short; `APITimeoutError` when it is too slow.
        """
        pieces: list[bytes] = []
        try:
            for piece in self.response.iter_bytes():
                pieces.append(piece)
                self.check_deadline()
        except httpx.HTTPError as error:
            raise connection_error(self.call, error) from error
        finally:
            self.response.close()
        self.content: bytes = b"".join(pieces)

    def messages(self) -> Iterator[Any]:
        """What the stream's events give; closes the connection at the end, however it comes."""
        decoder = self.event_decoder()
        for event in self._decoded(decoder):
            yield decoder.value(event)

    def events(self) -> Iterator[ServerSentEvent]:
        """The stream's events as they came; closes the connection at the end, however it comes."""
        return self._decoded(self.event_decoder())

    def _decoded(self, decoder: EventDecoder) -> Iterator[ServerSentEvent]:
        if self.is_no_stream():
            self.load()
            raise self.not_a_stream()
        self.watch_idle()
        try:
            for chunk in self.response.iter_bytes():
                yield from decoder.feed(chunk)
                if decoder.done:
                    return
            yield from decoder.finish()
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise self.stream_error(error) from error
        finally:
            self.response.close()

    def iter_bytes(self) -> Iterator[bytes]:
        """The body in pieces as they come."""
        self.watch_idle()
        try:
            yield from self.response.iter_bytes()
        except httpx.HTTPError as error:
            raise connection_error(self.call, error) from error
        finally:
            self.response.close()

    def close(self) -> None:
        """Close the connection if the body is not read to its end."""
        self.response.close()


class HttpTransport:
    """The default transport. Give it an `httpx.Client` of your own for proxies, CAs and the like.

    Args:
        client: used and not closed; by default one is made at the first call.
        proxy: the URL of a proxy for the default client; the usual variables are obeyed too.
        verify: a CA bundle's path or an `ssl.SSLContext` for the default client.
    """

    def __init__(
        self,
        client: httpx.Client | None = None,
        *,
        proxy: str | None = None,
        verify: Any = True,
    ) -> None:
        self._client = client
        self._own = client is None
        self._proxy = proxy
        self._verify = verify
        self._lock = threading.Lock()

    def send(self, call: Call, /) -> HttpOutcome:
        """Send the call and wait for the head of its answer.

        Raises:
            APIConnectionError: when there is none; `APITimeoutError` when it takes too long.
        """
        client = self._ensure()
        started = time.monotonic()
        encoded = encode(call)
        try:
            request = self._build(client, encoded, call)
            response = client.send(request, stream=True, follow_redirects=False)
            redirects = Redirects(call, encoded)
            while redirects.sends_on(response):
                response.close()
                request = self._build(client, redirects.following(request, response), call)
                response = client.send(request, stream=True, follow_redirects=False)
        except httpx.HTTPError as error:
            raise connection_error(call, error) from error
        finally:
            encoded.close()
        return HttpOutcome(call, response, started)

    def close(self) -> None:
        """Close the connections of the client that this transport made."""
        if self._own and self._client is not None:
            self._client.close()

    def _ensure(self) -> httpx.Client:
        with self._lock:
            if self._client is None:
                self._client = httpx.Client(
                    proxy=self._proxy, verify=self._verify, limits=default_limits()
                )
            return self._client

    @staticmethod
    def _build(client: httpx.Client, encoded: EncodedRequest, call: Call) -> httpx.Request:
        content: Any = encoded.content
        headers = list(encoded.headers)
        if content is not None and not isinstance(content, bytes):
            size = content_length(content)
            if size is not None:
                headers.append((b"Content-Length", str(size).encode()))
            content = chunks(content)
        request = client.build_request(
            encoded.method,
            encoded.url,
            headers=headers,
            content=content,
            timeout=timeouts(call),
        )
        request.method = encoded.method  # as it is written: httpx made it upper case
        return request
