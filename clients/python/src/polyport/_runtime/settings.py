"""What a client is set to, and how a call is made ready from it. Pure, shared by both clients."""

from __future__ import annotations

import os
import platform
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from .encoding import filled_path, plain_arguments
from .headers import merged
from .operation import Answer, BodyFormat, Call, Operation
from .retries import RetryPolicy
from .security import Scheme, wanted
from .sentinels import NOT_GIVEN, NotGiven
from .servers import Choice, Servers, choose, chosen_url, own_url, resolved
from .wire import to_wire

#: A key, or a function that gives one for every try (a token that expires).
ApiKey = str | Callable[[], str]
AsyncApiKey = str | Callable[[], str | Awaitable[str]]

#: Sees every try before it is sent; may return a changed call.
RequestHook = Callable[[Call], Call | None]
ResponseHook = Callable[[Call, Answer], None]
AsyncRequestHook = Callable[[Call], Call | Awaitable[Call | None] | None]
AsyncResponseHook = Callable[[Call, Answer], Awaitable[None] | None]


@dataclass(frozen=True)
class ApiInfo:
    """What generated code tells about its API."""

    package: str
    version: str
    env_prefix: str
    base_url: str
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    #: The headers whose values no log shows, in lower case.
    secret_headers: frozenset[str] = frozenset()
    servers: Servers = Servers()


class CallOptions(NamedTuple):
    """What a caller may change about one call."""

    extra_headers: Mapping[str, str | None] | None = None
    extra_query: Mapping[str, Any] | None = None
    extra_body: Mapping[str, Any] | None = None
    timeout: float | NotGiven | None = NOT_GIVEN


@dataclass(frozen=True)
class Settings:
    """All of a client's settings, resolved from arguments and environment."""

    info: ApiInfo
    base_url: str
    #: None: there is none; empty: none is sent, on purpose.
    api_key: Any
    #: By the ids of `info.schemes`.
    credentials: Mapping[str, Any]
    timeout: float | None
    connect_timeout: float | None
    idle_timeout: float | None
    retry: RetryPolicy
    default_headers: Mapping[str, str | None]
    default_query: Mapping[str, Any]
    on_request: Any = None
    on_response: Any = None
    raw: bool = False
    #: What was chosen of the documented servers; `info.base_url` is what came of it.
    choice: Choice = Choice()

    def wanted(self, call: Call) -> dict[str, Any]:
        """The credentials for a call by scheme; see `security.wanted`."""
        info = self.info
        return wanted(call, info.schemes, self.credentials, self.api_key, info.env_prefix)

    def changed(
        self,
        *,
        base_url: str | NotGiven,
        server: str | NotGiven,
        server_variables: Mapping[str, str] | NotGiven,
        api_key: Any,
        credentials: Mapping[str, Any] | NotGiven,
        timeout: float | NotGiven | None,
        idle_timeout: float | NotGiven | None,
        max_retries: int | NotGiven,
        default_headers: Mapping[str, str | None] | NotGiven,
        default_query: Mapping[str, Any] | NotGiven,
    ) -> Settings:
        """These settings with what was given put in; headers and query are added."""
        result = self
        if not (isinstance(server, NotGiven) and isinstance(server_variables, NotGiven)):
            given, choice = choose(
                self.info.servers,
                self.info.env_prefix,
                base_url=None if isinstance(base_url, NotGiven) else base_url,
                server=(self.choice.name or None) if isinstance(server, NotGiven) else server,
                variables={} if isinstance(server_variables, NotGiven) else server_variables,
            )
            info = _placed(self.info, given, choice)
            url = checked_base_url(given or info.base_url, info.env_prefix)
            result = replace(result, info=info, base_url=url, choice=choice)
        elif not isinstance(base_url, NotGiven):
            result = replace(result, base_url=checked_base_url(base_url, self.info.env_prefix))
        if not isinstance(api_key, NotGiven):
            result = replace(result, api_key=api_key or "", credentials={})
        if not isinstance(credentials, NotGiven):
            known = _checked_credentials(self.info, credentials)
            result = replace(result, credentials={**self.credentials, **known})
        if not isinstance(timeout, NotGiven):
            result = replace(result, timeout=timeout)
        if not isinstance(idle_timeout, NotGiven):
            result = replace(result, idle_timeout=idle_timeout)
        if not isinstance(max_retries, NotGiven):
            result = replace(result, retry=replace(self.retry, max_retries=max_retries))
        if not isinstance(default_headers, NotGiven):
            headers = {**self.default_headers, **default_headers}
            result = replace(result, default_headers=headers)
        if not isinstance(default_query, NotGiven):
            query = {**self.default_query, **default_query}
            result = replace(result, default_query=query)
        return result


def resolve(
    info: ApiInfo,
    *,
    base_url: str | None,
    server: str | None,
    server_variables: Mapping[str, str] | None,
    api_key: Any,
    credentials: Mapping[str, Any] | None,
    timeout: float | None,
    connect_timeout: float | None,
    idle_timeout: float | None,
    retry: RetryPolicy,
    default_headers: Mapping[str, str | None] | None,
    default_query: Mapping[str, Any] | None,
    on_request: Any,
    on_response: Any,
) -> Settings:
    """Settings from arguments, then the environment, then the API's own defaults.

    Raises:
        ValueError: for a base URL that is not an http(s) URL, a credential for no scheme, or servers and variables that
            there are not.
    """
    given, choice = choose(
        info.servers,
        info.env_prefix,
        base_url=base_url,
        server=server,
        variables=server_variables,
    )
    info = _placed(info, given, choice)
    env = os.environ.get
    found: dict[str, Any] = {}
    if api_key is None:  # arguments win over the environment: a key given here is the one to use
        found = {id: env(f"{info.env_prefix}_{scheme.env}") for id, scheme in info.schemes.items()}
    found |= _checked_credentials(info, credentials or {})
    return Settings(
        info=info,
        base_url=checked_base_url(given or info.base_url, info.env_prefix),
        api_key=api_key if api_key is not None else env(f"{info.env_prefix}_API_KEY") or None,
        credentials={id: credential for id, credential in found.items() if credential},
        timeout=timeout,
        connect_timeout=connect_timeout,
        idle_timeout=idle_timeout,
        retry=retry,
        default_headers=default_headers or {},
        default_query=default_query or {},
        on_request=on_request,
        on_response=on_response,
        choice=choice,
    )


def _placed(info: ApiInfo, given: str | None, choice: Choice) -> ApiInfo:
    """What is known of the API, with its own base URL as it was chosen."""
    own = None if given else chosen_url(info.servers, choice, info.env_prefix)
    return info if own is None else replace(info, base_url=own)


def _checked_credentials(info: ApiInfo, credentials: Mapping[str, Any]) -> dict[str, Any]:
    for id in credentials:
        if id not in info.schemes:
            known = ", ".join(map(repr, info.schemes)) or "none"
            raise ValueError(
                f"credentials: {id!r} is no security scheme of the API; it has {known}"
            )
    return dict(credentials)


def checked_base_url(url: str, env_prefix: str) -> str:
    """The URL without a slash at its end.

    Raises:
        ValueError: when it is not an http(s) URL, or there is none.
    """
    if not url:
        raise ValueError(
            "there is no base URL: the API's document has none that can be called;"
            f" give base_url or set {env_prefix}_BASE_URL"
        )
    if not url.startswith(("http://", "https://")) or len(url.split("://", 1)[1]) == 0:
        raise ValueError(f"base_url must be an http:// or https:// URL, not {url!r}")
    return url.rstrip("/")


def own_state(client: object) -> dict[str, Any]:
    """What a client, also one of a derived class, has for itself: all but what its cached properties made.

    Those are resources, which know the client that they were made for.
    """
    kind = type(client)
    return {
        name: value
        for name, value in vars(client).items()
        if not isinstance(getattr(kind, name, None), cached_property)
    }


def make_call(
    settings: Settings,
    operation: Operation[Any],
    arguments: Mapping[str, Mapping[str, Any]],
    body: Any,
    options: CallOptions,
) -> Call:
    """The call for these arguments, all but its credentials."""
    info = settings.info
    operation, body = _with_extra_body(operation, body, options.extra_body)
    headers = merged(
        {"User-Agent": f"{info.package}/{info.version} python/{platform.python_version()}"},
        {"Idempotency-Key": str(uuid.uuid4())} if operation.method not in ("GET", "HEAD") else None,
        settings.default_headers,
        options.extra_headers,
    )
    timeout = options.timeout
    plain = plain_arguments(arguments)
    return Call(
        operation=operation,
        base_url=_server_of(settings, operation),
        path=filled_path(operation, plain),
        arguments=plain,
        body=body,
        headers=headers,
        extra_query={
            name: to_wire(value)
            for name, value in {**settings.default_query, **(options.extra_query or {})}.items()
        },
        timeout=settings.timeout if isinstance(timeout, NotGiven) else timeout,
        connect_timeout=settings.connect_timeout,
        idle_timeout=settings.idle_timeout,
        secrets=info.secret_headers,
    )


def _server_of(settings: Settings, operation: Operation[Any]) -> str:
    """Where a call goes: to its own server, unless the client was given another base URL.

    Only a relative one is beside that, too.
    """
    info = settings.info
    if operation.server is None:
        return settings.base_url
    is_given = settings.base_url != info.base_url.rstrip("/")
    if is_given and "://" in operation.server:
        return settings.base_url
    own = own_url(info.servers, settings.choice, info.env_prefix, operation.server)
    return own.rstrip("/") if "://" in own else resolved(settings.base_url, own)


def _with_extra_body(
    operation: Operation[Any], body: Any, extra: Mapping[str, Any] | None
) -> tuple[Operation[Any], Any]:
    extra_only = extra is not None and body is NOT_GIVEN
    if extra is not None:
        if operation.body is None:
            operation = replace(operation, body=BodyFormat())
        if body is NOT_GIVEN:
            body = {}
        if not isinstance(body, Mapping):
            raise TypeError("extra_body needs a request body that is an object")
        body = {**body, **extra}
    if operation.body is None or body is NOT_GIVEN:
        return operation, NOT_GIVEN
    # An object that was given as it is has no members that were not given.
    is_given = body == {} and not extra_only
    if operation.body.kind in ("json", "lines"):
        body = to_wire(body)
    elif operation.body.kind in ("form", "multipart"):
        body = {name: value for name, value in body.items() if value is not NOT_GIVEN}
    if body == {} and not is_given and not operation.body.required:
        body = NOT_GIVEN
    return operation, body
