"""Who may do what in the database, as data.

Every process, agent and person connects with a login of its own, in one of these groups.
Nobody but the owner writes a table: who may write may call a function that does.  The
migration grants exactly this, each time it runs, and `holdshort doctor` compares.
"""

from __future__ import annotations

from dataclasses import dataclass

OWNER = "holdshort_owner"
"""Owns everything in the schema, and is nobody's login."""

OF_A_STAGE = ("intent", "tenancy")
"""What reading anything of an intent takes, since tenants are looked up there."""
SEES = "sees"
"""What the policies of rows ask whoever reads something of an intent."""
OF_A_DOSSIER = (
    *OF_A_STAGE,
    "artifact",
    "score",
    "approval",
    "endorsement",
    "attempt",
    "receipt",
    *("event", "deferral"),
)
OF_A_GAUGE = (
    *OF_A_STAGE,
    *("switch", "event", "unpublished", "receipt", "unattested", "leaf", "checkpoint"),
    *("deferral", "route", "cap", "calibration"),
)
OF_A_BUNDLE = ("log", "leaf", "node", "checkpoint", "unattested")


OF_TENANTS = (
    "standing_grant",
    *("intent", "artifact", "recipient", "amount", "score", "approval", "endorsement"),
    *("attempt", "receipt", "event", "leaf", "unattested", "unpublished", "turn", "tenancy"),
    *("reminder", "tally", "calibration", "deferral", "notified", "token"),
)
"""The tables with a forced policy; what is counted is not among them, for a permit counts
whatever has left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A role without a login, for the logins of one kind of process or person."""

    name: str
    meaning: str
    calls: tuple[str, ...] = ()
    """The functions of schema `outbox` that it may execute."""
    reads: tuple[str, ...] = ()
    """The tables of schema `outbox` that it may read."""


GROUPS = (
    Group(
        name="holdshort_agent",
        meaning="proposes, and edits or takes back what it has proposed itself",
        calls=(
            *("submit", "submit_each", "standing", "hold", "edit", "decide"),
            *("admit", "proposed", "hold_proposed", "told", "lives_here"),
        ),
    ),
    Group(
        name="holdshort_scorer",
        meaning="scores what was submitted",
        calls=(SEES, "claim_to_score", "score"),
        reads=(*OF_A_STAGE, "artifact", "recipient"),
    ),
    Group(
        name="holdshort_router",
        meaning="routes what was scored",
        calls=("route",),
    ),
    Group(
        name="holdshort_granter",
        meaning="approves what a standing grant covers, in the name of its giver",
        calls=(SEES, "claim_to_grant", "approve_by_grant"),
        reads=(*OF_A_STAGE, "standing_grant", "endorsement", "policy"),
    ),
    Group(
        name="holdshort_sender",
        meaning="sends what was approved, under a permit",
        calls=(
            *(SEES, "claim_to_send", "renew", "permit", "settle", "put_back", "rest"),
            *("look_up", "try_room", "epoch_refusal"),
        ),
        reads=(
            *OF_A_STAGE,
            *("approval", "endorsement", "delegation", "document", "log", "receipt"),
        ),
    ),
    Group(
        name="holdshort_sweeper",
        meaning="takes expired leases away; exports the gauges",
        calls=(
            *(SEES, "sweep", "expire", "remind", "overdue", "caps_in_use"),
            *("make_partitions", "plant", "attention_numbers"),
        ),
        reads=OF_A_GAUGE,
    ),
    Group(
        name="holdshort_relay",
        meaning="publishes recorded moves",
        calls=("claim_unpublished", "take_off", "clear_slots"),
    ),
    Group(
        name="holdshort_attester",
        meaning="puts receipts into the log",
        calls=(SEES, "hold_log", "log_receipts", "keep_checkpoint"),
        reads=(*OF_A_STAGE, "receipt", *OF_A_BUNDLE),
    ),
    Group(
        name="holdshort_notifier",
        meaning="tells people what waits for them, and reads no more than that",
        calls=("claim_to_notify", "record_notified", "postpone_route"),
    ),
    Group(
        name="holdshort_reviewer",
        meaning="reads, decides, resolves and erases",
        calls=(
            SEES,
            *("hold", "approve", "decide", "edit", "revoke", "override", "defer", "take_up"),
            "suppressed",
            *("keep_document", "moment", "erase", "overdue"),
            *("give_grant", "revoke_grant", "delegate", "revoke_delegation"),
            *("look_at", "unmasked"),
        ),
        reads=(
            *OF_A_DOSSIER,
            *("recipient", "suppression", "log", "document", "policy"),
            *("standing_grant", "delegation"),
        ),
    ),
    Group(
        name="holdshort_operator",
        meaning="turns the switch, arms, sets limits, enrols, admits people, makes tokens",
        calls=(
            SEES,
            *("flip", "arm", "epoch_refusal"),
            *("set_cap", "replace_cap", "lift_cap", "suppress", "lift_suppression"),
            *("set_quiet_hours", "lift_quiet_hours"),
            *("bind_login", "declare", "set_policy", "seed_decoys", "decoys"),
            *("add_account", "set_password", "disable_account"),
            *("give_ticket", "end_sessions"),
            *("make_token", "revoke_token", "tokens"),
            *("make_partitions", "archive_partition", "declare_cell"),
        ),
        reads=(
            *OF_A_STAGE,
            *("event", "score", "cell", "switch", "cap", "suppression", "quiet_hours"),
            *("log", "document", "policy", "account", "session"),
        ),
    ),
    Group(
        name="holdshort_reader",
        meaning="looks: lists, gauges, receipts for whoever verifies them",
        calls=(
            SEES,
            *("epoch_refusal", "armed", "moment", "overdue"),
            *("needs_of", "is_of_tier", "lacking", "opened", "caps_in_use", "weighed"),
            *("unmasked", "attention", "tightened_until"),
            *("judged", "is_first_word"),
        ),
        reads=(
            *OF_A_DOSSIER,
            *OF_A_BUNDLE,
            *("switch", "document", "standing_grant", "delegation", "policy"),
            *("unpublished", "cap", "suppression", "quiet_hours"),
            *("recipient", "amount", "tally", "calibration", "route", "notified", "cell"),
        ),
    ),
    Group(
        name="holdshort_console",
        meaning="signs people in",
        calls=(
            *("try_password", "use_ticket", "begin_oidc", "end_oidc"),
            *("open_session", "session_of", "see_session", "end_sessions"),
            *("ask_device", "take_challenge", "add_passkey"),
            "admit_person",
        ),
        reads=("account", "session", "passkey"),
    ),
)

TOGETHER = (
    frozenset(
        {"holdshort_reader", "holdshort_reviewer", "holdshort_operator", "holdshort_console"}
    ),
)
"""Groups that one login may be in at once, a person's or a console's; any other pair in one
login is too much."""
