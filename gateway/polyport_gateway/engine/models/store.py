"""Where models lie: one folder each under the user's cache, complete once its model.json is there.

model.json is written last, so a folder without it is an interrupted pull. It names each file with size, SHA-256 and the time of last change
at which the checksum was found right; a file that has changed since is checked again before it is used.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from ..errors import ModelFileError, UnknownModelError
from ..messages import Kind
from .catalog import catalog

MANIFEST = "model.json"
_CHUNK = 1 << 20


class StoredFile(msgspec.Struct):
    """One file of a model: `checked` is its modification time in nanoseconds when `sha256` was found right."""

    name: str
    size: int
    sha256: str
    checked: int = 0


class Manifest(msgspec.Struct):
    """The contents of model.json. `source` says where the files came from."""

    id: str
    kind: Kind
    source: str
    files: list[StoredFile]


class InstalledModel(msgspec.Struct, frozen=True):
    """A model that can be loaded: the folder with its files, and the one that says the most (.gguf or config.json)."""

    id: str
    kind: Kind
    folder: Path
    main_file: Path


def models_folder() -> Path:
    """$POLYPORT_HOME/models, or polyport/models under $XDG_CACHE_HOME or ~/.cache."""
    if home := os.environ.get("POLYPORT_HOME"):
        return Path(home) / "models"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "polyport" / "models"


def model_folder(model_id: str) -> Path:
    """Where a model of this id lies. Raises UnknownModelError for ids that are no plain names."""
    parts = model_id.split("/")
    if len(parts) > 2 or any(not part or part.startswith(".") or not set(part) <= _ALLOWED for part in parts):
        raise UnknownModelError(
            f"{model_id!r} is no model name: letters, digits, '-', '_', '.', and one '/' for hub models"
        )
    return models_folder().joinpath(*parts)


_ALLOWED = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.@:")


def read_manifest(folder: Path) -> Manifest | None:
    """What is in the folder, or None if nothing is complete there."""
    path = folder / MANIFEST
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise ModelFileError(
            path, f"it cannot be read ({error})", "delete the folder and pull the model again"
        ) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write model.json at once or not at all."""
    temporary = folder / f".{MANIFEST}.{os.getpid()}"
    temporary.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2))
    temporary.replace(folder / MANIFEST)


def installed() -> list[Manifest]:
    """All complete models in the store, by id."""
    paths = [*models_folder().glob(f"*/{MANIFEST}"), *models_folder().glob(f"*/*/{MANIFEST}")]
    return sorted((m for path in paths if (m := read_manifest(path.parent)) is not None), key=lambda m: m.id)


def find(name: str) -> InstalledModel:
    """The model of this name: a .gguf file, a folder, or a pulled model, whose files are checked.

    Raises UnknownModelError, or ModelFileError naming the missing or corrupt file and the way out.
    """
    path = Path(name).expanduser()
    if path.suffix == ".gguf" or (path.exists() and os.sep in name):
        return at_path(path)
    folder = model_folder(name)
    manifest = read_manifest(folder)
    if manifest is None:
        if name in catalog():
            raise ModelFileError(folder, f"model {name} is not here yet", f"run: polyport model pull {name}")
        known = ", ".join(sorted({*catalog(), *(m.id for m in installed())}))
        raise UnknownModelError(
            f"unknown model {name!r}; known are {known}, a path to a .gguf file, and hub models once pulled"
        )
    verify(folder, manifest)
    return InstalledModel(manifest.id, manifest.kind, folder, _main_file(folder))


def at_path(path: Path) -> InstalledModel:
    """A model outside the store, named after its file or folder. Raises ModelFileError if nothing usable is there."""
    if not path.exists():
        raise ModelFileError(path, "there is no such file or folder", "see: polyport model list")
    main = _main_file(path) if path.is_dir() else path
    kind: Kind = "embedding" if main.name == "config.json" and b'"bert"' in main.read_bytes() else "chat"
    return InstalledModel(path.stem if path.suffix == ".gguf" else path.resolve().name, kind, main.parent, main)


def verify(folder: Path, manifest: Manifest, always: bool = False) -> None:
    """Check sizes and, where a file has changed since it was last found right (or `always`), checksums."""
    way_out = f"run: polyport model pull {manifest.id}"
    changed = False
    for file in manifest.files:
        path = folder / file.name
        try:
            status = path.stat()
        except FileNotFoundError as error:
            raise ModelFileError(path, "the file is missing", way_out) from error
        if status.st_size != file.size:
            raise ModelFileError(path, f"it is corrupt: {status.st_size} bytes instead of {file.size}", way_out)
        if always or status.st_mtime_ns != file.checked:
            if (found := sha256_of(path)) != file.sha256:
                raise ModelFileError(path, f"it is corrupt: its SHA-256 is {found}, not {file.sha256}", way_out)
            file.checked, changed = status.st_mtime_ns, True
    if changed and os.access(folder, os.W_OK):
        write_manifest(folder, manifest)


def sha256_of(path: Path, progress: Callable[[int], None] = lambda count: None) -> str:
    """SHA-256 in hex; `progress` hears of the bytes read."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            progress(len(chunk))
    return digest.hexdigest()


def _main_file(folder: Path) -> Path:
    ggufs = sorted(folder.glob("*.gguf"))
    if len(ggufs) == 1:
        return ggufs[0]
    if (folder / "config.json").exists():
        return folder / "config.json"
    problem = f"it holds {len(ggufs)} .gguf files" if ggufs else "it holds neither a .gguf file nor config.json"
    raise ModelFileError(folder, problem, "name the file")
