"""TLS that believes nobody it cannot verify, and what it amounts to."""

from __future__ import annotations

import ssl

from consumers.channels.smtp.smarthost import Security, Smarthost
from outbox.errors import BadSettings
from outbox.manifest import Transport


def verifying(smarthost: Smarthost) -> ssl.SSLContext:
    """A context that verifies the chain and the name.

    Raises `BadSettings` if the authorities' file cannot be read.
    """
    try:
        context = ssl.create_default_context(cafile=smarthost.ca_file)
    except OSError as failure:
        raise BadSettings(
            f"cannot use {smarthost.ca_file} to verify TLS: {failure}"
        ) from failure
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def protection(smarthost: Smarthost, context: ssl.SSLContext) -> Transport:
    """How well these settings protect what leaves: read off them, not promised."""
    return Transport(
        tls=smarthost.security in set(Security),
        verified_name=context.verify_mode is ssl.CERT_REQUIRED and context.check_hostname,
        minimum_version=context.minimum_version.name.replace("_", "."),
        login=bool(smarthost.login and smarthost.password),
    )
