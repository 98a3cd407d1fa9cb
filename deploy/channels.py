"""The ways out of the building that the settings name, and how to ask about what left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING

from consumers.channels import Channel
from consumers.channels.smtp import Smarthost, Smtp
from outbox.claim import Claim
from outbox.errors import BadSettings, DependencyDown
from outbox.settings import Settings

if TYPE_CHECKING:
    from consumers.channels.http.asking import Asking

Held = Callable[[Claim], bool]
"""Whether the lease of this claim is still ours."""


def channels_of(settings: Settings, held: Held, until: ExitStack) -> Mapping[str, Channel]:
    """Every channel, by its name; what they keep is let go of at the end of `until`.

    Raises `BadSettings` if there is none, or one of them cannot be used.
    """
    channels: dict[str, Channel] = {}
    if settings.mail_api is not None:
        channels["email"] = _mail_api(settings, held)
    elif settings.smtp_url() or settings.webhooks is None:
        smtp = Smtp(smarthost_of(settings), keep_for=settings.smtp_keep)
        channels["email"] = until.enter_context(closing(smtp))
    if settings.webhooks is not None:
        with _installed():
            from consumers.channels.http.places import places_in
            from consumers.channels.http.webhooks import Webhooks
        channels["webhook"] = Webhooks(places_in(settings.webhooks), held=held)
    return channels


def asking_of(settings: Settings) -> Mapping[str, Asking]:
    """How to ask what became of what left by a channel, where it can be asked."""
    found: dict[str, Asking] = {}
    with _installed():
        from consumers.channels.http.asking import of_mail, of_requests
        from consumers.channels.http.places import places_in
        from consumers.channels.http.providers.account import provider_in
    if settings.mail_api is not None:
        found["email"] = of_mail(provider_in(settings.mail_api))
    if settings.webhooks is not None:
        found["webhook"] = of_requests(places_in(settings.webhooks))
    return found


def smarthost_of(settings: Settings) -> Smarthost:
    """Where mail goes, and who may send it.  Raises `BadSettings` if that is not said."""
    url = settings.smtp_url()
    if not url:
        raise BadSettings("HOLDSHORT_SMTP is not set: a sender needs a mail server")
    senders = _senders(settings)
    return Smarthost.from_url(url, ca_file=settings.smtp_ca, senders=senders)


def _mail_api(settings: Settings, held: Held) -> Channel:
    if settings.smtp_url():
        raise BadSettings("HOLDSHORT_SMTP and HOLDSHORT_MAIL_API: mail goes one way, not two")
    senders = _senders(settings)
    with _installed():
        from consumers.channels.http.providers.account import provider_in
        from consumers.channels.http.providers.channel import MailApi
    assert settings.mail_api is not None
    return MailApi(provider_in(settings.mail_api), senders, held=held)


def _senders(settings: Settings) -> frozenset[str]:
    if not settings.smtp_senders:
        raise BadSettings(
            "HOLDSHORT_SMTP_SENDERS is empty: nobody may send anything",
            hint="name the addresses this login may send as, separated by commas",
        )
    return settings.smtp_senders


@contextmanager
def _installed() -> Iterator[None]:
    """Says what to install where what HTTPS needs is missing."""
    try:
        yield
    except ImportError:
        raise DependencyDown(
            "what speaks HTTPS is not installed here", hint="pip install 'holdshort[webhook]'"
        ) from None
