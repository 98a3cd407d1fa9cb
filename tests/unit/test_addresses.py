"""An address is what the library takes for one, however quickly it is read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import EmailStr, TypeAdapter, ValidationError

from outbox.addresses import Address

LOCAL = st.text(st.sampled_from("aZ0._+-'!=? \"ä"), min_size=1, max_size=70)
DOMAIN = st.text(st.sampled_from("aZ0.-_ äß@"), min_size=1, max_size=20)


@given(LOCAL, DOMAIN, st.sampled_from(["", ".org", ".xn--p1ai", ".test", ".invalid"]))
def test_any_address_is_read_as_the_library_reads_it(
    local: str, domain: str, last: str
) -> None:
    address = f"{local}@{domain}{last}"

    assert _as_read(Address, address) == _as_read(EmailStr, address)


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.org",
        "Ada@EXAMPLE.org",
        "ada@bücher.example.org",
        "ada@xn--bcher-kva.example.org",
        "ädä@example.org",
        " ada@example.org ",
        "Ada <ada@example.org>",
        '"Ada" <Ada@EXAMPLE.org>',
        "ada@example.org\r\n",
        "ada",
        "ada@localhost",
        "ada@[127.0.0.1]",
        '"a b"@example.org',
        f"{'a' * 64}@example.org",
        f"{'a' * 65}@example.org",
        f"a@{'.'.join(['b' * 63] * 3)}.org",
        f"{'a' * 64}@{'.'.join(['b' * 60] * 3)}.org",
        "Postmaster@example.org",
        "postmaster@EXAMPLE.org",
        "a..b@example.org",
        ".a@example.org",
        "a@b@example.org",
        "a@example.org\n",
        "a@ex_ample.org",
        "a@example.test",
        "",
    ],
)
def test_an_address_is_read_as_the_library_reads_it(address: str) -> None:
    assert _as_read(Address, address) == _as_read(EmailStr, address)


def _as_read(kind: Any, address: str) -> object:
    try:
        return TypeAdapter(kind).validate_python(address)
    except ValidationError as refusal:
        return refusal.errors(include_url=False)[0]["msg"]
