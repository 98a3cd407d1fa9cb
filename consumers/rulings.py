"""Which policy a sender believes: the newest that a root has signed for this installation.

Whoever holds the whole database can hide a policy and bring back an older one, so a sender
goes back behind none that it has seen, nor behind the one that its settings name.
"""

from __future__ import annotations

from outbox.policy.document import FIRST, Policy
from schemas.authority.policies import POLICY, Ruling, ruling
from schemas.authority.roster import Refusal
from schemas.receipts.envelope import Envelope, Invalid
from schemas.receipts.keys import Trust
from schemas.receipts.reading import Unreadable


class Rulings:
    """What one sending process has seen of the policy; its threads share it."""

    def __init__(self, roots: Trust, *, at_least: int = 0) -> None:
        self._roots = roots
        self._at_least = at_least
        self._last: tuple[Envelope, Ruling] | None = None

    def in_force(self, log: str, said: Envelope | None) -> Policy:
        """The policy that the database shows, if it is one; without any, the first.

        Raises `Refusal`, whose reason begins with `policy`.
        """
        last = self._last
        if said is None:
            if last is not None or self._at_least > 0:
                raise Refusal("policy_missing", "the policy is signed, and not there")
            return FIRST
        if last is not None and last[0] == said:
            return last[1].policy
        read = self._read(log, said)
        if read.revision < max(self._at_least, last[1].revision + 1 if last else 0):
            raise Refusal("policy_older", f"revision {read.revision} of the policy is over")
        self._last = said, read
        return read.policy

    def _read(self, log: str, said: Envelope) -> Ruling:
        try:
            read = ruling(said.opened(POLICY, self._roots))
        except (Invalid, Unreadable) as bad:
            raise Refusal("policy_unsigned", f"no trusted root has signed it: {bad}") from None
        if read.log != log:
            raise Refusal("policy_of_another", f"the policy is of {read.log}")
        return read
