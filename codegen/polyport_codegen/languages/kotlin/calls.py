"""Operations to Kotlin calls: which arguments a method asks for, which stand in its trailing block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...ir.model import Body, Location, MediaKind, Operation, Parameter
from .lower import JSON, STRING, UPLOAD, KType, Lowering, Member, kotlin_type, member_of

#: More than this and the JVM's limit of 255 arguments comes near: the rest moves into the block.
_MOST_ARGUMENTS = 120


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a call. `place` is a parameter's location, `member` of the body, `file` or `body` as a whole."""

    member: Member
    place: str

    @property
    def required(self) -> bool:
        """Whether it stands in the signature."""
        return self.member.asked


@dataclass(frozen=True, slots=True)
class Call:
    """An operation with its arguments sorted out."""

    operation: Operation
    required: tuple[Argument, ...]
    optional: tuple[Argument, ...]
    #: Sent by themselves: parameters and members that have one value only.
    constants: tuple[Argument, ...]


def lower_call(lowering: Lowering, operation: Operation) -> Call:
    """The arguments of an operation: path first, then the body's required members, then all else."""
    everything = [*_parameters(lowering, operation), *_body(lowering, operation)]
    constants = tuple(a for a in everything if a.member.const is not None)
    asked = [a for a in everything if a.required]
    asked.sort(key=lambda a: _ORDER[a.place])
    required = tuple(asked[:_MOST_ARGUMENTS])
    optional = tuple(a for a in everything if a.member.const is None and a not in required)
    return Call(operation, required, optional, constants)


_ORDER = {"path": 0, "body": 1, "member": 1, "file": 1, "query": 2, "header": 3, "cookie": 4}


def _parameters(lowering: Lowering, operation: Operation) -> Iterator[Argument]:
    selector = operation.stream.selector if operation.stream is not None else None
    for parameter in operation.parameters:
        if selector is None or (selector.location, selector.wire_name) != (
            parameter.location.value,
            parameter.wire_name,
        ):
            yield Argument(_parameter(lowering, operation, parameter), parameter.location.value)


def _parameter(lowering: Lowering, operation: Operation, parameter: Parameter) -> Member:
    type = kotlin_type(lowering.api, parameter.type)
    return Member(
        f"argument:{operation.id}:{parameter.location.value}:{parameter.wire_name}",
        parameter.wire_name,
        type.inner,
        parameter.required,
        type.name == "Nullable" and parameter.location is not Location.PATH and parameter.required,
        parameter.docs,
        parameter.default,
        parameter.const.value if parameter.const is not None else None,
    )


def _body(lowering: Lowering, operation: Operation) -> Iterator[Argument]:
    body = operation.body
    if body is None:
        return
    if body.flatten is None:
        yield _whole_body(lowering, operation, body)
        return
    files = body.media.kind is MediaKind.MULTIPART
    for field in lowering.api.body_fields(operation):
        member = member_of(lowering.api, field, f"argument:{operation.id}:body:{field.wire_name}", files=files)
        if not body.required and member.asked:
            member = replace(member, required=False)
        upload = member.type == UPLOAD or UPLOAD in member.type.args
        yield Argument(member, "file" if upload else "member")


def _whole_body(lowering: Lowering, operation: Operation, body: Body) -> Argument:
    type: KType
    match body.media.kind:
        case MediaKind.BINARY:
            type = UPLOAD
        case MediaKind.TEXT | MediaKind.SSE | MediaKind.JSONL:
            type = STRING
        case MediaKind.JSON | MediaKind.FORM | MediaKind.MULTIPART:
            type = kotlin_type(lowering.api, body.media.type)
    nullable = type.name == "Nullable" or (type == JSON and not body.required)
    member = Member(
        f"argument:{operation.id}:body:", "body", type.inner, body.required, nullable and body.required, body.docs
    )
    return Argument(member, "body")
