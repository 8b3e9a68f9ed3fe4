"""Packages whose names are imported when they are first asked for (PEP 562)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

Lookup = tuple[Callable[[str], Any], Callable[[], list[str]]]


def lazy_names(package: str, exports: Mapping[str, str], modules: Sequence[str] = ()) -> Lookup:
    """`__getattr__` and `__dir__` of a package.

    Args:
        package: its `__name__`.
        exports: relative module to the names that come from it, apart by spaces.
        modules: modules of the package that are members of it too.
    """
    places = {name: module for module, names in exports.items() for name in names.split()}
    return _lookup(package, places.get, lambda: list(places), modules)


def lazy_index(package: str, beginnings: Sequence[str]) -> Lookup:
    """The same for a package with a large number of names.

    Its folder `_index` has a module for each beginning of names in lower case, whose `_NAMES` is
    what `lazy_names` takes; a name is looked up in the one with the longest fitting beginning.
    """
    known = frozenset(beginnings)

    def index(beginning: str) -> dict[str, str]:
        names = import_module(f"._index._{beginning}", package)._NAMES
        return {name: module for module, members in names.items() for name in members.split()}

    def place(name: str) -> str | None:
        folded = name.lower()
        fitting = (folded[:n] for n in range(len(folded), 0, -1) if folded[:n] in known)
        beginning = next(fitting, None)
        return None if beginning is None else index(beginning).get(name)

    return _lookup(package, place, lambda: [n for b in beginnings for n in index(b)], ())


def _lookup(
    package: str,
    place: Callable[[str], str | None],
    every: Callable[[], list[str]],
    modules: Sequence[str],
) -> Lookup:
    members = vars(import_module(package))

    def get(name: str) -> Any:
        if name == "__all__":
            return sorted(every())
        module = place(name)
        if module is not None:
            value = getattr(import_module(module, package), name)
        elif name in modules:
            value = import_module(f".{name}", package)
        else:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        members[name] = value
        return value

    def names() -> list[str]:
        return sorted({*members, *every()})

    return get, names
