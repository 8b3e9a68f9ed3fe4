"""Bytes to text, as JSON and YAML allow it: UTF-8, UTF-16 and UTF-32, with or without a byte order mark."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path

#: Reads a file by its (normalised, forward-slash) path; raises OSError.
Reader = Callable[[str], str]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that one's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_HALF = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


class NotText(OSError):
    """A file that is no text in any of the encodings."""


def decode(data: bytes) -> str:
    """The text of a file (YAML 1.2.2, section 5.2). Raises NotText naming the byte."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not encoding and len(data) > 1 and 0 in data[:2]:
        encoding = "utf-16-be" if data[0] == 0 else "utf-16-le"
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NotText(0, f"it is not text (byte 0x{data[error.start]:02x} in line {line} is not UTF-8)") from None


def read_file(path: str) -> str:
    """The usual reader: text from disk. Raises OSError."""
    return decode(Path(path).read_bytes())


def is_whole(text: str) -> bool:
    """Whether no half of a surrogate pair stands alone in a text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def whole(text: str) -> str:
    """The text with every half of a surrogate pair that stands alone replaced: no encoding can write it."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def without_surrogates(text: str) -> str:
    """JSON's escapes of characters beyond U+FFFF as the characters themselves, which YAML wants; lone halves go."""

    def joined(match: re.Match[str]) -> str:
        return chr(0x10000 + (int(match[1], 16) - 0xD800) * 0x400 + int(match[2], 16) - 0xDC00)

    return _HALF.sub("\ufffd", _PAIR.sub(joined, text))
