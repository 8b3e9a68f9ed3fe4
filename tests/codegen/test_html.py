"""HTML in descriptions becomes CommonMark, once, for all languages; what only looks like it stays."""

from __future__ import annotations

import ast
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.openapi.html import markdown
from polyport_codegen.registry import load_target
from polyport_codegen.target import Settings

from .specs import api_of, get, ref


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("<p>One <b>two</b>.</p><p>Three</p>", "One **two**.\n\nThree"),
        ("A<br>B<br/>C", "A\n\nB\n\nC"),
        ('See <a href="https://a.dev/x y">the <code>docs</code></a>.', "See [the `docs`](https://a.dev/x%20y)."),
        ("<a href=https://a.dev>https://a.dev</a>", "https://a.dev"),
        ("<code>a &lt; b</code>", "`a < b`"),
        ("<ul>\n  <li>one</li>\n  <li>two <ol><li>in</li></ol></li>\n</ul>end", "- one\n- two\n  1. in\n\nend"),
        ("<ol><li>x<li>y</ol>", "1. x\n2. y"),
        ("<h2>Title</h2>text<hr/>more", "## Title\n\ntext\n\n---\n\nmore"),
        ("<dl><dt>T</dt><dd>D</dd></dl>", "**T**\n\nD"),
        ("<dt><dt>T<dd>D", "**T**\n\nD"),
        ("<th><li>in a cell", "- in a cell"),
        ("<pre>\n a\n   b &lt;\n</pre> z", "```\n a\n   b <\n```\n\nz"),
        ("<blockquote>q<p>r</blockquote>", "> q\n>\n> r"),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2|3</td></tr></table>",
            "| A | B |\n| --- | --- |\n| 1 | 2\\|3 |",
        ),
        ("10<sup>-3</sup> CO<sub>2</sub>", "10^-3 CO2"),
        ("&quot;R&amp;D&quot;&nbsp;&gt;= 3 &lt; 4", '"R&D" >= 3 < 4'),
        ("send &lt;id&gt;", "send `<id>`"),
        ("<i></i><em>so</em><!-- not said -->", "*so*"),
        ("<p>never closed <b>at</b> all", "never closed **at** all"),
    ],
)
def test_html_is_what_it_means(said: str, meant: str) -> None:
    assert markdown(said) == meant


@pytest.mark.parametrize(
    "text",
    [
        "a < b and c > d",
        "List<String>, Map<K, V>, Array<B>, Set<p",
        "GET /users/<id>/<name>",
        "`<p>code</p>` and ``<b>`</b>``",
        "```html\n<p>x</p>\n```",
        "R&D, AT&T, &unknown; a&&b",
        "<b> is bold",
        "    <custom-tag>x</custom-tag>",
        "x <= y <- z",
        "",
    ],
)
def test_what_is_no_html_stays(text: str) -> None:
    assert markdown(text) == text


_TAGS = "p b i code ul ol li a table thead tbody caption tr td th pre h1 h6 div dl dt dd blockquote br hr span em sup".split()


@settings(max_examples=1000)
@given(
    st.lists(
        st.one_of(
            st.from_regex(r"w[0-9]{3}", fullmatch=True),
            st.sampled_from([f"<{slash}{tag}>" for tag in _TAGS for slash in ("", "/")]),
            st.sampled_from([" ", "\n", "\n\n", "`", "```", "&", "<", "*/", '"""']),
        ),
        max_size=40,
    )
)
def test_no_word_is_lost_whatever_is_open(pieces: list[str]) -> None:
    words = re.compile(r"w[0-9]{3}")
    said = "".join(pieces)
    assert sorted(words.findall(markdown(said))) == sorted(words.findall(said))


def test_deep_and_broken_html_ends() -> None:
    for hostile in (
        '<a "' * 3000,
        "<ul><li>" * 3000 + "x",
        "<!--" * 3000,
        "<p " * 3000,
        "`" * 9001 + "<p>",
        "</b>" * 3000,
    ):
        markdown(hostile)


def test_no_description_ends_a_comment() -> None:
    evil = "<p>&#42;/ &quot;&quot;&quot; \\u000a <code>*/</code></p><ul><li>*&#47; evil()</li></ul>"
    api = api_of(
        {"Pet": {"type": "object", "description": evil, "properties": {"a": {"type": "string", "description": evil}}}},
        {"/pets": get(ref("Pet"), summary=evil, description=evil)},
    )
    package = Settings(("acme",), "1.0.0", "acme", base_url="https://acme.dev")
    for name, ending in (("python", ".py"), ("node", ".ts"), ("kotlin", ".kt")):
        files = load_target(name).generate(api, package, Diagnostics()).files
        for text in (str(f.content) for f in files if f.path.endswith(ending) and "evil()" in str(f.content)):
            assert "<p>" not in text
            if name == "python":
                ast.parse(text)
            else:
                outside = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)
                assert "evil()" not in outside
