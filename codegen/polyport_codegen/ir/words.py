"""Names as words: splitting identifiers and titles, spelling symbols out, and the singular of a list's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..values import Word, Words

_PIECES = re.compile(
    r"(?:URL|ID|UUID|API|SDK|LLM)s(?![a-z])"  # plural acronyms are one word
    r"|OAuth|GraphQL|GitHub|OpenAI|iOS|macOS|IPv[46]"
    r"|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+[0-9]*|[A-Z]+[0-9]*|[0-9]+(?:[a-z](?![a-z]))?"
)
#: Names that are written one way, and are split by nobody.
_KNOWN = ("OpenAI", "GitHub", "GraphQL", "OAuth", "YouTube", "LinkedIn", "PayPal", "iOS", "macOS")
#: A word of a title that is one name although it has capitals inside.
_BRAND = re.compile(r"[A-Z]?[a-z]+[A-Z][A-Za-z]*\Z")
_ACRONYM = re.compile(r"[A-Z]+s?[0-9]*\Z")
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


#: Signs that make a name another one when they stand before it: `-created` is not `created`.
_LEADING = re.compile(r"[-+<>=!~]+(?=\w)")


@lru_cache(maxsize=65536)
def words_of(name: str) -> Words:
    """`createChatCompletion`, `chat-completion`, `HTTPServer` as lower-case words; never empty.

    Words are letters and digits that every language takes in an identifier (letters of any script; a first digit is
    for the language to hide). Signs before a name are spelled out (`+1` is plus 1), and so is a name of nothing but
    symbols, by what Unicode calls them. Acronyms and names such as `OpenAI` keep the case that they came in.
    """
    text = name if name.isascii() else _letters(name)
    shape = text if text.isascii() else "".join(map(_shape, text))
    pieces = [text[m.start() : m.end()] for m in _PIECES.finditer(shape)]
    if not pieces:
        return _spelled(name)
    # CAPITALS say nothing of the case of their words, save when they are one short word
    cased = any(c.islower() for c in text) or (len(pieces) == 1 and len(pieces[0]) <= 4)
    words = tuple(_word(piece) if cased else piece.lower() for piece in pieces)
    if sign := _LEADING.match(name):
        return (*(_SYMBOLS[c] for c in sign.group()), *words)
    return words


def _word(piece: str) -> str:
    return Word(piece) if piece[1:] != piece[1:].lower() else piece.lower()


def _letters(name: str) -> str:
    """Compatibility forms resolved (`m²` is m2), digits of all scripts as ASCII, what is no letter as a space."""
    return "".join(map(_letter, unicodedata.normalize("NFKC", name)))


def _letter(char: str) -> str:
    if char.isascii():
        return char
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if unicodedata.category(char).startswith("M"):
        return ""  # a mark that composes with no letter: no language but Python and Swift takes it
    if not char.isalpha() or ord(char) > 0xFFFF:
        return " "
    # letters whose other case has marks of its own (`İ`) are the letter without them
    return char if (char.lower() + char.upper()).isalpha() else unicodedata.normalize("NFD", char)[0]


def _shape(char: str) -> str:
    return char if char.isascii() else "A" if char.isupper() else "a"


def _spelled(name: str) -> Words:
    """The words of a name of nothing but symbols."""
    words: list[str] = []
    for char in name[:6]:
        said = _SYMBOLS[char] if char in _SYMBOLS else unicodedata.name(char, f"u{ord(char):04x}")
        words += [piece.lower() for piece in re.findall(r"[A-Za-z0-9]+", said)]
    return tuple(words) or ("empty",)


def capital(word: str) -> str:
    """The word as it begins a part of `UpperCamelCase`, in the case it was given: `Chat`, `OpenAI`, `URL`."""
    return _capital(word.given if isinstance(word, Word) else word)


@lru_cache(maxsize=65536)
def _capital(given: str) -> str:
    """Of plain text only: a `Word` is equal to others that were given in another case."""
    return given[:1].upper() + given[1:]


def is_acronym(word: str) -> bool:
    """Whether the word was given in capitals: `URL`, `IDs`. Some languages write those as other words."""
    return isinstance(word, Word) and _ACRONYM.match(word.given) is not None


def shorter(words: Words) -> Iterator[Words]:
    """The words with ever fewer of them, for a name that is too long: what tells most stays longest.

    A word that comes again is said once, where it comes last; then words go out of the middle, since the first say
    what it belongs to and the last what it is; at last the words that are left are cut.
    """
    once = tuple(word for at, word in enumerate(words) if word not in words[at + 1 :])
    if once != words:
        yield once
    while len(once) > 2:
        middle = (len(once) - 1) // 2
        once = (*once[:middle], *once[middle + 1 :])
        yield once
    for letters in (24, 16, 8):
        yield tuple(word[:letters] for word in once)


def respelled(words: Words, known: Iterable[str]) -> Words:
    """The words with each of the known names as one word in its own case: (open, ai) is (OpenAI)."""
    for name in known:
        split = words_of(name)
        forms = {split, (name.lower(),)}
        for at in range(len(words)):
            for form in forms:
                if words[at : at + len(form)] == form:
                    words = (*words[:at], Word(name), *words[at + len(form) :])
    return words


def title_words(title: str, known: Iterable[str] = ()) -> Words:
    """The words of a title, in which a person has set the spaces: `YouTube Data API` begins with one word."""
    parts = title.split()
    if len(parts) > 1:
        words = tuple(w for part in parts for w in _title_part(part)) or words_of(title)
    else:
        words = words_of(title)
    return respelled(words, (*known, *_KNOWN))


def _title_part(part: str) -> Words:
    """The words of one part of a title; a lone sign (`-`, `&`) is none."""
    if _BRAND.match(part):
        return (Word(part),)
    return words_of(part) if any(c.isalnum() for c in part) else ()


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
    one = str(last)
    if last.endswith("ies") and len(last) > 4:
        one = last[:-3] + "y"
    elif last.endswith(("sses", "shes", "ches", "xes", "zes", "uses")) and len(last) > 4:
        one = last[:-2]
    elif last.endswith("s") and not last.endswith(("ss", "us", "is")) and len(last) > 2:
        one = last[:-1]
    if isinstance(last, Word) and last.startswith(one):
        return (*words[:-1], _word(last.given[: len(one)]))
    return (*words[:-1], one)


def is_plural(words: Words) -> bool:
    """Whether the last word looks like the name of several."""
    return singular(words) != words
