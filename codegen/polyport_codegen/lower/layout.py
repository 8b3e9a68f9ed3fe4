"""The one layout helper: breaks lines of generated code and of its comments. No formatter runs after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple


class Group(NamedTuple):
    """Items between brackets: on one line if they fit, else one item a line, indented, with a trailing separator.

    `Group("f(", ("a", "b"), ")")` is `f(a, b)` or `f(` / `    a,` / `    b,` / `)`.
    """

    open: str
    items: Sequence[Part]
    close: str
    separator: str = ","
    #: Whether the broken form ends its last item with the separator.
    trailing: bool = True
    #: A space inside the brackets of the one-line form: `{ a, b }`.
    padded: bool = False
    #: Whether the items get a line each even where they would fit on one.
    broken: bool = False


class Joined(NamedTuple):
    """Parts that stand side by side: text before a group, and text after it."""

    parts: Sequence[Part]


Part = str | Group | Joined


def flat(part: Part) -> str:
    """The one-line form."""
    if isinstance(part, str):
        return part
    if isinstance(part, Joined):
        return "".join(flat(p) for p in part.parts)
    inner = f"{part.separator} ".join(flat(item) for item in part.items)
    pad = " " if part.padded and inner else ""
    return f"{part.open}{pad}{inner}{pad}{part.close}"


def layout(part: Part, *, width: int = 100, column: int = 0, indent: str = "    ", level: int = 0) -> str:
    """The part as text whose lines keep to `width` where they can.

    `column` is where the first line begins (the text before it counts), `level` the depth of indentation of the line
    that it stands in: continuation lines get `indent * level` and more.
    """
    one = _one_line(part, width - column)
    if one is not None and "\n" not in one:
        return one
    if isinstance(part, str):
        return part
    if isinstance(part, Joined):
        return _joined(part, width, column, indent, level)
    if not part.items:
        return f"{part.open}{part.close}"
    inner = indent * (level + 1)
    lines = [part.open]
    last = len(part.items) - 1
    for index, item in enumerate(part.items):
        end = part.separator if part.trailing or index < last else ""
        text = layout(item, width=width - len(end), column=len(inner), indent=indent, level=level + 1)
        lines.append(f"{inner}{text}{end}")
    lines.append(f"{indent * level}{part.close}")
    return "\n".join(lines)


def _one_line(part: Part, room: int) -> str | None:
    """The one-line form, unless it is longer than `room` or a group in it is to be broken. Ends where that is known."""
    if isinstance(part, str):
        return part if len(part) <= room else None
    if isinstance(part, Joined):
        return _side_by_side(part.parts, "", room)
    if part.broken:
        return None
    inner = _side_by_side(part.items, f"{part.separator} ", room - len(part.open) - len(part.close))
    if inner is None:
        return None
    pad = " " if part.padded and inner else ""
    one = f"{part.open}{pad}{inner}{pad}{part.close}"
    return one if len(one) <= room else None


def _side_by_side(parts: Sequence[Part], separator: str, room: int) -> str | None:
    texts = []
    for part in parts:
        text = _one_line(part, room)
        if text is None:
            return None
        texts.append(text)
        room -= len(text) + len(separator)
    return separator.join(texts) if room + len(separator) >= 0 else None


def _joined(part: Joined, width: int, column: int, indent: str, level: int) -> str:
    out = ""
    # What follows on the same line must fit too, so the last group that can break does.
    rest = sum(len(piece) for piece in part.parts if isinstance(piece, str))
    for piece in part.parts:
        if isinstance(piece, str):
            rest -= len(piece)
        start = column + len(out) if "\n" not in out else len(out) - out.rfind("\n") - 1
        out += layout(piece, width=width - rest, column=start, indent=indent, level=level)
    return out


_LIST_ITEM = re.compile(r"^(\s*)([-*+]|\d+[.)])\s+")
_FENCE = re.compile(r"^\s*(```|~~~)")
_VERBATIM = re.compile(r"^(\s{4,}|\t|\s*[|#>]|\s*<)")


#: Control characters as the pictures of them (no compiler takes NUL in a comment), separators of lines as spaces.
_VISIBLE: dict[int, int | str] = {
    **{code: 0x2400 + code for code in range(32) if chr(code) not in "\n\r\t"},
    0x7F: 0x2421, 0x85: " ", 0x2028: " ", 0x2029: " ",
}  # fmt: skip


def wrap_text(text: str, width: int) -> list[str]:
    """CommonMark as lines of at most `width` characters where words allow.

    Paragraphs and list items are filled; fenced and indented code, tables, headings, quotes and HTML stay as they are.
    """
    if len(text) <= width and text.isprintable() and "  " not in text and text and text[0] != " " != text[-1]:
        return [text]  # as most are
    lines: list[str] = []
    paragraph: list[str] = []
    hang = ""
    fenced = False

    def flush() -> None:
        nonlocal paragraph, hang
        if paragraph:
            lines.extend(_fill(" ".join(paragraph), width, hang))
        paragraph, hang = [], ""

    plain = text.translate(_VISIBLE).replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    for raw in plain.strip("\n").split("\n"):
        line = raw.rstrip()
        if line[:1].isalpha() and not fenced:
            paragraph.append(line)
        elif _FENCE.match(line):
            flush()
            fenced = not fenced
            lines.append(line)
        elif fenced:
            lines.append(line)
        elif not line.strip():
            flush()
            if lines and lines[-1]:
                lines.append("")
        elif match := _LIST_ITEM.match(line):
            flush()
            hang = " " * len(match.group(0))
            paragraph = [line]
        elif _VERBATIM.match(line) and not paragraph:
            lines.append(line)
        else:
            paragraph.append(line.strip())
    flush()
    while lines and not lines[-1]:
        lines.pop()
    return lines


#: The space before a word that begins a list, a quote or a heading when it begins a line.
_BEFORE_MARK = re.compile(r" (?=(?:[-*+>]|#{1,6}|[0-9]\d*[.)])(?: |\Z))")


def _fill(text: str, width: int, hang: str) -> list[str]:
    """One paragraph as lines. None begins with what Markdown would read as more than a word, none is one lone word."""
    lead = text[: len(text) - len(text.lstrip())]
    rest = " ".join(text.split())
    room = width - len(lead)
    if len(rest) <= room:
        return [lead + rest]
    rest = _BEFORE_MARK.sub("\0", rest)  # no break there; the text itself has no NUL
    lines: list[str] = []
    while len(rest) > room:
        end = rest.rfind(" ", 0, max(room, 0) + 1)
        if end < 0:
            end = rest.find(" ")
            if end < 0:
                break
        lines.append(rest[:end])
        rest = rest[end + 1 :]
        room = width - len(hang)
    if lines and " " not in rest and lines[-1].count(" ") > 2:
        before, _, moved = lines[-1].rpartition(" ")
        if len(moved) + 1 + len(rest) <= width - len(hang):
            lines[-1], rest = before, f"{moved} {rest}"
    return [((hang if at else lead) + line).replace("\0", " ") for at, line in enumerate((*lines, rest))]


def indented(text: str, prefix: str) -> str:
    """Every line with the prefix before it; empty lines stay empty (but keep a comment prefix's visible part)."""
    bare = prefix.rstrip()
    return "\n".join(prefix + line if line else bare for line in text.split("\n"))
