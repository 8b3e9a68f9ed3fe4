"""Words of names: how they are split, spelled, and become identifiers of every language."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.passes.names import client_words
from polyport_codegen.ir.words import capital, singular, title_words, words_of
from polyport_codegen.languages.kotlin.naming import KotlinRules
from polyport_codegen.languages.node.naming import NodeRules
from polyport_codegen.languages.python.naming import PythonRules
from polyport_codegen.languages.swift.naming import SwiftRules
from polyport_codegen.lower.planner import Rules
from polyport_codegen.pipeline import BuildOptions
from polyport_codegen.proto.naming import ProtoRules

from tests.codegen.specs import api_of, get

#: Names that documents carry and that are no identifier as they stand.
NASTY = (
    "m² ½ \0 😀 +1 -1 -created >=5 > >= 123go 1st class T self Self none init Type rawValue $ref @type ... ( "
    "créerÉlément 北京 İstanbul ŉ हिन्दी ١٢ ﬁle ① ª x·y 𝒳 ß ǅ \ufeff \u200d a\u0301 __proto__ constructor import"
).split(" ")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("createChatCompletion", "create chat completion"),
        ("HTTPServerError", "http server error"),
        ("MAX_TOKENS", "max tokens"),
        ("imageURLs", "image urls"),
        ("créerÉlément", "créer élément"),
        ("m²", "m2"),
        ("½", "1 2"),
        ("\0", "u0000"),
        ("😀", "grinning face"),
        ("", "empty"),
        ("-created", "minus created"),
        (">=5", "greater equal 5"),
        ("١٢", "12"),
        ("a\u0301b", "áb"),
        ("𝒳", "x"),
    ],
)
def test_names_are_split_into_words(name: str, words: str) -> None:
    assert words_of(name) == tuple(words.split())


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("OpenAIFile", "OpenAIFile"),
        ("HTTPServerError", "HTTPServerError"),
        ("INVALID_ARGUMENT", "InvalidArgument"),
        ("DNS", "DNS"),
        ("listURLs", "ListURLs"),
        ("api_key", "ApiKey"),
    ],
)
def test_the_given_case_is_kept(name: str, spelled: str) -> None:
    assert "".join(map(capital, words_of(name))) == spelled


def test_words_compare_without_their_case() -> None:
    assert words_of("OpenAI") == words_of("openai")
    assert len({words_of("APIKey"), words_of("api-key")}) == 1
    assert capital(singular(words_of("userIDs"))[-1]) == "ID"


@pytest.mark.parametrize(
    ("title", "client"),
    [
        ("OpenAI API", "OpenAI"),
        ("OPENAI API", "OpenAI"),
        ("YouTube Data API", "YouTubeData"),
        ("MailChimp Marketing API", "MailChimpMarketing"),
        ("swagger-petstore", "SwaggerPetstore"),
        ("Café & Crème", "CafeCreme"),
        ("Acme's official OpenAPI spec + extensions", "Acme"),
        ("Acme v3 REST API", "Acme"),
        ("Acme v3", "AcmeV3"),
        ("The OpenAPI Store", "TheOpenAPIStore"),
        ("Public API", "Public"),
        ("北京", "Client"),
        ("", "Client"),
    ],
)
def test_a_title_names_the_client(title: str, client: str) -> None:
    assert "".join(map(capital, client_words(title))) == client


def test_a_title_of_a_description_is_nothing_to_call_an_api_by() -> None:
    def called(title: str) -> str:
        return api_of({}, info={"title": title, "version": "1"}).called

    assert called("GitHub's official OpenAPI spec + extensions") == "GitHub API"
    assert called("Acme API") == "Acme API"
    assert called("Acme's Shop") == "Acme's Shop API"


def test_the_configuration_lists_names() -> None:
    assert title_words("deepseek models", ("DeepSeek",)) == ("deepseek", "models")
    api = api_of(
        {"DeepSeekUser": {"type": "object", "properties": {"deep_seek_id": {"type": "string"}}}},
        {"/deep_seek/models": get({"type": "array"})},
        options=BuildOptions(words=("DeepSeek",)),
    )
    (decl,) = api.decls.values()
    (operation,) = api.operations.values()
    assert ("".join(map(capital, decl.words)), decl.words) == ("DeepSeekUser", ("deepseek", "user"))
    assert operation.resource == (("deepseek",), ("models",))
    assert [node.path for node in api.root.walk()] == [(), (("deepseek",),), (("deepseek",), ("models",))]
    assert getattr(decl, "fields")[0].words == ("deep", "seek", "id")  # noqa: B009 - a wire name stays


def test_a_title_stands_in_a_sentence_once() -> None:
    for title, called in (("OpenAI API", "OpenAI API"), ("Acme", "Acme API"), ("", "Client API")):
        assert api_of(info={"title": title, "version": "1"}).called == called


_IDENTIFIER = {
    "python": lambda name: name.isidentifier(),
    "node": lambda name: re.fullmatch(r"[^\W\d]\w*", name) is not None and name.isprintable(),
    # Kotlin takes letters and digits of the first plane and no marks (Kotlin specification, Identifiers)
    "kotlin": lambda name: re.fullmatch(r"[^\W\d]\w*", name) is not None and max(map(ord, name)) <= 0xFFFF,
    "swift": lambda name: re.fullmatch(r"[^\W\d]\w*", name) is not None,
    "proto": lambda name: re.fullmatch(r"[A-Za-z]\w*", name, re.ASCII) is not None,
}
_RULES: dict[str, tuple[Rules, tuple[str, ...]]] = {
    "python": (PythonRules(), ("class", "field", "method", "constant")),
    "node": (NodeRules(), ("type", "class", "member", "function")),
    "kotlin": (KotlinRules(), ("type", "member", "argument", "method", "constant")),
    "swift": (SwiftRules(), ("type", "property", "case", "member", "argument")),
    "proto": (ProtoRules(), ("message", "field")),
}


@pytest.mark.parametrize("language", list(_RULES))
@pytest.mark.parametrize("name", NASTY)
def test_every_name_becomes_an_identifier(language: str, name: str) -> None:
    rules, roles = _RULES[language]
    for role in roles:
        spelled = rules.escape(role, "", rules.spell(role, words_of(name)))
        assert _IDENTIFIER[language](spelled), (role, spelled)


def test_pythons_reserved_words_are_escaped() -> None:
    rules = PythonRules()
    for name in NASTY:
        for role in ("class", "field"):
            ast.parse(f"{rules.escape(role, '', rules.spell(role, words_of(name)))} = 1")


def test_words_of_the_configuration_are_single_names() -> None:
    from polyport_codegen import config
    from polyport_codegen.diagnostics import InputError

    def resolve(words: Any) -> config.Config:
        text = f"spec: a.yaml\ntargets: {{python: {{out: x}}}}\nwords: {words}\n"
        return config.resolve(
            spec=None,
            config_file="codegen.yaml",
            languages=None,
            out=None,
            diagnostics=Diagnostics(),
            read=lambda _: text,
        )

    assert resolve("[OpenAI, GitHub]").words == ("OpenAI", "GitHub")
    for bad in ("[Open AI]", "[1]", "OpenAI"):
        with pytest.raises(InputError):
            resolve(bad)
