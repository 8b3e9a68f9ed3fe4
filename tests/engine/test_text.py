"""Tokenizers, text that grows, stop strings and templates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from polyport_gateway.engine.chat_template import ChatTemplate
from polyport_gateway.engine.errors import ModelFileError, RequestError
from polyport_gateway.engine.gguf_file import GGUFFile
from polyport_gateway.engine.models.store import InstalledModel
from polyport_gateway.engine.sampling import Choice
from polyport_gateway.engine.text import AnswerText
from polyport_gateway.engine.tokenizer import TextStream, Tokenizer, tokenizer_from_gguf, tokenizer_from_hf

from . import tiny

TEXTS = [
    "Hello, world!",
    "  leading and   inner spaces\n\n\ttabs 12345 3.14",
    "It's they're I'll WE'VE don't",
    "Žluťoučký kůň — 日本語テキスト 🦊🇫🇷 naïve",
    "<|im_start|>user\nHi<|im_end|>\n",
    "def f(x):\n    return x**2  # comment\r\n",
    "",
]


@pytest.fixture(scope="module")
def tokenizer(tiny_gguf: Path) -> Tokenizer:
    return tokenizer_from_gguf(tiny_gguf, GGUFFile(tiny_gguf).metadata)


def test_smollm2_tokens_equal_transformers(smollm: InstalledModel) -> None:
    from transformers import AutoTokenizer

    reference = AutoTokenizer.from_pretrained(str(smollm.folder), gguf_file=smollm.main_file.name)
    ours = tokenizer_from_gguf(smollm.main_file, GGUFFile(smollm.main_file).metadata)
    assert ours.ends == {0, 2}
    for text in TEXTS:
        ids = ours.encode(text)
        assert ids == reference(text).input_ids, text
        assert b"".join(ours.token_bytes(i) for i in ids).decode() == text


def test_text_never_shows_half_a_character(tokenizer: Tokenizer) -> None:
    text = "🦊 naïve 日本"
    stream = TextStream(tokenizer)
    pieces = [stream.feed(token) for token in tokenizer.encode(text)]
    assert "".join(pieces) == text
    assert "🦊" in pieces  # a byte-level vocabulary gives it in four tokens, and the text all at once
    assert stream.finish() == ""


def test_a_character_that_stays_half_is_replaced_at_the_end(tokenizer: Tokenizer) -> None:
    stream = TextStream(tokenizer)
    assert [stream.feed(token) for token in tokenizer.encode("日")[:2]] == ["", ""]
    assert stream.finish() == "�"


def test_special_tokens_have_no_text(tokenizer: Tokenizer) -> None:
    stream = TextStream(tokenizer)
    assert "".join(stream.feed(token) for token in tokenizer.encode("a<|im_end|>b")) == "ab"


def test_hugging_face_folders_give_the_same_tokenizer(tmp_path: Path, tokenizer: Tokenizer) -> None:
    tiny.write_hf(tmp_path)
    ours = tokenizer_from_hf(tmp_path)
    assert ours.ends == tokenizer.ends == {0, 2}
    assert ours.encode("<|im_start|>é") == [1, *[tiny.TOKENS.index(c) for c in "Ã©"]]
    assert ours.chat_template == tiny.TEMPLATE
    (tmp_path / "tokenizer.json").write_text("{")
    with pytest.raises(ModelFileError, match=r"tokenizer\.json"):
        tokenizer_from_hf(tmp_path)


def test_other_kinds_of_tokenizers_are_refused_by_name(tiny_gguf: Path) -> None:
    metadata = GGUFFile(tiny_gguf).metadata
    with pytest.raises(ModelFileError, match="'llama'"):
        tokenizer_from_gguf(tiny_gguf, {**metadata, "tokenizer.ggml.model": "llama"})
    with pytest.raises(ModelFileError, match="'martian'"):
        tokenizer_from_gguf(tiny_gguf, {**metadata, "tokenizer.ggml.pre": "martian"})


def feed(
    tokenizer: Tokenizer, text: str, stops: list[str], logprobs: bool = False
) -> tuple[list[str], AnswerText, list[str]]:
    """The pieces of text, the answer, and the tokens whose log probabilities were told."""
    answer = AnswerText(tokenizer, stops, logprobs)
    pieces, told = [], []
    for token in tokenizer.encode(text):
        words, reports = answer.feed(Choice(token, -1.0), None)
        pieces.append(words)
        told += [report.token for report in reports]
        if answer.finish_reason:
            return pieces, answer, told
    words, reports = answer.feed(Choice(2), "stop")
    return [*pieces, words], answer, [*told, *(report.token for report in reports)]


def test_a_stop_string_over_several_tokens_never_shows(tokenizer: Tokenizer) -> None:
    pieces, answer, told = feed(tokenizer, "one two END three", ["END"], logprobs=True)
    assert "".join(pieces) == "one two "
    assert answer.finish_reason == "stop"
    assert "".join(told) == "one two "


def test_what_only_looked_like_a_stop_string_is_given_back(tokenizer: Tokenizer) -> None:
    pieces, answer, told = feed(tokenizer, "an EN and an E", ["END", "XYZ"], logprobs=True)
    assert "".join(pieces) == "an EN and an E"
    assert pieces[3] == ""  # the E was held back
    assert "".join(told) == "an EN and an E"
    assert answer.tokens == len(tokenizer.encode("an EN and an E"))


def test_the_earliest_of_several_stop_strings_counts(tokenizer: Tokenizer) -> None:
    pieces, _, _ = feed(tokenizer, "abcdef", ["ef", "cd"])
    assert "".join(pieces) == "ab"


MESSAGES: list[dict[str, Any]] = [{"role": "user", "content": "Hi"}]


def test_the_template_lays_out_the_conversation() -> None:
    template = ChatTemplate(tiny.TEMPLATE, {"eos_token": "</s>"})
    parts = [{"role": "user", "content": [{"type": "text", "text": "H"}, {"type": "text", "text": "i"}]}]
    expected = "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"
    assert template.render(MESSAGES) == template.render(parts) == expected


def test_templates_have_the_usual_functions_and_nothing_else() -> None:
    source = "{{ strftime_now('%Y') | length }}{{ eos_token }}{{ {'a': '<é>'} | tojson }}{% for m in messages %}{% break %}{% endfor %}"
    assert ChatTemplate(source, {"eos_token": "E"}).render(MESSAGES) == '4E{"a": "<é>"}'
    with pytest.raises(RequestError, match="cannot lay out"):
        ChatTemplate("{{ messages.__class__.__mro__[1].__subclasses__() }}", {}).render(MESSAGES)
    with pytest.raises(RequestError, match="only two roles"):
        ChatTemplate("{{ raise_exception('only two roles') }}", {}).render(MESSAGES)
    with pytest.raises(ValueError, match="does not parse"):
        ChatTemplate("{% if %}", {})


def test_what_a_model_cannot_read_is_refused_by_name() -> None:
    template = ChatTemplate(tiny.TEMPLATE, {})
    image = [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:,"}}]}]
    with pytest.raises(RequestError, match="image_url") as caught:
        template.render(image)
    assert caught.value.param == "messages[0].content[0]"
    with pytest.raises(RequestError) as caught:
        template.render(MESSAGES, [{"type": "function", "function": {"name": "f"}}])
    assert (caught.value.code, caught.value.param) == ("unsupported_parameter", "tools")


def test_templates_with_tools_get_them_and_calls_as_values() -> None:
    template = ChatTemplate("{{ tools[0].function.name }} {{ messages[0].tool_calls[0].function.arguments.city }}", {})
    call = {"id": "1", "type": "function", "function": {"name": "f", "arguments": '{"city": "Paris"}'}}
    messages = [{"role": "assistant", "content": None, "tool_calls": [call]}]
    assert template.knows_tools
    assert template.render(messages, [{"type": "function", "function": {"name": "f"}}]) == "f Paris"
