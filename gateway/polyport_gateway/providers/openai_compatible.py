"""Any server that speaks the OpenAI dialect: the request goes on as it came, with the model's name replaced.

Options: `headers` (extra request headers), `proxy`, `ca_bundle`, `allow_private_addresses`, `connect_timeout`,
`head_timeout`, `idle_timeout` (seconds). Without `models` the server is asked for them; `models: ["*"]` takes any name.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Mapping
from typing import Any

import msgspec

from polyport_gateway.core.errors import ApiError
from polyport_gateway.core.exchange import Answer, Batch, Context, Request, StreamAnswer
from polyport_gateway.core.provider import (
    CHAT,
    COMPLETIONS,
    EMBEDDINGS,
    Model,
    ProviderSettings,
    ProviderState,
)
from polyport_gateway.providers import openai_errors
from polyport_gateway.providers.runtime import ProviderRuntime
from polyport_gateway.upstream.connection import Response
from polyport_gateway.upstream.errors import UpstreamError
from polyport_gateway.upstream.pool import Endpoint, Pool, Timeouts
from polyport_gateway.upstream.sse import Event, EventParser

log = logging.getLogger("polyport.providers")

PATHS = {CHAT: "/chat/completions", COMPLETIONS: "/completions", EMBEDDINGS: "/embeddings"}
DONE = b"[DONE]"
_MAX_ANSWER = 256 * 1024 * 1024
_MAX_ERROR = 1024 * 1024
_REFRESH_SECONDS = 30.0


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The options of this kind of provider."""

    headers: dict[str, str] = {}
    proxy: str | None = None
    ca_bundle: str | None = None
    allow_private_addresses: bool = False
    connect_timeout: float = 10.0
    head_timeout: float = 600.0
    idle_timeout: float = 120.0


class _ListedModel(msgspec.Struct):
    id: str
    created: int | float | None = None
    owned_by: str | None = None


class _Listing(msgspec.Struct):
    data: list[_ListedModel]


class _Peek(msgspec.Struct):
    """What must be known of every event: whether it is JSON, and whether it reports an error."""

    error: Any = None


_peek = msgspec.json.Decoder(_Peek).decode
_decode_listing = msgspec.json.Decoder(_Listing | list[_ListedModel]).decode


class OpenAiCompatible:
    """See the module. Pure converters are the functions below the class."""

    def __init__(self, settings: ProviderSettings, runtime: ProviderRuntime) -> None:
        self.name = settings.name
        if settings.base_url is None:
            raise ValueError("`base_url` is missing")
        options = msgspec.convert(settings.options, Options)
        self._pool: Pool = runtime.pool
        self._endpoint: Endpoint = runtime.pool.endpoint(
            settings.base_url,
            timeouts=Timeouts(options.connect_timeout, options.head_timeout, options.idle_timeout),
            proxy=options.proxy,
            ca_bundle=options.ca_bundle,
            allow_private=options.allow_private_addresses,
        )
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
            **options.headers,
        }
        if settings.api_key:
            headers["Authorization"] = f"Bearer {settings.api_key}"
        self._heads = {operation: self._endpoint.head("POST", path, headers) for operation, path in PATHS.items()}
        self._list_head = self._endpoint.head("GET", "/models", headers)
        self._fixed = settings.models is not None and "*" not in settings.models
        names = settings.models or ()
        self._models = {name: Model(id=name, owned_by=self.name) for name in names if name != "*"}
        self._looked = -_REFRESH_SECONDS
        self._looking: asyncio.Task[None] | None = None
        self._detail = ""

    async def start(self) -> None:
        """Begin asking for the models, unless they are fixed."""
        if not self._fixed:
            self._look()

    async def close(self) -> None:
        """Stop asking for models; the connections are the pool's."""
        if self._looking is not None:
            self._looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._looking

    def state(self) -> ProviderState:
        """An upstream is always taken to be ready: its trouble is reported per request."""
        return ProviderState(True, self._detail)

    def models(self) -> Mapping[str, Model]:
        """The configured models, or those that the server listed last."""
        return self._models

    async def refresh(self) -> None:
        """Ask for the models again, at most every 30 s; waits up to 5 s."""
        if self._fixed:
            return
        loop = asyncio.get_running_loop()
        if self._looking is None and loop.time() - self._looked < _REFRESH_SECONDS:
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(self._look()), 5.0)

    def supports(self, operation: str) -> bool:
        """Chat, completions and embeddings."""
        return operation in PATHS

    async def call(self, operation: str, request: Request[Any], model: str, context: Context) -> Answer | StreamAnswer:
        """Send the request on. See `core.provider.Provider.call`."""
        streams = getattr(request.typed, "stream", None) is True
        body = to_upstream(request, model, streams)
        response: Response | None = None
        try:
            response = await self._pool.send(self._endpoint, self._heads[operation], body)
            if 200 <= response.status < 300:
                if streams:
                    return StreamAnswer(self._events(response), closing=response.aclose)
                return Answer(body=checked(self.name, await response.read(_MAX_ANSWER)))
            error_body = await response.read(_MAX_ERROR)
        except UpstreamError as error:
            raise openai_errors.from_fault(self.name, error) from error
        except asyncio.CancelledError:
            if response is not None:
                response.close()
            raise
        raise openai_errors.from_response(self.name, response.status, response.headers, error_body)

    async def _events(self, response: Response) -> AsyncGenerator[Batch, None]:
        """The batches of a stream: all events of one read. Raises ApiError when it does not end with `[DONE]`."""
        parser = EventParser()
        done = False
        try:
            async for data in response.reads():
                payloads, done, failure = from_events(self.name, parser.feed(data))
                if payloads:
                    yield Batch(raw=payloads)
                if failure is not None:
                    raise failure
                if done:
                    return
            _, done, failure = from_events(self.name, parser.finish())
            if not done:
                message = f"The provider '{self.name}' ended the stream before it was complete."
                raise failure or ApiError(502, message, code="stream_truncated")
        except UpstreamError as error:
            raise openai_errors.from_fault(self.name, error) from error
        finally:
            if done:
                response.discard()
            else:
                response.close()

    def _look(self) -> asyncio.Task[None]:
        if self._looking is None:
            self._looking = asyncio.get_running_loop().create_task(self._list_models())
        return self._looking

    async def _list_models(self) -> None:
        try:
            response = await self._pool.send(self._endpoint, self._list_head)
            body = await response.read(_MAX_ANSWER)
            if response.status != 200:
                raise openai_errors.from_response(self.name, response.status, response.headers, body)
            listing = _decode_listing(body)
            listed = listing.data if isinstance(listing, _Listing) else listing
            self._models = {m.id: from_listed(m, self.name) for m in listed}
            self._detail = ""
        except (UpstreamError, ApiError, msgspec.DecodeError) as error:
            self._detail = f"cannot list models: {error}"
            log.warning("provider '%s' %s", self.name, self._detail)
        finally:
            self._looked = asyncio.get_running_loop().time()
            self._looking = None


def to_upstream(request: Request[Any], model: str, streams: bool) -> bytes:
    """The request's JSON text for the server: its own name of the model, usage asked for, everything else as it
    came."""
    replace: dict[str, Any] = {"model": model}
    if streams:
        asked = request.members.get("stream_options")
        options = msgspec.json.decode(asked) if asked is not None else None
        replace["stream_options"] = {**(options or {}), "include_usage": True}
    return request.emit(replace)


def from_events(provider: str, events: list[Event]) -> tuple[list[bytes], bool, ApiError | None]:
    """The payloads among a read's events; whether the end marker came after them; the error that came instead."""
    payloads: list[bytes] = []
    for data, name in events:
        if data == DONE:
            return payloads, True, None
        try:
            error = _peek(data).error
        except (msgspec.DecodeError, UnicodeDecodeError):
            message = f"The provider '{provider}' sent an event that is not a JSON object."
            return payloads, False, ApiError(502, message, code="bad_upstream_answer")
        if name == "error" or error is not None:
            return payloads, False, openai_errors.from_event(provider, data)
        payloads.append(data)
    return payloads, False, None


def checked(provider: str, body: bytes) -> bytes:
    """A complete answer's body, if it is a JSON object. Raises ApiError 502: an error page is never passed on as
    success."""
    try:
        error = _peek(body).error
    except (msgspec.DecodeError, UnicodeDecodeError):
        message = f"The provider '{provider}' answered with something that is not a JSON object."
        raise ApiError(502, message, code="bad_upstream_answer") from None
    if error is not None:
        raise openai_errors.from_event(provider, body)
    return body


def from_listed(model: _ListedModel, provider: str) -> Model:
    """A model as the server lists it."""
    return Model(id=model.id, owned_by=model.owned_by or provider, created=int(model.created or 0))


def create(settings: ProviderSettings, runtime: ProviderRuntime) -> OpenAiCompatible:
    """Called through the registry. Raises ValueError for settings it cannot use."""
    try:
        return OpenAiCompatible(settings, runtime)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None
