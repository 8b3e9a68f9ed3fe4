"""Wait for a stream's first batch before anything of it is passed on, so that a stream that fails at once can be
retried."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from functools import partial

from polyport_gateway.core.exchange import Batch, StreamAnswer


async def with_first_batch(answer: StreamAnswer, patience: float) -> StreamAnswer:
    """The same stream, once its first batch is there or `patience` seconds have passed. Raises the ApiError of a
    stream that fails before that; the stream is closed then, and when this call is cancelled."""
    first = asyncio.create_task(_next(aiter(answer)))
    try:
        await asyncio.wait({first}, timeout=patience)
        if first.done():
            first.result()
    except BaseException:
        await _abandon(first, answer)
        raise
    closing = partial(_abandon, first, answer)
    return StreamAnswer(_resumed(first, answer), status=answer.status, headers=answer.headers, closing=closing)


async def _resumed(first: asyncio.Task[Batch | None], answer: StreamAnswer) -> AsyncGenerator[Batch, None]:
    try:
        batch = await first
        if batch is not None:
            yield batch
            async for batch in answer:
                yield batch
    finally:
        await _abandon(first, answer)


async def _next(batches: AsyncIterator[Batch]) -> Batch | None:
    return await anext(batches, None)


async def _abandon(first: asyncio.Task[Batch | None], answer: StreamAnswer) -> None:
    """Close the stream; a generator that still runs must have ended before."""
    if not first.done():
        first.cancel()
        await asyncio.wait({first})
    await answer.aclose()
