"""A device with passkeys, built into Chromium: it asks nobody, and does as it is told."""

from __future__ import annotations

from playwright.sync_api import Page


class Device:
    """What can be said to it while a test runs."""

    def __init__(self, tab: Page) -> None:
        self._cdp = tab.context.new_cdp_session(tab)
        self._cdp.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        made = self._cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self._id = made["authenticatorId"]

    def recognises(self, whether: str) -> None:
        """Whether the finger is that of its person: `yes` or `no`."""
        self._say("setUserVerified", isUserVerified=whether == "yes")

    def forgets(self) -> None:
        """All its passkeys."""
        self._say("clearCredentials")

    def made(self) -> int:
        """How many passkeys are on it."""
        found = self._cdp.send("WebAuthn.getCredentials", {"authenticatorId": self._id})
        return len(found["credentials"])

    def signed(self) -> int:
        """How often it has signed, by its counters."""
        found = self._cdp.send("WebAuthn.getCredentials", {"authenticatorId": self._id})
        return sum(int(one["signCount"]) for one in found["credentials"])

    def _say(self, what: str, **told: object) -> None:
        self._cdp.send(f"WebAuthn.{what}", {"authenticatorId": self._id, **told})
