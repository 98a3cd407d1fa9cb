"""The command line: named persons set, list and lift limits."""

from __future__ import annotations

import datetime as dt
import json

from outbox.store import Connection
from tests.deploy.command import holdshort
from tests.parts import journey


def test_a_person_sets_lists_and_lifts_a_cap_by_name(dsn: str) -> None:
    cap = ("cap", "set", "domain", "Example.ORG", "--most", "5", "--per", "24h")

    nobody = holdshort(*cap, dsn=dsn)
    first = holdshort(*cap, "--by", "ada", "--json", dsn=dsn).json
    lifted = holdshort("cap", "lift", "1", "--by", "bob", dsn=dsn)
    again = holdshort("cap", "lift", "1", "--by", "bob", dsn=dsn)
    each = holdshort(
        "cap", "set", "address", "--most", "1", "--per", "1h", "--by", "ada", dsn=dsn
    )
    told = holdshort("cap", "list", dsn=dsn).out
    read = json.loads(holdshort("cap", "list", "--json", dsn=dsn).out)

    assert (nobody.code, first["id"], lifted.code, each.code) == (2, 1, 0, 0)
    assert (again.code, "holdshort cap list" in again.err) == (5, True)
    assert "address each by itself: at most 1 in 1h, set by ada\n" in told
    assert "domain example.org: at most 5 in 24h, set by ada, lifted by bob" in told
    assert [one["lifted_by"] for one in read] == [None, "bob"]


def test_a_cap_that_makes_no_sense_is_refused(dsn: str) -> None:
    named = ("--most", "5", "--per", "1h", "--by", "ada")

    assert holdshort("cap", "set", "everything", "x", *named, dsn=dsn).code == 2
    assert holdshort("cap", "set", "address", "nobody", *named, dsn=dsn).code == 2
    assert holdshort("cap", "set", "moon", *named, dsn=dsn).code == 2
    assert holdshort("cap", "set", "value", "EURO", *named, dsn=dsn).code == 2
    assert holdshort("cap", "list", dsn=dsn).out == "no cap was set\n"


def test_a_person_caps_the_value_of_a_currency(dsn: str) -> None:
    cap = ("cap", "set", "value", "EUR", "--most", "100000", "--per", "24h", "--by", "ada")

    said = holdshort(*cap, dsn=dsn)

    assert (said.code, said.out) == (0, "cap 1, set by ada: at most 100000 in 24h\n")
    told = "     1  value EUR: at most 100000 in 24h, set by ada\n"
    assert holdshort("cap", "list", dsn=dsn).out == told


def test_a_person_sets_lists_and_lifts_quiet_hours_by_name(dsn: str) -> None:
    hours = ("quiet", "set", "domain", "Example.org", "--from", "22:00", "--to", "07:00")
    named = (*hours, "--zone", "Europe/Berlin", "--days", "fri, mon", "--by", "ada")

    nobody = holdshort(*hours, "--zone", "UTC", dsn=dsn)
    first = holdshort(*named, dsn=dsn)
    twice = holdshort(*named, dsn=dsn)
    lifted = holdshort("quiet", "lift", "1", "--by", "bob", "--json", dsn=dsn)
    again = holdshort("quiet", "lift", "1", "--by", "bob", dsn=dsn)
    told = holdshort("quiet", "list", dsn=dsn).out
    [read] = json.loads(holdshort("quiet", "list", "--json", dsn=dsn).out)

    said = "quiet hours 1, set by ada: nothing leaves from 22:00 to 07:00 Europe/Berlin\n"
    assert (nobody.code, first.out, twice.code, lifted.json) == (2, said, 6, {"id": 1})
    assert (again.code, "holdshort quiet list" in again.err) == (5, True)
    assert told == (
        "     1  domain example.org: quiet on mon,fri from 22:00 to 07:00 Europe/Berlin, "
        "set by ada, lifted by bob\n"
    )
    assert (read["days"], read["starts"], read["lifted_by"]) == ([1, 5], "22:00:00", "bob")


def test_quiet_hours_that_make_no_sense_are_refused(dsn: str) -> None:
    for scope, when, zone in (
        ("everything", ("--from", "22:00", "--to", "25:00"), "UTC"),
        ("everything", ("--from", "22:00", "--to", "07:00"), "Mars/Olympus"),
        ("everything", ("--from", "22:00", "--to", "07:00", "--days", "someday"), "UTC"),
        ("channel", ("--from", "22:00", "--to", "07:00"), "UTC"),
        ("address", ("--from", "22:00", "--to", "07:00"), "UTC"),
    ):
        said = holdshort("quiet", "set", scope, *when, "--zone", zone, "--by", "ada", dsn=dsn)
        assert said.code == 2, said


def test_a_person_suppresses_an_address_and_lifts_it_by_name(dsn: str) -> None:
    add = ("suppress", "add", "Ada@example.org", "--reason", "asked us to stop")

    nobody = holdshort(*add, dsn=dsn)
    first = holdshort(*add, "--by", "ada", "--json", dsn=dsn).json
    twice = holdshort(*add, "--by", "ada", dsn=dsn)
    lifted = holdshort("suppress", "lift", "1", "--by", "bob", dsn=dsn)
    again = holdshort("suppress", "lift", "1", "--by", "bob", dsn=dsn)
    told = holdshort("suppress", "list", dsn=dsn).out

    assert (nobody.code, first["id"], twice.code, lifted.code, again.code) == (2, 1, 6, 0, 5)
    assert "next: see which there are: holdshort suppress list" in again.err
    assert "ada@example.org: asked us to stop, set by ada, lifted by bob\n" in told


def test_an_approval_may_be_held_by_option_or_by_setting(dsn: str, db: Connection) -> None:
    for options, settings, minutes in (
        (("--hold", "5m"), {}, 5),
        ((), {"approval_hold": "7m"}, 7),
        (("--hold", "0s"), {"approval_hold": "7m"}, 0),
    ):
        intent = journey.awaiting(db)
        named = (
            str(intent.id),
            "--digest",
            journey.seen(db, intent.id),
            "--by",
            "ada",
            *options,
        )

        said = holdshort("approve", *named, dsn=dsn, **settings)

        held = "SELECT held_until - approved_at FROM outbox.approval ORDER BY id DESC LIMIT 1"
        assert db.execute(held).fetchall() == [(dt.timedelta(minutes=minutes) or None,)]
        assert (f"holdshort revoke {intent.id}" in said.out) == bool(minutes)
