"""The trail of a mail: what holds for its connection is told of every mail over it."""

from __future__ import annotations

from consumers.channels import Evidence, trail
from consumers.channels.smtp.events import Phase
from consumers.channels.smtp.smarthost import Smarthost

OF_THE_CONNECTION = (
    *("address", "capabilities", "tls_version", "tls_cipher"),
    *("certificate_sha256", "verified_name"),
)
CHECKED_AT_ITS_OPENING = ("certificate_and_name", "login")
"""Facts and checks that hold for every mail over one connection."""


class Trail(trail.Trail[Phase]):
    """Of one attempt, over a connection of its own or a kept one."""

    def __init__(self, smarthost: Smarthost) -> None:
        super().__init__(Phase.POLICY, smarthost.without_secret)
        self.note(
            host=smarthost.host,
            port=smarthost.port,
            security=smarthost.security.value,
            login=smarthost.login,
        )

    def of_the_connection(self) -> Evidence:
        """What was found out when it was opened."""
        return {name: self._facts[name] for name in OF_THE_CONNECTION if name in self._facts}

    def goes_over(self, opened: Evidence) -> None:
        """This attempt goes over a connection that an earlier one has opened."""
        self.note(**opened)
        for check in CHECKED_AT_ITS_OPENING:
            self.passed(check)
