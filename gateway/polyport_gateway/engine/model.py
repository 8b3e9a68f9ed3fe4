"""A Llama decoder that reads top to bottom (Touvron et al. 2023; Llama 3, 2024), for many sequences in one step.

One step takes the new tokens of all sequences as one flat list: everything but attention is a product over that list; attention runs
over each sequence's own slot of the cache, for neighbours that decode in neighbouring slots in one call.
"""

from __future__ import annotations

import math
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
class Group:
    """Tokens whose attention is one call: several of one sequence, or one each of sequences in neighbouring slots.

    They begin at flat index `at`; `mask` says which of the first `length` keys each sees, None for all (or the causal ones).
    """

    at: int
    count: int
    slot: int
    slots: int
    length: int
    mask: Tensor | None


@dataclass(frozen=True)
class Layer:
    """The weights of one layer; norms are scaled as `rms_norm` wants them."""

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
        self.norm = _scaled(read("output_norm.weight"))
        self.head = pack(read("output.weight") if has("output.weight") else self.embedding, weights)
        self.turns = torch.empty(
            0, config.head_dim // 2, dtype=torch.complex64
        )  # RoPE's rotations by position, grown on demand

    @staticmethod
    def _layer(index: int, read: Callable[[str], Tensor], weights: WeightFormat) -> Layer:
        def get(*names: str) -> Tensor:
            return torch.cat([read(f"blk.{index}.{name}.weight") for name in names])

        return Layer(
            attention_norm=_scaled(get("attn_norm")),
            qkv=pack(get("attn_q", "attn_k", "attn_v"), weights),
            output=pack(get("attn_output"), weights),
            feed_forward_norm=_scaled(get("ffn_norm")),
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
        groups = attention_groups(spans)

        x = self.embedding[tokens]
        for index, layer in enumerate(self.layers):
            qkv = layer.qkv(rms_norm(x, layer.attention_norm, c.norm_eps))
            pairs = torch.view_as_complex(qkv[:, : c.q_size + c.kv_size].view(len(tokens), c.heads + c.kv_heads, -1, 2))
            pairs.mul_(turns)
            cache.write(index, rows, qkv[:, c.q_size :])
            x += layer.output(self._attention(index, qkv[:, : c.q_size], groups, cache))
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

    def _attention(self, layer: int, q: Tensor, groups: Sequence[Group], cache: KVCache) -> Tensor:
        """(tokens, q_size) queries to (tokens, q_size) attended values."""
        c, found = self.config, []
        shared = c.heads // c.kv_heads
        for group in groups:
            keys, values = cache.read(layer, group.slot, group.slots, group.length)
            own = q[group.at : group.at + group.count]
            if (
                group.count == group.slots
            ):  # the heads that share a key head are queries of one head: no key is read twice
                own = own.reshape(group.slots, c.kv_heads, shared, c.head_dim)
                y = F.scaled_dot_product_attention(own, keys, values, attn_mask=group.mask)
                found.append(y.reshape(group.count, c.q_size))
            else:
                own = own.reshape(1, group.count, c.heads, c.head_dim).transpose(1, 2)
                causal = group.mask is None
                y = F.scaled_dot_product_attention(
                    own, keys, values, attn_mask=group.mask, is_causal=causal, enable_gqa=shared > 1
                )
                found.append(y.transpose(1, 2).reshape(group.count, c.q_size))
        return found[0] if len(found) == 1 else torch.cat(found)


def attention_groups(spans: Sequence[Span]) -> list[Group]:
    """Cut the spans into groups. Neighbours decode together while no key list is padded to more than twice its length."""
    groups: list[Group] = []
    at = index = 0
    while index < len(spans):
        first = spans[index]
        count = len(first.tokens)
        lengths = [first.start + count]
        if count == 1:
            for after in spans[index + 1 :]:
                lengths.append(after.start + 1)
                apart = len(after.tokens) > 1 or after.slot != first.slot + len(lengths) - 1
                if apart or max(lengths) > 2 * min(lengths):
                    lengths.pop()
                    break
            count = len(lengths)
        mask = _padding_mask(lengths) if len(lengths) > 1 else _causal_mask(first)
        groups.append(Group(at, count, first.slot, len(lengths), max(lengths), mask))
        at, index = at + count, index + len(lengths)
    return groups


def rms_norm(x: Tensor, weight: Tensor, eps: float) -> Tensor:
    """x scaled to a root mean square of one, times the weight (Zhang and Sennrich, 2019); `weight` is `_scaled`.

    x / sqrt(mean(x^2) + eps) = sqrt(n) x / sqrt(|x|^2 + n eps), which takes half the time of F.rms_norm on one row.
    """
    squares = torch.linalg.vector_norm(x, dim=-1, keepdim=True).square_().add_(x.shape[-1] * eps)
    return (x * weight).mul_(squares.rsqrt_())


def _scaled(weight: Tensor) -> Tensor:
    return weight * math.sqrt(len(weight))


def _causal_mask(span: Span) -> Tensor | None:
    """Which keys each new token sees, as (tokens, keys) booleans; None where a plain causal mask, or none, does."""
    count = len(span.tokens)
    if count == 1 or span.start == 0:
        return None
    return torch.ones(count, span.start + count, dtype=torch.bool).tril(span.start)


def _padding_mask(lengths: Sequence[int]) -> Tensor | None:
    """(sequences, 1, 1, keys) booleans; None where all are of one length."""
    if min(lengths) == max(lengths):
        return None
    return (torch.arange(max(lengths)) < torch.tensor(lengths).unsqueeze(1))[:, None, None, :]
