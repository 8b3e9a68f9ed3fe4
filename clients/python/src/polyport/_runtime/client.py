"""The synchronous client: hooks, credentials, retries and results around a transport."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from typing_extensions import Self

from .construct import failed, typed
from .errors import APIConnectionError
from .logs import log_request, log_response, log_retry, logger_for
from .operation import Call, Operation, Outcome, Transport
from .pagination import SyncPage
from .responses import BinaryResponse, RawResponse
from .retries import RetryPolicy, is_retried
from .security import authorized
from .sentinels import NOT_GIVEN, NotGiven
from .settings import (
    ApiInfo,
    ApiKey,
    CallOptions,
    RequestHook,
    ResponseHook,
    make_call,
    own_state,
    resolve,
)
from .streaming import Stream

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

NO_OPTIONS = CallOptions()


class SyncCore:
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
        http_client: an `httpx.Client` for the default transport (proxies, custom CAs).
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
        api_key: ApiKey | None = None,
        credentials: Mapping[str, ApiKey] | None = None,
        timeout: float | None = 600.0,
        connect_timeout: float | None = 10.0,
        idle_timeout: float | None = 120.0,
        max_retries: int = 2,
        initial_retry_delay: float = 0.5,
        max_retry_delay: float = 8.0,
        default_headers: Mapping[str, str | None] | None = None,
        default_query: Mapping[str, Any] | None = None,
        transport: Transport | None = None,
        http_client: httpx.Client | None = None,
        on_request: RequestHook | None = None,
        on_response: ResponseHook | None = None,
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
            from .http_transport import HttpTransport

            transport = HttpTransport(http_client)
        self._transport: Transport = transport
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
        api_key: ApiKey | NotGiven | None = NOT_GIVEN,
        credentials: Mapping[str, ApiKey] | NotGiven = NOT_GIVEN,
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

    def close(self) -> None:
        """Let all connections go. Clients made by `with_options` share them."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _copy(self, settings: Any) -> Self:
        other = object.__new__(type(self))
        other.__dict__.update(own_state(self))
        other._settings = settings
        return other

    def _raw_client(self) -> Self:
        """A client whose calls give `RawResponse`s, whatever their types say."""
        return self._copy(replace(self._settings, raw=True))

    def _request(
        self,
        operation: Operation[T],
        *,
        arguments: Mapping[str, Mapping[str, Any]] | None = None,
        body: Any = NOT_GIVEN,
        options: CallOptions = NO_OPTIONS,
    ) -> T:
        """Send a call whose answer is one value."""
        call = make_call(self._settings, operation, arguments or {}, body, options)
        outcome = self._send(call)
        return cast(T, self._deliver(outcome, lambda: typed(operation, outcome)))

    def _either(
        self,
        operation: Operation[T],
        *,
        arguments: Mapping[str, Mapping[str, Any]] | None = None,
        body: Any = NOT_GIVEN,
        options: CallOptions = NO_OPTIONS,
    ) -> T | BinaryResponse:
        """Send a call whose answer may be bytes, to be read as they come, or a value."""
        call = make_call(self._settings, operation, arguments or {}, body, options)
        outcome = self._send(call)

        def parse() -> Any:
            if operation.stays_open(outcome):
                return BinaryResponse(outcome)
            return typed(operation, outcome)

        return cast("T | BinaryResponse", self._deliver(outcome, parse))

    def _download(
        self,
        operation: Operation[Any],
        *,
        arguments: Mapping[str, Mapping[str, Any]] | None = None,
        body: Any = NOT_GIVEN,
        options: CallOptions = NO_OPTIONS,
    ) -> BinaryResponse:
        """Send a call whose answer is bytes to be read as they come."""
        call = make_call(self._settings, operation, arguments or {}, body, options)
        outcome = self._send(call)
        return cast(BinaryResponse, self._deliver(outcome, lambda: BinaryResponse(outcome)))

    def _stream(
        self,
        operation: Operation[T],
        *,
        arguments: Mapping[str, Mapping[str, Any]] | None = None,
        body: Any = NOT_GIVEN,
        options: CallOptions = NO_OPTIONS,
    ) -> Stream[T, Any]:
        """Send a call whose answer is a stream of events."""
        call = make_call(self._settings, operation, arguments or {}, body, options)
        outcome = self._send(call)
        return cast("Stream[T, Any]", self._deliver(outcome, lambda: Stream[T, Any](call, outcome)))

    def _page(
        self,
        operation: Operation[T],
        *,
        arguments: Mapping[str, Mapping[str, Any]] | None = None,
        body: Any = NOT_GIVEN,
        options: CallOptions = NO_OPTIONS,
    ) -> SyncPage[T]:
        """Send a call whose answer is a page of a list."""
        call = make_call(self._settings, operation, arguments or {}, body, options)
        outcome = self._send(call)

        def parse() -> SyncPage[T]:
            return SyncPage[T](call, outcome, self._fetch_page)

        return cast("SyncPage[T]", self._deliver(outcome, parse))

    def _fetch_page(self, call: Call) -> SyncPage[Any]:
        return SyncPage(call, self._send(call), self._fetch_page)

    def _deliver(self, outcome: Outcome, parse: Any) -> Any:
        if self._settings.raw:
            return RawResponse(outcome.status, outcome.headers, outcome.content, parse)
        return parse()

    def _send(self, call: Call) -> Outcome:
        """The successful outcome of a call: loaded, or open when it is a stream or a download."""
        attempt = 0
        while True:
            trial = self._ready(call, attempt)
            try:
                outcome = self._try(trial)
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
            time.sleep(delay)
            attempt += 1

    def _ready(self, call: Call, attempt: int) -> Call:
        schemes = self._settings.info.schemes
        given = self._settings.wanted(call)
        keys: dict[str, Any] = {id: key() if callable(key) else key for id, key in given.items()}
        trial = authorized(call, schemes, keys, attempt)
        if self._settings.on_request is not None:
            trial = self._settings.on_request(trial) or trial
        log_request(self._logger, trial)
        return trial

    def _try(self, trial: Call) -> Outcome:
        started = time.monotonic()
        outcome = self._transport.send(trial)
        try:
            if outcome.status >= 300 or not trial.operation.stays_open(outcome):
                outcome.load()
            log_response(self._logger, trial, outcome, time.monotonic() - started)
            if self._settings.on_response is not None:
                self._settings.on_response(trial, outcome)
        except BaseException:
            outcome.close()
            raise
        return outcome
