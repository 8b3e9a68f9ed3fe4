"""Which module implements which kind of provider; a module is imported only when it is configured."""

from __future__ import annotations

import importlib
from typing import Any, Final, cast

from polyport_gateway.core.provider import Provider, ProviderSettings
from polyport_gateway.providers.runtime import ProviderRuntime

#: Kind in the configuration -> module with `create(settings, runtime)`.
KINDS: Final[dict[str, str]] = {
    "local": "polyport_gateway.providers.local",
    "openai": "polyport_gateway.providers.openai_compatible",
}

#: Providers that need only a key: name -> (kind, base URL, environment variable of the key).
PRESETS: Final[dict[str, tuple[str, str, str]]] = {
    "openai": ("openai", "https://api.openai.com/v1", "OPENAI_API_KEY"),
    "together": ("openai", "https://api.together.xyz/v1", "TOGETHER_API_KEY"),
    "fireworks": ("openai", "https://api.fireworks.ai/inference/v1", "FIREWORKS_API_KEY"),
    "groq": ("openai", "https://api.groq.com/openai/v1", "GROQ_API_KEY"),
    "openrouter": ("openai", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"),
    "mistral": ("openai", "https://api.mistral.ai/v1", "MISTRAL_API_KEY"),
    "deepseek": ("openai", "https://api.deepseek.com/v1", "DEEPSEEK_API_KEY"),
}


def options_of(kind: str) -> Any:
    """The struct of the options that a kind of provider takes; None when its module declares none."""
    return getattr(importlib.import_module(KINDS[kind]), "Options", None)


def create(settings: ProviderSettings, runtime: ProviderRuntime) -> Provider:
    """The provider that an entry of the configuration describes. Raises ValueError for settings it cannot use."""
    module = importlib.import_module(KINDS[settings.kind])
    return cast(Provider, module.create(settings, runtime))
