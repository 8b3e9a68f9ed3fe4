"""How the events of a stream add up to one whole. Generated code says which member is what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Generic, TypeVar

from .construct import construct
from .operation import Deltas, Way
from .wire import to_wire

W = TypeVar("W")


class DeltaAccumulator(Generic[W]):
    """Adds events up: texts in pieces are joined, items of lists are merged by a member, other
    lists are appended, and of everything else the latest value that is not null stands.

    See `Stream.accumulator`, which makes one.
    """

    def __init__(self, deltas: Deltas) -> None:
        self._deltas = deltas
        self._joined = frozenset(deltas.joined)
        self._pieces = frozenset(deltas.pieces)
        self._merged = dict(deltas.merged)
        self._sum: dict[str, Any] | None = None

    def add(self, event: Any, /) -> None:
        """Take one more event: a result, or its JSON object."""
        self._sum = self._object(self._sum or {}, to_wire(event), (), False)

    def result(self) -> W:
        """What the events so far add up to.

        Raises:
            ValueError: before the first event.
        """
        if self._sum is None:
            raise ValueError("there were no events to add up")
        whole = _copied(self._sum)
        for way, name in self._deltas.renamed:
            _at([whole], way, partial(_rename, name))
        for way in self._deltas.dropped:
            _at([whole], way, lambda holder, member: holder.pop(member, None))
        for way, value in self._deltas.constants:
            _at([whole], way, partial(_set, value))
        result: W = construct(self._deltas.result, whole)
        return result

    def _object(
        self, old: dict[str, Any], event: dict[str, Any], way: Way, inside: bool
    ) -> dict[str, Any]:
        added = dict(old)
        for name, value in event.items():
            added[name] = self._value(old.get(name), value, (*way, name), inside)
        return added

    def _value(self, old: Any, value: Any, way: Way, inside: bool) -> Any:
        inside = inside or way in self._pieces
        if value is None:
            return old
        if isinstance(value, str) and isinstance(old, str) and self._joins(way, inside):
            return old + value
        if isinstance(value, list):
            return self._list(old if isinstance(old, list) else [], value, way, inside)
        if isinstance(value, dict):
            return self._object(old if isinstance(old, dict) else {}, value, way, inside)
        return value

    def _joins(self, way: Way, inside: bool) -> bool:
        rule, name = self._deltas, way[-1]
        if way in self._joined or not inside:
            return way in self._joined
        return way not in rule.kept and name not in rule.names and not name.endswith(rule.endings)

    def _list(self, old: list[Any], items: list[Any], way: Way, inside: bool) -> list[Any]:
        added, inner = list(old), (*way, "[]")
        # A list that this version does not know belongs together by index too.
        key = self._merged.get(way) or ("index" if inside else None)
        for item in items:
            id = item.get(key) if key is not None and isinstance(item, dict) else None
            place = None if id is None else _place(added, str(key), id)
            if place is None:
                added.append(self._value(None, item, inner, inside))
            else:
                added[place] = self._value(added[place], item, inner, inside)
        return added


def _place(items: list[Any], key: str, id: Any) -> int | None:
    fitting = (n for n, item in enumerate(items) if isinstance(item, dict) and item.get(key) == id)
    return next(fitting, None)


def _rename(new: str, holder: dict[str, Any], old: str) -> None:
    if old in holder:
        holder[new] = holder.pop(old)


def _set(value: Any, holder: dict[str, Any], member: str) -> None:
    holder[member] = value


def _at(values: Iterable[Any], way: Way, change: Callable[[dict[str, Any], str], object]) -> None:
    """Call `change` with every object on the way and the last name."""
    first, rest = way[0], way[1:]
    for value in values:
        if first == "[]":
            if isinstance(value, list):
                _at(value, rest, change)
        elif isinstance(value, dict):
            if not rest:
                change(value, first)
            elif first in value:
                _at([value[first]], rest, change)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copied(member) for name, member in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value
