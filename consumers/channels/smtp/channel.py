"""The SMTP channel: everything that can be undone, the permit, five bytes, the answer."""

from __future__ import annotations

import datetime as dt
import hashlib
import ssl

from consumers.channels import Delivered, Outcome, Permit
from consumers.channels.smtp.envelope import Envelope
from consumers.channels.smtp.events import Event, Phase, Stopped, Timeouts
from consumers.channels.smtp.fidelity import difference
from consumers.channels.smtp.kept import Kept
from consumers.channels.smtp.mime import compose, message_id, needs_smtputf8, on_the_wire
from consumers.channels.smtp.phases import YES, expect
from consumers.channels.smtp.smarthost import Smarthost
from consumers.channels.smtp.trail import Trail
from consumers.channels.smtp.verdict import VERDICTS
from outbox.claim import Claim
from outbox.errors import BadArtifact, BadSettings
from outbox.failpoints import Point, reach
from outbox.intent import Email, digest_of


class Smtp:
    """Submission to one smart host, over verified TLS and under our own login."""

    def __init__(
        self,
        smarthost: Smarthost,
        *,
        keep_for: dt.timedelta = dt.timedelta(0),
        timeouts: Timeouts | None = None,
    ) -> None:
        """`keep_for` is how old a connection may be that takes another mail; zero: none.

        Raises `BadSettings` if the authorities' file cannot be read.
        """
        self._smarthost = smarthost
        self._kept = Kept(smarthost, timeouts or Timeouts(), _context(smarthost), keep_for)

    def let_go(self) -> None:
        """Nothing is to be sent: hang up what has been kept for too long."""
        self._kept.let_go()

    def close(self) -> None:
        """Hang up everything that is kept."""
        self._kept.close()

    def send(self, claim: Claim, permit: Permit) -> Outcome:
        """Make the one attempt; what the permit raises passes through, without the dot."""
        trail = Trail(self._smarthost)
        try:
            self._attempt(claim, permit, trail)
        except Stopped as stop:
            verdict = VERDICTS[trail.phase][stop.event]
            reason = self._smarthost.without_secret(f"{trail.phase}: {stop.reason}")
            return verdict(reason, trail.evidence())
        return Delivered(trail.evidence())

    def _attempt(self, claim: Claim, permit: Permit, trail: Trail) -> None:
        email = self._allowed(claim, trail)
        reach(Point.AFTER_POLICY)
        trail.enter(Phase.BYTES)
        final = _final_bytes(claim, email, trail)
        reach(Point.AFTER_BYTES)
        with self._kept.session(trail) as (talk, offered):
            talk.address(_envelope(email, final), offered)
            talk.hand_over(final)
            trail.enter(Phase.PERMIT)
            reach(Point.BEFORE_PERMIT)
            permit()
            trail.passed("permit")
            reach(Point.AFTER_PERMIT)
            talk.write_the_dot()
            reach(Point.AFTER_DOT)
            reply = talk.hear_the_verdict()
            reach(Point.AFTER_REPLY)
            expect(reply, YES)
            reach(Point.BEFORE_KEEPING)
        reach(Point.AFTER_KEEPING)

    def _allowed(self, claim: Claim, trail: Trail) -> Email:
        if digest_of(claim.content, claim.secret) != claim.digest:
            raise Stopped(Event.PERMANENT, "the bytes are not those that the digest names")
        try:
            email = claim.artifact()
        except BadArtifact as refusal:
            raise Stopped(Event.PERMANENT, str(refusal)) from refusal
        trail.passed("digest")
        if email.sender not in self._smarthost.senders:
            login = self._smarthost.login
            raise Stopped(Event.PERMANENT, f"{login} may not send as {email.sender}")
        trail.passed("sender_allowed")
        return email


def _final_bytes(claim: Claim, email: Email, trail: Trail) -> bytes:
    identity = message_id(claim, email.sender)
    date = dt.datetime.now(dt.UTC).replace(microsecond=0)
    final = compose(email, identity, date)
    if found := difference(final, email, identity, date):
        raise Stopped(Event.PERMANENT, f"the final bytes are not what was approved: {found}")
    trail.passed("final_bytes_are_what_was_approved")
    trail.note(
        message_id=identity,
        final_digest=digest_of(hashlib.sha256(final).digest(), claim.secret),
        final_size=len(final),
    )
    return final


def _envelope(email: Email, final: bytes) -> Envelope:
    return Envelope(
        sender=on_the_wire(email.sender),
        recipients=[on_the_wire(recipient) for recipient in email.recipients],
        size=len(final),
        smtputf8=needs_smtputf8(email),
    )


def _context(smarthost: Smarthost) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=smarthost.ca_file)
    except OSError as failure:
        raise BadSettings(
            f"cannot use {smarthost.ca_file} to verify TLS: {failure}"
        ) from failure
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
