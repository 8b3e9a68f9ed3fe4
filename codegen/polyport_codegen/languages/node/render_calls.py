"""Resource classes to what the templates lay out.

Model in, code out:

    create(params: MessagesCreateParamsNonStreaming, options?: RequestOptions): APIPromise<Message>;
    create(params: MessagesCreateParamsStreaming, options?: RequestOptions): APIPromise<Stream<MessageChunk>>;
    create(params: MessagesCreateParams, options?: RequestOptions): APIPromise<Message | Stream<MessageChunk>>;
    create(...) { return params.stream === true ? this._caller.stream(...) : this._caller.call(...); }
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...ir.types import Docs
from ...lower.layout import Group, Joined, Part, layout
from ...lower.outline import error_name, headers_told
from .declarations import Constant, Method, ResourceClass, Streaming
from .prose import jsdoc
from .render_types import Names, declaration_text, imports, uses
from .samples import Examples
from .text import INDENT, WIDTH, data_part, data_text, literal, member_access, property_name
from .types import Expr, Named, Runtime, inline, one_of, part, references

#: The module of the root, which is the client itself.
CLIENT = "client.js"


@dataclass(frozen=True, slots=True)
class ChildView:
    """A resource below: the member, its class, and the comment before it."""

    name: str
    class_name: str
    docs: str


@dataclass(frozen=True, slots=True)
class ResourceView:
    """A resource as its template needs it."""

    name: str
    module: str
    imports: list[str]
    declarations: list[str]
    constants: list[str]
    docs: str
    children: list[ChildView]
    methods: list[str]


def resource_module(resource: ResourceClass) -> str:
    """`resources/chat/completions.ts` as a module; the root is the client itself."""
    if not resource.path:
        return CLIENT
    steps = (f"{step}-" if step == "index" else step for step in resource.path)  # the folder has an index of its own
    return f"resources/{'/'.join(steps)}.js"


def resource_view(resource: ResourceClass, names: Names, examples: Examples) -> ResourceView:
    """Everything of one resource's file."""
    module = resource_module(resource)
    used: list[Named | Runtime] = [Runtime("RequestOptions")] if resource.methods else []
    used += [Runtime("Operation")] if resource.constants else []
    values = {} if not resource.path else {"runtime/resource.js": ["APIResource"]}
    if not resource.path:
        values["core.js"] = [f"{names[resource.symbol]}Core"]
    for child in resource.children:
        values.setdefault(names.modules[child.class_symbol], []).append(names[child.class_symbol])
    for method in resource.methods:
        used += _method_uses(method)
    return ResourceView(
        name=names[resource.symbol],
        module=module,
        imports=imports(module, [*used, *uses(resource.params)], names, values),
        declarations=[declaration_text(d, names) for d in resource.params],
        constants=[_constant(c, names) for c in resource.constants],
        docs=jsdoc(resource.docs) if resource.docs.text else "",
        children=[ChildView(names[c.symbol], names[c.class_symbol], jsdoc(c.docs, 1)) for c in resource.children],
        methods=[_method(m, names, examples) for m in resource.methods],
    )


def _constant(constant: Constant, names: Names) -> str:
    lead = f"const {names[constant.symbol]}: Operation = "
    if constant.base is None:
        return f"{lead}{data_text(constant.value, column=len(lead) + 1)};\n"
    inner = data_part(constant.value)
    assert isinstance(inner, Group)
    value = Group("{", [f"...{names[constant.base]}", *inner.items], "}", padded=True)
    return f"{lead}{layout(value, width=WIDTH, column=len(lead) + 1, indent=INDENT)};\n"


def _returns(method: Method) -> tuple[Expr, ...]:
    """The return type, or those of the plain form, the streaming form and both."""
    if method.form == "pages":
        return (Runtime("PagePromise", method.types),)
    if method.form == "stream":
        return (Runtime("APIPromise", (Runtime("Stream", method.types),)),)
    plain = method.types[0]
    if method.streaming is None:
        return (Runtime("APIPromise", (plain,)),)
    stream = Runtime("Stream", _stream_types(method.streaming))
    return (
        Runtime("APIPromise", (plain,)),
        Runtime("APIPromise", (stream,)),
        Runtime("APIPromise", (one_of(plain, stream),)),
    )


def _stream_types(form: Streaming) -> tuple[Expr, ...]:
    return (form.event, *(() if form.whole is None else (form.whole,)))


def return_text(method: Method, names: Names) -> str:
    """What the method gives, on one line; of two forms the one that covers both."""
    return inline(_returns(method)[-1], names)


def _method_uses(method: Method) -> Iterator[Named | Runtime]:
    for result in _returns(method):
        yield from references(result)
    if method.positional is not None:
        yield from references(method.positional.type)
    forms = (method.streaming.params, method.streaming.plain_params) if method.streaming is not None else ()
    for params in (method.params, *forms):
        if params is not None:
            yield Named(params)


def _signature(method: Method, names: Names, params: str | None, required: bool, result: Expr) -> str:
    items: list[Part] = []
    if method.positional is not None:
        items.append(Joined([f"{names[method.positional.symbol]}: ", part(method.positional.type, names)]))
    if params is not None:
        items.append(f"params{'' if required else '?'}: {names[params]}")
    items.append("options?: RequestOptions")
    # The brackets of the arguments break before those of the result do.
    text = Group(f"{names[method.symbol]}(", items, f"): {inline(result, names)}")
    return layout(text, width=WIDTH - 2, column=2, indent=INDENT, level=1)


def _method(method: Method, names: Names, examples: Examples) -> str:
    returns = _returns(method)
    extra = (
        [f"@param {names[method.positional.symbol]} {method.positional.docs.text.splitlines()[0]}"]
        if method.positional and method.positional.docs.text
        else []
    )
    extra += [*_throws(method, names)]
    docs = jsdoc(_with_headers(method), 1, extra=[*extra, f"@example\n{examples.text(method.call.operation.id)}"])
    form = method.streaming
    if form is None:
        head = f"{INDENT}{_signature(method, names, method.params, method.params_required, returns[0])} {{\n"
        call = _call(method, names, method.form, method.constant, method.types)
        return f"{docs}{head}{INDENT * 2}{call};\n{INDENT}}}\n"
    plain, stream, both = returns
    streamed = Docs("The same as a stream.", deprecated=method.docs.deprecated, deprecation=method.docs.deprecation)
    stream_docs = jsdoc(streamed, 1, extra=[f"@example\n{examples.streaming_text(method.call.operation.id)}"])
    brief = jsdoc(Docs(deprecated=method.docs.deprecated, deprecation=method.docs.deprecation), 1)
    overloads = [
        f"{docs}{INDENT}{_signature(method, names, form.plain_params, method.params_required, plain)};\n",
        f"{stream_docs}{INDENT}{_signature(method, names, form.params, True, stream)};\n",
        f"{brief}{INDENT}{_signature(method, names, method.params, method.params_required, both)};\n",
    ]
    question = "" if method.params_required else "?"
    access = member_access(form.selector)
    access = f"?.{access.lstrip('.')}" if question else access
    body = (
        f"{INDENT}{_signature(method, names, method.params, method.params_required, both)} {{\n"
        f"{INDENT * 2}return params{access} === {literal(form.value)}\n"
        f"{INDENT * 3}{_call(method, names, 'stream', form.constant, _stream_types(form), '? ', 3)}\n"
        f"{INDENT * 3}{_call(method, names, 'call', method.constant, method.types, ': ', 3)};\n"
        f"{INDENT}}}\n"
    )
    return "".join(overloads) + body


def _with_headers(method: Method) -> Docs:
    """The method's documentation, with the headers that come with its answers."""
    told = headers_told(method.call.operation)
    if not told:
        return method.docs
    text = f"Headers of the answer, which `withResponse()` gives too:\n\n{told}"
    return replace(method.docs, description=f"{method.docs.description}\n\n{text}".strip())


def _throws(method: Method, names: Names) -> Iterator[str]:
    """What a documented error is thrown as, and what its body is."""
    for status, type in method.errors:
        said = "" if status == "default" else f" {status}:"
        yield f"@throws {{{error_name(status)}Error}}{said} with the `body` {inline(type, names)}"


def _call(
    method: Method,
    names: Names,
    form: str,
    constant: str,
    types: tuple[Expr, ...],
    lead: str = "return ",
    level: int = 2,
) -> str:
    """The call of the runtime after `lead`, with room for a semicolon."""
    params: Part = "params" if method.params is not None else "undefined"
    if method.positional is not None:
        name, member = names[method.positional.symbol], method.positional.member
        own = name if name == member else f"{property_name(member)}: {name}"
        params = Group("{", [*(["...params"] if method.params is not None else []), own], "}", padded=True)
    # The brackets of the arguments break before those of the types do.
    generic = inline(Runtime(f"this._caller.{form}", types), names)
    text = Group(f"{generic}(", [names[constant], params, "options"], ")")
    column = len(INDENT * level) + len(lead)
    return lead + layout(text, width=WIDTH - 1, column=column, indent=INDENT, level=level)
