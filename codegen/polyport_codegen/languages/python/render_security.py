"""Security in generated Python: the schemes that the runtime is told of, and what users read of them."""

from __future__ import annotations

from ...ir.access import SecurityScheme
from ...ir.model import Api
from ...target import Settings
from .writer import quoted


def shown(api: Api) -> tuple[SecurityScheme, ...]:
    """The schemes whose credentials clients can show."""
    return tuple(s for s in api.security_schemes.values() if s.shown != "other")


def schemes(api: Api) -> list[tuple[str, str]]:
    """The entries of `INFO.schemes`: `"appId"` and `"header", "X-App-Id", env="APP_ID"`."""
    return [(quoted(s.id), _arguments(s)) for s in shown(api)]


def _arguments(scheme: SecurityScheme) -> str:
    items = [quoted(scheme.shown)]
    if scheme.wire_name:
        items.append(quoted(scheme.wire_name))
    if scheme.env != "API_KEY":
        items.append(f"env={quoted(scheme.env)}")
    return ", ".join(items)


def described(api: Api, settings: Settings) -> str:
    """Where the base URL and credentials come from, for the client's docstring."""
    prefix = settings.env_prefix
    text = (
        f"The base URL and the key come from the arguments or from `{prefix}_BASE_URL` and `{prefix}_API_KEY`; "
        "all arguments are explained in the base class."
    )
    several = shown(api)
    if len(several) < 2:
        return text
    lines = "\n".join(f"- `{s.id}` (`{prefix}_{s.env}`){f': {s.about}' if s.about else ''}" for s in several)
    return f"{text}\n\nWhere a call needs several credentials, `credentials` has them by scheme, or the environment:\n\n{lines}"
