"""Embeddings against transformers, and what the embedder refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from polyport_gateway.engine.bert import Embedder
from polyport_gateway.engine.errors import ModelFileError
from polyport_gateway.engine.models.store import InstalledModel
from polyport_gateway.engine.runner import EmbeddingJob

TEXTS = ["hello world", "A much longer sentence about foxes, lighthouses and the sea.", "naïve 日本語", "x"]


def test_vectors_equal_transformers(minilm: InstalledModel) -> None:
    from transformers import BertModel

    embedder = Embedder(minilm.folder)
    inputs = [embedder.tokenize(text) for text in TEXTS]
    reference: Any = BertModel.from_pretrained(str(minilm.folder))
    reference.eval()
    for ids, vector in zip(inputs, embedder.embed(inputs), strict=True):
        with torch.no_grad():
            tokens = reference(torch.tensor([ids])).last_hidden_state[0]
        expected = torch.nn.functional.normalize(tokens.mean(0), dim=0)
        torch.testing.assert_close(vector, expected, atol=1e-5, rtol=0)


def test_tokens_equal_transformers(minilm: InstalledModel) -> None:
    from transformers import PreTrainedTokenizerFast

    tokenizer_class: Any = PreTrainedTokenizerFast
    reference = tokenizer_class(tokenizer_file=str(minilm.folder / "tokenizer.json"))
    embedder = Embedder(minilm.folder)
    assert [embedder.tokenize(text) for text in TEXTS] == [reference(text).input_ids for text in TEXTS]


def test_meaning_is_near_meaning(minilm: InstalledModel) -> None:
    embedder = Embedder(minilm.folder)
    texts = ["A cat sits on the mat.", "A kitten is resting on a rug.", "Interest rates rose in March."]
    cat, kitten, money = embedder.embed([embedder.tokenize(text) for text in texts])
    assert cat @ kitten > 0.5 > cat @ money


def test_a_job_runs_in_batches_and_keeps_the_order(minilm: InstalledModel) -> None:
    embedder = Embedder(minilm.folder)
    inputs = [embedder.tokenize("word " * (1 + 7 * i % 50)) for i in range(70)]
    job = EmbeddingJob(embedder, inputs, None)
    batches = 1
    while not job.advance():
        batches += 1
    assert batches == 3
    for index in (0, 33, 69):
        alone = embedder.embed([inputs[index]])[0]
        torch.testing.assert_close(
            torch.frombuffer(bytearray(job.vectors[index]), dtype=torch.float32), alone, atol=1e-5, rtol=0
        )


def test_broken_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match=r"config\.json: the file does not exist"):
        Embedder(tmp_path)
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "gpt2"}))
    with pytest.raises(ModelFileError, match="does not describe a BERT"):
        Embedder(tmp_path)
    config = {"model_type": "bert", "hidden_act": "gelu", "num_attention_heads": 2, "num_hidden_layers": 1}
    (tmp_path / "config.json").write_text(
        json.dumps({**config, "layer_norm_eps": 1e-12, "max_position_embeddings": 16})
    )
    (tmp_path / "model.safetensors").write_bytes(b"garbage")
    with pytest.raises(ModelFileError, match=r"model\.safetensors: it is not a whole safetensors file"):
        Embedder(tmp_path)
