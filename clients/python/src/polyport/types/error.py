"""Results of the Polyport API: `Error`."""

from __future__ import annotations

from .._runtime.models import APIModel
from .error_detail import ErrorDetail


class Error(APIModel):
    """The one shape of every error answer."""

    error: ErrorDetail
    """What went wrong."""
