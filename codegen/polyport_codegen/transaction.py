"""Several files changed together: afterwards all of them are new, or all of them are as they were.

New content is written beside its place first, so that a full disk or a missing permission changes nothing; what is
replaced keeps a second name until the end. A folder that was not there is made as a whole beside its place, and one
renaming brings all of its files. Renaming takes moments, and Ctrl-C waits for it.
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
from types import FrameType


@dataclass(frozen=True, slots=True)
class Write:
    """A file's new content."""

    path: str
    data: bytes
    executable: bool = False


class CommitError(Exception):
    """The change failed. `changed` are the files that could not be put back: usually none."""

    def __init__(self, path: str, reason: str, changed: Sequence[str]) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
        self.changed = tuple(changed)


class Transaction:
    """Files that change together. What is staged lies beside its place; it comes there with `commit`, or goes again when
    the block that it was made for ends without.

    A failure to stage is told by `commit`: until then there may be better reasons to give up.
    """

    def __init__(self) -> None:
        self._made = _Folders()
        #: The folders that are made as a whole, and those that were made in them.
        self._new: dict[str, _Folders] = {}
        self._paths: list[str] = []
        self._failure: OSError | None = None

    def __enter__(self) -> Transaction:
        return self

    def __exit__(self, *_: object) -> None:
        self.undo()

    def stage(self, write: Write, new_folder: str | None = None) -> None:
        """Write a file where nobody looks. Its path is relative to the `new_folder`, which comes as a whole."""
        if self._failure is not None:
            return
        try:
            if new_folder is None:
                self._stage(write)
            else:
                self._stage_within(new_folder, write)
        except OSError as error:
            self._failure = error

    def commit(self, removals: Sequence[str] = (), first: Sequence[Write] = ()) -> None:
        """Give all files their places, `first` those that the others rest on, and remove others; or do nothing. Raises
        CommitError; folders that become empty are left."""
        staged = len(self._paths)
        for write in first:
            self.stage(write)
        try:
            if self._failure is not None:
                raise self._failure
            with _uninterrupted():
                _replace([*self._new, *self._paths[staged:], *self._paths[:staged]], removals)
                self._made, self._new, self._paths = _Folders(), {}, []
        except OSError as error:
            raise _failure(error, ()) from None

    def undo(self) -> None:
        """Remove what was staged, and the folders that were made for it."""
        for path in (*self._new, *self._paths):
            with suppress(OSError):
                remove(staged_name(path))
        self._made.undo()

    def _stage(self, write: Write) -> None:
        if os.path.isdir(write.path):
            raise IsADirectoryError(21, "a folder of that name is there", write.path)
        self._made.make(os.path.dirname(write.path))
        temporary = staged_name(write.path)
        self._paths.append(write.path)
        remove(temporary)
        _write(write, temporary)

    def _stage_within(self, folder: str, write: Write) -> None:
        temporary = staged_name(folder)
        if folder not in self._new:
            self._made.make(os.path.dirname(folder))
            self._new[folder] = _Folders()
            remove(temporary)
        path = os.path.join(temporary, write.path)
        self._new[folder].make(os.path.dirname(path))
        _write(write, path)


def _failure(error: OSError, changed: Sequence[str]) -> CommitError:
    path = error.filename2 or error.filename or ""
    return CommitError(os.fsdecode(path), error.strerror or str(error), changed)


class _Folders:
    """Folders that are made where they are missing, with those above them."""

    def __init__(self) -> None:
        self._known = {""}
        self._made: list[str] = []

    def make(self, folder: str) -> None:
        if folder in self._known:
            return
        self._known.add(folder)
        if not os.path.exists(folder):
            self.make(os.path.dirname(folder))
            with suppress(FileExistsError):
                os.mkdir(folder)
                self._made.append(folder)

    def undo(self) -> None:
        """Remove what was made and is empty again."""
        for folder in reversed(self._made):
            with suppress(OSError):
                os.rmdir(folder)


def remove(path: str) -> None:
    """Remove a file, or a folder with all that is in it; nothing happens when there is none. Raises OSError."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
    except (IsADirectoryError, PermissionError):  # the latter is what macOS and Windows say of a folder
        if not os.path.isdir(path) or os.path.islink(path):
            raise
        shutil.rmtree(path)


def staged_name(path: str) -> str:
    """Where a file or folder is made before it gets its place."""
    return _beside(path, "new")


def _beside(path: str, kind: str) -> str:
    """A name in the same folder, and no longer than a file's name may be."""
    folder, name = os.path.split(path)
    if len(os.fsencode(name)) >= 200:
        name = f"{zlib.crc32(os.fsencode(name)):08x}"
    return os.path.join(folder, f".{name}.polyport-{kind}")


def is_leftover(name: str) -> bool:
    """Whether a file's name is one of those that `commit` gives for moments: a run that was killed left it."""
    return name.startswith(".") and name.endswith((".polyport-new", ".polyport-old"))


def _write(write: Write, path: str) -> None:
    with open(path, "xb", buffering=1 << 16) as file:
        file.write(write.data)
    if write.executable:
        os.chmod(path, 0o755)


def _replace(paths: Sequence[str], removals: Sequence[str]) -> None:
    """Give what was staged its place. What was not there before is removed again when one of them fails."""
    done: list[tuple[str, str | None]] = []
    kept: list[str] = []
    left: list[str] = []
    try:
        # What goes is gone first: on a file system that folds case, `Order.ts` may make place for `order.ts`.
        for path in removals:
            backup = _keep(path, kept)
            os.unlink(path)
            done.append((path, backup))
        for path in paths:
            old = _keep(path, kept) if os.path.lexists(path) else None
            os.replace(staged_name(path), path)
            done.append((path, old))
    except BaseException as error:
        left = [path for path, backup in reversed(done) if not _put_back(path, backup)]
        if left and isinstance(error, OSError):
            raise _failure(error, sorted(left)) from None
        raise
    finally:
        # What could not be put back has its old content in no other place.
        lost = {_beside(path, "old") for path in left}
        for backup in kept:
            if backup not in lost:
                with suppress(OSError):
                    remove(backup)


def _keep(path: str, kept: list[str]) -> str:
    """Give a file a second name."""
    backup = _beside(path, "old")
    remove(backup)
    kept.append(backup)
    try:
        os.link(path, backup, follow_symlinks=False)
    except (OSError, NotImplementedError):  # a file system without hard links
        shutil.copy2(path, backup, follow_symlinks=False)
    return backup


def _put_back(path: str, backup: str | None) -> bool:
    try:
        if backup is None:
            remove(path)
            return True
        try:
            os.replace(backup, path)
        except OSError:
            remove(path)
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
