"""What can go wrong in the engine, as exceptions that name the place and the way out."""

from __future__ import annotations

from pathlib import Path


class EngineError(Exception):
    """Anything the engine or its client reports. The message is fit for a user."""


class ModelFileError(EngineError):
    """A model file is missing, cut short, corrupt or of a kind that the engine cannot load."""

    def __init__(self, path: Path, problem: str, way_out: str = "") -> None:
        self.path, self.problem = path, problem
        super().__init__(f"{path}: {problem}" + (f"; {way_out}" if way_out else ""))


class UnknownModelError(EngineError):
    """A model name that is neither in the catalogue, nor a path, nor a hub repository."""


class RequestError(EngineError):
    """A request that cannot be served as it is: `code` is a wire error code, `param` the member at fault (or None)."""

    def __init__(self, message: str, code: str = "invalid_value", param: str | None = None) -> None:
        self.code, self.param = code, param
        super().__init__(message)


class EngineLost(EngineError):
    """The connection to the engine went away while a request was open; nothing more will come of that request."""
