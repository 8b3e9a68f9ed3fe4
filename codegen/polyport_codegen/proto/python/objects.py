"""Writes the codec functions of objects: `to_X(value, message)` and `from_X(message)`, straight-line code.

Model in:  the message of an object with a required string `text` and a nullable number `rate`.
Code out:

    def to_Part(value: dict[str, Any], message: Any) -> None:
        rest = dict(value)
        x = rest.get("text")
        if type(x) is str and (x.isascii() or encodable(x)):
            message.text = x
            del rest["text"]
        ...
        if rest:
            message.unknown_json = to_text(rest)
"""

from __future__ import annotations

import keyword
from collections.abc import Sequence

from ..model import Element, JsonText, Label, MessageRef, ProtoField, Scalar
from .writer import Writer, literal

#: How a single scalar `x` is checked.
CHECKS = {
    "string": "type(x) is str and (x.isascii() or encodable(x))",
    "int64": "type(x) is int and LEAST <= x <= MOST",
    "bool": "type(x) is bool",
    "bytes": "type(x) is bytes",
}

#: How many scalars are checked.
ALL = {"string": "strings", "int64": "integers", "double": "numbers", "bool": "booleans", "bytes": "binaries"}


def attribute(target: str, name: str) -> str:
    """Access to a field, also when its name is a keyword of Python."""
    return f"getattr({target}, {literal(name)})" if keyword.iskeyword(name) else f"{target}.{name}"


def assignment(target: str, name: str, value: str) -> str:
    """Set a scalar field."""
    if keyword.iskeyword(name):
        return f"setattr({target}, {literal(name)}, {value})"
    return f"{target}.{name} = {value}"


def write_members(w: Writer, fields: Sequence[ProtoField], *, spelled: bool = True) -> None:
    """JSON members -> fields. Takes from the dict `rest` what fields can carry, and leaves the others there.

    `spelled`: a number that would come back spelled differently (1.0 as 1) is left as well, since the rest goes along.
    """
    for field in fields:
        key = literal(field.wire_name)
        if _takes_anything(w, field):
            w.line(f"x = rest.pop({key}, ABSENT)")
            with w.block("if x is not ABSENT:"):
                _write_anything(w, field)
            continue
        w.line(f"x = rest.get({key}{', ABSENT' if field.null_name else ''})")
        if field.null_name:
            with w.block("if x is None:"):
                w.line(assignment("message", field.null_name, "True"))
                w.line(f"del rest[{key}]")
            w.chain = "elif"
        if field.label is Label.SINGLE:
            _write_single(w, field, f"del rest[{key}]", spelled)
        else:
            _write_many(w, field, f"del rest[{key}]", spelled)


def _takes_anything(w: Writer, field: ProtoField) -> bool:
    """Whether every JSON value fits: free JSON, and unions (which keep what they do not know)."""
    element = field.element
    union = isinstance(element, MessageRef) and w.kind(element.name) == "union"
    return field.label is Label.SINGLE and not field.null_name and (union or isinstance(element, JsonText))


def _write_anything(w: Writer, field: ProtoField) -> None:
    if isinstance(field.element, MessageRef):
        w.line(f"to_{field.element.name}(x, {attribute('message', field.name)})")
    else:
        w.line(assignment("message", field.name, "to_text(x)"))


def _write_many(w: Writer, field: ProtoField, done: str, spelled: bool) -> None:
    kind, source = ("list", "x") if field.label is Label.REPEATED else ("dict", "x.values()")
    fits = f"type(x) is {kind}" + ("" if field.required else " and x")
    if field.label is Label.MAP:
        fits += " and strings(x)"
    element = field.element
    if isinstance(element, MessageRef):
        _write_messages(w, field, element, fits, source, done, spelled)
    elif isinstance(element, Scalar):
        fill = f"{attribute('message', field.name)}.{'extend' if field.label is Label.REPEATED else 'update'}(x)"
        number = spelled and element.proto == "double"
        test = f"(fit := numbers({source}))" if number else f"{ALL[element.proto]}({source})"
        with w.block(f"{w.take()} {fits} and {test}:"):
            w.line(fill)
            if number:
                with w.block("if fit == EXACTLY:"):
                    w.line(done)
            else:
                w.line(done)


def _write_messages(
    w: Writer, field: ProtoField, element: MessageRef, fits: str, source: str, done: str, spelled: bool
) -> None:
    kind = w.kind(element.name)
    each, target = ("for item in x:", "items.add()")
    if field.label is Label.MAP:
        each, target = ("for name, item in x.items():", "items[name]")
    call = f"to_{element.name}(item, {target})"
    with w.block(f"{w.take()} {fits}{f' and objects({source})' if kind == 'object' else ''}:"):
        w.line(f"items = {attribute('message', field.name)}")
        if kind != "wrapper":
            with w.block(each):
                w.line(call)
            w.line(done)
            return
        w.line("fit = EXACTLY")
        with w.block(each):
            w.line(f"fit = worse(fit, {call})")
        with w.block("if fit == EXACTLY:" if spelled else "if fit != NOT:"):
            w.line(done)
        with w.block("elif fit == NOT:" if spelled else "else:"):
            w.line(f"message.ClearField({literal(field.name)})")


def _write_single(w: Writer, field: ProtoField, done: str, spelled: bool) -> None:
    place = attribute("message", field.name)
    match field.element:
        case Scalar(proto="double"):
            with w.block(f"{w.take()} type(x) is float or (type(x) is int and -WHOLE <= x <= WHOLE):"):
                w.line(assignment("message", field.name, "x"))
                if spelled:
                    with w.block("if not (type(x) is float and x.is_integer()):"):
                        w.line(done)
                else:
                    w.line(done)
        case Scalar(proto=proto):
            with w.block(f"{w.take()} {CHECKS[proto]}:"):
                w.line(assignment("message", field.name, "x"))
                w.line(done)
        case MessageRef(name=other) if w.kind(other) == "union":
            with w.block(f"{w.take()} x is not ABSENT:"):
                w.line(f"to_{other}(x, {place})")
                w.line(done)
        case MessageRef(name=other):
            with w.block(f"{w.take()} type(x) is dict:"):
                w.line(f"{place}.SetInParent()")
                w.line(f"to_{other}(x, {place})")
                w.line(done)


def read_members(w: Writer, fields: Sequence[ProtoField], message: str, target: str, *, fills: bool) -> None:
    """Fields -> JSON members of the dict `target`. `message` is the message's name, for errors."""
    for field in fields:
        key = literal(field.wire_name)
        place = attribute("message", field.name)
        if field.label is Label.SINGLE:
            with w.block(f"if message.HasField({literal(field.name)}):"):
                w.line(f"{target}[{key}] = {_read_single(w, field.element, place, f'{message}.{field.name}')}")
            constant = field.element.const if isinstance(field.element, Scalar) else None
            _read_null(w, field, f"{target}[{key}]")
            if fills and field.required and constant is not None and not field.null_name:
                with w.block("else:"):
                    w.line(f"{target}[{key}] = {literal(constant)}")
            continue
        value = _read_many(w, field, "items")
        if field.required and not field.null_name:
            w.line(f"items = {place}")
            w.line(f"{target}[{key}] = {value}")
        else:
            w.line(f"items = {place}")
            with w.block("if items:"):
                w.line(f"{target}[{key}] = {value}")
            _read_null(w, field, f"{target}[{key}]")
            if field.required:
                with w.block("else:"):
                    w.line(f"{target}[{key}] = {'[]' if field.label is Label.REPEATED else '{}'}")


def _read_null(w: Writer, field: ProtoField, target: str) -> None:
    if field.null_name:
        with w.block(f"elif {attribute('message', field.null_name)}:"):
            w.line(f"{target} = None")


def _read_single(w: Writer, element: Element, place: str, name: str) -> str:
    match element:
        case JsonText():
            return f"from_text({place}, {literal(name)})"
        case Scalar(proto="double"):
            return f"number({place})"
        case Scalar():
            return place
        case MessageRef(name=other):
            return f"from_{other}({place})"


def _read_many(w: Writer, field: ProtoField, items: str) -> str:
    element = field.element
    if field.label is Label.MAP:
        if isinstance(element, MessageRef):
            return f"{{name: from_{element.name}({items}[name]) for name in {items}}}"
        if isinstance(element, Scalar) and element.proto == "double":
            return f"{{name: number(x) for name, x in {items}.items()}}"
        return f"dict({items})"
    if isinstance(element, MessageRef):
        return f"[from_{element.name}(x) for x in {items}]"
    if isinstance(element, Scalar) and element.proto == "double":
        return f"[number(x) for x in {items}]"
    return f"list({items})"
