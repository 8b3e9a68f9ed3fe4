"""Field numbers for keeps: the lock file gives every field its number once, and never gives it away again.

    messages:
      "ChatMessage":
        next: 4
        fields:
          "content": {number: 1, type: "string", null_marker: 2}
        reserved:
          - {number: 3, name: "name", type: "string"}

A field that goes is reserved with its name; when the same field (same type) comes back, it gets its number back. A
field whose type changes is another field on the wire: its old number is reserved and it gets the next one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import yaml

from ..diagnostics import Diagnostics, Origin
from .model import (
    UNKNOWN_NUMBER,
    Alternative,
    Message,
    ObjectMessage,
    ProtoApi,
    ProtoField,
    RequestMessage,
    UnionMessage,
)

#: Numbers that protobuf keeps for itself, and its largest.
_RESERVED_BY_PROTO = range(19000, 20000)
_LARGEST = 2**29 - 1

_F = TypeVar("_F", ProtoField, Alternative)

_HEADER = """# Field numbers of the proto files. The generator only ever appends to it: commit it together with them.
# When two branches have both appended, keep one side and generate again.
version: 1
messages:
"""


@dataclass(frozen=True, slots=True)
class Slot:
    """A number that was given: to which name, as which type, and the number of the null marker (0: none)."""

    number: int
    name: str
    type: str
    null: int = 0


@dataclass(slots=True)
class MessageLock:
    """The numbers of one message. `fields` are keyed by the member's wire name; `reserved` are as they went."""

    next: int = 1
    fields: dict[str, Slot] = field(default_factory=dict)
    reserved: list[Slot] = field(default_factory=list)

    def take(self) -> int:
        """A fresh number."""
        while self.next == UNKNOWN_NUMBER or self.next in _RESERVED_BY_PROTO:
            self.next += 1
        number, self.next = self.next, self.next + 1
        return number


Lock = dict[str, MessageLock]


def parse(text: str | None, diagnostics: Diagnostics, file: str = "proto.lock.yaml") -> Lock:
    """Read a lock file. What is wrong with it is an error with the message and field it concerns."""
    if text is None:
        return {}
    try:
        document = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        lock = {str(name): _message(entry) for name, entry in (document.get("messages") or {}).items()}
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
        diagnostics.error("proto-lock-unreadable", f"the lock file cannot be read: {error}", Origin(file), _RESTORE)
        return {}
    for name, entry in lock.items():
        _check(name, entry, diagnostics, file)
    return lock


_RESTORE = "restore it from version control; numbers must never be made up again for fields that are in use"


def _message(entry: Any) -> MessageLock:
    fields = {str(key): _slot(value, str(key)) for key, value in (entry.get("fields") or {}).items()}
    reserved = [_slot(value, str(value["name"])) for value in entry.get("reserved") or []]
    return MessageLock(int(entry["next"]), fields, reserved)


def _slot(value: Any, name: str) -> Slot:
    return Slot(int(value["number"]), name, str(value["type"]), int(value.get("null_marker", 0)))


def _check(name: str, entry: MessageLock, diagnostics: Diagnostics, file: str) -> None:
    seen: dict[int, str] = {UNKNOWN_NUMBER: "unknown_json"}
    for slot in (*entry.fields.values(), *entry.reserved):
        for number in filter(None, (slot.number, slot.null)):
            place = Origin(file).child("messages", name, "fields", slot.name)
            if number in seen:
                message = f"{name}: number {number} is given to both `{seen[number]}` and `{slot.name}`"
                diagnostics.error("proto-number-collision", message, place, _RESTORE)
            elif not 0 < number <= _LARGEST or number in _RESERVED_BY_PROTO:
                message = f"{name}: {number} of `{slot.name}` is no valid field number"
                diagnostics.error("proto-number-invalid", message, place, _RESTORE)
            elif number >= entry.next:
                message = f"{name}: number {number} of `{slot.name}` is not below `next`, {entry.next}"
                diagnostics.error(
                    "proto-number-collision", message, place, "set `next` to one more than the largest number"
                )
            seen[number] = slot.name


def assign(api: ProtoApi, lock: Lock) -> tuple[ProtoApi, Lock]:
    """Give all fields their numbers. Returns the numbered API and the new lock; the old one is not changed."""
    new = {name: MessageLock(e.next, dict(e.fields), list(e.reserved)) for name, e in lock.items()}
    messages: dict[str, Message] = {}
    for name, message in api.messages.items():
        entry = new.get(name, MessageLock())
        if isinstance(message, ObjectMessage):
            messages[name] = replace(message, fields=_numbered(message.fields, entry))
        elif isinstance(message, RequestMessage):
            fields = _numbered(message.fields, entry)
            count = len(message.parameters)
            messages[name] = replace(message, parameters=fields[:count], body=fields[count:])
        elif isinstance(message, UnionMessage):
            messages[name] = replace(message, alternatives=_numbered(message.alternatives, entry))
        else:
            messages[name] = message  # wrappers have one field, number 1, for ever
            continue
        new[name] = entry
    return replace(api, messages=messages), new


def _numbered(members: Iterable[_F], entry: MessageLock) -> tuple[_F, ...]:
    members = tuple(members)
    current = {member.key: member for member in members}
    for key, slot in list(entry.fields.items()):
        if key not in current or current[key].type != slot.type:
            entry.reserved.append(entry.fields.pop(key))
    return tuple(_with_number(member, entry) for member in members)


def _with_number(member: _F, entry: MessageLock) -> _F:
    slot = entry.fields.get(member.key)
    if slot is None:
        back = [s for s in entry.reserved if s.name == member.key and s.type == member.type]
        if back:
            slot = back[-1]
            entry.reserved.remove(slot)
        else:
            slot = Slot(entry.take(), member.key, member.type)
    if isinstance(member, ProtoField) and member.null_name and not slot.null:
        slot = replace(slot, null=entry.take())
    entry.fields[member.key] = slot
    if isinstance(member, ProtoField):
        return replace(member, number=slot.number, null_number=slot.null if member.null_name else 0)
    return replace(member, number=slot.number)


def reserved_numbers(message: Message, entry: MessageLock) -> tuple[int, ...]:
    """Numbers that the message must not use again, the null markers of members that are no longer nullable included."""
    numbers = [n for slot in entry.reserved for n in (slot.number, slot.null) if n]
    if isinstance(message, ObjectMessage | RequestMessage):
        used = {f.key: f for f in message.fields}
        numbers += [s.null for key, s in entry.fields.items() if s.null and not used[key].null_name]
    return tuple(sorted(numbers))


def dump(lock: Mapping[str, MessageLock]) -> str:
    """The lock as text: messages by name, fields by number."""
    lines = [_HEADER]
    for name in sorted(lock):
        entry = lock[name]
        lines.append(f"  {_quoted(name)}:\n    next: {entry.next}\n")
        if entry.fields:
            lines.append("    fields:\n")
            ordered = sorted(entry.fields.items(), key=lambda item: item[1].number)
            lines += [f"      {_quoted(key)}: {{{_facts(slot)}}}\n" for key, slot in ordered]
        if entry.reserved:
            lines.append("    reserved:\n")
            lines += [
                f"      - {{number: {s.number}, name: {_quoted(s.name)}, {_facts(s).split(', ', 1)[1]}}}\n"
                for s in entry.reserved
            ]
    return "".join(lines)


def _facts(slot: Slot) -> str:
    null = f", null_marker: {slot.null}" if slot.null else ""
    return f"number: {slot.number}, type: {_quoted(slot.type)}{null}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
