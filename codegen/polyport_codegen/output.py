"""Output on disk: planned for all targets, checked for all, then written, all of it or nothing.

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
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from .diagnostics import Diagnostic, InputError, Origin, Severity
from .hashes import digest, file_digest
from .target import OutFile
from .transaction import CommitError, NewFolder, Write, commit, is_leftover, remove, staged_name

MANIFEST = ".polyport/manifest.json"


@dataclass(frozen=True)
class Folder:
    """One output folder with all that it should hold."""

    out: str
    files: tuple[OutFile, ...]
    #: False: the names in it are kept by no lock.
    names_kept: bool = True

    @cached_property
    def manifest(self) -> OutFile:
        """The file that lists the others."""
        said = {} if self.names_kept else {"names_lock": False}
        listed = json.dumps({**said, "outputs": self._listed}, indent=1, ensure_ascii=False)
        return OutFile(MANIFEST, listed + "\n")

    @cached_property
    def hashes(self) -> Mapping[str, str]:
        """Path -> hash of every file, the manifest too."""
        return {**self._listed, MANIFEST: digest(self.manifest.data)}

    @cached_property
    def _listed(self) -> Mapping[str, str]:
        return {f.path: digest(f.data) for f in sorted(self.files, key=lambda f: f.path)}


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


@dataclass(frozen=True, slots=True)
class Plan:
    """What one folder needs: contents to write, and files to remove."""

    folder: Folder
    writes: tuple[OutFile, ...]
    removals: tuple[str, ...] = ()
    #: No longer generated, but edited by hand since: never removed.
    edited: tuple[str, ...] = ()

    @property
    def out(self) -> str:
        """Where the folder is."""
        return self.folder.out

    def changes(self) -> list[Change]:
        """The differences, in the order of paths."""
        found = [
            Change("differs" if os.path.exists(path := os.path.join(self.out, f.path)) else "missing", path)
            for f in self.writes
        ]
        found += [Change("stale", os.path.join(self.out, path)) for path in (*self.removals, *self.edited)]
        return sorted(found, key=lambda change: change.path)

    @property
    def count(self) -> int:
        """How many files change, besides the manifest."""
        return sum(f.path != MANIFEST for f in self.writes) + len(self.removals)


def plan(folder: Folder) -> Plan:
    """Compare a folder on disk with what it should hold. Nothing is written."""
    files = (*folder.files, folder.manifest)
    if not os.path.lexists(folder.out):
        return Plan(folder, files)
    writes = tuple(f for f in files if not _is_there(os.path.join(folder.out, f.path), f, folder.hashes[f.path]))
    gone = {
        path: file_digest(os.path.join(folder.out, path)) in hashes
        for path, hashes in read_manifest(folder.out).items()
        if path not in folder.hashes and os.path.isfile(os.path.join(folder.out, path))
    }
    removals = tuple(path for path, is_ours in gone.items() if is_ours)
    return Plan(folder, writes, removals, tuple(path for path, is_ours in gone.items() if not is_ours))


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
        path = os.path.join(plan.out, file.path)
        if file.path == MANIFEST or not os.path.lexists(path):
            continue
        known = old.get(file.path) or next(
            # The same file under another spelling, where the file system folds case.
            (old[p] for p in plan.removals if p.casefold() == file.path.casefold() and _same(plan.out, p, file.path)),
            None,
        )
        if known is None or os.path.islink(path):
            what = "a symbolic link" if os.path.islink(path) else "not generated"
            hint = "Move it away, choose another --out, or say --force."
            found.append(refuse(path, f"is in the way: it was {what}", hint))
        elif file_digest(path) not in (*known, plan.folder.hashes[file.path]):
            hint = "Keep own code in files of its own; --force overwrites it."
            found.append(refuse(path, "was edited by hand", hint))
    for edited in plan.edited:
        if any(edited.casefold() == file.path.casefold() for file in plan.writes):
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


def write(plans: Sequence[Plan], extra: Iterable[tuple[str, str]], force: bool = False) -> None:
    """Carry out all plans, and write the `extra` files (path, text) with them, or do nothing.

    Raises InputError when something is in the way (unless `force`) or cannot be written.
    """
    found = [] if force else [error for plan in plans for error in conflicts(plan)]
    if found:
        first = found[0].diagnostic
        more = f" (and {len(found) - 1} more files)" if len(found) > 1 else ""
        raise refuse(first.origin.file, first.message + more, first.hint)
    # a lock file may be a link to one that several projects share
    writes = [Write(os.path.realpath(path), text) for path, text in extra]
    new = [plan for plan in plans if _is_new(plan.out, writes)]
    folders = [NewFolder(plan.out, [Write(f.path, f.content, f.executable) for f in plan.writes]) for plan in new]
    for plan in plans:
        if plan not in new:
            writes += [Write(os.path.join(plan.out, f.path), f.content, f.executable) for f in plan.writes]
    removals = [os.path.join(plan.out, path) for plan in plans for path in plan.removals]
    try:
        commit(writes, removals, folders)
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


def _is_new(out: str, others: Iterable[Write]) -> bool:
    """Whether an output folder can be made as a whole: it is not there, and nothing else is written into it."""
    if os.path.lexists(out) or os.path.basename(out) in ("", ".", ".."):
        return False
    inside = os.path.join(os.path.realpath(out), "")
    return not any(write.path.startswith(inside) for write in others)


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
