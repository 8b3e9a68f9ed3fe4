"""Calls over HTTP, asynchronously, on httpx: the twin of `http_transport`."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any

import httpx

from .answers import EventDecoder, HttpAnswer, connection_error
from .encoding import EncodedRequest, async_chunks, content_length, encode
from .http_common import Redirects, default_limits, timeouts
from .operation import Call
from .sse import ServerSentEvent


class AsyncHttpOutcome(HttpAnswer):
    """An HTTP response, read asynchronously."""

    async def load(self) -> None:
        """Read the whole body within the call's deadline.

        Raises:
            APIConnectionError: when the body is cut short; `APITimeoutError` when it is too slow.
        """
        pieces: list[bytes] = []
        try:
            async for piece in self.response.aiter_bytes():
                pieces.append(piece)
                self.check_deadline()
        except httpx.HTTPError as error:
            raise connection_error(self.call, error) from error
        finally:
            await self.response.aclose()
        self.content: bytes = b"".join(pieces)

    async def messages(self) -> AsyncIterator[Any]:
        """What the stream's events give; closes the connection at the end, however it comes."""
        decoder = self.event_decoder()
        async for event in self._decoded(decoder):
            yield decoder.value(event)

    def events(self) -> AsyncIterator[ServerSentEvent]:
        """The stream's events as they came; closes the connection at the end, however it comes."""
        return self._decoded(self.event_decoder())

    async def _decoded(self, decoder: EventDecoder) -> AsyncIterator[ServerSentEvent]:
        if self.is_no_stream():
            await self.load()
            raise self.not_a_stream()
        self.watch_idle()
        try:
            async for chunk in self.response.aiter_bytes():
                for event in decoder.feed(chunk):
                    yield event
                if decoder.done:
                    return
            for event in decoder.finish():
                yield event
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise self.stream_error(error) from error
        finally:
            await self.response.aclose()

    async def iter_bytes(self) -> AsyncIterator[bytes]:
        """The body in pieces as they come."""
        self.watch_idle()
        try:
            async for chunk in self.response.aiter_bytes():
                yield chunk
        except httpx.HTTPError as error:
            raise connection_error(self.call, error) from error
        finally:
            await self.response.aclose()

    async def close(self) -> None:
        """Close the connection if the body is not read to its end."""
        await self.response.aclose()


class AsyncHttpTransport:
    """The default transport. Give it an `httpx.AsyncClient` for proxies, CAs and the like.

    Args:
        client: used and not closed; by default one is made at the first call.
        proxy: the URL of a proxy for the default client; the usual variables are obeyed too.
        verify: a CA bundle's path or an `ssl.SSLContext` for the default client.
    """

    def __init__(
        self,
        client: httpx.AsyncClient | None = None,
        *,
        proxy: str | None = None,
        verify: Any = True,
    ) -> None:
        self._client = client
        self._own = client is None
        self._proxy = proxy
        self._verify = verify

    async def send(self, call: Call, /) -> AsyncHttpOutcome:
        """Send the call and wait for the head of its answer.

        Raises:
            APIConnectionError: when there is none; `APITimeoutError` when it takes too long.
        """
        client = self._ensure()
        started = time.monotonic()
        encoded = encode(call)
        try:
            request = self._build(client, encoded, call)
            response = await client.send(request, stream=True, follow_redirects=False)
            redirects = Redirects(call, encoded)
            while redirects.sends_on(response):
                await response.aclose()
                request = self._build(client, redirects.following(request, response), call)
                response = await client.send(request, stream=True, follow_redirects=False)
        except httpx.HTTPError as error:
            raise connection_error(call, error) from error
        finally:
            encoded.close()
        return AsyncHttpOutcome(call, response, started)

    async def close(self) -> None:
        """Close the connections of the client that this transport made."""
        if self._own and self._client is not None:
            await self._client.aclose()

    def _ensure(self) -> httpx.AsyncClient:
        if self._client is None:
            self._client = httpx.AsyncClient(
                proxy=self._proxy, verify=self._verify, limits=default_limits()
            )
        return self._client

    @staticmethod
    def _build(client: httpx.AsyncClient, encoded: EncodedRequest, call: Call) -> httpx.Request:
        content: Any = encoded.content
        headers = list(encoded.headers)
        if content is not None and not isinstance(content, bytes):
            size = content_length(content)
            if size is not None:
                headers.append((b"Content-Length", str(size).encode()))
            content = async_chunks(content)
        request = client.build_request(
            encoded.method,
            encoded.url,
            headers=headers,
            content=content,
            timeout=timeouts(call),
        )
        request.method = encoded.method  # as it is written: httpx made it upper case
        return request
