"""A generated Python package imported without being written anywhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from types import CodeType, ModuleType


class Package(MetaPathFinder, InspectLoader):
    """The package below `src/` among the files of an output: path -> content."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        sources = {path: data for path, data in files.items() if path.startswith("src/") and path.endswith(".py")}
        self._sources = {_dotted(path): (path, data) for path, data in sources.items()}
        self.name = next(iter(self._sources)).partition(".")[0]

    @property
    def modules(self) -> list[str]:
        """Dotted names, the package first."""
        return sorted(self._sources)

    @contextmanager
    def importable(self) -> Iterator[None]:
        """Inside, its name means this package, whatever is installed under it."""
        for name in [m for m in sys.modules if m.partition(".")[0] == self.name]:
            del sys.modules[name]
        sys.meta_path.insert(0, self)
        try:
            yield
        finally:
            sys.meta_path.remove(self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Of a module of this package."""
        return spec_from_loader(fullname, self) if fullname in self._sources else None

    def is_package(self, fullname: str) -> bool:
        """Whether others stand in it."""
        return self._sources[fullname][0].endswith("/__init__.py")

    def get_source(self, fullname: str) -> str:
        """Its text."""
        return self._sources[fullname][1].decode()

    def get_code(self, fullname: str) -> CodeType:
        """Compiled. SyntaxError when it is no Python."""
        return compiled(_within(self._sources[fullname][0]), self._sources[fullname][1])


@cache
def compiled(path: str, data: bytes) -> CodeType:
    """A module's code; that of the runtime is the same in every package."""
    return compile(data, path, "exec", dont_inherit=True)


def _within(path: str) -> str:
    """The path within its package."""
    return path.removeprefix("src/").partition("/")[2]


def _dotted(path: str) -> str:
    return path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
