"""The local engine as a provider: requests go to the engine process by its socket, its events come back as the wire's JSON.

Options: see `EngineOptions`. Models: names, files and folders as `polyport model describe` takes them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
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
from polyport_gateway.engine.client import EngineClient
from polyport_gateway.engine.errors import EngineError, EngineLost, RequestError
from polyport_gateway.engine.messages import Complete, EngineOptions, Event, ModelState, State
from polyport_gateway.engine.models.catalog import catalog
from polyport_gateway.providers import local_answers, local_requests
from polyport_gateway.providers.runtime import ProviderRuntime

Options = EngineOptions
#: How long a request waits for an engine that is not there (yet, or again), seconds.
_PATIENCE = 30.0
_OPERATIONS = {"chat": frozenset({CHAT, COMPLETIONS}), "embedding": frozenset({EMBEDDINGS})}
_STATUS = {
    "model_not_found": 404,
    "request_too_large": 413,
    "overloaded": 503,
    "model_unavailable": 503,
    "shutting_down": 503,
    "engine_error": 500,
}


class Local:
    """See the module."""

    def __init__(self, name: str, socket: str, configured: tuple[str, ...]) -> None:
        self.name = name
        self._client = EngineClient(socket, self._on_state)
        self._models = {
            model: _model(ModelState(model, catalog()[model].kind, "loading"))
            for model in configured
            if model in catalog()
        }
        self._state: State | None = None

    async def start(self) -> None:
        """Begin connecting to the engine."""
        self._client.start()

    async def close(self) -> None:
        """Close the connection; the engine goes on for other workers."""
        await self._client.close()

    def state(self) -> ProviderState:
        """Ready once all models are loaded."""
        state = self._state
        if state is None:
            return ProviderState(False, "the engine is starting")
        if state.phase == "failed":
            return ProviderState(False, state.reason)
        loading = [model.id for model in state.models if model.phase == "loading"]
        return ProviderState(not loading, f"loading {', '.join(loading)}" if loading else f"{len(state.models)} models")

    def models(self) -> Mapping[str, Model]:
        """The engine's models; before it has answered, the configured ones."""
        return self._models

    async def refresh(self) -> None:
        """An engine's models are fixed."""

    def supports(self, operation: str) -> bool:
        """Chat, completions and embeddings."""
        return operation in (CHAT, COMPLETIONS, EMBEDDINGS)

    async def call(self, operation: str, request: Request[Any], model: str, context: Context) -> Answer | StreamAnswer:
        """Serve one request. See `core.provider.Provider.call`."""
        public = request.typed.model
        try:
            await self._connected()
            if operation == EMBEDDINGS:
                embed = local_requests.embedding_request(request.members, request.typed, model)
                vectors = await self._client.embed(embed)
                return Answer(body=local_answers.embedding_body(public, vectors, request.typed.encoding_format))
            if operation == CHAT:
                return await self._chat(request, model, public)
            return await self._complete(request, model, public)
        except EngineError as error:
            raise api_error(error) from error

    async def _chat(self, request: Request[Any], model: str, public: str) -> Answer | StreamAnswer:
        typed = request.typed
        state = next((m for m in self._state.models if m.id == model), None) if self._state else None
        message = local_requests.chat_request(
            request.members, typed, model, tools_known=state is None or state.tools or state.phase == "loading"
        )
        tools = [tool["function"]["name"] for tool in message.tools or ()]
        writer = local_answers.ChatWriter(public, message.sampling.n, tools)
        events = self._client.chat(message)
        if typed.stream:
            first = await anext(events)
            return StreamAnswer(_chat_stream(writer, first, events))
        async for batch in events:
            writer.add(batch)
        return Answer(body=writer.body())

    async def _complete(self, request: Request[Any], model: str, public: str) -> Answer | StreamAnswer:
        messages = local_requests.completion_requests(request.members, request.typed, model)
        writer = local_answers.CompletionWriter(public, len(messages), messages[0].sampling.n)
        merged = _merged(self._client, messages)
        if request.typed.stream:
            first = await anext(merged)
            return StreamAnswer(_completion_stream(writer, first, merged))
        async with aclosing(merged):
            async for number, batch in merged:
                writer.add(number, batch)
        return Answer(body=writer.body())

    async def _connected(self) -> None:
        if self._state is None:
            try:
                async with asyncio.timeout(_PATIENCE):
                    await self._client.wait_for(lambda state: state is not None)
            except TimeoutError as error:
                raise EngineLost("the engine is not there") from error

    def _on_state(self, state: State | None) -> None:
        self._state = state
        if state is not None:
            self._models = {model.id: _model(model) for model in state.models}


async def _chat_stream(
    writer: local_answers.ChatWriter, first: list[Event], events: AsyncGenerator[list[Event], None]
) -> AsyncGenerator[Batch, None]:
    async with aclosing(events):
        try:
            if chunks := writer.chunks(first):
                yield Batch(raw=chunks)
            async for batch in events:
                if chunks := writer.chunks(batch):
                    yield Batch(raw=chunks)
        except EngineError as error:
            raise api_error(error) from error


_Numbered = tuple[int, list[Event]]


async def _completion_stream(
    writer: local_answers.CompletionWriter, first: _Numbered, merged: AsyncGenerator[_Numbered, None]
) -> AsyncGenerator[Batch, None]:
    async with aclosing(merged):
        try:
            if chunks := writer.chunks(*first):
                yield Batch(raw=chunks)
            async for number, batch in merged:
                if chunks := writer.chunks(number, batch):
                    yield Batch(raw=chunks)
        except EngineError as error:
            raise api_error(error) from error
        yield Batch(raw=[writer.last_chunk()])


async def _merged(client: EngineClient, messages: list[Complete]) -> AsyncGenerator[_Numbered, None]:
    """The events of several requests as they come, each with its request's number; the first failure ends all."""
    streams = [client.complete(message) for message in messages]
    waiting = {asyncio.ensure_future(_next(number, stream)) for number, stream in enumerate(streams)}
    try:
        while waiting:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                number, events = task.result()
                if events is not None:
                    waiting.add(asyncio.ensure_future(_next(number, streams[number])))
                    yield number, events
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        for stream in streams:
            await stream.aclose()


async def _next(number: int, stream: AsyncIterator[list[Event]]) -> tuple[int, list[Event] | None]:
    return number, await anext(stream, None)


def api_error(error: EngineError) -> ApiError:
    """The engine's complaint as the wire's."""
    if isinstance(error, RequestError):
        param = error.param
        status = _STATUS.get(error.code, 400)
        return ApiError(
            status, _sentence(str(error)), code=error.code, param=param, retry_after=1.0 if status == 503 else None
        )
    if isinstance(error, EngineLost):
        return ApiError(503, _sentence(str(error)), code="engine_lost", retry_after=1.0)
    return ApiError(500, _sentence(str(error)), code="engine_error")


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _model(state: ModelState) -> Model:
    known = catalog().get(state.id)
    details = {"context_length": state.context} if state.context else {}
    return Model(
        id=state.id,
        owned_by="local",
        created=known.created if known else 0,
        operations=_OPERATIONS[state.kind],
        details=details,
    )


def create(settings: ProviderSettings, runtime: ProviderRuntime) -> Local:
    """Called through the registry. Raises ValueError for settings it cannot use."""
    try:
        msgspec.convert(settings.options, EngineOptions)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None
    return Local(settings.name, runtime.engine_sockets[settings.name], settings.models or ())
