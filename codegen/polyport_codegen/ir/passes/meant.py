"""What holds for one target only: parts that it leaves out, names that are its own (`Meant`)."""

from __future__ import annotations

from dataclasses import replace

from ..model import Api, Location, Operation
from ..types import FOR_ALL, Decl, Field, Meant, ObjectDecl


def for_target(api: Api, target: str) -> Api:
    """The API as one target is to see it. A path without one of its parameters would lead nowhere: those stay."""
    decls = {id: _decl(decl, target) for id, decl in api.decls.items()}
    operations = {id: _operation(operation, target) for id, operation in api.operations.items()}
    return replace(api, decls=decls, operations=operations)


def _skipped(meant: Meant, target: str) -> bool:
    return target in meant.skip


def _operation(operation: Operation, target: str) -> Operation:
    if all(p.meant is FOR_ALL for p in operation.parameters):
        return operation
    parameters = tuple(
        replace(p, words=dict(p.meant.names).get(target, p.words))
        for p in operation.parameters
        if p.location is Location.PATH or not _skipped(p.meant, target)
    )
    return replace(operation, parameters=parameters)


def _decl(decl: Decl, target: str) -> Decl:
    named = dict(decl.meant.names).get(target)
    if named is not None:
        decl = replace(decl, words=named, context=(decl.words, *decl.context))
    if isinstance(decl, ObjectDecl) and any(f.meant is not FOR_ALL for f in decl.fields):
        kept = tuple(_field(f, target) for f in decl.fields if not _skipped(f.meant, target))
        return replace(decl, fields=kept)
    return decl


def _field(field: Field, target: str) -> Field:
    return replace(field, words=dict(field.meant.names).get(target, field.words))
