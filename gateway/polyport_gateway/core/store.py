"""Counters behind one interface: in the process here, shared by the workers of a host or by replicas elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

Labels = tuple[tuple[str, str], ...]


class Store(Protocol):
    """Counts things. `labels` tell apart what is counted under one name."""

    def add(self, name: str, amount: int, **labels: str) -> None:
        """Add to a counter; never waits."""

    def read(self, name: str) -> Mapping[Labels, int]:
        """All counters under a name, by their labels in alphabetical order."""
        ...


class LocalStore:
    """Counters of this process only."""

    def __init__(self) -> None:
        self._counters: dict[str, dict[Labels, int]] = {}

    def add(self, name: str, amount: int, **labels: str) -> None:
        """Add to a counter."""
        key = tuple(sorted(labels.items()))
        counters = self._counters.setdefault(name, {})
        counters[key] = counters.get(key, 0) + amount

    def read(self, name: str) -> Mapping[Labels, int]:
        """All counters under a name."""
        return dict(self._counters.get(name, {}))
