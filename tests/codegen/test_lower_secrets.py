"""What no text about a value shows."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.lower.secrets import secret_members

from .specs import api_of, ref


@pytest.mark.parametrize(
    ("name", "schema", "secret"),
    [
        ("a", {"type": "string", "format": "password"}, True),
        ("a", {"type": ["string", "null"], "format": "password"}, True),
        ("a", ref("Password"), True),
        ("api_key", {"type": "string", "writeOnly": True}, True),
        ("token", {"type": "string"}, False),
        ("note", {"type": "string", "writeOnly": True}, False),
        ("token", {"type": "integer", "writeOnly": True}, False),
        ("key", {"enum": ["a", "b"], "writeOnly": True}, False),
    ],
)
def test_secrets_are_passwords_and_what_is_only_sent_and_called_so(
    name: str, schema: dict[str, Any], secret: bool
) -> None:
    password = {"type": "string", "format": "password"}
    api = api_of({"Account": {"type": "object", "properties": {name: schema}}, "Password": password})
    assert secret_members(api) == ((name,) if secret else ())
