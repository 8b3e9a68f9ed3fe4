"""Counters behind one interface: shared by the workers of a host here, by replicas with another implementation."""

from __future__ import annotations

import mmap
import os
import struct
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

#: A counter's labels in alphabetical order.
Labels = tuple[tuple[str, str], ...]
#: A counter's name and labels.
Key = tuple[str, Labels]

_SIZE = 1024 * 1024
_USED = struct.Struct("<Q")
_LENGTH = struct.Struct("<Q")
_VALUE = struct.Struct("<q")


class Store(Protocol):
    """Counts things. `labels` tell apart what is counted under one name; both come from small sets."""

    def add(self, name: str, amount: int, **labels: str) -> None:
        """Add to a counter; never waits."""

    def read(self) -> dict[Key, int]:
        """All counters of all workers, summed."""
        ...


class LocalStore:
    """Counters of this process only."""

    def __init__(self) -> None:
        self._counters: Counter[Key] = Counter()

    def add(self, name: str, amount: int, **labels: str) -> None:
        """Add to a counter."""
        self._counters[name, tuple(sorted(labels.items()))] += amount

    def read(self) -> dict[Key, int]:
        """All counters."""
        return dict(self._counters)


class FileStore:
    """Counters in a memory-mapped file per worker, in a directory that they share; reading sums all files.

    A file is the number of bytes used, then records of (length of key, key padded to 8 bytes, value), all little-endian. Only
    its worker writes it, a record's key before the number of bytes used covers it. A worker that is started again goes on
    counting in the file of the one before. Counters that find no room in 1 MiB are not kept.
    """

    def __init__(self, directory: Path, worker: int) -> None:
        self._directory = directory
        fd = os.open(directory / f"counters-{worker}", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.ftruncate(fd, _SIZE)
            self._file = mmap.mmap(fd, _SIZE)
        finally:
            os.close(fd)
        self._places = dict(_records(self._file))
        self._used = _USED.unpack_from(self._file)[0] or _USED.size

    def add(self, name: str, amount: int, **labels: str) -> None:
        """Add to a counter of this worker."""
        key = (name, tuple(sorted(labels.items())))
        place = self._places.get(key)
        if place is None:
            place = self._append(key)
            if place is None:
                return
        _VALUE.pack_into(self._file, place, _VALUE.unpack_from(self._file, place)[0] + amount)

    def read(self) -> dict[Key, int]:
        """All counters of all workers, summed."""
        total: Counter[Key] = Counter()
        for path in self._directory.glob("counters-*"):
            data = path.read_bytes()
            for key, place in _records(data):
                total[key] += _VALUE.unpack_from(data, place)[0]
        return dict(total)

    def _append(self, key: Key) -> int | None:
        text = "\0".join([key[0], *(part for label in key[1] for part in label)]).encode()
        place = self._used + _LENGTH.size + _padded(len(text))
        if place + _VALUE.size > _SIZE:
            return None
        _LENGTH.pack_into(self._file, self._used, len(text))
        start = self._used + _LENGTH.size
        self._file[start : start + len(text)] = text
        self._used = place + _VALUE.size
        _USED.pack_into(self._file, 0, self._used)
        self._places[key] = place
        return place


def _records(data: mmap.mmap | bytes) -> Iterator[tuple[Key, int]]:
    """Every key of a file, and where its value is."""
    used: int = _USED.unpack_from(data)[0] if len(data) >= _USED.size else 0
    at = _USED.size
    while at < used:
        length = _LENGTH.unpack_from(data, at)[0]
        at += _LENGTH.size
        name, *parts = data[at : at + length].decode().split("\0")
        at += _padded(length)
        yield (name, tuple(zip(parts[::2], parts[1::2], strict=True))), at
        at += _VALUE.size


def _padded(length: int) -> int:
    return (length + 7) // 8 * 8


def prometheus(counters: dict[Key, int]) -> bytes:
    """The counters in Prometheus's text format."""
    lines = []
    last = ""
    for (name, labels), value in sorted(counters.items()):
        if name != last:
            lines.append(f"# TYPE polyport_{name} counter")
            last = name
        inner = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels)
        lines.append(f"polyport_{name}{{{inner}}} {value}")
    return ("\n".join(lines) + "\n").encode()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
