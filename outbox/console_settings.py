"""The settings of the console: where it is, and how people sign in; a part of `Settings`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from outbox.spelling import address, duration, networks, origin, parts, path

Duration = Annotated[dt.timedelta, BeforeValidator(duration)]
OptionalPath = Annotated[Path | None, BeforeValidator(path)]
Names = Annotated[frozenset[str], BeforeValidator(parts)]


class OfTheConsole(BaseModel):
    """Each is a field of `outbox.settings.Settings`."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    console: Annotated[str, AfterValidator(address)] = "localhost:8787"
    """host:port where the console listens.  Beyond loopback only with a way to sign in, and
    behind TLS: HOLDSHORT_CONSOLE_URL."""
    console_url: Annotated[str, AfterValidator(origin)] = ""
    """Where people find the console, like https://holdshort.example.com, if something stands
    before it.  Empty: http:// and HOLDSHORT_CONSOLE."""
    console_idle: Duration = Field(
        default=dt.timedelta(hours=1), ge=dt.timedelta(minutes=1), le=dt.timedelta(days=7)
    )
    """After how long without a request somebody must sign in again."""
    console_session: Duration = Field(
        default=dt.timedelta(hours=12), ge=dt.timedelta(minutes=1), le=dt.timedelta(days=31)
    )
    """After how long somebody must sign in again, whatever they do."""
    root_file: OptionalPath = None
    """A root's secret key, for a console that nobody else can reach: a passkey that is made
    there counts at once.  Empty: each waits until `holdshort reviewer enrol` vouches for it."""
    oidc_issuer: str = ""
    """The OpenID Connect provider at which people sign in, like https://login.example.com.
    Empty: none."""
    oidc_client: str = ""
    """What the console is called there: its client id."""
    oidc_secret_file: OptionalPath = None
    """A file that holds the secret of that client.  Empty: it is a public client."""
    oidc_name: str = "email"
    """The claim that names a person in receipts, policies and enrolments; an email counts only
    if the provider has verified it."""
    oidc_allow: Names = frozenset()
    """Who of the provider's people may sign in, with commas: @example.com of verified emails,
    names of the claim `groups`, or * for all of them."""
    proxy_networks: Annotated[Names, AfterValidator(networks)] = frozenset()
    """Networks of your reverse proxies, with commas, like 10.1.2.0/24: who asks is read from
    the X-Forwarded-For of these, and of nobody else."""
    proxy_header: str = ""
    """A header, like X-Forwarded-User, by which those proxies say who is signed in; they must
    take it off what they are sent.  Empty: it signs nobody in."""

    @property
    def console_origin(self) -> str:
        """Where people find the console, without a slash at its end."""
        return self.console_url or f"http://{self.console}"
