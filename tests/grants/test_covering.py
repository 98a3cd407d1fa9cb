"""What a grant covers: every difference that it does not leave open is beyond it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from outbox.intent import Amount
from outbox.manifest import MailManifest, Transport, sha256_of
from outbox.manifest.shape import Body, Envelope, File, Headers, Identity
from schemas.authority.covering import Leaving, beyond
from schemas.authority.standing import Cap, Grant, grant

NOON = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)
BODY, OTHER_BODY = sha256_of(b"dear"), sha256_of(b"other")
ADDRESSES = ("ada@example.org", "bob@example.org", "ada@example.com", "Ada@example.org")
DOMAINS = ("@example.org", "@example.com", "@ample.org", "@sub.example.org")
TRANSPORT = Transport(tls=True, verified_name=True, minimum_version="TLSv1.2", login=True)

recipients = st.lists(st.sampled_from(ADDRESSES), min_size=1, max_size=3, unique=True)
named = st.lists(st.sampled_from((*ADDRESSES, *DOMAINS)), min_size=1, max_size=3, unique=True)
bodies = st.lists(st.sampled_from((BODY, OTHER_BODY)), min_size=1, max_size=2)
words = st.sampled_from(("Invoice", "invoice", "Invoice ", "Other"))
identities = st.tuples(
    st.sampled_from(("billing@example.com", "ceo@example.com")),
    st.sampled_from(("", "Billing", "CEO")),
)
amounts = st.none() | st.builds(
    Amount, value=st.integers(0, 3), currency=st.sampled_from(("EUR", "USD"))
)
caps = st.none() | st.builds(Cap, st.sampled_from(("EUR", "USD")), st.integers(0, 3))


@st.composite
def grants(draw: st.DrawFn) -> Grant:
    sender, sender_name = draw(identities)
    chosen = draw(st.none() | bodies)
    return Grant(
        log=draw(st.sampled_from(("holdshort/a", "holdshort/b"))),
        tenant="default",
        giver=draw(st.sampled_from(("ada", "Biller "))).strip(),
        channel=draw(st.sampled_from(("email", "webhook"))),
        sender=sender,
        sender_name=sender_name,
        recipients=tuple(draw(named)),
        subject=draw(st.none() | words),
        bodies=None if chosen is None else tuple(chosen),
        attachments=draw(st.integers(0, 2)),
        amount=draw(caps),
        uses=draw(st.integers(1, 9)),
        not_before=NOON,
        expires_at=NOON + dt.timedelta(days=1),
    )


@st.composite
def leavings(draw: st.DrawFn) -> Leaving:
    address, name = draw(identities)
    to = tuple(draw(recipients))
    file = File(filename="a.pdf", media_type="application/pdf", size=1, digest=BODY)
    said = MailManifest(
        log=draw(st.sampled_from(("holdshort/a", "holdshort/b"))),
        intent=7,
        version=1,
        key="key-7",
        producer=draw(st.sampled_from(("biller", "shop"))),
        channel="email",
        artifact=BODY,
        blind=BODY,
        envelope=Envelope(sender=address, to=to),
        identity=Identity(address=address, name=name),
        headers=Headers(subject=draw(words), to=to, cc=(), message_id="<7@example.com>"),
        bodies=tuple(
            Body(media_type="text/plain", size=4, digest=digest) for digest in draw(bodies)
        ),
        attachments=(file,) * draw(st.integers(0, 2)),
        transport=TRANSPORT,
        policy=None,
        not_before="2026-11-28T12:00:00.000000Z",
        not_after=None,
    )
    return Leaving(said, draw(amounts))


def mail_of(leaving: Leaving) -> MailManifest:
    assert isinstance(leaving.manifest, MailManifest)
    return leaving.manifest


def covering(leaving: Leaving) -> Grant:
    """The narrowest grant that covers it."""
    said, amount = mail_of(leaving), leaving.amount
    return Grant(
        log=said.log,
        tenant="default",
        giver="ada",
        channel=said.channel,
        sender=said.identity.address,
        sender_name=said.identity.name,
        recipients=said.envelope.to,
        subject=said.headers.subject,
        bodies=tuple(body.digest for body in said.bodies),
        attachments=len(said.attachments),
        amount=None if amount is None else Cap(amount.currency, amount.value),
        uses=1,
        not_before=NOON,
        expires_at=NOON + dt.timedelta(days=1),
    )


@given(grants())
def test_a_grant_is_read_back_as_it_was_written(said: Grant) -> None:
    assert grant(said.written()) == said


@given(leavings())
def test_everything_is_covered_by_the_grant_that_names_it(leaving: Leaving) -> None:
    assert beyond(covering(leaving), leaving) == ""


@given(leavings(), st.data())
def test_a_grant_that_differs_in_one_thing_covers_it_no_longer(
    leaving: Leaving, data: st.DataObject
) -> None:
    said = covering(leaving)
    others: dict[str, object] = {
        "log": "holdshort/c",
        "channel": "sms",
        "sender": "eve@example.com",
        "sender_name": "Eve",
        "giver": leaving.manifest.producer.upper(),
        "recipients": ("@example.net", *said.recipients[1:]),
        "subject": f"{said.subject}!",
        "bodies": (*(said.bodies or ()), BODY),
        "attachments": said.attachments - 1,
        "amount": said.amount and replace(said.amount, most=said.amount.most - 1),
    }
    if said.attachments == 0:
        del others["attachments"]
    if said.amount is None:
        others["amount"] = Cap("EUR", 9)
    name = data.draw(st.sampled_from(sorted(others)))
    other = replace(said, **{name: others[name]})  # type: ignore[arg-type]

    assert beyond(other, leaving) != ""


@given(grants(), leavings())
def test_what_is_covered_is_all_within_what_the_grant_says(
    said: Grant, leaving: Leaving
) -> None:
    if beyond(said, leaving):
        return
    manifest, amount = mail_of(leaving), leaving.amount
    assert manifest.log == said.log
    assert manifest.producer.casefold() != said.giver.casefold()
    assert manifest.channel == said.channel
    assert (manifest.identity.address, manifest.identity.name) == (
        said.sender,
        said.sender_name,
    )
    for one in manifest.envelope.to:
        assert one in said.recipients or one[one.index("@") :] in said.recipients
    assert said.subject in (None, manifest.headers.subject)
    assert said.bodies in (None, tuple(body.digest for body in manifest.bodies))
    assert len(manifest.attachments) <= said.attachments
    assert (amount is None) == (said.amount is None)
    if amount is not None and said.amount is not None:
        assert (amount.currency, amount.value <= said.amount.most) == (
            said.amount.currency,
            True,
        )


@given(grants(), leavings(), st.text(max_size=3), st.text(max_size=3))
def test_a_domain_covers_no_domain_that_only_ends_or_begins_like_it(
    said: Grant, leaving: Leaving, before: str, after: str
) -> None:
    domain = f"{before}example.org{after}"
    to = (f"ada@{domain}",)
    envelope = mail_of(leaving).envelope.model_copy(update={"to": to})
    other = Leaving(leaving.manifest.model_copy(update={"envelope": envelope}), leaving.amount)
    only = replace(said, recipients=("@example.org",))

    assert beyond(only, other) != "" or domain.rpartition("@")[2] == "example.org"
