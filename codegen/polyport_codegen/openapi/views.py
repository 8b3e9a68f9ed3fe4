"""A schema seen as one flat set of keywords: `allOf` and annotated `$ref`s are merged into it.

Every nested schema keeps the place that it came from, since a relative `$ref` means something only there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..diagnostics import Origin
from ..ir.types import NO_CONSTRAINTS, Constraints, Docs
from ..load.document import Document
from ..values import Json
from .html import prose
from .keywords import DESCRIBING, one_pattern
from .meeting import Finding, meet_scalars, meet_types, meet_values, settle

#: A schema and where it stands.
Located = tuple[Json, Origin]

#: The schemas that a view is merged of, and the choices that it leaves open.
Key = tuple[frozenset[Origin], frozenset[Origin]]

_VALIDATION = frozenset({"required", "not", "minProperties", "maxProperties", "dependentRequired"})


def keywords(node: Json) -> set[str]:
    """The shaping keywords of a schema: no annotations, no extensions."""
    return {k for k in node.keys() - DESCRIBING if k[:2] != "x-"} if isinstance(node, dict) else set()


def is_validation_only(node: Json) -> bool:
    """Whether a branch such as `{required: [a]}` says something of presence and nothing of shape."""
    found = keywords(node)
    if isinstance(node, dict) and found and found <= _VALIDATION | {"type", "anyOf", "oneOf", "allOf"}:
        branches = [b for k in ("anyOf", "oneOf", "allOf") for b in items_of(node.get(k))]
        only_validates = bool(found & _VALIDATION) or bool(branches)
        return only_validates and node.get("type") in (None, "object") and all(is_validation_only(b) for b in branches)
    return False


def ref_of(node: Json, origin: Origin) -> tuple[str, Origin] | None:
    """The `$ref` of a schema and where it stands. A `$dynamicRef` is read as a `$ref`: it stands in no schema that
    another one extends, as far as a document of an API tells (JSON Schema 2020-12, section 8.2.3.2)."""
    if isinstance(node, dict):
        for key in ("$ref", "$dynamicRef"):
            if isinstance(ref := node.get(key), str):
                return ref, origin.child(key)
    return None


def items_of(value: Json) -> list[Json]:
    """A list member, or nothing when it is absent or of another type."""
    return value if isinstance(value, list) else []


@dataclass(slots=True)
class View:
    """The merged keywords of a schema. Lists of `Located` keep every part; the last scalar keyword wins."""

    origin: Origin
    types: frozenset[str] | None = None
    null: bool = False
    properties: dict[str, list[Located]] = field(default_factory=dict)
    required: dict[str, None] = field(default_factory=dict)
    #: What each part says of the members that it does not list.
    additional: list[Located] = field(default_factory=list)
    closed: bool = False
    items: list[Located] = field(default_factory=list)
    #: The items that stand at a position of their own.
    prefix: list[Located] = field(default_factory=list)
    enum: list[Json] | None = None
    const: list[Json] = field(default_factory=list)
    #: One list for each `oneOf`/`anyOf`.
    choices: list[list[Located]] = field(default_factory=list)
    #: The member that tells, what its values mean, where that stands, and what any other value means (OpenAPI 3.2).
    discriminator: tuple[str, dict[str, str], Origin, str] | None = None
    keywords: set[str] = field(default_factory=set)
    #: All schemas that are merged here, by where they stand.
    merged: dict[Origin, dict[str, Json]] = field(default_factory=dict)
    #: Those of them that say anything of shape: two views of the same parts are the same schema.
    parts: set[Origin] = field(default_factory=set)
    #: Whether it is a choice of nothing but itself.
    endless: bool = False
    #: Whether some of it stands elsewhere, behind a `$ref`.
    referred: bool = False
    scalars: dict[str, Json] = field(default_factory=dict)
    #: Where it contradicts itself.
    findings: list[Finding] = field(default_factory=list)

    def copy(self, *, choices: list[list[Located]]) -> View:
        """The same view with other choices; nothing is shared with the original."""
        return replace(
            self,
            properties={k: list(v) for k, v in self.properties.items()},
            required=dict(self.required),
            additional=list(self.additional),
            items=list(self.items),
            prefix=list(self.prefix),
            const=list(self.const),
            choices=[list(c) for c in choices],
            keywords=set(self.keywords),
            merged=dict(self.merged),
            parts=set(self.parts),
            scalars=dict(self.scalars),
            findings=list(self.findings),
            discriminator=self.discriminator if choices else None,
        )

    @property
    def key(self) -> Key:
        """What it consists of: two views with the same key are the same schema."""
        return frozenset(self.parts), frozenset(branch for choice in self.choices for _, branch in choice)

    @property
    def has_shape(self) -> bool:
        """Whether it says more than a choice: members, items or values."""
        return bool(self.properties or self.items or self.prefix or self.enum or self.const or self.additional)

    @property
    def docs(self) -> Docs:
        """What the schema says for people."""
        return docs_of(self.scalars)

    @property
    def constraints(self) -> Constraints:
        """The validation keywords that stay with a type."""
        s = self.scalars
        if s.keys().isdisjoint(_LIMITS):
            return NO_CONSTRAINTS
        return Constraints(
            minimum=_number(s.get("minimum")),
            maximum=_number(s.get("maximum")),
            exclusive_minimum=_number(s.get("exclusiveMinimum")),
            exclusive_maximum=_number(s.get("exclusiveMaximum")),
            multiple_of=_number(s.get("multipleOf")),
            min_length=_count(s.get("minLength")),
            max_length=_count(s.get("maxLength")),
            pattern=text(s.get("pattern")) or None,
            min_items=_count(s.get("minItems")),
            max_items=_count(s.get("maxItems")),
            unique_items=s.get("uniqueItems") is True,
        )


#: The keywords that `View.constraints` reads.
_LIMITS = frozenset(
    """
    minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern minItems maxItems uniqueItems
    """.split()
)


def docs_of(scalars: Mapping[str, Json]) -> Docs:
    """What the members of a schema that hold no schemas say for people."""
    examples = [*items_of(scalars.get("examples"))]
    if "example" in scalars:
        examples.append(scalars["example"])
    return Docs(
        description=prose(scalars.get("description")),
        deprecated=scalars.get("deprecated") is True,
        deprecation=text(scalars.get("x-deprecated-message")),
        examples=tuple(examples),
    )


def text(value: Json) -> str:
    """A text member, or empty when it is absent or of another type."""
    return value if isinstance(value, str) else ""


def label(value: Json) -> str:
    """A text member that may look like a number and then be written without quotes, as in `version: 1.0`."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else text(value)


def _number(value: Json) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _count(value: Json) -> int | None:
    if isinstance(value, float) and value.is_integer():  # an integer, as JSON Schema has it
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def view_of(document: Document, located: Located) -> View:
    """The merged view of one schema; an empty one, reported, when more schemas build on each other than can be followed."""
    view = View(located[1])
    try:
        extend(document, view, located)
    except RecursionError:
        document.diagnostics.warn(
            "too-deep",
            "thousands of schemas build on each other",
            located[1],
            "Give it fewer parents; until then it is any JSON value.",
        )
        return View(located[1])
    settle(view)
    return view


def extend(document: Document, view: View, located: Located) -> None:
    """Merge one more schema into a view. What is merged already counts once: so circles of `allOf` and `$ref` end, and
    what is inherited twice stays what it is."""
    node, origin = located
    if node is False:
        view.findings.append(Finding("a part of the schema allows nothing", origin, "Take it out: it is left out."))
    elif not isinstance(node, dict | bool):
        view.findings.append(Finding("this is no schema", origin, "It is left out: write an object.", "malformed"))
    if not isinstance(node, dict) or origin in view.merged:
        return
    view.merged[origin] = node
    if (ref := ref_of(node, origin)) is not None:
        view.referred = True
        extend(document, view, document.follow(*ref))
    for index, part in enumerate(items_of(node.get("allOf"))):
        extend(document, view, (part, origin.child("allOf", index)))
    shaping = keywords(node)
    if shaping - _REFERRING:
        view.parts.add(origin)
    view.keywords |= shaping
    meet_types(view, node, origin)
    meet_values(view, node, origin)
    _members(view, node, origin)
    for key in ("oneOf", "anyOf"):
        if key in node and (branches := _branches(document, view, node, origin, key)):
            view.choices.append(branches)
    if isinstance(tag := node.get("discriminator"), dict) and isinstance(name := tag.get("propertyName"), str):
        mapping = tag.get("mapping")
        pairs = {k: v for k, v in mapping.items() if isinstance(v, str)} if isinstance(mapping, dict) else {}
        others = text(tag.get("defaultMapping"))
        view.discriminator = (name, pairs, origin.child("discriminator", "mapping"), others)
    meet_scalars(view, scalars(node), origin)


def scalars(node: dict[str, Json]) -> dict[str, Json]:
    """The members of a schema that hold no schemas: docs, limits, marks."""
    return {key: value for key, value in node.items() if key not in _STRUCTURE}


_REFERRING = frozenset({"$ref", "$dynamicRef", "allOf"})


def _branches(document: Document, view: View, node: dict[str, Json], origin: Origin, key: str) -> list[Located]:
    """The choices that are left: none when one of them is merged here already (a child that refers to its parent, whose
    choices are its children), and never the schema itself."""
    branches: list[Located] = []
    for index, branch in enumerate(items_of(node.get(key))):
        place = origin.child(key, index)
        if (ref := ref_of(branch, place)) is not None:
            target = document.follow(*ref)[1]
            if target == origin:
                continue
            if target in view.merged:
                return []
        branches.append((branch, place))
    view.endless = view.endless or (not branches and bool(items_of(node.get(key))))
    return branches


_STRUCTURE = frozenset(
    {
        "$ref",
        "$dynamicRef",
        "prefixItems",
        "unevaluatedProperties",
        "allOf",
        "anyOf",
        "oneOf",
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "enum",
        "const",
        "discriminator",
        "patternProperties",
    }
)


def _members(view: View, node: dict[str, Json], origin: Origin) -> None:
    if isinstance(properties := node.get("properties"), dict):
        for name, schema in properties.items():
            view.properties.setdefault(name, []).append((schema, origin.child("properties", name)))
    if "required" in node:
        view.required.update((name, None) for name in items_of(node["required"]) if isinstance(name, str))
    if not _OTHERS.isdisjoint(node):
        _others(view, node, origin)
    if isinstance(items := node.get("items"), dict | bool):
        view.items.append((items, origin.child("items")))
    for key in ("prefixItems", "items"):  # `items` with a list is what prefixItems was before 2020-12
        if isinstance(positions := node.get(key), list):
            view.prefix.extend((item, origin.child(key, i)) for i, item in enumerate(positions))


_OTHERS = frozenset({"additionalProperties", "unevaluatedProperties", "patternProperties"})


def _others(view: View, node: dict[str, Json], origin: Origin) -> None:
    """What it says of the members that it does not list."""
    additional, place = node.get("additionalProperties"), origin.child("additionalProperties")
    if additional is None:
        additional, place = node.get("unevaluatedProperties"), origin.child("unevaluatedProperties")
    if isinstance(patterns := node.get("patternProperties"), dict) and patterns:
        pattern, schema = next(iter(patterns.items()))
        if not one_pattern(node):
            additional = True
        elif additional is None or additional is False:
            additional, place = schema, origin.child("patternProperties", pattern)
    if additional is False:
        view.closed = True
    elif isinstance(additional, dict) and keywords(additional):
        view.additional.append((additional, place))
    elif additional is True or isinstance(additional, dict):
        view.keywords.add("additionalProperties")
