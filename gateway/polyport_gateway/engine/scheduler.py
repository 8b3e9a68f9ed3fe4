"""Continuous batching: which sequences run in the next step, in which cache slots, and what they say.

A step decodes one token for every running sequence and spends the rest of its token budget on prompts, in chunks (Yu et al., Orca,
2022; Agrawal et al., Sarathi, 2023). A sequence enters and leaves at any step. A slot keeps its tokens when its sequence ends, so a later
prompt that begins the same way starts from there. When the cache is full, idle slots are cleared first, then the youngest sequence goes
back to the queue and later computes its tokens again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Container
from collections.abc import Sequence as Items
from dataclasses import dataclass, field
from typing import Protocol

from torch import Tensor

from .kv_cache import KVCache
from .messages import FinishReason
from .model import Span
from .sampling import Choice, Sampler, choose


class Model(Protocol):
    """What the scheduler needs of a model."""

    def step(self, spans: Items[Span], cache: KVCache) -> Tensor: ...


@dataclass(eq=False)
class Sequence:
    """One answer in the making: `tokens` are the prompt and what was generated, `computed` of them are in the cache."""

    tokens: list[int]
    sampler: Sampler
    limit: int  # of all tokens, prompt included
    ends: frozenset[int]
    leader: Sequence | None = None  # an answer to the same prompt, to share its computation
    prompt_tokens: int = field(init=False)
    computed: int = 0
    cached: int = 0  # tokens of the prompt that were found in the cache
    slot: int | None = None
    finish_reason: FinishReason | None = None
    owner: object = None  # whoever wants the outputs

    def __post_init__(self) -> None:
        self.prompt_tokens = len(self.tokens)


@dataclass(frozen=True)
class Output:
    """A token that a step gave to a sequence, and whether it was the last."""

    sequence: Sequence
    choice: Choice
    finish_reason: FinishReason | None


class Scheduler:
    """Owns the cache and the queue; called from one thread."""

    def __init__(self, model: Model, cache: KVCache, *, cache_tokens: int, step_tokens: int = 128) -> None:
        """`cache_tokens`: how many positions may be in memory at once; `step_tokens`: most tokens of one step."""
        self._model, self._cache = model, cache
        self._cache_tokens, self._step_tokens = cache_tokens, step_tokens
        self._waiting: deque[Sequence] = deque()
        self._running: list[Sequence] = []
        self._kept: list[list[int]] = [[] for _ in range(cache.slots)]  # tokens in each slot's cache
        self._used_at = [0] * cache.slots  # step of the slot's last use
        self._steps = 0

    @property
    def busy(self) -> bool:
        return bool(self._running or self._waiting)

    def add(self, sequence: Sequence) -> None:
        self._waiting.append(sequence)

    def remove(self, sequence: Sequence) -> None:
        """Forget a sequence, wherever it is."""
        if sequence in self._running:
            self._release(sequence)
        elif sequence in self._waiting:
            self._waiting.remove(sequence)

    def abandon(self) -> list[Sequence]:
        """Forget and return all sequences, and forget all that is cached (after a failed step, whose writes are unknown)."""
        forgotten = [*self._running, *self._waiting]
        self._running.clear()
        self._waiting.clear()
        for slot in range(self._cache.slots):
            self._clear(slot)
        return forgotten

    def step(self) -> list[Output]:
        """Compute one step and return the tokens that it gave. Nothing to do: an empty list."""
        self._steps += 1
        self._admit()
        plan = self._plan()
        if not plan:
            return []
        logits = self._model.step(list(plan.values()), self._cache)
        for sequence, span in plan.items():
            sequence.computed += len(span.tokens)
            self._kept[span.slot].extend(span.tokens)
            self._used_at[span.slot] = self._steps
        sampled = [sequence for sequence, span in plan.items() if span.last]
        choices = choose(logits, [sequence.sampler for sequence in sampled]) if sampled else []
        return [self._accept(sequence, choice) for sequence, choice in zip(sampled, choices, strict=True)]

    def _plan(self) -> dict[Sequence, Span]:
        """What this step computes: one token for each sequence that decodes, then chunks of prompts while the budget lasts."""
        budget = self._step_tokens
        plan: dict[Sequence, Span] = {}
        for sequence in sorted(self._running, key=lambda s: (len(s.tokens) - s.computed > 1, s.slot)):
            if sequence.slot is None:  # lost its place to an older one a moment ago
                continue
            pending = len(sequence.tokens) - sequence.computed
            count = 1 if pending == 1 else min(pending, budget)
            if count <= 0 or not self._make_room(sequence, count, plan):
                continue
            chunk = sequence.tokens[sequence.computed : sequence.computed + count]
            plan[sequence] = Span(sequence.slot, sequence.computed, chunk, last=count == pending)
            budget -= count
        return plan

    def _accept(self, sequence: Sequence, choice: Choice) -> Output:
        sequence.tokens.append(choice.token)
        if choice.token in sequence.ends:
            sequence.finish_reason = "stop"
        elif len(sequence.tokens) >= sequence.limit:
            sequence.finish_reason = "length"
        if sequence.finish_reason is not None:
            self._release(sequence)
        return Output(sequence, choice, sequence.finish_reason)

    def _admit(self) -> None:
        """Give waiting sequences, oldest first, a slot and a start from what is cached."""
        while self._waiting:
            sequence = self._waiting[0]
            leader = sequence.leader
            if leader is not None and leader in self._running and leader.computed < sequence.prompt_tokens:
                return  # its prompt is being computed: wait and share it
            taken = {s.slot for s in self._running}
            free = [slot for slot in range(self._cache.slots) if slot not in taken]
            if not free:
                return
            self._waiting.popleft()
            self._place(sequence, free)
            self._running.append(sequence)

    def _place(self, sequence: Sequence, free: list[int]) -> None:
        """Take the free slot whose contents the sequence continues; else an empty or long unused one, with a beginning copied to it."""
        usable = len(sequence.tokens) - 1  # the last token must be computed, for its logits
        shared = [min(_common(kept, sequence.tokens), usable) for kept in self._kept]
        source = max(range(len(shared)), key=lambda s: shared[s])
        continues = source in free and 2 * shared[source] >= len(self._kept[source])
        slot = source if continues else min(free, key=lambda s: (bool(self._kept[s]), self._used_at[s]))
        kept = shared[source]
        if slot != source:
            self._clear(slot)
            if self._total() + kept > self._cache_tokens:
                kept = 0
            self._cache.copy(source, slot, kept)
        self._kept[slot] = sequence.tokens[:kept]
        self._cache.trim(slot, kept)
        sequence.slot, sequence.computed, sequence.cached = slot, kept, kept
        self._used_at[slot] = self._steps

    def _make_room(self, sequence: Sequence, count: int, plan: Container[Sequence]) -> bool:
        """Make sure that `count` more positions fit, at the cost of idle slots, then of younger sequences outside the plan."""
        while self._total() + count > self._cache_tokens:
            taken = {s.slot for s in self._running}
            idle = [slot for slot, kept in enumerate(self._kept) if kept and slot not in taken]
            if idle:
                self._clear(min(idle, key=lambda s: self._used_at[s]))
                continue
            youngest = next((s for s in reversed(self._running) if s is not sequence and s not in plan), None)
            if youngest is None:
                return False
            self._release(youngest)  # its slot is idle now, and cleared in the next round if need be
            self._waiting.appendleft(youngest)
        return True

    def _total(self) -> int:
        return sum(map(len, self._kept))

    def _release(self, sequence: Sequence) -> None:
        self._running.remove(sequence)
        sequence.slot, sequence.computed = None, 0

    def _clear(self, slot: int) -> None:
        if self._kept[slot]:
            self._kept[slot] = []
            self._cache.trim(slot, 0)


def _common(one: Items[int], other: Items[int]) -> int:
    """How many items both begin with."""
    count = min(len(one), len(other))
    if one[:count] == other[:count]:
        return count
    return next(i for i in range(count) if one[i] != other[i])
