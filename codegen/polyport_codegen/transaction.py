"""Several files changed together: afterwards all of them are new, or all of them are as they were.

New content is written beside its place first, so that a full disk or a missing permission changes nothing; what is
replaced keeps a second name until the end. Renaming takes moments, and Ctrl-C waits for it.
"""

from __future__ import annotations

import os
import shutil
import signal
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType


@dataclass(frozen=True, slots=True)
class Write:
    """A file's new content."""

    path: Path
    data: bytes
    executable: bool = False


class CommitError(Exception):
    """The change failed. `changed` are the files that could not be put back: usually none."""

    def __init__(self, path: str, reason: str, changed: Sequence[str]) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
        self.changed = tuple(changed)


def commit(writes: Sequence[Write], removals: Sequence[Path] = ()) -> None:
    """Write and remove all files, or none. Raises CommitError; folders that become empty are left."""
    folders: list[Path] = []
    staged: list[Path] = []
    try:
        for write in writes:
            folders += _make_folder(write.path.parent)
            staged.append(_beside(write.path, "new"))
            _stage(write, staged[-1])
        with _uninterrupted():
            _replace(writes, removals)
    except BaseException as error:
        _unlink(staged)
        for folder in reversed(folders):
            with suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError):
            raise _failure(error, ()) from None
        raise


def _failure(error: OSError, changed: Sequence[str]) -> CommitError:
    path = error.filename2 or error.filename or ""
    return CommitError(os.fsdecode(path), error.strerror or str(error), changed)


def _unlink(paths: Sequence[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder with those above it; those that were made, outermost first."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
    return missing[::-1]


def _beside(path: Path, kind: str) -> Path:
    """A name in the same folder, and no longer than a file's name may be."""
    name = path.name if len(os.fsencode(path.name)) < 200 else f"{zlib.crc32(os.fsencode(path.name)):08x}"
    return path.with_name(f".{name}.polyport-{kind}")


def is_leftover(name: str) -> bool:
    """Whether a file's name is one of those that `commit` gives for moments: a run that was killed left it."""
    return name.startswith(".") and name.endswith((".polyport-new", ".polyport-old"))


def _stage(write: Write, temporary: Path) -> None:
    if write.path.is_dir():
        raise IsADirectoryError(21, "a folder of that name is there", str(write.path))
    temporary.unlink(missing_ok=True)
    temporary.write_bytes(write.data)
    if write.executable:
        temporary.chmod(0o755)


def _replace(writes: Sequence[Write], removals: Sequence[Path]) -> None:
    done: list[tuple[Path, Path | None]] = []
    kept: list[Path] = []
    left: list[Path] = []
    try:
        # What goes is gone first: on a file system that folds case, `Order.ts` may make place for `order.ts`.
        for path in removals:
            backup = _keep(path, kept)
            path.unlink()
            done.append((path, backup))
        for write in writes:
            old = _keep(write.path, kept) if os.path.lexists(write.path) else None
            os.replace(_beside(write.path, "new"), write.path)
            done.append((write.path, old))
    except BaseException as error:
        left = [path for path, backup in reversed(done) if not _put_back(path, backup)]
        if left and isinstance(error, OSError):
            raise _failure(error, sorted(map(str, left))) from None
        raise
    finally:
        # What could not be put back has its old content in no other place.
        lost = {_beside(path, "old") for path in left}
        _unlink([backup for backup in kept if backup not in lost])


def _keep(path: Path, kept: list[Path]) -> Path:
    """Give a file a second name."""
    backup = _beside(path, "old")
    backup.unlink(missing_ok=True)
    kept.append(backup)
    try:
        os.link(path, backup, follow_symlinks=False)
    except (OSError, NotImplementedError):  # a file system without hard links
        shutil.copy2(path, backup, follow_symlinks=False)
    return backup


def _put_back(path: Path, backup: Path | None) -> bool:
    try:
        if backup is None:
            path.unlink()
            return True
        try:
            os.replace(backup, path)
        except OSError:
            path.unlink(missing_ok=True)
            shutil.copy2(backup, path, follow_symlinks=False)
    except OSError:
        return False
    return True


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Signals that would stop the program come after the block. Only the main thread may say so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []

    def later(number: int, frame: FrameType | None) -> None:
        came.append(number)

    old = {number: signal.signal(number, later) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)
    if came:
        signal.raise_signal(came[0])
