"""Swift's rules for names, and the names that generated code must not take."""

from __future__ import annotations

from ...ir.words import capital
from ...lower.planner import LONGEST
from ...lower.symbols import TYPES, calls_scope
from ...values import Words

#: Words that Swift's API guidelines write in one case: `baseURL`, `url`, `HTTPServer`.
ACRONYMS = frozenset(
    """ai api ascii cpu css csv dns gpu html http https id ip json jsonl jwt llm md5 oauth os pdf png rgb rpc sdk sha
    sms sql sse ssl svg tcp tls tts ttl udp ui uri url utc utf uuid vm xml yaml""".split()
)

#: Reserved words (The Swift Programming Language, Lexical Structure), which backticks make names of.
RESERVED = frozenset(
    """Any Self as associatedtype async await break case catch class continue default defer deinit do else enum
    extension fallthrough false fileprivate for func guard if import in inout internal is let nil operator precedencegroup
    private protocol public repeat rethrows return static struct subscript super switch throw throws true try typealias var
    where while""".split()
)
#: What a package's module cannot be called: reserved words, and modules that come with Swift.
MODULES_TAKEN = RESERVED | {"Dispatch", "Foundation", "FoundationEssentials", "FoundationNetworking", "Swift", "XCTest"}

#: Names that backticks do not help with: `x.self` and `X.init` mean something else, and a bare `.none` of an
#: optional is nil.
UNUSABLE = frozenset({"self", "init", "none", "some", "Type", "Protocol"})

#: Members that every model has from its protocols, and `extras`, whose storage would be called `_extras`.
MODEL_MEMBERS = frozenset({"extras", "jsonValue", "hashValue", "debugDescription", "unknownFields", "standIn"})
#: Members of enums and unions that a static member of the same name confuses, some of them with the compiler's crash.
CASES = frozenset({"standIn", "rawValue", "jsonValue", "hashValue", "debugDescription"})
CLIENT_MEMBERS = frozenset(
    {"core", "get", "post", "put", "patch", "delete", "request", "withOptions", "withRawResponse"}
)
RESOURCE_MEMBERS = frozenset({"core"})

#: Types of the language and of Foundation that the runtime or generated code names, or that a reader takes for those.
LANGUAGE_TYPES = frozenset(
    """Actor Any AnyObject Array AsyncSequence AttributedString Block Bool Bundle Calendar Category Character
    CharacterSet Codable CodingKey Collection CustomStringConvertible Data Date DateFormatter Decimal Decoder
    Dictionary Dimension DispatchQueue Double Duration Encoder Equatable Error Expression FileHandle FileManager
    Float Foundation Hashable Hasher Host Identifiable IndexPath IndexSet InputStream Int Int64 JSONDecoder
    JSONEncoder JSONSerialization Locale Measurement Method Mirror NSLock NSObject Never Notification
    NotificationCenter Observation Operation OperationQueue Optional OutputStream Port Predicate Process ProcessInfo
    Progress Protocol Range RawRepresentable Result Scanner Selector Self Sendable Sequence Set Stream String
    Substring Swift Task Thread TimeInterval TimeZone Timer Type URL URLComponents URLError URLRequest URLResponse
    URLSession UUID Unicode Unit Void""".split()
)

#: Types that protocols ask of those who conform to them, by these names.
ASSOCIATED_TYPES = frozenset(
    """AllCases ArrayLiteralElement BooleanLiteralType CodingKeys Element ExtendedGraphemeClusterLiteralType
    FloatLiteralType ID IntegerLiteralType RawValue StringLiteralType UnicodeScalarLiteralType""".split()
)

#: Names inside a generated method that an argument must not hide.
LOCALS = frozenset({"body", "call", "core"})

CLIENT_SCOPE = calls_scope(())


#: Acronyms and their plurals as they stand inside of a name.
_WRITTEN = {f"{word}s": f"{word.upper()}s" for word in ACRONYMS} | {word: word.upper() for word in ACRONYMS}


def _capital(word: str) -> str:
    return _WRITTEN.get(word) or capital(word)


def upper_camel(words: Words) -> str:
    """`ChatCompletion`, `ImageURL`."""
    return _lead("".join(map(_capital, words)))


def lower_camel(words: Words) -> str:
    """`maxTokens`, `imageURL`, `id`."""
    return _lead(words[0] + "".join(map(_capital, words[1:])))


def _lead(name: str) -> str:
    return f"_{name}" if name[:1].isdigit() else name


def quoted(name: str) -> str:
    """The name as it is declared: in backticks when it is a reserved word."""
    return f"`{name}`" if name in RESERVED else name


def label(name: str) -> str:
    """The name as the label of an argument in a call, where only `inout` is still reserved."""
    return f"`{name}`" if name == "inout" else name


_ESCAPES = str.maketrans(
    # The compiler takes no control character of ASCII as it stands.
    {chr(code): f"\\u{{{code:x}}}" for code in (*range(32), 127)}
    | {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}
)


def literal(text: str) -> str:
    """The text as a Swift string literal."""
    if text.isidentifier():
        return f'"{text}"'
    return f'"{text.translate(_ESCAPES)}"'


class SwiftRules:
    """The planner's view of these rules; the roles are those of `lower.symbols`. `taken`: the runtime's types."""

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self._hidden = taken | LANGUAGE_TYPES | ASSOCIATED_TYPES

    def spell(self, role: str, words: Words) -> str:
        """The words in the role's case."""
        return upper_camel(words) if role in ("type", "resource") else lower_camel(words)

    def escape(self, role: str, scope: str, name: str) -> str:
        """A name out of the way of the language and of the runtime. Reserved words stay: see `quoted`."""
        if role in ("type", "resource"):
            # Inside of another type a name hides what is outside of it.
            return f"{name}Model" if scope.startswith(f"{TYPES}:") and name in self._hidden else name
        if name in ("none", "some"):
            return f"{name}Value" if role in ("value", "variant") else name
        taken: frozenset[str] = frozenset()
        if role == "member":
            taken = MODEL_MEMBERS
        elif role in ("value", "variant"):
            taken = CASES
        elif role in ("child", "method"):
            taken = CLIENT_MEMBERS if scope == CLIENT_SCOPE else RESOURCE_MEMBERS
        return f"{name}_" if name in taken or name in UNUSABLE else name

    def room(self, role: str) -> int:
        """The description of a call is called after its method."""
        return LONGEST - len("Operation") if role == "method" else LONGEST

    def key(self, role: str, name: str) -> str:
        """Types are unique without regard to case, because each is the name of a file."""
        return name.casefold() if role in ("type", "resource") else name
