"""Python's rules for names: PEP 8 spelling, reserved words, and what a class body must not shadow."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ...ir.words import capital
from ...lower.planner import LONGEST
from ...lower.symbols import calls_scope
from ...target import Refusal
from ...values import Words

#: Builtins that annotations use: a field of that name would be taken for the type by checkers.
SHADOWED_BUILTINS = frozenset(
    {"str", "int", "float", "bool", "bytes", "list", "dict", "object", "datetime", "builtins"}
)

#: Those of them that results' annotations use; `object` is none, so that it can be a field.
_READ_BUILTINS = SHADOWED_BUILTINS - {"object", "bytes", "builtins"}

#: Public attributes of pydantic's BaseModel and of the runtime's own base class.
_MODEL_ATTRIBUTES = frozenset(
    "construct copy dict from_json from_orm json model_computed_fields model_config model_construct model_copy "
    "model_dump model_dump_json model_extra model_fields model_fields_set model_json_schema "
    "model_parametrized_name model_post_init model_rebuild model_validate model_validate_json "
    "model_validate_strings parse_file parse_obj parse_raw schema schema_json to_dict to_json "
    "update_forward_refs validate".split()
)

#: Functions that class bodies call after members of that name could have hidden them.
_CALLED_IN_MODELS = frozenset({"wire_name"})
_CALLED_IN_RESOURCES = frozenset({"builtins", "cached_property", "deprecated", "overload"})

#: What the classes that generated ones are derived from already have.
_CLIENT_ATTRIBUTES = frozenset(
    "base_url close delete get patch post put request with_options with_raw_response".split()
)

#: What users import from the package itself, beside the clients.
RUNTIME_EXPORTS = (
    ("._runtime.accumulate", ("DeltaAccumulator",)),
    (
        "._runtime.errors",
        (
            "APIConnectionError", "APIDecodingError", "APIError", "APIStatusError", "APIStreamError",
            "APITimeoutError", "AuthenticationError", "BadRequestError", "ConflictError", "InternalServerError",
            "MissingCredentialError", "NotFoundError", "PermissionDeniedError", "RateLimitError",
            "UnprocessableEntityError", "UnsupportedByTransportError",
        ),
    ),
    ("._runtime.async_http_transport", ("AsyncHttpTransport",)),
    ("._runtime.http_transport", ("HttpTransport",)),
    ("._runtime.models", ("APIModel", "Unknown")),
    ("._runtime.operation", ("AsyncTransport", "Call", "Transport")),
    ("._runtime.pagination", ("AsyncPage", "AsyncPages", "SyncPage")),
    ("._runtime.responses", ("AsyncBinaryResponse", "BinaryResponse", "RawResponse")),
    ("._runtime.sentinels", ("NOT_GIVEN", "NotGiven")),
    ("._runtime.sse", ("ServerSentEvent",)),
    ("._runtime.streaming", ("AsyncStream", "Stream")),
    ("._runtime.uploads", ("Upload",)),
)  # fmt: skip

_EXPORTED = frozenset(name for _, names in RUNTIME_EXPORTS for name in names)

#: Names that generated modules import: a class of that name would hide them.
IMPORTED_NAMES = (
    "APIModel", "Annotated", "Any", "Arguments", "AsyncBinaryResponse", "AsyncClient", "AsyncPages", "AsyncResource",
    "AsyncStream", "BinaryResponse", "CallOptions", "INFO", "Literal", "Mapping", "NOT_GIVEN", "NotGiven", "Required", "Sequence", "Stream",
    "SyncClient", "SyncPage", "SyncResource", "TYPE_CHECKING", "TypeAlias", "TypeAliasType", "TypedDict", "Union", "Unknown",
    "Upload", "None", "True", "False",
)  # fmt: skip

#: Modules of the standard library, of any version, and what generated packages import: a package of that name would hide
#: the module or be hidden by it.
_MODULES = frozenset(
    """
    abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb
    binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections
    colorsys compileall compression concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes
    curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno
    faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass
    gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io
    ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math
    mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers
    opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib
    poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri
    random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil
    signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl
    stat statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile
    telnetlib tempfile termios textwrap this threading time timeit tkinter token tokenize tomllib trace
    traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings
    wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
    google grpc httpx pydantic pydantic_core typing_extensions
    """.split()
)

#: File names that Windows keeps for devices.
_DEVICES = frozenset({"aux", "con", "nul", "prn"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)})

#: Arguments that every method has beside those of its operation.
OPTION_NAMES = frozenset(("self", "extra_headers", "extra_query", "extra_body", "timeout"))


@dataclass(frozen=True, slots=True)
class PythonRules:
    """The planner's view of Python. Roles are those of `lower.symbols`, and `file` and `constant`."""

    def spell(self, role: str, words: Words) -> str:
        """`HttpServer` for classes, `HTTP_SERVER` for constants, `http_server` for all else."""
        if role in ("type", "resource"):
            name = "".join(map(capital, words))
            # A class in a script without capitals would be named like its module and like members of its type.
            return name if name.isidentifier() and name != name.lower() else f"Type{name}"
        name = "_".join(words)
        if role == "constant":
            name = name.upper()
        return name if name.isidentifier() else f"n{name}"

    def escape(self, role: str, scope: str, name: str) -> str:
        """Reserved words, and what the place of the name has already, get an underscore behind."""
        if role == "resource" and _EXPORTED & {name, f"Async{name}"}:
            return f"{name}Client"
        reserved = keyword.iskeyword(name)
        if role == "member":
            reserved = reserved or name in _MODEL_ATTRIBUTES or name in _READ_BUILTINS or name in _CALLED_IN_MODELS
        elif role in ("method", "child"):
            reserved = reserved or name in _CALLED_IN_RESOURCES
            reserved = reserved or (scope == calls_scope(()) and name in _CLIENT_ATTRIBUTES)
        elif role == "argument":
            reserved = reserved or name in OPTION_NAMES
        elif role == "file":
            reserved = reserved or name in _DEVICES
        return f"{name}_" if reserved else name

    def room(self, role: str) -> int:
        """A resource's class, and its file, has a twin and a raw view that are called after it; constants are private."""
        return LONGEST - {"resource": len("AsyncRaw"), "file": len("async_"), "constant": len("_")}.get(role, 0)

    def key(self, role: str, name: str) -> str:
        """File names are folded, as some file systems do it."""
        return name.casefold() if role == "file" else name


def package_name(words: Words) -> str:
    """The published name when the configuration gives none: `acme-cloud` for the client `AcmeCloud`, in ASCII."""
    ascii = unicodedata.normalize("NFKD", "-".join(words)).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", ascii).strip("-") or "api-client"
    return f"{name}-sdk" if module_name(name) == f"{name}_sdk" else name


def package_refused(package: str) -> Iterator[Refusal]:
    """A name that PyPI does not take, or under which nothing could be imported."""
    plain = re.sub(r"\W+", "_", package).strip("_").lower()
    ours = package_name(tuple(re.findall(r"[a-z0-9]+", plain)) or ("acme",))
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", package):
        cause = f"{package!r} is no name of a Python package"
        yield Refusal("package", cause, f"Letters, digits and - . _ between them, such as {ours}.")
    elif keyword.iskeyword(plain) or plain in _MODULES:
        what = "a word of the language" if keyword.iskeyword(plain) else "a module that is there already"
        yield Refusal("package", f"{package!r} is no name of a Python package: {plain} is {what}", f"Such as {ours}.")


def version_refused(version: str) -> Iterator[Refusal]:
    """What is no version for PyPI (PEP 440, appendix B)."""
    if not re.fullmatch(
        r"v?(\d+!)?\d+(\.\d+)*([-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?\d*)?(-\d+|[-_.]?(post|rev|r)[-_.]?\d*)?"
        r"([-_.]?dev[-_.]?\d*)?(\+[a-z0-9]+([-_.][a-z0-9]+)*)?",
        version,
        re.IGNORECASE,
    ):
        yield Refusal("version", f"{version!r} is no version of a Python package", "Such as 1.4.0 or 2.0.0-beta.1.")


def module_name(package: str) -> str:
    """The name to import: `acme_cloud` for the package `acme-cloud`."""
    name = re.sub(r"\W+", "_", package).strip("_").lower()
    if name in _MODULES or keyword.iskeyword(name):
        return f"{name}_sdk"
    return name if name.isidentifier() else f"sdk_{name}"
