"""What is taken out of what tokens rest on; the scenes are in `tokens`."""

from __future__ import annotations

from tests.ledger.guards.mutations import Changes
from tests.ledger.guards.tables import UNDELETED, UNTRUNCATED

_MINE = (
    ("mine.producer = agent.name", "true"),
    ("AND mine.tenant = agent.tenant", ""),
    ("mine.login = session_user", "true"),
)
TOKENS: dict[str, Changes] = {
    # No login that sees the bindings of others is let in by a token: whose they are is asked
    # once more in vain.
    "roles/whose_tokens.sql": (("), true))", "), false))"),),
    "tokens/token.sql": (
        ("UNIQUE (hash)", "UNIQUE (hash, id)"),
        ("octet_length(hash) = 32", "true"),
        ("kind IN ('agent', 'person')", "true"),
        ("btrim(name) <> ''", "true"),
        ("(coalesce(tenant, '') <> '') = (kind = 'agent') AND", ""),
        (" AND tenant <> ''", ""),
        ("btrim(made_by) <> ''", "true"),
        ("expires_at > made_at AND", ""),
        ("AND expires_at <= made_at + interval '366 days'", ""),
        ("(revoked_at IS NULL) = (revoked_by IS NULL)", "true"),
    ),
    "tokens/tokens_are_only_revoked.sql": (("BEFORE UPDATE", "BEFORE UPDATE OF id"),),
    "tokens/tokens_stay.sql": (UNDELETED, UNTRUNCATED),
    "tokens/shown.sql": (
        ("hash = shown.hash AND", ""),
        (" AND kind = shown.kind", ""),
        ("revoked_at IS NULL AND", ""),
        ("AND expires_at > now()", ""),
        (" AND used_at > now() - interval '1 hour'", ""),
        ("found.id IS NOT NULL AND NOT EXISTS", "found.id IS NOT NULL AND EXISTS"),
    ),
    "agent/admit.sql": (("agent.name,", "'x',"), ("'agent') AS agent", "'person') AS agent")),
    "agent/proposed.sql": (
        *_MINE,
        ("BETWEEN proposed.first AND", "<="),
        ("AND proposed.last", "AND 9223372036854775807"),
        (" DESC", ""),
        ("LIMIT proposed.most", ""),
    ),
    "agent/hold_proposed.sql": (*_MINE, ("mine.id = hold_proposed.wanted", "true")),
    "agent/told.sql": (
        ("said.intent_id = mine.id", "true"),
        (
            "CASE WHEN said.kind IN ('rejected', 'sent_back') THEN evidence ->> 'reason' END",
            "evidence ->> 'reason'",
        ),
        (
            "CASE WHEN said.kind IN ('rejected', 'sent_back') THEN evidence ->> 'because' END",
            "evidence ->> 'approval'",
        ),
    ),
    "operator/make_token.sql": (("make_token.tenant", "'x'"), ("make_token.actor", "'x'")),
    "operator/revoke_token.sql": (
        (" AND revoked_at IS NULL", ""),
        ("id = revoke_token.id", "true"),
        ("revoked_by = revoke_token.actor", "revoked_by = 'x'"),
    ),
    "operator/tokens.sql": ((" DESC", ""), ("LEFT JOIN", "JOIN")),
    "console/admit_person.sql": (
        ("one.name", "'x'"),
        ("'person')", "'agent')"),
        ("one.id IS NOT NULL", "true"),
    ),
}
