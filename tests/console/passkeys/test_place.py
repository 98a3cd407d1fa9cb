"""Passkeys are for one domain, as browsers want it; a root is on nobody else's machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from consumers.console.passkeys.place import Place, place_of
from consumers.console.signin.ways import check_exposure
from outbox.errors import BadSettings
from outbox.settings import Settings

HOME = "https://holdshort.example.com"
BAD = (
    ("http://127.0.0.1:8787", "http://localhost:8787"),
    ("http://[::1]:8787", "http://localhost:8787"),
    ("https://192.0.2.7", "https://holdshort.example.com"),
    ("http://holdshort.example.com", HOME),
)


@pytest.mark.parametrize(
    ("origin", "rp_id"),
    [
        ("http://localhost:8787", "localhost"),
        (HOME, "holdshort.example.com"),
        ("https://holdshort.example.com:8443", "holdshort.example.com"),
    ],
)
def test_a_passkey_is_for_the_host_of_the_console_and_its_very_origin(
    origin: str, rp_id: str
) -> None:
    assert place_of(origin) == Place(rp_id, origin)


@pytest.mark.parametrize(("origin", "instead"), BAD)
def test_where_no_browser_makes_one_the_error_says_where_it_would(
    origin: str, instead: str
) -> None:
    with pytest.raises(BadSettings) as refused:
        place_of(origin)

    assert refused.value.hint.endswith(f"HOLDSHORT_CONSOLE_URL={instead}")


@pytest.mark.parametrize("name", ["root_file", "key_file"])
@pytest.mark.parametrize(
    ("console", "url"),
    [("127.0.0.1:8787", HOME), ("0.0.0.0:8787", HOME), ("10.0.0.7:8787", HOME)],
)
def test_a_console_that_others_reach_starts_with_no_secret_key(
    console: str, url: str, name: str
) -> None:
    settings = Settings(console=console, console_url=url, **{name: Path("secret.pem")})  # type: ignore[arg-type]

    with pytest.raises(BadSettings, match=f"HOLDSHORT_{name.upper()}: others can reach") as why:
        check_exposure(settings, accounts=True)

    assert why.value.hint


def test_a_console_on_ones_own_machine_may_have_the_root() -> None:
    settings = Settings(console="localhost:8787", root_file=Path("root.pem"))

    check_exposure(settings, accounts=False)
