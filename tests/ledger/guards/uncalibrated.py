"""What is taken out of the counting of decisions."""

from __future__ import annotations

CALIBRATED: dict[str, tuple[tuple[str, str], ...]] = {
    "scoring/judged.sql": (
        ("receipt.role <> 'human'", "false"),
        ("'rejected', 'sent_back')", "'sent_back')"),
        ("'rejected', 'sent_back')", "'rejected')"),
        ("WHEN receipt.kind = 'edited' THEN receipt.evidence ->> 'was'", ""),
        ("receipt.evidence ->> 'was'", "receipt.digest"),
    ),
    "scoring/is_first_word.sql": (
        ("outbox.judged(word) IS NOT NULL", "true"),
        ("AND earlier.id < word.id", ""),
        ("outbox.judged(earlier) = outbox.judged(word)", "outbox.judged(earlier) IS NOT NULL"),
        ("back.kind = 'revoked'", "false"),
        ("AND back.evidence -> 'approval' = earlier.evidence -> 'approval'", ""),
    ),
    "scoring/said_of.sql": (
        ("AND score.digest = said_of.digest", ""),
        ("ORDER BY scorer, score.id DESC", "ORDER BY scorer, score.id"),
        ("FROM last WHERE NOT silent", "FROM last"),
        ("AND receipt.id < said_of.before", ""),
        ("WHERE silent AND NOT shadow", "WHERE silent"),
        ("AND NOT EXISTS (SELECT FROM last WHERE silent AND NOT shadow)", ""),
        ("(evidence ->> 'holds')::boolean", "false"),
        ("confidence, holds FROM last", "confidence, false FROM last"),
    ),
    "scoring/count_decisions.sql": (
        ("AND outbox.is_first_word(receipt)", ""),
        ("(receipt.kind = 'approved')::int AS yes", "1 AS yes"),
        ("outbox.judged(receipt) AS digest", "receipt.digest"),
        ("given.digest, 1, -1", "given.digest, 1, 0"),
        ("AND outbox.is_first_word(given)", ""),
        ("AND given.evidence -> 'approval' = back.evidence -> 'approval'", ""),
        ("100 * said.confidence::numeric", "99 * said.confidence::numeric"),
        ("sum(times * said.confidence)", "sum(times)"),
        ("(said.confidence - yes) ^ 2", "0"),
        ("kept.decided + excluded.decided", "excluded.decided"),
        ("kept.approved + excluded.approved", "excluded.approved"),
        ("kept.confidences + excluded.confidences", "excluded.confidences"),
        ("kept.squares + excluded.squares", "excluded.squares"),
    ),
    "attester/log_receipts.sql": (("PERFORM outbox.count_decisions", "PERFORM cardinality"),),
}
