"""What TLS to a smart host amounts to."""

from __future__ import annotations

import ssl

from consumers.channels.smtp.smarthost import Security, Smarthost
from outbox.manifest import Transport


def protection(smarthost: Smarthost, context: ssl.SSLContext) -> Transport:
    """How well these settings protect what leaves: read off them, not promised."""
    return Transport(
        tls=smarthost.security in set(Security),
        verified_name=context.verify_mode is ssl.CERT_REQUIRED and context.check_hostname,
        minimum_version=context.minimum_version.name.replace("_", "."),
        login=bool(smarthost.login and smarthost.password),
    )
