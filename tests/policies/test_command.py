"""The commands of the policy."""

from __future__ import annotations

import json
from pathlib import Path

from outbox.store import Connection
from tests.deploy.command import holdshort
from tests.parts import policies

GOOD = '{"sole_operator": false, "tiers": [{"needs": {"approvals": 2}}]}'


def test_a_policy_is_set_shown_and_looked_back_at(dsn: str, db: Connection) -> None:
    done = holdshort("policy", "set", "-", "--by", "olga", stdin=GOOD, dsn=dsn)
    assert done.code == 0, done

    shown = holdshort("policy", "show", "--json", dsn=dsn)
    history = holdshort("policy", "history", dsn=dsn)

    assert shown.json["tiers"] == [{"when": {}, "needs": {"approvals": 2}}]
    assert [line.split(",")[0] for line in history.out.splitlines()] == [
        "revision 2",
        "revision 1",
    ]
    again = holdshort("policy", "set", "-", "--by", "olga", stdin=shown.out, dsn=dsn)
    assert (again.code, policies.in_force(db)) == (0, 3)


def test_a_bad_policy_is_told_why_and_what_next_and_changes_nothing(
    dsn: str, db: Connection
) -> None:
    done = holdshort("policy", "set", "-", "--by", "o", stdin='{"tiers": []}', dsn=dsn)

    assert done.code == 2
    assert "sole_operator" in done.err
    assert "holdshort policy show" in done.err
    assert policies.in_force(db) == 1


def test_a_root_signs_the_policy_that_it_sets(dsn: str, db: Connection, tmp_path: Path) -> None:
    root = str(tmp_path / "root.pem")
    holdshort("key", "create", root)

    done = holdshort(
        *("policy", "set", "-", "--by", "olga", "--root", root), stdin=GOOD, dsn=dsn
    )

    assert done.code == 0, done
    assert "HOLDSHORT_POLICY_AT_LEAST=2" in done.out
    [(content, signed)] = db.execute(
        "SELECT content, policy.document FROM outbox.policy"
        " JOIN outbox.document ON document.id = document_id"
    ).fetchall()
    assert json.loads(content)["policy"] == signed
