"""The hash of contents, in manifests and in the note of the last run."""

from __future__ import annotations

import hashlib
import os


def digest(data: bytes) -> str:
    """The hash of some bytes."""
    return hashlib.sha256(data).hexdigest()


def file_digest(path: str | os.PathLike[str]) -> str | None:
    """The hash of a file; None when there is none that can be read."""
    try:
        with open(path, "rb", buffering=0) as file:
            return digest(file.read())
    except OSError:
        return None
