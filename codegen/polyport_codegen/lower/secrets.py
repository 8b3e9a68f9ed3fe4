"""What no log and no text about a value may show: headers, and members of objects."""

from __future__ import annotations

from collections.abc import Mapping

from ..ir.access import SchemeKind
from ..ir.model import Api
from ..ir.types import Decl, DeclId, Field, Kind, Nullable, ObjectDecl, Primitive
from .walk import resolved

_ALWAYS = ("authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key")


def secret_headers(api: Api) -> tuple[str, ...]:
    """Their names in lower case: the usual ones, and those in which this API's credentials travel."""
    own = (
        scheme.wire_name.lower()
        for scheme in api.security_schemes.values()
        if scheme.kind is SchemeKind.API_KEY and scheme.location == "header"
    )
    return tuple(dict.fromkeys((*_ALWAYS, *own)))


#: Words in the names of texts that are only sent, which make them secrets.
_SECRET_WORDS = frozenset("password passphrase passwd secret token key pin cvc cvv".split())


def is_secret(field: Field, decls: Mapping[DeclId, Decl]) -> bool:
    """Whether the value is a secret: a text of format `password`, or one that is only sent (`writeOnly`) and is called so."""
    type = resolved(field.type.inner if isinstance(field.type, Nullable) else field.type, decls)
    if not isinstance(type, Primitive) or type.kind is not Kind.STRING:
        return False
    return type.format == "password" or (field.write_only and not _SECRET_WORDS.isdisjoint(field.words))


def secret_members(api: Api) -> tuple[str, ...]:
    """The wire names of all members that are secrets, in the order of the alphabet."""
    objects = (decl for decl in api.decls.values() if isinstance(decl, ObjectDecl))
    return tuple(sorted({f.wire_name for decl in objects for f in decl.fields if is_secret(f, api.decls)}))
