"""Results of the Notes API: `Error`."""

from __future__ import annotations

from .._runtime.models import APIModel


class Error(APIModel):
    """Named like a global of JavaScript."""

    message: str | None = None
