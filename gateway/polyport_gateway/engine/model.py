"""A Llama decoder that reads top to bottom (Touvron et al. 2023; Llama 3, 2024), for many sequences in one step.

One step takes the new tokens of all sequences as one flat list: everything but attention is a product over that list; attention runs
per sequence over its own slot of the cache, so a sequence's numbers do not depend on who else is in the step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from .config import LlamaConfig
from .kv_cache import KVCache
from .linear import Linear, WeightFormat, pack


@dataclass(frozen=True)
class Span:
    """New tokens of one sequence: they go to positions `start`... of cache slot `slot`. `last`: logits are wanted after the last."""

    slot: int
    start: int
    tokens: Sequence[int]
    last: bool = True


@dataclass(frozen=True)
class Layer:
    attention_norm: Tensor
    qkv: Linear
    output: Linear
    feed_forward_norm: Tensor
    gate_up: Linear
    down: Linear


class Llama:
    """Weights and the step. `read` gives a tensor as float32 by its GGUF name, query and key rows in GGUF (interleaved RoPE) order."""

    def __init__(
        self, config: LlamaConfig, read: Callable[[str], Tensor], has: Callable[[str], bool], weights: WeightFormat
    ) -> None:
        self.config = config
        self.embedding = read("token_embd.weight")
        with ThreadPoolExecutor(
            torch.get_num_threads()
        ) as pool:  # numpy and torch leave the interpreter while they convert
            self.layers = list(pool.map(lambda i: self._layer(i, read, weights), range(config.layers)))
        self.norm = read("output_norm.weight")
        self.head = pack(read("output.weight") if has("output.weight") else self.embedding, weights)
        self.turns = torch.empty(
            0, config.head_dim // 2, dtype=torch.complex64
        )  # RoPE's rotations by position, grown on demand

    @staticmethod
    def _layer(index: int, read: Callable[[str], Tensor], weights: WeightFormat) -> Layer:
        def get(*names: str) -> Tensor:
            return torch.cat([read(f"blk.{index}.{name}.weight") for name in names])

        return Layer(
            attention_norm=get("attn_norm"),
            qkv=pack(get("attn_q", "attn_k", "attn_v"), weights),
            output=pack(get("attn_output"), weights),
            feed_forward_norm=get("ffn_norm"),
            gate_up=pack(get("ffn_gate", "ffn_up"), weights),
            down=pack(get("ffn_down"), weights),
        )

    def rotations(self, length: int) -> Tensor:
        """e^(i * position * frequency) as (positions, head_dim / 2) complex numbers, for at least `length` positions."""
        if len(self.turns) < length:
            positions = torch.arange(max(length, 2 * len(self.turns), 256), dtype=torch.float32)
            angles = torch.outer(positions, torch.tensor(self.config.rope_frequencies(), dtype=torch.float32))
            self.turns = torch.polar(torch.ones_like(angles), angles)
        return self.turns

    @torch.inference_mode()
    def step(self, spans: Sequence[Span], cache: KVCache, all_logits: bool = False) -> Tensor:
        """Run the spans' tokens and return the logits (wanted spans, vocab), or with `all_logits` those after every token."""
        c = self.config
        tokens = torch.tensor([token for span in spans for token in span.tokens])
        positions = torch.tensor([span.start + i for span in spans for i in range(len(span.tokens))])
        rows = torch.tensor(
            [span.slot * cache.context + span.start + i for span in spans for i in range(len(span.tokens))]
        )
        turns = self.rotations(max(span.start + len(span.tokens) for span in spans))[positions].unsqueeze(1)
        masks = [_mask(span) for span in spans]

        x = self.embedding[tokens]
        for index, layer in enumerate(self.layers):
            qkv = layer.qkv(rms_norm(x, layer.attention_norm, c.norm_eps))
            pairs = torch.view_as_complex(qkv[:, : c.q_size + c.kv_size].view(len(tokens), c.heads + c.kv_heads, -1, 2))
            pairs.mul_(turns)
            cache.write(index, rows, qkv[:, c.q_size :])
            x += layer.output(self._attention(index, qkv[:, : c.q_size], spans, masks, cache))
            gate, up = layer.gate_up(rms_norm(x, layer.feed_forward_norm, c.norm_eps)).chunk(2, dim=-1)
            x += layer.down(F.silu(gate) * up)
        if not all_logits:
            ends, end = [], 0
            for span in spans:
                end += len(span.tokens)
                if span.last:
                    ends.append(end - 1)
            x = x[ends]
        return self.head(rms_norm(x, self.norm, c.norm_eps))

    def _attention(
        self, layer: int, q: Tensor, spans: Sequence[Span], masks: Sequence[Tensor | None], cache: KVCache
    ) -> Tensor:
        """(tokens, q_size) queries to (tokens, q_size) attended values, one sequence after another."""
        c, at, found = self.config, 0, []
        group = c.heads // c.kv_heads
        for span, mask in zip(spans, masks, strict=True):
            count = len(span.tokens)
            keys, values = cache.read(layer, span.slot, span.start + count)
            if count == 1:  # the heads of a group are queries of one key head: no key is read twice
                y = F.scaled_dot_product_attention(q[at].view(1, c.kv_heads, group, c.head_dim), keys, values)
                found.append(y.view(1, c.q_size))
            else:
                own = q[at : at + count].view(1, count, c.heads, c.head_dim).transpose(1, 2)
                y = F.scaled_dot_product_attention(
                    own, keys, values, attn_mask=mask, is_causal=mask is None, enable_gqa=group > 1
                )
                found.append(y.transpose(1, 2).reshape(count, c.q_size))
            at += count
        return found[0] if len(found) == 1 else torch.cat(found)


def rms_norm(x: Tensor, weight: Tensor, eps: float) -> Tensor:
    """x scaled to a root mean square of one, times the weight (Zhang and Sennrich, 2019)."""
    return F.rms_norm(x, (x.shape[-1],), weight, eps)


def _mask(span: Span) -> Tensor | None:
    """Which keys each new token sees, as (tokens, keys) booleans; None where a plain causal mask, or none, does."""
    count = len(span.tokens)
    if count == 1 or span.start == 0:
        return None
    return torch.ones(count, span.start + count, dtype=torch.bool).tril(span.start)
