"""The API as Swift's declarations: the types, and a resource type with its methods for every node of the tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...ir.model import Api, Encoding, OperationId
from ...ir.types import DeclId, ObjectDecl
from ...lower import calls
from ...lower.calls import BodyKind, Call, Form, FormKind, Place
from ...lower.deltas import deltas
from ...lower.planner import Symbol
from ...lower.published import NO_NAMES, Names
from ...lower.symbols import arguments_scope, child_id, method_id, resource_id, streaming_id, tree, type_id
from ...lower.walk import bare, object_of
from .declarations import Argument, BodyArgument, Child, FlatMember, Method, Package, ResourceType
from .lower_types import Types
from .types import Expr, Generic, Plain, TriStateOf, optional

_IN_BODY = (Place.MEMBER, Place.BODY)


def lower(api: Api, around: Mapping[DeclId, DeclId], taken: Iterator[Symbol], locked: Names = NO_NAMES) -> Package:
    """All declarations of the package and the symbols in them; `around` is what nested types stand in, `taken` are the
    names that are not to be had, `locked` is what was published."""
    known = calls.calls(api)
    rules = (deltas(call, api.decls) for call in reversed(list(known.values())))
    added = {rule.event: rule for rule in rules if rule is not None}
    types = Types(api, around, added, _forms(api, known), locked)
    tree_of = _Calls(api, types, known)
    package = Package([*taken, *types.symbols(), *tree_of.symbols()])
    for decl, declaration in types.declarations():
        package.files.setdefault(type_id(types.file_of(decl)), []).append(declaration)
    package.owners.update((type_id(id), type_id(around)) for id, around in types.owners.items())
    package.resources.extend(tree_of.resources())
    package.orders.update((place, tuple(ranks)) for place, ranks in types.ranks.items() if len(ranks) > 1)
    return package


def _forms(api: Api, known: Mapping[OperationId, Call]) -> Mapping[DeclId, Mapping[str, Encoding]]:
    """The objects that are sent as forms, with how their members are written."""
    found: dict[DeclId, Mapping[str, Encoding]] = {}
    for call in known.values():
        for plan in (call.body, *call.body.others) if call.body is not None else ():
            decl = object_of(plan.type, api.decls) if plan.kind in (BodyKind.FORM, BodyKind.MULTIPART) else None
            if decl is not None:
                found.setdefault(decl.id, plan.encodings or {})
    return found


@dataclass(frozen=True, slots=True)
class _Calls:
    """The lowering of the resource tree."""

    api: Api
    types: Types
    known: Mapping[OperationId, Call]

    def resources(self) -> Iterator[ResourceType]:
        """All nodes of the tree, the client first."""
        for node in self.api.root.walk():
            methods = tuple(m for id in node.operations for m in self._methods(self.known[id]))
            children = tuple(Child(child_id(c.path), resource_id(c.path), c.docs) for c in node.children)
            yield ResourceType(node.path, resource_id(node.path), node.docs, methods, children)

    def symbols(self) -> Iterator[Symbol]:
        """The symbols of resource types, methods and arguments."""
        yield from tree(self.api)
        for call in self.known.values():
            yield from calls.symbols(call, twins=True)
            scope = arguments_scope(call.operation)
            yield Symbol(f"options:{method_id(call.operation)}", "argument", (), scope, fixed="options")

    def _methods(self, call: Call) -> Iterator[Method]:
        if call.plain is not None:
            yield self._method(call, call.plain, method_id(call.operation))
        if call.streaming is not None:
            symbol = (streaming_id if call.has_twin else method_id)(call.operation)
            yield self._method(call, call.streaming, symbol)

    def _method(self, call: Call, form: Form, symbol: str) -> Method:
        flat = type_id(call.body.flat) if call.body is not None and call.body.flat is not None else None
        ranks = self._ranks(call)
        asked = [self._argument(a, ranks) for a in call.arguments if a.place not in _IN_BODY]
        return Method(
            symbol=symbol,
            call=call,
            form=form,
            result=self._result(form),
            arguments=tuple(sorted(asked, key=lambda a: a.rank)),
            body=self._body(call.body) if call.body is not None else None,
            others=self._others(call, form),
            flat=flat,
            flat_arguments=tuple(self._flat_arguments(call, ranks)) if flat is not None else (),
            flat_members=tuple(self._flat_members(call, form)) if flat is not None else (),
        )

    def _result(self, form: Form) -> Expr | None:
        if form.kind is FormKind.NONE:
            return None
        if form.kind is FormKind.BINARY:
            return Plain("BinaryResponse")
        if form.kind is FormKind.MIXED:
            json = Plain("JSONValue") if form.type is None else self.types.expr(form.type)
            mixed = Generic("MixedAnswer", (json,))
            return optional(mixed) if form.optional else mixed
        if form.type is None:
            return Plain("String")
        type = self.types.expr(form.type)
        if form.kind.streams:
            return Generic("EventStream", (type,))
        if form.item is not None:
            return Generic("PagedList", (self.types.expr(form.item), type))
        return optional(type) if form.optional else type

    def _argument(self, asked: calls.Argument, ranks: Mapping[str, int]) -> Argument:
        type = self.types.expr(bare(asked.type))
        return Argument(asked, type if asked.required else optional(type), not asked.required, ranks[asked.symbol])

    def _ranks(self, call: Call) -> Mapping[str, int]:
        """The places of a call's arguments: required ones first, but what was published stays where it was."""
        place = call.operation.key or call.operation.id
        ids = {a.symbol: calls.published_id(call.operation, a) for a in call.arguments}
        if place not in self.types.ranks:
            asked = sorted(call.arguments, key=lambda a: self._may_be_left_out(call, a))
            self.types.in_order(place, [ids[a.symbol] for a in asked])
        ranks = self.types.ranks[place]
        return {symbol: ranks[id] for symbol, id in ids.items()}

    def _may_be_left_out(self, call: Call, asked: calls.Argument) -> bool:
        if asked.field is None:
            return not asked.required
        return self.types.property(self._struct(call), asked.field).is_optional

    def _body(self, plan: calls.BodyPlan) -> BodyArgument:
        type = self.types.expr(plan.type)
        if plan.kind in (BodyKind.TEXT, BodyKind.BINARY):
            type = Plain("String" if plan.kind is BodyKind.TEXT else "Upload")
        elif plan.whole is not None:
            type = self.types.expr(plan.whole.type)
        is_struct = object_of(plan.type, self.api.decls) is not None
        return BodyArgument(type if plan.required else optional(type), plan, is_struct)

    def _others(self, call: Call, form: Form) -> tuple[BodyArgument, ...]:
        """Nothing for a stream that the body's own member asks for: another form has no such member."""
        if call.body is None or (form.kind.streams and call.has_twin):
            return ()
        return tuple(self._body(plan) for plan in call.body.others)

    def _flat_arguments(self, call: Call, ranks: Mapping[str, int]) -> Iterator[Argument]:
        """All arguments of the method that takes the members of the body one by one.

        What may be left out may stand before what must be given, so a published order of labels stays.
        """
        found = []
        for asked in call.arguments:
            if asked.field is None:
                found.append(self._argument(asked, ranks))
                continue
            property = self.types.property(self._struct(call), asked.field)
            type = optional(property.type) if property.is_optional or property.is_nullable else property.type
            type = TriStateOf(property.type) if property.is_tri_state else type
            found.append(Argument(asked, type, property.is_optional, ranks[asked.symbol]))
        yield from sorted(found, key=lambda a: a.rank)

    def _flat_members(self, call: Call, form: Form) -> Iterator[FlatMember]:
        """What fills the struct's initialiser, in its order."""
        struct = self._struct(call)
        asked = {a.wire: a for a in call.arguments if a.place is Place.MEMBER}
        chosen = call.selector.wire if call.selector is not None and call.selector.place is Place.MEMBER else None
        for property in sorted(self.types.properties(struct).values(), key=lambda p: p.rank):
            if property.constant is not None or property.is_read_only:
                continue
            if property.wire_name in asked:
                yield FlatMember(property.symbol, asked[property.wire_name].symbol)
            elif property.wire_name == chosen and not property.is_optional:
                # The initialiser insists on what chooses between the two forms.
                yield FlatMember(property.symbol, None, form.selects or False)

    def _struct(self, call: Call) -> ObjectDecl:
        decl = self.api.decl(call.body.flat) if call.body is not None and call.body.flat is not None else None
        assert isinstance(decl, ObjectDecl)
        return decl
