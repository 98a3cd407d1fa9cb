"""One certificate authority for the session; both ways to TLS for whoever asks."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial

import pytest
import trustme

from consumers.channels.smtp import Security
from tests.channels.rig import Authority, Rig, serving

Serve = Callable[..., AbstractContextManager[Rig]]


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    ca = trustme.CA()
    file = tmp_path_factory.mktemp("authority") / "ca.pem"
    ca.cert_pem.write_to_path(str(file))
    return Authority(ca, file)


@pytest.fixture(scope="session")
def tls(authority: Authority) -> ssl.SSLContext:
    return authority.context("localhost")


@pytest.fixture(params=list(Security))
def security(request: pytest.FixtureRequest) -> Security:
    return Security(request.param)


@pytest.fixture
def serve(security: Security, authority: Authority, tls: ssl.SSLContext) -> Serve:
    """Call it with a script; each test runs once for each way to TLS."""
    return partial(serving, security, tls, authority.file)


@pytest.fixture
def well(serve: Serve) -> Iterator[Rig]:
    """A server with which all goes well."""
    with serve({}) as rig:
        yield rig
