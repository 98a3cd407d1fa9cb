"""A named person puts the next revision of the policy in force."""

from __future__ import annotations

from psycopg.types.json import Jsonb

from outbox.authority.documents import Document
from outbox.errors import BadSettings
from outbox.lifecycle import Role
from outbox.policy.document import Policy
from outbox.store import Connection, call, refusals


def set_policy(
    connection: Connection,
    policy: Policy,
    *,
    revision: int,
    actor: str,
    signed: Document | None = None,
) -> None:
    """Put it in force as this revision, which follows the last.

    Once it has committed, no permit is given to what only an older revision allows.  Raises
    `Conflict` if somebody was faster.
    """
    if not actor.strip():
        raise BadSettings("a policy names who set it", hint="add --by NAME")
    with refusals():
        call(
            connection,
            "set_policy",
            revision=revision,
            document=Jsonb(policy.as_json()),
            actor=actor,
            role=Role.HUMAN,
            content=signed and signed.content,
            signature=signed and signed.signature,
            key=signed and signed.key,
        )
