"""Names as words: splitting identifiers, spelling symbols out, and the singular of a list's name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ..values import Words

_PIECES = re.compile(
    r"(?:URL|ID|UUID|API|SDK|LLM)s(?![a-z])"  # plural acronyms are one word
    r"|OAuth|GraphQL|GitHub|OpenAI|iOS|macOS|IPv[46]"
    r"|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+[0-9]*|[A-Z]+[0-9]*|[0-9]+(?:[a-z](?![a-z]))?"
)
_SYMBOLS = {
    "+": "plus",
    "-": "minus",
    "<": "less",
    ">": "greater",
    "=": "equal",
    "!": "not",
    "*": "star",
    "/": "slash",
    "%": "percent",
    "&": "and",
    "|": "or",
    "@": "at",
    "#": "hash",
    "$": "dollar",
    ".": "dot",
    ",": "comma",
    ":": "colon",
    "~": "tilde",
    "^": "caret",
    "?": "question",
    "_": "underscore",
}


@lru_cache(maxsize=65536)
def words_of(name: str) -> Words:
    """`createChatCompletion`, `chat-completion`, `HTTPServer` as lower-case words; never empty.

    A leading sign is spelled out (`+1` is plus 1), and so is a name that has nothing but symbols. Characters that
    identifiers cannot hold are written as others (`m²` is m2, `½` is 1 2) or left out.
    """
    text = name if name.isascii() else unicodedata.normalize("NFKC", name)
    pieces = _PIECES.finditer(text if text.isascii() else "".join(map(_ascii_case, text)))
    found = tuple(text[piece.start() : piece.end()].lower() for piece in pieces)
    if not found:
        return tuple(word for c in text for word in _spelled(c)) or ("empty",)
    if name[0] in "+-" and len(name) > 1 and name[1].isdigit():
        return (_SYMBOLS[name[0]], *found)
    return found


def _ascii_case(c: str) -> str:
    """A stand-in that has the character's case, for the pattern to split by."""
    if c.isascii() or c.isdecimal():
        return c if c.isascii() else "0"
    return "-" if not c.isidentifier() else "A" if c.isupper() else "a"


def _spelled(c: str) -> tuple[str, ...]:
    if c.isspace():
        return ()
    said: str = _SYMBOLS.get(c, "") or unicodedata.name(c, f"u{ord(c):04x}")
    return tuple(re.findall(r"[a-z0-9]+", said.lower()))


_SAME = frozenset(
    "status news series analysis access address process class bus alias canvas data logprobs metadata https css js aws "
    "dns tls sms gas ios lens basis axis this".split()
)
_ODD = dict(
    pair.split(":")
    for pair in (
        "indices:index matrices:matrix vertices:vertex people:person children:child men:man women:woman caches:cache "
        "responses:response choices:choice databases:database licenses:license releases:release cases:case bases:base "
        "purposes:purpose phases:phase movies:movie cookies:cookie aliases:alias canvases:canvas"
    ).split()
)


def singular(words: Words) -> Words:
    """The words with the last one in the singular: the name of one item of a list."""
    last = words[-1]
    if last in _SAME:
        return words
    if last in _ODD:
        return (*words[:-1], _ODD[last])
    if last.endswith("ies") and len(last) > 4:
        last = last[:-3] + "y"
    elif last.endswith(("sses", "shes", "ches", "xes", "zes", "uses")) and len(last) > 4:
        last = last[:-2]
    elif last.endswith("s") and not last.endswith(("ss", "us", "is")) and len(last) > 2:
        last = last[:-1]
    return (*words[:-1], last)


def is_plural(words: Words) -> bool:
    """Whether the last word looks like the name of several."""
    return singular(words) != words
