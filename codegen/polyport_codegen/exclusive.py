"""One run at a time for each folder and lock file that it writes.

Two runs at once would each read the same lock file and write what they know: the names of one of them would be lost.
The locks lie in the user's cache, and the system gives them back however a run ends.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import BinaryIO

from .hashes import digest
from .rerun import cache_folder


@contextmanager
def alone(paths: Iterable[str]) -> Iterator[None]:
    """Wait until no other run of this user writes any of the paths (folders or files, there or not), and be the one.

    Without a cache that can be written, or where the system has no such locks (Windows), it does not wait.
    """
    with ExitStack() as held:
        with suppress(OSError, RuntimeError, ImportError):
            import fcntl

            folder = cache_folder() / "running"
            folder.mkdir(parents=True, exist_ok=True)
            # In one order for all, so that no two wait for each other.
            for path in sorted({os.path.realpath(path) for path in paths}):
                # bound by `held` alone: closing the file gives the lock back
                file: BinaryIO = held.enter_context(open(folder / digest(path.encode())[:32], "wb"))
                fcntl.flock(file, fcntl.LOCK_EX)
        yield
