"""From the file to the ways: what is told over each, and how it gets there."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from consumers.channels.smtp import Smarthost
from consumers.notifying.mail import Mail
from consumers.notifying.outcome import Way
from consumers.notifying.routes import PEOPLE, Book, Route, SmtpFrom, Where, parse
from consumers.notifying.secrets import secret_in, url_in, webhook_secret_in
from consumers.verifying import verifying
from outbox.errors import BadSettings, DependencyDown
from outbox.notices import Hearing, Kind
from outbox.spelling import duration

_AT_ONCE = dt.timedelta(0)


@dataclass(frozen=True, slots=True)
class Leg:
    """One way to people, all by itself."""

    hearing: Hearing
    label: str
    """The route's name; `people` for everybody whom the policy may name."""
    host: str
    """Whom it connects to."""
    way: Way = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Said:
    """A place of the file, and what is told there."""

    name: str
    label: str
    where: Where
    kinds: tuple[Kind, ...]
    route: Route | None = None
    person: str | None = None


def legs_of(file: Path | None) -> tuple[Leg, ...]:
    """Every way that the file names.

    Raises `BadSettings` for a file, or a secret beside it, that cannot be used, and
    `DependencyDown` where what HTTPS needs is not installed.
    """
    if file is None:
        raise BadSettings(
            "HOLDSHORT_NOTIFY is not set: a notifier needs to know whom to tell",
            hint="write the file: docs/NOTIFICATIONS.md",
        )
    try:
        book = parse(file.read_bytes())
    except OSError as error:
        why = f"{file} cannot be read: {type(error).__name__}"
        raise BadSettings(f"HOLDSHORT_NOTIFY: {why}") from None
    beside = file.resolve().parent
    return tuple(leg for said in _said(book) for leg in _legs(said, book, beside))


def _said(book: Book) -> Iterator[_Said]:
    for name, route in book.routes.items():
        yield _Said(name, name, route.where, route.kinds, route=route)
    for name, where in book.people.items():
        yield _Said(f"{PEOPLE}/{name}", PEOPLE, where, (Kind.ESCALATED,), person=name)


def _legs(said: _Said, book: Book, beside: Path) -> Iterator[Leg]:
    for name, host, way in _ways(said, book, beside):
        yield Leg(_hearing(said, name), said.label, host, way)


def _hearing(said: _Said, name: str) -> Hearing:
    gather = duration(said.route.gather) if said.route else _AT_ONCE
    assert isinstance(gather, dt.timedelta)
    return Hearing(
        route=name,
        kinds=said.kinds,
        tenants=said.route.tenants if said.route else None,
        groups=said.route.groups if said.route else None,
        person=said.person,
        gather=gather,
    )


def _ways(said: _Said, book: Book, beside: Path) -> Iterator[tuple[str, str, Way]]:
    where = said.where
    if where.email is not None:
        assert book.smtp is not None
        smarthost = _smarthost(book.smtp, beside)
        for to in dict.fromkeys(where.email):
            mail = Mail(smarthost, book.smtp.sender, to)
            yield f"{said.name}/{_mark(to)}", smarthost.host, mail
    else:
        url, way = _over_https(where, beside)
        yield said.name, urlsplit(url).hostname or "", way


def _over_https(where: Where, beside: Path) -> tuple[str, Way]:
    try:
        # Here, since whoever is told by mail alone needs no client.
        from consumers.notifying.web import Slack, Webhook
    except ImportError:
        raise DependencyDown(
            "what speaks HTTPS is not installed here",
            hint="pip install 'holdshort[console]'",
        ) from None
    tls = verifying(where.ca_file and beside / where.ca_file)
    if where.slack is not None:
        url = url_in(beside / where.slack)
        return url, Slack(url, tls)
    assert where.webhook is not None
    assert where.secret_file is not None
    secret = webhook_secret_in(beside / where.secret_file)
    return where.webhook, Webhook(where.webhook, secret, tls)


def _mark(to: str) -> str:
    """Tells addresses of one route apart in the database, which never has them."""
    return hashlib.sha256(to.encode()).hexdigest()[:8]


def _smarthost(said: SmtpFrom, beside: Path) -> Smarthost:
    password = quote(secret_in(beside / said.password_file), safe="")
    login, at, host = said.url.partition("://")[2].rpartition("@")
    if not at or ":" in login:
        raise BadSettings("HOLDSHORT_NOTIFY: smtp.url names a login and no password")
    scheme = said.url.partition("://")[0]
    authorities = said.ca_file and beside / said.ca_file
    return Smarthost.from_url(f"{scheme}://{login}:{password}@{host}", ca_file=authorities)
