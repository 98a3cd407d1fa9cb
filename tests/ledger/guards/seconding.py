"""Scenes of second looks: what was drawn takes one more, who does not see the first."""

from __future__ import annotations

from functools import partial
from typing import LiteralString

from outbox.desk import Desk
from outbox.lifecycle import Role
from outbox.store import Connection
from tests.ledger.guards.answers import answer, one
from tests.ledger.guards.attending import letter
from tests.parts import journey
from tests.parts.attention import ask, no, yes
from tests.parts.granting import delegated
from tests.parts.journey import HOUR, state_of
from tests.parts.policies import tier

SECOND = {"one_in": 1}
LOOKS: LiteralString = (
    "SELECT coalesce(string_agg(concat_ws(' ', first, second, agreed), ', ' ORDER BY id), '')"
    " FROM outbox.second_look"
)
ENDORSED: LiteralString = (
    "SELECT concat_ws(' ', actor, evidence ->> 'manifest' = (SELECT max(manifest_digest)"
    " FROM outbox.approval), evidence ->> 'missing', evidence ? 'sealed_at')"
    " FROM outbox.receipt WHERE kind = 'endorsed'"
)


DRAWN: LiteralString = (
    "SELECT count(*) FROM outbox.policy_in_force() AS ruling, generate_series(1, 500) AS id"
    " WHERE outbox.is_drawn(id, 1, ruling.document)"
)


def what_is_drawn_takes_one_more_who_does_not_see_the_first(db: Connection) -> None:
    ask(db, second=SECOND)
    id = letter(db)
    before = journey.kinds_of(db, id)
    assert yes(db, id, "ada") == 1
    assert journey.kinds_of(db, id) == before
    assert state_of(db, id) == "awaiting_approval"
    assert one(db, "SELECT count(*) FROM outbox.approval") == 0
    assert answer(db, partial(yes, db, id, "Ada")) == "Conflict"
    assert yes(db, id, "bob") == 0
    assert journey.kinds_of(db, id)[-2:] == ["endorsed", "approved"]
    named: LiteralString = (
        "SELECT string_agg(approver, ' ' ORDER BY id) FROM outbox.endorsement"
    )
    assert one(db, named) == "ada bob"
    assert one(db, LOOKS) == "ada bob t"
    assert one(db, ENDORSED) == "ada t 1 t"
    assert one(db, "SELECT count(*) FROM outbox.sealed") == 0


def a_second_no_overrules_the_first_yes(db: Connection) -> None:
    ask(db, second=SECOND)
    id, other, third = letter(db), letter(db), letter(db)
    for one_of in (id, other, third):
        yes(db, one_of, "ada")
    no(db, id, "bob")
    assert journey.kinds_of(db, id)[-2:] == ["endorsed", "rejected"]
    assert one(db, LOOKS) == "ada bob f"
    no(db, other, "ada")
    assert one(db, LOOKS) == "ada bob f"
    digest = journey.seen(db, third)
    Desk(db, actor="bob").edit(third, journey.mail("Mended"), digest=digest)
    assert one(db, LOOKS) == "ada bob f, ada bob f"
    journey.score_and_route(db)
    assert yes(db, third, "cy") == 1
    assert yes(db, third, "dan") == 0


def a_sealed_yes_counts_as_long_as_it_is_one(db: Connection) -> None:
    ask(db, second=SECOND)
    id, other = letter(db), letter(db)
    yes(db, id, "ada")
    yes(db, other, "ada")
    db.execute("UPDATE outbox.sealed SET expires_at = now() WHERE intent = %s", (id,))
    assert yes(db, id, "bob") == 1
    assert yes(db, id, "ada") == 0
    ask(db, tier(2), second=SECOND)
    assert yes(db, other, "bob") == 2
    assert yes(db, other, "cy") == 1
    assert yes(db, other, "dan") == 0
    assert one(db, LOOKS) == "bob ada t, bob cy t"
    extra: LiteralString = "SELECT string_agg(extra::text, ' ') FROM outbox.approval"
    assert one(db, extra) == "1 1"


def an_agent_that_takes_it_back_brings_no_sealed_yes_to_light(db: Connection) -> None:
    ask(db, second=SECOND)
    id = letter(db)
    yes(db, id, "ada")
    Desk(db, actor="tests", role=Role.AGENT).withdraw(id, reason="not mine")
    assert "endorsed" not in journey.kinds_of(db, id)


def what_is_not_drawn_takes_no_more(db: Connection) -> None:
    ask(db, second={"one_in": 1_000_000})
    assert yes(db, letter(db)) == 0
    ask(db, second={"one_in": 2})
    drawn = int(str(one(db, DRAWN)))
    assert 150 < drawn < 350
    assert one(db, "SELECT octet_length(key) FROM outbox.draw") == 32


def a_yes_in_anothers_place_is_sealed_with_it(db: Connection) -> None:
    ask(db, second=SECOND)
    id, handed = letter(db), delegated(db, delegator="Ada", delegate="bob", signer=None)
    digest = journey.seen(db, id)
    Desk(db, actor="bob").approve(id, digest=digest, valid_for=HOUR, delegation=handed)
    assert answer(db, partial(yes, db, id, "ada")) == "Conflict"
    assert answer(db, partial(yes, db, id, "bob")) == "Conflict"
    assert yes(db, id, "cy") == 0
    actor: LiteralString = "SELECT actor FROM outbox.receipt WHERE kind = 'endorsed'"
    assert one(db, actor) == "bob for Ada"


def what_was_sealed_ends_and_is_held_as_it_was_said(db: Connection) -> None:
    ask(db, second=SECOND)
    id = letter(db)
    digest = journey.seen(db, id)
    Desk(db, actor="ada").approve(id, digest=digest, valid_for=HOUR, hold=HOUR / 2)
    Desk(db, actor="bob").approve(id, digest=digest, valid_for=2 * HOUR)
    times: LiteralString = (
        "SELECT concat_ws(' ', expires_at - approved_at, held_until - approved_at)"
        " FROM outbox.approval"
    )
    assert one(db, times) == "01:00:00 00:30:00"


SCENES = (
    what_is_drawn_takes_one_more_who_does_not_see_the_first,
    a_second_no_overrules_the_first_yes,
    a_sealed_yes_counts_as_long_as_it_is_one,
    an_agent_that_takes_it_back_brings_no_sealed_yes_to_light,
    what_is_not_drawn_takes_no_more,
    a_yes_in_anothers_place_is_sealed_with_it,
    what_was_sealed_ends_and_is_held_as_it_was_said,
)
