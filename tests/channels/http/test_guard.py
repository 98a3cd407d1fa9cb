"""Nothing is said to an address that is not of the public Internet, however it is spelled."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.channels.http.guard import DENIED, denied
from consumers.channels.http.places import networks

INSIDE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.0.170",
    "192.0.2.1",
    "192.31.196.1",
    "192.52.193.1",
    "192.88.99.1",
    "192.168.1.1",
    "192.175.48.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "168.63.129.16",
    "::",
    "::1",
    "::127.0.0.1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::10.0.0.1",
    "100::1",
    "100:0:0:1::1",
    "2002:7f00:1::",
    "2002:0a00:0001::1",
    "2002:0808:0808::1",
    "2001::1",
    "2001:0:7f00:1::1",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "3fff::1",
    "3fff:fff::1",
    "5f00::1",
    "fc00::1",
    "fd00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2620:4f:8000::1",
    "2606:4700::5efe:7f00:1",
    "2606:4700::200:5efe:7f00:1",
    "4000::1",
    "8000::1",
]
OUTSIDE = [
    "1.1.1.1",
    "8.8.8.8",
    "9.9.9.9",
    "100.63.255.255",
    "100.128.0.1",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.1",
    "192.0.1.1",
    "192.167.255.255",
    "192.169.0.1",
    "198.17.255.255",
    "198.20.0.1",
    "203.0.112.1",
    "223.255.255.255",
    "2606:4700:4700::1111",
    "2001:4860:4860::8888",
    "2a00:1450:4001:80b::200e",
    "2620:4f:7fff::1",
    "2400:cb00:2048:1::1",
]


@pytest.mark.parametrize(
    "address", [*INSIDE, "", "localhost", "127.1", "0x7f.1", "8.8.8.8:443"]
)
def test_an_address_inside_is_denied(address: str) -> None:
    assert denied(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_outside_is_not(address: str) -> None:
    assert not denied(address)


@given(st.ip_addresses(v=4))
def test_of_ipv4_nothing_is_let_through_that_python_knows_to_be_inside(
    address: ipaddress.IPv4Address,
) -> None:
    assert address.is_global or denied(str(address))


@given(st.sampled_from([n for n in DENIED if n.version == 4]), st.integers(0, 2**32 - 1))
def test_no_ipv6_with_an_inner_address_is_let_through(
    network: ipaddress.IPv4Network, offset: int
) -> None:
    inner = int(network[offset % network.num_addresses])
    forms = (inner, 0xFFFF << 32 | inner, 0x64FF9B << 96 | inner, 0x2002 << 112 | inner << 80)
    assert all(denied(str(ipaddress.IPv6Address(form))) for form in forms)


def test_only_what_the_operator_excepts_is_let_through() -> None:
    excepted = networks(("127.0.0.1", "10.1.0.0/16"))
    assert [denied(one, excepted) for one in ("127.0.0.1", "10.1.2.3")] == [False, False]
    assert [denied(one, excepted) for one in ("127.0.0.2", "10.2.0.1", "::1")] == [True] * 3
