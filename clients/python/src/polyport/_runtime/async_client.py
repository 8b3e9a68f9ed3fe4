"""The asynchronous client: the twin of `client`."""

from __future__ import annotations

import inspect
import time
from collections.abc import Mapping
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from typing_extensions import Self

from .construct import failed, typed
from .errors import APIConnectionError
from .logs import log_request, log_response, log_retry, logger_for
from .operation import AsyncOutcome, AsyncTransport, Call, Operation
from .pagination import AsyncPage, AsyncPages
from .responses import AsyncBinaryResponse, RawResponse
from .retries import RetryPolicy, is_retried
from .security import authorized
from .sentinels import NOT_GIVEN, NotGiven
from .settings import (
    ApiInfo,
    AsyncApiKey,
    AsyncRequestHook,
    AsyncResponseHook,
    CallOptions,
    make_call,
    own_state,
    resolve,
)
from .streaming import AsyncStream

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

NO_OPTIONS = CallOptions()


class AsyncCore:
    """What every generated client stands on.

    Args:
        base_url: where the API is; else `<PREFIX>_BASE_URL`, else the document's server.
        server: the name of one of the document's servers; else `<PREFIX>_SERVER`, else the first.
        server_variables: what stands for the variables in servers' URLs, by their names; else an
            environment variable for each, else the document's defaults.
        api_key: the key, or a function that gives one; else `<PREFIX>_API_KEY`. Empty: none is sent.
        credentials: the same for single security schemes, by their ids in the API's document.
        timeout: seconds for one try; None for no bound.
        connect_timeout: seconds for making a connection.
        idle_timeout: seconds of silence after which a stream is given up.
        max_retries: how often a failed call is tried again.
        initial_retry_delay: seconds before the first retry; doubled for each one after it.
        max_retry_delay: the longest wait between two tries, in seconds.
        default_headers: sent with every call; None removes one.
        default_query: query members sent with every call.
        transport: what carries calls; HTTP by default.
        http_client: an `httpx.AsyncClient` for the default transport (proxies, custom CAs).
        on_request: sees every try before it is sent, and may return a changed call.
        on_response: sees every answer, failed ones too.
    """

    _info: ClassVar[ApiInfo]

    def __init__(
        self,
        *,
        base_url: str | None = None,
        server: str | None = None,
        server_variables: Mapping[str, str] | None = None,
        api_key: AsyncApiKey | None = None,
        credentials: Mapping[str, AsyncApiKey] | None = None,
        timeout: float | None = 600.0,
        connect_timeout: float | None = 10.0,
        idle_timeout: float | None = 120.0,
        max_retries: int = 2,
        initial_retry_delay: float = 0.5,
        max_retry_delay: float = 8.0,
        default_headers: Mapping[str, str | None] | None = None,
        default_query: Mapping[str, Any] | None = None,
        transport: AsyncTransport | None = None,
        http_client: httpx.AsyncClient | None = None,
        on_request: AsyncRequestHook | None = None,
        on_response: AsyncResponseHook | None = None,
    ) -> None:
        if transport is not None and http_client is not None:
            raise ValueError("give either a transport or an http_client, not both")
        self._settings = resolve(
            self._info,
            base_url=base_url,
            server=server,
            server_variables=server_variables,
            api_key=api_key,
            credentials=credentials,
            timeout=timeout,
            connect_timeout=connect_timeout,
            idle_timeout=idle_timeout,
            retry=RetryPolicy(max_retries, initial_retry_delay, max_retry_delay),
            default_headers=default_headers,
            default_query=default_query,
            on_request=on_request,
            on_response=on_response,
        )
        if transport is None:  # httpx is imported when the first client needs it
            from .async_http_transport import AsyncHttpTransport

            transport = AsyncHttpTransport(http_client)
        self._transport: AsyncTransport = transport
        self._logger = logger_for(self._info.package, self._info.env_prefix)

    @property
    def base_url(self) -> str:
        """Where the API is."""
        return self._settings.base_url

    def with_options(
        self,
        *,
        base_url: str | NotGiven = NOT_GIVEN,
        server: str | NotGiven = NOT_GIVEN,
        server_variables: Mapping[str, str] | NotGiven = NOT_GIVEN,
        api_key: AsyncApiKey | NotGiven | None = NOT_GIVEN,
        credentials: Mapping[str, AsyncApiKey] | NotGiven = NOT_GIVEN,
        timeout: float | NotGiven | None = NOT_GIVEN,
        idle_timeout: float | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven = NOT_GIVEN,
        default_headers: Mapping[str, str | None] | NotGiven = NOT_GIVEN,
        default_query: Mapping[str, Any] | NotGiven = NOT_GIVEN,
    ) -> Self:
        """A client with these settings changed that shares this one's connections."""
        return self._copy(
            self._settings.changed(
                base_url=base_url,
                server=server,
                server_variables=server_variables,
                api_key=api_key,
                credentials=credentials,
                timeout=timeout,
                idle_timeout=idle_timeout,
                max_retries=max_retries,
                default_headers=default_headers,
                default_query=default_query,
            )
        )

    async def close(self) -> None:
        """Let all connections go. Clients made by `with_options` share them."""
        await self._transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    def _copy(self, settings: Any) -> Self:
        other = object.__new__(type(self))
        other.__dict__.update(own_state(self))
        other._settings = settings
        return other

    def _raw_client(self) -> Self:
        """A client whose calls give `RawResponse`s, whatever their types say."""
        return self._copy(replace(self._settings, raw=True))

    async def _request(
        self,
        operation: Operation[T],
        *,
        arguments: Mapping[str, Mapping[str, Any]] | None = None,
        body: Any = NOT_GIVEN,
        options: CallOptions = NO_OPTIONS,
    ) -> T:
        """Send a call whose answer is one value."""
        call = make_call(self._settings, operation, arguments or {}, body, options)
        outcome = await self._send(call)
        return cast(T, self._deliver(outcome, lambda: typed(operation, outcome)))

    async def _either(
        self,
        operation: Operation[T],
        *,
        arguments: Mapping[str, Mapping[str, Any]] | None = None,
        body: Any = NOT_GIVEN,
        options: CallOptions = NO_OPTIONS,
    ) -> T | AsyncBinaryResponse:
        """Send a call whose answer may be bytes, to be read as they come, or a value."""
        call = make_call(self._settings, operation, arguments or {}, body, options)
        outcome = await self._send(call)

        def parse() -> Any:
            if operation.stays_open(outcome):
                return AsyncBinaryResponse(outcome)
            return typed(operation, outcome)

        return cast("T | AsyncBinaryResponse", self._deliver(outcome, parse))

    async def _download(
        self,
        operation: Operation[Any],
        *,
        arguments: Mapping[str, Mapping[str, Any]] | None = None,
        body: Any = NOT_GIVEN,
        options: CallOptions = NO_OPTIONS,
    ) -> AsyncBinaryResponse:
        """Send a call whose answer is bytes to be read as they come."""
        call = make_call(self._settings, operation, arguments or {}, body, options)
        outcome = await self._send(call)
        return cast(
            AsyncBinaryResponse, self._deliver(outcome, lambda: AsyncBinaryResponse(outcome))
        )

    async def _stream(
        self,
        operation: Operation[T],
        *,
        arguments: Mapping[str, Mapping[str, Any]] | None = None,
        body: Any = NOT_GIVEN,
        options: CallOptions = NO_OPTIONS,
    ) -> AsyncStream[T, Any]:
        """Send a call whose answer is a stream of events."""
        call = make_call(self._settings, operation, arguments or {}, body, options)
        outcome = await self._send(call)
        return cast(
            "AsyncStream[T, Any]",
            self._deliver(outcome, lambda: AsyncStream[T, Any](call, outcome)),
        )

    def _page(
        self,
        operation: Operation[T],
        *,
        arguments: Mapping[str, Mapping[str, Any]] | None = None,
        body: Any = NOT_GIVEN,
        options: CallOptions = NO_OPTIONS,
    ) -> AsyncPages[T]:
        """A call whose answer is a page of a list; it is sent when it is awaited or iterated."""
        call = make_call(self._settings, operation, arguments or {}, body, options)

        async def first() -> Any:
            outcome = await self._send(call)
            return self._deliver(outcome, lambda: AsyncPage[T](call, outcome, self._fetch_page))

        return AsyncPages[T](first)

    async def _fetch_page(self, call: Call) -> AsyncPage[Any]:
        return AsyncPage(call, await self._send(call), self._fetch_page)

    def _deliver(self, outcome: AsyncOutcome, parse: Any) -> Any:
        if self._settings.raw:
            return RawResponse(outcome.status, outcome.headers, outcome.content, parse)
        return parse()

    async def _send(self, call: Call) -> AsyncOutcome:
        """The successful outcome of a call: loaded, or open when it is a stream or a download."""
        attempt = 0
        while True:
            trial = await self._ready(call, attempt)
            try:
                outcome = await self._try(trial)
            except APIConnectionError as error:
                delay = self._settings.retry.delay(attempt)
                if delay is None:
                    raise
                log_retry(self._logger, trial, error.message, delay)
            else:
                if outcome.status < 300:
                    return outcome
                failure = failed(call, outcome)
                delay = self._settings.retry.delay(attempt, outcome.retry_after)
                if delay is None or not is_retried(outcome.status, outcome.headers):
                    raise failure
                log_retry(self._logger, trial, outcome.status, delay)
            await _sleep(delay)
            attempt += 1

    async def _ready(self, call: Call, attempt: int) -> Call:
        schemes = self._settings.info.schemes
        given = self._settings.wanted(call)
        keys = {id: await _awaited(key()) if callable(key) else key for id, key in given.items()}
        trial = authorized(call, schemes, keys, attempt)
        if self._settings.on_request is not None:
            trial = await _awaited(self._settings.on_request(trial)) or trial
        log_request(self._logger, trial)
        return trial

    async def _try(self, trial: Call) -> AsyncOutcome:
        started = time.monotonic()
        outcome = await self._transport.send(trial)
        try:
            if outcome.status >= 300 or not trial.operation.stays_open(outcome):
                await outcome.load()
            log_response(self._logger, trial, outcome, time.monotonic() - started)
            if self._settings.on_response is not None:
                await _awaited(self._settings.on_response(trial, outcome))
        except BaseException:
            await outcome.close()
            raise
        return outcome


async def _awaited(value: Any) -> Any:
    """What an ordinary or an asynchronous hook gives."""
    return await value if inspect.isawaitable(value) else value


async def _sleep(seconds: float) -> None:
    import anyio  # httpx runs on it: asyncio or trio, whichever the caller uses

    await anyio.sleep(seconds)
