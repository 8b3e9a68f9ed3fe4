"""Bodies that ask for events by what they are: `oneOf` of a body with `stream: true` and one without.

Such a call has no flag that clients could set: each form takes the bodies that ask for it. So the plain form cannot be
given a body that is answered with events, nor the streaming one a body that is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ...diagnostics import Diagnostics
from ..graph import references, refs, stands_for
from ..model import Body, Operation
from ..types import Const, Decl, DeclId, Nullable, ObjectDecl, Ref, Type, UnionDecl, Variant
from .bodies import flattened
from .streams import FLAG


def parted(
    plain: Operation, streaming: Operation, decls: Mapping[DeclId, Decl], diagnostics: Diagnostics
) -> tuple[Operation, Operation, tuple[UnionDecl, ...]]:
    """The two forms, each with the choices of the body that ask for it, and the unions made for them."""
    body = plain.body
    union = stands_for(body.media.type, decls) if body is not None else None
    if body is None or not isinstance(union, UnionDecl):
        return plain, streaming, ()
    told = [_asks(variant.type, decls) for variant in union.variants]
    if None in told:
        diagnostics.warn(
            "stream-selector",
            f"{plain.id}: a choice of the body has {FLAG!r}, which may be true: the plain form cannot read the events "
            "that come then",
            plain.origin,
            f"Give {FLAG!r} a const in each choice, true where events come, or write one object with a boolean.",
        )
    if None in told or len(set(told)) < 2:
        return plain, streaming, ()
    made: list[UnionDecl] = []
    bodies: list[Body] = []
    for streams in (False, True):
        variants = tuple(v for v, asks in zip(union.variants, told, strict=True) if asks is streams)
        type = variants[0].type if len(variants) == 1 else _union(plain, union, variants, streams, made)
        bodies.append(flattened(replace(body, media=replace(body.media, type=type), flatten=None), decls))
    return replace(plain, body=bodies[0]), replace(streaming, body=bodies[1]), tuple(made)


def parted_ids(
    before: Iterable[Operation], after: Iterable[Operation], decls: Mapping[DeclId, Decl]
) -> frozenset[DeclId]:
    """The inline choices of bodies that were parted, and that nothing refers to any more."""

    def bodies(operations: Iterable[Operation]) -> set[DeclId]:
        listed = [o.body for o in operations if o.body is not None]
        return {id for body in listed for media in (body.media, *body.others) for id in refs(media.type)}

    gone = {id for id in bodies(before) - bodies(after) if isinstance(decls.get(id), UnionDecl) and decls[id].inline}
    return frozenset(gone - {id for decl in decls.values() for id in references(decl)} if gone else ())


def _asks(type: Type, decls: Mapping[DeclId, Decl]) -> bool | None:
    """Whether an object asks for events, by the constant that its flag has; what has no flag does not. None: it may."""
    decl = stands_for(type, decls)
    if isinstance(decl, UnionDecl):
        told = {_asks(variant.type, decls) for variant in decl.variants}
        return told.pop() if len(told) == 1 else None
    if not isinstance(decl, ObjectDecl):
        return False
    flag = next((f for f in decl.fields if f.wire_name == FLAG), None)
    if flag is None:
        return False
    said = flag.type.inner if isinstance(flag.type, Nullable) else flag.type
    if isinstance(said, Const) and said.value is False:
        return False
    return True if isinstance(said, Const) and said.value is True and flag.required else None


def _union(
    operation: Operation, union: UnionDecl, variants: tuple[Variant, ...], streams: bool, made: list[UnionDecl]
) -> Ref:
    id = DeclId(operation.key, "request", "streaming" if streams else "plain")
    words = (*operation.words, *(("streaming",) if streams else ()), "request")
    made.append(
        UnionDecl(
            id,
            words,
            variants,
            discriminator=union.discriminator,
            docs=union.docs,
            context=((*words, "body"),),
            inline=True,
            origin=union.origin,
        )
    )
    return Ref(id)
