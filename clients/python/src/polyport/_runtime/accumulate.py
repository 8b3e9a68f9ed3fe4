"""Deltas added up to a whole: strings are joined, lists merged by `index`, the rest replaced."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from .construct import construct
from .models import APIModel
from .wire import to_wire

M = TypeVar("M", bound=APIModel)

#: Members that name or number a thing: the latest value stands, nothing is joined.
_REPLACED = frozenset({"id", "type", "role", "object", "model", "index", "finish_reason"})


class DeltaAccumulator(Generic[M]):
    """Adds up events that carry `delta` members, as chat streams do, to one `result_type`.

    Entries of a list belong together when their `index` is the same. A `delta` becomes the
    `message` of its choice, so whole tool calls stand in `message.tool_calls` at the end.

    Args:
        result_type: what the plain call gives.
        constants: members of the result that differ from the events', such as `object`.
    """

    def __init__(self, result_type: type[M], **constants: Any) -> None:
        self._type = result_type
        self._constants = constants
        self._whole: dict[str, Any] = {}

    def add(self, event: Any, /) -> None:
        """Take one more event: a model or its JSON object."""
        self._whole = merge(self._whole, to_wire(event))

    def result(self) -> M:
        """What the events so far add up to."""
        whole = _whole(self._whole)
        whole.update(self._constants)
        result: M = construct(self._type, whole)
        return result


def merge(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The object `old` with the delta `new` added to it; neither is changed."""
    result = dict(old)
    for name, value in new.items():
        known = result.get(name)
        if known is None or name in _REPLACED:
            if value is not None or known is None:
                result[name] = _entries([], value) if isinstance(value, list) else value
        elif isinstance(known, str) and isinstance(value, str):
            result[name] = known + value
        elif isinstance(known, dict) and isinstance(value, dict):
            result[name] = merge(known, value)
        elif isinstance(known, list) and isinstance(value, list):
            result[name] = _entries(known, value)
        elif value is not None:
            result[name] = value
    return result


def _entries(old: list[Any], new: list[Any]) -> list[Any]:
    result = list(old)
    places = {
        item["index"]: at
        for at, item in enumerate(result)
        if isinstance(item, dict) and "index" in item
    }
    for item in new:
        index = item.get("index") if isinstance(item, dict) else None
        if index is not None and index in places:
            result[places[index]] = merge(result[places[index]], item)
        else:
            if index is not None:
                places[index] = len(result)
            result.append(item)
    return result


def _whole(value: Any) -> Any:
    """`delta` members renamed to `message`, tool calls without their place in the list."""
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if not isinstance(value, dict):
        return value
    result = {"message" if name == "delta" else name: _whole(v) for name, v in value.items()}
    calls = result.get("tool_calls")
    if isinstance(calls, list):
        result["tool_calls"] = [
            {name: v for name, v in call.items() if name != "index"}
            if isinstance(call, dict)
            else call
            for call in calls
        ]
    return result
