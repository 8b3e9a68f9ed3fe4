"""TLS on the port: REST and gRPC by ALPN, and files that cannot be used."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import grpc.aio  # type: ignore[import-untyped]
import pytest

from tests.gateway.grpc_support import GrpcClient
from tests.gateway.support import MESSAGES, Gateway, UpstreamThread, one_provider, read_reply, serving


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for localhost, and its key beside it."""
    path = tmp_path_factory.mktemp("tls") / "cert.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-out", str(path), "-keyout", str(path.with_suffix(".key"))]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files]
    subprocess.run(command, check=True, capture_output=True)
    return path


@pytest.fixture(scope="module")
def secure(upstream: UpstreamThread, certificate: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    tls = f"server: {{tls: {{certificate: {certificate}, key: {certificate.with_suffix('.key')}}}}}\n"
    with serving(tmp_path_factory.mktemp("secure"), one_provider(upstream.url, tls), "--no-engine") as running:
        yield running


async def test_rest_is_what_a_client_that_offers_both_gets(secure: Gateway, certificate: Path) -> None:
    context = ssl.create_default_context(cafile=str(certificate))
    context.set_alpn_protocols(["h2", "http/1.1"])
    reader, writer = await asyncio.open_connection("127.0.0.1", secure.port, ssl=context, server_hostname="localhost")
    assert writer.get_extra_info("ssl_object").selected_alpn_protocol() == "http/1.1"
    writer.write(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert (await read_reply(reader)).json == {"status": "ok"}
    writer.close()


async def test_grpc_goes_through_the_same_port(secure: Gateway, certificate: Path) -> None:
    credentials = grpc.ssl_channel_credentials(certificate.read_bytes())
    options = [("grpc.use_local_subchannel_pool", 1)]
    async with grpc.aio.secure_channel(f"localhost:{secure.port}", credentials, options=options) as channel:
        body = {"model": "stream:5", "messages": MESSAGES}
        events = await GrpcClient(channel).events("createChatCompletion", {"body": body})
    assert len(events) == 6


async def test_plain_text_on_the_tls_port_is_refused_and_harms_nobody(secure: Gateway) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", secure.port)
    writer.write(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
    assert b"HTTP/1.1 200" not in await asyncio.wait_for(reader.read(), 10)
    writer.close()


def test_files_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    path = tmp_path / "polyport.yaml"
    path.write_text("server: {tls: {certificate: /nowhere.pem, key: /nowhere.key}}\n", encoding="utf-8")
    gateway = Gateway(["--config", str(path), "--no-engine", "--port", "0"])
    assert gateway.process.wait(20) == 2
    gateway.close()
    assert "/nowhere.pem" in gateway.text()
