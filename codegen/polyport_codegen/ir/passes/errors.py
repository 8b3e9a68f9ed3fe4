"""The types of error bodies: by status for each call, and of the API when all calls agree on one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...diagnostics import Diagnostics
from ..model import Api, MediaKind, Operation
from ..types import Type
from .results import successes


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """The API with its `error_type`, every operation with its `errors`."""
    operations = {id: replace(o, errors=tuple(_errors(o))) for id, o in api.operations.items()}
    types = {type for o in operations.values() for _, type in o.errors}
    return replace(api, operations=operations, error_type=types.pop() if len(types) == 1 else None)


def _errors(operation: Operation) -> Iterator[tuple[str, Type]]:
    """The JSON types of all answers that mean no success, exact statuses first, the default last."""
    good = {r.status for r in successes(operation)}
    bad = [r for r in operation.responses if r.status not in good and (r.status == "default" or r.status[0] in "45")]
    for response in sorted(bad, key=lambda r: (r.status == "default", "X" in r.status, r.status)):
        media = next((m for m in response.media if m.kind is MediaKind.JSON), None)
        if media is not None:
            yield response.status, media.type
