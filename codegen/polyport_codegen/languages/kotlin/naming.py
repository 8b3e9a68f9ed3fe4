"""Names in Kotlin: how words become identifiers, what is reserved, and the symbols of a whole API.

Most symbols are those of every language (`lower.symbols`); a model's other members, the functions that make a union's
variants, and the receivers of trailing blocks are Kotlin's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from ...ir.model import Api, Operation
from ...ir.types import DeclId, ObjectDecl, UnionDecl
from ...ir.words import capital, is_acronym
from ...lower.calls import BodyPlan, Call, Place
from ...lower.calls import symbols as call_symbols
from ...lower.planner import LONGEST, Symbol
from ...lower.published import Published
from ...lower.symbols import (
    TYPES,
    arguments_scope,
    calls_scope,
    declared,
    dotted,
    member_id,
    members_scope,
    method_id,
    resource_id,
    tree,
    type_id,
    types_scope,
    variant_ids,
)
from ...values import Json, Words

#: Hard keywords: identifiers only between backticks (Kotlin language specification, 1.2.4).
HARD_KEYWORDS = frozenset(
    "as break class continue do else false for fun if in interface is null object package return super this throw true "
    "try typealias typeof val var when while".split()
)
#: Types that every Kotlin file means without an import (the annotations are those of generated code); a model with such
#: a name would shadow them for its users.
_TYPES = frozenset(
    "Any Array Boolean Byte ByteArray Char CharSequence Collection Comparable Deprecated Double Enum Exception Float "
    "Function Int Iterable Iterator JvmInline JvmName JvmOverloads JvmStatic Lazy List Long Map MutableList MutableMap "
    "Nothing Number Pair Set Short String Suppress Throwable Triple Unit".split()
)
#: Words that Java keeps: a package or artifact with such a part could not be named there.
_JAVA_KEYWORDS = frozenset(
    "abstract assert boolean break byte case catch char class const continue default do double else enum extends final "
    "finally float for goto if implements import instanceof int interface long native new package private protected "
    "public return short static strictfp super switch synchronized this throw throws transient try void volatile while "
    "true false null".split()
)
#: Nested in every model or union.
_NESTED = frozenset({"Builder", "Companion", "Unknown"})
#: Taken in the signature or body of every call.
_CALL_NAMES = frozenset({"options", "block", "sent", "client"})
#: Taken in the functions that make models.
_MAKER_NAMES = frozenset({"block", "builder"})
#: Functions of every Java object: a function that does not suspend and may be called without arguments would be one.
_OBJECT_FUNCTIONS = frozenset({"clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait"})
#: More members than this, and a model and its builder may be too long for one file.
MANY_MEMBERS = 40
#: Members of every client.
_CLIENT_MEMBERS = frozenset(
    {"close", "withOptions", "withRawResponse", "endpoints", "get", "post", "put", "patch", "delete", "client"}
)

#: Classes of resources and of trailing blocks, in a package of their own.
_RESOURCES = "resources"


class KotlinRules:
    """The planner's rules for Kotlin."""

    def spell(self, role: str, words: Words) -> str:
        """Types in UpperCamelCase, values of enums in UPPER_SNAKE_CASE, all else in lowerCamelCase."""
        if role == "value":
            name = "_".join([w.upper() for w in words])
        elif role in ("type", "resource"):
            name = "".join(map(_capital, words))
        elif role == "variant":
            name = f"{''.join(map(_capital, words))}Value"
        else:
            name = words[0] + "".join(map(_capital, words[1:]))
        return f"_{name}" if name[0].isdigit() else name

    def escape(self, role: str, scope: str, name: str) -> str:
        """Reserved types get the ending `Model`, arguments and members an underscore; keywords are left to backticks."""
        if role == "type" and (name in _TYPES or name in _NESTED):
            return f"{name}Model"
        if role == "resource" and name in _TYPES:
            return f"{name}Client"
        if role == "argument" and name in _CALL_NAMES:
            return f"{name}_"
        if role in ("argument", "member") and name == "unset":
            # A function of every builder, which one that takes a bare string must not hide.
            return f"{name}_"
        if role in ("method", "child") and scope == calls_scope(()) and name in _CLIENT_MEMBERS:
            return f"{name}_"
        if role == "child" and name == "client":
            return f"{name}_"  # every resource has one
        if role == "method" and name in _OBJECT_FUNCTIONS:
            return f"{name}_"
        return name

    def room(self, role: str) -> int:
        """The description of a call is called after its method."""
        return LONGEST - len("Operation") if role == "method" else LONGEST

    def key(self, role: str, name: str) -> str:
        """Types are files, and some file systems fold case; `isActive` and `active` have one setter on the JVM."""
        if role in ("type", "resource", "variant"):
            return name.lower()
        if role in ("member", "argument") and re.match(r"is[A-Z]", name):
            return name[2].lower() + name[3:]
        return name


def _capital(word: str) -> str:
    """`Url` for acronyms (Kotlin coding conventions, "Choose good names"), `OpenAI` as it was given."""
    return capital(str(word) if is_acronym(word) else word)


def literal(value: Json) -> str:
    """A scalar as a Kotlin literal."""
    if isinstance(value, str):
        if value.isidentifier() and value.isascii():
            return f'"{value}"'
        text = json.dumps(value, ensure_ascii=False).replace("$", "\\$").replace("\u007f", "\\u007f")
        # Kotlin has no `\\f`; a backslash before it may be the second of a pair.
        return re.sub(r"\\(.)", lambda pair: r"\u000c" if pair[1] == "f" else pair[0], text) if "\f" in value else text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        # The sign is an operator, so that the smallest long cannot be written.
        if value == -(1 << 63):
            return "Long.MIN_VALUE"
        return f"{value}L" if abs(value) < 1 << 63 else f'java.math.BigInteger("{value}")'
    return repr(value)


def quoted(name: str) -> str:
    """The identifier as it is written: keywords stand between backticks."""
    return f"`{name}`" if name in HARD_KEYWORDS or (name[:1] == "_" and not name.strip("_")) else name


def maker_argument(name: str) -> str:
    """A member's name as an argument of the function that makes a model."""
    return f"{name}_" if name in _MAKER_NAMES else quoted(name)


def package_name(words: Words) -> str:
    """The root package: one lower-case word that both Kotlin and Java can name."""
    name = KotlinRules().spell("package", ("".join(words),)).lower()
    return f"{name}_" if name in HARD_KEYWORDS or name in _JAVA_KEYWORDS else name


def is_package(name: str) -> bool:
    """Whether both Kotlin and Java can name a package so, in plain ASCII as Maven's group."""
    parts = name.split(".")
    words = HARD_KEYWORDS | _JAVA_KEYWORDS
    return all(re.fullmatch(r"[A-Za-z_]\w*", part, re.ASCII) and part not in words for part in parts)


def artifact_name(words: Words) -> str:
    """The Maven artifact's id, which names the client in `User-Agent` and logs too."""
    return "-".join((*words, "kotlin"))


def _alike(decl: ObjectDecl, rules: KotlinRules) -> Iterator[str]:
    """Members that others of the object are spelled like, while their own spelling on the wire is another: they give way."""
    letters = ["".join(f.words).upper() for f in decl.fields]
    known = set(letters)
    if len(known) == len(letters) and not any(text.startswith("IS") and text[2:] in known for text in letters):
        return  # no two keys can be the same
    spelled = [rules.spell("member", f.words) for f in decl.fields]
    keys = [rules.key("member", name) for name in spelled]
    if len(set(keys)) < len(keys):
        for field, name, key in zip(decl.fields, spelled, keys, strict=True):
            if keys.count(key) > 1 and name != field.wire_name:
                yield member_id(decl.id, field.wire_name)


def _moved_in(symbol: Symbol, id: DeclId, api: Api, owners: Mapping[DeclId, DeclId]) -> Symbol:
    """A nested type beside the wrappers of its union's variants; it is not called like a class around it."""
    rules, around = KotlinRules(), owners[id]
    taken = set()
    at: DeclId | None = around
    while at is not None:
        taken.add(rules.spell("type", api.decls[at].own if at in owners else api.decls[at].words))
        at = owners.get(at)
    if rules.spell("type", symbol.words) in taken:
        symbol = symbol._replace(words=(*symbol.words, "value"))
    return symbol._replace(scope=members_scope(around)) if isinstance(api.decls[around], UnionDecl) else symbol


def factory_id(variant: str) -> str:
    """The function of a union's companion that makes a variant."""
    return f"factory:{variant}"


def builder_members_id(id: DeclId) -> str:
    """The class with the members of a builder that is too long for its model's file."""
    return f"members:{id}"


def additional_id(id: DeclId) -> str:
    """The property of a model's other members."""
    return f"additional:{id}"


def params_id(operation: Operation) -> str:
    """The class of the receiver of a call's trailing block."""
    return f"params:{method_id(operation)}"


def other_forms(call: Call) -> Iterator[tuple[BodyPlan, Call]]:
    """The call with its body written in other ways, each as one argument. A stream that a member of the body asks for has none."""
    form = call.plain or call.streaming
    if call.body is None or form is None or (form.kind.streams and call.selector is not None):
        return
    apart = (Place.MEMBER, Place.BODY)
    for plan in call.body.others:
        if plan.whole is not None:
            others = [a for a in call.arguments if a.place not in apart]
            required = [a for a in others if a.required]
            yield (
                plan,
                replace(
                    call,
                    arguments=(*required, plan.whole, *(a for a in others if not a.required)),
                    constants=tuple(a for a in call.constants if a.place not in apart),
                    selector=None,
                    body=plan,
                    plain=replace(form, selects=None) if call.plain is not None else None,
                    streaming=None if call.plain is not None else form,
                ),
            )


def as_id(plan: BodyPlan) -> str:
    """The method that takes the body in another form."""
    return f"as:{plan.whole.symbol if plan.whole is not None else plan.content_type}"


def as_params_id(plan: BodyPlan) -> str:
    """The class of the receiver of that method's trailing block."""
    return f"params:{as_id(plan)}"


def symbols(
    api: Api, calls: Iterable[Call], owners: Mapping[DeclId, DeclId], unwrapped: Container[str]
) -> Iterator[Symbol]:
    """Everything in the API that needs a name.

    `owners`: the class that a nested type stands in; `unwrapped`: the variants of unions that have no class around them.
    """
    rules = KotlinRules()
    alike = {symbol for decl in api.decls.values() if isinstance(decl, ObjectDecl) for symbol in _alike(decl, rules)}
    inner = {type_id(id): id for id in owners}
    for symbol in declared(api, owners):
        if symbol.id in unwrapped:
            continue
        if symbol.id in inner:
            yield _moved_in(symbol, inner[symbol.id], api, owners)
            continue
        yield symbol if symbol.id not in alike else symbol._replace(rank=1)
    for decl in api.decls.values():
        if isinstance(decl, ObjectDecl):
            if decl.additional is not None:
                scope = members_scope(decl.id)
                yield Symbol(additional_id(decl.id), "member", (), scope, fixed="additionalProperties")
            if len(decl.fields) > MANY_MEMBERS:
                yield Symbol(builder_members_id(decl.id), "type", (*decl.words, "members"), TYPES, rank=2)
        elif isinstance(decl, UnionDecl):
            for variant, id in zip(decl.variants, variant_ids(decl), strict=True):
                published = Published("factory", str(decl.id), id.partition("|")[2])
                yield Symbol(factory_id(id), "method", variant.words, f"factories:{decl.id}", published=published)
    paths = {resource_id(node.path): node.path for node in api.root.walk() if node.path}
    for symbol in tree(api, scope=_RESOURCES):
        if symbol.id not in paths:
            yield symbol
            continue
        words, context = _short(paths[symbol.id], ("resource",))
        yield symbol._replace(words=words, context=(*context, *symbol.context))
    for call in calls:
        operation = call.operation
        yield from call_symbols(call, twins=True)
        words, context = _short(operation.resource, (*operation.words, "params"))
        published = Published("param", "", operation.key or operation.id)
        yield Symbol(params_id(operation), "type", words, _RESOURCES, context, published=published)
        for plan, _ in other_forms(call):
            yield from _other_symbols(operation, plan)


def hiding(api: Api, owners: Mapping[DeclId, DeclId], names: Mapping[str, str]) -> Iterator[Symbol]:
    """The classes around a union that a wrapper of one of its variants is called like: it would hide them, and itself;
    the properties that a class nested beside them is called like, as letters without case and digits allow; and the
    classes around one that is called like them.

    `names`: all names without these; what this gives is to be planned with the rest, and the class takes another.
    """
    for id, owner in owners.items():
        at: DeclId | None = owner
        while at is not None and names[type_id(at)] != names[type_id(id)]:
            at = owners.get(at)
        if at is not None:
            scope = members_scope(owner) if isinstance(api.decls[owner], UnionDecl) else types_scope(owner)
            yield Symbol(f"inside:{id}:{names[type_id(id)]}", "type", (), scope, fixed=names[type_id(id)])
    nesting = set(owners.values())
    for decl in api.decls.values():
        if isinstance(decl, ObjectDecl) and decl.id in nesting:
            for field in decl.fields:
                name = names[member_id(decl.id, field.wire_name)]
                if not name[0].islower():
                    yield Symbol(f"beside:{decl.id}:{name}", "type", (), types_scope(decl.id), fixed=name)
        if isinstance(decl, UnionDecl):
            around, at = {names[type_id(decl.id)]}, owners.get(decl.id)
            while at is not None:
                around.add(names[type_id(at)])
                at = owners.get(at)
            for name in sorted(around.intersection(names.get(id, "") for id in variant_ids(decl))):
                yield Symbol(f"around:{decl.id}:{name}", "variant", (), members_scope(decl.id), fixed=name)


def _short(path: tuple[Words, ...], ending: Words) -> tuple[Words, tuple[Words, ...]]:
    """The name of a class by its place in the tree: as many of the last steps as a readable name has room for, and longer
    ones to fall back to."""
    names = [tuple(word for step in path[n:] for word in step) + ending for n in range(len(path), -1, -1)]
    fitting = [name for name in names if len(KotlinRules().spell("type", name)) <= LONGEST]
    first = fitting[-1] if fitting else names[0]
    return first, tuple(names[names.index(first) + 1 :])


def _other_symbols(operation: Operation, plan: BodyPlan) -> Iterator[Symbol]:
    """`createAsText(text = "...")`."""
    assert plan.whole is not None
    form, key = plan.whole.words, f"{operation.key or operation.id} with {plan.content_type}"
    method = Published("method", dotted(operation.resource), key)
    yield Symbol(
        as_id(plan), "method", (*operation.words, "as", *form), calls_scope(operation.resource), published=method
    )
    params = Published("param", "", key)
    words, context = _short(operation.resource, (*operation.words, "as", *form, "params"))
    yield Symbol(as_params_id(plan), "type", words, _RESOURCES, context, published=params)
    argument = Published("argument", key, "body")
    scope = arguments_scope(operation)
    yield Symbol(plan.whole.symbol, "argument", form, scope, (("body", *form),), 3, published=argument)
