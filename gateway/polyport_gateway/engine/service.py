"""Loaded models at work: requests become sequences, chosen tokens become events.

Four threads share the work so that the step thread only computes: one prepares requests (templates, tokenizing), one writes text
(detokenizing, stop strings), and the event loop of `host` moves frames.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import SimpleQueue

from .bert import Embedder
from .errors import RequestError
from .host import Deliver, Job, Peer
from .loading import ChatModel
from .messages import Chat, Complete, Done, Embed, Embedded, Event, Failed, Piece, Started
from .runner import Broken, EmbeddingJob, Result, Runner
from .sampling import Sampler
from .scheduler import Output, Sequence
from .text import AnswerText

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Answers:
    """A job for a text model, with its answers in the making; the owner of its sequences."""

    job: Job
    service: ChatService
    sequences: list[Sequence] = field(default_factory=list)
    texts: dict[Sequence, AnswerText] = field(default_factory=dict)


class Workshop:
    """The threads that all models of an engine share."""

    def __init__(self, deliver: Deliver, threads: int) -> None:
        self._deliver = deliver
        self._preparing = ThreadPoolExecutor(1, thread_name_prefix="engine-prepare")
        self._results: SimpleQueue[Result | None] = SimpleQueue()
        self.runner = Runner(self._results.put, threads)
        self.runner.start()
        self._writer = threading.Thread(target=self._write, name="engine-text", daemon=True)
        self._writer.start()

    def close(self) -> None:
        """End the threads, after the work that they have begun."""
        self._preparing.shutdown()
        self.runner.stop()
        self.runner.join()
        self._results.put(None)
        self._writer.join()

    def prepare(self, job: Job, work: Callable[[], None]) -> None:
        """Run `work` on the preparing thread; what it raises becomes the job's failure."""
        self._preparing.submit(self._attempt, job, work)

    def send(self, job: Job, event: Event) -> None:
        self._deliver({job.peer: [event]})

    def _attempt(self, job: Job, work: Callable[[], None]) -> None:
        if job.cancelled:
            return
        try:
            work()
        except RequestError as error:
            self.send(job, Failed(job.id, error.code, str(error), error.param))
        except Exception as error:
            log.exception("preparing a request failed")
            self.send(job, Failed(job.id, "engine_error", f"the request could not be prepared: {error}"))

    def _write(self) -> None:
        """The text thread: all that one step gave leaves as one delivery."""
        while (result := self._results.get()) is not None:
            events: dict[Peer, list[Event]] = defaultdict(list)
            try:
                for job, event in _events(result):
                    events[job.peer].append(event)
            except Exception:
                log.exception("writing text failed")
            if events:
                self._deliver(events)


def _events(result: Result) -> list[tuple[Job, Event]]:
    """What a result means to the jobs that it is for, in order."""
    match result:
        case EmbeddingJob(owner=Job() as job) as done:
            tokens = sum(map(len, done.inputs))
            return [(job, Embedded(job.id, done.embedder.dimensions, b"".join(done.vectors), tokens))]
        case Broken(owners, reason):
            jobs = dict.fromkeys(owner.job if isinstance(owner, Answers) else owner for owner in owners)
            return [(job, Failed(job.id, "engine_error", reason)) for job in jobs if isinstance(job, Job)]
        case list():
            return [pair for output in result for pair in _written(output)]
        case _:
            raise TypeError(f"no job owns {result!r}")


def _written(output: Output) -> list[tuple[Job, Event]]:
    answers = output.sequence.owner
    assert isinstance(answers, Answers)
    job, text = answers.job, answers.texts[output.sequence]
    if job.cancelled or text.finish_reason is not None:  # cancelled, or ended by a stop string one step ago
        return []
    words, logprobs = text.feed(output.choice, output.finish_reason)
    found: list[tuple[Job, Event]] = []
    if words or logprobs or text.finish_reason:
        found.append(
            (job, Piece(job.id, answers.sequences.index(output.sequence), words, logprobs, text.finish_reason))
        )
    if text.finish_reason and not output.finish_reason:
        answers.service.forget([output.sequence])
    if all(t.finish_reason for t in answers.texts.values()):
        first = answers.sequences[0]
        found.append(
            (job, Done(job.id, first.prompt_tokens, sum(t.tokens for t in answers.texts.values()), first.cached))
        )
    return found


class ChatService:
    """A text model that serves Chat and Complete."""

    def __init__(self, model: ChatModel, workshop: Workshop) -> None:
        self._model, self._workshop = model, workshop
        workshop.runner.serve(model.scheduler)

    def submit(self, job: Job) -> None:
        self._workshop.prepare(job, lambda: self._begin(job))

    def cancel(self, job: Job) -> None:
        if isinstance(job.work, Answers):
            self.forget(job.work.sequences)

    def forget(self, sequences: list[Sequence]) -> None:
        self._workshop.runner.remove(self._model.scheduler, sequences)

    def _begin(self, job: Job) -> None:
        message = job.message
        assert isinstance(message, Chat | Complete)
        prompt = self._prompt(message)
        where = "messages" if isinstance(message, Chat) else "prompt"
        room = self._model.context - len(prompt)
        if room < 1:
            problem = f"the prompt has {len(prompt)} tokens; this model takes at most {self._model.context}, prompt and answer together"
            raise RequestError(problem, "context_length_exceeded", where)
        sampling, tokenizer = message.sampling, self._model.tokenizer
        limit = len(prompt) + (room if sampling.max_tokens is None else min(sampling.max_tokens, room))
        answers = Answers(job, self)
        for index in range(sampling.n):
            leader = answers.sequences[0] if index else None
            sequence = Sequence(list(prompt), Sampler(sampling, index), limit, tokenizer.ends, leader, owner=answers)
            answers.sequences.append(sequence)
            answers.texts[sequence] = AnswerText(tokenizer, sampling.stop, sampling.top_logprobs is not None)
        self._workshop.send(job, Started(job.id, len(prompt)))
        if sampling.max_tokens == 0:
            for index in range(sampling.n):
                self._workshop.send(job, Piece(job.id, index, "", finish_reason="length"))
            self._workshop.send(job, Done(job.id, len(prompt), 0, 0))
            return
        job.work = answers
        self._workshop.runner.add(self._model.scheduler, answers.sequences)
        if job.cancelled:  # meanwhile: whoever cancelled may not have seen job.work
            self.forget(answers.sequences)

    def _prompt(self, message: Chat | Complete) -> list[int]:
        tokenizer = self._model.tokenizer
        if isinstance(message, Chat):
            if self._model.template is None:
                raise RequestError("this model has no chat template; use completions", "unsupported_operation", "model")
            text = self._model.template.render(message.messages, message.tools)
            return tokenizer.encode(text)
        if isinstance(message.prompt, str):
            ids = tokenizer.encode(message.prompt)
        else:
            ids = message.prompt
            if wrong := next((token for token in ids if not 0 <= token < tokenizer.size), None):
                raise RequestError(f"{wrong} is no token id of this model", param="prompt")
        if not ids:
            start = tokenizer.bos if tokenizer.bos is not None else next(iter(tokenizer.ends), None)
            if start is None:
                raise RequestError("the prompt is empty", param="prompt")
            ids = [start]
        return ids


class EmbeddingService:
    """An embedding model that serves Embed."""

    def __init__(self, embedder: Embedder, workshop: Workshop) -> None:
        self._embedder, self._workshop = embedder, workshop

    def submit(self, job: Job) -> None:
        self._workshop.prepare(job, lambda: self._begin(job))

    def cancel(self, job: Job) -> None:
        self._workshop.runner.forget_embedding(job)

    def _begin(self, job: Job) -> None:
        assert isinstance(job.message, Embed)
        inputs = [self._embedder.tokenize(item) if isinstance(item, str) else item for item in job.message.inputs]
        for index, ids in enumerate(inputs):
            where = "input" if len(inputs) == 1 else f"input[{index}]"
            if not 0 < len(ids) <= self._embedder.context:
                problem = f"the input has {len(ids)} tokens; this model takes 1 to {self._embedder.context}"
                raise RequestError(problem, "context_length_exceeded" if ids else "invalid_value", where)
            if any(not 0 <= token < self._embedder.vocabulary for token in ids):
                raise RequestError("the input holds ids that are no tokens of this model", param=where)
        self._workshop.send(job, Started(job.id, sum(map(len, inputs))))
        self._workshop.runner.embed(EmbeddingJob(self._embedder, inputs, job))
        if job.cancelled:
            self._workshop.runner.forget_embedding(job)
