"""Python's rules for names: PEP 8 spelling, reserved words, and what a class body must not shadow."""

from __future__ import annotations

import keyword
from dataclasses import dataclass

from ...ir.words import capital
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

#: What the classes that generated ones are derived from already have.
_CLIENT_ATTRIBUTES = frozenset(
    "base_url close delete get patch post put request with_options with_raw_response".split()
)

#: Names that generated modules import: a class of that name would hide them.
IMPORTED_NAMES = (
    "APIModel", "Annotated", "Any", "AsyncBinaryResponse", "AsyncPages", "AsyncResource", "AsyncStream",
    "BinaryResponse", "CallOptions", "Literal", "Mapping", "NOT_GIVEN", "NotGiven", "Required", "Sequence", "Stream",
    "SyncPage", "SyncResource", "TYPE_CHECKING", "TypeAlias", "TypeAliasType", "TypedDict", "Union", "Unknown",
    "Upload", "None", "True", "False",
)  # fmt: skip

#: Arguments that every method has beside those of its operation.
OPTION_NAMES = ("self", "extra_headers", "extra_query", "extra_body", "timeout")


@dataclass(frozen=True, slots=True)
class PythonRules:
    """The planner's view of Python. Scopes are named by their first word: see `escape`."""

    def spell(self, role: str, words: Words) -> str:
        """`HttpServer` for classes, `HTTP_SERVER` for constants, `http_server` for all else."""
        if role == "class":
            name = "".join(map(capital, words))
            return name if name.isidentifier() else f"Type{name}"
        name = "_".join(words)
        if role == "constant":
            name = name.upper()
        return name if name.isidentifier() else f"n{name}"

    def escape(self, role: str, scope: str, name: str) -> str:
        """Reserved words, and what the place of the name has already, get an underscore behind."""
        kind = scope.split(":", 1)[0]
        reserved = keyword.iskeyword(name)
        if kind == "fields":
            reserved = reserved or name in _MODEL_ATTRIBUTES or name in _READ_BUILTINS
        elif kind == "client":
            reserved = reserved or name in _CLIENT_ATTRIBUTES
        elif kind == "arguments":
            reserved = reserved or name in OPTION_NAMES
        return f"{name}_" if reserved else name

    def key(self, role: str, name: str) -> str:
        """File names are folded, as some file systems do it."""
        return name.casefold() if role == "file" else name
