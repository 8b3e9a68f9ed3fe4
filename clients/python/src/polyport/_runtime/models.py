"""The base of all results: immutable, lenient, and lossless when sent back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import Self


@dataclass(frozen=True)
class Unknown:
    """A union's member that this SDK does not know: newer than it, or odd. `raw` is its JSON."""

    raw: Any

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.is_instance_schema(
            cls, serialization=core_schema.plain_serializer_function_ser_schema(_raw_of)
        )


def _raw_of(value: Unknown) -> Any:
    return value.raw


def wire_name(name: str, **default: Any) -> Any:
    """A field whose name on the wire is not an identifier, or reserved in Python."""
    return Field(alias=name, **default)


def secret_member(name: str, **default: Any) -> Any:
    """A field whose value is not shown where the object is."""
    return Field(alias=name, repr=False, **default)


class APIModel(BaseModel):
    """A result. Unknown members are kept (`model_extra`), nothing is validated.

    A member that the answer did not have reads as None; `model_fields_set` tells absent from null.
    A member of the wrong type is the value as it came.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="allow",
        frozen=True,
        defer_build=True,
        populate_by_name=True,
        protected_namespaces=(),
        arbitrary_types_allowed=True,
    )

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from .construct import complete

        complete(cls)
        return handler(source)

    @classmethod
    def model_rebuild(cls, **options: Any) -> bool | None:
        """What pydantic does before it validates or describes the model for the first time."""
        from .construct import complete

        complete(cls)
        return super().model_rebuild(**options)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """What pydantic shows: the members that the answer had, without the values of secrets."""
        shown = {*self.__pydantic_fields_set__, *(self.__pydantic_extra__ or {})}
        yield from ((name, value) for name, value in super().__repr_args__() if name in shown)
        for name, info in type(self).model_fields.items():
            if not info.repr and name in shown:
                yield name, "***" if self.__dict__[name] is not None else None

    @classmethod
    def from_json(cls, value: Any) -> Self:
        """The result that a JSON object stands for, without validation.

        Raises:
            TypeError: when `value` is not a JSON object.
        """
        from .construct import construct

        if not isinstance(value, dict):
            raise TypeError(f"{cls.__name__} is made from a dict, not {type(value).__name__}")
        result: Self = construct(cls, value)
        return result

    def to_dict(self) -> dict[str, Any]:
        """The JSON object with wire names, exactly the members that it came with."""
        from .wire import to_wire

        fields = type(self).model_fields
        present = self.__pydantic_fields_set__
        values = self.__dict__
        result = {
            (field.alias or name): to_wire(values[name])
            for name, field in fields.items()
            if name in present
        }
        for name, value in (self.__pydantic_extra__ or {}).items():
            result[name] = to_wire(value)
        return result

    def to_json(self) -> str:
        """The JSON text with wire names, exactly the members that it came with."""
        from .wire import json_text

        return json_text(self)
