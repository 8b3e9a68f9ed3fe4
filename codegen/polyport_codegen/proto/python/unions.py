"""Writes the codec functions of unions and wrappers.

A union takes any JSON value: what no alternative fits travels in `unknown_json`. The function of a wrapper says how
well it fits (`NOT`, `EXACTLY`, `RESPELLED`), so that the one that uses it can send JSON text instead or along.

Model in:  `Content`, a string or a list of parts.
Code out:

    def to_Content(x: Any, message: Any) -> None:
        if type(x) is str and (x.isascii() or encodable(x)):
            message.text = x
            return
        if type(x) is list:
            fit = to_PartList(x, message.parts)
            ...
        message.unknown_json = to_text(x)
"""

from __future__ import annotations

from collections.abc import Sequence

from ...ir.types import JsonType, TagValue
from ..model import (
    CHOICE,
    Alternative,
    JsonText,
    Label,
    ListMessage,
    MapMessage,
    MessageRef,
    Scalar,
    UnionMessage,
    ValueMessage,
)
from .objects import ALL, CHECKS, assignment, attribute
from .writer import Writer, literal


def write_union(w: Writer, message: UnionMessage) -> None:
    """`to_X` of a union."""
    with w.block(f"def to_{message.name}(x: Any, message: Any) -> None:"):
        objects = [a for a in message.alternatives if _is_object(w, a)]
        for alternative in message.alternatives:
            if alternative not in objects:
                _simple(w, alternative)
        if objects:
            with w.block("if type(x) is dict:"):
                _objects(w, objects)
        w.line("message.unknown_json = to_text(x)")


def _is_object(w: Writer, alternative: Alternative) -> bool:
    return isinstance(alternative.element, MessageRef) and w.kind(alternative.element.name) == "object"


def _simple(w: Writer, alternative: Alternative) -> None:
    element = alternative.element
    if isinstance(element, Scalar):
        _scalar(w, alternative.name, element)
    elif isinstance(element, JsonText):
        tests = " or ".join(_TESTS[t] for t in sorted(alternative.json_types, key=lambda t: t.value)) or "True"
        with w.block(f"if {tests}:"):
            w.line(assignment("message", alternative.name, "to_text(x)"))
            w.line("return")
    elif w.kind(element.name) == "union":
        tests = " or ".join(_TESTS[t] for t in sorted(alternative.json_types, key=lambda t: t.value)) or "True"
        with w.block(f"if {tests}:"):
            w.line(f"to_{element.name}(x, {attribute('message', alternative.name)})")
            with w.block(f'if {attribute("message", alternative.name)}.WhichOneof("{CHOICE}") is not None:'):
                w.line("return")
            w.line(f"message.ClearField({literal(alternative.name)})")
    else:
        w.line(f"fit = to_{element.name}(x, {attribute('message', alternative.name)})")
        with w.block("if fit != NOT:"):
            with w.block("if fit == RESPELLED:"):
                w.line("message.unknown_json = to_text(x)")
            w.line("return")
        w.line(f"message.ClearField({literal(alternative.name)})")


_TESTS = {
    JsonType.NULL: "x is None",
    JsonType.BOOLEAN: "type(x) is bool",
    JsonType.NUMBER: "type(x) is int or type(x) is float",
    JsonType.STRING: "type(x) is str",
    JsonType.ARRAY: "type(x) is list",
    JsonType.OBJECT: "type(x) is dict",
}


def _scalar(w: Writer, name: str, element: Scalar) -> None:
    test = CHECKS.get(element.proto, "type(x) is float or (type(x) is int and -WHOLE <= x <= WHOLE)")
    if element.const is not None:
        test = f"type(x) is {type(element.const).__name__} and x == {literal(element.const)}"
    with w.block(f"if {test}:"):
        w.line(assignment("message", name, "x"))
        if element.proto == "double":
            with w.block("if type(x) is float and x.is_integer():"):
                w.line("message.unknown_json = to_text(x)")
        w.line("return")


def _objects(w: Writer, alternatives: Sequence[Alternative]) -> None:
    members = list(dict.fromkeys(member for a in alternatives for member, _ in a.tags))
    tags = {member: f"tag{index or ''}" for index, member in enumerate(members)}
    for member, name in tags.items():
        w.line(f"{name} = x.get({literal(member)})")
    for alternative in alternatives:
        tests = [_among(tags[member], values) for member, values in alternative.tags]
        tests += [f"{literal(key)} in x" for key in alternative.required_keys]
        tests += [f"{literal(key)} not in x" for key in alternative.foreign_keys]
        if not tests:
            _fill(w, alternative)
            return
        with w.block(f"if {' and '.join(tests)}:"):
            _fill(w, alternative)


def _among(name: str, values: Sequence[TagValue]) -> str:
    """The test that a tag has one of these values; a number is no truth value."""
    tests = [f"{name} is None"] if None in values else []
    for kind in dict.fromkeys(type(v) for v in values if v is not None):
        same = [literal(v) for v in values if type(v) is kind]
        test = f"{name} == {same[0]}" if len(same) == 1 else f"{name} in ({', '.join(same)})"
        tests.append(test if kind is str else f"type({name}) is {kind.__name__} and {test}")
    return tests[0] if len(tests) == 1 and " and " not in tests[0] else f"({' or '.join(tests)})"


def _fill(w: Writer, alternative: Alternative) -> None:
    if isinstance(alternative.element, MessageRef):
        w.line(f"{attribute('message', alternative.name)}.SetInParent()")
        w.line(f"to_{alternative.element.name}(x, {attribute('message', alternative.name)})")
        w.line("return")


def read_union(w: Writer, message: UnionMessage) -> None:
    """`from_X` of a union."""
    place = f"{message.name}.unknown_json"
    with w.block(f"def from_{message.name}(message: Any) -> Any:"):
        if message.alternatives:
            w.line(f'which = message.WhichOneof("{CHOICE}")')
        for alternative in message.alternatives:
            with w.block(f"if which == {literal(alternative.name)}:"):
                field = attribute("message", alternative.name)
                if isinstance(alternative.element, JsonText):
                    w.line(f"return from_text({field}, {literal(f'{message.name}.{alternative.name}')})")
                elif isinstance(alternative.element, MessageRef):
                    value = f"from_{alternative.element.name}({field})"
                    wrapped = w.kind(alternative.element.name) == "wrapper"
                    w.line(f"return respelled({value}, message, {literal(place)})" if wrapped else f"return {value}")
                elif alternative.element.proto == "double":
                    w.line(f"return respelled(number({field}), message, {literal(place)})")
                else:
                    w.line(f"return {field}")
        with w.block("if not message.unknown_json:"):
            w.line(f'raise CodecError("{message.name} is empty: one of its fields must be set")')
        w.line(f"return from_text(message.unknown_json, {literal(place)})")


def write_wrapper(w: Writer, message: ListMessage | MapMessage | ValueMessage) -> None:
    """`to_X` of a wrapper."""
    with w.block(f"def to_{message.name}(x: Any, message: Any) -> int:"):
        if isinstance(message, ValueMessage):
            _write_value(w, message)
            return
        label = Label.REPEATED if isinstance(message, ListMessage) else Label.MAP
        kind, values = ("list", "x") if label is Label.REPEATED else ("dict", "x.values()")
        place = "message.items" if label is Label.REPEATED else "message.entries"
        with w.block(f"if type(x) is not {kind}{'' if label is Label.REPEATED else ' or not strings(x)'}:"):
            w.line("return NOT")
        w.line("message.SetInParent()")
        element = message.element
        if isinstance(element, Scalar):
            w.line(f"fit = {ALL[element.proto]}({values})")
            with w.block("if fit != NOT:"):
                w.line(f"{place}.{'extend' if label is Label.REPEATED else 'update'}(x)")
            w.line("return fit")
        elif isinstance(element, MessageRef):
            _write_items(w, element, label, values, place)


def _write_items(w: Writer, element: MessageRef, label: Label, values: str, place: str) -> None:
    kind = w.kind(element.name)
    if kind == "object":
        with w.block(f"if not objects({values}):"):
            w.line("return NOT")
    each = "for item in x:" if label is Label.REPEATED else "for name, item in x.items():"
    target = f"{place}.add()" if label is Label.REPEATED else f"{place}[name]"
    call = f"to_{element.name}(item, {target})"
    if kind != "wrapper":
        with w.block(each):
            w.line(call)
        w.line("return EXACTLY")
        return
    w.line("fit = EXACTLY")
    with w.block(each):
        w.line(f"fit = worse(fit, {call})")
    w.line("return fit")


def _write_value(w: Writer, message: ValueMessage) -> None:
    w.line("message.SetInParent()")
    with w.block("if x is None:"):
        w.line("return EXACTLY")
    match message.element:
        case JsonText():
            w.line("message.value = to_text(x)")
            w.line("return EXACTLY")
        case Scalar(proto=proto):
            w.line(f"fit = {ALL[proto]}((x,))")
            with w.block("if fit != NOT:"):
                w.line("message.value = x")
            w.line("return fit")
        case MessageRef(name=name):
            kind = w.kind(name)
            if kind == "wrapper":
                w.line(f"return to_{name}(x, message.value)")
                return
            if kind == "object":
                with w.block("if type(x) is not dict:"):
                    w.line("return NOT")
                w.line("message.value.SetInParent()")
            w.line(f"to_{name}(x, message.value)")
            w.line("return EXACTLY")


def read_wrapper(w: Writer, message: ListMessage | MapMessage | ValueMessage) -> None:
    """`from_X` of a wrapper."""
    with w.block(f"def from_{message.name}(message: Any) -> Any:"):
        element = message.element
        if isinstance(message, ValueMessage):
            with w.block('if not message.HasField("value"):'):
                w.line("return None")
            w.line(f"return {_one(element, 'message.value', f'{message.name}.value')}")
        elif isinstance(message, ListMessage):
            plain = isinstance(element, Scalar) and element.proto != "double"
            items = "list(message.items)" if plain else f"[{_one(element, 'x', message.name)} for x in message.items]"
            w.line(f"return {items}")
        else:
            value = _one(element, "message.entries[name]", message.name)
            w.line(f"return {{name: {value} for name in message.entries}}")


def _one(element: Scalar | JsonText | MessageRef, place: str, name: str) -> str:
    if isinstance(element, JsonText):
        return f"from_text({place}, {literal(name)})"
    if isinstance(element, MessageRef):
        return f"from_{element.name}({place})"
    return f"number({place})" if element.proto == "double" else place
