"""Scenes of requests: whom they reach, that they get a permit, and what is told of them."""

from __future__ import annotations

from outbox import lookups
from outbox.errors import NotFound
from outbox.ledger import Ledger
from outbox.limits.setting import Limits
from outbox.store import Connection
from tests.ledger.guards.answers import answer, one
from tests.ledger.guards.leaving import held, permit
from tests.ledger.guards.manifests import UNLOCKED
from tests.ledger.guards.mutations import Changes
from tests.parts import journey


def a_request_counts_for_its_address_and_for_its_host(db: Connection) -> None:
    journey.proposed(db, journey.request("https://hooks.example.org:8443/In/new?a=b@c"))
    whom = one(db, "SELECT string_agg(address || ' ' || domain, ', ') FROM outbox.recipient")
    assert whom == "https://hooks.example.org:8443/in/new?a=b@c hooks.example.org"
    assert (
        one(db, "SELECT outbox.domain_of('https://HOOKS.example.org')") == "hooks.example.org"
    )
    assert one(db, "SELECT outbox.domain_of('Ada@Example.ORG')") == "example.org"


def a_list_says_where_a_request_goes(db: Connection) -> None:
    journey.proposed(db, journey.request())
    subject = one(db, "SELECT subject FROM outbox.artifact")
    assert subject == "POST https://hooks.example.org/In/new"


def an_approved_request_gets_its_permit_and_counts(db: Connection) -> None:
    assert permit(db, held(db, journey.request())) == "done"
    counted = one(
        db,
        "SELECT string_agg(name, ' ' ORDER BY name) FROM outbox.counted"
        " WHERE scope IN ('address', 'channel', 'domain')",
    )
    assert counted == "hooks.example.org https://hooks.example.org/in/new webhook"


def nothing_leaves_to_a_host_that_is_suppressed(db: Connection) -> None:
    claim = held(db, journey.request())
    Limits(db, actor="grace").suppress("hooks.example.org", reason="they asked")
    assert permit(db, claim) == "suppressed"


def no_permit_for_a_request_that_goes_elsewhere_than_approved(db: Connection) -> None:
    claim = held(db, journey.request())
    db.execute(UNLOCKED)
    db.execute("UPDATE outbox.recipient SET address = 'https://hooks.example.org/in/other'")
    assert permit(db, claim) == "other_manifest"


def what_is_told_of_what_is_stranded_is_kept_and_moves_nothing(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    id = journey.stranded(db, ledger, journey.request()).id
    assert lookups.stranded(db, id).manifest.title == "POST https://hooks.example.org/In/new"
    lookups.keep(db, id, worker="worker-2", evidence={"found": "it is there"})
    assert journey.state_of(db, id) == "stranded"
    told = one(
        db,
        "SELECT kind || ' ' || actor || ' ' || (evidence ->> 'found') FROM outbox.receipt"
        " ORDER BY id DESC LIMIT 1",
    )
    assert told == "looked_up worker-2 it is there"


def nothing_is_told_of_what_is_in_no_doubt(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    journey.stranded(db, ledger)
    id = journey.permitted(db, ledger).id
    keep = answer(db, lambda: lookups.keep(db, id, worker="w", evidence={}))
    assert keep == answer(db, lambda: lookups.stranded(db, id)) == "Conflict"
    assert answer(db, lambda: lookups.stranded(db, id + 1)) == NotFound.__name__
    assert journey.kinds_of(db, id)[-1] == "permit"


SCENES = (
    a_request_counts_for_its_address_and_for_its_host,
    a_list_says_where_a_request_goes,
    an_approved_request_gets_its_permit_and_counts,
    nothing_leaves_to_a_host_that_is_suppressed,
    no_permit_for_a_request_that_goes_elsewhere_than_approved,
    what_is_told_of_what_is_stranded_is_kept_and_moves_nothing,
    nothing_is_told_of_what_is_in_no_doubt,
)

REQUESTS: dict[str, Changes] = {
    "limits/record_recipients.sql": (
        (", 'url'", ""),
        ("WHEN field.key = 'url' THEN json_build_array(field.value)", "WHEN false THEN '[]'"),
    ),
    "limits/domain_of.sql": (
        ("starts_with(address, 'https://')", "false"),
        ("lower(substring(address FROM '^https", "(substring(address FROM '^https"),
        ("ELSE lower(substring(address", "ELSE (substring(address"),
        ("[^/:?#]", "[^/]"),
    ),
    "intents/artifact.sql": (("outbox.field_of(content, 'url')", "'somewhere'"),),
    "manifest/is_other.sql": (("jsonb_build_array(approved #> '{request,url}')", "'[]'"),),
    "sender/look_up.sql": (
        (" AND state = 'stranded'", ""),
        ("look_up.worker", "'somebody'"),
        ("look_up.evidence", "'{}'::jsonb"),
        ("WHERE intent.id = look_up.id AND", "WHERE"),
    ),
}
