"""The types of params: what is asked for in one object, under wire names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...ir.model import Api, Operation, Resource
from ...ir.types import DeclId, Direction, Docs, EnumDecl, ObjectDecl, Primitive, Ref
from ...lower.calls import Argument, BodyKind, BodyPlan, Call, Place
from ...lower.planner import Symbol
from ...lower.published import Published
from ...lower.symbols import TYPES, type_id
from ...lower.walk import bare, resolved
from ...values import Words
from .declarations import Alias, Declaration, Interface, Member
from .lower_types import TypeLowering, inherited
from .naming import camel
from .text import literal
from .types import NULL, UNDEFINED, Expr, Named, Runtime, Text, one_of


def positional(call: Call) -> Argument | None:
    """The argument that stands before the params: the path parameter, when it is the only one that is asked for."""
    in_path = [a for a in call.arguments if a.place is Place.PATH]
    return in_path[0] if len(in_path) == 1 else None


def params_id(operation: Operation, *form: str) -> str:
    """The symbol of a call's params type, or of that of one form."""
    return f"params:{DeclId(operation.key or operation.id, 'params', *form)}"


def other_forms(call: Call) -> Mapping[str, BodyPlan]:
    """The other forms of a body, by the member of the params that asks for each.

    There are none where the body's usual form has the member that selects the stream.
    """
    if call.body is None or call.selector is not None:
        return {}
    taken = {a.key for a in call.arguments}
    found: dict[str, BodyPlan] = {}
    for plan in call.body.others:
        member = "_".join(plan.whole.words) if plan.whole is not None else plan.kind.value
        while member in taken:
            member = f"{member}_body"
        taken.add(member)
        found[member] = plan
    return found


class ParamsLowering:
    """Lowers the params of the calls of one API; `symbols` gets those of the types."""

    def __init__(self, api: Api, types: TypeLowering, symbols: list[Symbol]) -> None:
        self._api = api
        self._types = types
        self.symbols = symbols

    def lower(self, call: Call, argument: Argument | None, node: Resource) -> tuple[list[Declaration], bool]:
        """The params types, the main one first; and whether the params must be given."""
        members = [self._parameter(a) for a in call.arguments if a.parameter is not None and a is not argument]
        if call.body is not None and call.body.whole is not None:
            members.append(self._whole(call.body.kind, call.body.whole))
        params = Interface("", tuple(members))
        if call.body is not None and call.body.flat is not None:
            params = self._flat(call, call.body.flat, members)
        elif not members and not (call.has_twin and call.selector is not None):
            return [], False
        required = any(a.required for a in call.arguments if a is not argument)
        operation = call.operation
        words = (*(word for step in node.path for word in step), *operation.words)
        name = ".".join((*(camel(step) for step in node.path), camel(operation.words)))
        params = replace(params, docs=Docs(summary=f"The params of `{name}`."))
        if call.has_twin and call.selector is not None:
            return self._two_forms(call, call.selector, params, words), required
        main = self._symbol(operation, words)
        if others := other_forms(call):
            assert call.body is not None
            usual = self._symbol(operation, words, "usual", call.body.kind.value)
            declared = [self._other(operation, words, name, plan, members) for name, plan in others.items()]
            names = (Named(usual), *(Named(d.symbol) for d in declared))
            return [Alias(main, one_of(*names), params.docs), _declared(usual, params), *declared], required
        return [_declared(main, params)], required

    def _other(self, operation: Operation, words: Words, name: str, plan: BodyPlan, members: list[Member]) -> Interface:
        """The params with the body in another form."""
        assert plan.whole is not None
        symbol = self._symbol(operation, words, f"as {plan.content_type}", *plan.whole.words)
        body = self._whole(plan.kind, replace(plan.whole, key=name))
        return Interface(symbol, (*members, body), Docs(summary=f"With the body as `{plan.content_type}`."))

    def _flat(self, call: Call, flat: DeclId, members: list[Member]) -> Interface:
        """The members and those of the body's object, which are inherited where nothing speaks against it."""
        decl = self._api.decl(flat)
        assert isinstance(decl, ObjectDecl)
        filled = {a.wire for a in call.constants if a.place is Place.MEMBER}
        # Where there is only one form, the selector is set without asking.
        hidden = call.selector.wire if call.selector is not None and not call.has_twin else None
        filled |= {hidden} if hidden is not None else set()
        # The plain form says no by itself, so nobody has to.
        asked = filled | ({call.selector.wire} if call.selector is not None else set())
        apart = {f.wire_name for f in decl.fields if f.read_only or f.write_only or f.wire_name in filled}
        # An index signature must cover all other members, and none can be left out of a type that has one.
        inherits = decl.additional is None or not (members or apart)
        # With other params in the same object the body is left out by leaving out its members.
        partial = call.body is not None and not call.body.required and bool(members)
        own = [
            self._types.member(
                replace(f, required=f.required and not partial and f.wire_name not in asked), Direction.INPUT, decl.id
            )
            for f in decl.fields
            if not f.read_only and f.wire_name != hidden and (f.wire_name in apart or not inherits)
        ]
        members = [*members, *own]
        if inherits:
            omit = tuple(f.wire_name for f in decl.fields if f.wire_name in apart)
            partial = partial and any(f.required and f.wire_name not in apart for f in decl.fields)
            return Interface("", tuple(members), base=type_id(flat), omit=omit, partial=partial)
        return Interface("", tuple(members), index=self._types.index(decl, members))

    def _two_forms(self, call: Call, selector: Argument, params: Interface, words: Words) -> list[Declaration]:
        """`Params = ParamsNonStreaming | ParamsStreaming`, told apart by the selector."""
        operation, name = call.operation, selector.key
        omit = params.omit
        if (
            selector.place is Place.MEMBER
            and params.base is not None
            and (selector.required or not isinstance(bare(selector.type), Primitive))
        ):
            omit = (*omit, name)
        members = tuple(m for m in params.members if m.wire_name != name)
        main = self._symbol(operation, words)
        declared: list[Declaration] = []
        base = params.base
        if members or omit or params.partial or params.index is not None:
            base = self._symbol(operation, words, "base")
            declared.append(replace(params, symbol=base, members=members, omit=omit))
        value = call.streaming.selects if call.streaming is not None else True
        no = [Text("false")] if value is True else self._others(selector, value)
        nullable = selector.field is not None and selector.field.nullable
        off = one_of(*no, *([NULL] if nullable else []), UNDEFINED)
        plain = self._symbol(operation, words, "plain", "non", "streaming")
        streaming = self._symbol(operation, words, "stream", "streaming")
        on = Text(literal(True if value is None else value))
        return [
            Alias(main, one_of(Named(plain), Named(streaming)), params.docs),
            *declared,
            Interface(
                plain,
                (Member(name, off, False, selector.docs),),
                Docs(summary="For the whole answer at once."),
                base=base,
            ),
            Interface(
                streaming,
                (Member(name, on, True, selector.docs),),
                Docs(summary="For the answer as a stream."),
                base=base,
            ),
        ]

    def _others(self, selector: Argument, value: str | bool | None) -> list[Expr]:
        """What a selector that is no flag can be in the plain form: the other values of its enum."""
        inner = resolved(selector.type, self._api.decls)
        enum = self._api.decl(inner.id) if isinstance(inner, Ref) else None
        known = enum.members if isinstance(enum, EnumDecl) else ()
        return [Text(literal(member.value)) for member in known if member.value != value]

    def _symbol(self, operation: Operation, words: Words, form: str = "", *more: str) -> str:
        """The symbol of the params type; of one form's, by the form and the words behind the name."""
        id = params_id(operation, *([form] if form else []))
        ending = ("params", *(more or ([form] if form else [])))
        published = Published("param", "", id.partition(":")[2])
        context = ((*words, "options", *ending[1:]),)
        self.symbols.append(Symbol(id, "type", (*words, *ending), TYPES, context, 1, published=published))
        return id

    def _parameter(self, argument: Argument) -> Member:
        type = self._types.sent(argument.type)
        type = type if argument.required else one_of(type, *inherited(argument.key), UNDEFINED)
        return Member(argument.key, type, argument.required, argument.docs, argument.default)

    def _whole(self, kind: BodyKind, argument: Argument) -> Member:
        if kind is BodyKind.TEXT:
            type: Expr = Text("string")
        elif kind is BodyKind.BINARY:
            type = one_of(Runtime("Uploadable"), Text("string"))
        else:
            type = self._types.expr(argument.type)
        type = type if argument.required else one_of(type, UNDEFINED)
        return Member(argument.key, type, argument.required, argument.docs)


def _declared(symbol: str, params: Interface) -> Declaration:
    """The params under their name; another name for what they inherit where they add nothing."""
    if params.base is not None and not params.members and not params.omit and not params.partial:
        return Alias(symbol, Named(params.base), params.docs)
    return replace(params, symbol=symbol)
