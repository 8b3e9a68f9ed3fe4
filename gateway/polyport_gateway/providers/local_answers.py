"""From the engine's events to the wire's answers and chunks: pure but for ids, which are random, and the time."""

from __future__ import annotations

import base64
import time
import uuid
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec
from msgspec import UNSET, UnsetType

from polyport_gateway.engine.messages import Done, Embedded, Event, Piece, Started, TokenLogprob
from polyport_gateway.providers import local_wire as wire
from polyport_gateway.providers.local_tools import parse_calls, settled

_encode = msgspec.json.Encoder().encode
_VERY_UNLIKELY = -9999.0  # the wire's stand-in for minus infinity, which JSON lacks


@dataclass
class _Choice:
    """One choice as it grows: in a stream, `text` and `logprobs` are what has not been sent yet."""

    text: str = ""
    logprobs: list[TokenLogprob] = field(default_factory=list)
    finish_reason: str | None = None
    begun: bool = False  # some of the text has been sent
    characters: int = 0  # of text in all pieces so far

    def take(self, piece: Piece) -> None:
        self.text += piece.text
        self.logprobs += piece.logprobs
        self.finish_reason = piece.finish_reason or self.finish_reason


class ChatWriter:
    """Writes one chat completion, whole (`add` everything, then `body`) or in `chunks`. `tools` are the functions that may be called."""

    def __init__(self, model: str, n: int, tools: Iterable[str] = ()) -> None:
        self._id, self._created, self._model = f"chatcmpl-{uuid.uuid4().hex}", int(time.time()), model
        self._choices = [_Choice() for _ in range(n)]
        self._tools = set(tools)
        self._usage: wire.Usage | UnsetType = UNSET

    def add(self, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, Piece):
                self._choices[event.index].take(event)
            elif isinstance(event, Done):
                self._usage = usage([event])

    def body(self) -> bytes:
        """The answer as JSON text."""
        choices = [self._whole(index, choice) for index, choice in enumerate(self._choices)]
        return _encode(
            wire.Envelope(
                id=self._id,
                object="chat.completion",
                created=self._created,
                model=self._model,
                choices=choices,
                usage=self._usage,
            )
        )

    def chunks(self, events: Sequence[Event]) -> list[bytes]:
        """The chunks that the events make; the last one carries the usage."""
        found: list[bytes] = []
        for event in events:
            if isinstance(event, Started):
                found += [
                    self._chunk([wire.ChunkChoice(i, wire.Delta(role="assistant", content=""))])
                    for i in range(len(self._choices))
                ]
            elif isinstance(event, Piece):
                choice = self._choices[event.index]
                choice.take(event)
                found += [self._chunk([part]) for part in self._parts(event.index, choice)]
            elif isinstance(event, Done):
                found.append(self._chunk([], usage([event])))
        return found

    def _parts(self, index: int, choice: _Choice) -> list[wire.ChunkChoice]:
        """What can be sent of a choice now."""
        calls: list[wire.ToolCall] = []
        if choice.finish_reason is None:
            end = settled(choice.text, choice.begun) if self._tools else len(choice.text)
            text, choice.text = choice.text[:end], choice.text[end:]
            if not text and (choice.text or not choice.logprobs):
                return []
        else:
            rest, calls = parse_calls(choice.text, self._tools)
            text = rest or ""
        parts = []
        logprobs, choice.logprobs = choice.logprobs, []
        if text or logprobs:
            choice.begun = True
            parts.append(wire.ChunkChoice(index, wire.Delta(content=text), _logprobs(logprobs)))
        if calls:
            numbered = [msgspec.structs.replace(call, index=number) for number, call in enumerate(calls)]
            parts.append(wire.ChunkChoice(index, wire.Delta(tool_calls=numbered)))
        if choice.finish_reason is not None:
            parts.append(wire.ChunkChoice(index, wire.Delta(), None, "tool_calls" if calls else choice.finish_reason))
        return parts

    def _chunk(self, choices: list[wire.ChunkChoice], tokens: wire.Usage | UnsetType = UNSET) -> bytes:
        return _encode(
            wire.Envelope(
                id=self._id,
                object="chat.completion.chunk",
                created=self._created,
                model=self._model,
                choices=choices,
                usage=tokens,
            )
        )

    def _whole(self, index: int, choice: _Choice) -> wire.ChatChoice:
        text, calls = parse_calls(choice.text, self._tools)
        message = wire.Message(content=text, tool_calls=calls or UNSET)
        finish_reason = "tool_calls" if calls else choice.finish_reason or "stop"
        return wire.ChatChoice(index, message, _logprobs(choice.logprobs), finish_reason)


class CompletionWriter:
    """Writes one completion of several prompts with `n` answers each; choice = prompt number * n + answer number."""

    def __init__(self, model: str, prompts: int, n: int) -> None:
        self._id, self._created, self._model = f"cmpl-{uuid.uuid4().hex}", int(time.time()), model
        self._n = n
        self._choices = [_Choice() for _ in range(prompts * n)]
        self._done: list[Done] = []

    def add(self, prompt: int, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, Piece):
                self._choices[prompt * self._n + event.index].take(event)
            elif isinstance(event, Done):
                self._done.append(event)

    def body(self) -> bytes:
        """The answer as JSON text."""
        choices = [
            wire.CompletionChoice(
                index, choice.text, _completion_logprobs(choice.logprobs, 0), choice.finish_reason or "stop"
            )
            for index, choice in enumerate(self._choices)
        ]
        return self._envelope(choices, usage(self._done))

    def chunks(self, prompt: int, events: Sequence[Event]) -> list[bytes]:
        """The chunks that one prompt's events make."""
        found = []
        for event in events:
            if isinstance(event, Piece):
                index = prompt * self._n + event.index
                choice = self._choices[index]
                logprobs = _completion_logprobs(event.logprobs, choice.characters)
                choice.characters += len(event.text)
                found.append(self._envelope([wire.CompletionChoice(index, event.text, logprobs, event.finish_reason)]))
            elif isinstance(event, Done):
                self._done.append(event)
        return found

    def last_chunk(self) -> bytes:
        """The chunk with the usage, once all prompts are done."""
        return self._envelope([], usage(self._done))

    def _envelope(self, choices: list[wire.CompletionChoice], tokens: wire.Usage | UnsetType = UNSET) -> bytes:
        return _encode(
            wire.Envelope(
                id=self._id,
                object="text_completion",
                created=self._created,
                model=self._model,
                choices=choices,
                usage=tokens,
            )
        )


def embedding_body(model: str, embedded: Embedded, encoding_format: str | None) -> bytes:
    """Vectors as JSON text: numbers, or base64 of little-endian float32."""
    size = embedded.dimensions * 4
    raws = [embedded.vectors[at : at + size] for at in range(0, len(embedded.vectors), size)]
    vectors: list[list[float] | str]
    if encoding_format == "base64":
        vectors = [base64.b64encode(raw).decode() for raw in raws]
    else:
        vectors = [array("f", raw).tolist() for raw in raws]
    data = [wire.Embedding(index, vector) for index, vector in enumerate(vectors)]
    return _encode(wire.EmbeddingList(data, model, wire.EmbeddingUsage(embedded.prompt_tokens, embedded.prompt_tokens)))


def usage(done: Sequence[Done]) -> wire.Usage:
    """The token counts of a request's parts together."""
    prompt, completion = sum(d.prompt_tokens for d in done), sum(d.completion_tokens for d in done)
    return wire.Usage(prompt, completion, prompt + completion, {"cached_tokens": sum(d.cached_tokens for d in done)})


def _logprobs(reports: Sequence[TokenLogprob]) -> wire.Logprobs | None:
    if not reports:
        return None
    return wire.Logprobs(
        [
            wire.Logprob(
                report.token,
                max(report.logprob, _VERY_UNLIKELY),
                list(report.raw),
                [
                    {"token": t.token, "logprob": max(t.logprob, _VERY_UNLIKELY), "bytes": list(t.raw)}
                    for t in report.top
                ],
            )
            for report in reports
        ]
    )


def _completion_logprobs(reports: Sequence[TokenLogprob], offset: int) -> wire.CompletionLogprobs | None:
    if not reports:
        return None
    offsets = []
    for report in reports:
        offsets.append(offset)
        offset += len(report.token)
    return wire.CompletionLogprobs(
        [report.token for report in reports],
        [max(report.logprob, _VERY_UNLIKELY) for report in reports],
        [{t.token: max(t.logprob, _VERY_UNLIKELY) for t in report.top} for report in reports],
        offsets,
    )
