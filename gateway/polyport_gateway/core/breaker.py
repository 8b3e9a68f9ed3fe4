"""Which providers have failed lately: such a one is left alone for a while when another can serve."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec

#: So many failures in a row open the circuit, for so many seconds.
FAILURES = 5
PAUSE_SECONDS = 10.0
#: How long after its last failure a provider is called degraded.
MEMORY_SECONDS = 60.0


class _Record(msgspec.Struct):
    failures: int = 0
    last: float = 0.0


class Breaker:
    """The failures in a row of every provider, by name. Outlives configuration snapshots."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._records: dict[str, _Record] = {}

    def succeeded(self, provider: str) -> None:
        """A request was served."""
        self._records.pop(provider, None)

    def failed(self, provider: str) -> None:
        """A request failed by the provider's fault."""
        record = self._records.setdefault(provider, _Record())
        record.failures += 1
        record.last = self._clock()

    def is_open(self, provider: str) -> bool:
        """Whether the provider should be left alone for now."""
        record = self._records.get(provider)
        return record is not None and record.failures >= FAILURES and self._clock() - record.last < PAUSE_SECONDS

    def is_degraded(self, provider: str) -> bool:
        """Whether the provider's last request failed, not long ago."""
        record = self._records.get(provider)
        return record is not None and self._clock() - record.last < MEMORY_SECONDS
