"""The step thread: the only one that computes. Everything else hands it work through its inbox and gets results by a callback."""

from __future__ import annotations

import logging
import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

import torch

from .bert import Embedder
from .scheduler import Output, Scheduler, Sequence

log = logging.getLogger(__name__)
_BATCH_INPUTS, _BATCH_TOKENS = 32, 4096


@dataclass(eq=False)
class EmbeddingJob:
    """Inputs to embed, in batches between steps; `vectors` fills up with float32 bytes, by input."""

    embedder: Embedder
    inputs: list[list[int]]
    owner: object
    order: deque[int] = field(init=False)
    vectors: list[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.order = deque(
            sorted(range(len(self.inputs)), key=lambda i: len(self.inputs[i]))
        )  # equal lengths need no padding
        self.vectors = [b""] * len(self.inputs)

    def advance(self) -> bool:
        """Embed one batch; True when all are done."""
        batch: list[int] = []
        tokens = 0
        while self.order and len(batch) < _BATCH_INPUTS:
            tokens += len(self.inputs[self.order[0]])
            if batch and tokens > _BATCH_TOKENS:
                break
            batch.append(self.order.popleft())
        for index, vector in zip(batch, self.embedder.embed([self.inputs[i] for i in batch]), strict=True):
            self.vectors[index] = vector.numpy().astype("<f4").tobytes()
        return not self.order


@dataclass(frozen=True)
class Broken:
    """A computation failed: all that it was for has ended."""

    owners: list[object]
    reason: str


Result = list[Output] | EmbeddingJob | Broken


class Runner(threading.Thread):
    """Steps every busy scheduler in turn, one batch of embeddings in between, and sleeps when there is nothing to do."""

    def __init__(self, deliver: Callable[[Result], None], threads: int) -> None:
        """`deliver` is called on this thread with what a step gave, and must not block; `threads` is torch's number."""
        super().__init__(name="engine-steps", daemon=True)
        self._deliver, self._threads = deliver, threads
        self._inbox: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._schedulers: list[Scheduler] = []
        self._embeddings: deque[EmbeddingJob] = deque()

    def serve(self, scheduler: Scheduler) -> None:
        self._inbox.put(lambda: self._schedulers.append(scheduler))

    def add(self, scheduler: Scheduler, sequences: list[Sequence]) -> None:
        def admit() -> None:
            for sequence in sequences:
                scheduler.add(sequence)

        self._inbox.put(admit)

    def remove(self, scheduler: Scheduler, sequences: list[Sequence]) -> None:
        def forget() -> None:
            for sequence in sequences:
                scheduler.remove(sequence)

        self._inbox.put(forget)

    def embed(self, job: EmbeddingJob) -> None:
        self._inbox.put(lambda: self._embeddings.append(job))

    def forget_embedding(self, owner: object) -> None:
        def forget() -> None:
            self._embeddings = deque(job for job in self._embeddings if job.owner is not owner)

        self._inbox.put(forget)

    def stop(self) -> None:
        """End after the current step; returns at once."""
        self._inbox.put(None)

    def run(self) -> None:
        torch.set_num_threads(self._threads)  # counts for the thread that says it
        sys.setswitchinterval(0.0005)  # other threads hold the interpreter briefly, so that steps need not wait for it
        while self._take_orders():
            for scheduler in self._schedulers:
                if scheduler.busy:
                    self._step(scheduler)
            if self._embeddings:
                self._embed(self._embeddings[0])

    def _take_orders(self) -> bool:
        """Do what the inbox says, waiting for it if there is nothing else to do; False to end."""
        idle = not self._embeddings and not any(scheduler.busy for scheduler in self._schedulers)
        try:
            while True:
                order = self._inbox.get(block=idle)
                if order is None:
                    return False
                order()
                idle = False
        except Empty:
            return True

    def _step(self, scheduler: Scheduler) -> None:
        try:
            outputs = scheduler.step()
        except Exception as error:
            log.exception("a step failed")
            self._deliver(Broken([sequence.owner for sequence in scheduler.abandon()], f"the step failed: {error}"))
        else:
            if outputs:
                self._deliver(outputs)

    def _embed(self, job: EmbeddingJob) -> None:
        try:
            done = job.advance()
        except Exception as error:
            log.exception("embedding failed")
            self._embeddings.remove(job)
            self._deliver(Broken([job.owner], f"the embedding failed: {error}"))
            return
        if done:
            self._embeddings.remove(job)
            self._deliver(job)
