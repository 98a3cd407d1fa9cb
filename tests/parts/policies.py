"""Put a policy in force, as an operator does, by its JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from outbox import Intent
from outbox.authority.documents import Document, Kind, declared, installation
from outbox.desk import Desk
from outbox.policy.document import Policy, parse
from outbox.policy.setting import set_policy
from outbox.store import Connection
from schemas.authority import signing
from schemas.authority.keeping import envelope_of, kept
from schemas.authority.policies import Ruling
from schemas.receipts.envelope import Envelope
from schemas.receipts.keys import Signer
from tests.parts import journey

Tier = dict[str, Any]
Groups = Mapping[str, list[str]]
NO_GROUPS: Groups = MappingProxyType({})


def tier(approvals: int = 1, of: str | None = None, *, within: Any = None, **when: Any) -> Tier:
    """So many approvals of that group, for what is so."""
    needs = {"approvals": approvals} | ({} if of is None else {"of": of})
    return {"when": when, "needs": needs} | ({} if within is None else {"within": within})


def policy(
    *tiers: Tier, alone: bool = False, groups: Groups = NO_GROUPS, scoring: Any = None
) -> Policy:
    said = {"sole_operator": alone, "groups": dict(groups), "tiers": tiers, "scoring": scoring}
    return parse(json.dumps(said))


def in_force(db: Connection) -> int:
    """The revision that is in force."""
    [(revision,)] = db.execute("SELECT max(revision) FROM outbox.policy").fetchall()
    return int(revision)


def yes(db: Connection, intent: Intent, by: str) -> int:
    """Say it; give back how many more are needed."""
    return Desk(db, actor=by).approve(
        intent.id, digest=journey.seen(db, intent.id), valid_for=journey.HOUR
    )


def put(
    db: Connection,
    *tiers: Tier,
    alone: bool = False,
    by: Signer | None = None,
    groups: Groups = NO_GROUPS,
    scoring: Any = None,
) -> int:
    """Put it in force, signed by a root if one is given; give back its revision."""
    ruled = policy(*tiers, alone=alone, groups=groups, scoring=scoring)
    revision = in_force(db) + 1
    signed = None if by is None else signed_policy(db, ruled, revision, by)
    set_policy(db, ruled, revision=revision, actor="olga", signed=signed)
    return revision


def signed_policy(db: Connection, ruled: Policy, revision: int, root: Signer) -> Document:
    said = Ruling(log=installation(db), revision=revision, policy=ruled)
    return kept(signing.signed(said, root), "policy")


def last_policy(db: Connection) -> Envelope:
    """The newest that a root has signed."""
    return envelope_of([one for one in declared(db) if one.kind == Kind.POLICY][-1])
