"""Output on disk: planned for all targets, checked for all, then written, all of it or nothing.

Each output folder has a manifest, `.polyport/manifest.json`: the hashes of the files in it that were generated. It
tells them from the user's own, and lets those go away that are no longer generated. It says nothing of the generator
nor of the machine, so it changes in version control when the output does and never else.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .diagnostics import Diagnostic, InputError, Origin, Severity
from .hashes import digest, file_digest
from .target import OutFile
from .transaction import CommitError, Write, commit, is_leftover

MANIFEST = ".polyport/manifest.json"


@dataclass(frozen=True, slots=True)
class Folder:
    """One output folder with all that it should hold."""

    out: str
    files: tuple[OutFile, ...]

    def all_files(self) -> tuple[OutFile, ...]:
        """The files and the manifest of them."""
        listed = {f.path: digest(f.data) for f in sorted(self.files, key=lambda f: f.path)}
        return (*self.files, OutFile(MANIFEST, json.dumps({"outputs": listed}, indent=1, ensure_ascii=False) + "\n"))


def read_manifest(out: str) -> Mapping[str, str]:
    """Path -> hash of what was generated into a folder; empty when there is no manifest or it cannot be used."""
    try:
        value = json.loads(Path(out, MANIFEST).read_text(encoding="utf-8"))["outputs"]
        return {str(path): str(hash) for path, hash in value.items() if _inside(str(path))}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


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

    out: str
    writes: tuple[OutFile, ...]
    removals: tuple[str, ...]
    #: No longer generated, but edited by hand since: never removed.
    edited: tuple[str, ...] = ()

    def changes(self) -> list[Change]:
        """The differences, in the order of paths."""
        found = [
            Change("differs" if Path(self.out, f.path).exists() else "missing", os.path.join(self.out, f.path))
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
    files = folder.all_files()
    writes = tuple(f for f in files if not _is_there(Path(folder.out, f.path), f))
    listed = {f.path for f in files}
    gone = {
        path: file_digest(Path(folder.out, path)) == hash
        for path, hash in read_manifest(folder.out).items()
        if path not in listed and Path(folder.out, path).is_file()
    }
    removals = tuple(path for path, is_ours in gone.items() if is_ours)
    return Plan(folder.out, writes, removals, tuple(path for path, is_ours in gone.items() if not is_ours))


def _is_there(path: Path, file: OutFile) -> bool:
    if file_digest(path) != digest(file.data):
        return False
    return os.name != "posix" or not file.executable or bool(path.stat().st_mode & stat.S_IXUSR)


def conflicts(plan: Plan) -> list[InputError]:
    """What is in the way of a plan: files of somebody else's, and generated ones that were edited by hand."""
    old = read_manifest(plan.out)
    found = []
    for file in plan.writes:
        path = Path(plan.out, file.path)
        if file.path == MANIFEST or not os.path.lexists(path):
            continue
        known = old.get(file.path) or next(
            # The same file under another spelling, where the file system folds case.
            (old[p] for p in plan.removals if p.casefold() == file.path.casefold() and _same(Path(plan.out, p), path)),
            None,
        )
        now = file_digest(path)
        if known is None or path.is_symlink():
            what = "a symbolic link" if path.is_symlink() else "not generated"
            hint = "Move it away, choose another --out, or say --force."
            found.append(refuse(str(path), f"is in the way: it was {what}", hint))
        elif now not in (known, digest(file.data)):
            hint = "Keep own code in files of its own; --force overwrites it."
            found.append(refuse(str(path), "was edited by hand", hint))
    for edited in plan.edited:
        if any(edited.casefold() == file.path.casefold() for file in plan.writes):
            continue  # the same file under another spelling, where the file system folds case
        hint = "Keep own code in files of its own; --force leaves it there, as yours."
        found.append(refuse(os.path.join(plan.out, edited), "was edited by hand and is no longer generated", hint))
    manifest = Path(plan.out, MANIFEST)
    if found and not old and os.path.lexists(manifest):
        hint = "Take it from version control (of a merge, one side's); --force overwrites all generated files."
        return [refuse(str(manifest), "cannot be read, so generated files are not told from others", hint)]
    return found


def _same(one: Path, other: Path) -> bool:
    try:
        return os.path.samefile(one, other)
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
    writes = [Write(Path(os.path.realpath(path)), text.encode()) for path, text in extra]
    writes += [Write(Path(plan.out, f.path), f.data, f.executable) for plan in plans for f in plan.writes]
    removals = [Path(plan.out, path) for plan in plans for path in plan.removals]
    try:
        commit(writes, removals)
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


def clear(files: Iterable[str]) -> None:
    """Remove what a run that was killed left beside these files. What cannot be removed stays."""
    for folder in {os.path.dirname(file) or "." for file in files}:
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if is_leftover(entry.name):
                    os.unlink(entry.path)


def _remove_empty(out: Path, folder: Path) -> None:
    while folder != out and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
