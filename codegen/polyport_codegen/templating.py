"""Jinja2 set up for code: undefined values are errors, blocks leave no blank lines, nothing is HTML-escaped."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import jinja2
from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket

from .hashes import digest
from .rerun import cache_folder, generator


class _Compiled(BytecodeCache):
    """Compiled templates in the user's cache, since compiling them anew took a tenth of a run.

    A file counts only with the same source, generator (its filters are part of what is compiled) and Jinja2, and only
    when it is this user's own. Without a cache that can be read or written, templates are compiled as ever.
    """

    def get_source_checksum(self, source: str) -> str:
        return digest(repr((source, generator(), jinja2.__version__, sys.version)).encode())

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError, RuntimeError), open(self._path(bucket), "rb") as file:
            ours = os.name != "posix" or os.fstat(file.fileno()).st_uid == os.getuid()
            if ours and file.readline() == f"{bucket.checksum}\n".encode():
                with suppress(EOFError, ValueError, TypeError):
                    bucket.code = marshal.load(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError, RuntimeError):
            path = self._path(bucket)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            temporary = f"{path}.{os.getpid()}"
            with open(temporary, "wb") as file:
                file.write(f"{bucket.checksum}\n".encode() + marshal.dumps(bucket.code))
            os.replace(temporary, path)

    def _path(self, bucket: Bucket) -> str:
        return os.path.join(cache_folder(), "templates", bucket.key)


def _indent(text: str, width: int, first: bool = False) -> str:
    """Jinja's filter, which takes more than a newline for the end of a line: also what may stand in a literal."""
    lines = text.split("\n")
    return "\n".join(" " * width + line if line and (n or first) else line for n, line in enumerate(lines))


def environment(package: str, filters: Mapping[str, Callable[..., Any]] | None = None) -> Environment:
    """The templates in the folder `templates/` of a package. Line statements are not used; keep layout readable."""
    env = Environment(
        loader=PackageLoader(package),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # the output is source code, never HTML
        auto_reload=False,
        bytecode_cache=_Compiled(),
    )
    env.globals.clear()  # `range` and the like, which no template asks for, would be copied for each of them
    env.filters["indent"] = _indent
    env.filters.update(filters or {})
    return env
