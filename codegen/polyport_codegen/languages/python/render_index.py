"""The `__init__.py` of types: one table where that is short, else an index in parts by the beginnings of names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from .writer import name_order

#: A module relative to its package (`.message`) and the names that it gives.
Export = tuple[str, tuple[str, ...]]

#: Names beyond which a table becomes too long for a file.
_MOST_NAMES = 160


def is_long(exports: Sequence[Export]) -> bool:
    """Whether the names need more than one table."""
    return sum(len(names) for _, names in exports) > _MOST_NAMES


def in_parts(exports: Iterable[Export]) -> dict[str, list[Export]]:
    """The exports by the beginning of their names, in lower case: as short as it can be for each part to be small."""
    pairs = [(name.lower(), name, module) for module, names in exports for name in names]
    parts: dict[str, list[Export]] = {}
    _split(pairs, 1, parts)
    return dict(sorted(parts.items()))


def _split(pairs: list[tuple[str, str, str]], length: int, parts: dict[str, list[Export]]) -> None:
    groups: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for pair in pairs:
        groups[pair[0][:length]].append(pair)
    for beginning, found in groups.items():
        if len(found) > _MOST_NAMES and any(len(folded) > length for folded, _, _ in found):
            # What is no longer than the beginning stays with it.
            whole = [pair for pair in found if len(pair[0]) == length]
            if whole:
                parts[beginning] = _exports(whole)
            _split([pair for pair in found if len(pair[0]) > length], length + 1, parts)
        else:
            parts[beginning] = _exports(found)


def _exports(pairs: list[tuple[str, str, str]]) -> list[Export]:
    modules: dict[str, list[str]] = defaultdict(list)
    for _, name, module in pairs:
        modules[module].append(name)
    return [(module, tuple(sorted(names, key=name_order))) for module, names in sorted(modules.items())]
