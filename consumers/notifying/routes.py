"""Who is told of what, and how: a file, read strictly.  A word that nobody knows is refused.

    {"smtp": {"url": "smtps://holdshort@mail.example.org", "from": "holdshort@example.org",
              "password_file": "smtp-password"},
     "routes": {
       "on-call": {"kinds": ["stranded", "escalated"],
                   "where": {"webhook": "https://...", "secret_file": "webhook-secret"}},
       "finance": {"kinds": ["awaiting_approval"], "groups": ["finance"], "gather": "5m",
                   "where": {"email": ["ada@example.org", "bob@example.org"]}}},
     "people": {"olga": {"slack": "olgas-slack-url"}}}

Secrets are in files of their own, whose paths begin where this file is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import (
    AfterValidator,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from consumers import jsonfile
from consumers.notifying.secrets import address, https
from outbox.errors import BadSettings
from outbox.fields import Fields
from outbox.notices import OF_THE_INSTALLATION, Kind
from outbox.policy.shapes import Name

MOST = 32
"""Ways to people: each has a thread and a database connection of its own."""
PEOPLE = "people"
MUST_BE_HEARD = (Kind.STRANDED, Kind.ESCALATED)
"""Of everything that strands or is escalated, somebody hears, whatever a policy names."""

RouteName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Address = Annotated[str, AfterValidator(address)]
Https = Annotated[str, AfterValidator(https)]
Gather = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}[sm]$")]


class SmtpFrom(Fields):
    """The smart host of the house, and as whom it writes."""

    url: Annotated[str, Field(repr=False)]
    password_file: Path
    ca_file: Path | None = None
    sender: Annotated[Address, Field(alias="from")]


class Where(Fields):
    """One way, or several addresses: each is told by itself."""

    email: Annotated[tuple[Address, ...], Field(min_length=1)] | None = None
    slack: Path | None = None
    """A file with the address of an incoming webhook."""
    webhook: Https | None = None
    secret_file: Path | None = None
    """With `whsec_` and base64, as the Standard Webhooks have it."""
    ca_file: Path | None = None
    """The only authorities to believe; without it, those of the system."""

    @model_validator(mode="after")
    def _is_one(self) -> Where:
        if sum(one is not None for one in (self.email, self.slack, self.webhook)) != 1:
            raise ValueError("say one of email, slack and webhook")
        if (self.webhook is None) != (self.secret_file is None):
            raise ValueError("webhook and secret_file go together")
        if self.email is not None and self.ca_file is not None:
            raise ValueError("the ca_file of mail is in smtp")
        return self


class Route(Fields):
    """What is told, and where."""

    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    tenants: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    groups: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    gather: Gather = "1m"
    where: Where

    @model_validator(mode="after")
    def _hears_of_what_it_can(self) -> Route:
        if self.is_for_all:
            return self
        for kind in OF_THE_INSTALLATION & {*self.kinds}:
            raise ValueError(f"{kind} is of the installation, of no tenant and no group")
        return self

    @property
    def is_for_all(self) -> bool:
        """Whether it is not only for some tenants or groups."""
        return self.tenants is None and self.groups is None


class Book(Fields):
    """The whole file."""

    smtp: SmtpFrom | None = None
    routes: Annotated[dict[RouteName, Route], Field(min_length=1)]
    people: dict[Name, Where] = Field(default={})

    @model_validator(mode="after")
    def _can_be_used(self) -> Book:
        if PEOPLE in self.routes:
            raise ValueError(f"no route may be called {PEOPLE}")
        if self.smtp is None and any(one.email for one in self._places()):
            raise ValueError("there are addresses, and no smtp")
        for kind in MUST_BE_HEARD:
            if not any(one.is_for_all and kind in one.kinds for one in self.routes.values()):
                raise ValueError(f"no route hears of everything that is {kind}")
        ways = sum(len(one.email or "1") for one in self._places())
        if ways > MOST:
            raise ValueError(f"{ways} addresses and other ways are more than {MOST}")
        return self

    def _places(self) -> Iterator[Where]:
        yield from (route.where for route in self.routes.values())
        yield from self.people.values()


def parse(content: bytes) -> Book:
    """The file's content.  Raises `BadSettings`, naming the first bad field and no value."""
    hint = "see docs/NOTIFICATIONS.md"
    try:
        return jsonfile.said(content, Book)
    except ValidationError as refusal:
        where, why = jsonfile.first_wrong(refusal)
        told = f"HOLDSHORT_NOTIFY: {where or 'the file'}: {why}"
        raise BadSettings(told, hint=hint) from None
    except ValueError as error:
        raise BadSettings(f"HOLDSHORT_NOTIFY: not JSON: {error}", hint=hint) from None
