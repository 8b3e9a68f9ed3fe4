"""The engine's arithmetic against transformers, which shares no code with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gguf
import pytest
import torch
from polyport_gateway.engine.kv_cache import KVCache
from polyport_gateway.engine.linear import default_format
from polyport_gateway.engine.loading import hf_tensor_name, interleave, load_weights
from polyport_gateway.engine.model import Llama, Span
from polyport_gateway.engine.models.store import InstalledModel

from . import tiny

SHAPES: dict[str, dict[str, Any]] = {
    "grouped queries": {},
    "every head its own key": {"num_key_value_heads": 4},
    "tied embeddings": {"tie_word_embeddings": True},
    "wide heads": {"head_dim": 32},
    "llama 3 frequencies": {
        "rope_parameters": {
            "rope_type": "llama3",
            "rope_theta": 500000.0,
            "factor": 8.0,
            "low_freq_factor": 1.0,
            "high_freq_factor": 4.0,
            "original_max_position_embeddings": 64,
        }
    },
}


def cache_for(model: Llama, slots: int = 4) -> KVCache:
    return KVCache(model.config, slots, 256)


@pytest.mark.parametrize("changes", SHAPES.values(), ids=SHAPES)
def test_logits_equal_transformers(tmp_path: Path, changes: dict[str, Any]) -> None:
    reference = tiny.write_hf(tmp_path, **changes)
    ours, _, _ = load_weights(tmp_path, "float32")
    tokens = torch.randint(0, len(tiny.TOKENS), (150,), generator=torch.Generator().manual_seed(1)).tolist()
    with torch.no_grad():
        expected = reference(torch.tensor([tokens])).logits[0]
    found = ours.step([Span(0, 0, tokens)], cache_for(ours), all_logits=True)
    assert expected.std() > 0.5  # the comparison below means something
    torch.testing.assert_close(found, expected, atol=1e-3, rtol=0)


def test_chunks_and_single_tokens_give_the_logits_of_one_pass(tmp_path: Path) -> None:
    tiny.write_hf(tmp_path)
    model, _, _ = load_weights(tmp_path, "float32")
    cache = cache_for(model)
    tokens = [7, 30, 99, 4, 5, 61, 200, 8]
    whole = model.step([Span(0, 0, tokens)], cache, all_logits=True)
    parts = [
        model.step([Span(1, 0, tokens[:3])], cache, all_logits=True),
        model.step([Span(1, 3, tokens[3:6])], cache, all_logits=True),
        model.step([Span(1, 6, tokens[6:7])], cache),
        model.step([Span(1, 7, tokens[7:])], cache),
    ]
    torch.testing.assert_close(torch.cat(parts), whole, atol=1e-4, rtol=0)


def test_a_mixed_step_gives_each_span_its_own_logits(tmp_path: Path) -> None:
    tiny.write_hf(tmp_path)
    model, _, _ = load_weights(tmp_path, "float32")
    cache = cache_for(model)
    model.step([Span(0, 0, [9, 9, 9])], cache)
    alone = cache_for(model)
    model.step([Span(0, 0, [9, 9, 9])], alone)
    expected = [
        model.step([Span(0, 3, [5])], alone),
        model.step([Span(1, 0, [3, 4, 5, 6])], alone),
        model.step([Span(2, 0, [11])], alone),
    ]
    mixed = model.step(
        [Span(0, 3, [5]), Span(1, 0, [3, 4, 5, 6]), Span(3, 0, [1, 2], last=False), Span(2, 0, [11])], cache
    )
    torch.testing.assert_close(mixed, torch.cat(expected), atol=1e-4, rtol=0)


def test_half_precision_weights_stay_close(tmp_path: Path) -> None:
    reference = tiny.write_hf(tmp_path)
    ours, _, _ = load_weights(tmp_path, "float16")
    tokens = list(range(40))
    with torch.no_grad():
        expected = reference(torch.tensor([tokens])).logits[0]
    found = ours.step([Span(0, 0, tokens)], cache_for(ours), all_logits=True)
    assert (found - expected).abs().max() < 0.02 * expected.abs().max()


@pytest.mark.parametrize("kind", ["F32", "F16", "Q4_1", "Q8_0", "Q4_K", "Q6_K"])
def test_every_tensor_type_gives_the_logits_of_the_same_weights_in_transformers(tmp_path: Path, kind: str) -> None:
    path = tiny.write_gguf(tmp_path / "model.gguf", getattr(tiny.Kind, kind))
    ours, _, _ = load_weights(path, "float32")
    expected = _in_transformers(path)
    tokens = list(range(3, 60))
    with torch.no_grad():
        logits = expected(torch.tensor([tokens])).logits[0]
    assert logits.std() > 0.3
    torch.testing.assert_close(
        ours.step([Span(0, 0, tokens)], cache_for(ours), all_logits=True), logits, atol=1e-3, rtol=0
    )


def _in_transformers(path: Path) -> Any:
    """The weights of a tiny GGUF file, read by gguf's own reader, in a transformers model."""
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=len(tiny.TOKENS),
        hidden_size=tiny.DIM,
        intermediate_size=tiny.HIDDEN,
        num_hidden_layers=tiny.LAYERS,
        num_attention_heads=tiny.HEADS,
        num_key_value_heads=tiny.KV_HEADS,
        rms_norm_eps=1e-5,
        tie_word_embeddings=True,
    )
    model: Any = LlamaForCausalLM(config)
    model.eval()
    state = {}
    for tensor in gguf.GGUFReader(path).tensors:
        values = torch.tensor(gguf.quants.dequantize(tensor.data, tensor.tensor_type)).reshape(
            *reversed(tensor.shape.tolist())
        )
        if heads := {"attn_q": tiny.HEADS, "attn_k": tiny.KV_HEADS}.get(tensor.name.split(".")[-2]):
            half = values.shape[0] // heads // 2  # GGUF keeps rotated pairs together, transformers halves
            values = values.view(heads, half, 2, -1).transpose(1, 2).reshape(values.shape)
        state[hf_tensor_name(tensor.name)] = values
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert missing == ["lm_head.weight"]
    assert unexpected == []
    model.tie_weights()
    return model


def test_interleaving_pairs_the_halves() -> None:
    rows = torch.arange(8.0).view(8, 1)
    assert interleave(rows, 2).flatten().tolist() == [0, 2, 1, 3, 4, 6, 5, 7]


PROMPTS = ["What is the capital of France?", "Write a haiku about the sea."]
NEW_TOKENS = 32


def test_greedy_tokens_of_smollm2_equal_transformers(smollm: InstalledModel, reference: list[Reference]) -> None:
    model, tokenizer, _ = load_weights(smollm.main_file, "float32")
    for text, (prompt, continuation, _) in zip(PROMPTS, reference, strict=True):
        assert tokenizer.encode(_laid_out(text)) == prompt
        cache, tokens, new = cache_for(model, 1), list(prompt), list(prompt)
        for _ in range(NEW_TOKENS):
            new = [int(model.step([Span(0, len(tokens) - len(new), new)], cache)[0].argmax())]
            tokens += new
        assert tokens[len(prompt) :] == continuation


def test_default_weights_take_the_same_tokens_wherever_two_are_not_almost_equally_likely(
    smollm: InstalledModel, reference: list[Reference]
) -> None:
    model, _, _ = load_weights(smollm.main_file, default_format())
    for prompt, continuation, expected in reference:
        found = model.step([Span(0, 0, [*prompt, *continuation[:-1]])], cache_for(model, 1), all_logits=True)[
            len(prompt) - 1 :
        ]
        assert (found - expected).abs().max() < 0.06
        best, second = expected.topk(2).values.unbind(-1)
        clear = best - second > 0.06
        assert clear.sum() > NEW_TOKENS / 2
        assert found.argmax(-1)[clear].tolist() == torch.tensor(continuation)[clear].tolist()


Reference = tuple[list[int], list[int], torch.Tensor]


@pytest.fixture(scope="module")
def reference(smollm: InstalledModel) -> list[Reference]:
    """For each prompt its tokens, the tokens that transformers, loading the same file, takes greedily, and the logits of each."""
    from transformers import AutoModelForCausalLM, AutoTokenizer

    folder, file = str(smollm.folder), smollm.main_file.name
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=file)
    model: Any = AutoModelForCausalLM.from_pretrained(folder, gguf_file=file, dtype=torch.float32)
    model.eval()
    found = []
    for text in PROMPTS:
        prompt = tokenizer(_laid_out(text)).input_ids
        with torch.no_grad():
            out = model.generate(
                torch.tensor([prompt]),
                # Said outright: else the end-of-turn tokens of the prompt count as padding and are not seen.
                attention_mask=torch.ones(1, len(prompt), dtype=torch.long),
                max_new_tokens=NEW_TOKENS,
                min_new_tokens=NEW_TOKENS,
                do_sample=False,
                eos_token_id=None,
                return_dict_in_generate=True,
                output_logits=True,
            )
        found.append((prompt, out.sequences[0, len(prompt) :].tolist(), torch.cat(out.logits)))
    return found


def _laid_out(question: str) -> str:
    """SmolLM2's chat template, written out."""
    system = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"
    return f"<|im_start|>system\n{system}<|im_end|>\n<|im_start|>user\n{question}<|im_end|>\n<|im_start|>assistant\n"
