"""Names in Kotlin: how words become identifiers, what is reserved, and the symbols of a whole API.

Most symbols are those of every language (`lower.symbols`); a model's other members, the functions that make a union's
variants, and the receivers of trailing blocks are Kotlin's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...ir.model import Api, Operation
from ...ir.types import DeclId, ObjectDecl, UnionDecl
from ...ir.words import capital, is_acronym
from ...lower.calls import Call
from ...lower.calls import symbols as call_symbols
from ...lower.planner import Symbol
from ...lower.published import Published
from ...lower.symbols import calls_scope, declared, members_scope, method_id, tree, variant_ids
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

#: Classes of resources and of trailing blocks, in a package of their own.
_RESOURCES = "resources"


class KotlinRules:
    """The planner's rules for Kotlin."""

    def spell(self, role: str, words: Words) -> str:
        """Types in UpperCamelCase, values of enums in UPPER_SNAKE_CASE, all else in lowerCamelCase."""
        if role == "value":
            name = "_".join(w.upper() for w in words)
        elif role in ("type", "resource"):
            name = "".join(_capital(w) for w in words)
        elif role == "variant":
            name = f"{''.join(_capital(w) for w in words)}Value"
        else:
            name = words[0] + "".join(_capital(w) for w in words[1:])
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
        if role == "method" and name in _OBJECT_FUNCTIONS:
            return f"{name}_"
        return name

    def key(self, role: str, name: str) -> str:
        """Types are files, and some file systems fold case; `isActive` and `active` have one setter on the JVM."""
        if role in ("type", "resource"):
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


def package_name(words: Words) -> str:
    """The root package: one lower-case word that both Kotlin and Java can name."""
    name = KotlinRules().spell("package", ("".join(words),)).lower()
    return f"{name}_" if name in HARD_KEYWORDS or name in _JAVA_KEYWORDS else name


def artifact_name(words: Words) -> str:
    """The Maven artifact's id, which names the client in `User-Agent` and logs too."""
    return "-".join((*words, "kotlin"))


def factory_id(variant: str) -> str:
    """The function of a union's companion that makes a variant."""
    return f"factory:{variant}"


def additional_id(id: DeclId) -> str:
    """The property of a model's other members."""
    return f"additional:{id}"


def params_id(operation: Operation) -> str:
    """The class of the receiver of a call's trailing block."""
    return f"params:{method_id(operation)}"


def symbols(api: Api, calls: Iterable[Call]) -> Iterator[Symbol]:
    """Everything in the API that needs a name."""
    rules = KotlinRules()
    for symbol in declared(api):
        # Of members with the same words, the one that is spelled so on the wire keeps the name.
        wire = symbol.published.id if symbol.role == "member" and symbol.published is not None else None
        yield symbol if wire is None else replace(symbol, rank=int(rules.spell("member", symbol.words) != wire))
    for decl in api.decls.values():
        if isinstance(decl, ObjectDecl) and decl.additional is not None:
            scope = members_scope(decl.id)
            yield Symbol(additional_id(decl.id), "member", (), scope, fixed="additionalProperties")
        elif isinstance(decl, UnionDecl):
            for variant, id in zip(decl.variants, variant_ids(decl), strict=True):
                yield Symbol(factory_id(id), "method", variant.words, f"factories:{decl.id}")
    yield from tree(api, scope=_RESOURCES)
    for call in calls:
        operation = call.operation
        yield from call_symbols(call, twins=True)
        words = (*(word for step in operation.resource for word in step), *operation.words, "params")
        published = Published("param", "", operation.key or operation.id)
        yield Symbol(params_id(operation), "type", words, _RESOURCES, published=published)
