"""When to try again, and after how long. Pure: no clock but the one passed in, no sleeping."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

LONGEST_OBEYED_WAIT = 60.0
_RETRIED = frozenset({408, 409, 429})
_NUMBER = re.compile(r"\s*\d+(\.\d+)?\s*", re.ASCII)


@dataclass(frozen=True)
class RetryPolicy:
    """How often to try again; waits double from `initial_delay` to `max_delay` seconds."""

    max_retries: int = 2
    initial_delay: float = 0.5
    max_delay: float = 8.0

    def delay(
        self,
        attempt: int,
        retry_after: float | None = None,
        rand: Callable[[], float] = random.random,
    ) -> float | None:
        """Seconds to wait after try number `attempt` (from 0), or None when that was the last.

        The server's `retry_after` is obeyed up to a minute; otherwise up to a quarter of the
        wait is taken off at random, so that clients do not come back all at once.
        """
        if attempt >= self.max_retries:
            return None
        if retry_after is not None and 0 <= retry_after <= LONGEST_OBEYED_WAIT:
            return retry_after
        wait = min(self.initial_delay * 2.0 ** min(attempt, 30), self.max_delay)
        return wait * (1 - 0.25 * rand())


def is_retried(status: int, headers: Mapping[str, str]) -> bool:
    """Whether an answer is worth another try: by its status, unless `X-Should-Retry` says it."""
    said = headers.get("x-should-retry")
    return said == "true" or (said != "false" and (status in _RETRIED or status >= 500))


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Seconds asked for by `Retry-After-Ms` or `Retry-After` (seconds or an HTTP date)."""
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    value = headers.get("retry-after")
    seconds = _number(value)
    if seconds is not None or value is None:
        return seconds
    try:
        moment = parsedate_to_datetime(value).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None
    return max(0.0, moment - (time.time() if now is None else now))


def _number(text: str | None) -> float | None:
    number = float(text) if text is not None and _NUMBER.fullmatch(text) else None
    return number if number is not None and number < float("inf") else None
