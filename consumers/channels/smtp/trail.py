"""The trail of one attempt: how far it came, how long it took, what was checked."""

from __future__ import annotations

import hashlib
import ssl
import time

from pydantic import JsonValue

from consumers.channels import Evidence
from consumers.channels.smtp.events import Phase
from consumers.channels.smtp.smarthost import Smarthost

OF_THE_CONNECTION = (
    *("address", "capabilities", "tls_version", "tls_cipher"),
    *("certificate_sha256", "verified_name"),
)
CHECKED_AT_ITS_OPENING = ("certificate_and_name", "login")
"""Facts and checks that hold for every mail over one connection."""


class Trail:
    """Collects the evidence.  The password cannot be in it, even if a server repeats it."""

    def __init__(self, smarthost: Smarthost) -> None:
        self.phase = Phase.POLICY
        self._smarthost = smarthost
        self._facts: Evidence = {
            "host": smarthost.host,
            "port": smarthost.port,
            "security": smarthost.security.value,
            "login": smarthost.login,
        }
        self._seconds: dict[Phase, float] = {}
        self._since = time.monotonic()
        self._checks: list[JsonValue] = []

    def enter(self, phase: Phase) -> None:
        """The attempt goes on to this phase."""
        now = time.monotonic()
        self._seconds[self.phase] = self._seconds.get(self.phase, 0) + now - self._since
        self.phase, self._since = phase, now

    def note(self, **facts: JsonValue) -> None:
        self._facts.update(facts)

    def passed(self, check: str) -> None:
        self._checks.append(check)

    def note_tls(self, tls: ssl.SSLSocket) -> None:
        """Whom we talk to, and how well it is kept from others."""
        certificate = tls.getpeercert(binary_form=True) or b""
        cipher = tls.cipher()
        self.note(
            tls_version=tls.version(),
            tls_cipher=cipher[0] if cipher else None,
            certificate_sha256=hashlib.sha256(certificate).hexdigest(),
            verified_name=self._smarthost.host,
        )
        self.passed("certificate_and_name")

    def of_the_connection(self) -> Evidence:
        """What was found out when it was opened."""
        return {name: self._facts[name] for name in OF_THE_CONNECTION if name in self._facts}

    def goes_over(self, opened: Evidence) -> None:
        """This attempt goes over a connection that an earlier one has opened."""
        self.note(**opened)
        self._checks.extend(CHECKED_AT_ITS_OPENING)

    def evidence(self) -> Evidence:
        """Everything so far, as JSON; times in milliseconds."""
        self.enter(self.phase)
        self.note(
            phase=self.phase.value,
            milliseconds={p.value: round(s * 1000) for p, s in self._seconds.items()},
            checks=self._checks,
        )
        return {key: self._clean(fact) for key, fact in self._facts.items()}

    def _clean(self, fact: JsonValue) -> JsonValue:
        if isinstance(fact, str):
            return self._smarthost.without_secret(fact)
        if isinstance(fact, list):
            return [self._clean(part) for part in fact]
        if isinstance(fact, dict):
            return {key: self._clean(part) for key, part in fact.items()}
        return fact
