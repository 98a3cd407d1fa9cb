"""Every place with a name: where a test may stop a process, and what is true there.

Each is reached at exactly one place in the source.  The page that lists them all, with
that place, is written from here: `docs/FAILPOINTS.md`.
"""

from __future__ import annotations

from enum import StrEnum


class Room(StrEnum):
    """Where in the house a point is."""

    SUBMIT = "submit"
    SCORER = "scorer"
    ROUTER = "router"
    GRANTER = "granter"
    DESK = "desk"
    SENDER = "sender"
    WIRE = "wire"
    HTTPS = "https"
    SWEEPER = "sweeper"
    ATTESTER = "attester"
    NOTIFIER = "notifier"
    RELAY = "relay"
    BELL = "bell"
    MIGRATION = "migration"
    PROCESS = "process"


class Point(StrEnum):
    room: Room
    meaning: str

    def __new__(cls, name: str, room: Room = Room.PROCESS, meaning: str = "") -> Point:
        point = str.__new__(cls, name)
        point._value_ = name
        point.room, point.meaning = room, meaning
        return point

    BEFORE_SUBMIT = "before_submit", Room.SUBMIT, "nothing is asked of the database yet"
    AFTER_SUBMIT = "after_submit", Room.SUBMIT, "written; the caller's transaction decides"
    AFTER_SUBMIT_COMMIT = "after_submit_commit", Room.SUBMIT, "it is held, nobody was told"

    BEFORE_SCORE_CLAIM = "before_score_claim", Room.SCORER, "about to lease a batch"
    AFTER_SCORE_CLAIM = "after_score_claim", Room.SCORER, "leased, the history is not read"
    AFTER_HISTORY = "after_history", Room.SCORER, "the history is read, nothing is judged"
    BEFORE_SCORE = "before_score", Room.SCORER, "one is judged, the score is not written"
    AFTER_SCORE = "after_score", Room.SCORER, "its score is written, its lease given back"

    BEFORE_ROUTE = "before_route", Room.ROUTER, "about to route a batch"
    AFTER_ROUTE = "after_route", Room.ROUTER, "the batch is routed and receipted"

    BEFORE_GRANTING = "before_granting", Room.GRANTER, "about to see which grants are in force"
    GRANTING_HELD = "granting_held", Room.GRANTER, "a batch is locked, nothing is approved"
    BEFORE_GRANTED = "before_granted", Room.GRANTER, "approved under grants, not committed"
    AFTER_GRANTED = "after_granted", Room.GRANTER, "the approvals are committed"

    HELD = "held", Room.DESK, "the intent is locked, nothing is decided"
    BEFORE_APPROVE = "before_approve", Room.DESK, "approved, not committed"
    AFTER_APPROVE = "after_approve", Room.DESK, "the approval is committed, nobody was told"
    BEFORE_REJECT = "before_reject", Room.DESK, "rejected, not committed"
    AFTER_REJECT = "after_reject", Room.DESK, "the rejection is committed, nobody was told"
    BEFORE_SEND_BACK = "before_send_back", Room.DESK, "sent back to its agent, not committed"
    AFTER_SEND_BACK = "after_send_back", Room.DESK, "it is sent back, nobody was told"
    BEFORE_DEFER = "before_defer", Room.DESK, "put out of sight, not committed"
    AFTER_DEFER = "after_defer", Room.DESK, "it is out of sight, nobody was told"
    BEFORE_TAKE_UP = "before_take_up", Room.DESK, "back in sight, not committed"
    AFTER_TAKE_UP = "after_take_up", Room.DESK, "it is back in sight, nobody was told"
    BEFORE_WITHDRAW = "before_withdraw", Room.DESK, "withdrawn, not committed"
    AFTER_WITHDRAW = "after_withdraw", Room.DESK, "the withdrawal is committed"
    BEFORE_REVOKE = "before_revoke", Room.DESK, "revoked, not committed"
    AFTER_REVOKE = "after_revoke", Room.DESK, "the revocation is committed, nobody was told"
    BEFORE_EDIT = "before_edit", Room.DESK, "the new version is written, not committed"
    AFTER_EDIT = "after_edit", Room.DESK, "the new version is committed, nobody was told"
    BEFORE_RESOLVE = "before_resolve", Room.DESK, "resolved, not committed"
    AFTER_RESOLVE = "after_resolve", Room.DESK, "the resolution is committed"
    BEFORE_FLIP = "before_flip", Room.DESK, "the switch is about to be turned"
    AFTER_FLIP = "after_flip", Room.DESK, "the switch is turned and committed"

    BEFORE_CLAIM = "before_claim", Room.SENDER, "about to lease one approved intent"
    AFTER_CLAIM = "after_claim", Room.SENDER, "leased, nothing done yet"
    AFTER_POLICY = "after_policy", Room.SENDER, "these bytes, and this sender is allowed"
    AFTER_BYTES = "after_bytes", Room.SENDER, "the final bytes are made and checked"
    BEFORE_PERMIT = "before_permit", Room.SENDER, "the whole body is there, the dot is not"
    BEFORE_PERMIT_ASKED = "before_permit_asked", Room.SENDER, "the permit is asked for next"
    AFTER_PERMIT_GIVEN = "after_permit_given", Room.SENDER, "recorded; the lease is looked at"
    AFTER_PERMIT = "after_permit", Room.SENDER, "the permit is recorded, the dot not written"
    AFTER_DOT = "after_dot", Room.SENDER, "the bytes are out, the answer is not read"
    AFTER_REPLY = "after_reply", Room.SENDER, "the server said yes, nothing says so here"
    BEFORE_KEEPING = "before_keeping", Room.SENDER, "the yes is understood, the line in hand"
    AFTER_KEEPING = "after_keeping", Room.SENDER, "the line is kept, nothing is recorded"
    GATE_CLOSED = "gate_closed", Room.SENDER, "no permit was given, nothing says why"
    BEFORE_SETTLE = "before_settle", Room.SENDER, "the outcome is known, not recorded"
    AFTER_SETTLE = "after_settle", Room.SENDER, "the outcome and its receipt are committed"
    BEFORE_PUT_BACK = "before_put_back", Room.SENDER, "not sent, the lease is not given back"
    AFTER_PUT_BACK = "after_put_back", Room.SENDER, "not sent, the lease is given back"
    BEFORE_RENEWAL = "before_renewal", Room.SENDER, "leases are about to be renewed"
    AFTER_RENEWAL = "after_renewal", Room.SENDER, "renewed there, not counted here"

    BEFORE_RESOLVING = "before_resolving", Room.WIRE, "the host's name is not looked up"
    BEFORE_CONNECT = "before_connect", Room.WIRE, "the host has an address, no connection"
    AFTER_CONNECT = "after_connect", Room.WIRE, "connected, nothing is said"
    BEFORE_TLS = "before_tls", Room.WIRE, "the handshake comes next"
    AFTER_TLS = "after_tls", Room.WIRE, "encrypted, and the name is verified"
    AFTER_BANNER = "after_banner", Room.WIRE, "the server has greeted"
    AFTER_EHLO = "after_ehlo", Room.WIRE, "the server has said what it offers"
    BEFORE_STARTTLS = "before_starttls", Room.WIRE, "STARTTLS comes next"
    AFTER_STARTTLS = "after_starttls", Room.WIRE, "the server waits for the handshake"
    BEFORE_AUTH = "before_auth", Room.WIRE, "the login comes next"
    AFTER_AUTH = "after_auth", Room.WIRE, "logged in"
    AFTER_MAIL = "after_mail", Room.WIRE, "the server knows the sender"
    BEFORE_RCPT = "before_rcpt", Room.WIRE, "this recipient is not named yet"
    AFTER_RCPT = "after_rcpt", Room.WIRE, "this recipient is answered"
    BEFORE_ANSWER = "before_answer", Room.WIRE, "a command is out, its answer is not read"
    AFTER_DATA = "after_data", Room.WIRE, "the server waits for the mail"
    MID_BODY = "mid_body", Room.WIRE, "half of the body is out"
    AFTER_BODY = "after_body", Room.WIRE, "the body is out, nobody has looked for an answer"

    HTTP_AFTER_POLICY = "http_after_policy", Room.HTTPS, "the request may go there"
    HTTP_CONNECTED = "http_connected", Room.HTTPS, "connected to an address that was looked at"
    HTTP_ENCRYPTED = "http_encrypted", Room.HTTPS, "encrypted, and the name is verified"
    HTTP_BEFORE_PERMIT = "http_before_permit", Room.HTTPS, "no byte of the request is out"
    HTTP_AFTER_PERMIT = "http_after_permit", Room.HTTPS, "permitted, and still no byte is out"
    HTTP_MID_REQUEST = "http_mid_request", Room.HTTPS, "half of the request is out"
    HTTP_AFTER_REQUEST = "http_after_request", Room.HTTPS, "it is out, no answer is read"
    HTTP_AFTER_STATUS = "http_after_status", Room.HTTPS, "a status came, nothing says so here"

    BEFORE_PARTITIONS = (
        "before_partitions",
        Room.SWEEPER,
        "the next events may lack a partition",
    )
    AFTER_PARTITIONS = "after_partitions", Room.SWEEPER, "they have one, nobody was told"
    BEFORE_SWEEP = "before_sweep", Room.SWEEPER, "expired leases are about to be taken away"
    AFTER_SWEEP = "after_sweep", Room.SWEEPER, "they are taken away, nobody was told"
    BEFORE_EXPIRE = "before_expire", Room.SWEEPER, "what is too late is about to be closed"
    AFTER_EXPIRE = "after_expire", Room.SWEEPER, "what is too late is closed"
    BEFORE_REMIND = "before_remind", Room.SWEEPER, "nobody is reminded of what waits"
    AFTER_REMIND = "after_remind", Room.SWEEPER, "what waits is said to, nobody was told"
    BEFORE_PLANT = "before_plant", Room.SWEEPER, "decoys are about to be planted"
    AFTER_PLANT = "after_plant", Room.SWEEPER, "they are among the others, nobody was told"

    BEFORE_ATTEST = "before_attest", Room.ATTESTER, "about to hold the log"
    LOG_HELD = "log_held", Room.ATTESTER, "the log is held, receipts wait for it"
    BEFORE_APPEND = "before_append", Room.ATTESTER, "signed, the log does not have them"
    AFTER_APPEND = "after_append", Room.ATTESTER, "the log has them, not committed"
    AFTER_ATTEST = "after_attest", Room.ATTESTER, "committed, no checkpoint says so"
    BEFORE_CHECKPOINT = "before_checkpoint", Room.ATTESTER, "signed, and nowhere yet"
    CHECKPOINT_OUTSIDE = "checkpoint_outside", Room.ATTESTER, "published, not in the database"
    AFTER_CHECKPOINT = "after_checkpoint", Room.ATTESTER, "the checkpoint is in both places"

    BEFORE_NOTIFYING = "before_notifying", Room.NOTIFIER, "nobody has looked what waits"
    NOTICES_CLAIMED = "notices_claimed", Room.NOTIFIER, "the route is leased, nobody is told"
    AFTER_TELLING = "after_telling", Room.NOTIFIER, "people are told, nothing says so here"
    AFTER_NOTIFIED = "after_notified", Room.NOTIFIER, "people are told, and it is committed"
    AFTER_POSTPONED = "after_postponed", Room.NOTIFIER, "nobody was told, the route rests"

    AFTER_SESSION = "after_session", Room.RELAY, "a database session, no batch yet"
    BEFORE_TOPICS = "before_topics", Room.RELAY, "a producer, the topics are not looked at"
    AFTER_TOPICS = "after_topics", Room.RELAY, "every topic is there"
    BEFORE_SHARDS = "before_shards", Room.RELAY, "a transaction is open, no shard is locked"
    AFTER_SHARDS = "after_shards", Room.RELAY, "shards are locked, nothing is sent"
    BEFORE_RECORD = "before_record", Room.RELAY, "this record is not handed over"
    AFTER_RECORD = "after_record", Room.RELAY, "this record is handed over, not flushed"
    BEFORE_FLUSH = "before_flush", Room.RELAY, "every record is handed over"
    AFTER_FLUSH = "after_flush", Room.RELAY, "Kafka has answered for every record"
    BEFORE_DELETE = "before_delete", Room.RELAY, "published, the queue still has all of it"
    AFTER_DELETE = "after_delete", Room.RELAY, "taken off the queue, not committed"
    AFTER_BATCH = "after_batch", Room.RELAY, "the batch is committed"
    BEFORE_CLEARED = "before_cleared", Room.RELAY, "a batch is committed, no slot is cleared"
    AFTER_CLEARED = "after_cleared", Room.RELAY, "an empty slot is cleared, if there was one"
    BEFORE_REBUILD = "before_rebuild", Room.RELAY, "the producer has failed, and is in use"
    AFTER_REBUILD = "after_rebuild", Room.RELAY, "there is a fresh producer"

    BELL_REACHED = "bell_reached", Room.BELL, "a broker answers, the bell is not hung"
    BELL_HUNG = "bell_hung", Room.BELL, "the bell listens, it has not rung"
    BELL_STRUCK = "bell_struck", Room.BELL, "a record came, no stage is woken"

    BEFORE_MIGRATION = "before_migration", Room.MIGRATION, "the lock is held, no change made"
    AFTER_MIGRATION = "after_migration", Room.MIGRATION, "every change is made, not committed"
    MIGRATED = "migrated", Room.MIGRATION, "the schema is committed, nobody was told"

    STARTED = "started", Room.PROCESS, "ready, no thread has begun"
    RECONNECTED = "reconnected", Room.PROCESS, "the database is back, the loop is not"
    WOKEN = "woken", Room.PROCESS, "a wakeup came, the stage has not looked"
    LOOKED = "looked", Room.PROCESS, "a look found something, and handled it"
    DRAINING = "draining", Room.PROCESS, "told to stop, the threads finish what they hold"
    DRAINED = "drained", Room.PROCESS, "every thread has ended, leases are still renewed"
    ENDED = "ended", Room.PROCESS, "nothing runs any more but the process"
