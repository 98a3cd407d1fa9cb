"""The trail of a request: what it must not tell is learned on the way."""

from __future__ import annotations

from collections.abc import Iterable

from consumers.channels import trail
from consumers.channels.http.events import Phase


class Trail(trail.Trail[Phase]):
    """Of one attempt, however often its request is said."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__(Phase.POLICY, self._hidden)
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def hide(self, *secrets: str) -> None:
        """These are never told, either."""
        self._secrets += filter(None, secrets)

    def _hidden(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return text
