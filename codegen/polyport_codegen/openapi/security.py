"""Security: the schemes that a document declares, and which of them a call needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..diagnostics import Origin
from ..ir.access import OAuthFlow, SchemeKind, Security, SecurityScheme, SecurityUse
from ..ir.types import Docs
from ..ir.words import words_of
from ..values import Json
from .html import prose
from .objects import Objects
from .views import items_of, text

_PLACES = ("header", "query", "cookie")
_HTTP = {"bearer": SchemeKind.BEARER, "basic": SchemeKind.BASIC, "digest": SchemeKind.DIGEST}
_KINDS = {
    "oauth2": SchemeKind.OAUTH2,
    "openIdConnect": SchemeKind.OPEN_ID_CONNECT,
    "mutualTLS": SchemeKind.MUTUAL_TLS,
}


def declared_schemes(objects: Objects) -> dict[str, SecurityScheme]:
    """The document's security schemes by id, those that clients cannot show reported."""
    components = objects.document.tree.get("components")
    found: dict[str, SecurityScheme] = {}
    if not isinstance(components, dict):
        return found
    base = objects.document.origin.child("components")
    for id, said, place in objects.mapping(components, base, "securitySchemes"):
        located = objects.at(said, place, f"the security scheme {id!r}")
        if located is not None:
            found[id] = _scheme(objects, id, *located)
    return found


def _scheme(objects: Objects, id: str, node: dict[str, Json], origin: Origin) -> SecurityScheme:
    type, name = text(node.get("type")), text(node.get("name"))
    kind = _KINDS.get(type, SchemeKind.OTHER)
    location = ""
    if type == "http":
        kind = _HTTP.get(text(node.get("scheme")).lower(), SchemeKind.OTHER)
    elif type == "apiKey" and name and text(node.get("in")) in _PLACES:
        kind, location = SchemeKind.API_KEY, text(node.get("in"))
    scheme = SecurityScheme(
        id,
        kind,
        name if location else "",
        location,
        tuple(_flows(objects, node, origin)),
        text(node.get("openIdConnectUrl")),
        Docs(description=prose(node.get("description")), deprecated=node.get("deprecated") is True),
    )
    if scheme.shown == "other":
        objects.diagnostics.warn(
            "security-scheme",
            f"clients cannot show the security scheme {id!r} ({text(node.get('scheme')) or type or 'no type'})",
            origin,
            "Calls that need it are sent without it: let a transport or a hook of the client add it.",
        )
    return scheme


def _flows(objects: Objects, node: dict[str, Json], origin: Origin) -> Iterator[OAuthFlow]:
    for kind, said, place in objects.mapping(node, origin, "flows"):
        found = objects.at(said, place, f"the flow {kind!r}")
        if found is None:
            continue
        value, where = found
        yield OAuthFlow(
            kind,
            text(value.get("authorizationUrl")) or text(value.get("deviceAuthorizationUrl")),
            text(value.get("tokenUrl")),
            text(value.get("refreshUrl")),
            tuple((scope, text(about)) for scope, about, _ in objects.mapping(value, where, "scopes")),
        )


def wanted(objects: Objects, node: dict[str, Json], origin: Origin) -> Security | None:
    """What an object (the document, an operation) asks for; None when it says nothing of it."""
    if "security" not in node or node["security"] is None:
        return None
    found: list[tuple[SecurityUse, ...]] = []
    whole = node["security"]
    if isinstance(whole, dict):  # a requirement without the list around it
        objects.malformed("security", whole, origin.child("security"), "a list")
        node = {"security": [whole] if whole else []}
    for said, place in objects.listed(node, origin, "security"):
        if not isinstance(said, dict):
            objects.malformed("a security requirement", said, place)
            continue
        found.append(
            tuple(
                SecurityUse(id, tuple(s for s in items_of(scopes) if isinstance(s, str))) for id, scopes in said.items()
            )
        )
    return tuple(dict.fromkeys(found))


def completed(
    objects: Objects, declared: Mapping[str, SecurityScheme], uses: Iterable[tuple[Security, Origin]]
) -> dict[str, SecurityScheme]:
    """The declared schemes and, reported, those that calls name without a declaration; each with its variable's name."""
    schemes = dict(declared)
    for security, origin in uses:
        for id in dict.fromkeys(use.scheme for together in security for use in together):
            if id not in schemes:
                schemes[id] = SecurityScheme(id, SchemeKind.OTHER, declared=False)
                objects.diagnostics.warn(
                    "undeclared-scheme",
                    f"the security scheme {id!r} is asked for but not declared",
                    origin,
                    "Declare it in components/securitySchemes: calls that need it are sent without it.",
                )
    return _with_variables(schemes)


def _with_variables(schemes: Mapping[str, SecurityScheme]) -> dict[str, SecurityScheme]:
    """Every scheme with its variable: `API_KEY` when only one can be shown, else its id in capitals, ever unique."""
    shown = [s.id for s in schemes.values() if s.shown != "other"]
    taken = {"BASE_URL", "LOG"}
    out: dict[str, SecurityScheme] = {}
    for id, scheme in schemes.items():
        if id not in shown:
            out[id] = replace(scheme, env="")
            continue
        name = base = "API_KEY" if len(shown) == 1 else "_".join(words_of(id)).upper()
        number = 2
        while name in taken:
            name, number = f"{base}_{number}", number + 1
        taken.add(name)
        out[id] = replace(scheme, env=name)
    return out
