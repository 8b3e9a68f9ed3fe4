"""Everything of the Python package that has a name, handed to the planner in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...ir.graph import reachable
from ...ir.model import Api, Operation, Resource
from ...ir.types import Decl, DeclId, Direction, EnumDecl, ObjectDecl
from ...lower.planner import Symbol, plan
from .modules import ModuleGroup, param_groups, result_groups
from .naming import IMPORTED_NAMES, OPTION_NAMES, PythonRules


@dataclass(frozen=True, slots=True)
class Plan:
    """Settled names and files."""

    names: Mapping[str, str]
    results: tuple[ModuleGroup, ...]
    params: tuple[ModuleGroup, ...]
    #: Symbol id of a type -> the module it stands in (`.types.message`).
    modules: Mapping[str, str]

    def place(self, id: str) -> tuple[str, str]:
        """Module and name of a type's symbol."""
        return self.modules[id], self.names[id]


@dataclass(frozen=True, slots=True)
class Forms:
    """Which declarations have a form for results and which one for input. Enums have one form for both."""

    results: Mapping[DeclId, Decl]
    params: Mapping[DeclId, Decl]


def forms_of(api: Api) -> Forms:
    """The forms that operations need, and all that those refer to; unused declarations are results."""
    decls = api.decls
    read = [id for id, d in decls.items() if isinstance(d, EnumDecl) or d.direction != Direction.INPUT]
    sent = [id for id, d in decls.items() if Direction.INPUT in d.direction]
    results, params = reachable(decls, read), reachable(decls, sent)
    return Forms(
        {id: d for id, d in decls.items() if id in results},
        {id: d for id, d in decls.items() if id in params and not isinstance(d, EnumDecl)},
    )


def resource_key(resource: Resource) -> str:
    """The way to a resource as one text; empty for the root."""
    return "/".join("-".join(words) for words in resource.path)


def make_plan(api: Api) -> Plan:
    """Settle the names of a whole API."""
    forms = forms_of(api)
    results = result_groups(forms.results)
    params = param_groups(forms.params)
    names = plan(_symbols(api, forms, results, params), PythonRules())
    modules: dict[str, str] = {}
    for prefix, kind, groups in (("results", "type", results), ("params", "param", params)):
        for group in groups:
            module = names[f"file:{prefix}:{group.leader}"]
            modules.update({f"{kind}:{id}": f".types.{module}" for id in group.members})
    return Plan(names, tuple(results), tuple(params), modules)


def _symbols(api: Api, forms: Forms, results: list[ModuleGroup], params: list[ModuleGroup]) -> Iterator[Symbol]:
    yield from _fixed("classes", "class", IMPORTED_NAMES)
    for decl in api.decls.values():
        rank = 1 if decl.inline else 0
        if decl.id in forms.results:
            yield Symbol(f"type:{decl.id}", "class", decl.words, "classes", decl.context, rank)
        if decl.id in forms.params:
            context = tuple((*words, "param") for words in decl.context)
            yield Symbol(f"param:{decl.id}", "class", (*decl.words, "param"), "classes", context, rank)
        if isinstance(decl, ObjectDecl):
            for field in decl.fields:
                scope = f"fields:{decl.id}"
                context = ((*field.words, "value"),)
                yield Symbol(f"{scope}:{field.wire_name}", "field", field.words, scope, context)
    for prefix, groups in (("results", results), ("params", params)):
        for group in groups:
            decl = api.decls[group.leader]
            extra = ("param",) if prefix == "params" else ()
            yield Symbol(
                f"file:{prefix}:{decl.id}",
                "file",
                (*decl.words, *extra),
                "types files",
                tuple((*words, *extra) for words in decl.context),
                1 if decl.inline else 0,
            )
    for resource in api.root.walk():
        yield from _resource(api, resource)
    for operation in api.operations.values():
        yield from _arguments(api, operation)


def _fixed(scope: str, role: str, names: tuple[str, ...]) -> Iterator[Symbol]:
    for name in names:
        yield Symbol(f"fixed:{scope}:{name}", role, (name,), scope, fixed=name)


def _resource(api: Api, resource: Resource) -> Iterator[Symbol]:
    key = resource_key(resource)
    scope = f"methods:{key}" if key else "client:"
    if key:
        words = tuple(word for step in resource.path for word in step)
        for prefix in ("", "Async"):
            yield Symbol(
                f"resource:{prefix}:{key}",
                "class",
                (*(("async",) if prefix else ()), *words),
                "classes",
                ((*(("async",) if prefix else ()), *words, "resource"),),
                2,
            )
            file = (*(("async",) if prefix else ()), *words)
            yield Symbol(
                f"file:resource:{prefix}:{key}",
                "file",
                file,
                "resource files",
                ((*file, "resource"),),
                1 if prefix else 0,
            )
    for child in resource.children:
        child_key = resource_key(child)
        yield Symbol(f"child:{child_key}", "field", child.words, scope, ((*child.words, "resource"),), 1)
    for id in resource.operations:
        operation = api.operations[id]
        context = (tuple(dict.fromkeys((*operation.words, *operation.method.lower().split()))),)
        yield Symbol(f"method:{id}", "field", operation.words, scope, context, 0)
        yield Symbol(f"constant:{id}", "constant", operation.words, f"constants:{key}", context, 0)
        if operation.stream is not None:
            words = (*operation.words, "stream")
            longer = ((*operation.words, "as", "stream"),)
            yield Symbol(f"constant:{id}:stream", "constant", words, f"constants:{key}", longer, 1)


def _arguments(api: Api, operation: Operation) -> Iterator[Symbol]:
    scope = f"arguments:{operation.id}"
    yield from _fixed(scope, "field", OPTION_NAMES)
    rank = {"path": 0, "body": 1, "query": 2, "header": 3, "cookie": 4}
    for parameter in operation.parameters:
        where = parameter.location.value
        yield Symbol(
            f"{scope}:{where}:{parameter.wire_name}",
            "field",
            parameter.words,
            scope,
            ((where, *parameter.words),),
            rank[where],
        )
    for field in api.body_fields(operation):
        yield Symbol(
            f"{scope}:body:{field.wire_name}", "field", field.words, scope, (("body", *field.words),), rank["body"]
        )
    if operation.body is not None and operation.body.flatten is None:
        words = operation.body.words
        yield Symbol(f"{scope}:body:", "field", words, scope, (("request", *words),), rank["body"])
    if operation.stream is not None and operation.stream.selector is not None:
        selector = operation.stream.selector
        words = (selector.wire_name,) if selector.wire_name.isidentifier() else ("stream",)
        yield Symbol(f"{scope}:selector", "field", words, scope, (("as", "stream"),), 0)
