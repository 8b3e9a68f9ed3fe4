"""From a model on disk to something that runs: which files, which reader, which weights."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open
from torch import Tensor

from .bert import Embedder
from .chat_template import ChatTemplate
from .config import LlamaConfig, config_from_gguf, config_from_hf
from .errors import ModelFileError
from .gguf_file import GGUFFile
from .kv_cache import KVCache
from .linear import WeightFormat, default_format
from .model import Llama
from .models.store import InstalledModel
from .scheduler import Scheduler
from .tokenizer import Tokenizer, tokenizer_from_gguf, tokenizer_from_hf

DEFAULT_CONTEXT = 8192


@dataclass(frozen=True)
class Options:
    """What an operator may set. `context` None: the model's own, at most DEFAULT_CONTEXT. `weights` None: what the CPU is fast at."""

    context: int | None = None
    slots: int = 32
    cache_mib: int = 2048
    weights: WeightFormat | None = None


@dataclass(frozen=True)
class ChatModel:
    """A loaded text model. `context` is the most tokens that a prompt and its answer may have together."""

    tokenizer: Tokenizer
    template: ChatTemplate | None
    scheduler: Scheduler
    context: int


def load_chat(model: InstalledModel, options: Options) -> ChatModel:
    """Read weights and tokenizer and set up the cache. Raises ModelFileError for files that cannot be used."""
    llama, tokenizer, path = load_weights(model.main_file, options.weights or default_format())
    context = min(llama.config.context, options.context or DEFAULT_CONTEXT)
    cache = KVCache(llama.config, options.slots, context)
    budget = options.cache_mib * 1024 * 1024 // cache.bytes_per_token
    try:
        template = ChatTemplate(tokenizer.chat_template, tokenizer.names) if tokenizer.chat_template else None
    except ValueError as error:
        raise ModelFileError(path, str(error)) from error
    return ChatModel(tokenizer, template, Scheduler(llama, cache, cache_tokens=budget), min(context, budget))


def load_embedder(model: InstalledModel) -> Embedder:
    """Raises ModelFileError for files that cannot be used."""
    return Embedder(model.folder)


def load_weights(path: Path, weights: WeightFormat) -> tuple[Llama, Tokenizer, Path]:
    """The model and tokenizer in a .gguf file, or in the Hugging Face folder that `path` is or lies in; and the path for messages."""
    return (
        _from_gguf(path, weights)
        if path.suffix == ".gguf"
        else _from_hf(path if path.is_dir() else path.parent, weights)
    )


def _from_gguf(path: Path, weights: WeightFormat) -> tuple[Llama, Tokenizer, Path]:
    file = GGUFFile(path)
    if "token_embd.weight" not in file.tensors:
        raise ModelFileError(path, "it has no tensor token_embd.weight")
    divisors = tuple(file.read("rope_freqs.weight").tolist()) if "rope_freqs.weight" in file.tensors else None
    config = config_from_gguf(path, file.metadata, file.tensors["token_embd.weight"].shape[0], divisors)
    tokenizer = tokenizer_from_gguf(path, file.metadata)
    return (
        _build(path, config, lambda name: torch.from_numpy(file.read(name)), file.tensors.__contains__, weights),
        tokenizer,
        path,
    )


def _from_hf(folder: Path, weights: WeightFormat) -> tuple[Llama, Tokenizer, Path]:
    path = folder / "config.json"
    try:
        config = config_from_hf(path, json.loads(path.read_text("utf-8")))
    except FileNotFoundError as error:
        raise ModelFileError(path, "the file does not exist") from error
    except ValueError as error:
        raise ModelFileError(path, f"it is not JSON ({error})") from error
    tokenizer = tokenizer_from_hf(folder)
    where = _tensor_files(folder)

    def read(name: str) -> Tensor:
        hf_name = hf_tensor_name(name)
        if hf_name not in where:
            raise ModelFileError(folder, f"it has no tensor {hf_name}")
        with safe_open(where[hf_name], framework="pt") as file:
            tensor: Tensor = file.get_tensor(hf_name).float()
        heads = {"attn_q": config.heads, "attn_k": config.kv_heads}.get(name.split(".")[-2])
        return tensor if heads is None else interleave(tensor, heads)

    return _build(folder, config, read, lambda name: hf_tensor_name(name) in where, weights), tokenizer, folder


def _build(
    path: Path, config: LlamaConfig, read: Callable[[str], Tensor], has: Callable[[str], bool], weights: WeightFormat
) -> Llama:
    try:
        return Llama(config, read, has, weights)
    except RuntimeError as error:  # shapes that do not go together
        raise ModelFileError(path, f"its tensors do not fit its configuration ({error})") from error


def _tensor_files(folder: Path) -> dict[str, Path]:
    """Which file holds which tensor, for one safetensors file or a sharded set."""
    found: dict[str, Path] = {}
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise ModelFileError(folder, "it holds no .safetensors file")
    for path in files:
        try:
            with safe_open(path, framework="pt") as file:
                found |= dict.fromkeys(file.keys(), path)
        except Exception as error:  # safetensors raises SafetensorError, which it does not type
            raise ModelFileError(path, f"it is not a whole safetensors file ({error})") from error
    return found


_HF_NAMES = {
    "token_embd": "model.embed_tokens",
    "output_norm": "model.norm",
    "output": "lm_head",
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


def hf_tensor_name(name: str) -> str:
    """GGUF's name of a tensor to Hugging Face's: blk.3.attn_q.weight -> model.layers.3.self_attn.q_proj.weight."""
    match name.split("."):
        case ["blk", index, part, "weight"]:
            return f"model.layers.{index}.{_HF_NAMES[part]}.weight"
        case [part, "weight"]:
            return f"{_HF_NAMES[part]}.weight"
        case _:
            raise KeyError(name)


def interleave(weight: Tensor, heads: int) -> Tensor:
    """Query or key rows from Hugging Face's order (all first halves of the rotated pairs, then all second) to GGUF's (pair by pair)."""
    rows, width = weight.shape
    return weight.view(heads, 2, rows // heads // 2, width).transpose(1, 2).reshape(rows, width)
