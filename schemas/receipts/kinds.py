"""What a receipt can be of, in one word each.

A verifier reads over a word that it does not know; whoever writes a new one adds it here.
"""

from __future__ import annotations

OF_AN_INTENT = {
    "persisted": "an agent has proposed it",
    "edited": "there is another version of it; what was approved of the last one is void",
    "scored": "what one scorer thinks of it: a confidence; keyed digests of what it found",
    "routed": "to a closer look or to approval, by which confidence and threshold, or held",
    "deferred": "a person looks at it later, and until when",
    "taken_up": "a person has brought back what was deferred",
    "endorsed": "one of several people said yes",
    "approved": "enough people said yes; by role `granter` it is one `use` of a `grant`",
    "rejected": "a person said no, because of what, and a reason in words",
    "sent_back": "a person asks the agent for another version, because of what",
    "decoy": "it was a known-bad item to see whether people look: what was said to it, and"
    " whether it was `caught`",
    "revoked": "an approval was taken back",
    "returned": "a person wants it looked at closely again",
    "withdrawn": "its agent or a person has taken it back",
    "expired": "it was not sent before its `not_after`",
    "reminded": "it has waited for a person for too long",
    "escalated": "it has waited longer than that: somebody else hears of it",
    "permit": "its one attempt may be made now: of which manifest, by which approval",
    "sent": "the other side has taken it over",
    "refused": "the other side has surely not taken it over, and why",
    "put_back": "an attempt ended before its permit: it may be tried again",
    "stranded": "nobody can know whether it has left: it waits for a person",
    "looked_up": "what the other side's own books say of a stranded attempt",
    "swept": "a lease ended before its work did",
    "overridden": "a person has set one bound aside for this one intent, and why",
    "resolved": "a person says what became of what was stranded, and by which evidence",
    "erased": "what it said is gone",
}
"""Receipts with an intent, roughly in the order of its life."""

OF_THE_INSTALLATION = {
    "switch": "sending was turned on or off, by whom and why",
    "epoch": "sending was armed for this very database",
    "limit_set": "a cap, a suppression or quiet hours, as `limit` in the evidence says",
    "limit_lifted": "one of these was lifted",
    "policy": "another policy is in force: its revision, and the SHA-256 of what it says",
    "granted": "a person says yes in advance to a class of intents",
    "grant_revoked": "a grant was taken back",
    "delegated": "a person lets another one decide in their place",
    "delegation_revoked": "a delegation was taken back",
    "enrolment": "a root vouches for a key, and says whose it is",
    "revocation": "of a key, or of a signed document",
    "account": "who may sign in at the console, or was given a link; `change` says which",
    "archived": "a `partition` of the log of moves left the database; its `events` are in a"
    " file of this `sha256`",
    "seeded": "so many `decoys` come among what waits, within the `spread`",
    "tightened": "the actor's yes needs one more `until` then, `because` they missed decoys or"
    " were hasty",
    "cell": "which `tenants` live in this database, as one of several",
}
"""Receipts without an intent: one chain of their own."""
