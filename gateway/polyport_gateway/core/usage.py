"""The usage event of a stream: always asked of the provider, taken out again unless the client asked for it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import msgspec

from polyport_gateway.core.exchange import Batch, StreamAnswer


class _Choices(msgspec.Struct):
    choices: list[msgspec.Raw] | None = None
    usage: dict[str, Any] | None = None


_decode = msgspec.json.Decoder(_Choices).decode


def is_usage_event(data: bytes) -> bool:
    """Whether a chunk carries the usage and nothing else: `choices` is empty, `usage` is not null."""
    if b'"usage"' not in data or b'"choices":[{' in data:
        return False
    try:
        event = _decode(data)
    except msgspec.DecodeError:
        return False
    return not event.choices and event.usage is not None


def without_usage(answer: StreamAnswer) -> StreamAnswer:
    """The same stream without its usage events."""
    return StreamAnswer(_filtered(answer), status=answer.status, headers=answer.headers, closing=answer.aclose)


async def _filtered(answer: StreamAnswer) -> AsyncGenerator[Batch, None]:
    try:
        async for batch in answer:
            raw = batch.raw
            # The usage event is the last of its stream, so usually of its batch: look closely only where the word
            # occurs.
            if any(b'"usage"' in data for data in raw):
                kept = [data for data in raw if not is_usage_event(data)]
                if kept:
                    yield batch if len(kept) == len(raw) else Batch(raw=kept)
            else:
                yield batch
    finally:
        await answer.aclose()
