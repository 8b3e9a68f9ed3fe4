"""A schema seen as one flat set of keywords: `allOf` and annotated `$ref`s are merged into it.

Every nested schema keeps the place that it came from, since a relative `$ref` means something only there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..diagnostics import Origin
from ..ir.types import Constraints, Docs
from ..load.document import Document
from ..values import Json

#: A schema and where it stands.
Located = tuple[Json, Origin]

#: Keywords that describe but do not shape.
ANNOTATIONS = frozenset(
    {
        "title",
        "description",
        "summary",
        "deprecated",
        "default",
        "example",
        "examples",
        "readOnly",
        "writeOnly",
        "externalDocs",
        "xml",
        "$comment",
        "$schema",
        "$id",
        "nullable",
    }
)
_VALIDATION = frozenset({"required", "not", "minProperties", "maxProperties", "dependentRequired"})


def keywords(node: Json) -> set[str]:
    """The shaping keywords of a schema: no annotations, no extensions."""
    return {k for k in node if k not in ANNOTATIONS and not k.startswith("x-")} if isinstance(node, dict) else set()


def is_validation_only(node: Json) -> bool:
    """Whether a branch such as `{required: [a]}` says something of presence and nothing of shape."""
    found = keywords(node)
    if isinstance(node, dict) and found and found <= _VALIDATION | {"type", "anyOf", "oneOf", "allOf"}:
        branches = [b for k in ("anyOf", "oneOf", "allOf") for b in items_of(node.get(k))]
        only_validates = bool(found & _VALIDATION) or bool(branches)
        return only_validates and node.get("type") in (None, "object") and all(is_validation_only(b) for b in branches)
    return False


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
    additional: Located | None = None
    closed: bool = False
    items: list[Located] = field(default_factory=list)
    enum: list[Json] | None = None
    const: list[Json] = field(default_factory=list)
    #: One list for each `oneOf`/`anyOf`.
    choices: list[list[Located]] = field(default_factory=list)
    discriminator: tuple[str, dict[str, str], Origin] | None = None
    keywords: set[str] = field(default_factory=set)
    scalars: dict[str, Json] = field(default_factory=dict)

    def copy(self, *, choices: list[list[Located]]) -> View:
        """The same view with other choices; nothing is shared with the original."""
        return replace(
            self,
            properties={k: list(v) for k, v in self.properties.items()},
            required=dict(self.required),
            items=list(self.items),
            const=list(self.const),
            choices=[list(c) for c in choices],
            keywords=set(self.keywords),
            scalars=dict(self.scalars),
            discriminator=self.discriminator if choices else None,
        )

    @property
    def has_shape(self) -> bool:
        """Whether it says more than a choice: members, items or values."""
        return bool(self.properties or self.items or self.enum or self.const or self.additional)

    @property
    def docs(self) -> Docs:
        """What the schema says for people."""
        examples = [*items_of(self.scalars.get("examples"))]
        if "example" in self.scalars:
            examples.append(self.scalars["example"])
        reason = self.scalars.get("x-deprecated-message")
        return Docs(
            description=text(self.scalars.get("description")),
            deprecated=self.scalars.get("deprecated") is True,
            deprecation=text(reason),
            examples=tuple(examples),
        )

    @property
    def constraints(self) -> Constraints:
        """The validation keywords that stay with a type."""
        s = self.scalars
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


def text(value: Json) -> str:
    """A text member, or empty when it is absent or of another type."""
    return value if isinstance(value, str) else ""


def _number(value: Json) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _count(value: Json) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def view_of(document: Document, located: Located) -> View:
    """The merged view of one schema."""
    view = View(located[1])
    extend(document, view, located, frozenset())
    return view


def extend(document: Document, view: View, located: Located, seen: frozenset[Origin] = frozenset()) -> None:
    """Merge one more schema into a view. A circle of `allOf` and `$ref` ends where it would begin again."""
    node, origin = located
    if not isinstance(node, dict) or origin in seen:
        return
    seen |= {origin}
    if isinstance(ref := node.get("$ref"), str):
        target = document.follow(ref, origin.child("$ref"))
        extend(document, view, target, seen)
    for index, part in enumerate(items_of(node.get("allOf"))):
        extend(document, view, (part, origin.child("allOf", index)), seen)
    view.keywords |= keywords(node)
    _types(view, node)
    _members(view, node, origin)
    for key in ("oneOf", "anyOf"):
        if branches := items_of(node.get(key)):
            view.choices.append([(b, origin.child(key, i)) for i, b in enumerate(branches)])
    if isinstance(tag := node.get("discriminator"), dict) and isinstance(name := tag.get("propertyName"), str):
        mapping = tag.get("mapping")
        pairs = {k: v for k, v in mapping.items() if isinstance(v, str)} if isinstance(mapping, dict) else {}
        view.discriminator = (name, pairs, origin.child("discriminator", "mapping"))
    for key, value in node.items():
        if key not in _STRUCTURE:
            view.scalars[key] = value


_STRUCTURE = frozenset(
    {
        "$ref",
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


def _types(view: View, node: dict[str, Json]) -> None:
    said = node.get("type")
    names = [said] if isinstance(said, str) else [t for t in items_of(said) if isinstance(t, str)]
    if names:
        view.null = "null" in names and (view.types is None or view.null)
        rest = frozenset(n for n in names if n != "null")
        both = rest if view.types is None else (view.types & rest or rest)
        view.types = both
    if isinstance(values := node.get("enum"), list):
        kept = [v for v in view.enum or [] if v in values]
        view.enum = kept or values
    if "const" in node:
        view.const = [node["const"]]


def _members(view: View, node: dict[str, Json], origin: Origin) -> None:
    if isinstance(properties := node.get("properties"), dict):
        for name, schema in properties.items():
            view.properties.setdefault(name, []).append((schema, origin.child("properties", name)))
    view.required.update((name, None) for name in items_of(node.get("required")) if isinstance(name, str))
    additional = node.get("additionalProperties")
    if additional is None and isinstance(patterns := node.get("patternProperties"), dict) and len(patterns) == 1:
        pattern, schema = next(iter(patterns.items()))
        view.additional = (schema, origin.child("patternProperties", pattern))
    if additional is False:
        view.closed = True
    elif isinstance(additional, dict) and keywords(additional):
        view.additional = (additional, origin.child("additionalProperties"))
    elif additional is True or isinstance(additional, dict):
        view.keywords.add("additionalProperties")
    if "items" in node:
        view.items.append((node["items"], origin.child("items")))
