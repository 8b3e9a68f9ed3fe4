"""Names in Kotlin: how words become identifiers, what is reserved, and the symbols of a whole API.

Scopes: `models` (all declared types), `resources` (resource and parameter classes), `members:<decl>`,
`constants:<enum>`, `variants:<union>`, `methods:<resource>`, `arguments:<operation>`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from ...ir.model import Api, Operation, Resource
from ...ir.types import EnumDecl, ObjectDecl, UnionDecl
from ...ir.words import capital, is_acronym
from ...lower.planner import Symbol
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
#: Members of every client.
_CLIENT_MEMBERS = frozenset(
    {"close", "withOptions", "withRawResponse", "endpoints", "get", "post", "put", "patch", "delete", "client"}
)

ROOT_SCOPE = "methods:"


class KotlinRules:
    """The planner's rules for Kotlin."""

    def spell(self, role: str, words: Words) -> str:
        """Types and files in UpperCamelCase, constants in UPPER_SNAKE_CASE, all else in lowerCamelCase."""
        if role == "constant":
            name = "_".join(w.upper() for w in words)
        elif role == "type":
            name = "".join(_capital(w) for w in words)
        else:
            name = words[0] + "".join(_capital(w) for w in words[1:])
        return f"_{name}" if name[0].isdigit() else name

    def escape(self, role: str, scope: str, name: str) -> str:
        """Reserved types get the ending `Model`, arguments and members an underscore; keywords are left to backticks."""
        if role == "type" and (name in _TYPES or name in _NESTED):
            return f"{name}Model"
        if role == "argument" and name in _CALL_NAMES:
            return f"{name}_"
        if role in ("argument", "member") and name == "unset":
            # A function of every builder, which one that takes a bare string must not hide.
            return f"{name}_"
        if role in ("method", "flow") and scope == ROOT_SCOPE and name in _CLIENT_MEMBERS:
            return f"{name}_"
        if role == "flow" and name in _OBJECT_FUNCTIONS:
            return f"{name}_"
        return name

    def key(self, role: str, name: str) -> str:
        """Types are files, and some file systems fold case; `isActive` and `active` have one setter on the JVM."""
        if role == "type":
            return name.lower()
        if role in ("member", "argument") and re.match(r"is[A-Z]", name):
            return name[2].lower() + name[3:]
        return name


def _capital(word: str) -> str:
    """`Url` for acronyms (Kotlin coding conventions, "Choose good names"), `OpenAI` as it was given."""
    return word[:1].upper() + word[1:] if is_acronym(word) else capital(word)


def literal(value: Json) -> str:
    """A scalar as a Kotlin literal."""
    if isinstance(value, str):
        text = json.dumps(value, ensure_ascii=False).replace("$", "\\$").replace("\u007f", "\\u007f")
        # Kotlin has no `\\f`; a backslash before it may be the second of a pair.
        return re.sub(r"\\(.)", lambda pair: r"\u000c" if pair[1] == "f" else pair[0], text) if "\f" in value else text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        # The sign is an operator, so that the smallest long cannot be written.
        return "Long.MIN_VALUE" if value == -(1 << 63) else f"{value}L"
    return repr(value)


def quoted(name: str) -> str:
    """The identifier as it is written: keywords stand between backticks."""
    return f"`{name}`" if name in HARD_KEYWORDS or set(name) == {"_"} else name


def maker_argument(name: str) -> str:
    """A member's name as an argument of the function that makes a model."""
    return f"{name}_" if name in _MAKER_NAMES else quoted(name)


def resource_key(path: tuple[Words, ...]) -> str:
    """A resource's place in the tree as one word; empty for the root."""
    return "/".join("_".join(words) for words in path)


def client_name(words: Words) -> str:
    """The client class's name, which no type of Kotlin's own has."""
    name = KotlinRules().spell("type", words)
    return f"{name}Client" if name in _TYPES else name


def package_name(words: Words) -> str:
    """The root package: one lower-case word that both Kotlin and Java can name."""
    name = KotlinRules().spell("package", ("".join(words),)).lower()
    return f"{name}_" if name in HARD_KEYWORDS or name in _JAVA_KEYWORDS else name


def artifact_name(words: Words) -> str:
    """The Maven artifact's id, which names the client in `User-Agent` and logs too."""
    return "-".join((*words, "kotlin"))


def symbols(api: Api) -> Iterator[Symbol]:
    """Everything in the API that needs a name."""
    for decl in api.decls.values():
        if isinstance(decl, ObjectDecl | EnumDecl | UnionDecl):
            yield Symbol(f"type:{decl.id}", "type", decl.words, "models", decl.context, int(decl.inline))
        if isinstance(decl, ObjectDecl):
            scope = f"members:{decl.id}"
            if decl.additional is not None:
                yield Symbol(f"additional:{decl.id}", "member", (), scope, fixed="additionalProperties")
            for field in decl.fields:
                yield _wire_symbol(f"member:{decl.id}:{field.wire_name}", "member", field.words, scope, field.wire_name)
        elif isinstance(decl, EnumDecl):
            for member in decl.members:
                context = ((*member.words, "value"),)
                yield Symbol(
                    f"constant:{decl.id}:{member.value!r}", "constant", member.words, f"constants:{decl.id}", context
                )
        elif isinstance(decl, UnionDecl):
            for index, variant in enumerate(decl.variants):
                yield Symbol(f"variant:{decl.id}:{index}", "type", (*variant.words, "value"), f"variants:{decl.id}")
                yield Symbol(f"factory:{decl.id}:{index}", "member", variant.words, f"factories:{decl.id}")
    for resource in api.root.walk():
        yield from _resource_symbols(api, resource)


def _wire_symbol(id: str, role: str, words: Words, scope: str, wire: str) -> Symbol:
    """A name that keeps its place when it is spelled as on the wire, and else says how it was spelled: `fooBarKebab`."""
    rank = int(KotlinRules().spell(role, words) != wire)
    return Symbol(id, role, words, scope, ((*words, _shape(wire)), ("field", *words, _shape(wire))), rank)


def _shape(wire: str) -> str:
    """How a name is spelled, as one word."""
    if not (wire[:1].isalpha() or wire[:1] == "_"):
        return "symbol"
    if wire.startswith("_"):
        return "private"
    for sign, word in (("_", "snake"), ("-", "kebab"), (" ", "spaced"), (".", "dotted")):
        if sign in wire:
            return word
    return "capital" if wire[:1].isupper() else "camel"


def _resource_symbols(api: Api, resource: Resource) -> Iterator[Symbol]:
    key = resource_key(resource.path)
    flat = tuple(word for words in resource.path for word in words)
    if resource.path:
        yield Symbol(f"resource:{key}", "type", (*flat, "resource"), "resources")
    for child in resource.children:
        yield Symbol(
            f"child:{resource_key(child.path)}", "method", child.words, f"children:{key}" if key else ROOT_SCOPE
        )
    for id in resource.operations:
        operation = api.operations[id]
        role = "flow" if operation.result is None and operation.stream is not None else "method"
        yield Symbol(f"method:{id}", role, operation.words, f"methods:{key}")
        if operation.stream is not None and operation.stream.selector is not None:
            yield Symbol(f"streaming:{id}", "method", (*operation.words, "streaming"), f"methods:{key}")
        yield Symbol(f"params:{id}", "type", (*flat, *operation.words, "params"), "resources")
        yield from _argument_symbols(api, operation)


def _argument_symbols(api: Api, operation: Operation) -> Iterator[Symbol]:
    scope = f"arguments:{operation.id}"
    for parameter in operation.parameters:
        place = parameter.location.value
        yield Symbol(
            f"argument:{operation.id}:{place}:{parameter.wire_name}",
            "argument",
            parameter.words,
            scope,
            ((*parameter.words, place),),
        )
    for field in api.body_fields(operation):
        wish = (("body", *field.words),)
        yield Symbol(f"argument:{operation.id}:body:{field.wire_name}", "argument", field.words, scope, wish)
    if operation.body is not None and operation.body.flatten is None:
        yield Symbol(f"argument:{operation.id}:body:", "argument", operation.body.words, scope, (("request", "body"),))
