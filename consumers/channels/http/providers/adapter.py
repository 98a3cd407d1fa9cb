"""What a provider is like, as data, and which one the operator uses: two files.

The operator's, which `HOLDSHORT_MAIL_API` names:

    {"provider": "ses", "values": {"region": "eu-west-1"}, "secret_file": "ses.key"}

and the provider's: one of this folder, or one of the operator's own beside theirs, whose name
ends in `.json`.  `docs/WEBHOOKS.md` shows one.
"""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import Annotated

from pydantic import (
    AfterValidator,
    Field,
    JsonValue,
    StringConstraints,
    ValidationError,
    model_validator,
)

from consumers import jsonfile
from consumers.channels.http.destinations import Idempotency, OwnHeader
from consumers.channels.http.providers.mapping import names
from consumers.channels.http.verdict import NARROWABLE
from outbox.errors import BadSettings
from outbox.fields import Fields
from outbox.webhook import Url

SETTING = "HOLDSHORT_MAIL_API"
HINT = "see docs/WEBHOOKS.md"
_KNOWN = re.compile(r"[a-z0-9]{1,40}")
_NEEDED = {"from", "subject", "text", "html", "attachments"}
_EITHER = ({"to", "to_joined"}, {"cc", "cc_joined"})

Value = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,63}$")]


class Auth(Fields):
    header: OwnHeader
    value: Annotated[str, StringConstraints(pattern=r"^[^{}]*\{secret\}$")]


class SigV4(Fields):
    """The secret file holds `KEY:SECRET`."""

    service: Value
    region: Value


class Accepted(Fields):
    """Which answer with 2xx proves that it was taken."""

    id: Annotated[tuple[str, ...], Field(min_length=1)]
    """Where the provider's own name for it stands: a text that is not empty."""
    equals: dict[str, JsonValue] = Field(default_factory=dict)


class Lookup(Fields):
    """{id} is the provider's name for it, {key} ours."""

    url: Annotated[str, StringConstraints(pattern=r"^https://[^{}]*\{(id|key)\}[^{}]*$")]
    known: tuple[str, ...] = ()
    """Where something stands if it is known, and nothing if it is not."""


class Adapter(Fields):
    """What a provider is like."""

    url: Url
    headers: dict[OwnHeader, str] = Field(default_factory=dict)
    auth: Auth | None = None
    sigv4: SigV4 | None = None
    idempotency: Idempotency | None = None
    accepted: Accepted
    lookup: Lookup | None = None
    mail: dict[str, JsonValue]

    @model_validator(mode="after")
    def _says_all_of_a_mail(self) -> Adapter:
        if (self.auth is None) == (self.sigv4 is None):
            raise ValueError("say auth or sigv4")
        told = sorted(names(self.mail))
        if len(set(told)) != len(told):
            raise ValueError("mail: it names a field twice")
        ways = all(len(one.intersection(told)) == 1 for one in _EITHER)
        if {*told} - set().union(*_EITHER) - {"key"} != _NEEDED or not ways:
            raise ValueError(f"mail: it names {told}, which is not all of a mail")
        return self


def _definite(given: tuple[int, ...]) -> tuple[int, ...]:
    if wrong := sorted({*given} - NARROWABLE):
        raise ValueError(f"{wrong} is not among 409 and 5xx")
    return given


class Account(Fields):
    """The operator's file."""

    provider: str
    secret_file: Path
    values: dict[str, Value] = Field(default_factory=dict)
    definite: Annotated[tuple[int, ...], AfterValidator(_definite)] = ()
    may_reach: tuple[str, ...] = ()
    ca_file: Path | None = None


def adapter_of(account: Account, beside: Path) -> Adapter:
    """What the provider is like, with the operator's values.  Raises `BadSettings`."""
    try:
        content = _file(account.provider, beside)
    except OSError as error:
        why = f"there is no provider {account.provider}: {type(error).__name__}"
        raise BadSettings(f"{SETTING}: {why}", hint=HINT) from None
    for name, value in account.values.items():
        content = content.replace(f"{{{name}}}", value)
    try:
        return jsonfile.said(content, Adapter)
    except ValidationError as refusal:
        why = f"{account.provider}: {': '.join(jsonfile.first_wrong(refusal))}"
    except ValueError as error:
        why = f"{account.provider}: no JSON: {error}"
    raise BadSettings(f"{SETTING}: {why}", hint=HINT)


def _file(provider: str, beside: Path) -> str:
    if provider.endswith(".json"):
        return (beside / provider).read_text("utf-8")
    if not _KNOWN.fullmatch(provider):
        raise FileNotFoundError
    return resources.files(__package__).joinpath(f"{provider}.json").read_text("utf-8")
