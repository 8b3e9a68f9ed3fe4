"""The engine's socket side: connections, the state of the models, and jobs on their way to a model. Imports no torch.

Everything here runs on the event loop, which therefore answers from the first moment, while torch and the models still load.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from .errors import RequestError
from .messages import (
    MAX_FRAME,
    PROTOCOL_VERSION,
    Cancel,
    Chat,
    Complete,
    Done,
    Embed,
    Embedded,
    EngineMessage,
    Event,
    Failed,
    FrameSplitter,
    Hello,
    ModelState,
    Phase,
    State,
    Step,
    client_decoder,
    encode_frame,
)

log = logging.getLogger(__name__)
MAX_WAITING = 1024  # requests that wait for a model to load


@dataclass(eq=False)
class Job:
    """One request of one connection. `work` belongs to the service, which looks at `cancelled` before it sends more."""

    peer: Peer
    message: Chat | Complete | Embed
    cancelled: bool = False
    work: object = None

    @property
    def id(self) -> int:
        return self.message.id


Deliver = Callable[[dict["Peer", list[Event]]], None]


class ModelService(Protocol):
    """A loaded model at work."""

    def submit(self, job: Job) -> None:
        """Begin work; events come through Host.deliver. Never blocks, never raises."""

    def cancel(self, job: Job) -> None:
        """Stop work on a job, whose `cancelled` is set already."""


@dataclass
class Served:
    """A model that this engine was started with."""

    state: ModelState
    service: ModelService | None = None
    waiting: list[Job] = field(default_factory=list)


class Host:
    """All connections and all models of one engine process."""

    def __init__(self, models: Iterable[ModelState]) -> None:
        self.loop = asyncio.get_running_loop()
        self.peers: set[Peer] = set()
        self.draining = False
        self._served = {state.id: Served(state) for state in models}
        self._idle = asyncio.Event()
        self._closers: list[Callable[[], None]] = []

    def on_close(self, closer: Callable[[], None]) -> None:
        """Have `closer` called by `close`."""
        self._closers.append(closer)

    def close(self) -> None:
        """End what works for this host; nothing is delivered afterwards."""
        for closer in self._closers:
            closer()

    def state(self) -> State:
        states = [served.state for served in self._served.values()]
        phases: list[Phase] = [state.phase for state in states]
        phase: Phase = "loading" if "loading" in phases else "failed" if "failed" in phases else "ready"
        reason = "; ".join(f"{state.id}: {state.reason}" for state in states if state.phase == "failed")
        return State(PROTOCOL_VERSION, phase, reason, states)

    def set_state(self, state: ModelState, service: ModelService | None = None) -> None:
        """A model has loaded or failed; jobs that waited for it go on or end."""
        served = self._served[state.id]
        served.state, served.service = state, service
        waiting, served.waiting = served.waiting, []
        for job in waiting:
            if not job.cancelled:
                self._dispatch(job, served)
        for peer in self.peers:
            peer.send(self.state())

    def deliver(self, events: dict[Peer, list[Event]]) -> None:
        """Send what happened, one frame for each connection. May be called from any thread."""
        self.loop.call_soon_threadsafe(self._deliver, events)

    def _deliver(self, events: dict[Peer, list[Event]]) -> None:
        for peer, items in events.items():
            peer.report(items)
        self._note_idle()

    def submit(self, job: Job) -> None:
        served = self._served.get(job.message.model)
        if self.draining:
            self.fail(job, RequestError("the engine is shutting down", "shutting_down"))
        elif served is None:
            known = ", ".join(self._served)
            self.fail(
                job,
                RequestError(
                    f"unknown model {job.message.model!r}; this engine has {known}", "model_not_found", "model"
                ),
            )
        else:
            self._dispatch(job, served)

    def _dispatch(self, job: Job, served: Served) -> None:
        wanted = "embedding" if isinstance(job.message, Embed) else "chat"
        if served.state.phase == "failed":
            self.fail(
                job, RequestError(f"model {served.state.id} failed to load: {served.state.reason}", "model_unavailable")
            )
        elif served.state.kind != wanted:
            problem = f"{served.state.id} is a model for {served.state.kind}, not for {wanted}"
            self.fail(job, RequestError(problem, "unsupported_operation", "model"))
        elif served.service is not None:
            served.service.submit(job)
        elif len(served.waiting) < MAX_WAITING:
            served.waiting.append(job)
        else:
            self.fail(job, RequestError("too many requests wait for the model to load", "overloaded"))

    def fail(self, job: Job, error: RequestError) -> None:
        self._deliver({job.peer: [Failed(job.id, error.code, str(error), error.param)]})

    def cancel(self, job: Job) -> None:
        """The job's connection no longer wants it."""
        job.cancelled = True
        served = self._served.get(job.message.model)
        if served is not None and served.service is not None:
            served.service.cancel(job)
        elif served is not None and job in served.waiting:
            served.waiting.remove(job)
        self._note_idle()

    async def drain(self, seconds: float) -> bool:
        """Refuse new requests and wait for the open ones; False if some were still open after `seconds`."""
        self.draining = True
        self._note_idle()
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            return False
        return True

    def _note_idle(self) -> None:
        if self.draining and not any(peer.jobs for peer in self.peers):
            self._idle.set()


class Peer(asyncio.Protocol):
    """One connection. What it sends is checked; what is sent to it never waits: a peer that does not read is cut off."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._splitter = FrameSplitter()
        self._greeted = False
        self._transport: asyncio.Transport
        self.jobs: dict[int, Job] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._host.peers.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._host.peers.discard(self)
        jobs, self.jobs = list(self.jobs.values()), {}
        for job in jobs:
            self._host.cancel(job)

    def data_received(self, data: bytes) -> None:
        try:
            for body in self._splitter.feed(data):
                self._handle(body)
        except (ValueError, msgspec.DecodeError) as error:  # msgspec.ValidationError is a DecodeError
            log.warning("closing a connection that does not speak the protocol: %s", error)
            self._transport.abort()

    def _handle(self, body: bytes) -> None:
        message = client_decoder.decode(body)
        match message:
            case Hello(version):
                if version != PROTOCOL_VERSION:
                    log.warning("a client speaks version %d of the protocol, this engine %d", version, PROTOCOL_VERSION)
                self._greeted = True
                self.send(self._host.state())
            case _ if not self._greeted:
                raise ValueError("the first message must be hello")
            case Cancel(id):
                if (job := self.jobs.pop(id, None)) is not None:
                    self._host.cancel(job)
            case Chat() | Complete() | Embed():
                if message.id in self.jobs:
                    raise ValueError(f"request id {message.id} is in use")
                job = self.jobs[message.id] = Job(self, message)
                self._host.submit(job)

    def report(self, events: list[Event]) -> None:
        """Send the events of jobs that are still wanted."""
        wanted = [event for event in events if event.id in self.jobs]
        for event in wanted:
            if isinstance(event, Done | Failed | Embedded):
                self.jobs.pop(event.id, None)
        if wanted:
            self.send(Step(wanted))

    def send(self, message: EngineMessage) -> None:
        self._transport.write(encode_frame(message))
        if self._transport.get_write_buffer_size() > MAX_FRAME:
            log.warning("closing a connection that does not read")
            self._transport.abort()
