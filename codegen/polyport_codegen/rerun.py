"""What makes a rerun without a change a mere comparison: a note of the last run, outside version control.

It lies in the user's cache and may be deleted at any time. It says under which key (the generator, the configuration)
a run ended well, and the hashes of all files that it read or wrote. Only when every one of them still has its hash is
there nothing to do; so a note that is stale says no more than that.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from . import __version__
from .hashes import digest, file_digest
from .load.text import decode


@cache
def generator() -> str:
    """A hash over the generator's own files, so that a changed generator is a changed input."""
    total = hashlib.sha256(__version__.encode())
    root = Path(__file__).parent
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if f != "__pycache__")
        for name in sorted(names):
            path = os.path.join(folder, name)
            total.update(os.path.relpath(path, root).encode() + b"\0" + Path(path).read_bytes())
    return total.hexdigest()


def cache_folder() -> Path:
    """The folder in the user's cache. Raises RuntimeError when the user has no home."""
    home = os.environ.get("POLYPORT_HOME")
    return Path(home) if home else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "polyport"


def _note(outs: Iterable[str]) -> Path:
    """The file of a note: one for each set of output folders."""
    return cache_folder() / "generate" / f"{digest(repr(sorted(map(os.path.realpath, outs))).encode())[:32]}.json"


def _key(config: object) -> str:
    # Paths in a configuration are relative to the working directory.
    return digest(repr((generator(), os.getcwd(), config)).encode())


def nothing_changed(config: object, outs: Sequence[str]) -> bool:
    """Whether the last run into these folders had this configuration, and no file has changed since."""
    try:
        note = json.loads(_note(outs).read_text(encoding="utf-8"))
        return bool(note["key"] == _key(config)) and all(
            file_digest(path) == hash for path, hash in note["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError):
        return False


def remember(config: object, outs: Sequence[str], files: Mapping[str, str | None]) -> None:
    """Note a run that ended well, with the hashes of all that it read (as it was read) and wrote; None: not there.

    A cache that cannot be written is no failure.
    """
    with suppress(OSError, RuntimeError):
        note = _note(outs)
        note.parent.mkdir(parents=True, exist_ok=True)
        listed = {os.path.abspath(file): hash for file, hash in files.items()}
        temporary = note.with_suffix(f".{os.getpid()}")
        temporary.write_text(json.dumps({"key": _key(config), "files": listed}), encoding="utf-8")
        os.replace(temporary, note)


class Recorder:
    """A reader that keeps the hash of what it read."""

    def __init__(self) -> None:
        self.files: dict[str, str | None] = {}

    def __call__(self, path: str) -> str:
        """The text of a file. Raises OSError."""
        self.files[path] = None
        data = Path(path).read_bytes()
        self.files[path] = digest(data)
        return decode(data)
