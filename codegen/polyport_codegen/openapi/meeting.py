"""What several schemas say of one value, taken together: what is in all of them, and where nothing is.

All parts of an `allOf` hold (JSON Schema 2020-12, section 10.2.1.1), so types, values and limits meet. Where they leave
nothing, the last part counts and a finding says so: a document that contradicts itself means the part that was written
for this very place. Values that are not of their own schema's type are read as that type where they can be.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..diagnostics import Origin
from ..values import Json

if TYPE_CHECKING:
    from .views import View


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a schema's own words, where, and the way out."""

    message: str
    origin: Origin
    hint: str
    code: str = "contradiction"


_LAST = "Correct one of them; until then the last one counts."
_AT_LEAST = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems"})
_AT_MOST = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems"})
#: Keywords of which several may stand in the parts of one schema.
LIMITS = _AT_LEAST | _AT_MOST | {"multipleOf", "format", "pattern", "uniqueItems"}
_RANGES = (
    ("minimum", "maximum", False),
    ("exclusiveMinimum", "exclusiveMaximum", True),
    ("minimum", "exclusiveMaximum", True),
    ("exclusiveMinimum", "maximum", True),
    ("minLength", "maxLength", False),
    ("minItems", "maxItems", False),
)
_INTEGERS = ("int8", "int16", "int32", "int64")
#: Beyond it a float does not tell which integer it is.
_EXACT = 2**53


def same(one: Json, other: Json) -> bool:
    """Whether two JSON values are equal: 1 is 1.0, and not true."""
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def _among(value: Json, values: Sequence[Json]) -> bool:
    return any(same(value, one) for one in values)


# -- one more part -----------------------------------------------------------------------------------------------------


def type_names(node: dict[str, Json]) -> list[str]:
    """The types that a schema lists. YAML reads `null` without quotes as null itself, which means the type here."""
    said = node.get("type")
    if isinstance(said, list):
        return ["null" if name is None else name for name in said if name is None or isinstance(name, str)]
    if said is None and node.keys() == {"type"}:
        return ["null"]
    return [said] if isinstance(said, str) else []


def is_null(node: Json) -> bool:
    """Whether null is all that a schema allows, as far as it says so itself."""
    return isinstance(node, dict) and (
        type_names(node) == ["null"] or node.get("enum") == [None] or ("const" in node and node["const"] is None)
    )


def meet_types(view: View, node: dict[str, Json], origin: Origin) -> None:
    """Take the types that another part allows."""
    names = type_names(node)
    if not names:
        return
    null = "null" in names and (view.types is None or view.null)
    rest = frozenset(n for n in names if n != "null")
    if view.types is None:
        view.types, view.null = rest, null
        return
    common = common_types(view.types, rest)
    if not common and not null:
        before = sorted(view.types) + ["null"] * view.null
        words = " and ".join(f"`{' or '.join(types)}`" for types in (before, names))
        view.findings.append(Finding(f"no value is of the types {words} at once", origin.child("type"), _LAST))
    view.types, view.null = common or rest, null or (not common and not rest)


def common_types(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """The types that are in both; every integer is a number (JSON Schema 2020-12, validation, 6.1.1)."""
    wide = {"number", "integer"}
    shared = one & other
    if "number" not in shared and one & wide and other & wide:
        shared |= {"integer"}
    return shared


def meet_values(view: View, node: dict[str, Json], origin: Origin) -> None:
    """Take the values that another part allows."""
    if isinstance(values := node.get("enum"), list) and values:
        kept = [v for v in view.enum if _among(v, values)] if view.enum is not None else values
        if not kept:
            view.findings.append(
                Finding("no value is among all lists of values that count here", origin.child("enum"), _LAST)
            )
        view.enum = kept or values
    if "const" in node:
        if view.const and not same(view.const[0], node["const"]):
            view.findings.append(
                Finding(f"no value is {view.const[0]!r} and {node['const']!r} at once", origin.child("const"), _LAST)
            )
        view.const = [node["const"]]


def meet_scalars(view: View, said: dict[str, Json], origin: Origin) -> None:
    """Take the docs, marks and limits of another part; of limits those that forbid more."""
    for key in LIMITS & view.scalars.keys() & said.keys():
        old, new = view.scalars[key], said[key]
        if same(old, new):
            continue
        if key == "uniqueItems":
            said = {**said, key: old is True or new is True}
        elif key in ("format", "pattern"):
            said = {**said, key: _text(view, key, old, new, origin)}
        elif (one := _number(old)) is not None and (other := _number(new)) is not None:
            said = {**said, key: _limit(view, key, one, other, origin)}
    view.scalars |= said


def _text(view: View, key: str, old: Json, new: Json, origin: Origin) -> Json:
    if key == "pattern":
        hint = "Write them as one pattern."
        view.findings.append(Finding("of several patterns only the last is kept", origin.child(key), hint, "unchecked"))
    elif isinstance(old, str) and isinstance(new, str) and old and new:
        if old in _INTEGERS and new in _INTEGERS:
            return min(old, new, key=_INTEGERS.index)
        view.findings.append(Finding(f"a value has the formats {old!r} and {new!r} at once", origin.child(key), _LAST))
    return new


def _limit(view: View, key: str, old: float, new: float, origin: Origin) -> float:
    if key == "multipleOf":
        if isinstance(old, int) and isinstance(new, int) and old and new:
            return math.lcm(old, new)
        hint = "Write one number that holds for both."
        view.findings.append(
            Finding("of several `multipleOf` only the last is kept", origin.child(key), hint, "unchecked")
        )
        return new
    return max(old, new) if key in _AT_LEAST else min(old, new)


def _number(value: Json) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


# -- all of them -------------------------------------------------------------------------------------------------------


def settle(view: View) -> None:
    """Hold a merged schema's values, default and limits to what it says otherwise. Doing it again changes nothing."""
    types = view.types
    if view.enum is not None and types:
        view.enum = _of_type(view, view.enum, types, "enum")
    if view.const and view.const[0] is not None:
        if types:
            view.const = _of_type(view, view.const, types, "const")
        if view.enum is not None and not _among(view.const[0], view.enum):
            place = view.origin.child("const")
            view.findings.append(Finding(f"the constant {view.const[0]!r} is none of the values", place, _CONST))
    if view.scalars.get("default") is not None:
        _default(view)
    for low, high, strict in _RANGES:
        if low in view.scalars and high in view.scalars:
            _range(view, low, high, strict)


_CONST = "Correct one of them; until then the constant counts."


def _of_type(view: View, values: list[Json], types: frozenset[str], key: str) -> list[Json]:
    """The values as what the type says: a number in a text, `1` written for `"1"`. What is of another type altogether
    is left out where others stay, and else stays itself."""
    read = [value if value is None or fits(value, types) else converted(value, types) for value in values]
    if all(one is other for one, other in zip(read, values, strict=True)):
        return [_exact(value, types) for value in values]
    if all(one is None for one, value in zip(read, values, strict=True) if value is not None):
        if types != frozenset({"array"}):  # reported where it is read
            wrong = next(value for value in values if value is not None)
            message = f"{wrong!r} is not of the type {' or '.join(sorted(types))}"
            view.findings.append(
                Finding(message, view.origin.child(key), "Correct the type or the value: the value counts.")
            )
            view.types = None
        return values
    pairs = [(value, one) for value, one in zip(values, read, strict=True) if one is not value]
    value, one = pairs[0]
    others = f" (nor are {len(pairs) - 1} more)" if len(pairs) > 1 else ""
    message = f"{value!r} is not of the type {' or '.join(sorted(types))}{others}"
    view.findings.append(Finding(message, view.origin.child(key), _read_as(value, one)))
    kept: list[Json] = []
    for one, value in zip(read, values, strict=True):
        if (one is not None or value is None) and not _among(one, kept):
            kept.append(_exact(one, types))
    return kept


def fits(value: Json, types: frozenset[str]) -> bool:
    """Whether a value is of one of the types (JSON Schema 2020-12, validation, 6.1.1)."""
    if isinstance(value, bool):
        found: set[str] = {"boolean"}
    elif isinstance(value, int | float):
        found = {"number", "integer"} if isinstance(value, int) or value.is_integer() else {"number"}
    elif isinstance(value, str):
        found = {"string", "file"}
    else:
        found = {"array" if isinstance(value, list) else "object" if isinstance(value, dict) else "null"}
    return bool(found & types) or not types <= _NAMES


_NAMES = frozenset({"string", "integer", "number", "boolean", "array", "object", "null", "file"})


def converted(value: Json, types: frozenset[str]) -> Json:
    """The value of the type that was meant: `"1"` where an integer stands, `1` where a text does. None: there is none."""
    if types == {"string"} and isinstance(value, int | float):
        return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    if not isinstance(value, str):
        return None
    if types == {"boolean"}:
        return {"true": True, "false": False}.get(value.lower())
    if types and types <= {"integer", "number"}:
        try:
            number = float(value)
            whole = number.is_integer() and abs(number) < _EXACT
        except (ValueError, OverflowError):
            return None
        if not math.isfinite(number) or "_" in value:
            return None
        return int(number) if whole else None if types == {"integer"} else number
    return None


def _read_as(value: Json, read: Json) -> str:
    """The way out for a value that is not of its type. A number without quotes may have lost how it was written: 1.10."""
    if read is None:
        return "It is left out: correct it."
    lost = isinstance(read, str) and not isinstance(value, bool)
    return f"It is read as {read!r}: {'put what is meant in quotes' if lost else 'write it so'}."


def _exact(value: Json, types: frozenset[str]) -> Json:
    """1 for 1.0 where it is an integer."""
    if isinstance(value, float) and "number" not in types and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value


def _default(view: View) -> None:
    value, types = view.scalars["default"], view.types
    place = view.origin.child("default")
    if types and not fits(value, types):
        read = converted(value, types)
        message = f"the default {value!r} is not of the type {' or '.join(sorted(types))}"
        view.findings.append(Finding(message, place, _read_as(value, read)))
        view.scalars["default"] = value = read
    elif types:
        view.scalars["default"] = value = _exact(value, types)
    values = view.const or view.enum
    if value is not None and values and not isinstance(value, list) and not _among(value, values):
        view.findings.append(Finding(f"the default {value!r} is none of the values", place, "Add it to them."))


def _range(view: View, low: str, high: str, strict: bool) -> None:
    least, most = _number(view.scalars[low]), _number(view.scalars[high])
    if least is None or most is None or least < most or (least == most and not strict):
        return
    message = f"no value is between `{low}: {least}` and `{high}: {most}`"
    view.findings.append(Finding(message, view.origin.child(low), "Correct one of them: neither is kept."))
    del view.scalars[low], view.scalars[high]
