"""Tiny random models: as GGUF files of any tensor type, and as Hugging Face folders made by transformers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch
from polyport_gateway.engine.tokenizer import _BYTES
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

DIM, LAYERS, HEADS, KV_HEADS, HIDDEN, CONTEXT = 256, 2, 4, 2, 512, 512
SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
TOKENS = [*SPECIAL, *_BYTES, "Ġt", "he"]
TEMPLATE = (
    "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
Kind = gguf.GGMLQuantizationType
Array = np.ndarray[Any, Any]


def write_gguf(path: Path, kind: Kind = Kind.F32, *, architecture: str = "llama", seed: int = 0) -> Path:
    """A random Llama in one file, its matrices stored as `kind`."""
    rng = np.random.default_rng(seed)
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_block_count(LAYERS)
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(DIM)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10000.0)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(TOKENS)
    writer.add_token_types([3] * len(SPECIAL) + [1] * (len(TOKENS) - len(SPECIAL)))
    writer.add_token_merges(["Ġ t", "h e"])
    writer.add_eos_token_id(2)
    writer.add_bos_token_id(1)
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)
    for name, shape in shapes().items():
        if len(shape) == 1:
            writer.add_tensor(name, rng.uniform(0.5, 1.5, shape).astype(np.float32))
        else:
            raw = random_blocks(rng, shape, kind)
            if kind == Kind.F32:
                writer.add_tensor(name, raw.view(np.float32).reshape(shape))
            else:
                writer.add_tensor(name, raw, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def shapes() -> dict[str, tuple[int, ...]]:
    kv = DIM * KV_HEADS // HEADS
    found: dict[str, tuple[int, ...]] = {"token_embd.weight": (len(TOKENS), DIM), "output_norm.weight": (DIM,)}
    for i in range(LAYERS):
        parts: dict[str, tuple[int, ...]] = {
            "attn_norm": (DIM,),
            "attn_q": (DIM, DIM),
            "attn_k": (kv, DIM),
            "attn_v": (kv, DIM),
            "attn_output": (DIM, DIM),
            "ffn_norm": (DIM,),
            "ffn_gate": (HIDDEN, DIM),
            "ffn_up": (HIDDEN, DIM),
            "ffn_down": (DIM, HIDDEN),
        }
        found |= {f"blk.{i}.{part}.weight": shape for part, shape in parts.items()}
    return found


def random_blocks(rng: np.random.Generator, shape: tuple[int, ...], kind: Kind) -> Array:
    """A random matrix in a tensor type's own bytes, rows first. K-quants, which gguf cannot write, are random blocks with small scales."""
    values = rng.normal(0, 0.08, shape).astype(np.float32)
    if kind not in (Kind.Q4_K, Kind.Q6_K):
        return gguf.quants.quantize(values, kind).view(np.uint8).reshape(shape[0], -1)
    block, size = gguf.GGML_QUANT_SIZES[kind]
    blocks = rng.integers(0, 256, (shape[0], shape[1] // block, size), dtype=np.uint8)
    scale = np.array([0.0004 if kind == Kind.Q4_K else 0.00002], np.float16).view(np.uint8)
    if kind == Kind.Q4_K:  # d and dmin come first
        blocks[..., 0:2] = scale
        blocks[..., 2:4] = scale
    else:  # d comes last
        blocks[..., -2:] = scale
    return blocks.reshape(shape[0], -1)


def write_hf(folder: Path, **changes: Any) -> Any:
    """A random transformers Llama, saved with a byte-level tokenizer; returns the model."""
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(3)
    settings: dict[str, Any] = {
        "vocab_size": len(TOKENS),
        "hidden_size": 64,
        "intermediate_size": 160,
        "num_hidden_layers": 3,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "max_position_embeddings": 256,
        "rms_norm_eps": 1e-5,
        "initializer_range": 0.2,
        "bos_token_id": 1,
        "eos_token_id": 2,
        **changes,
    }
    model: Any = LlamaForCausalLM(LlamaConfig(**settings))
    model.eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "norm" in name:  # weights of one would hide a forgotten norm
                parameter.uniform_(0.5, 1.5)
    model.save_pretrained(folder)
    backend = Tokenizer(models.BPE(vocab={token: i for i, token in enumerate(TOKENS)}, merges=[]))
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(False)
    backend.decoder = decoders.ByteLevel()
    backend.add_special_tokens(list(SPECIAL))
    backend.save(str(folder / "tokenizer.json"))
    settings_file = {"eos_token": "<|im_end|>", "bos_token": "<|im_start|>", "chat_template": TEMPLATE}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings_file))
    return model
