"""The channel of mail by a provider's API."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

from consumers.channels import Outcome, Permit, Refused
from consumers.channels.holding import approved_in
from consumers.channels.http.answer import Answer
from consumers.channels.http.events import Event, Phase
from consumers.channels.http.providers.account import Provider
from consumers.channels.http.providers.fidelity import composed, difference, key_of
from consumers.channels.http.providers.mapping import at
from consumers.channels.http.repeating import Attempt, Repeats
from consumers.channels.http.request import Request
from consumers.channels.http.trail import Trail
from consumers.channels.http.verdict import YES, event_of
from consumers.channels.http.webhooks import Held, protection
from consumers.channels.line import Stopped
from outbox.claim import Claim
from outbox.errors import BadArtifact, BadManifest
from outbox.intent import digest_of
from outbox.manifest import MailManifest, Transport, sha256_of


class MailApi:
    """Mail, handed in at one provider under our own account."""

    def __init__(
        self,
        provider: Provider,
        senders: frozenset[str],
        *,
        held: Held = lambda _: True,
        repeats: Repeats | None = None,
    ) -> None:
        """`senders` are the addresses that this account may send as; none: nothing may."""
        self._provider, self._senders = provider, senders
        self._held = held
        self._repeats = repeats or Repeats()

    @property
    def transport(self) -> Transport:
        """How well what leaves is protected, as it is set at this moment."""
        return protection([self._provider.way.tls], says_who=bool(self._provider.secret))

    def let_go(self) -> None:
        """Nothing is kept."""

    def close(self) -> None:
        """Nothing is kept."""

    def send(self, claim: Claim, permit: Permit) -> Outcome:
        """Make the one attempt; what the permit raises passes through, unwritten."""
        trail = Trail(self._provider.secrets)
        trail.note(provider=self._provider.name)
        try:
            approved = self._allowed(claim, trail)
            trail.enter(Phase.BYTES)
            request = self._final(claim, approved, trail)
        except Stopped as stop:
            return Refused(f"{trail.phase}: {stop.reason}", trail.evidence())
        promised = self._provider.said.idempotency
        repeats = self._repeats.of(promised, lambda: self._held(claim))
        believed = believing(self._provider)
        return Attempt(request, self._provider.way, believed, trail).made(permit, repeats)

    def _allowed(self, claim: Claim, trail: Trail) -> MailManifest:
        try:
            approved = approved_in(claim, MailManifest, "mail", trail)
        except BadManifest as refusal:
            raise Stopped(Event.NO, str(refusal)) from refusal
        if approved.identity.address not in self._senders:
            raise Stopped(Event.NO, f"{approved.identity.address} may not send by this account")
        trail.passed("sender_allowed")
        return approved

    def _final(self, claim: Claim, approved: MailManifest, trail: Trail) -> Request:
        said = self._provider.said
        try:
            body = composed(said.mail, claim.artifact, approved)
        except BadArtifact as refusal:
            raise Stopped(Event.NO, str(refusal)) from refusal
        if found := difference(said.mail, body, approved):
            raise Stopped(Event.NO, f"the final bytes are not what was approved: {found}")
        trail.passed("final_bytes_are_what_was_approved")
        request = self._request(body, approved)
        trail.note(
            host=request.host,
            port=request.port,
            adapter_digest=sha256_of(said.model_dump_json().encode()),
            idempotency_key=key_of(approved),
            final_digest=digest_of(bytes.fromhex(request.digest), claim.secret),
            final_size=len(body),
        )
        return request

    def _request(self, body: bytes, approved: MailManifest) -> Request:
        said = self._provider.said
        own = {"content-type": "application/json", **said.headers}
        if said.idempotency is not None:
            own[said.idempotency.header] = key_of(approved)
        own |= credentials(self._provider, "POST", said.url, own, body)
        return Request(url=said.url, method="POST", headers=own, body=body)


def credentials(
    provider: Provider, method: str, url: str, given: dict[str, str], body: bytes
) -> dict[str, str]:
    """The headers that say who we are."""
    if provider.signer is not None:
        return provider.signer.headers(method, url, given, body, dt.datetime.now(dt.UTC))
    assert provider.said.auth is not None
    auth = provider.said.auth
    return {auth.header: auth.value.replace("{secret}", provider.secret)}


def believing(provider: Provider) -> Callable[[Answer, Trail], None]:
    """A yes is only what the provider's file says is one."""
    accepted = provider.said.accepted

    def believed(answer: Answer, trail: Trail) -> None:
        if answer.status not in YES:
            said = trail.without_secrets(answer.said)
            trail.note(final_reply=said)
            raise Stopped(event_of(answer.status, provider.definite), said)
        trail.note(final_reply=answer.line)
        try:
            told = json.loads(answer.body) if answer.whole else None
        except ValueError:
            told = None
        named = at(told, accepted.id)
        equal = all(at(told, (name,)) == value for name, value in accepted.equals.items())
        if not (isinstance(named, str) and named and equal):
            raise Stopped(Event.DOUBT, f"{answer.line}, and nothing that proves it was taken")
        trail.note(message_name=named[:200])

    return believed
