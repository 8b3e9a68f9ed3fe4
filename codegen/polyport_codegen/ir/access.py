"""How a call gets in: where servers are, and how callers prove who they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .types import Docs


class SchemeKind(Enum):
    """How callers prove who they are (OpenAPI 3.1, Security Scheme Object)."""

    BEARER = "bearer"
    BASIC = "basic"
    API_KEY = "apiKey"
    OAUTH2 = "oauth2"
    OPEN_ID_CONNECT = "openIdConnect"
    #: The next three send nothing by themselves: the user's transport does (RFC 7616, RFC 8446), or nobody can.
    DIGEST = "digest"
    MUTUAL_TLS = "mutualTLS"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class OAuthFlow:
    """One way to a token (OpenAPI 3.1, OAuth Flow Object). `kind`: authorizationCode, clientCredentials, implicit,
    password, deviceAuthorization. URLs are absolute, or relative to the server; empty when the flow has none."""

    kind: str
    authorization_url: str = ""
    token_url: str = ""
    refresh_url: str = ""
    #: Scope and what it allows.
    scopes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """A way to prove who one is. `env` is the end of its environment variable's name: `API_KEY` of `ACME_API_KEY`."""

    id: str
    kind: SchemeKind
    #: API_KEY: the name of the header, query parameter or cookie, and which of them it is ("header", ...).
    wire_name: str = ""
    location: str = ""
    flows: tuple[OAuthFlow, ...] = ()
    #: OPEN_ID_CONNECT: where the provider describes itself.
    discovery_url: str = ""
    docs: Docs = Docs()
    env: str = "API_KEY"
    #: False: an operation names it, but the document does not declare it (then it is OTHER).
    declared: bool = True

    @property
    def about(self) -> str:
        """What it is, in a few words: its documentation's first paragraph, and where tokens come from."""
        said = " ".join(self.docs.text.split("\n\n", maxsplit=1)[0].split())
        urls = [f.token_url or f.authorization_url for f in self.flows] or [self.discovery_url]
        tokens = f"Tokens: {', '.join(u for u in dict.fromkeys(urls) if u)}." if any(urls) else ""
        return " ".join(filter(None, (said, tokens)))

    @property
    def shown(self) -> str:
        """How clients show a credential: bearer, basic, header, query, cookie, or other (not at all)."""
        if self.kind is SchemeKind.API_KEY:
            return self.location
        if self.kind in (SchemeKind.BEARER, SchemeKind.OAUTH2, SchemeKind.OPEN_ID_CONNECT):
            return "bearer"
        return "basic" if self.kind is SchemeKind.BASIC else "other"


@dataclass(frozen=True, slots=True)
class SecurityUse:
    """A scheme that a call asks for: a key of `Api.security_schemes`, and the scopes that a token must have."""

    scheme: str
    scopes: tuple[str, ...] = ()


#: Any of these will do, all members of one together. An empty one: also without credentials. None at all: no need.
Security = tuple[tuple[SecurityUse, ...], ...]


@dataclass(frozen=True, slots=True)
class ServerVariable:
    """A part of a server's URL that users may choose. `default` is empty when the document gives none (it must)."""

    name: str
    default: str = ""
    enum: tuple[str, ...] = ()
    docs: Docs = Docs()


@dataclass(frozen=True, slots=True)
class Server:
    """Where calls go. `url` is as documented: perhaps relative, perhaps with `{variables}`.

    `name` is what users choose it by: the document's own, else what `passes/servers.py` makes of the description.
    """

    url: str
    variables: tuple[ServerVariable, ...] = ()
    docs: Docs = Docs()
    name: str = ""

    @property
    def resolved(self) -> str:
        """The URL with the variables' defaults in it; empty when a variable has none."""
        url = self.url
        for variable in self.variables:
            if variable.default:
                url = url.replace("{" + variable.name + "}", variable.default)
        return "" if "{" in url else url

    @property
    def is_relative(self) -> bool:
        """Whether it means something only beside another URL: that of the document, or the client's base URL."""
        return "://" not in self.url.partition("?")[0]
