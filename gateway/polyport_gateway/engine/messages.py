"""What the engine process and its clients say to each other: msgpack frames with a length in front.

A frame is a big-endian u32 length and that many bytes of one message. The client speaks first (`Hello`); the engine answers with `State`
and sends `State` again whenever it changes. All that happens in one step to all streams of one connection is one `Step` frame.
Imports no torch: gateway workers use it.
"""

from __future__ import annotations

import struct
from typing import Any, Literal

import msgspec

PROTOCOL_VERSION = 1
MAX_FRAME = 64 * 1024 * 1024

Phase = Literal["loading", "ready", "failed"]
Kind = Literal["chat", "embedding"]
FinishReason = Literal["stop", "length"]


class Sampling(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How to continue a text. `max_tokens` None: until the context is full. `top_logprobs` None: no log probabilities; 0: the chosen
    token's only. Penalties and `logit_bias` (token id -> addend) act on the logits before the temperature."""

    max_tokens: int | None = None
    temperature: float = 1.0
    top_p: float = 1.0
    seed: int | None = None
    n: int = 1
    stop: tuple[str, ...] = ()
    frequency_penalty: float = 0.0
    presence_penalty: float = 0.0
    logit_bias: dict[int, float] = {}
    top_logprobs: int | None = None


class EngineOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The options of a `local` provider in the configuration, and of the engine's command line, where they are explained."""

    threads: int | None = None
    context: int | None = None
    slots: int | None = None
    cache_mib: int | None = None
    weights: Literal["float16", "float32"] | None = None


class Hello(msgspec.Struct, frozen=True, tag="hello"):
    """The first message of a connection."""

    version: int = PROTOCOL_VERSION


class Chat(msgspec.Struct, frozen=True, tag="chat"):
    """Answer a conversation: `messages` and `tools` are the wire's JSON objects, laid out by the model's own template.

    `id` is chosen by the client, unique among its open requests.
    """

    id: int
    model: str
    messages: list[dict[str, Any]]
    tools: list[dict[str, Any]] | None = None
    sampling: Sampling = Sampling()


class Complete(msgspec.Struct, frozen=True, tag="complete"):
    """Continue a text, or a list of token ids, as it stands."""

    id: int
    model: str
    prompt: str | list[int]
    sampling: Sampling = Sampling()


class Embed(msgspec.Struct, frozen=True, tag="embed"):
    """One vector for each input: texts, or lists of token ids."""

    id: int
    model: str
    inputs: list[str | list[int]]


class Cancel(msgspec.Struct, frozen=True, tag="cancel"):
    """Forget a request. Nothing more is sent for it, not even `Failed`. An unknown id is ignored."""

    id: int


ClientMessage = Hello | Chat | Complete | Embed | Cancel


class ModelState(msgspec.Struct, frozen=True, omit_defaults=True):
    """One model of the engine. `context` in tokens; `tools` says whether its template knows tools; `reason` why it failed."""

    id: str
    kind: Kind
    phase: Phase
    reason: str = ""
    context: int = 0
    tools: bool = False


class State(msgspec.Struct, frozen=True, tag="state"):
    """The engine as a whole: loading while any model loads, failed if any failed, else ready."""

    version: int
    phase: Phase
    reason: str
    models: list[ModelState]


class TokenLogprob(msgspec.Struct, frozen=True, array_like=True):
    """A token's text (malformed UTF-8 replaced), its bytes, natural log probability, and the likeliest ones at its position."""

    token: str
    raw: bytes
    logprob: float
    top: list[TokenLogprob] = []


class Started(msgspec.Struct, frozen=True, array_like=True, tag="started"):
    """The request is accepted and waits for its turn; `prompt_tokens` is the length of its prompt."""

    id: int
    prompt_tokens: int


class Piece(msgspec.Struct, frozen=True, array_like=True, tag="piece"):
    """More of answer `index`: whole characters of text, their tokens' log probabilities if asked for, the reason if it has ended."""

    id: int
    index: int
    text: str
    logprobs: list[TokenLogprob] = []
    finish_reason: FinishReason | None = None


class Done(msgspec.Struct, frozen=True, array_like=True, tag="done"):
    """All answers of the request have ended. `cached_tokens` of the prompt needed no work."""

    id: int
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int


class Embedded(msgspec.Struct, frozen=True, array_like=True, tag="embedded"):
    """The vectors, one after another, each `dimensions` little-endian float32; the request has ended."""

    id: int
    dimensions: int
    vectors: bytes
    prompt_tokens: int


class Failed(msgspec.Struct, frozen=True, array_like=True, tag="failed"):
    """The request has ended badly. `code` is a wire error code, `param` the member at fault."""

    id: int
    code: str
    message: str
    param: str | None = None


Event = Started | Piece | Done | Embedded | Failed


class Step(msgspec.Struct, frozen=True, tag="step"):
    """What happened to the connection's requests in one step, in order."""

    events: list[Event]


EngineMessage = State | Step

_encoder = msgspec.msgpack.Encoder()
client_decoder: msgspec.msgpack.Decoder[ClientMessage] = msgspec.msgpack.Decoder(ClientMessage)
engine_decoder: msgspec.msgpack.Decoder[EngineMessage] = msgspec.msgpack.Decoder(EngineMessage)


def encode_frame(message: ClientMessage | EngineMessage) -> bytes:
    """The message as one frame. Raises ValueError beyond MAX_FRAME."""
    body = _encoder.encode(message)
    if len(body) > MAX_FRAME:
        raise ValueError(f"the message takes {len(body)} bytes; a frame carries at most {MAX_FRAME}")
    return struct.pack(">I", len(body)) + body


class FrameSplitter:
    """Cuts a byte stream into frame bodies."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The bodies that are now complete. Raises ValueError for an announced length beyond MAX_FRAME."""
        buffer = self._buffer
        buffer += data
        bodies, at = [], 0
        while len(buffer) - at >= 4:
            length = int.from_bytes(buffer[at : at + 4], "big")
            if length > MAX_FRAME:
                raise ValueError(f"a frame of {length} bytes was announced; at most {MAX_FRAME} are allowed")
            if len(buffer) - at - 4 < length:
                break
            bodies.append(bytes(buffer[at + 4 : at + 4 + length]))
            at += 4 + length
        del buffer[:at]
        return bodies
