"""Progress on standard error: a bar on a terminal, one line at the beginning and one at the end elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TextIO

_WIDTH = 30
_REFRESH_SECONDS = 0.1


class Progress:
    """Counts bytes towards a total (None: unknown). Used in a `with` statement; call `advance`."""

    def __init__(self, label: str, total: int | None, stream: TextIO | None = None) -> None:
        self.label, self.total, self.count = label, total, 0
        self._stream = stream if stream is not None else sys.stderr
        self._bar = self._stream.isatty()
        self._shown_at = 0.0

    def __enter__(self) -> Progress:
        if self._bar:
            self._draw()
        else:
            print(f"{self.label} ...", file=self._stream, flush=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._draw()
            print(file=self._stream, flush=True)
        elif kind is None:
            print(f"{self.label}: {size_text(self.count)}", file=self._stream, flush=True)

    def advance(self, count: int) -> None:
        self.count += count
        if self._bar and time.monotonic() - self._shown_at >= _REFRESH_SECONDS:
            self._draw()

    def _draw(self) -> None:
        self._shown_at = time.monotonic()
        if self.total:
            part = min(self.count / self.total, 1.0)
            bar = "#" * round(part * _WIDTH)
            text = f"[{bar:<{_WIDTH}}] {part:4.0%} {size_text(self.count)} of {size_text(self.total)}"
        else:
            text = size_text(self.count)
        print(f"\r{self.label} {text}", end="", file=self._stream, flush=True)


def size_text(count: int) -> str:
    """Bytes for people: 98.4 MB."""
    size, units = float(count), ["bytes", "kB", "MB", "GB", "TB"]
    while size >= 1000 and len(units) > 1:
        size /= 1000
        units.pop(0)
    return f"{int(size)} bytes" if units[0] == "bytes" else f"{size:.1f} {units[0]}"
