"""Continuous batching over a model that can be followed by hand, and over a real one."""

from __future__ import annotations

from collections.abc import Sequence as Items
from pathlib import Path
from typing import Any

import pytest
import torch
from polyport_gateway.engine.config import LlamaConfig
from polyport_gateway.engine.kv_cache import KVCache
from polyport_gateway.engine.loading import load_weights
from polyport_gateway.engine.messages import Sampling
from polyport_gateway.engine.model import Span
from polyport_gateway.engine.sampling import Sampler
from polyport_gateway.engine.scheduler import Scheduler, Sequence

CONFIG = LlamaConfig(dim=4, layers=1, heads=1, kv_heads=1, head_dim=2, hidden=4, vocab=50, context=64)
END = 49


class Adder:
    """A model whose next token is the sum of all tokens in the slot's cache, modulo 40: wrong cache contents show at once."""

    def __init__(self) -> None:
        self.steps: list[list[Span]] = []

    def step(self, spans: Items[Span], cache: KVCache) -> torch.Tensor:
        self.steps.append(list(spans))
        wanted = []
        for span in spans:
            rows = cache.rows[0][span.slot * cache.context : (span.slot + 1) * cache.context]
            rows[span.start : span.start + len(span.tokens), 0] = torch.tensor(span.tokens, dtype=torch.float32)
            if span.last:
                total = int(rows[: span.start + len(span.tokens), 0].sum())
                wanted.append(torch.nn.functional.one_hot(torch.tensor(total % 40), 50).float())
        return torch.stack(wanted) if wanted else torch.empty(0, 50)


def scheduler(model: Any, slots: int = 4, cache_tokens: int = 256, step_tokens: int = 16) -> Scheduler:
    return Scheduler(model, KVCache(CONFIG, slots, 64), cache_tokens=cache_tokens, step_tokens=step_tokens)


def sequence(tokens: list[int], new: int = 4, leader: Sequence | None = None) -> Sequence:
    return Sequence(tokens, Sampler(Sampling(temperature=0), 0), len(tokens) + new, frozenset({END}), leader)


def by_hand(tokens: list[int], new: int) -> list[int]:
    tokens = list(tokens)
    for _ in range(new):
        tokens.append(sum(tokens) % 40)
    return tokens


def run(work: Scheduler, most: int = 500) -> None:
    for _ in range(most):
        if not work.busy:
            return
        work.step()
    pytest.fail("the scheduler does not come to an end")


def test_sequences_enter_and_leave_at_any_step() -> None:
    model = Adder()
    work = scheduler(model)
    first, second, third = sequence([1, 2], 6), sequence([5], 2), sequence([7, 7, 7], 3)
    work.add(first)
    work.step()
    work.add(second)
    work.step()
    work.add(third)
    run(work)
    assert first.tokens == by_hand([1, 2], 6)
    assert second.tokens == by_hand([5], 2)
    assert third.tokens == by_hand([7, 7, 7], 3)
    assert [len(spans) for spans in model.steps] == [1, 2, 3, 2, 2, 1]


def test_long_prompts_come_in_chunks_beside_decoding() -> None:
    model = Adder()
    work = scheduler(model, step_tokens=8)
    short, long = sequence([3], 6), sequence(list(range(1, 31)), 1)
    work.add(short)
    work.step()
    work.add(long)
    run(work)
    assert short.tokens == by_hand([3], 6)
    assert long.tokens == by_hand(list(range(1, 31)), 1)
    assert all(sum(len(span.tokens) for span in spans) <= 8 for spans in model.steps)
    assert all(
        any(len(span.tokens) == 1 for span in spans) for spans in model.steps[1:5]
    )  # nobody waits for the long prompt


def test_an_end_token_ends_with_stop_and_the_limit_with_length() -> None:
    work = scheduler(Adder())
    stopped, limited = sequence([1], 9), sequence([2], 1)
    stopped.ends = frozenset({2})  # 1 -> 1 -> 2
    work.add(stopped)
    work.add(limited)
    run(work)
    assert (stopped.finish_reason, stopped.tokens) == ("stop", [1, 1, 2])
    assert limited.finish_reason == "length"


def test_a_prompt_that_begins_like_an_earlier_one_is_not_computed_again() -> None:
    model = Adder()
    work = scheduler(model)
    first = sequence(list(range(1, 11)), 2)
    work.add(first)
    run(work)
    model.steps.clear()
    again = sequence([*first.tokens, 30, 31], 2)
    work.add(again)
    run(work)
    assert again.tokens == by_hand([*first.tokens, 30, 31], 2)
    assert again.cached == 11  # all of the first but its last token, which was never fed back
    assert len(model.steps[0][0].tokens) == 3


def test_a_beginning_is_copied_from_a_busy_slot() -> None:
    model = Adder()
    work = scheduler(model)
    busy = sequence(list(range(1, 11)), 20)
    work.add(busy)
    work.step()
    other = sequence([*range(1, 11), 33], 3)
    work.add(other)
    run(work)
    assert other.cached == 10
    assert other.tokens == by_hand([*range(1, 11), 33], 3)
    assert busy.tokens == by_hand(list(range(1, 11)), 20)


def test_answers_to_one_prompt_share_its_computation() -> None:
    model = Adder()
    work = scheduler(model, step_tokens=4)
    leader = sequence(list(range(1, 11)), 2)
    followers = [sequence(list(range(1, 11)), 2, leader) for _ in range(2)]
    for each in (leader, *followers):
        work.add(each)
    run(work)
    assert [f.cached for f in followers] == [9, 9]
    assert all(each.tokens == by_hand(list(range(1, 11)), 2) for each in (leader, *followers))


def test_more_sequences_than_slots_wait_their_turn() -> None:
    work = scheduler(Adder(), slots=2)
    many = [sequence([i, i], 3) for i in range(1, 8)]
    for each in many:
        work.add(each)
    run(work)
    assert [each.tokens for each in many] == [by_hand([i, i], 3) for i in range(1, 8)]


def test_a_full_cache_sends_the_youngest_back_and_all_still_end_right() -> None:
    model = Adder()
    work = scheduler(model, slots=4, cache_tokens=24, step_tokens=8)
    many = [sequence([i, i + 1, i + 2], 10) for i in range(1, 6)]
    for each in many:
        work.add(each)
    run(work)
    assert [each.tokens for each in many] == [by_hand([i, i + 1, i + 2], 10) for i in range(1, 6)]
    assert all(each.finish_reason == "length" for each in many)


def test_removed_sequences_are_forgotten_running_or_waiting() -> None:
    model = Adder()
    work = scheduler(model, slots=1)
    running, waiting, last = sequence([1], 9), sequence([2], 9), sequence([3], 2)
    for each in (running, waiting, last):
        work.add(each)
    work.step()
    work.remove(running)
    work.remove(waiting)
    run(work)
    assert last.tokens == by_hand([3], 2)
    assert running.tokens == by_hand([1], 1)
    assert waiting.tokens == [2]


def test_a_failed_step_forgets_everything() -> None:
    model = Adder()
    work = scheduler(model)
    lost = [sequence([1], 3), sequence([2], 3)]
    for each in lost:
        work.add(each)
    work.step()
    assert work.abandon() == lost
    assert not work.busy
    again = sequence([1, 2, 3], 2)
    work.add(again)
    run(work)
    assert again.cached == 0
    assert again.tokens == by_hand([1, 2, 3], 2)


@pytest.mark.parametrize(
    "settings",
    [Sampling(temperature=0), Sampling(temperature=1.3, top_p=0.9, seed=5), Sampling(temperature=0.8, seed=6)],
)
def test_an_answer_does_not_depend_on_its_neighbours(tiny_gguf: Path, settings: Sampling) -> None:
    model, _, _ = load_weights(tiny_gguf, "float32")

    def answers(prompts: list[list[int]], cache_tokens: int = 4096) -> list[list[int]]:
        work = Scheduler(model, KVCache(model.config, 8, 128), cache_tokens=cache_tokens, step_tokens=24)
        found = [Sequence(list(p), Sampler(settings, i), len(p) + 20, frozenset()) for i, p in enumerate(prompts)]
        for each in found:
            work.add(each)
        run(work)
        return [each.tokens for each in found]

    prompts = [list(range(3, 3 + length)) for length in (5, 40, 9, 17, 30)]
    alone = []
    for index, prompt in enumerate(prompts):
        work = Scheduler(model, KVCache(model.config, 1, 128), cache_tokens=4096)
        only = Sequence(list(prompt), Sampler(settings, index), len(prompt) + 20, frozenset())
        work.add(only)
        run(work)
        alone.append(only.tokens)
    assert answers(prompts) == alone
    assert answers(prompts, cache_tokens=120) == alone  # with sequences sent back and computed again
