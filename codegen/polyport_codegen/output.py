"""Output on disk: compared and staged file by file, checked for all targets, then put in place, all of it or nothing.

Each output folder has a manifest, `.polyport/manifest.json`: the hashes of the files in it that were generated. It
tells them from the user's own, and lets those go away that are no longer generated. It says nothing of the generator
nor of the machine, so it changes in version control when the output does and never else.

A run that is killed while files take their places leaves the manifest that it would have written last, beside the old
one: what either of them lists is ours.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from .diagnostics import Diagnostic, InputError, Origin, Severity
from .hashes import digest, file_digest
from .target import OutFile
from .transaction import CommitError, Transaction, Write, is_leftover, remove, staged_name

MANIFEST = ".polyport/manifest.json"


def read_manifest(out: str) -> Mapping[str, frozenset[str]]:
    """Path -> the hashes of what was generated into a folder, most often one; empty when there is no manifest or it
    cannot be used."""
    found: dict[str, frozenset[str]] = {}
    manifest = os.path.join(out, MANIFEST)
    for file in (manifest, staged_name(manifest)):
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            listed = json.loads(Path(file).read_text(encoding="utf-8"))["outputs"].items()
            for path, hash in ((str(path), str(hash)) for path, hash in listed):
                if _inside(path):
                    found[path] = found.get(path, frozenset()) | {hash}
    return found


def names_kept(out: str) -> bool:
    """Whether the names in a folder are kept, so far as its manifest knows."""
    try:
        return bool(json.loads(Path(out, MANIFEST).read_text(encoding="utf-8")).get("names_lock") is not False)
    except (OSError, ValueError, AttributeError):
        return True


def _inside(path: str) -> bool:
    """Whether a path of a manifest stays in its folder: nothing else is ever removed."""
    return not path.startswith("/") and ".." not in PurePosixPath(path).parts


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between what should be and what is on disk. kind: missing, differs, or stale."""

    kind: str
    path: str


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Plan:
    """What one folder needs. No contents: they are staged, and too large to keep."""

    #: Where the folder is.
    out: str
    #: Path -> hash of every file that it should hold, the manifest too.
    hashes: Mapping[str, str]
    #: The files that are missing or differ.
    writes: tuple[str, ...]
    #: No longer generated.
    removals: tuple[str, ...] = ()
    #: No longer generated, but edited by hand since: never removed.
    edited: tuple[str, ...] = ()
    #: Stages the manifest when it differs. It comes last: until then the one that is there tells what is ours.
    stage_manifest: Callable[[], None] = _nothing

    def changes(self) -> list[Change]:
        """The differences, in the order of paths."""
        found = [
            Change("differs" if os.path.exists(path := os.path.join(self.out, file)) else "missing", path)
            for file in self.writes
        ]
        found += [Change("stale", os.path.join(self.out, path)) for path in (*self.removals, *self.edited)]
        return sorted(found, key=lambda change: change.path)

    @property
    def files(self) -> int:
        """How many files it holds, besides the manifest."""
        return len(self.hashes) - 1

    @property
    def count(self) -> int:
        """How many files change, besides the manifest."""
        return sum(file != MANIFEST for file in self.writes) + len(self.removals)


def plan(
    out: str, files: Iterable[OutFile], stage: Callable[[Write], None] | None = None, *, names_kept: bool = True
) -> Plan:
    """Compare a folder on disk with what it should hold, and `stage` what differs, by its path in the folder. Each file is
    dropped once it was compared. `names_kept` is False where no lock keeps the names in it."""
    is_there = os.path.lexists(out)
    hashes: dict[str, str] = {}
    writes: list[str] = []

    def compared(file: OutFile) -> Write | None:
        """What is to be written of a file, if anything."""
        data = file.data
        hash = hashes[file.path] = digest(data)
        if is_there and _is_there(os.path.join(out, file.path), file, hash):
            return None
        writes.append(file.path)
        return Write(file.path, data, file.executable)

    for file in files:
        write = compared(file)
        if write is not None and stage is not None:
            stage(write)
    manifest = compared(_manifest(hashes, names_kept))
    gone = {
        path: file_digest(os.path.join(out, path)) in known
        for path, known in (read_manifest(out).items() if is_there else ())
        if path not in hashes and os.path.isfile(os.path.join(out, path))
    }
    removals = tuple(path for path, is_ours in gone.items() if is_ours)
    edited = tuple(path for path, is_ours in gone.items() if not is_ours)
    last = partial(stage, manifest) if stage is not None and manifest is not None else _nothing
    return Plan(out, hashes, tuple(writes), removals, edited, last)


def _manifest(hashes: Mapping[str, str], names_kept: bool) -> OutFile:
    """The file that lists the others."""
    said = {} if names_kept else {"names_lock": False}
    listed = json.dumps({**said, "outputs": dict(sorted(hashes.items()))}, indent=1, ensure_ascii=False)
    return OutFile(MANIFEST, listed + "\n")


def stager(transaction: Transaction, out: str, locks: Iterable[str]) -> Callable[[Write], None]:
    """What stages the files of an output folder. One that is not there yet comes as a whole, unless one of the lock files
    (paths) stands in it."""
    inside = os.path.join(os.path.realpath(out), "")
    own = os.path.lexists(out) or os.path.basename(out) in ("", ".", "..")
    if not own and not any(os.path.realpath(lock).startswith(inside) for lock in locks):
        return partial(transaction.stage, new_folder=out)
    return lambda write: transaction.stage(replace(write, path=os.path.join(out, write.path)))


def _is_there(path: str, file: OutFile, hash: str) -> bool:
    if file_digest(path) != hash:
        return False
    return os.name != "posix" or not file.executable or bool(os.stat(path).st_mode & stat.S_IXUSR)


def conflicts(plan: Plan) -> list[InputError]:
    """What is in the way of a plan: files of somebody else's, and generated ones that were edited by hand."""
    if not os.path.lexists(plan.out):
        return []
    old = read_manifest(plan.out)
    found = []
    for file in plan.writes:
        path = os.path.join(plan.out, file)
        if file == MANIFEST or not os.path.lexists(path):
            continue
        known = old.get(file) or next(
            # The same file under another spelling, where the file system folds case.
            (old[p] for p in plan.removals if p.casefold() == file.casefold() and _same(plan.out, p, file)),
            None,
        )
        if known is None or os.path.islink(path):
            what = "a symbolic link" if os.path.islink(path) else "not generated"
            hint = "Move it away, choose another --out, or say --force."
            found.append(refuse(path, f"is in the way: it was {what}", hint))
        elif file_digest(path) not in (*known, plan.hashes[file]):
            hint = "Keep own code in files of its own; --force overwrites it."
            found.append(refuse(path, "was edited by hand", hint))
    for edited in plan.edited:
        if any(edited.casefold() == file.casefold() for file in plan.writes):
            continue  # the same file under another spelling, where the file system folds case
        hint = "Keep own code in files of its own; --force leaves it there, as yours."
        found.append(refuse(os.path.join(plan.out, edited), "was edited by hand and is no longer generated", hint))
    manifest = os.path.join(plan.out, MANIFEST)
    if found and not old and os.path.lexists(manifest):
        hint = "Take it from version control (of a merge, one side's); --force overwrites all generated files."
        return [refuse(manifest, "cannot be read, so generated files are not told from others", hint)]
    return found


def _same(out: str, one: str, other: str) -> bool:
    try:
        return os.path.samefile(os.path.join(out, one), os.path.join(out, other))
    except OSError:
        return False


def refuse(path: str, message: str, hint: str) -> InputError:
    """An error of the output."""
    return InputError(Diagnostic(Severity.ERROR, "output", message, Origin(path), hint))


def check_folder(out: str) -> None:
    """Fail before any work when an output folder cannot be written."""
    folder = Path(out)
    while not os.path.lexists(folder):
        folder = folder.parent
    if not folder.is_dir():
        raise refuse(str(folder), "is a file, not a folder", "Choose another --out.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise refuse(str(folder), "may not be written", "Choose another --out, or change its permissions.")


def write(plans: Sequence[Plan], locks: Iterable[Write], transaction: Transaction, force: bool = False) -> None:
    """Give what was staged for the plans its place, and write the lock files with it, or do nothing.

    Raises InputError when something is in the way (unless `force`) or cannot be written.
    """
    found = [] if force else [error for plan in plans for error in conflicts(plan)]
    if found:
        first = found[0].diagnostic
        more = f" (and {len(found) - 1} more files)" if len(found) > 1 else ""
        raise refuse(first.origin.file, first.message + more, first.hint)
    for plan in plans:
        plan.stage_manifest()
    removals = [os.path.join(plan.out, path) for plan in plans for path in plan.removals]
    try:
        # a lock file may be a link to one that several projects share
        transaction.commit(removals, [replace(lock, path=os.path.realpath(lock.path)) for lock in locks])
    except CommitError as error:
        if error.changed:
            message = f"cannot be written: {error.reason}; these could not be put back: {', '.join(error.changed)}"
            hint = "Restore them from version control, or generate again with --force."
            raise InputError(refuse(error.path, message, hint).diagnostic, half_written=True) from None
        hint = "Check that the folder exists and may be written, and that the disk has room."
        raise refuse(error.path, f"cannot be written: {error.reason}", hint) from None
    for plan in plans:
        for path in plan.removals:
            _remove_empty(Path(plan.out), Path(plan.out, path).parent)


def clear(files: Iterable[str], outs: Iterable[str]) -> None:
    """Remove what a run that was killed left of these files and output folders. What cannot be removed stays."""
    for out in outs:  # and nothing else there: another run may be making a folder beside
        with suppress(OSError):
            remove(staged_name(out))
    for folder in {os.path.dirname(file) or "." for file in files}:
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if is_leftover(entry.name):
                    remove(entry.path)


def _remove_empty(out: Path, folder: Path) -> None:
    while folder != out and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
