"""Accounts: passwords are kept so that nobody can read them, and named people make them."""

from __future__ import annotations

import pytest

from consumers.console.signin import passwords
from outbox.errors import BadSettings, NotFound
from outbox.people import accounts
from tests.console.signin.place import OTHER, PASSWORD, Place, hashed


def test_a_password_is_kept_as_argon2id_and_shown_to_nobody(here: Place) -> None:
    here.add("ada")

    [(hash,)] = here.db.execute("SELECT hash FROM outbox.password").fetchall()

    assert hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert PASSWORD not in hash


@pytest.mark.parametrize("password", ["", "short", "x" * 11, "x" * 1001])
def test_a_password_is_neither_short_nor_endless(password: str) -> None:
    with pytest.raises(BadSettings):
        passwords.hashed(password)


def test_a_password_is_the_same_on_every_keyboard() -> None:
    composed, decomposed = "Ångström Ångström", "A\u030angstro\u0308m A\u030angstro\u0308m"

    assert passwords.is_right(passwords.hashed(composed), decomposed)


def test_a_new_password_puts_out_whoever_got_in_with_the_old_one(here: Place) -> None:
    here.add("ada")
    thief, by_link = here.with_password("ada"), here.signed_in("ada")

    accounts.set_password(here.db, "ada", hash=hashed(OTHER), actor="olga")

    assert not thief.is_in()
    assert by_link.is_in()
    assert not here.with_password("ada", PASSWORD).is_in()
    assert here.with_password("ada", OTHER).is_in()


def test_who_has_no_account_gets_no_password(here: Place) -> None:
    with pytest.raises(NotFound):
        accounts.set_password(here.db, "ada", hash=hashed(OTHER), actor="olga")


def test_every_change_of_who_may_sign_in_is_receipted(here: Place) -> None:
    [(before,)] = here.db.execute("SELECT coalesce(max(id), 0) FROM outbox.receipt").fetchall()
    here.add("ada")
    here.ticket("ada")
    accounts.set_password(here.db, "ada", hash=hashed(OTHER), actor="olga")
    accounts.disable(here.db, "ada", actor="otto")

    written = here.db.execute(
        "SELECT actor, evidence ->> 'account', evidence ->> 'change' FROM outbox.receipt"
        " WHERE kind = 'account' AND id > %s ORDER BY id",
        (before,),
    ).fetchall()

    assert written == [
        ("olga", "ada", "added"),
        ("olga", "ada", "ticket"),
        ("olga", "ada", "password"),
        ("otto", "ada", "disabled"),
    ]
