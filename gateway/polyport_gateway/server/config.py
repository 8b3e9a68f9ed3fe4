"""The configuration: one YAML file, or what the environment offers. Strict: an unknown key is an error with its
place."""

from __future__ import annotations

import difflib
import hashlib
import ipaddress
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from polyport_gateway.core.provider import ProviderSettings
from polyport_gateway.core.snapshot import Principal, Target
from polyport_gateway.providers.registry import KINDS, PRESETS, options_of
from polyport_gateway.server.settings import Config, ServerSettings
from polyport_gateway.server.yaml_file import ConfigError, Lines, load

#: What the local engine serves when nothing else is said.
LOCAL_MODELS = ("smollm2-135m", "all-minilm-l6-v2")


class KeySettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of `keys`: a caller's name, its key, and the models it may use (absent: all)."""

    name: str
    key: str
    models: tuple[str, ...] | None = None


class TargetSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One place of a model: the provider, and the provider's own name for it (absent: the same)."""

    provider: str
    model: str | None = None


class ModelSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of `models`: a public name and where it is served, in the order in which the places are tried."""

    name: str
    targets: tuple[TargetSettings, ...]


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    server: ServerSettings = ServerSettings()
    keys: tuple[KeySettings, ...] = ()
    providers: tuple[dict[str, Any], ...] = ()
    models: tuple[ModelSettings, ...] = ()


def from_file(path: Path, environment: Mapping[str, str] | None = None) -> Config:
    """Read and check a configuration file. Raises ConfigError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    value, lines = load(text, str(path), environment)
    checker = _Checker(str(path), lines)
    return checker.config(checker.convert(value, _File, ""), environment or os.environ)


def from_environment(environment: Mapping[str, str] | None = None) -> Config:
    """Without a file: the local model, and a provider for each key that the environment has."""
    environment = os.environ if environment is None else environment
    providers = [ProviderSettings(name="local", kind="local", models=LOCAL_MODELS)]
    for name, (kind, base_url, variable) in PRESETS.items():
        if environment.get(variable):
            url = environment.get(variable.replace("_API_KEY", "_BASE_URL")) or base_url
            providers.append(ProviderSettings(name=name, kind=kind, base_url=url, api_key=environment[variable]))
    return Config(server=ServerSettings(), keys={}, providers=tuple(providers), routes={})


def is_http_url(text: str) -> bool:
    """Whether the text is an absolute http(s) URL with a host."""
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def is_loopback(host: str) -> bool:
    """Whether only this machine can connect to the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def hash_key(key: str) -> str:
    """What is kept of a caller's key."""
    return hashlib.sha256(key.encode()).hexdigest()


class _Checker:
    def __init__(self, file: str, lines: Lines) -> None:
        self._file = file
        self._lines = lines

    def convert(self, value: Any, type_: Any, prefix: str) -> Any:
        """`value` as `type_`; a mismatch becomes a ConfigError at its line."""
        try:
            return msgspec.convert(value, type_, strict=False)
        except msgspec.ValidationError as error:
            message, _, path = str(error).rpartition(" - at `")
            if not message:
                message, path = str(error), ""
            path = f"{prefix}{path.rstrip('`').removeprefix('$')}".removeprefix(".")
            raise self._error(path, message, self._options(type_, path) if "unknown field" in message else "") from None

    def config(self, file: _File, environment: Mapping[str, str]) -> Config:
        """The whole configuration with names resolved."""
        providers = [self._provider(entry, f"providers[{i}]", environment) for i, entry in enumerate(file.providers)]
        names: set[str] = set()
        for index, provider in enumerate(providers):
            if provider.name in names:
                raise self._error(f"providers[{index}].name", f"'{provider.name}' is used twice")
            names.add(provider.name)
        routes: dict[str, tuple[Target, ...]] = {}
        for index, model in enumerate(file.models):
            if model.name in routes:
                raise self._error(f"models[{index}].name", f"'{model.name}' is used twice")
            if not model.targets:
                raise self._error(f"models[{index}].targets", "needs at least one entry")
            for number, target in enumerate(model.targets):
                if target.provider not in names:
                    near = _suggest(target.provider, names)
                    where = f"models[{index}].targets[{number}].provider"
                    raise self._error(where, f"no provider is named '{target.provider}'", near)
            routes[model.name] = tuple(Target(t.provider, t.model or model.name) for t in model.targets)
        keys = {
            hash_key(k.key): Principal(k.name, frozenset(k.models) if k.models is not None else None) for k in file.keys
        }
        for index, key in enumerate(file.keys):
            if not key.key:
                raise self._error(f"keys[{index}].key", "is empty")
        return Config(server=file.server, keys=keys, providers=tuple(providers), routes=routes)

    def _provider(self, entry: dict[str, Any], path: str, environment: Mapping[str, str]) -> ProviderSettings:
        """A provider's entry: the common members typed, every other member an option of its kind."""
        values = dict(entry)
        preset = PRESETS.get(str(values.get("name", values.get("kind", ""))))
        if preset is not None and ("kind" not in values or values["kind"] == preset[0]):
            values.setdefault("kind", preset[0])
            values.setdefault("base_url", preset[1])
            if "api_key" not in values and environment.get(preset[2]):
                values["api_key"] = environment[preset[2]]
        values.setdefault("name", values.get("kind"))
        kind = values.get("kind")
        if kind not in KINDS:
            known = ", ".join(KINDS)
            raise self._error(
                f"{path}.kind" if kind else path, f"`kind` must be one of {known}", _suggest(str(kind), KINDS)
            )
        common = {name: values.pop(name) for name in _COMMON if name in values}
        settings = self.convert({**common, "options": values}, ProviderSettings, path)
        if kind != "local" and not settings.base_url:
            raise self._error(path, f"provider '{settings.name}' needs a `base_url`")
        if not re.fullmatch(r"[A-Za-z0-9_.-]+", settings.name):
            raise self._error(f"{path}.name", f"'{settings.name}' has characters other than letters, digits and _.-")
        if kind != "local" and not is_http_url(settings.base_url or ""):
            raise self._error(f"{path}.base_url", f"'{settings.base_url}' is not an http(s) URL")
        options = options_of(settings.kind)
        if options is not None:
            self.convert(values, options, path)
        if kind == "local" and settings.models is None:
            settings = msgspec.structs.replace(settings, models=LOCAL_MODELS)
        checked: ProviderSettings = settings
        return checked

    def _error(self, path: str, message: str, hint: str = "") -> ConfigError:
        """A ConfigError at the line of `path`, or of what encloses it."""
        known = path
        while known and known not in self._lines:
            known = known.rpartition(".")[0] if known.rfind(".") > known.rfind("[") else known.rpartition("[")[0]
        line = self._lines.get(known, 1)
        return ConfigError(f"{self._file}:{line}: {path or 'the document'}: {message}{hint}")

    def _options(self, type_: Any, path: str) -> str:
        """The keys that would have been right, for the section at `path`."""
        section = {"server": ServerSettings, "keys": KeySettings, "models": ModelSettings}.get(
            path.partition("[")[0], type_
        )
        if path.endswith("]") and ".targets[" in path:
            section = TargetSettings
        return f" (known here: {', '.join(section.__struct_fields__)})"


_COMMON = ("name", "kind", "base_url", "api_key", "models")


def _suggest(name: str, known: Any) -> str:
    close = difflib.get_close_matches(name, list(known), 1)
    return f" (did you mean '{close[0]}'?)" if close else ""
