"""What can go wrong, and what must come of it: every part has a test that proves it.

A test says what it proves by `@pytest.mark.fault("8 two reviewers")`; the page that lists
the tests beside each part is written from here, into `docs/RELIABILITY.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Fault(NamedTuple):
    """One row: its parts by their short names, and what must come of each."""

    row: int
    parts: Mapping[str, str]


NOT_SENT = "not sent; the mail server counts 0"
ONCE_LATER = "back to `approved`, sent once later"
IN_DOUBT = "stranded; no machine sends it again"
UNRECORDED = "stranded, the answer is logged; the sender ends"
HELD = "every send is held until a named person arms this database"
NO_SENDER = "no sender starts, no permit is given"
UNAFFECTED = "leases are kept and judged as ever; each mail once, none stranded"
NAMED = "`verify` names the first bad item"

FAULTS = (
    Fault(
        1,
        {
            "producer killed before COMMIT": "no intent, no event, no business row",
            "producer's COMMIT unknown": "again with the same key: exactly one intent",
            "business transaction rolled back": "no intent and no event",
        },
    ),
    Fault(2, {"same key, other bytes": "a loud conflict; the original is untouched"}),
    Fault(
        3,
        {
            "relay killed before it publishes": "another one publishes",
            "relay killed before it marks": "published again, nothing lost",
            "publish outcome unknown": "published again, nothing lost",
            "published twice": "a second ring changes nothing",
        },
    ),
    Fault(4, {"commit order is not id order": "the late one is published, none skipped"}),
    Fault(
        5,
        {
            "broker down": "every stage drains by looking itself",
            "broker restarted": "what was recorded meanwhile is published",
            "topic wiped": "no outcome changes",
            "topic replayed from 0": "no outcome changes",
            "forged approval": "moves nothing",
        },
    ),
    Fault(
        6,
        {
            "replicas come and go in mid-send": "one effect: there is no group to rebalance",
            "paused in mid-send": "the zombie is fenced out: one effect",
        },
    ),
    Fault(
        7,
        {
            "scorer killed": "no score, and after some times a person looks",
            "scorer hangs": "it is ended in time, the others are heard; a person looks",
            "scorer answers no confidence": "NaN, infinity, 2.0: a person looks closely",
            "score of superseded bytes": "not recorded, and counts for nothing",
        },
    ),
    Fault(
        8,
        {
            "artifact changes before the yes": "refused: the digest is another",
            "two reviewers": "one decision wins, the other person is told",
            "double click": "one approval, the second click is told",
            "approve COMMIT unknown": "at most one approval, and asking again tells which",
        },
    ),
    Fault(
        9,
        {
            "approval expires before the claim": NOT_SENT,
            "approval revoked before the claim": NOT_SENT,
            "approval expires after the claim": NOT_SENT,
            "approval revoked after the claim": NOT_SENT,
            "approval expires with the body there": NOT_SENT,
            "approval revoked with the body there": NOT_SENT,
        },
    ),
    Fault(10, {"64 senders, one intent": "one claim"}),
    Fault(
        11,
        {
            "killed after the claim": ONCE_LATER,
            "killed in mid-body": ONCE_LATER,
            "killed before the permit": ONCE_LATER,
        },
    ),
    Fault(
        12,
        {
            "killed after the permit": IN_DOUBT,
            "closed after the dot": IN_DOUBT,
            "reset after the dot": IN_DOUBT,
            "silence after the dot": IN_DOUBT,
        },
    ),
    Fault(
        13,
        {
            "killed before the receipt": IN_DOUBT,
            "receipt never committed": UNRECORDED,
            "receipt committed unheard": "sent, recorded exactly once",
            "disk full": UNRECORDED,
        },
    ),
    Fault(
        14,
        {
            "stopped before the permit": "fenced out: its successor's mail is the only one",
            "stopped after the permit": "stranded meanwhile; no second effect",
            "late result": "kept, and it settles what nobody has decided",
        },
    ),
    Fault(
        15,
        {
            "resent while old bytes may arrive": "refused until it is quiet",
            "resent by two people": "taken upon them by name, with a receipt",
        },
    ),
    Fault(
        16,
        {
            "two people resolve": "one wins, the other is told",
            "a person and a late result": "one wins, and the result is kept",
        },
    ),
    Fault(
        17,
        {
            "database restarted before the permit": "not sent by the old one, once later",
            "database restarted after the permit": "recorded after it: sent, once",
            "failover": HELD,
            "restore": HELD,
            "clone": HELD,
            "fsync off": NO_SENDER,
            "synchronous_commit off": NO_SENDER,
        },
    ),
    Fault(
        18,
        {
            "clock an hour ahead": UNAFFECTED,
            "clock an hour behind": UNAFFECTED,
            "clock stepped back": UNAFFECTED,
        },
    ),
    Fault(19, {"PgBouncer by transaction": "works: no LISTEN, no session lock, no SET"}),
    Fault(
        20,
        {
            "SIGTERM": "what is in hand is settled; nothing strands",
            "rolling restart": "each mail once, none stranded",
            "old and new together": "a schema that only adds stops no running worker",
        },
    ),
    Fault(21, {"switch turned under load": "no permit commits after the off"}),
    Fault(
        22,
        {
            "receipt edited": NAMED,
            "receipt deleted": NAMED,
            "receipts reordered": NAMED,
            "receipts truncated": NAMED,
            "log rolled back": NAMED,
        },
    ),
)

PARTS = {f"{fault.row} {part}": due for fault in FAULTS for part, due in fault.parts.items()}
"""What must come of each, by the name that a test gives it."""
