"""What may be changed in how a sender is set, or in what its code makes of that."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from consumers.channels.smtp import Smtp, channel
from consumers.verifying import verifying
from deploy.local.ports import free_port
from tests.tampering.world import SENDER, World

Setting = Callable[[World], Smtp]
"""A sender's way out that is set otherwise."""
_VERSIONS = ("MINIMUM_SUPPORTED", "TLSv1", "TLSv1_1", "TLSv1_3", "MAXIMUM_SUPPORTED")


def chain_unverified(world: World) -> Smtp:
    def weaker(context: ssl.SSLContext) -> None:
        context.check_hostname = False
        context.verify_mode = world.chance.choice((ssl.CERT_NONE, ssl.CERT_OPTIONAL))

    return _with_context(world, weaker)


def name_unverified(world: World) -> Smtp:
    def weaker(context: ssl.SSLContext) -> None:
        context.check_hostname = False

    return _with_context(world, weaker)


def tls_version(world: World) -> Smtp:
    def other(context: ssl.SSLContext) -> None:
        with warnings.catch_warnings(action="ignore"):
            context.minimum_version = ssl.TLSVersion[world.chance.choice(_VERSIONS)]

    return _with_context(world, other)


def plain(world: World) -> Smtp:
    return _with(world, security="plain")


def no_login(world: World) -> Smtp:
    return _with(world, login="")


def no_password(world: World) -> Smtp:
    return _with(world, password="")


def other_password(world: World) -> Smtp:
    return _with(world, password=f"{world.chance.getrandbits(64):x}")


def nobody_may_send(world: World) -> Smtp:
    return _with(world, senders=frozenset())


def others_may_send(world: World) -> Smtp:
    return _with(world, senders=frozenset({f"{world.chance.choice('abc')}{SENDER}"}))


def other_host(world: World) -> Smtp:
    return _with(world, host=f"127.0.0.{world.chance.randrange(2, 255)}")


def other_port(world: World) -> Smtp:
    return _with(world, port=free_port())


def other_authority(world: World) -> Smtp:
    return _with(world, ca_file=None)


SETTINGS: tuple[Setting, ...] = (
    *(chain_unverified, name_unverified, tls_version, plain, no_login, no_password),
    *(other_password, nobody_may_send, others_may_send, other_host, other_port),
    other_authority,
)


def _with_context(world: World, change: Callable[[ssl.SSLContext], None]) -> Smtp:
    def changed(ca_file: Path | None) -> ssl.SSLContext:
        context = verifying(ca_file)
        change(context)
        return context

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(channel, "verifying", changed)
        return Smtp(world.smarthost())


def _with(world: World, **settings: object) -> Smtp:
    """Past what reading the settings would refuse."""
    smarthost = world.smarthost()
    for name, value in settings.items():
        object.__setattr__(smarthost, name, value)
    return Smtp(smarthost)
