"""The SMTP channel: everything that can be undone, the permit, five bytes, the answer."""

from __future__ import annotations

import datetime as dt
import hashlib

from consumers.channels import Delivered, Outcome, Permit
from consumers.channels.holding import approved_in
from consumers.channels.line import Stopped
from consumers.channels.smtp.envelope import Envelope
from consumers.channels.smtp.events import Event, Phase, Timeouts
from consumers.channels.smtp.fidelity import difference
from consumers.channels.smtp.kept import Kept
from consumers.channels.smtp.mime import compose
from consumers.channels.smtp.smarthost import Smarthost
from consumers.channels.smtp.tls import protection
from consumers.channels.smtp.trail import Trail
from consumers.channels.smtp.verdict import VERDICTS, expect
from consumers.channels.smtp.wanted import YES
from consumers.verifying import verifying
from outbox.claim import Claim
from outbox.errors import BadArtifact, BadManifest
from outbox.failpoints import Point, reach
from outbox.intent import Email, digest_of
from outbox.mail import needs_smtputf8
from outbox.manifest import MailManifest, Transport


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
        self._tls = verifying(smarthost.ca_file)
        self._kept = Kept(smarthost, timeouts or Timeouts(), self._tls, keep_for)

    @property
    def transport(self) -> Transport:
        """How well what leaves is protected, as it is set at this moment."""
        return protection(self._smarthost, self._tls)

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
            verdict = VERDICTS[trail.phase][Event(stop.event)]
            reason = self._smarthost.without_secret(f"{trail.phase}: {stop.reason}")
            return verdict(reason, trail.evidence())
        return Delivered(trail.evidence())

    def _attempt(self, claim: Claim, permit: Permit, trail: Trail) -> None:
        approved = self._allowed(claim, trail)
        reach(Point.AFTER_POLICY)
        trail.enter(Phase.BYTES)
        final, checked = _final_bytes(claim, approved, trail)
        reach(Point.AFTER_BYTES)
        with self._kept.session(trail) as (talk, offered):
            talk.address(_envelope(approved, final), offered)
            talk.hand_over(final, checked)
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

    def _allowed(self, claim: Claim, trail: Trail) -> MailManifest:
        try:
            approved = approved_in(claim, MailManifest, "mail", trail)
        except BadManifest as refusal:
            raise Stopped(Event.PERMANENT, str(refusal)) from refusal
        sender = approved.identity.address
        if sender not in self._smarthost.senders:
            login = self._smarthost.login
            raise Stopped(Event.PERMANENT, f"{login} may not send as {sender}")
        trail.passed("sender_allowed")
        return approved


def _final_bytes(claim: Claim, approved: MailManifest, trail: Trail) -> tuple[bytes, str]:
    """The bytes and their digest, of which it is known that they are what was approved."""
    date = dt.datetime.now(dt.UTC).replace(microsecond=0)
    try:
        final = compose(_mail(claim), approved.headers.message_id, date)
    except BadArtifact as refusal:
        raise Stopped(Event.PERMANENT, str(refusal)) from refusal
    checked = hashlib.sha256(final).hexdigest()
    if found := difference(final, approved, date):
        raise Stopped(Event.PERMANENT, f"the final bytes are not what was approved: {found}")
    trail.passed("final_bytes_are_what_was_approved")
    trail.note(
        message_id=approved.headers.message_id,
        final_digest=digest_of(bytes.fromhex(checked), claim.secret),
        final_size=len(final),
    )
    return final, checked


def _mail(claim: Claim) -> Email:
    artifact = claim.artifact
    if not isinstance(artifact, Email):
        raise BadArtifact("it is no mail")
    return artifact


def _envelope(approved: MailManifest, final: bytes) -> Envelope:
    sender, recipients = approved.envelope.sender, approved.envelope.to
    return Envelope(
        sender=sender,
        recipients=recipients,
        size=len(final),
        smtputf8=needs_smtputf8((sender, *recipients)),
    )
