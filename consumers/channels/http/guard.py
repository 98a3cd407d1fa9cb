"""Which addresses a request may reach: those of the public Internet, and no others.

`ipaddress.is_global` is not enough: it lets through forms of 127.0.0.1 that a translator of
addresses turns back into it.  So IPv6 is what is given out for the Internet, less what is
not; whatever holds an IPv4 address inside is not.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

DENIED: tuple[Network, ...] = tuple(
    map(
        ipaddress.ip_network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # behind a carrier's translator
            "127.0.0.0/8",  # ourselves
            "169.254.0.0/16",  # the link, and the metadata of clouds
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # of protocols, 192.0.0.8 too
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",  # AS112
            "192.52.193.0/24",  # AMT
            "192.88.99.0/24",  # relays of 6to4
            "192.168.0.0/16",  # private
            "192.175.48.0/24",  # AS112
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
            "2001::/23",  # of protocols: Teredo, benchmarks, ORCHID
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: an IPv4 address inside
            "2620:4f:8000::/48",  # AS112
            "3fff::/20",  # documentation
        ),
    )
)
_GIVEN_OUT = ipaddress.ip_network("2000::/3")
"""All of IPv6 that is the Internet; NAT64, fec0::1 and ::127.0.0.1 are elsewhere."""
AZURES_OWN = ipaddress.ip_address("168.63.129.16")
"""A public address that leads into the cloud's own machine."""


def denied(given: str, excepted: Iterable[Network] = ()) -> bool:
    """Whether nothing may be said to this address, but for what the operator excepts."""
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return True
    if any(address in network for network in excepted):
        return False
    if isinstance(address, ipaddress.IPv6Address):
        outside = address not in _GIVEN_OUT or address.scope_id is not None
        # The last 64 bits of an ISATAP address say which IPv4 address it leads to.
        outside |= (int(address) >> 32) & 0xFDFFFFFF == 0x5EFE
        return outside or any(address in network for network in DENIED)
    return address == AZURES_OWN or any(address in network for network in DENIED)
