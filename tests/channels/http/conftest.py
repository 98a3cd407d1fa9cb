from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tests.channels.http.rig import Contexts, Rig, serving
from tests.channels.http.server import Script
from tests.channels.rig import Authority

Serve = Callable[..., AbstractContextManager[Rig]]

reset_before_tls = pytest.mark.filterwarnings(
    r"ignore:unclosed <ssl\.SSLSocket:ResourceWarning"
)
"""The standard library leaves such a socket to the collector."""


@pytest.fixture(scope="session")
def contexts(authority: Authority) -> Contexts:
    return Contexts(authority)


@pytest.fixture
def serve(authority: Authority, contexts: Contexts) -> Serve:
    """Call it with scripts, one for each connection."""

    def with_scripts(*scripts: Script, certificate: str = "good", **said: Any) -> Any:
        return serving(scripts, authority, contexts.named(certificate), **said)

    return with_scripts
