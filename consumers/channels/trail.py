"""The trail of one attempt: how far it came, how long it took, what was checked."""

from __future__ import annotations

import hashlib
import ssl
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Generic, TypeVar

from pydantic import JsonValue

from consumers.channels import Evidence

Phase = TypeVar("Phase", bound=StrEnum)


class Trail(Generic[Phase]):
    """Collects the evidence.  No secret can be in it, even if a server repeats it."""

    def __init__(self, first: Phase, without_secrets: Callable[[str], str]) -> None:
        self.phase = first
        self.without_secrets = without_secrets
        self._facts: Evidence = {}
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
        if check not in self._checks:
            self._checks.append(check)

    def note_tls(self, tls: ssl.SSLSocket, name: str) -> None:
        """Whom we talk to, and how well it is kept from others."""
        certificate = tls.getpeercert(binary_form=True) or b""
        cipher = tls.cipher()
        self.note(
            tls_version=tls.version(),
            tls_cipher=cipher[0] if cipher else None,
            certificate_sha256=hashlib.sha256(certificate).hexdigest(),
            verified_name=name,
        )
        self.passed("certificate_and_name")

    def evidence(self) -> Evidence:
        """Everything so far, as JSON; times in milliseconds."""
        self.enter(self.phase)
        self.note(
            phase=self.phase.value,
            milliseconds={p.value: round(s * 1000) for p, s in self._seconds.items()},
            checks=self._checks,
        )
        return {name: self._clean(fact) for name, fact in self._facts.items()}

    def _clean(self, fact: JsonValue) -> JsonValue:
        if isinstance(fact, str):
            return self.without_secrets(fact)
        if isinstance(fact, list):
            return [self._clean(part) for part in fact]
        if isinstance(fact, dict):
            return {name: self._clean(part) for name, part in fact.items()}
        return fact
