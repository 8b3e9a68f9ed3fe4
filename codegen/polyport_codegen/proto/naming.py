"""Names of the proto: UpperCamelCase messages, services and methods; snake_case fields."""

from __future__ import annotations

from collections.abc import Mapping

from ..ir.model import Api, OperationId, Resource
from ..ir.types import DeclId, ObjectDecl, UnionDecl
from ..lower.planner import LONGEST, Symbol, plan
from ..values import Words
from .model import UNKNOWN


class ProtoRules:
    """The style guide's spelling (protobuf.dev/programming-guides/style)."""

    def spell(self, role: str, words: Words) -> str:
        """`field` and `file`: `tool_calls`; all others: `ToolCalls`."""
        if role in ("field", "file"):
            name = "_".join("".join(c for c in word if c.isascii() and c.isalnum()) for word in words).strip("_")
            return name if name[:1].isalpha() else f"n{name}"
        name = "".join("".join(c for c in word[:1].upper() + word[1:] if c.isascii() and c.isalnum()) for word in words)
        return name if name[:1].isalpha() else f"N{name}"

    def escape(self, role: str, scope: str, name: str) -> str:
        """Every word may be a name in proto, but `unknown_json` is taken."""
        return "unknown_json_member" if role == "field" and name == UNKNOWN else name

    def room(self, role: str) -> int:
        """Nothing is added to the names of the planner."""
        return LONGEST

    def key(self, role: str, name: str) -> str:
        """Names of fields must differ in their JSON spelling too, whatever its case."""
        return name.replace("_", "").lower()


def global_names(api: Api) -> tuple[Mapping[DeclId, str], Mapping[Words, str], Mapping[OperationId, str]]:
    """Messages of declarations, services by their joined path, and request messages: all in one scope, the package.

    A service keeps its name before a message, a declaration before a request.
    """
    symbols = [Symbol(f"service:{'.'.join(words)}", "service", words, rank=0) for words in service_words(api).values()]
    symbols += [
        Symbol(
            f"decl:{id}",
            "message",
            decl.words,
            context=(*decl.context, (*decl.words, "message")),
            rank=1 + int(decl.inline),
        )
        for id, decl in api.decls.items()
        if isinstance(decl, ObjectDecl | UnionDecl)
    ]
    paths = service_words(api)
    for resource in api.root.walk():
        for id in resource.operations:
            words = (*paths[resource.path], *api.operations[id].words, "request")
            symbols.append(Symbol(f"request:{id}", "message", words, context=((*words, "message"),), rank=3))
    names = plan(symbols, ProtoRules())
    return (
        {id: names[f"decl:{id}"] for id in api.decls if f"decl:{id}" in names},
        {words: names[f"service:{'.'.join(words)}"] for words in paths.values()},
        {id: names[f"request:{id}"] for id in api.operations if f"request:{id}" in names},
    )


def service_words(api: Api) -> Mapping[tuple[Words, ...], Words]:
    """Resource path -> the words of its service, for resources with operations. The root's is named after the API."""
    return {r.path: joined(r, api) for r in api.root.walk() if r.operations}


def joined(resource: Resource, api: Api) -> Words:
    """The whole way to a resource as one name."""
    return tuple(word for step in resource.path for word in step) or api.words


def member_names(
    members: Mapping[str, Words], nullable: frozenset[str], taken: frozenset[str] = frozenset()
) -> Mapping[str, str]:
    """Names within one message: id -> field name, and `null:<id>` -> the name of its null marker; none of `taken`.

    Ids are wire names (others have a colon). A member whose wire name is a field name keeps it, since protobuf refuses
    a JSON name that is the name of another field.
    """
    rules = ProtoRules()
    symbols = [
        Symbol(id, "field", words, scope="message", rank=0 if rules.spell("field", words) == id else 1)
        for id, words in members.items()
    ]
    symbols += [
        Symbol(f"null:{id}", "field", (*members[id], "null"), scope="message", rank=2) for id in sorted(nullable)
    ]
    symbols += [Symbol(f"taken:{name}", "field", (), scope="message", fixed=name) for name in sorted(taken)]
    return plan(symbols, rules)
