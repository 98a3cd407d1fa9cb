"""Compare what the mail server took over with what the database says.

The mail server is believed: its lines were on disk before it said yes.  Nothing here
asks a worker, a log or a metric.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from deploy.local.mailbox import Accepted
from outbox.intent import digest_of
from outbox.lifecycle import LEASED, State
from outbox.store import Connection

_MESSAGE_ID = re.compile(r"<(\d+)\.\d+\.[0-9a-f]{16}@[^>]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found, by the words of the promise; every field but the first is a fault."""

    stranded: int
    duplicates: int
    """Mails beyond the first under one Message-ID that no person's override explains."""
    lost: int
    """Acknowledged proposals without a row, and intents left in a machine's hands."""
    unrecorded: int
    """Mails whose intent is neither sent nor stranded."""
    phantoms: int
    """Sent intents, decided by a machine, without these very bytes at the mail server."""
    gaps: int
    """Intents whose recorded moves do not lead from nothing to where they are."""


def check(
    db: Connection, accepted: Collection[Accepted], acknowledged: Iterable[str]
) -> Verdict:
    """Look at everything, once it is quiet: no worker runs any more."""
    states = {id: State(state) for id, state in db.execute(_STATES)}
    keys = {key for (key,) in db.execute(b"SELECT idempotency_key FROM outbox.intent")}
    missing = set(acknowledged) - keys
    return Verdict(
        stranded=sum(state is State.STRANDED for state in states.values()),
        duplicates=_duplicates(db, accepted),
        lost=len(missing) + sum(state in LEASED for state in states.values()),
        unrecorded=_unrecorded(states, accepted),
        phantoms=_phantoms(db, accepted),
        gaps=_count(db, _GAPS),
    )


def _duplicates(db: Connection, accepted: Iterable[Accepted]) -> int:
    overrides: dict[int, int] = dict(db.execute(_OVERRIDES).fetchall())
    seen = Counter(mail.message_id for mail in accepted)
    return sum(
        max(0, count - 1 - overrides.get(intent_of(message_id), 0))
        for message_id, count in seen.items()
    )


def _unrecorded(states: dict[int, State], accepted: Iterable[Accepted]) -> int:
    explained = {State.SENT, State.STRANDED}
    intents = (intent_of(mail.message_id) for mail in accepted)
    return sum(states.get(intent) not in explained for intent in intents)


def _phantoms(db: Connection, accepted: Iterable[Accepted]) -> int:
    there = defaultdict[str, set[str]](set)
    for mail in accepted:
        there[mail.message_id].add(mail.bytes_sha256)
    return sum(
        digest not in {digest_of(bytes.fromhex(one), secret) for one in there[message_id]}
        for message_id, digest, secret in db.execute(_RECEIPTED)
    )


def intent_of(message_id: str) -> int:
    """The intent that a Message-ID names; -1 if it is not one of ours."""
    found = _MESSAGE_ID.fullmatch(message_id)
    return int(found[1]) if found else -1


def _count(db: Connection, statement: bytes) -> int:
    row = db.execute(statement).fetchone()
    assert row is not None
    return int(row[0])


_STATES = b"SELECT id, state FROM outbox.intent"
_OVERRIDES = b"""
    SELECT intent_id, count(*) FROM outbox.event
     WHERE source = 'stranded' AND target = 'in_review' AND role = 'human'
     GROUP BY intent_id"""
_RECEIPTED = b"""
    SELECT receipt.evidence ->> 'message_id', receipt.evidence ->> 'final_digest',
           artifact.secret
      FROM outbox.intent
      JOIN outbox.artifact
        ON artifact.intent_id = intent.id AND artifact.version = intent.version
      LEFT JOIN outbox.receipt ON receipt.id = intent.receipt_id AND receipt.kind = 'sent'
     WHERE intent.state = 'sent' AND intent.moved_by = 'sender'"""
_GAPS = b"""
    WITH moves AS (
        SELECT intent_id, source, target,
               lag(target, 1, 'unborn') OVER (PARTITION BY intent_id ORDER BY seq) AS before,
               lead(target) OVER (PARTITION BY intent_id ORDER BY seq) AS after
          FROM outbox.event
    ), logs AS (
        SELECT intent_id, bool_or(source <> before) AS torn,
               max(target) FILTER (WHERE after IS NULL) AS last
          FROM moves GROUP BY intent_id
    )
    SELECT count(*) FROM outbox.intent LEFT JOIN logs ON intent_id = id
     WHERE torn IS NOT FALSE OR last IS DISTINCT FROM state"""
