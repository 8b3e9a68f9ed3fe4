"""The numbers that shape a Llama-like model, read from GGUF metadata or from a Hugging Face config.json."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import ModelFileError


@dataclass(frozen=True)
class RopeScaling:
    """Llama 3.1's frequency scaling: low frequencies are divided by `factor`, high ones kept, those between interpolated."""

    factor: float
    low_freq_factor: float
    high_freq_factor: float
    original_context: int


@dataclass(frozen=True)
class LlamaConfig:
    """Sizes and constants of a Llama-shaped decoder; `heads` share `kv_heads` key/value heads (grouped-query attention)."""

    dim: int
    layers: int
    heads: int
    kv_heads: int
    head_dim: int
    hidden: int
    vocab: int
    context: int
    norm_eps: float = 1e-5
    rope_theta: float = 10000.0
    rope_scaling: RopeScaling | None = None
    rope_divisors: tuple[float, ...] | None = None  # GGUF's way to say rope_scaling: one divisor per frequency

    @property
    def q_size(self) -> int:
        return self.heads * self.head_dim

    @property
    def kv_size(self) -> int:
        return self.kv_heads * self.head_dim

    def rope_frequencies(self) -> list[float]:
        """Angle per position, for each of the head_dim / 2 pairs."""
        plain = [self.rope_theta ** (-2 * i / self.head_dim) for i in range(self.head_dim // 2)]
        if self.rope_divisors is not None:
            return [f / d for f, d in zip(plain, self.rope_divisors, strict=True)]
        return [_scaled(f, self.rope_scaling) for f in plain] if self.rope_scaling else plain


def _scaled(frequency: float, scaling: RopeScaling) -> float:
    turns = scaling.original_context * frequency / (2 * math.pi)  # how often the pair turns within the original context
    if turns < scaling.low_freq_factor:
        return frequency / scaling.factor
    if turns > scaling.high_freq_factor:
        return frequency
    smooth = (turns - scaling.low_freq_factor) / (scaling.high_freq_factor - scaling.low_freq_factor)
    return (1 - smooth) * frequency / scaling.factor + smooth * frequency


def config_from_gguf(
    path: Path, metadata: Mapping[str, Any], vocab: int, rope_divisors: tuple[float, ...] | None
) -> LlamaConfig:
    """The configuration in a GGUF file's metadata; `path` is only for messages."""
    architecture = metadata.get("general.architecture")
    if architecture != "llama":
        raise ModelFileError(
            path, f"its architecture is {architecture!r}; this engine runs Llama-shaped models ('llama')"
        )

    def get(key: str, default: Any = None) -> Any:
        value = metadata.get(f"llama.{key}", default)
        if value is None:
            raise ModelFileError(path, f"its metadata lacks llama.{key}")
        return value

    dim, heads = int(get("embedding_length")), int(get("attention.head_count"))
    scaling = metadata.get("llama.rope.scaling.type", "none")
    if scaling != "none":
        raise ModelFileError(path, f"its RoPE scaling {scaling!r} is not supported")
    if metadata.get("llama.expert_count"):
        raise ModelFileError(path, "it is a mixture of experts, which this engine does not run")
    head_dim = int(get("attention.key_length", get("rope.dimension_count", dim // heads)))
    if int(get("rope.dimension_count", head_dim)) != head_dim:
        raise ModelFileError(path, "its RoPE covers only a part of each head, which this engine does not run")
    return LlamaConfig(
        dim=dim,
        layers=int(get("block_count")),
        heads=heads,
        kv_heads=int(get("attention.head_count_kv", heads)),
        head_dim=head_dim,
        hidden=int(get("feed_forward_length")),
        vocab=vocab,
        context=int(get("context_length")),
        norm_eps=float(get("attention.layer_norm_rms_epsilon")),
        rope_theta=float(get("rope.freq_base", 10000.0)),
        rope_divisors=rope_divisors,
    )


def config_from_hf(path: Path, config: Mapping[str, Any]) -> LlamaConfig:
    """The configuration in a Hugging Face config.json; members that would change the arithmetic are refused by name."""
    if config.get("model_type") != "llama":
        raise ModelFileError(
            path, f"its model_type is {config.get('model_type')!r}; this engine runs Llama-shaped models ('llama')"
        )
    for flag, usual in (("attention_bias", False), ("mlp_bias", False), ("hidden_act", "silu")):
        if config.get(flag, usual) != usual:
            raise ModelFileError(path, f"{flag} = {config[flag]!r} is not supported")
    rope = dict(config.get("rope_scaling") or config.get("rope_parameters") or {})
    kind = rope.get("rope_type", rope.get("type", "default"))
    if kind not in ("default", "llama3"):
        raise ModelFileError(path, f"rope_scaling of type {kind!r} is not supported")
    try:
        heads = int(config["num_attention_heads"])
        scaling = (
            RopeScaling(
                float(rope["factor"]),
                float(rope["low_freq_factor"]),
                float(rope["high_freq_factor"]),
                int(rope["original_max_position_embeddings"]),
            )
            if kind == "llama3"
            else None
        )
        return LlamaConfig(
            dim=int(config["hidden_size"]),
            layers=int(config["num_hidden_layers"]),
            heads=heads,
            kv_heads=int(config.get("num_key_value_heads") or heads),
            head_dim=int(config.get("head_dim") or config["hidden_size"] // heads),
            hidden=int(config["intermediate_size"]),
            vocab=int(config["vocab_size"]),
            context=int(config.get("max_position_embeddings", 2048)),
            norm_eps=float(config.get("rms_norm_eps", 1e-6)),
            rope_theta=float(rope.get("rope_theta", config.get("rope_theta", 10000.0))),
            rope_scaling=scaling,
        )
    except KeyError as error:
        raise ModelFileError(path, f"it lacks {error.args[0]!r}") from error
