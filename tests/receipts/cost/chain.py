"""The same receipts, each in a transaction of its own, with a queue or in one global chain."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import LiteralString

CLIENTS = 16
"""As many as eight senders of two threads each."""
PREPARED: tuple[LiteralString, ...] = (
    "CREATE TABLE outbox.chain (only_row boolean PRIMARY KEY, hash bytea NOT NULL)",
    "INSERT INTO outbox.chain VALUES (true, sha256(''))",
    "ALTER TABLE outbox.chain OWNER TO holdshort_owner",
    "CREATE FUNCTION outbox.queued() RETURNS void LANGUAGE plpgsql SECURITY DEFINER"
    " SET search_path = outbox, pg_temp AS $$ BEGIN"
    " INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)"
    " SELECT id, 'permit', 'sender', 'cost', digest, jsonb_build_object('approval', 1)"
    " FROM outbox.intent LIMIT 1; END $$",
    "CREATE FUNCTION outbox.chained() RETURNS void LANGUAGE plpgsql SECURITY DEFINER"
    " SET search_path = outbox, pg_temp AS $$ DECLARE last bytea; BEGIN"
    " SELECT hash INTO last FROM outbox.chain FOR UPDATE;"
    " INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)"
    " SELECT id, 'permit', 'sender', 'cost', digest,"
    " jsonb_build_object('approval', 1, 'previous', encode(last, 'hex'))"
    " FROM outbox.intent LIMIT 1;"
    " UPDATE outbox.chain SET hash = sha256(last || convert_to(now()::text, 'UTF8'));"
    " END $$",
    "ALTER FUNCTION outbox.queued OWNER TO holdshort_owner",
    "ALTER FUNCTION outbox.chained OWNER TO holdshort_owner",
    "GRANT EXECUTE ON FUNCTION outbox.queued, outbox.chained TO holdshort_sender",
)
"""The chain does what the queue does, and one thing more: each names the one before."""


def rate(pgbench: Path, dsn: str, function: str, seconds: int) -> float:
    """Receipts per second; who asks for them is no program of ours, and not what is slow."""
    with TemporaryDirectory() as directory:
        script = Path(directory) / "script.sql"
        script.write_text(f"SELECT outbox.{function}();\n")
        how = ("-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(seconds))
        command = (str(pgbench), *how, "-f", str(script), dsn)
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(r"^tps = ([0-9.]+)", done.stdout, re.MULTILINE)
    assert found is not None, done.stdout
    return float(found[1])
