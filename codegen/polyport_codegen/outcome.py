"""A whole generation in memory: what every folder and every lock file should hold. Nothing is written here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from .config import Config
from .diagnostics import Diagnostics, Origin
from .hashes import digest
from .load.document import Document
from .load.text import Reader
from .output import Change, Folder, names_kept, refuse
from .pipeline import Locks, run


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock file: the text that it has (None: it is not there) and the one that it should have."""

    path: str
    was: str | None
    text: str

    @property
    def differs(self) -> bool:
        """Whether it has to be written."""
        return self.was != self.text

    def change(self) -> Change:
        """The difference."""
        return Change("missing" if self.was is None else "differs", self.path)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one generation, by target."""

    document: Document
    folders: Mapping[str, Folder]
    locks: tuple[Lock, ...]

    def hashes(self) -> dict[str, str]:
        """Every file that should be on disk now, with its hash."""
        found = {lock.path: digest(lock.text.encode()) for lock in self.locks}
        for folder in self.folders.values():
            found |= {os.path.join(folder.out, path): hash for path, hash in folder.hashes.items()}
        return found


def generated(config: Config, diagnostics: Diagnostics, read: Reader) -> Outcome:
    """Generate every target of a configuration. Raises InputError for what stops the run at once."""
    was = Locks(_read_lock(config.lock, read), _read_lock(config.names_lock, read) if config.names_lock else None)
    result = run(config, was, diagnostics, read, signatures=False)
    keeps = bool(config.names_lock)
    folders = {
        name: Folder(config.targets[name].out, done.files, names_kept=keeps or not done.surface)
        for name, done in result.targets.items()
    }
    free = [name for name, folder in folders.items() if not names_kept(folder.out)]
    if keeps and was.names is not None and free:
        diagnostics.warn(
            "names-lock",
            f"{', '.join(free)} had names that were not kept (`names_lock: false`); now those of this file count again",
            Origin(config.names_lock),
            "If the names of the last output are to stay, delete the file first.",
        )
    files = ((config.lock, was.proto, result.locks.proto), (config.names_lock, was.names, result.locks.names))
    locks = tuple(Lock(path, old, new) for path, old, new in files if new is not None)
    return Outcome(result.document, folders, locks)


def _read_lock(path: str, read: Reader) -> str | None:
    try:
        return read(path)
    except FileNotFoundError:
        return None
    except IsADirectoryError:
        hint = f"Name a file, such as {os.path.join(path, 'polyport.lock')}."
        raise refuse(path, "is a folder, where a lock file should be", hint) from None
    except OSError as error:
        raise refuse(path, f"cannot be read: {error.strerror}", "Take it from version control.") from None
