"""When a console is not offered, and how it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from consumers.console.signin.ways import check_exposure, is_loopback, origin_of, ways_of
from outbox.errors import BadSettings
from outbox.settings import Settings

PUBLIC = {"console": "0.0.0.0:8787", "console_url": "https://holdshort.example.com"}
OIDC = {
    "oidc_issuer": "https://login.example.com",
    "oidc_client": "x",
    "oidc_allow": "@example.com",
}
PROXY = {"proxy_header": "x-forwarded-user", "proxy_networks": "10.1.2.0/24"}


def settings(**given: str) -> Settings:
    return Settings.from_env({f"HOLDSHORT_{name.upper()}": one for name, one in given.items()})


@pytest.mark.parametrize(
    ("given", "accounts", "why"),
    [
        (PUBLIC, False, "nobody has a way to sign in"),
        ({"console": "0.0.0.0:8787", **OIDC}, False, "can read what people type"),
        ({**PUBLIC, "console_url": "http://holdshort.example.com"}, True, "can read what"),
        ({"console": "192.0.2.1:80"}, True, "can read what people type"),
        ({"console": "holdshort.example.com:80"}, True, "can read what people type"),
        ({**PUBLIC, **PROXY, "key_file": "key.pem"}, False, "sign with your key"),
        ({**PUBLIC, "console": "127.0.0.1:8787", "key_file": "k"}, True, "sign with your key"),
        ({**PUBLIC, "console": "127.0.0.1:8787"}, False, "nobody has a way to sign in"),
        ({"console_url": "http://holdshort.example.com"}, True, "can read what people type"),
    ],
)
def test_a_console_that_others_reach_is_refused_without_protection(
    given: dict[str, str], accounts: bool, why: str
) -> None:
    with pytest.raises(BadSettings, match=why) as refused:
        check_exposure(settings(**given), accounts=accounts)

    assert str(refused.value).startswith("HOLDSHORT_")
    assert refused.value.hint


@pytest.mark.parametrize(
    ("given", "accounts"),
    [
        ({}, False),
        ({"console": "localhost:1", "key_file": "key.pem"}, False),
        ({"console": "127.0.0.2:1", "key_file": "key.pem"}, False),
        ({"console_url": "http://localhost:9000", "key_file": "key.pem"}, False),
        (PUBLIC, True),
        ({**PUBLIC, **OIDC}, False),
        ({**PUBLIC, **PROXY}, False),
    ],
)
def test_a_console_is_offered_to_whoever_sits_here_or_can_sign_in(
    given: dict[str, str], accounts: bool
) -> None:
    check_exposure(settings(**given), accounts=accounts)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"proxy_header": "x-forwarded-user"}, "whoever sends it would be believed"),
        ({"proxy_networks": "0.0.0.0/0"}, "0.0.0.0/0 is everybody"),
        ({"proxy_networks": "::/0"}, "::/0 is everybody"),
        ({"proxy_networks": "elsewhere"}, "HOLDSHORT_PROXY_NETWORKS"),
        ({**OIDC, "oidc_issuer": "http://login.example.com"}, "anybody on the way"),
        ({**OIDC, "oidc_allow": ""}, "whom it may send"),
        ({**OIDC, "oidc_client": ""}, "what it knows us as"),
        ({**OIDC, "oidc_secret_file": "/nowhere"}, "cannot be read: FileNotFoundError"),
        ({"console_url": "https://holdshort.example.com/console"}, "and nothing after it"),
        ({"console_url": "https://Holdshort.example.com"}, "not like https://"),
        ({"console_url": "https://u:p@holdshort.example.com"}, "not like https://"),
        ({"console_session": "32d"}, "HOLDSHORT_CONSOLE_SESSION"),
    ],
)
def test_a_way_that_would_let_others_in_is_refused(given: dict[str, str], why: str) -> None:
    with pytest.raises(BadSettings, match=why) as refused:
        ways_of(settings(**given), "http://localhost:1")

    assert refused.value.hint


def test_the_ways_are_those_of_the_settings(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("of the client\n")
    given = settings(**OIDC, **PROXY, oidc_secret_file=str(secret), console_idle="5m")

    ways = ways_of(given, origin_of(given))

    assert ways.provider is not None
    assert ways.provider.callback == f"{origin_of(given)}/signin/oidc/callback"
    assert (ways.provider.secret, ways.provider.name) == ("of the client", "email")
    assert "of the client" not in repr(ways)
    assert (ways.idle.seconds, ways.proxies.header) == (300, "x-forwarded-user")


@pytest.mark.parametrize(
    ("netloc", "here"),
    [
        ("127.0.0.1:1", True),
        ("localhost:1", True),
        ("[::1]:1", True),
        ("0.0.0.0:1", False),
        ("[::]:1", False),
        (":1", False),
        ("localhost.example.com:1", False),
        ("127.0.0.1.example.com:1", False),
        ("127.0.0.1@192.0.2.1:1", False),
    ],
)
def test_loopback_is_what_this_machine_alone_reaches(netloc: str, here: bool) -> None:
    assert is_loopback(netloc) is here
