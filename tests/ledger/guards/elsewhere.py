"""The SQL whose harm other tests see."""

from __future__ import annotations

ELSEWHERE = {
    "approved_as.sql",
    "asked.sql",
    "asked_about.sql",
    "attest_going_on.sql",
    "attester/hold_log.sql",
    "backend.sql",
    "calibration.sql",
    "cell.sql",
    "decided.sql",
    "declared.sql",
    "delegations.sql",
    "grants.sql",
    "grants_in_force.sql",
    "in_place_of.sql",
    "epoch_refusal.sql",
    "history.sql",
    "installation.sql",
    "known.sql",
    "moment.sql",
    "outcome.sql",
    "partitions.sql",
    "policy_preview.sql",
    "desk/override.sql",
    "installation/armed.sql",
    "limits/caps_in_use.sql",
    "relay/claim_unpublished.sql",
    "relay/clear_slots.sql",
    "relay/take_off.sql",
    "sender/try_room.sql",
    "signed.sql",
    "transaction_status.sql",
    "unsafe_settings.sql",
}
"""What only reads, or whose harm one connection cannot see: `tests/faults`, `tests/relay`,
`tests/authority`, `tests/grants`, `tests/policies`, `tests/consumers` and the races of the
desk look at what they do."""
