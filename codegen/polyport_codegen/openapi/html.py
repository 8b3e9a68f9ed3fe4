"""HTML in descriptions as CommonMark, which is all that comments in source files show.

What is a tag of HTML by its name, in its place, becomes what it means; everything else that has a `<` (`a < b`,
`List<String>`, a placeholder) stays, and so do code spans and fenced code. No text is lost: what is not closed ends with
the text, what is closed without having been opened is left out.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from ..values import Json

_BREAKS = frozenset("p div section article center header footer main figure details summary form fieldset dl".split())
_CODE = frozenset({"code", "tt", "kbd", "samp", "var"})
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "strike": "~~", "del": "~~"}
_PLAIN = frozenset("span font small big u ins sub sup abbr label cite q mark nobr".split())
_INLINE = _CODE | _MARKS.keys() | _PLAIN | {"a"}
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_CELLS = frozenset({"td", "th", "caption"})
_BLOCKS = frozenset({"ul", "ol", "li", "pre", "blockquote", "table", "tr", "dt", "dd", *_CELLS, *_HEADINGS})
_ROWS = frozenset({"thead", "tbody", "tfoot", "colgroup", "col"})
_SINGLE = frozenset({"br", "hr", "img"})
_NAMES = _BREAKS | _INLINE | _BLOCKS | _ROWS | _SINGLE
#: In these a break is no more than a space.
_ONE_LINE = _INLINE | _CELLS | _HEADINGS.keys() | {"dt"}

_ATTRIBUTES = r"(?:\s(?:\"[^\"]{0,2000}\"|'[^']{0,2000}'|[^<>\"']){0,400})?"
_TOKEN = re.compile(
    r"(?P<fence>^[ \t]*(?P<mark>```|~~~).*?(?:^[ \t]*(?P=mark)|\Z))"
    r"|(?P<span>(?<!`)`[^`\n]+`(?!`)|(?<!`)``(?:[^`]|`(?!`))+``(?!`))"
    r"|<!--(?:[^-<]|-(?!->)|<(?!!--)){0,9000}-->"
    rf"|<(?P<end>/?)(?P<name>{'|'.join(sorted(_NAMES, key=len, reverse=True))})(?P<attributes>{_ATTRIBUTES}\s*/?)>",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_PLACEHOLDER = re.compile(r"&lt;(/?[A-Za-z][\w $.:-]{0,60}/?)&gt;")
_MAY_BE_HTML = re.compile(r"<[A-Za-z/!]|&[#A-Za-z]")
_HREF = re.compile(r"""\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
#: Elements in elements; what is deeper is text.
_DEEPEST = 40


@dataclass(slots=True)
class _Frame:
    """An element that is open, and its text so far."""

    name: str
    attributes: str = ""
    text: str = ""
    #: A break is due before what comes next.
    gap: str = ""
    rows: list[list[str]] = field(default_factory=list)

    def add(self, text: str) -> None:
        if self.gap and self.text.strip():
            text = text.lstrip()
            if not text:
                return
            self.text = self.text.rstrip() + self.gap
        elif self.gap:
            text = text.lstrip(" \t") if text.strip() else ""
        if text:
            self.text, self.gap = self.text + text, ""

    def part(self) -> None:
        """What follows stands apart: in a new paragraph, where there are any here."""
        self.gap = " " if self.name in _ONE_LINE else "\n\n"

    def block(self, text: str, gap: str = "\n\n") -> None:
        self.gap = gap
        self.add(text)
        self.gap = "\n\n"


def prose(value: Json) -> str:
    """What a document says for people as CommonMark; empty for what is no text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return markdown(value) if isinstance(value, str) else ""


@lru_cache(maxsize=4096)
def markdown(text: str) -> str:
    """The text with HTML as CommonMark."""
    if _MAY_BE_HTML.search(text) is None:
        return text
    found = [m for m in _TOKEN.finditer(text) if m["name"]]
    ends = Counter(m["name"].lower() for m in found if m["end"])
    known = {m["name"].lower() for m in found if _is_tag(m, ends)}
    frames = [_Frame("")]
    at = 0
    for match in _TOKEN.finditer(text):
        _text(frames, text[at : match.start()])
        at = match.end()
        name = (match["name"] or "").lower()
        if not name:
            if match["fence"] or match["span"]:
                frames[-1].add(match.group())
            continue
        is_end = bool(match["end"])
        ends[name] -= is_end
        if is_end and any(frame.name == name for frame in frames):
            _close(frames, name)
        elif is_end:
            if name not in known:
                _text(frames, match.group())
            elif name in _BREAKS:
                frames[-1].part()
        elif not _is_tag(match, ends) or len(frames) > _DEEPEST:
            _text(frames, match.group())
        else:
            _open(frames, name, match["attributes"])
    _text(frames, text[at:])
    while len(frames) > 1:
        _close(frames, frames[-1].name)
    return frames[0].text.strip("\n") if known else frames[0].text


def _is_tag(match: re.Match[str], ends: Counter[str]) -> bool:
    """Whether what looks like a tag's beginning is one: `<b>` without an end is a placeholder or a type's argument."""
    name, given = match["name"].lower(), match["name"]
    if name in _SINGLE or name in _ROWS or match["end"]:
        return name in _SINGLE or ends[name] > 0
    if ends[name] > 0:
        return True
    return name in ("p", "div", "li", "dt", "dd", "td", "th", "tr") and given.islower()


def _text(frames: list[_Frame], text: str) -> None:
    """Text between tags. In elements whose lines mean nothing they are one."""
    if not text:
        return
    inside = {frame.name for frame in frames}
    if "pre" in inside or frames[-1].name in _CODE:
        frames[-1].add(html.unescape(text))
        return
    text = _entities(text)
    if inside & _BLOCKS:
        text = re.sub(r"\s+", " ", text)
    frames[-1].add(text)


def _entities(text: str) -> str:
    """The text with entities as what they stand for. What would be read as a tag is code."""
    if "&" not in text:
        return text
    text = _PLACEHOLDER.sub(lambda m: f"`<{m[1]}>`", text)
    return _ENTITY.sub(lambda m: _entity(m, text), text)


def _entity(match: re.Match[str], text: str) -> str:
    said = html.unescape(match.group())
    if said == "<" and (
        text[match.end() : match.end() + 1].isalpha() or text[match.end() : match.end() + 1] in ("/", "!")
    ):
        return match.group()
    return " " if said == "\xa0" else said


def _open(frames: list[_Frame], name: str, attributes: str) -> None:
    here = frames[-1]
    if name == "br":
        here.part()
    elif name == "hr":
        here.block("---")
    elif name == "img":
        alt = _ALT.search(attributes)
        here.add(_link(next((g for g in alt.groups() if g), "image") if alt else "image", attributes))
    elif name in _BREAKS:
        here.part()
    elif name not in _ROWS:
        # a new item or cell ends the one before it
        if any(name in same and here.name in same for same in ({"li"}, {"tr"}, {"dt", "dd"}, {"td", "th"})):
            _close(frames, here.name)
        frames.append(_Frame(name, attributes))


def _close(frames: list[_Frame], name: str) -> None:
    """End the innermost element of this name, and those in it."""
    while True:
        frame = frames.pop()
        _end(frame, frames[-1])
        if frame.name == name:
            return


def _end(frame: _Frame, around: _Frame) -> None:
    """The text of an element, as what it means, in that around it."""
    name, text = frame.name, frame.text
    if name == "pre":
        fence = "~~~" if "```" in text else "```"
        around.block(f"{fence}\n{text.strip(chr(10))}\n{fence}")
    elif name in _INLINE:
        around.add(_inline(frame))
    elif name in ("ul", "ol"):
        around.block(text.strip(), "\n" if around.name == "li" else "\n\n")
    elif name == "li":
        marker = "- "
        if around.name == "ol":
            around.rows.append([text])
            marker = f"{len(around.rows)}. "
        around.block(marker + _hanging(text, len(marker)), "\n")
        around.gap = "\n"
    elif name == "blockquote":
        around.block("\n".join(f"> {line}".rstrip() for line in text.strip().split("\n")))
    elif name in _HEADINGS:
        around.block(f"{'#' * _HEADINGS[name]} {text.strip()}" if text.strip() else "")
    elif name == "dt":
        around.block(f"**{text.strip()}**" if text.strip() else "")
    elif name in _CELLS and around.name == "tr":
        around.rows.append([text.strip().replace("\n", " ").replace("|", "\\|")])
    elif name == "tr" and around.name == "table":
        around.rows.append([cell for row in frame.rows for cell in row])
        around.add(text)
    elif name == "table":
        around.block("\n\n".join(part for part in (text.strip(), _table(frame.rows)) if part))
    else:
        around.block(text.strip())
        for row in frame.rows:
            around.block(" ".join(row))


def _inline(frame: _Frame) -> str:
    text = frame.text
    inner = text.strip()
    if not inner:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if frame.name in _CODE:
        ticks = "``" if "`" in inner else "`"
        pad = " " if ticks == "``" else ""
        inner = f"{ticks}{pad}{' '.join(inner.split())}{pad}{ticks}" if not _is_code(inner) else inner
    elif frame.name == "a":
        inner = _link(inner, frame.attributes)
    elif frame.name == "sup" and re.fullmatch(r"-?\d+", inner):
        inner = f"^{inner}"
    elif frame.name in _MARKS and "\n\n" not in inner:
        inner = f"{_MARKS[frame.name]}{inner}{_MARKS[frame.name]}"
    return f"{before}{inner}{after}"


def _is_code(text: str) -> bool:
    return len(text) > 2 and text[0] == text[-1] == "`" and "`" not in text[1:-1]


def _link(text: str, attributes: str) -> str:
    found = _HREF.search(attributes)
    to = html.unescape(next((g for g in found.groups() if g), "")).strip() if found else ""
    to = "".join(f"%{ord(c):02X}" if c in ' ()<>"\\' or ord(c) < 32 else c for c in to)
    if not to or to == text:
        return text
    return f"[{text}]({to})"


def _hanging(text: str, width: int) -> str:
    lines = text.strip().split("\n")
    return "\n".join([lines[0], *(" " * width + line if line else "" for line in lines[1:])])


def _table(rows: list[list[str]]) -> str:
    rows = [row for row in rows if row]
    if not rows:
        return ""
    width = max(map(len, rows))
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])
