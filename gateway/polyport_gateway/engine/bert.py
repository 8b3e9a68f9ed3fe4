"""Sentence embeddings: a BERT encoder (Devlin et al., 2018), its token vectors averaged and normalised (Reimers and Gurevych, 2019)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from safetensors import safe_open
from tokenizers import Tokenizer as Backend
from torch import Tensor

from .errors import ModelFileError


class Embedder:
    """A folder with config.json, model.safetensors and tokenizer.json in the Hugging Face and sentence-transformers layout."""

    def __init__(self, folder: Path) -> None:
        """Raises ModelFileError, naming the file, if one is missing or not of this kind."""
        config = _read_json(folder / "config.json")
        if config.get("model_type") != "bert" or config.get("hidden_act") != "gelu":
            raise ModelFileError(
                folder / "config.json",
                "it does not describe a BERT encoder with GELU, the kind that makes embeddings here",
            )
        try:
            self.heads, layers = int(config["num_attention_heads"]), int(config["num_hidden_layers"])
            self.eps, self.context = float(config["layer_norm_eps"]), int(config["max_position_embeddings"])
        except KeyError as error:
            raise ModelFileError(folder / "config.json", f"it lacks {error.args[0]!r}") from error
        self.weights = _read_weights(folder / "model.safetensors")
        try:
            self.vocabulary, self.dimensions = self.weights["embeddings.word_embeddings.weight"].shape
            self.layers = [self._layer(index) for index in range(layers)]
            self.tokenizer = Backend.from_file(str(folder / "tokenizer.json"))
        except KeyError as error:
            raise ModelFileError(folder / "model.safetensors", f"it has no tensor {error.args[0]}") from error
        except Exception as error:  # tokenizers raises bare Exception
            raise ModelFileError(folder / "tokenizer.json", f"it is not a tokenizer ({error})") from error
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    def _layer(self, index: int) -> dict[str, Tensor]:
        prefix = f"encoder.layer.{index}."
        own = {name.removeprefix(prefix): tensor for name, tensor in self.weights.items() if name.startswith(prefix)}
        for part in ("weight", "bias"):
            own[f"qkv.{part}"] = torch.cat([own[f"attention.self.{name}.{part}"] for name in ("query", "key", "value")])
        return own

    def tokenize(self, text: str) -> list[int]:
        """Token ids with [CLS] and [SEP] around them."""
        ids: list[int] = self.tokenizer.encode(text).ids
        return ids

    @torch.inference_mode()
    def embed(self, inputs: Sequence[Sequence[int]]) -> Tensor:
        """Vectors of length one, (inputs, dimensions), for token ids of at most `context` each."""
        longest = max(map(len, inputs))
        tokens = torch.tensor([[*ids, *([0] * (longest - len(ids)))] for ids in inputs])
        mask = torch.arange(longest) < torch.tensor([[len(ids)] for ids in inputs])
        w = self.weights
        x = w["embeddings.word_embeddings.weight"][tokens] + w["embeddings.position_embeddings.weight"][:longest]
        x = self._norm(x + w["embeddings.token_type_embeddings.weight"][0], w, "embeddings.LayerNorm")
        for layer in self.layers:
            x = self._norm(x + self._attention(x, mask, layer), layer, "attention.output.LayerNorm")
            inner = F.gelu(F.linear(x, layer["intermediate.dense.weight"], layer["intermediate.dense.bias"]))
            x = self._norm(
                x + F.linear(inner, layer["output.dense.weight"], layer["output.dense.bias"]), layer, "output.LayerNorm"
            )
        weight = mask.unsqueeze(-1).to(x.dtype)
        return F.normalize((x * weight).sum(1) / weight.sum(1), dim=-1)

    def _attention(self, x: Tensor, mask: Tensor, layer: dict[str, Tensor]) -> Tensor:
        batch, length, width = x.shape
        qkv = F.linear(x, layer["qkv.weight"], layer["qkv.bias"]).view(batch, length, 3, self.heads, -1)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        y = (
            F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
            .transpose(1, 2)
            .reshape(batch, length, width)
        )
        return F.linear(y, layer["attention.output.dense.weight"], layer["attention.output.dense.bias"])

    def _norm(self, x: Tensor, weights: dict[str, Tensor], name: str) -> Tensor:
        return F.layer_norm(x, (x.shape[-1],), weights[f"{name}.weight"], weights[f"{name}.bias"], self.eps)


def _read_weights(path: Path) -> dict[str, Tensor]:
    try:
        with safe_open(path, framework="pt") as file:
            return {
                name.removeprefix("bert."): file.get_tensor(name).float()
                for name in file.keys()  # noqa: SIM118 (a safe_open is no dict)
                if "position_ids" not in name
            }
    except FileNotFoundError as error:
        raise ModelFileError(path, "the file does not exist") from error
    except Exception as error:  # safetensors raises SafetensorError, which it does not type
        raise ModelFileError(path, f"it is not a whole safetensors file ({error})") from error


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise ModelFileError(path, "the file does not exist") from error
    except ValueError as error:
        raise ModelFileError(path, f"it is not JSON ({error})") from error
    if not isinstance(content, dict):
        raise ModelFileError(path, "it is not a JSON object")
    return content
