"""The type of error bodies, when all operations agree on one."""

from __future__ import annotations

from dataclasses import replace

from ...diagnostics import Diagnostics
from ..model import Api, MediaKind
from ..types import Type


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """The API with its `error_type`."""
    types: dict[Type, None] = {}
    for operation in api.operations.values():
        for response in operation.responses:
            if response.status == "default" or response.status[0] in "45":
                types.update((m.type, None) for m in response.media if m.kind is MediaKind.JSON)
    return replace(api, error_type=next(iter(types)) if len(types) == 1 else None)
