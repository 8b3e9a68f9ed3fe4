"""Results of the Polyport API: `Error`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .error_detail import ErrorDetail


class Error(APIModel):
    """The one shape of every error answer."""

    error: ErrorDetail
    """What went wrong."""
