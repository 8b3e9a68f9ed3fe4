"""TypeScript's rules for names, and the names that generated code must not take."""

from __future__ import annotations

import re

from ...ir.words import capital
from ...lower.planner import LONGEST
from ...lower.symbols import TYPES, calls_scope
from ...values import Words

#: What the package exports beside the API's own types, from the runtime and from the package's own modules.
RUNTIME_EXPORTS = frozenset(
    """APIConnectionError APIDecodingError APIError APIPromise APIResource APIStatusError APIStreamError APITimeoutError
    Accumulator ApiInfo ApiKey AuthenticationError BadRequestError BaseClient CallArguments ClientOptions
    ConflictError Fetch FetchOptions HeaderOptions HttpTransport HttpTransportOptions InternalServerError LogLevel Logger
    MissingCredentialError NotFoundError Operation Outcome Page PagePromise PermissionDeniedError RateLimitError RequestEvent RequestOptions
    ResponseEvent ServerSentEvent Stream Transport TransportRequest UndocumentedOptions UnknownVariant UnprocessableEntityError
    Untagged Uploadable WithResponse""".split()
)

#: Globals of JavaScript and TypeScript that generated code uses, or that a reader takes for the global.
GLOBALS = frozenset(
    """Array ArrayBuffer AsyncGenerator AsyncIterable BigInt Blob Boolean Buffer Date Document Element Error Event
    Exclude Extract File FormData Function Headers Infinity Intl Iterable JSON Map Math NaN NonNullable Number Object
    Omit Partial Pick Promise PromiseLike Proxy Readonly ReadableStream Record Reflect RegExp Request Required Response
    ReturnType Set String Symbol URL URLSearchParams Uint8Array WeakMap WeakSet""".split()
)

#: What of these generated code uses inside of namespaces, where nothing else can be hidden.
IN_TYPES = frozenset({"UnknownVariant", "Untagged", "Uploadable"})

#: Functions that the package exports.
RUNTIME_FUNCTIONS = frozenset({"apiInfo", "fileFromPath", "hasUnknownTag", "toFile"})

#: Reserved words that cannot name a constant or a function (ECMA-262, section 12.7.2, in strict mode).
RESERVED = frozenset(
    """arguments await break case catch class const continue debugger default delete do else enum eval export extends
    false finally for function if implements import in instanceof interface let new null package private protected
    public return static super switch this throw true try typeof undefined var void while with yield""".split()
)

#: Members that every object inherits.
OBJECT_MEMBERS = frozenset(
    "constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf".split()
)
#: These, and what a promise has or JSON asks for: an operation or resource must not hide them.
CLASS_MEMBERS = OBJECT_MEMBERS | {"then", "toJSON"}
CLIENT_MEMBERS = CLASS_MEMBERS | {"baseURL", "delete", "get", "patch", "post", "put", "withOptions"}

#: File names that Windows keeps for itself.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\Z")
#: A package's name, or its scope's.
_PART = r"[a-z0-9][a-z0-9._-]*"
#: Modules of Node.js itself, and folders that npm keeps for itself.
_MODULES = frozenset(
    """assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events
    favicon.ico fs http http2 https inspector module net node_modules os path perf_hooks process punycode querystring
    readline repl stream string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib""".split()
)
_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*\Z")


def pascal(words: Words) -> str:
    """`ChatCompletion`."""
    return _lead("".join(map(capital, words)))


def camel(words: Words) -> str:
    """`chatCompletion`."""
    return _lead(words[0] + "".join(map(capital, words[1:])))


def kebab(words: Words) -> str:
    """`chat-completion`, for files."""
    return "-".join(words)


def client_name(words: Words) -> str:
    """The client's class: `Acme`, or `StreamClient` where the name alone is the runtime's or the language's."""
    name = pascal(words)
    return f"{name}Client" if name in GLOBALS or name in RUNTIME_EXPORTS else name


def package_name(words: Words) -> str:
    """`acme-pets`, as the registry allows it: lower-case ASCII (npm, `package.json`, name)."""
    return re.sub(r"[^a-z0-9]+", "-", kebab(words)).strip("-") or "api-client"


def is_package(name: str) -> bool:
    """Whether npm takes a package of this name (`package.json`, name); those of Node's own modules it does not."""
    return len(name) <= 214 and name not in _MODULES and re.fullmatch(rf"(@{_PART}/)?{_PART}", name) is not None


def is_version(text: str) -> bool:
    """Whether it is a semantic version (Semantic Versioning 2.0.0)."""
    number, part = r"(0|[1-9]\d*)", r"(0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)"
    pattern = rf"{number}\.{number}\.{number}(-{part}(\.{part})*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?"
    return re.fullmatch(pattern, text, re.ASCII) is not None


def is_identifier(name: str) -> bool:
    """Whether a member of this name needs no quotes."""
    return _IDENTIFIER.match(name) is not None


def _lead(name: str) -> str:
    return f"_{name}" if name[:1].isdigit() else name


class NodeRules:
    """The planner's view of these rules. Roles: those of `lower.symbols`, and function and file."""

    def spell(self, role: str, words: Words) -> str:
        """The words in the role's case."""
        if role in ("type", "resource"):
            return pascal(words)
        return kebab(words) if role == "file" else camel(words)

    def escape(self, role: str, scope: str, name: str) -> str:
        """A name out of the way of the language and of the runtime."""
        if role in ("type", "resource"):
            taken = IN_TYPES if scope != TYPES else GLOBALS | RUNTIME_EXPORTS
            return f"{name}Model" if name in taken else name
        if role == "function":
            return f"{name}_" if name in RESERVED or name in RUNTIME_FUNCTIONS else name
        if role in ("method", "child"):
            taken = CLIENT_MEMBERS if scope == calls_scope(()) else CLASS_MEMBERS
            return f"{name}_" if name in taken else name
        if role == "argument":
            # It must hide neither the arguments after it nor the constant that describes the operation.
            taken = RESERVED | {"params", "options"}
            return f"{name}_" if name in taken or name.endswith("Operation") else name
        if role == "file":
            return f"{name}-" if name == "index" or _DEVICE.match(name) else name
        return name

    def room(self, role: str) -> int:
        """Nothing is added to the names of the planner."""
        return LONGEST

    def key(self, role: str, name: str) -> str:
        """Files are unique without regard to case."""
        return name.casefold() if role == "file" else name
