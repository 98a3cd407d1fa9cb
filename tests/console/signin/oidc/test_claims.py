"""What of a provider's word is believed."""

from __future__ import annotations

import time
from typing import Any

import pytest

from consumers.console.signin.opening import SESSION
from tests.console.signin.oidc.leaving import left, through
from tests.console.signin.place import Place
from tests.parts import provider as parts
from tests.parts.provider import CLIENT, Provider, signed

NOW = int(time.time())

WRONG_CLAIMS: dict[str, dict[str, Any]] = {
    "of another nonce": {"nonce": "x"},
    "of no nonce": {"nonce": None},
    "for another client": {"aud": "others"},
    "for others too, by another": {"aud": [CLIENT, "others"], "azp": "others"},
    "for others too, by nobody": {"aud": [CLIENT, "others"]},
    "for nobody": {"aud": None},
    "of another issuer": {"iss": "https://evil.example"},
    "of no issuer": {"iss": None},
    "too old": {"exp": NOW - 3600, "iat": NOW - 7200},
    "for ever": {"exp": None},
    "of nobody": {"sub": None},
    "from the future": {"iat": NOW + 86400, "exp": NOW + 90000},
    "not yet": {"nbf": NOW + 86400},
    "of another access token": {"at_hash": "x"},
    "of an email that nobody has verified": {"email_verified": False},
    "of an email that is said to be verified": {"email_verified": "true"},
    "of no email": {"email": None},
    "of a list of emails": {"email": ["ada@example.com"]},
    "of an empty email": {"email": ""},
    "of an email that one cannot see": {"email": "ada\u202e@example.com"},
    "of somebody elsewhere": {"email": "ada@example.org"},
    "of somebody at a longer name": {"email": "ada@evil-example.com"},
    "of somebody with two names": {"email": "ada@example.com@example.org"},
    "of a group that is called like a domain": {"email": None, "groups": ["@example.com"]},
    "of a group of everybody": {"email": "a@b.example", "groups": ["*"]},
}


@pytest.mark.parametrize("claims", WRONG_CLAIMS.values(), ids=WRONG_CLAIMS)
def test_claims_that_are_not_of_this_sign_in_let_nobody_in(
    here: Place, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims = claims

    visitor, answer = through(here)

    assert answer.status_code == 403
    assert SESSION not in visitor.cookies
    assert not visitor.is_in()


FORGED = {
    "of no algorithm": parts.unsigned,
    "signed with another key": lambda said: signed(said, by="others"),
    "signed with a key that is not there": lambda said: signed(said, by="others", kid="x"),
    "signed with the secret of the client": parts.signed_with_the_clients_secret,
    "signed with the public key": parts.signed_with_the_public_key,
    "whose signature is left out": lambda said: signed(said).rpartition(".")[0] + ".",
    "no token": lambda _: "x",
    "nothing": lambda _: "",
}


@pytest.mark.parametrize("sign", FORGED.values(), ids=FORGED)
def test_what_the_provider_has_not_signed_lets_nobody_in(
    here: Place, provider: Provider, sign: Any
) -> None:
    provider.sign = sign

    visitor, answer = through(here)

    assert answer.status_code == 403
    assert not visitor.is_in()


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": "http://evil.example/keys"},
        {"authorization_endpoint": "http://evil.example/authorize"},
        {"token_endpoint": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_a_provider_that_points_elsewhere_is_not_followed(
    here: Place, provider: Provider, document: dict[str, Any]
) -> None:
    visitor = here.visitor()
    back = left(visitor)
    provider.document = document

    leaving, coming = here.visitor().post("/signin/oidc"), visitor.get(back)

    assert (leaving.status_code, coming.status_code) == (403, 403)
    assert not visitor.is_in()
