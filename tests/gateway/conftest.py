"""Fixtures: one fake upstream and one gateway per test module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.gateway.support import Gateway, UpstreamThread, one_provider, serving


@pytest.fixture(scope="module")
def upstream() -> Iterator[UpstreamThread]:
    """A fake upstream."""
    thread = UpstreamThread()
    yield thread
    thread.close()


@pytest.fixture(scope="module")
def gateway(upstream: UpstreamThread, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway before the fake upstream, which takes any model name."""
    with serving(tmp_path_factory.mktemp("gateway"), one_provider(upstream.url), "--no-engine") as running:
        yield running
