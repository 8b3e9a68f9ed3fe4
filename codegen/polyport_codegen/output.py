"""Output on disk: written only where it changed, all of it or nothing, never over what somebody else wrote.

Each output folder has a manifest, `.polyport/manifest.json`: the hashes of the inputs, of the settings and the
generator, and of every file written. It makes a rerun without changes a comparison, tells generated files from
the user's own, and lets files that are no longer generated go away.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .diagnostics import Diagnostic, InputError, Origin, Severity
from .target import OutFile

MANIFEST = ".polyport/manifest.json"


def digest(data: bytes) -> str:
    """The hash used in manifests."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one output folder was made of. `inputs` are paths relative to the folder."""

    key: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The manifest as it stands in the file."""
        value = {
            "key": self.key,
            "inputs": dict(sorted(self.inputs.items())),
            "outputs": dict(sorted(self.outputs.items())),
        }
        return json.dumps(value, indent=1) + "\n"


def read_manifest(out: str) -> Manifest:
    """The folder's manifest; an empty one when there is none or it cannot be used."""
    try:
        value = json.loads(Path(out, MANIFEST).read_text(encoding="utf-8"))
        return Manifest(str(value["key"]), dict(value["inputs"]), dict(value["outputs"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Manifest()


def is_current(out: str, key: str) -> bool:
    """Whether the folder holds exactly what this key and the present inputs would give, without generating."""
    manifest = read_manifest(out)
    if not manifest.outputs or manifest.key != key:
        return False
    return all(_hash(Path(out, p)) == h for listed in (manifest.inputs, manifest.outputs) for p, h in listed.items())


def _hash(path: Path) -> str | None:
    try:
        return digest(path.read_bytes())
    except OSError:
        return None


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between what was generated and what is on disk. kind: missing, differs, or stale."""

    kind: str
    path: str


def compare(out: str, files: Iterable[OutFile], lock: tuple[str, str] | None = None) -> list[Change]:
    """What a run would change, in the order of paths. Nothing is written."""
    found: list[Change] = []
    listed = {f.path for f in files}
    for file in files:
        now = _hash(Path(out, file.path))
        if now != digest(file.data):
            found.append(Change("missing" if now is None else "differs", os.path.join(out, file.path)))
    found += [
        Change("stale", os.path.join(out, p))
        for p in read_manifest(out).outputs
        if p not in listed and Path(out, p).exists()
    ]
    if lock is not None and _hash(Path(lock[0])) != digest(lock[1].encode()):
        found.append(Change("differs" if Path(lock[0]).exists() else "missing", lock[0]))
    return sorted(found, key=lambda c: c.path)


def refuse(path: str, message: str, hint: str) -> InputError:
    return InputError(Diagnostic(Severity.ERROR, "output", message, Origin(path), hint))


def write(out: str, files: Iterable[OutFile], key: str, inputs: Mapping[str, str], *, force: bool = False) -> list[str]:
    """Bring a folder to the given files and return the paths that changed. Raises InputError before touching anything
    when a file of somebody else's, or one edited by hand, is in the way."""
    files = list(files)
    old = read_manifest(out)
    listed = {f.path: f for f in files}
    changed: list[OutFile] = []
    for file in files:
        now = _hash(Path(out, file.path))
        if now == digest(file.data):
            continue
        if now is not None and not force:
            if file.path not in old.outputs:
                raise refuse(
                    os.path.join(out, file.path),
                    "is in the way: it was not generated",
                    "Move it away, choose another --out, or say --force.",
                )
            if old.outputs[file.path] != now:
                raise refuse(
                    os.path.join(out, file.path),
                    "was edited by hand",
                    "Keep own code in files of its own; --force overwrites it.",
                )
        changed.append(file)
    gone = [p for p, h in old.outputs.items() if p not in listed and _hash(Path(out, p)) == h]
    manifest = Manifest(key, inputs, {f.path: digest(f.data) for f in files}).text()
    try:
        _write_all(Path(out), changed, gone, manifest)
    except OSError as error:
        raise refuse(
            error.filename or out,
            f"cannot be written: {error.strerror}",
            "Check that the folder exists and may be written.",
        ) from None
    return [*(f.path for f in changed), *gone]


def _write_all(out: Path, changed: list[OutFile], gone: list[str], manifest: str) -> None:
    """New text goes beside the old first, so that a full disk or a missing permission leaves the old output whole."""
    staged: list[tuple[Path, Path]] = []
    try:
        entries = [*changed, OutFile(MANIFEST, manifest)] if _needs(out, manifest) else changed
        for file in entries:
            target = out / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.is_dir():
                raise IsADirectoryError(21, "a folder of that name is there", str(target))
            temporary = target.with_name(f".{target.name}.polyport-new")
            staged.append((temporary, target))
            temporary.write_bytes(file.data)
            if file.executable:
                temporary.chmod(0o755)
        for temporary, target in staged:
            os.replace(temporary, target)
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)
    for path in gone:
        (out / path).unlink(missing_ok=True)
        _remove_empty(out, (out / path).parent)


def _needs(out: Path, manifest: str) -> bool:
    return _hash(out / MANIFEST) != digest(manifest.encode())


def _remove_empty(out: Path, folder: Path) -> None:
    while folder != out and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
