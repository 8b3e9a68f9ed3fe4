"""Keys and values of all running sequences, in slots of one address space that the operating system fills page by page.

Each slot has address space for a whole context, so one sequence's keys are one contiguous view and attention reads them in place,
without gathering pages. Memory is only used where something was written, in the kernel's 4 KiB pages, and given back when a slot is
trimmed: paging by the memory management unit (Prabhu et al., vAttention, 2024), which on a CPU costs nothing to use.
"""

from __future__ import annotations

import mmap
import sys

import torch
from torch import Tensor

from .config import LlamaConfig

_NORESERVE = 0x4000 if sys.platform == "linux" else 0  # MAP_NORESERVE, which the mmap module names from Python 3.13 on


class KVCache:
    """float32 keys and values, laid out (layer, slot, position, [keys | values])."""

    def __init__(self, config: LlamaConfig, slots: int, context: int) -> None:
        self.slots, self.context, self.kv_heads, self.head_dim = slots, context, config.kv_heads, config.head_dim
        self.width = 2 * config.kv_size
        self.bytes_per_token = config.layers * self.width * 4
        self._map = mmap.mmap(
            -1, slots * context * self.bytes_per_token, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _NORESERVE
        )
        if hasattr(mmap, "MADV_NOHUGEPAGE"):
            self._map.madvise(mmap.MADV_NOHUGEPAGE)  # 2 MiB pages would commit hundreds of unwritten positions
        whole = torch.frombuffer(self._map, dtype=torch.float32).view(config.layers, slots, context, self.width)
        self.rows: list[Tensor] = [layer.view(slots * context, self.width) for layer in whole]
        heads = [layer.view(slots, context, 2, self.kv_heads, self.head_dim).permute(2, 0, 3, 1, 4) for layer in whole]
        self._keys = [both[0] for both in heads]  # each (slot, kv_heads, position, head_dim)
        self._values = [both[1] for both in heads]

    def write(self, layer: int, rows: Tensor, values: Tensor) -> None:
        """Store (tokens, width) keys and values at `rows`, where row = slot * context + position."""
        self.rows[layer].index_copy_(0, rows, values)

    def read(self, layer: int, slot: int, slots: int, length: int) -> tuple[Tensor, Tensor]:
        """Views of the first `length` keys and values of `slots` slots from `slot` on, each (slots, kv_heads, length, head_dim)."""
        keys, values = self._keys[layer], self._values[layer]
        return keys.narrow(0, slot, slots).narrow(2, 0, length), values.narrow(0, slot, slots).narrow(2, 0, length)

    def copy(self, source: int, target: int, length: int) -> None:
        """Give `target` the first `length` positions of `source` (several answers to one prompt, a shared prefix)."""
        for layer in self.rows:
            slots = layer.view(self.slots, self.context, self.width)
            slots[target, :length] = slots[source, :length]

    def trim(self, slot: int, length: int) -> None:
        """Keep the slot's first `length` positions and return the memory of the others to the system."""
        size, page = self.width * 4, mmap.PAGESIZE
        for layer in range(len(self.rows)):
            row = (layer * self.slots + slot) * self.context
            first = -(-(row + length) * size // page) * page
            last = (row + self.context) * size // page * page
            if last > first:
                self._map.madvise(mmap.MADV_DONTNEED, first, last - first)
