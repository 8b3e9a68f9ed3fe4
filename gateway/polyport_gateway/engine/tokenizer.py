"""Byte-level BPE tokenizers from GGUF metadata or from a Hugging Face tokenizer.json, and text that grows token by token."""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tokenizers import AddedToken, Regex, decoders, models, pre_tokenizers
from tokenizers import Tokenizer as Backend

from .errors import ModelFileError

# How text is cut before BPE, by GGUF's tokenizer.ggml.pre; patterns as in the models' own tokenizer.json.
_LLAMA3 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
_QWEN2 = _LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")
_PATTERNS = {"llama-bpe": _LLAMA3, "llama3": _LLAMA3, "llama-v3": _LLAMA3, "qwen2": _QWEN2}
_DIGITS_THEN_GPT2 = ("smollm", "starcoder", "refact", "command-r")
_GPT2 = ("gpt-2", "default")
_IGNORES_MERGES = ("llama-bpe", "llama3", "llama-v3")
_CONTROL, _USER_DEFINED = 3, 4


def _byte_alphabet() -> dict[str, int]:
    """GPT-2's printable stand-in for each byte (Radford et al., 2019), the other way round."""
    visible = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    hidden = [byte for byte in range(256) if byte not in set(visible)]
    return {chr(byte): byte for byte in visible} | {chr(256 + i): byte for i, byte in enumerate(hidden)}


_BYTES = _byte_alphabet()


@dataclass(frozen=True)
class Tokenizer:
    """Text to token ids and back. `special` ids have no text of their own; any of `ends` ends an answer."""

    backend: Backend
    special: frozenset[int]
    ends: frozenset[int]
    bos: int | None
    adds_bos: bool
    chat_template: str | None
    names: Mapping[str, str] = field(default_factory=dict)  # bos_token, eos_token, ... as templates want them

    def encode(self, text: str, *, add_bos: bool | None = None) -> list[int]:
        """Token ids; special tokens written out in the text are recognised. The first is BOS if the model wants one."""
        ids: list[int] = self.backend.encode(text, add_special_tokens=False).ids
        wanted = self.adds_bos if add_bos is None else add_bos
        return [self.bos, *ids] if wanted and self.bos is not None and ids[:1] != [self.bos] else ids

    def token_bytes(self, token: int) -> bytes:
        """The bytes that a token stands for; a special or unknown one stands for its name, or nothing."""
        name = self.backend.id_to_token(token)
        if name is None:
            return b""
        try:
            return bytes([_BYTES[character] for character in name]) if token not in self.special else name.encode()
        except KeyError:  # an added token is plain text
            return name.encode()

    @property
    def size(self) -> int:
        return int(self.backend.get_vocab_size(with_added_tokens=True))


class TextStream:
    """Text that grows by tokens and never shows half a character."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def feed(self, token: int) -> str:
        """The characters that the token completes; special tokens give none."""
        return "" if token in self._tokenizer.special else self._decoder.decode(self._tokenizer.token_bytes(token))

    def finish(self) -> str:
        """What is left when no more tokens come: U+FFFD for a character that stayed half."""
        return self._decoder.decode(b"", final=True)


def tokenizer_from_gguf(path: Path, metadata: Mapping[str, Any]) -> Tokenizer:
    """The tokenizer in a GGUF file's metadata. Raises ModelFileError for kinds other than byte-level BPE."""
    kind, cut = metadata.get("tokenizer.ggml.model"), metadata.get("tokenizer.ggml.pre", "default")
    if kind != "gpt2":
        raise ModelFileError(path, f"its tokenizer is of kind {kind!r}; byte-level BPE ('gpt2') is supported")
    tokens: list[str] = metadata.get("tokenizer.ggml.tokens", [])
    vocabulary = {token: number for number, token in enumerate(tokens)}
    merges = [tuple(merge.split(" ", 1)) for merge in metadata.get("tokenizer.ggml.merges", [])]
    try:
        backend = Backend(models.BPE(vocab=vocabulary, merges=merges, ignore_merges=cut in _IGNORES_MERGES))
    except Exception as error:  # tokenizers raises bare Exception
        raise ModelFileError(path, f"its tokenizer does not hold together: {error}") from error
    if cut in _PATTERNS:
        steps = [
            pre_tokenizers.Split(Regex(_PATTERNS[cut]), "isolated"),
            pre_tokenizers.ByteLevel(False, use_regex=False),
        ]
        backend.pre_tokenizer = pre_tokenizers.Sequence(steps)
    elif cut in _DIGITS_THEN_GPT2:
        backend.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(True), pre_tokenizers.ByteLevel(False)])
    elif cut in _GPT2:
        backend.pre_tokenizer = pre_tokenizers.ByteLevel(False)
    else:
        raise ModelFileError(path, f"its tokenizer cuts text the way of {cut!r}, which is not known here")
    backend.decoder = decoders.ByteLevel()
    kinds: Sequence[int] = metadata.get("tokenizer.ggml.token_type", [])
    control = [i for i, k in enumerate(kinds) if k == _CONTROL]
    backend.add_special_tokens([AddedToken(tokens[i], special=True, normalized=False) for i in control])
    backend.add_tokens([AddedToken(tokens[i], normalized=False) for i, k in enumerate(kinds) if k == _USER_DEFINED])
    ids = {
        name: metadata.get(f"tokenizer.ggml.{name}_token_id")
        for name in ("bos", "eos", "eot", "eom", "unknown", "padding")
    }
    ends = frozenset(i for i in (ids["eos"], ids["eot"], ids["eom"]) if i is not None) | _named_ends(backend)
    names = {f"{name}_token": tokens[i] for name, i in ids.items() if i is not None and i < len(tokens)}
    return Tokenizer(
        backend,
        frozenset(control),
        ends,
        ids["bos"],
        bool(metadata.get("tokenizer.ggml.add_bos_token", cut in _IGNORES_MERGES)),
        metadata.get("tokenizer.chat_template"),
        names,
    )


def tokenizer_from_hf(folder: Path) -> Tokenizer:
    """The tokenizer in a Hugging Face folder (tokenizer.json, tokenizer_config.json, generation_config.json, chat_template.jinja)."""
    path = folder / "tokenizer.json"
    try:
        raw = json.loads(path.read_text("utf-8"))
        backend = Backend.from_str(json.dumps(raw))
    except FileNotFoundError as error:
        raise ModelFileError(path, "the file does not exist") from error
    except Exception as error:  # tokenizers raises bare Exception
        raise ModelFileError(path, f"it is not a tokenizer ({error})") from error
    if not _is_byte_level(raw):
        raise ModelFileError(path, "its tokenizer is not byte-level BPE, the kind that is supported")
    settings, generation = _json(folder / "tokenizer_config.json"), _json(folder / "generation_config.json")
    names = {
        name: text
        for name in ("bos_token", "eos_token", "unk_token", "pad_token")
        if (text := _token_text(settings.get(name)))
    }
    ids = {name: backend.token_to_id(text) for name, text in names.items()}
    stated = generation.get("eos_token_id", ids.get("eos_token"))
    ends = frozenset(stated if isinstance(stated, list) else [stated] if stated is not None else []) | _named_ends(
        backend
    )
    special = frozenset(i for i, token in backend.get_added_tokens_decoder().items() if token.special)
    bos = ids.get("bos_token")
    opening = backend.encode("", add_special_tokens=True).ids
    template_file = folder / "chat_template.jinja"
    template = template_file.read_text("utf-8") if template_file.exists() else settings.get("chat_template")
    if isinstance(template, list):  # several named templates
        template = next((t["template"] for t in template if t.get("name") == "default"), None)
    return Tokenizer(backend, special, ends, bos, bos is not None and opening[:1] == [bos], template, names)


def _named_ends(backend: Backend) -> frozenset[int]:
    """End-of-turn tokens that files sometimes fail to declare."""
    ids = (
        backend.token_to_id(name)
        for name in ("<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|endoftext|>", "<|end_of_text|>")
    )
    return frozenset(i for i in ids if i is not None)


def _is_byte_level(raw: Mapping[str, Any]) -> bool:
    return '"ByteLevel"' in json.dumps(raw.get("pre_tokenizer")) and (raw.get("model") or {}).get("type") == "BPE"


def _token_text(token: Any) -> str | None:
    return token.get("content") if isinstance(token, dict) else token


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise ModelFileError(path, f"it is not JSON ({error})") from error
    return content if isinstance(content, dict) else {}
