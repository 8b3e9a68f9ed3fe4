"""Results of the Polyport API: `ErrorDetail`."""

from __future__ import annotations

from .._runtime.models import APIModel


class ErrorDetail(APIModel):
    """What went wrong."""

    type: str
    """The kind of error, such as `invalid_request_error`."""

    code: str | None = None
    """A stable code for programs."""

    message: str
    """What went wrong, for people."""

    param: str | None = None
    """The request field that is at fault."""
