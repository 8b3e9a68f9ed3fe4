"""Read GGUF model files: metadata at once, tensors lazily from a memory map.

The header is parsed here rather than by `gguf.GGUFReader`, which spends two seconds on a tokenizer's token and merge lists; the
block formats (Q4_1, Q8_0, Q4_K, Q6_K, ...) are the `gguf` library's business. Format:
https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType
from gguf.quants import dequantize

from .errors import ModelFileError

MAGIC = b"GGUF"
_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9


@dataclass(frozen=True)
class TensorInfo:
    """Where one tensor lies: `shape` is row-major (outermost first), `offset` counts bytes from the start of the file."""

    name: str
    shape: tuple[int, ...]
    kind: GGMLQuantizationType
    offset: int
    size: int


class _Cursor:
    """Reads little-endian values one after another and never past the end."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data, self.at, self.end = data, 0, len(data)

    def take(self, count: int) -> bytes:
        if count > self.end - self.at:
            raise ValueError("the header is cut short")
        start, self.at = self.at, self.at + count
        return self.data[start : self.at]

    def number(self, code: str) -> Any:
        return struct.unpack("<" + code, self.take(struct.calcsize(code)))[0]

    def text(self) -> str:
        return self.take(self.number("Q")).decode("utf-8")

    def value(self, kind: int) -> Any:
        if kind in _SCALARS:
            return self.number(_SCALARS[kind])
        if kind == _STRING:
            return self.text()
        if kind != _ARRAY:
            raise ValueError(f"unknown metadata type {kind}")
        inner, count = self.number("I"), self.number("Q")
        if inner in _SCALARS:
            code = _SCALARS[inner]
            return list(struct.unpack(f"<{count}{code}", self.take(count * struct.calcsize(code))))
        if count > self.end - self.at:
            raise ValueError("the header is cut short")
        return self.texts(count) if inner == _STRING else [self.value(inner) for _ in range(count)]

    def texts(self, count: int) -> list[str]:
        """`count` strings in a tight loop: a tokenizer has a hundred thousand of them."""
        data, at, end, length_at = self.data, self.at, self.end, struct.Struct("<Q").unpack_from
        found = []
        for _ in range(count):
            start = at + 8
            at = start + length_at(data, at)[0]
            if at > end:
                raise ValueError("the header is cut short")
            found.append(data[start:at].decode("utf-8"))
        self.at = at
        return found


class GGUFFile:
    """A GGUF file: `metadata` (key -> value) and `tensors` (name -> TensorInfo); `read` dequantises one tensor.

    Raises ModelFileError, naming the file and what is wrong with it, for anything that is not a whole GGUF file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.metadata: dict[str, Any] = {}
        self.tensors: dict[str, TensorInfo] = {}
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError as error:
            raise ModelFileError(path, "the file does not exist") from error
        except (OSError, ValueError) as error:
            raise ModelFileError(path, f"it cannot be read ({error})") from error
        try:
            self._parse(_Cursor(self._map))
        except (ValueError, struct.error, OverflowError, MemoryError) as error:
            raise ModelFileError(path, f"it is not a whole GGUF file: {error}") from error

    def _parse(self, cursor: _Cursor) -> None:
        if cursor.take(4) != MAGIC:
            raise ValueError("it does not start with GGUF")
        version = cursor.number("I")
        if version not in (2, 3):
            raise ValueError(f"version {version} is not 2 or 3 (or the file is big-endian)")
        tensors, keys = cursor.number("Q"), cursor.number("Q")
        for _ in range(keys):
            key = cursor.text()
            self.metadata[key] = cursor.value(cursor.number("I"))
        found = []
        for _ in range(tensors):
            name, rank = cursor.text(), cursor.number("I")
            shape = tuple(reversed([cursor.number("Q") for _ in range(rank)]))
            found.append((name, shape, GGMLQuantizationType(cursor.number("I")), cursor.number("Q")))
        alignment = int(self.metadata.get("general.alignment", 32))
        base = -(-cursor.at // alignment) * alignment
        for name, shape, kind, offset in found:
            block, block_bytes = GGML_QUANT_SIZES[kind]
            size = int(np.prod(shape, dtype=np.int64)) // block * block_bytes
            if base + offset + size > cursor.end:
                raise ValueError(f"tensor {name} ends at byte {base + offset + size}, the file at {cursor.end}")
            self.tensors[name] = TensorInfo(name, shape, kind, base + offset, size)

    def read(self, name: str) -> np.ndarray[Any, np.dtype[np.float32]]:
        """One tensor as float32 in its row-major shape. Raises ModelFileError if it is missing or of a format gguf cannot decode."""
        info = self.tensors.get(name)
        if info is None:
            raise ModelFileError(self.path, f"it has no tensor {name}")
        raw = np.frombuffer(self._map, dtype=np.uint8, count=info.size, offset=info.offset)
        if info.kind == GGMLQuantizationType.F32:
            return raw.view(np.float32).reshape(info.shape).copy()  # the map is read-only
        try:
            values = dequantize(raw.reshape(*info.shape[:-1], -1), info.kind)
        except NotImplementedError as error:
            raise ModelFileError(self.path, f"tensor {name} has the unsupported format {info.kind.name}") from error
        return values.reshape(info.shape)
