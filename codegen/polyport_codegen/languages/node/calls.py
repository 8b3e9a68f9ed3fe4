"""How the arguments of an operation are asked for.

One path parameter is an argument of its own; all other parameters and the members of a JSON or form object are members
of one params object, under their wire names. What is no object, or would collide, is the member `body` of the params.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ...ir.model import Api, Location, Operation, Parameter
from ...ir.types import DeclId, ObjectDecl, Ref
from .naming import camel


@dataclass(frozen=True, slots=True)
class Shape:
    """How the arguments of an operation are asked for."""

    positional: Parameter | None
    #: Under which name it is handed to the runtime.
    positional_member: str
    #: The object whose members are members of the params.
    flat: ObjectDecl | None
    #: The member of the params that is the whole body.
    body_member: str | None
    #: Parameters that are members of the params, with the member's name.
    named: tuple[tuple[str, Parameter], ...]

    @property
    def constants(self) -> dict[str, str | int | float | bool]:
        """Required members of the body with only one value, which are filled in when they are not given."""
        fields = self.flat.fields if self.flat is not None else ()
        return {f.wire_name: f.const.value for f in fields if f.const is not None and f.required and not f.read_only}

    def member(self, parameter: Parameter) -> str:
        """The member of the runtime's params that holds the parameter."""
        if parameter is self.positional:
            return self.positional_member
        return next((name for name, p in self.named if p is parameter), parameter.wire_name)


def shape_of(api: Api, operation: Operation) -> Shape:
    """Decides it."""
    asked = [p for p in operation.parameters if p.const is None]
    in_path = [p for p in asked if p.location is Location.PATH]
    positional = in_path[0] if len(in_path) == 1 else None
    members = [p for p in asked if p is not positional]
    body = operation.body
    flat = None
    if (target := _flat_target(operation)) is not None:
        decl = api.decls[target]
        if isinstance(decl, ObjectDecl) and not (decl.additional is not None and members):
            flat = decl
    body_member = camel(body.words) if body is not None and flat is None else None
    taken = {f.wire_name for f in flat.fields} if flat is not None else {body_member} if body_member else set()
    own = _member_names(members, taken)
    in_call = positional.wire_name if positional is not None else ""
    handed = _free(f"{in_call}_in_path", {*taken, *own}) if in_call in {*taken, *own} else in_call
    return Shape(positional, handed, flat, body_member, tuple(zip(own, members, strict=True)))


def _member_names(parameters: Sequence[Parameter], taken: Collection[str]) -> list[str]:
    """The wire names, with the place behind those that the body or another parameter has too (`id_in_query`)."""
    names = [p.wire_name for p in parameters]
    used = {*taken, *(n for n in names if names.count(n) == 1)}
    found = []
    for name, parameter in zip(names, parameters, strict=True):
        if name in taken or names.count(name) > 1:
            name = _free(f"{name}_in_{parameter.location.value}", used)
            used.add(name)
        found.append(name)
    return found


def _free(name: str, taken: Collection[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _flat_target(operation: Operation) -> DeclId | None:
    """The object whose members are asked for one by one: what the API says, or what holds the streaming selector."""
    body, stream = operation.body, operation.stream
    if body is None or body.flatten is not None:
        return body.flatten if body is not None else None
    in_body = stream is not None and stream.selector is not None and stream.selector.location == "body"
    return body.media.type.id if in_body and isinstance(body.media.type, Ref) else None
