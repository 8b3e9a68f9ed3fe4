"""protoc, in process: `.proto` texts -> a serialised FileDescriptorSet."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path


class CompileError(Exception):
    """protoc is not there, or refused the files (then it has printed why). `hint` is the way out."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def descriptor_set(files: Mapping[str, str]) -> bytes:
    """Compile all files. The set has everything that they import, each file after what it imports. Targets of one run
    share the work."""
    if not files:
        return b""  # an empty set; protoc wants at least one file
    return _compiled(tuple(sorted(files.items())))


@lru_cache(maxsize=1)
def _compiled(files: tuple[tuple[str, str], ...]) -> bytes:
    try:
        from grpc_tools import protoc  # type: ignore[import-untyped]
    except ImportError:
        message = "the codecs of proto messages need protoc, which is not installed"
        raise CompileError(message, "Install grpcio-tools (the extra `proto`).") from None

    well_known = str(resources.files("grpc_tools") / "_proto")
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files:
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        out = Path(folder, "set.bin")
        arguments = ["protoc", f"-I{folder}", f"-I{well_known}", "--include_imports", f"--descriptor_set_out={out}"]
        if protoc.main([*arguments, *(path for path, _ in files)]) != 0:
            raise CompileError(
                "protoc refused the generated .proto files", "This is a fault of the generator: report it."
            )
        return out.read_bytes()
