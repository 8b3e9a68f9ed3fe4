"""Headers whose values no log may show."""

from __future__ import annotations

from ..ir.access import SchemeKind
from ..ir.model import Api

_ALWAYS = ("authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key")


def secret_headers(api: Api) -> tuple[str, ...]:
    """Their names in lower case: the usual ones, and those in which this API's credentials travel."""
    own = (
        scheme.wire_name.lower()
        for scheme in api.security_schemes.values()
        if scheme.kind is SchemeKind.API_KEY and scheme.location == "header"
    )
    return tuple(dict.fromkeys((*_ALWAYS, *own)))
