"""What documents say in vendors' own members (`x-...`): names, words for people, what to leave out.

A stage of its own, after the document was read: it looks at the node that each part of the model came from. Who defines
what, and where the list of all that is read stands: `READ`. Paging is in `paging_extensions`, values of enums are in
`value_extensions`. Every other member is noted once, with how often it stands there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..diagnostics import Diagnostics, Origin
from ..ir.model import Api, Hints, Operation, Parameter
from ..ir.types import (
    FOR_ALL,
    AliasDecl,
    Const,
    Decl,
    DeclId,
    Docs,
    EnumDecl,
    Field,
    ListOf,
    Meant,
    Nullable,
    ObjectDecl,
    Primitive,
    Ref,
    Type,
    UnionDecl,
)
from ..ir.words import words_of
from ..load.dialect import DATA, NAMES
from ..load.document import Document
from ..values import Json, Words
from .paging_extensions import PAGING, paging
from .value_extensions import VALUES, members
from .views import items_of, label, text

#: Members that another stage reads.
_ELSEWHERE = frozenset(
    """x-polyport-name x-polyport-stream x-polyport-pagination x-deprecated-message x-body-name
    x-speakeasy-server-id x-fern-server-name""".split()
)
#: Names of parts: AutoRest (github.com/Azure/autorest, extensions), Speakeasy, Fern, Stainless.
_NAMES = (
    "x-ms-client-name",
    "x-speakeasy-name-override",
    "x-stainless-param",
    "x-fern-parameter-name",
    "x-fern-property-name",
)
_TYPE_NAMES = ("x-ms-client-name", "x-speakeasy-name-override", "x-fern-type-name")
_REASONS = ("x-stainless-deprecation-message", "x-speakeasy-deprecation-message", "x-deprecatedMessage")
_IGNORED = ("x-speakeasy-ignore", "x-fern-ignore")
#: All that is read, each in one place or another.
READ = frozenset(
    {
        *_ELSEWHERE, *PAGING, *_NAMES, *_TYPE_NAMES, *_REASONS, *_IGNORED, *VALUES,
        "x-stainless-naming", "x-stainless-skip", "x-stainless-const", "x-ms-discriminator-value",
        "x-ms-long-running-operation", "x-methodName",
        "x-aws-operation-name", "x-oaiMeta", "x-speakeasy-group", "x-fern-sdk-group-name", "x-fern-sdk-method-name",
        "x-fern-availability",
    }
)  # fmt: skip
#: More members that map names to parts, beside those that the dialect knows.
_NAMED = frozenset(
    """headers securitySchemes requestBodies links encoding content variables mapping scopes dependentSchemas
    definitions""".split()
)

Node = Mapping[str, Json]
_EMPTY: Node = {}


def apply(document: Document, api: Api, diagnostics: Diagnostics) -> Api:
    """The API with what the document's extensions say of it."""
    counts = _count(document)
    for name in sorted(counts.keys() - READ):
        diagnostics.note("extension", f"{name} stands {counts[name]} times and is not read", api.origin)
    if not counts.keys() & READ:
        return api
    return _Reader(document, diagnostics, any(name.startswith("x-ms-") for name in counts)).api(api)


def _count(document: Document) -> Counter[str]:
    """How often each extension stands in the document.

    What only looks like one (a member of data, a header) does not count, nor one that holds what a `$ref` names.
    """
    found: Counter[str] = Counter()
    named_by_ref: set[str] = set()
    todo: list[tuple[Json, bool]] = [(document.follow("#", Origin(file))[0], False) for file in document.files]
    names = NAMES | _NAMED
    while todo:
        node, named = todo.pop()
        if isinstance(node, list):
            todo.extend((item, False) for item in node if isinstance(item, dict | list))
        elif isinstance(node, dict):
            for key, value in node.items():
                if not named and key.startswith("x-"):
                    found[key] += 1
                elif isinstance(value, dict | list):
                    if named or (key not in DATA and key != "security"):
                        todo.append((value, not named and key in names))
                elif key == "$ref" and isinstance(value, str) and "/x-" in value:
                    named_by_ref.update(step for step in value.split("/") if step.startswith("x-"))
    for name in named_by_ref:
        del found[name]
    return found


@dataclass(slots=True)
class _Reader:
    document: Document
    diagnostics: Diagnostics
    #: Whether it is written for AutoRest, which makes `accounts.list` of the operation id `Accounts_List`.
    is_autorest: bool
    _nodes: dict[Origin, Json] = field(default_factory=dict)

    def api(self, api: Api) -> Api:
        decls: dict[DeclId, Decl] = {id: self._decl(decl) for id, decl in api.decls.items()}
        operations = {}
        for id, operation in api.operations.items():
            found = self._operation(operation, decls)
            if found is not None:
                operations[id] = found
        decls = {id: self._discriminated(decl, api) for id, decl in decls.items()}
        return replace(api, decls=decls, operations=operations)

    def at(self, origin: Origin) -> Node:
        """The object that stands at a place; nothing where there is none."""
        found = self._value(origin)
        return found if isinstance(found, dict) else _EMPTY

    def _value(self, origin: Origin) -> Json:
        if origin not in self._nodes:
            if not origin.file or (not origin.pointer and origin.file not in self.document.files):
                return None
            if not origin.pointer:
                self._nodes[origin] = self.document.follow("#", origin)[0]
            else:
                above, _, token = origin.pointer.rpartition("/")
                parent = self._value(Origin(origin.file, above))
                token = token.replace("~1", "/").replace("~0", "~")
                value: Json = None
                if isinstance(parent, dict):
                    value = parent.get(token)
                elif isinstance(parent, list) and token.isdigit() and int(token) < len(parent):
                    value = parent[int(token)]
                self._nodes[origin] = value
        return self._nodes[origin]

    # -- declarations ------------------------------------------------------------------------------------------------

    def _decl(self, decl: Decl) -> Decl:
        node = self.at(decl.origin)
        if isinstance(decl, EnumDecl):
            if node.get("x-stainless-const") is True and len(decl.members) == 1:
                value = decl.members[0].value
                return AliasDecl(
                    decl.id,
                    decl.words,
                    Const(value),
                    decl.docs,
                    context=decl.context,
                    inline=decl.inline,
                    origin=decl.origin,
                )
        elif isinstance(decl, ObjectDecl):
            decl = replace(decl, fields=tuple(self._field(f) for f in decl.fields if not _ignored(self.at(f.origin))))
        return _called(decl, node)

    def _field(self, field: Field) -> Field:
        node = self.at(field.origin)
        if not any(key.startswith("x-") for key in node):
            return field
        const = node.get("x-stainless-const") is True and isinstance(field.default, str | int | float)
        return replace(
            field,
            words=words_of(name) if (name := _first(node, _NAMES)) else field.words,
            docs=_documented(field.docs, node),
            type=Const(field.default) if const and isinstance(field.type, Primitive) else field.type,  # type: ignore[arg-type]
            meant=_meant(node),
        )

    def _discriminated(self, decl: Decl, api: Api) -> Decl:
        """A union whose variants say what their tag is (`x-ms-discriminator-value`)."""
        if not isinstance(decl, UnionDecl) or decl.discriminator is None:
            return decl
        known = {id for _, id in decl.discriminator.mapping}
        pairs = [
            (value, variant.type.id)
            for variant in decl.variants
            if isinstance(variant.type, Ref) and variant.type.id not in known and variant.type.id in api.decls
            if (value := text(self.at(api.decls[variant.type.id].origin).get("x-ms-discriminator-value")))
        ]
        mapping = (*decl.discriminator.mapping, *pairs)
        return replace(decl, discriminator=replace(decl.discriminator, mapping=mapping))

    # -- calls -------------------------------------------------------------------------------------------------------

    def _operation(self, operation: Operation, decls: dict[DeclId, Decl]) -> Operation | None:
        node = self.at(operation.origin)
        if _ignored(node):
            self.diagnostics.note("ignored", f"{operation.id}: the document says to leave it out", operation.origin)
            return None
        if node.get("x-ms-long-running-operation") is True:
            self.diagnostics.note(
                "long-running",
                f"{operation.id}: the answer comes before the work is done; nothing asks again by itself",
                operation.origin,
            )
        said = text(node.get("x-methodName")) or text(node.get("x-aws-operation-name"))
        parameters = tuple(self._parameter(p, decls) for p in operation.parameters if not _ignored(self.at(p.origin)))
        hints = _hints(operation.hints, node)
        said_id = operation.id if label(node.get("operationId")) else ""  # one made of the path groups nothing
        group, _, call = said_id.partition("_")
        if self.is_autorest and group and call and "_" not in call and not (hints.name or hints.resource or hints.verb):
            hints = replace(hints, resource=(words_of(group),), verb=words_of(call))
        if hints.pagination is None:
            schemas = {p.wire_name: self._schema(p) for p in operation.parameters}
            pages = paging(self.document, self.diagnostics, operation, node, schemas)
            hints = replace(hints, pagination=pages)
        return replace(
            operation,
            words=words_of(said) if said else operation.words,
            parameters=parameters,
            docs=_documented(operation.docs, node),
            hints=hints,
        )

    def _schema(self, parameter: Parameter) -> Node:
        schema = self.at(parameter.origin).get("schema")
        return schema if isinstance(schema, dict) else _EMPTY

    def _parameter(self, parameter: Parameter, decls: dict[DeclId, Decl]) -> Parameter:
        own, schema = self.at(parameter.origin), self._schema(parameter)
        node = {**{k: v for k, v in schema.items() if k.startswith("x-")}, **own}
        inline = decls.get(_inner(parameter.type)) if _inner(parameter.type) is not None else None  # type: ignore[arg-type]
        if (
            isinstance(inline, EnumDecl) and inline.inline and "x-ms-enum" in own
        ):  # Swagger 2 had no schema to say it in
            decls[inline.id] = _called(replace(inline, members=members(inline.members, own)), own, ("x-ms-enum",))
        name = _first(node, _NAMES)
        return replace(
            parameter,
            words=words_of(name) if name else parameter.words,
            docs=_documented(parameter.docs, node),
            meant=_meant(node),
        )


def _inner(type: Type) -> DeclId | None:
    while isinstance(type, Nullable | ListOf):
        type = type.inner if isinstance(type, Nullable) else type.item
    return type.id if isinstance(type, Ref) else None


def _first(node: Node, keys: Sequence[str]) -> str:
    return next((said for key in keys if (said := text(node.get(key)))), "")


def _ignored(node: Node) -> bool:
    return any(node.get(key) is True for key in _IGNORED) or node.get("x-stainless-skip") is True


def _meant(node: Node) -> Meant:
    """What holds for single languages only: `x-stainless-skip: [go]`, `x-stainless-naming: {python: {property_name: x}}`.

    The languages' words stay as they stand: which of them are its own, each target says.
    """
    skipped = {word for word in items_of(node.get("x-stainless-skip")) if isinstance(word, str)}
    names: list[tuple[str, Words]] = []
    naming = node.get("x-stainless-naming")
    for language, said in naming.items() if isinstance(naming, dict) else ():
        if isinstance(said, dict):
            name = _first(said, ("property_name", "param_name", "type_name"))
            names += [(language, words_of(name))] if name else []
    return Meant(tuple(sorted(skipped)), tuple(names)) if skipped or names else FOR_ALL


def _documented(docs: Docs, node: Node) -> Docs:
    """The docs, with a deprecation that only an extension tells of."""
    reason = _first(node, _REASONS)
    if not reason and node.get("x-fern-availability") != "deprecated":
        return docs
    return replace(docs, deprecated=True, deprecation=docs.deprecation or reason)


def _called(decl: Decl, node: Node, keys: Sequence[str] = ("x-ms-enum", *_TYPE_NAMES)) -> Decl:
    """The declaration under the name that the document gives it; the one of its place is what it falls back to."""
    enum = node.get("x-ms-enum")
    name = (
        text(enum.get("name")) if "x-ms-enum" in keys and isinstance(enum, dict) and isinstance(decl, EnumDecl) else ""
    )
    name = name or _first(node, [key for key in keys if key != "x-ms-enum"])
    if (meant := _meant(node)) != decl.meant:
        decl = replace(decl, meant=meant)
    if not name or words_of(name) == decl.words:
        return decl
    return replace(decl, words=words_of(name), given=True, context=(decl.words, *decl.context))


# -- the tree ----------------------------------------------------------------------------------------------------------


def _hints(hints: Hints, node: Node) -> Hints:
    """Where a call stands in the tree and what it is called there, as Speakeasy and Fern say it; OpenAI's group."""
    group = node.get("x-fern-sdk-group-name", node.get("x-speakeasy-group"))
    steps = [text(step) for step in group] if isinstance(group, list) else text(group).split(".")
    steps = [step for step in steps if step]
    verb = _first(node, ("x-fern-sdk-method-name", "x-speakeasy-name-override"))
    meta = node.get("x-oaiMeta")
    about = text(meta.get("group")) if isinstance(meta, dict) else ""
    if steps and verb and not hints.name:
        return replace(hints, name=".".join((*steps, verb)))
    return replace(
        hints,
        group=hints.group or about,
        resource=tuple(map(words_of, steps)),
        verb=words_of(verb) if verb else (),
    )
