"""Every setting: its name, its default and what it means.

Settings come from the environment only, as `HOLDSHORT_` and the name in capitals.  A name
that nobody knows is refused, so that a mistyped setting cannot be a silent default.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal, NamedTuple
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError

from outbox.agent_settings import OfAnAgent
from outbox.console_settings import Duration, OfTheConsole, OptionalPath
from outbox.errors import BadSettings
from outbox.kafka_settings import OfKafka
from outbox.scoring_settings import OfScoring
from outbox.spelling import address, parts, spelled

PREFIX = "HOLDSHORT_"
_OTHERS = ("HOLDSHORT_TEST_", "HOLDSHORT_FAILPOINT")  # tests, and `outbox.failpoints`


class Settings(OfTheConsole, OfAnAgent, OfScoring, OfKafka):
    """All settings of all processes; each reads the few that it needs."""

    dsn: str = Field(default="", repr=False)  # it may hold a password
    """The PostgreSQL database, as a libpq URI or key=value string."""
    smtp: SecretStr = SecretStr("")
    """The smart host: smtps://login:password@host or smtp+starttls://login:password@host."""
    smtp_password_file: OptionalPath = None
    """A file that holds the smart host's password, in place of one in the address."""
    smtp_ca: OptionalPath = None
    """A PEM file of the only authorities to believe.  Empty: those of the system."""
    smtp_senders: Annotated[frozenset[str], BeforeValidator(parts)] = frozenset()
    """Addresses that may send, with commas.  Empty: nothing may be sent."""
    smtp_keep: Duration = Field(
        default=dt.timedelta(seconds=30), ge=dt.timedelta(0), le=dt.timedelta(minutes=5)
    )
    """How old a connection to the smart host may be that takes one more mail: so long ago
    its certificate was verified at most.  0s: one connection for each mail."""
    mail_api: OptionalPath = None
    """A file that says by which provider's API mail goes, in place of a smart host:
    docs/WEBHOOKS.md."""
    webhooks: OptionalPath = None
    """The file of the destinations that requests may go to: docs/WEBHOOKS.md.  Empty: none."""
    approval_valid_for: Duration = Field(
        default=dt.timedelta(hours=24), ge=dt.timedelta(seconds=1), le=dt.timedelta(days=366)
    )
    """How long an approval may wait for its one attempt."""
    approval_hold: Duration = Field(
        default=dt.timedelta(0), ge=dt.timedelta(0), le=dt.timedelta(days=31)
    )
    """How long an approval is held before anything leaves: the time to take it back."""
    approvals: Literal["signed", "named"] = "signed"
    """What an approval is: signed by an enrolled key, or, without any proof, just a name."""
    trust: OptionalPath = None
    """The root keys that enrol those who may approve, kept outside the database; a sender of
    signed approvals needs it: `holdshort key create root.pem > root.json`."""
    policy_at_least: int = Field(default=0, ge=0)
    """The oldest revision of a signed policy that a sender believes: whoever holds the database
    cannot bring back an older one.  0: any, and none at all until one was signed."""
    key_file: OptionalPath = None
    """The secret key with which you approve, for nobody else to read."""
    send_lease: Duration = Field(
        default=dt.timedelta(seconds=15),
        ge=dt.timedelta(seconds=2),
        le=dt.timedelta(minutes=10),
    )
    """How soon a dead sender is noticed; a living one renews its lease."""
    look_every: Duration = Field(
        default=dt.timedelta(seconds=2),
        ge=dt.timedelta(milliseconds=10),
        le=dt.timedelta(hours=1),
    )
    """How often a stage looks by itself, whether or not the bell rang."""
    sender_threads: int = Field(default=2, ge=1, le=64)
    """How many mails one sender process sends at a time."""
    cells: OptionalPath = None
    """A file that says in which of several databases each tenant lives: docs/SCALE.md."""
    environment: str = ""
    """What this installation is, like production or staging; part of what is armed."""
    nonce_file: OptionalPath = None
    """A file with a random line, kept where no copy of the database has it; part of what is
    armed.  Empty: a cloned disk can not be told from its original."""
    attest_key_file: OptionalPath = None
    """The attester's secret key, for nobody else to read: `holdshort key create FILE`."""
    checkpoints: OptionalPath = None
    """A file, kept where no copy of the database has it, to which the attester adds every
    checkpoint of the receipts log.  Empty: they are in the database alone."""
    notify: OptionalPath = None
    """The file that says who is told of what waits, and how: docs/NOTIFICATIONS.md."""
    intake: Annotated[str, AfterValidator(address)] = ""
    """host:port where agents propose over HTTP, behind TLS if it is beyond loopback.  Empty:
    `run intake` is refused, and `run all` does without."""
    http: Annotated[str, AfterValidator(address)] = ""
    """host:port of /metrics, /livez and /readyz.  Empty: none.  With `run all`, each next
    process takes the port after it."""
    traces: str = ""
    """Where spans of OpenTelemetry go: a collector's OTLP address, as
    http://127.0.0.1:4318/v1/traces; it takes `holdshort[otel]`.  Empty: none are made."""
    log: Literal["json", "console", "auto"] = "auto"
    """How log lines look; auto is console on a terminal and json elsewhere."""

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings.  Raises `BadSettings`, which never shows a value."""
        given = dict(_ours(environ))
        try:
            return cls.model_validate(given)
        except ValidationError as refusal:
            first = refusal.errors(include_url=False, include_input=False)[0]
            why = first["msg"].removeprefix("Value error, ")
            raise BadSettings(f"{variable(str(first['loc'][0]))}: {why}") from None

    def database(self) -> str:
        """The DSN.  Raises `BadSettings` if there is none: libpq would guess one."""
        if not self.dsn:
            hint = "set HOLDSHORT_DSN, or: holdshort demo"
            raise BadSettings("no database is named", hint=hint)
        return self.dsn

    def smtp_url(self) -> str:
        """The smart host's address, with the password from its file if there is one.

        Raises `BadSettings` if that file cannot be read or the password is given twice.
        """
        url = self.smtp.get_secret_value()
        if self.smtp_password_file is None:
            return url
        return _with_password(url, self.smtp_password_file)


class Described(NamedTuple):
    """One line of `holdshort settings`."""

    name: str
    default: str
    """As one would write it; empty means unset."""
    meaning: str


def variable(field: str) -> str:
    """The name in the environment."""
    return PREFIX + field.upper()


def describe() -> tuple[Described, ...]:
    """Every setting, those of Kafka and of the console last."""
    own = {name: Settings.model_fields[name] for name in Settings.__annotations__}
    return tuple(
        Described(
            variable(name),
            spelled(field.get_default()),
            " ".join((field.description or "").split()),
        )
        for name, field in {**own, **Settings.model_fields}.items()
    )


def _ours(environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    known = {variable(field): field for field in Settings.model_fields}
    for name, value in environ.items():
        if not name.startswith(PREFIX) or name.startswith(_OTHERS):
            continue
        if name not in known:
            [nearest] = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
            raise BadSettings(f"{name} is not a setting; the nearest is {nearest}")
        yield known[name], value


def _with_password(url: str, file: Path) -> str:
    try:
        where = urlsplit(url)
    except ValueError:  # its message would show the address
        raise BadSettings("HOLDSHORT_SMTP: not an address") from None
    if where.password is not None or not where.username:
        raise BadSettings("HOLDSHORT_SMTP: with a password file it names a login alone")
    try:
        password = file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeError) as error:
        raise BadSettings(
            f"HOLDSHORT_SMTP_PASSWORD_FILE: {file} cannot be read: {type(error).__name__}"
        ) from None
    login, _, host = where.netloc.rpartition("@")
    secret = quote(password, safe="")
    return where._replace(netloc=f"{login}:{secret}@{host}").geturl()
