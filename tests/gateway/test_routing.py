"""Routing with providers made for the test: order, fallback, budget, breaker, keys, and streams that fail at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from typing import Any

import msgspec
import pytest
from polyport_gateway.core.breaker import FAILURES, PAUSE_SECONDS, Breaker
from polyport_gateway.core.errors import ApiError
from polyport_gateway.core.exchange import Answer, Batch, Context, Request, StreamAnswer
from polyport_gateway.core.keys import authenticate
from polyport_gateway.core.provider import CHAT, EMBEDDINGS, Model, ProviderState
from polyport_gateway.core.routing import UNREACHABLE, RetryBudget, Router, visible_models
from polyport_gateway.core.snapshot import ANONYMOUS, Principal, Snapshot, Target
from polyport_gateway.core.store import LocalStore
from polyport_gateway.core.usage import without_usage
from polyport_gateway.server.config import hash_key


class Asked(msgspec.Struct):
    model: str
    stream: bool | None = None


class Made:
    """A provider that raises `failures` one after another, then answers (or streams `stream`)."""

    def __init__(
        self, name: str, *failures: ApiError, models: tuple[str, ...] = ("m",), stream: list[Any] | None = None
    ) -> None:
        self.name = name
        self.failures = list(failures)
        self.asked: list[str] = []
        self.closed = False
        self.stream = stream
        self.late: tuple[str, ...] = ()
        self.detail = ""
        self._models = models

    async def start(self) -> None:
        """Nothing to start."""

    async def close(self) -> None:
        """Nothing to close."""

    def state(self) -> ProviderState:
        return ProviderState(True, self.detail)

    def models(self) -> Mapping[str, Model]:
        operations = frozenset({CHAT})
        return {id: Model(id=id, owned_by=self.name, operations=operations) for id in self._models}

    async def refresh(self) -> None:
        self._models += self.late

    def supports(self, operation: str) -> bool:
        return operation in (CHAT, EMBEDDINGS)

    async def call(self, operation: str, request: Request[Any], model: str, context: Context) -> Answer | StreamAnswer:
        self.asked.append(model)
        if self.failures:
            raise self.failures.pop(0)
        if self.stream is not None:
            return StreamAnswer(self._stream())
        return Answer(body=b"{}")

    async def _stream(self) -> AsyncGenerator[Batch, None]:
        try:
            for item in self.stream or ():
                if isinstance(item, Exception):
                    raise item
                if item is None:
                    await asyncio.Event().wait()
                yield Batch(raw=[item])
        finally:
            self.closed = True


def snapshot(*providers: Made, routes: Mapping[str, tuple[Target, ...]] | None = None, **more: Any) -> Snapshot:
    found = {p.name: p for p in providers}
    return Snapshot(keys={}, providers=found, kinds=dict.fromkeys(found, "made"), routes=routes or {}, **more)


async def ask(router: Router, held: Snapshot, model: str = "m", operation: str = CHAT, **more: Any) -> Any:
    context = Context(held, more.pop("principal", ANONYMOUS), request_id="r", **more)
    request = Request(msgspec.json.Decoder(Asked).decode, typed=Asked(model))
    return await router.call(operation, request, context)


def error(status: int, code: str = "x") -> ApiError:
    return ApiError(status, "no", code=code)


async def test_the_first_provider_that_can_serves_and_the_headers_tell() -> None:
    one, two = Made("one", error(503)), Made("two")
    answer = await ask(Router(LocalStore()), snapshot(one, two))
    assert dict(answer.headers) == {"x-polyport-provider": "two", "x-polyport-try": "2"}


@pytest.mark.parametrize("status", [400, 401, 404, 422])
async def test_the_callers_mistakes_are_not_tried_elsewhere(status: int) -> None:
    one, two = Made("one", error(status)), Made("two")
    with pytest.raises(ApiError):
        await ask(Router(LocalStore()), snapshot(one, two))
    assert two.asked == []


async def test_the_last_providers_error_is_the_answer() -> None:
    one, two = Made("one", error(503)), Made("two", error(429))
    with pytest.raises(ApiError) as caught:
        await ask(Router(LocalStore()), snapshot(one, two))
    assert caught.value.status == 429


async def test_one_provider_alone_is_asked_again_only_when_it_never_began() -> None:
    busy, absent = Made("busy", error(503)), Made("absent", error(502, UNREACHABLE), error(502, UNREACHABLE))
    with pytest.raises(ApiError):
        await ask(Router(LocalStore()), snapshot(busy))
    answer = await ask(Router(LocalStore()), snapshot(absent))
    assert dict(answer.headers)["x-polyport-try"] == "3"


async def test_tries_are_bounded() -> None:
    providers = [Made(f"p{i}", error(500)) for i in range(5)]
    with pytest.raises(ApiError):
        await ask(Router(LocalStore()), snapshot(*providers, tries=2))
    assert [len(p.asked) for p in providers] == [1, 1, 0, 0, 0]


async def test_a_route_gives_each_provider_its_own_name_for_the_model() -> None:
    one, two = Made("one", error(503), models=()), Made("two", models=())
    routes = {"public": (Target("one", "a"), Target("two", "b"))}
    await ask(Router(LocalStore()), snapshot(one, two, routes=routes), "public")
    assert (one.asked, two.asked) == (["a"], ["b"])


async def test_a_provider_can_be_named_before_a_slash_and_catch_all_comes_last() -> None:
    one, two = Made("one"), Made("two")
    held = snapshot(one, two, catch_all=("two",))
    await ask(Router(LocalStore()), held, "one/whatever")
    await ask(Router(LocalStore()), held, "meta/llama")
    assert (one.asked, two.asked) == (["whatever"], ["meta/llama"])


async def test_an_unknown_model_is_looked_for_once_more_and_then_named() -> None:
    made = Made("one")
    made.late = ("new",)
    await ask(Router(LocalStore()), snapshot(made), "new")
    with pytest.raises(ApiError, match="'nosuch'") as caught:
        await ask(Router(LocalStore()), snapshot(made), "nosuch")
    assert (caught.value.status, caught.value.code, caught.value.param) == (404, "model_not_found", "model")


async def test_a_provider_that_could_not_be_asked_is_named() -> None:
    made, mute = Made("made"), Made("mute", models=())
    mute.detail = "cannot list models: no route"
    with pytest.raises(ApiError, match="mute: cannot list models: no route") as caught:
        await ask(Router(LocalStore()), snapshot(made, mute), "perhaps")
    assert (caught.value.status, caught.value.code) == (503, "models_unknown")


async def test_a_model_that_cannot_do_it_says_so() -> None:
    with pytest.raises(ApiError, match="does not serve embeddings") as caught:
        await ask(Router(LocalStore()), snapshot(Made("one")), operation=EMBEDDINGS)
    assert caught.value.status == 400


async def test_a_stream_that_fails_at_once_falls_back_and_is_closed() -> None:
    one, two = Made("one", stream=[error(502)]), Made("two", stream=[b"a", b"b"])
    answer = await ask(Router(LocalStore()), snapshot(one, two))
    assert [batch.raw async for batch in answer] == [[b"a"], [b"b"]]
    assert one.closed
    assert two.closed


async def test_a_stream_that_fails_later_does_not_fall_back() -> None:
    one, two = Made("one", stream=[b"a", error(502)]), Made("two", stream=[b"b"])
    answer = await ask(Router(LocalStore()), snapshot(one, two))
    batches = aiter(answer)
    assert (await anext(batches)).raw == [b"a"]
    with pytest.raises(ApiError):
        await anext(batches)
    assert two.asked == []


async def test_being_cancelled_before_the_first_event_closes_the_stream() -> None:
    made = Made("one", stream=[None])
    task = asyncio.create_task(ask(Router(LocalStore()), snapshot(made)))
    while not made.asked:
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert made.closed


async def test_a_stream_that_nobody_reads_can_be_closed() -> None:
    made = Made("one", stream=[b"a", b"b"])
    answer = await ask(Router(LocalStore()), snapshot(made))
    await without_usage(answer).aclose()
    assert made.closed


async def test_the_deadline_is_an_error_of_its_own() -> None:
    made = Made("one", stream=[None])
    with pytest.raises(ApiError) as caught:
        await ask(Router(LocalStore()), snapshot(made), deadline=asyncio.get_running_loop().time() + 0.05)
    assert caught.value.status == 504
    assert made.closed


async def test_a_provider_that_keeps_failing_is_left_alone_for_a_while() -> None:
    router = Router(LocalStore())
    one, two = Made("one", *[error(500)] * 100), Made("two")
    for _ in range(FAILURES + 3):
        await ask(router, snapshot(one, two))
    assert len(one.asked) == FAILURES


def test_the_breaker_closes_again_with_time_or_success() -> None:
    now = [0.0]
    breaker = Breaker(lambda: now[0])
    for _ in range(FAILURES):
        breaker.failed("p")
    assert breaker.is_open("p")
    now[0] = PAUSE_SECONDS + 1
    assert not breaker.is_open("p")
    assert breaker.is_degraded("p")
    breaker.succeeded("p")
    assert not breaker.is_degraded("p")


def test_retries_are_a_share_of_the_requests() -> None:
    budget = RetryBudget(ratio=0.25, reserve=2)
    assert [budget.withdraw() for _ in range(3)] == [True, True, False]
    for _ in range(4):
        budget.deposit()
    assert [budget.withdraw() for _ in range(2)] == [True, False]


async def test_a_key_covers_only_its_models() -> None:
    alice = Principal("alice", frozenset({"m"}))
    held = snapshot(Made("one", models=("m", "secret")))
    await ask(Router(LocalStore()), held, "m", principal=alice)
    with pytest.raises(ApiError) as caught:
        await ask(Router(LocalStore()), held, "secret", principal=alice)
    assert caught.value.status == 403
    assert list(visible_models(held, alice)) == ["m"]
    assert list(visible_models(held, ANONYMOUS)) == ["m", "secret"]


def test_keys() -> None:
    alice = Principal("alice")
    held = Snapshot(keys={hash_key("sk-a"): alice}, providers={}, kinds={}, routes={})
    assert authenticate(held, "Bearer sk-a") is alice
    assert authenticate(snapshot(), None) is ANONYMOUS
    for value in (None, "", "Bearer nope", "Basic sk-a", "sk-a"):
        with pytest.raises(ApiError) as caught:
            authenticate(held, value)
        assert caught.value.status == 401
        assert "sk-a" not in caught.value.message
