"""Constants and enums: known values of scalars, with the names and words that the document gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..diagnostics import Diagnostics
from ..ir.types import AnyJson, Const, Docs, EnumDecl, EnumMember, Kind, Primitive, Type
from ..ir.words import words_of
from ..values import Json
from .places import Place
from .value_extensions import members
from .views import View


def constant(view: View, value: Json, diagnostics: Diagnostics) -> Type:
    """`const: value`."""
    if isinstance(value, str | int | float):
        return Const(value)
    if value is not None:
        diagnostics.warn("const", "a const that is an object or array is not checked", view.origin, "It is raw JSON.")
    return AnyJson("null only" if value is None else "const of a structure")


def enum(view: View, values: Sequence[Json], place: Place, diagnostics: Diagnostics) -> Type | EnumDecl:
    """`enum: [a, b]`: an open enum; a constant, where it is inline and has one value."""
    known = [v for v in values if v is not None]
    if not known:
        return AnyJson("null only")
    if all(isinstance(v, bool) for v in known):
        return Const(known[0]) if len(set(map(bool, known))) == 1 else Primitive(Kind.BOOLEAN)  # type: ignore[arg-type]
    if len(known) == 1 and place.inline and isinstance(known[0], str | int | float):
        return Const(known[0])
    if all(isinstance(v, str) for v in known):
        kind = Kind.STRING
    elif all(isinstance(v, int | float) and not isinstance(v, bool) for v in known):
        kind = Kind.INTEGER if all(isinstance(v, int) for v in known) else Kind.NUMBER
    else:
        diagnostics.warn(
            "mixed-enum", "an enum with values of several types", view.origin, "It is used as any JSON value."
        )
        return AnyJson("enum of several types")
    return declared(view, kind, known, place)


def declared(
    view: View,
    kind: Kind,
    values: Sequence[Json],
    place: Place,
    said: Mapping[str | int | float, tuple[str, Docs]] | None = None,
) -> EnumDecl:
    """The declaration of an enum's known values; `said`: names and docs that stand beside single ones."""
    known: list[EnumMember] = []
    for value in dict.fromkeys(v for v in values if isinstance(v, str | int | float)):
        title, docs = (said or {}).get(value, ("", Docs()))
        known.append(EnumMember(value, words_of(title or str(value)), docs))
    return EnumDecl(
        place.id,
        place.words,
        kind,
        members(tuple(known), {**view.scalars, "enum": list(values)}),
        view.scalars.get("default"),
        view.docs,
        context=place.context,
        inline=place.inline,
        origin=view.origin,
    )
