"""Python names of the server glue: classes, attributes and module constants, settled by the planner."""

from __future__ import annotations

import keyword
from collections.abc import Mapping

from ..ir.model import Api
from ..ir.types import AliasDecl, DeclId, EnumDecl, ObjectDecl
from ..lower.planner import LONGEST, Symbol, plan

#: What `types.py` uses itself; a class may not hide it.
MODULE_NAMES = frozenset(
    {
        "Any",
        "Annotated",
        "ClassVar",
        "Meta",
        "Struct",
        "TypeAlias",
        "annotations",
        "field",
        "empty_list",
        "empty_map",
        "null",
    }
)

#: What annotations inside a class body use; an attribute may not hide it.
CLASS_NAMES = frozenset(
    {"str", "int", "float", "bool", "bytes", "list", "dict", "type", "field", "empty_list", "empty_map", "null"}
)


class PythonRules:
    """PEP 8 spelling; keywords and hidden names get a trailing underscore."""

    def spell(self, role: str, words: tuple[str, ...]) -> str:
        """`class`: `ChatMessage`; everything else: `chat_message`."""
        if role == "class":
            name = "".join(word[:1].upper() + word[1:] for word in words)
            return name if name[:1].isalpha() else f"T{name}"
        name = "_".join(words)
        return name if name[:1].isalpha() else f"n{name}"

    def escape(self, role: str, scope: str, name: str) -> str:
        """A trailing underscore for what Python or the module has taken."""
        taken = MODULE_NAMES if role == "class" else CLASS_NAMES
        hidden = keyword.iskeyword(name) or name in taken or (role == "field" and name.startswith("__"))
        return f"{name}_" if hidden else name

    def room(self, role: str) -> int:
        """Nothing is added to the names of the planner."""
        return LONGEST

    def key(self, role: str, name: str) -> str:
        """Names are told apart by case."""
        return name


def class_names(api: Api, tag_fields: tuple[str, ...]) -> tuple[Mapping[DeclId, str], Mapping[str, str]]:
    """Names of the classes and aliases of `types.py`, and of the class for unknown variants of each tag member."""
    symbols = [
        Symbol(f"decl:{id}", "class", decl.words, context=decl.context, rank=int(decl.inline))
        for id, decl in api.decls.items()
        if not isinstance(decl, EnumDecl | AliasDecl)
    ]
    symbols += [
        Symbol(
            f"unknown:{tag}",
            "class",
            ("unknown", *tag_words(tag)),
            context=(("unknown", *tag_words(tag), "variant"),),
            rank=1,
        )
        for tag in tag_fields
    ]
    names = plan(symbols, PythonRules())
    decls = {id: names[f"decl:{id}"] for id in api.decls if f"decl:{id}" in names}
    return decls, {tag: names[f"unknown:{tag}"] for tag in tag_fields}


def tag_words(wire_name: str) -> tuple[str, ...]:
    """A wire name as words, for names that no pass has split."""
    cleaned = "".join(char if char.isalnum() else " " for char in wire_name)
    return tuple(cleaned.lower().split()) or ("tag",)


def field_names(decl: ObjectDecl) -> Mapping[str, str]:
    """Wire name -> attribute name within one class."""
    symbols = [Symbol(f.wire_name, "field", f.words, scope=str(decl.id)) for f in decl.fields]
    return plan(symbols, PythonRules())
