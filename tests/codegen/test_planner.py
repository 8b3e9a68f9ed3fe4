"""Names and line breaks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from polyport_codegen.ir.words import singular, words_of
from polyport_codegen.lower.layout import Group, Joined, flat, layout, wrap_text
from polyport_codegen.lower.planner import LONGEST, Symbol, plan


class Pascal:
    """Rules of a made-up language: PascalCase, `Type` is reserved, names fold case in the scope `files`."""

    def spell(self, role: str, words: tuple[str, ...]) -> str:
        return "".join(w.capitalize() for w in words)

    def escape(self, role: str, scope: str, name: str) -> str:
        return name + "_" if name == "Type" else name

    def room(self, role: str) -> int:
        return LONGEST

    def key(self, role: str, name: str) -> str:
        return name.casefold()


def test_the_documents_own_name_beats_one_made_from_a_place() -> None:
    names = plan(
        [
            Symbol("in", "type", ("pet", "kind"), context=(("pet", "kind", "value"),), rank=1),
            Symbol("own", "type", ("pet", "kind")),
        ],
        Pascal(),
    )
    assert names == {"in": "PetKindValue", "own": "PetKind"}


def test_equals_move_on_together_and_reserved_names_are_escaped() -> None:
    names = plan(
        [
            Symbol("a", "type", ("x",), context=(("a", "x"),)),
            Symbol("b", "type", ("x",), context=(("b", "x"),)),
            Symbol("t", "type", ("type",)),
        ],
        Pascal(),
    )
    assert names == {"a": "AX", "b": "BX", "t": "Type_"}


@given(st.lists(st.lists(st.from_regex(r"[a-z]{1,90}", fullmatch=True), min_size=1, max_size=30), max_size=12))
def test_no_name_is_longer_than_people_read(wishes: list[list[str]]) -> None:
    symbols = [Symbol(str(at), "type", tuple(words)) for at, words in enumerate(wishes)]
    names = plan(symbols, Pascal())
    assert max(map(len, names.values()), default=0) <= LONGEST
    assert len({name.casefold() for name in names.values()}) == len(wishes)


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    words = words_of("TreasurySharedResourceInitiatingPaymentMethodDetailsInitiatingPaymentMethodDetails")
    event = words_of("RealtimeServerEventConversationItemInputAudioTranscriptionCompleted")
    names = plan([Symbol("twice", "type", words), Symbol("middle", "type", event)], Pascal())
    assert names == {
        "twice": "TreasurySharedResourceInitiatingPaymentMethodDetails",
        "middle": "RealtimeServerEventInputAudioTranscriptionCompleted",
    }


def test_long_names_that_lose_the_same_words_are_counted_on_past_ten() -> None:
    middles = [f"{letter}{'x' * 30}" for letter in "abcdefghijklmnop"]
    words = (("treasury", "resource", middle, middle[:9], "payment", "method", "revision") for middle in middles)
    names = plan([Symbol(own[2], "type", own) for own in words], Pascal())
    whole, short = "TreasuryResourcePaymentMethodRevision", "TreasuryResourceMethodRevision"
    assert list(names.values()) == [whole, *(f"{short}{number}" for number in range(2, 17))]


def test_a_number_among_the_words_is_no_number_of_the_name() -> None:
    names = plan([Symbol(str(at), "type", ("part", "2")) for at in range(3)], Pascal())
    assert names == {"0": "Part2", "1": "Part22", "2": "Part23"}


def test_a_fixed_name_is_never_taken() -> None:
    assert (
        plan(
            [
                Symbol("runtime", "type", (), fixed="Client"),
                Symbol("a", "type", ("client",), context=(("client", "model"),)),
            ],
            Pascal(),
        )["a"]
        == "ClientModel"
    )


def test_numbers_come_last_and_by_id() -> None:
    assert plan([Symbol("b", "type", ("x",)), Symbol("a", "type", ("x",))], Pascal()) == {"a": "X", "b": "X2"}


SYMBOLS = st.lists(
    st.builds(
        lambda id, words, context, rank: Symbol(id, "type", words, context=context, rank=rank),
        st.uuids().map(str),
        st.sampled_from([("a",), ("b",), ("type",), ("a", "b")]),
        st.sampled_from([(), (("a", "b"),), (("c",), ("type",))]),
        st.integers(0, 1),
    ),
    unique_by=lambda s: s.id,
    max_size=12,
)


@given(SYMBOLS, st.randoms())
def test_names_are_unique_and_do_not_depend_on_order(symbols: list[Symbol], random: object) -> None:
    names = plan(symbols, Pascal())
    assert len({n.casefold() for n in names.values()}) == len(symbols)
    shuffled = list(symbols)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert plan(shuffled, Pascal()) == names


def test_words() -> None:
    cases = {
        "createChatCompletion": "create chat completion", "HTTPServer": "http server", "snake_case": "snake case", "kebab-case": "kebab case",
        "image_url": "image url", "imageURLs": "image urls", "sha256": "sha256", "+1": "plus 1", "-1": "minus 1", "<=": "less equal", "": "empty",
        "gpt-4o": "gpt 4o", "X-Request-ID": "x request id", "OAuthToken": "oauth token", "m²": "m2", "½": "1 2", "délaiÉtat": "délai état",
        "ÉTATCivil": "état civil", "日本Go": "日本 go", "🚀": "rocket", "_": "underscore", "\0": "u0000",
    }  # fmt: skip
    assert {k: " ".join(words_of(k)) for k in cases} == cases


@given(st.text())
def test_every_name_has_words(name: str) -> None:
    assert all(w and w == w.lower() for w in words_of(name))
    assert words_of(name)
    assert ("_" + "".join(words_of(name))).isidentifier()


def test_singular() -> None:
    cases = {
        "messages": "message",
        "choices": "choice",
        "entries": "entry",
        "boxes": "box",
        "status": "status",
        "data": "data",
        "aliases": "alias",
        "addresses": "address",
        "indices": "index",
    }
    assert {k: singular((k,))[0] for k in cases} == cases


def test_a_group_stays_on_one_line_while_it_fits() -> None:
    group = Joined(
        ("def f", Group("(", ("a: int", Group("b: X[", ("int", "str"), "]", trailing=False)), ")"), " -> None:")
    )
    assert layout(group, width=60) == "def f(a: int, b: X[int, str]) -> None:"
    assert layout(group, width=30) == "def f(\n    a: int,\n    b: X[int, str],\n) -> None:"
    assert layout(group, width=16) == "def f(\n    a: int,\n    b: X[\n        int,\n        str\n    ],\n) -> None:"


ITEMS = st.recursive(
    st.text("ab", min_size=1, max_size=8),
    lambda inner: st.builds(
        Group,
        st.just("("),
        st.lists(inner, max_size=3),
        st.just(")"),
        separator=st.just(","),
        trailing=st.booleans(),
        padded=st.booleans(),
        broken=st.booleans(),
    ),
    max_leaves=8,
)


@given(ITEMS, st.integers(8, 60))
def test_breaking_lines_changes_nothing_but_space_and_trailing_separators(part: object, width: int) -> None:
    text = layout(part, width=width)  # type: ignore[arg-type]
    assert "".join(text.split()).replace(",)", ")") == "".join(flat(part).split()).replace(",)", ")")  # type: ignore[arg-type]


def test_comments_are_filled_but_code_and_tables_are_not() -> None:
    text = "One two three four.\nFive.\n\n- a list item that is long\n- b\n\n```\nkeep   this   line as it is\n```\n| a | b |"
    assert wrap_text(text, 16) == [
        "One two three", "four. Five.", "", "- a list item", "  that is long", "- b", "", "```", "keep   this   line as it is", "```", "| a | b |",
    ]  # fmt: skip
