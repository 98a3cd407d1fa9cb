"""The ways to sign in that are configured, and when a console may not be offered at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from consumers.console.signin.provider import Provider, is_safe
from consumers.console.signin.proxies import Proxies
from outbox.errors import BadSettings
from outbox.settings import Settings

CALLBACK = "/signin/oidc/callback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How people sign in here, and for how long; accounts and links are in the database."""

    idle: dt.timedelta = dt.timedelta(hours=1)
    lasts: dt.timedelta = dt.timedelta(hours=12)
    provider: Provider | None = None
    proxies: Proxies = field(default_factory=Proxies)


def origin_of(settings: Settings) -> str:
    """Where people find this console."""
    return settings.console_origin


def ways_of(settings: Settings, origin: str) -> Ways:
    """The ways of these settings.  Raises `BadSettings`."""
    networks = tuple(ip_network(one) for one in sorted(settings.proxy_networks))
    if settings.proxy_header and not networks:
        raise BadSettings(
            "HOLDSHORT_PROXY_HEADER: whoever sends it would be believed",
            hint="say which proxies are: HOLDSHORT_PROXY_NETWORKS=10.1.2.0/24",
        )
    return Ways(
        idle=settings.console_idle,
        lasts=settings.console_session,
        provider=_provider(settings, origin) if settings.oidc_issuer else None,
        proxies=Proxies(networks, settings.proxy_header),
    )


def check_exposure(settings: Settings, *, accounts: bool) -> None:
    """Raise `BadSettings` if others than whoever sits here could reach what they must not.

    `accounts`: whether anybody has an account.  A console that a proxy on this machine makes
    public is as public as one that listens beyond loopback.
    """
    if is_loopback(settings.console) and is_loopback(urlsplit(origin_of(settings)).netloc):
        return
    if not (accounts or settings.oidc_issuer or settings.proxy_header):
        raise BadSettings(
            "HOLDSHORT_CONSOLE: others can reach it, and nobody has a way to sign in",
            hint="holdshort account add NAME --by NAME; or HOLDSHORT_OIDC_ISSUER",
        )
    if not settings.console_url.startswith("https://"):
        raise BadSettings(
            "HOLDSHORT_CONSOLE: others can reach it, and can read what people type there",
            hint="put TLS before it: HOLDSHORT_CONSOLE_URL=https://holdshort.example.com",
        )
    if settings.key_file is not None:
        raise BadSettings(
            "HOLDSHORT_KEY_FILE: others can reach the console, which would sign with your key",
            hint="leave it out, and approve with a passkey or: holdshort approve",
        )
    if settings.root_file is not None:
        raise BadSettings(
            "HOLDSHORT_ROOT_FILE: others can reach the console, and whoever breaks into it"
            " could make anybody's key count",
            hint="leave it out, keep the root away from here, and vouch for each passkey with:"
            " holdshort reviewer enrol NAME --key passkey.json --root root.pem",
        )


def is_loopback(netloc: str) -> bool:
    """Whether only this machine reaches host:port; a name other than localhost may be moved."""
    host = urlsplit(f"//{netloc}").hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _provider(settings: Settings, origin: str) -> Provider:
    if not is_safe(settings.oidc_issuer):
        raise BadSettings(
            "HOLDSHORT_OIDC_ISSUER: anybody on the way could say who signs in",
            hint="its address begins with https://",
        )
    if not settings.oidc_client or not settings.oidc_allow:
        raise BadSettings(
            "HOLDSHORT_OIDC_ISSUER: it is not said what it knows us as, or whom it may send",
            hint="HOLDSHORT_OIDC_CLIENT=...; HOLDSHORT_OIDC_ALLOW=@example.com",
        )
    return Provider(
        issuer=settings.oidc_issuer,
        client=settings.oidc_client,
        secret=_secret(settings),
        callback=f"{origin}{CALLBACK}",
        name=settings.oidc_name,
        allowed=settings.oidc_allow,
    )


def _secret(settings: Settings) -> str:
    if settings.oidc_secret_file is None:
        return ""
    try:
        return settings.oidc_secret_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise BadSettings(
            f"HOLDSHORT_OIDC_SECRET_FILE: it cannot be read: {type(error).__name__}"
        ) from None
