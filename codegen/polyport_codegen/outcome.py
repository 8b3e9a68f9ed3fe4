"""A whole generation: what every folder and every lock file should hold, compared with what is there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from .config import Config
from .diagnostics import Diagnostics, Origin
from .hashes import digest
from .load.document import Document
from .load.text import Reader
from .output import Change, Plan, names_kept, plan, refuse, stager
from .pipeline import Locks, generate
from .target import Generated
from .transaction import Transaction


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock file: whether it is there, whether it is what it should be, and the bytes that it should have."""

    path: str
    is_there: bool
    differs: bool
    data: bytes

    def change(self) -> Change:
        """The difference."""
        return Change("differs" if self.is_there else "missing", self.path)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one generation: what each target's folder needs, and the lock files."""

    document: Document
    plans: Mapping[str, Plan]
    locks: tuple[Lock, ...]

    def hashes(self) -> dict[str, str]:
        """Every file that should be on disk now, with its hash."""
        found = {lock.path: digest(lock.data) for lock in self.locks}
        for own in self.plans.values():
            found |= {os.path.join(own.out, path): hash for path, hash in own.hashes.items()}
        return found


def generated(
    config: Config, diagnostics: Diagnostics, read: Reader, transaction: Transaction | None = None
) -> Outcome:
    """Generate every target of a configuration. What differs is staged in the `transaction`; without one, or once there
    are errors, nothing is written. Raises InputError for what stops the run at once."""
    was = Locks(_read_lock(config.lock, read), _read_lock(config.names_lock, read) if config.names_lock else None)
    paths = [config.lock, *filter(None, [config.names_lock])]
    free: list[str] = []

    def take(target: str, made: Generated) -> Plan:
        out = config.targets[target].out
        keeps = bool(config.names_lock) or not made.surface
        if not names_kept(out):
            free.append(target)
        stage = None if transaction is None or diagnostics.has_errors else stager(transaction, out, paths)
        return plan(out, made.files, stage, names_kept=keeps)

    result = generate(config, was, diagnostics, take, read)
    if config.names_lock and was.names is not None and free:
        diagnostics.warn(
            "names-lock",
            f"{', '.join(free)} had names that were not kept (`names_lock: false`); now those of this file count again",
            Origin(config.names_lock),
            "If the names of the last output are to stay, delete the file first.",
        )
    files = ((config.lock, was.proto, result.locks.proto), (config.names_lock, was.names, result.locks.names))
    locks = tuple(Lock(path, old is not None, old != new, new.encode()) for path, old, new in files if new is not None)
    return Outcome(result.document, result.targets, locks)


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
