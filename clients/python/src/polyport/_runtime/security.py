"""Which credentials a call is sent with, and how they are shown. Pure, shared by both clients."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from .errors import MissingCredentialError
from .headers import merged
from .links import linked_query
from .operation import Call

#: What a cookie may hold (RFC 6265, 4.1.1) besides letters and digits; the rest is percent-encoded.
_COOKIE = "!#$%&'()*+-./:<=>?@[]^_`{|}~"


@dataclass(frozen=True)
class Scheme:
    """How a credential is shown: kind bearer, basic, header, query or cookie, under `name`.

    `env` is the end of its environment variable's name.
    """

    kind: str
    name: str = ""
    env: str = "API_KEY"

    @property
    def header(self) -> str:
        """The header that carries it; empty for a query member."""
        if self.kind == "header":
            return self.name
        return {"query": "", "cookie": "Cookie"}.get(self.kind, "Authorization")


def wanted(
    call: Call,
    schemes: Mapping[str, Scheme],
    credentials: Mapping[str, Any],
    api_key: Any,
    env_prefix: str,
) -> dict[str, Any]:
    """The credentials for a call by scheme, as they were given (functions are not called yet).

    The first alternative counts whose schemes all have a credential of their own, or whose header
    or query member the call has already; else the first with one scheme, for the `api_key`; else
    one without any. An empty `api_key` means that nothing is sent, on purpose.

    Raises:
        MissingCredentialError: when none of the alternatives can be met.
    """
    security = call.operation.security
    if not call.operation.id:  # an undocumented endpoint: any scheme may be meant, or none
        security = (*((id,) for id in schemes), ())
    if api_key:
        own = {id: api_key for id, scheme in schemes.items() if scheme.env == "API_KEY"}
        credentials = {**own, **credentials}
    alternatives = [[id for id in together if id in schemes] for together in security]
    for needs in alternatives:
        if needs and not any(_missing(needs, call, schemes, credentials)):
            return {id: credentials[id] for id in needs if id in credentials}
    if api_key:
        for needs in alternatives:
            if len(needs) == 1:
                return {needs[0]: api_key}
    if api_key == "" or not alternatives or not all(alternatives):
        return {}
    missing = [_missing(needs, call, schemes, credentials) for needs in alternatives]
    # the general key does for the first that asks for a single credential
    for_key = next((at for at, needs in enumerate(alternatives) if len(needs) == 1), None)
    ways = [
        " and ".join(
            _told(id, schemes[id].env, env_prefix, general=at == for_key) for id in lacking
        )
        for at, lacking in enumerate(missing)
    ]
    raise MissingCredentialError(
        f"no credential: the call needs {', or '.join(ways)}; give it to the client or set the"
        " environment variable",
        method=call.method,
        path=call.path,
    )


def _told(id: str, env: str, env_prefix: str, *, general: bool) -> str:
    also = f" or {env_prefix}_API_KEY" if general and env != "API_KEY" else ""
    return f"{id!r} ({env_prefix}_{env}{also})"


def _missing(
    needs: Iterable[str],
    call: Call,
    schemes: Mapping[str, Scheme],
    credentials: Mapping[str, Any],
) -> Iterable[str]:
    return (id for id in needs if id not in credentials and not _is_shown(schemes[id], call))


def _is_shown(scheme: Scheme, call: Call) -> bool:
    """Whether the caller already put it in, by a header or a query member of their own."""
    if scheme.kind == "query":
        return scheme.name in call.extra_query or scheme.name in linked_query(call)
    value = next((v for n, v in call.headers.items() if n.lower() == scheme.header.lower()), None)
    if scheme.kind != "cookie" or value is None:
        return value is not None
    return any(pair.partition("=")[0].strip() == scheme.name for pair in value.split(";"))


def authorized(
    call: Call, schemes: Mapping[str, Scheme], keys: Mapping[str, str | None], attempt: int
) -> Call:
    """The call for one try, with these credentials. What the caller put in themselves wins."""
    call = replace(call, attempt=attempt)
    cookies: list[str] = []
    for id, key in keys.items():
        scheme = schemes[id]
        if not key:
            continue
        if scheme.kind == "query":
            if not _is_shown(scheme, call):
                call = replace(call, extra_query={scheme.name: key, **call.extra_query})
        elif scheme.kind == "cookie":
            cookies.append(f"{scheme.name}={quote(key, safe=_COOKIE)}")
        else:
            call = _with_header(call, scheme.header, _value(scheme, key))
    if cookies:
        given = {name.lower(): value for name, value in call.headers.items()}.get("cookie")
        call = replace(call, headers=merged(call.headers, {"Cookie": None}))
        call = _with_header(call, "Cookie", "; ".join([*cookies, *([given] if given else [])]))
    return call


def _with_header(call: Call, name: str, value: str) -> Call:
    headers = merged({name: value}, call.headers)
    return replace(call, headers=headers, secrets=call.secrets | {name.lower()})


def _value(scheme: Scheme, key: str) -> str:
    if scheme.kind == "header":
        return key
    if scheme.kind == "basic":
        return "Basic " + base64.b64encode(key.encode()).decode("ascii")
    return f"Bearer {key}"
