"""Lenient construction of results: JSON data becomes typed objects where it fits."""

from __future__ import annotations

import datetime
import inspect
import sys
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Annotated, Any, ForwardRef, Literal, Union, get_args, get_origin

from typing_extensions import TypeAliasType, is_typeddict

from .errors import APIStatusError, status_error
from .models import APIModel, Unknown
from .operation import Answer, Call, Operation

Builder = Callable[[Any], Any]


@dataclass(frozen=True)
class Variant:
    """One alternative of a union.

    `json` names the JSON types that it can be and `items` those of a list's items, apart by spaces. `tags`: for
    members that tell alternatives apart the values that mean this one; None stands for an absent member or null.
    `keys` are members that must be there, `foreign` those that must not.
    """

    type: Any
    json: str
    tags: Mapping[str, tuple[str | int | bool | None, ...]] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    items: str = ""
    foreign: tuple[str, ...] = ()

    def fits(self, value: Any) -> bool:
        """Whether a JSON value is of this alternative."""
        if _json_type(value) not in self.json.split():
            return False
        if type(value) is list:
            return not value or not self.items or _json_type(value[0]) in self.items.split()
        if type(value) is not dict:
            return True
        for member, known in self.tags.items():
            said = value.get(member)
            if not any(said == tag and type(said) is type(tag) for tag in known):
                return False
        return all(key in value for key in self.keys) and not any(
            key in value for key in self.foreign
        )


class OneOf:
    """How a union is decided: the first alternative that fits, by JSON type, tags and the keys it must have.

    Nothing fits: `Unknown`. Stands in `Annotated` beside the union that type checkers see.
    """

    def __init__(self, *variants: Variant) -> None:
        self.variants = variants

    def choose(self, value: Any) -> Variant | None:
        """The variant that a JSON value belongs to, or None."""
        return next((variant for variant in self.variants if variant.fits(value)), None)


def variant(
    type: Any,
    json: str,
    tags: Mapping[str, tuple[str | int | bool | None, ...]] | None = None,
    keys: tuple[str, ...] = (),
    items: str = "",
    foreign: tuple[str, ...] = (),
) -> Variant:
    """One alternative of a union, see `Variant`."""
    return Variant(type, json, tags or {}, keys, items, foreign)


def one_of(*variants: Variant) -> OneOf:
    """The plan of a union, see `OneOf`."""
    return OneOf(*variants)


def construct(annotation: Any, value: Any) -> Any:
    """`value` (plain JSON data) as an instance of `annotation`, as far as it fits."""
    return builder(annotation)(value)


def typed(operation: Operation[Any], answer: Answer) -> Any:
    """The result of a call: what a loaded answer holds, as the operation's type where it is JSON."""
    value = answer.value()
    is_json = operation.answer_kind(answer) == "json"
    return construct(operation.result, value) if is_json else value


def failed(call: Call, answer: Answer) -> APIStatusError:
    """The error for an answer that is no success, with its body as the document types it."""
    error = status_error(
        answer.status,
        answer.headers,
        answer.content,
        method=call.method,
        path=call.path,
        retry_after=answer.retry_after,
    )
    kind = call.operation.error_type(answer.status)
    if kind is not None and not isinstance(error.body, str):
        error.data = construct(kind, error.body)
    return error


def builder(annotation: Any) -> Builder:
    """The function that builds instances of a type from JSON data; made once per type."""
    try:
        return _cached(annotation)
    except TypeError:  # an annotation that cannot be hashed
        return _make(annotation)


@cache
def _cached(annotation: Any) -> Builder:
    return _make(annotation)


def _same(value: Any) -> Any:
    return value


def _make(annotation: Any) -> Builder:
    if isinstance(annotation, type) and issubclass(annotation, APIModel):
        return _model_builder(annotation)
    if annotation is datetime.datetime:
        from .wire import read_datetime

        return read_datetime
    if isinstance(annotation, TypeAliasType):
        return _lazy(annotation)
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *extras = get_args(annotation)
        plan = next((extra for extra in extras if isinstance(extra, OneOf)), None)
        return builder(inner) if plan is None else _union_builder(plan)
    if origin is list:
        return _list_builder(builder(*get_args(annotation)))
    if origin is dict:
        return _dict_builder(builder(get_args(annotation)[1]))
    if origin in (Union, types.UnionType):
        return _optional_builder(get_args(annotation))
    return _same


def _lazy(alias: TypeAliasType) -> Builder:
    made: list[Builder] = []

    def build(value: Any) -> Any:
        if not made:
            target = alias.__value__
            if isinstance(target, str):
                target = evaluate(target, str(alias.__module__))
            made.append(builder(target))
        return made[0](value)

    return build


def _list_builder(item: Builder) -> Builder:
    if item is _same:
        return _same

    def build(value: Any) -> Any:
        return [item(member) for member in value] if type(value) is list else value

    return build


def _dict_builder(item: Builder) -> Builder:
    if item is _same:
        return _same

    def build(value: Any) -> Any:
        if type(value) is not dict:
            return value
        return {name: item(member) for name, member in value.items()}

    return build


def _optional_builder(members: tuple[Any, ...]) -> Builder:
    """A union without a plan: of one structured type with null, or of scalars."""
    built = [builder(m) for m in members if m is not type(None) and get_origin(m) is not Literal]
    structured = [build for build in built if build is not _same]
    return structured[0] if len(structured) == 1 else _same


def _union_builder(plan: OneOf) -> Builder:
    builders: dict[int, Builder] = {}

    def build(value: Any) -> Any:
        variant = plan.choose(value)
        if variant is None:
            return None if value is None else Unknown(value)
        key = id(variant)
        if key not in builders:
            builders[key] = builder(variant.type)
        return builders[key](value)

    return build


def _model_builder(model: type[APIModel]) -> Builder:
    made: list[tuple[dict[str, tuple[str, Builder]], dict[str, Any]]] = []

    def prepare() -> None:
        """Put the plan there as a whole: other threads may be building instances already."""
        hints = _hints(model)
        plan = {
            info.alias or name: (name, builder(hints[name]))
            for name, info in model.model_fields.items()
        }
        made.append((plan, dict.fromkeys(model.model_fields)))

    def build(value: Any) -> Any:
        if type(value) is not dict:
            return value
        if not made:
            prepare()
        plan, blank = made[0]
        values = blank.copy()
        present: set[str] = set()
        extra: dict[str, Any] = {}
        for wire_name, member in value.items():
            known = plan.get(wire_name)
            if known is None:
                extra[wire_name] = member
            else:
                name, make = known
                values[name] = make(member)
                present.add(name)
        result = model.__new__(model)
        object.__setattr__(result, "__dict__", values)
        object.__setattr__(result, "__pydantic_fields_set__", present)
        object.__setattr__(result, "__pydantic_extra__", extra)
        object.__setattr__(result, "__pydantic_private__", None)
        return result

    return build


def _hints(annotated: type[Any]) -> dict[str, Any]:
    """The own annotations of a model or `TypedDict`, evaluated where it was written."""
    hints = inspect.get_annotations(annotated)
    return {name: _evaluated(hint, annotated.__module__) for name, hint in hints.items()}


def _evaluated(hint: Any, module: str) -> Any:
    text = hint.__forward_arg__ if isinstance(hint, ForwardRef) else hint
    return evaluate(text, module) if isinstance(text, str) else text


def evaluate(text: str, module: str) -> Any:
    """What an annotation of the SDK's own means in its module.

    Types of other modules stand there for checkers only; they are imported when they are met.
    """
    names = vars(sys.modules[module])
    while True:
        try:
            return eval(text, names)
        except NameError as error:
            name, package = str(error.name), import_module(module.rpartition(".")[0])
            if not hasattr(package, name):
                raise
            names[name] = getattr(package, name)


def complete(annotation: Any, seen: set[Any] | None = None) -> None:
    """Import all that a type refers to, directly or not, for libraries that resolve annotations."""
    seen = set() if seen is None else seen
    todo = [annotation]
    while todo:
        item = todo.pop()
        todo += get_args(item)
        if item in seen:
            continue
        if isinstance(item, TypeAliasType):
            seen.add(item)
            value = item.__value__
            todo.append(evaluate(value, str(item.__module__)) if isinstance(value, str) else value)
        elif is_typeddict(item) or (isinstance(item, type) and issubclass(item, APIModel)):
            seen.add(item)
            todo += _hints(item).values()


def _json_type(value: Any) -> str:
    if isinstance(value, dict):
        return "object"
    if isinstance(value, str):
        return "string"
    if isinstance(value, list):
        return "array"
    if value is None:
        return "null"
    return "boolean" if isinstance(value, bool) else "number"
