"""The channel of requests: to the destinations of a file, and to no others."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping

from consumers.channels import Outcome, Permit, Refused
from consumers.channels.holding import approved_in
from consumers.channels.http.answer import Answer
from consumers.channels.http.events import Event, Phase
from consumers.channels.http.places import Place, place_of
from consumers.channels.http.repeating import Attempt, Repeats
from consumers.channels.http.request import Request, request_of
from consumers.channels.http.signature import signed
from consumers.channels.http.trail import Trail
from consumers.channels.http.verdict import YES, event_of
from consumers.channels.line import Stopped
from outbox.claim import Claim
from outbox.errors import BadArtifact, BadManifest
from outbox.failpoints import Point, reach
from outbox.intent import Webhook, digest_of
from outbox.manifest import RequestManifest, Transport
from outbox.manifest.shape import Request as Said

Held = Callable[[Claim], bool]
"""Whether the lease of this claim is still ours."""


class Webhooks:
    """Requests, signed or with a credential of ours, over verified TLS."""

    def __init__(
        self,
        places: Mapping[str, Place],
        *,
        held: Held = lambda _: True,
        repeats: Repeats | None = None,
    ) -> None:
        self._places = places
        self._held = held
        self._repeats = repeats or Repeats()

    @property
    def transport(self) -> Transport:
        """How well the worst protected of them is, as they are set at this moment."""
        return protection(
            [one.way.tls for one in self._places.values()],
            says_who=all(one.secret or one.credential for one in self._places.values()),
        )

    def let_go(self) -> None:
        """Nothing is kept."""

    def send(self, claim: Claim, permit: Permit) -> Outcome:
        """Make the one attempt; what the permit raises passes through, unwritten."""
        trail = Trail()
        try:
            place, manifest = self._allowed(claim, trail)
            reach(Point.HTTP_AFTER_POLICY)
            trail.enter(Phase.BYTES)
            request = _final(claim, manifest, place, trail)
        except Stopped as stop:
            return Refused(f"{trail.phase}: {stop.reason}", trail.evidence())
        repeats = self._repeats.of(place.said.idempotency, lambda: self._held(claim))
        attempt = Attempt(request, place.way, _believing(place), trail)
        return attempt.made(permit, repeats)

    def _allowed(self, claim: Claim, trail: Trail) -> tuple[Place, RequestManifest]:
        try:
            approved = approved_in(claim, RequestManifest, "request", trail)
        except BadManifest as refusal:
            raise Stopped(Event.NO, str(refusal)) from refusal
        place = place_of(self._places, approved.request.url)
        if place is None:
            raise Stopped(Event.NO, "no destination of the operator's has this address")
        trail.hide(*place.secrets)
        trail.note(destination=place.name)
        if approved.request.method not in place.said.methods:
            raise Stopped(Event.NO, f"{place.name} takes no {approved.request.method}")
        allowed = {"content-type", *place.said.headers}
        if other := [one.name for one in approved.request.headers if one.name not in allowed]:
            raise Stopped(Event.NO, f"{place.name} does not allow {', '.join(other)}")
        trail.passed("destination_allowed")
        return place, approved


def _final(claim: Claim, approved: RequestManifest, place: Place, trail: Trail) -> Request:
    """The request, of which it is known that it is what was approved."""
    try:
        artifact = claim.artifact
    except BadArtifact as refusal:
        raise Stopped(Event.NO, str(refusal)) from refusal
    body = artifact.body if isinstance(artifact, Webhook) else b""
    said = approved.request
    request = request_of(approved, body, _own_headers(said, place, body))
    if (request.digest, len(body)) != (said.digest, said.size):
        raise Stopped(Event.NO, "the body is not what was approved")
    trail.passed("final_bytes_are_what_was_approved")
    trail.note(
        host=request.host,
        port=request.port,
        webhook_id=said.id,
        idempotency_key=said.key,
        signed=place.secret is not None,
        final_digest=digest_of(bytes.fromhex(request.digest), claim.secret),
        final_size=len(body),
    )
    return request


def _own_headers(said: Said, place: Place, body: bytes) -> dict[str, str]:
    """What the agent did not say: which repetition it is, when, and who asks."""
    own = {"webhook-id": said.id}
    if place.secret is not None:
        own |= signed(said.id, int(time.time()), body, place.secret)
    if place.said.idempotency is not None:
        own[place.said.idempotency.header] = said.key
    if place.said.auth is not None and place.credential is not None:
        own[place.said.auth.header] = place.credential
    return own


def _believing(place: Place) -> Callable[[Answer, Trail], None]:
    def believed(answer: Answer, trail: Trail) -> None:
        if answer.status in YES:
            trail.note(final_reply=answer.line)
            return
        said = trail.without_secrets(answer.said)
        trail.note(final_reply=said)
        raise Stopped(event_of(answer.status, place.said.definite), said)

    return believed


def protection(contexts: list[ssl.SSLContext], *, says_who: bool) -> Transport:
    """How well these settings protect what leaves: read off them, not promised."""
    verified = all(
        one.verify_mode is ssl.CERT_REQUIRED and one.check_hostname for one in contexts
    )
    least = min((one.minimum_version for one in contexts), default=ssl.TLSVersion.TLSv1_2)
    return Transport(
        tls=True,
        verified_name=verified,
        minimum_version=least.name.replace("_", "."),
        login=says_who,
    )
