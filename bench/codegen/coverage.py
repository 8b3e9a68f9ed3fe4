"""What became of a document: how many operations it has, how many the model has, and what was said on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.ir.types import AliasDecl, AnyJson, ListOf, MapOf, Nullable, ObjectDecl, Type, UnionDecl
from polyport_codegen.load.document import load
from polyport_codegen.pipeline import BuildOptions, build

from tests.conformance.places import calls


@dataclass(frozen=True)
class Coverage:
    """`documented` operations are counted in the document without the generator's own walk over it."""

    documented: int
    modelled: int
    in_tree: int
    declarations: int
    #: Values whose structure had to be given up, by reason.
    raw: Counter[str]
    #: How often each diagnostic was made, as `severity code`.
    diagnostics: Counter[str]

    @property
    def complete(self) -> bool:
        """Whether no operation was lost on any stage."""
        return self.documented == self.modelled == self.in_tree


def coverage(spec: str) -> Coverage:
    """Load and model a document. InputError when it cannot be used."""
    diagnostics = Diagnostics()
    document = load(spec, diagnostics)
    documented = sum(1 for _ in calls(document))
    api = build(document, BuildOptions(), diagnostics)
    served = api.documented()
    return Coverage(
        documented,
        len(served.operations),
        sum(len(node.operations) for node in served.root.walk()),
        len(api.decls),
        Counter(type.reason for type in _all_types(api) if isinstance(type, AnyJson) and type.reason),
        Counter(f"{item.severity.value} {item.code}" for item in diagnostics.items),
    )


def _all_types(api: Api) -> Iterator[Type]:
    """Every type expression, with those inside it."""
    for decl in api.decls.values():
        if isinstance(decl, ObjectDecl):
            for field in decl.fields:
                yield from _inside(field.type)
            if decl.additional is not None:
                yield from _inside(decl.additional)
        elif isinstance(decl, UnionDecl):
            for variant in decl.variants:
                yield from _inside(variant.type)
        elif isinstance(decl, AliasDecl):
            yield from _inside(decl.type)
    for operation in api.operations.values():
        for parameter in operation.parameters:
            yield from _inside(parameter.type)
        for media in (m for r in operation.responses for m in r.media):
            yield from _inside(media.type)
        if operation.body is not None:
            yield from _inside(operation.body.media.type)


def _inside(type: Type) -> Iterator[Type]:
    yield type
    if isinstance(type, ListOf):
        yield from _inside(type.item)
    elif isinstance(type, MapOf):
        yield from _inside(type.value)
    elif isinstance(type, Nullable):
        yield from _inside(type.inner)
