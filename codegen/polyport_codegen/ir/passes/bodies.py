"""Which bodies are asked for member by member."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...diagnostics import Diagnostics
from ..graph import unalias
from ..model import Api, MediaKind, Operation
from ..types import Decl, DeclId, ObjectDecl, Ref, Type

_FLAT = (MediaKind.JSON, MediaKind.MULTIPART, MediaKind.FORM)


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """Every body with its `flatten`."""
    return replace(api, operations={id: _flattened(o, api.decls) for id, o in api.operations.items()})


def _flattened(operation: Operation, decls: Mapping[DeclId, Decl]) -> Operation:
    body = operation.body
    if body is None or body.media.kind not in _FLAT:
        return operation
    target = _object(decls, body.media.type)
    return operation if target is None else replace(operation, body=replace(body, flatten=target))


def _object(decls: Mapping[DeclId, Decl], type: Type) -> DeclId | None:
    target = unalias(type, decls)
    return target.id if isinstance(target, Ref) and isinstance(decls.get(target.id), ObjectDecl) else None
