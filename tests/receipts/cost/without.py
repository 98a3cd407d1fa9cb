"""A database in which nothing leaves a receipt: only here, to see what receipts cost."""

from __future__ import annotations

from typing import LiteralString

from outbox.store import Connection

NO_RECEIPTS: tuple[LiteralString, ...] = (
    "ALTER TABLE outbox.intent DROP CONSTRAINT a_receipt_is_of_this_intent",
    "ALTER TABLE outbox.receipt RENAME TO kept",
    "CREATE VIEW outbox.receipt AS SELECT * FROM outbox.kept",
    "CREATE FUNCTION outbox.forget() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN NEW.id := 1; RETURN NEW; END $$",
    "CREATE TRIGGER nothing_is_kept INSTEAD OF INSERT ON outbox.receipt"
    " FOR EACH ROW EXECUTE FUNCTION outbox.forget()",
    "ALTER VIEW outbox.receipt OWNER TO holdshort_owner",
    "ALTER FUNCTION outbox.forget OWNER TO holdshort_owner",
)
"""What writes a receipt writes to a view that forgets it, and is told that it was kept."""


def forget_receipts(owner: Connection) -> None:
    for statement in NO_RECEIPTS:
        owner.execute(statement)
