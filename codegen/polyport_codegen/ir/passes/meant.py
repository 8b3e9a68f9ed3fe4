"""What holds for one language only: parts that it leaves out, names that are its own (`Meant`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...values import Words
from ..model import Api, Location, Operation
from ..types import FOR_ALL, Decl, Field, Meant, ObjectDecl


def for_target(api: Api, languages: Sequence[str]) -> Api:
    """The API as the target is to see it that documents call by these words, the most fitting first.

    A path without one of its parameters would lead nowhere: those stay.
    """
    decls = {id: _decl(decl, languages) for id, decl in api.decls.items()}
    operations = {id: _operation(operation, languages) for id, operation in api.operations.items()}
    return replace(api, decls=decls, operations=operations)


def _skipped(meant: Meant, languages: Sequence[str]) -> bool:
    return any(word in meant.skip for word in languages)


def _named(meant: Meant, languages: Sequence[str]) -> Words | None:
    if not meant.names:
        return None
    names = dict(meant.names)
    return next((names[word] for word in languages if word in names), None)


def _operation(operation: Operation, languages: Sequence[str]) -> Operation:
    if all(p.meant is FOR_ALL for p in operation.parameters):
        return operation
    parameters = tuple(
        replace(p, words=_named(p.meant, languages) or p.words)
        for p in operation.parameters
        if p.location is Location.PATH or not _skipped(p.meant, languages)
    )
    return replace(operation, parameters=parameters)


def _decl(decl: Decl, languages: Sequence[str]) -> Decl:
    named = _named(decl.meant, languages)
    if named is not None:
        decl = replace(decl, words=named, context=(decl.words, *decl.context))
    if isinstance(decl, ObjectDecl) and any(f.meant is not FOR_ALL for f in decl.fields):
        kept = tuple(_field(f, languages) for f in decl.fields if not _skipped(f.meant, languages))
        return replace(decl, fields=kept)
    return decl


def _field(field: Field, languages: Sequence[str]) -> Field:
    return replace(field, words=_named(field.meant, languages) or field.words)
