"""Every vector, through the synchronous client and through the asynchronous one."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import ssl
from collections.abc import Iterator
from typing import Any

import pytest
from dispatch import ASYNC_CLIENT, CLIENT
from sdk_under_test import (
    APIError,
    AsyncBinaryResponse,
    AsyncHttpTransport,
    AsyncPage,
    BinaryResponse,
    HttpTransport,
    SyncPage,
)

from observe import (
    Cancelled,
    Observation,
    check,
    client_options,
    event_form,
    method_arguments,
    target_of,
)
from vector_server import VectorServer

SERVER = VectorServer()
VECTORS = SERVER.vectors

#: Shared, because loading them takes longer than a call, and the clock of some vectors is running.
CERTIFICATES = ssl.create_default_context()


@pytest.fixture(scope="module", autouse=True)
def _server() -> Iterator[None]:
    yield
    SERVER.close()


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    info = CLIENT._info
    variables = (scheme.env for scheme in info.schemes.values())
    for name in ("API_KEY", "BASE_URL", "SERVER", "LOG", *variables):
        monkeypatch.delenv(f"{info.env_prefix}_{name}", raising=False)


@pytest.mark.parametrize("vector", VECTORS, ids=[v["name"] for v in VECTORS])
def test_synchronous(vector: dict[str, Any]) -> None:
    base_url, report = SERVER.base_url(vector["name"])
    transport = HttpTransport(verify=CERTIFICATES)
    with CLIENT(transport=transport, **client_options(vector, base_url)) as client:
        seen = _run(client, vector)
        _compare(vector, seen, report)


@pytest.mark.parametrize("vector", VECTORS, ids=[v["name"] for v in VECTORS])
async def test_asynchronous(vector: dict[str, Any]) -> None:
    base_url, report = SERVER.base_url(vector["name"])
    transport = AsyncHttpTransport(verify=CERTIFICATES)
    async with ASYNC_CLIENT(transport=transport, **client_options(vector, base_url)) as client:
        seen = await _async_run(client, vector)
        await asyncio.to_thread(_compare, vector, seen, report)


def _compare(vector: dict[str, Any], seen: Observation, report_path: str) -> None:
    check(target_of(vector), vector, seen)
    report = SERVER.report(report_path)
    assert report["problems"] == []
    for name in ("requests", "client_closed"):
        if name in vector["observe"]:
            assert report[name] == vector["observe"][name]


def _method(client: Any, path: str) -> Any:
    for step in path.split("."):
        client = getattr(client, step)
    return client


@contextlib.contextmanager
def _interrupted(milliseconds: int | None) -> Iterator[None]:
    """Raises `Cancelled` in the middle of a blocking call, as an interrupt of the user would."""

    def interrupt(*_: object) -> None:
        raise Cancelled

    if milliseconds is None:
        yield
        return
    previous = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, milliseconds / 1000)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def _run(client: Any, vector: dict[str, Any]) -> Observation:
    target, seen = target_of(vector), Observation()
    cancel = vector.get("cancel", {})
    owner = client.with_raw_response if vector["mode"] == "raw" else client
    try:
        with _interrupted(cancel.get("after_ms")):
            result = _method(owner, target.method)(**method_arguments(target, vector))
            if vector["mode"] == "stream":
                with result as stream:
                    for event in stream:
                        seen.values.append(event)
                        if len(seen.values) == cancel.get("after_events"):
                            break
            elif vector["mode"] == "events":
                seen.values.extend(event_form(event) for event in result.events())
            elif vector["mode"] == "sum":
                result = result.accumulate()
            elif vector["mode"] == "pages":
                seen.values.extend(result)
            elif vector["mode"] == "raw":
                seen.status, seen.headers, result = result.status, result.headers, result.parse()
            seen.result = result.read() if isinstance(result, BinaryResponse) else result
            if isinstance(result, SyncPage):
                seen.result = result.body
    except (APIError, Cancelled, ValueError) as error:
        seen.error = error
    return seen


async def _async_run(client: Any, vector: dict[str, Any]) -> Observation:
    seen = Observation()
    after = vector.get("cancel", {}).get("after_ms")
    task = asyncio.create_task(_async_call(client, vector, seen))
    if after is not None:
        asyncio.get_running_loop().call_later(after / 1000, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        seen.error = Cancelled()
    except (APIError, ValueError) as error:
        seen.error = error
    return seen


async def _async_call(client: Any, vector: dict[str, Any], seen: Observation) -> None:
    target = target_of(vector)
    owner = client.with_raw_response if vector["mode"] == "raw" else client
    call = _method(owner, target.method)(**method_arguments(target, vector))
    if vector["mode"] == "pages":
        async for item in call:
            seen.values.append(item)
        return
    result = await call
    if vector["mode"] == "stream":
        async with result as stream:
            async for event in stream:
                seen.values.append(event)
                if len(seen.values) == vector.get("cancel", {}).get("after_events"):
                    break
    elif vector["mode"] == "events":
        async for event in result.events():
            seen.values.append(event_form(event))
    elif vector["mode"] == "sum":
        result = await result.accumulate()
    elif vector["mode"] == "raw":
        seen.status, seen.headers, result = result.status, result.headers, result.parse()
    seen.result = await result.read() if isinstance(result, AsyncBinaryResponse) else result
    if isinstance(result, AsyncPage):
        seen.result = result.body
