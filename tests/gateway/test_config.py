"""The configuration: what it becomes, and that a mistake is named with file, line and key."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from polyport_gateway.core.snapshot import Target
from polyport_gateway.server.command import bind_host, configuration
from polyport_gateway.server.config import from_environment, from_file, hash_key
from polyport_gateway.server.settings import Config
from polyport_gateway.server.yaml_file import ConfigError

GOOD = """
server:
  port: ${env.PORT:=9000}
  workers: 2
keys:
  - {name: alice, key: "${env.ALICE}", models: [big]}
providers:
  - name: one
    kind: openai
    base_url: http://127.0.0.1:1/v1
    api_key: "12345"
    idle_timeout: 5
  - openrouter_is_known: false
    name: openai
  - {name: local, kind: local}
models:
  - name: big
    targets: [{provider: one, model: inner}, {provider: openai}]
"""


def read(tmp_path: Path, text: str, **environment: str) -> Config:
    path = tmp_path / "polyport.yaml"
    path.write_text(text, encoding="utf-8")
    return from_file(path, environment)


def test_a_whole_configuration(tmp_path: Path) -> None:
    config = read(tmp_path, GOOD.replace("openrouter_is_known: false\n    ", ""), ALICE="sk-a", OPENAI_API_KEY="sk-o")
    assert (config.server.port, config.server.workers) == (9000, 2)
    assert list(config.keys) == [hash_key("sk-a")]
    assert config.keys[hash_key("sk-a")].models == frozenset({"big"})
    assert "sk-a" not in repr(config.keys)
    one, openai, local = config.providers
    assert one.options == {"idle_timeout": 5}
    assert (openai.base_url, openai.api_key) == ("https://api.openai.com/v1", "sk-o")
    assert local.models == ("smollm2-135m", "all-minilm-l6-v2")
    assert config.routes == {"big": (Target("one", "inner"), Target("openai", "big"))}
    assert config.engines == (local,)
    assert config.without_engines().engines == ()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("server:\n  prot: 1", 1, ["server", "prot", "known here", "port"]),
        ("server:\n  port: many", 2, ["server.port", "Expected `int`"]),
        ("providers:\n  - name: a\n    kind: opnai\n    base_url: http://x", 3, ["kind", "did you mean 'openai'"]),
        ("providers:\n  - name: a\n    kind: openai", 2, ["'a' needs a `base_url`"]),
        ("providers:\n  - {name: a, kind: openai, base_url: 'x'}", 2, ["base_url", "not an http(s) URL"]),
        ("providers:\n  - name: a\n    kind: openai\n    base_url: http://x\n    idle_timeot: 3", 2, ["idle_timeot"]),
        ("providers:\n  - name: a\n    kind: openai\n    base_url: http://x\n    idle_timeout: x", 5, ["idle_timeout"]),
        ("providers:\n  - {name: 'a b', kind: local}", 2, ["'a b'"]),
        ("providers:\n  - {name: a, kind: local}\n  - {name: a, kind: local}", 3, ["'a' is used twice"]),
        ("models:\n  - name: m\n    targets:\n      - provider: nobody", 4, ["no provider is named 'nobody'"]),
        ("models:\n  - name: m\n    targets: []", 3, ["targets", "at least one"]),
        ("keys:\n  - name: a\n    key: ${env.NOT_SET}", 3, ["NOT_SET is not set"]),
        ("keys:\n  - name: a\n    key: ''", 3, ["key", "is empty"]),
        ("server:\n  port: 1\n  port: 2", 3, ["given twice"]),
        ("server: [\n", 2, ["not valid YAML"]),
        ("just text", 1, ["Expected `object`"]),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, text: str, line: int, words: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path}/polyport.yaml:{line}: "), message
    for word in words:
        assert word in message


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nothing\.yaml"):
        from_file(tmp_path / "nothing.yaml")


def test_without_a_file_the_environment_is_read() -> None:
    environment = {"OPENAI_API_KEY": "sk-1", "GROQ_API_KEY": "sk-2", "OPENAI_BASE_URL": "http://127.0.0.1:5/v1"}
    providers = {p.name: p for p in from_environment(environment).providers}
    assert list(providers) == ["local", "openai", "groq"]
    assert providers["openai"].base_url == "http://127.0.0.1:5/v1"
    assert providers["groq"].api_key == "sk-2"


def arguments(tmp_path: Path, text: str, **values: object) -> argparse.Namespace:
    path = tmp_path / "polyport.yaml"
    path.write_text(text, encoding="utf-8")
    defaults = {"config": path, "no_engine": False, "no_auth": False, "port": None, "workers": None}
    return argparse.Namespace(**{**defaults, **values})


def test_the_command_line_wins_and_is_checked(tmp_path: Path) -> None:
    config = configuration(arguments(tmp_path, "server: {port: 1}", port=2, workers=3))
    assert (config.server.port, config.server.workers) == (2, 3)
    with pytest.raises(ConfigError, match="between 0 and 65535"):
        configuration(arguments(tmp_path, "server: {port: 70000}"))
    with pytest.raises(ConfigError, match="between 1 and 256"):
        configuration(arguments(tmp_path, "", workers=0))


def test_without_keys_only_this_machine_may_connect(tmp_path: Path) -> None:
    open_to_all = configuration(arguments(tmp_path, ""))
    assert bind_host(open_to_all, None, no_auth=False) == "127.0.0.1"
    assert bind_host(open_to_all, "::1", no_auth=False) == "::1"
    with pytest.raises(ConfigError, match="--no-auth"):
        bind_host(open_to_all, "0.0.0.0", no_auth=False)
    assert bind_host(open_to_all, "0.0.0.0", no_auth=True) == "0.0.0.0"
    locked = configuration(arguments(tmp_path, "keys: [{name: a, key: k}]"))
    assert bind_host(locked, None, no_auth=False) == "0.0.0.0"
