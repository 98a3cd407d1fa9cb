"""TLS that believes nobody it cannot verify."""

from __future__ import annotations

import ssl
from pathlib import Path

from outbox.errors import BadSettings


def verifying(ca_file: Path | None, *, setting: str = "") -> ssl.SSLContext:
    """A context that verifies the chain and the name.

    `ca_file` has the only authorities to believe; None: the system's.  Raises `BadSettings` if
    it cannot be read, naming the `setting` that leads to it.
    """
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except OSError as failure:
        named = f"{setting}: " if setting else ""
        raise BadSettings(f"{named}cannot use {ca_file} to verify TLS: {failure}") from failure
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
