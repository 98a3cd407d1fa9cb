"""Django's mail, proposed: EMAIL_BACKEND = "outbox.adapters.django.EmailBackend".

Whatever the site sends with `django.core.mail` is held for a person instead, in the very
transaction in which it is sent: what is rolled back was never proposed.

    HOLDSHORT_PRODUCER    in whose name, such as "shop"; must be set
    HOLDSHORT_DATABASE    the alias of DATABASES whose database has Holdshort; "default"

That login of the database must be in the group `holdshort_agent`.  The key of a mail is its
header `Idempotency-Key`.  A mail without one gets a new key: unlike a model, a site that calls
twice may mean it, and who calls again after a rollback has proposed nothing before.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connections, transaction

from outbox.adapters.django_mail import artifact_of
from outbox.errors import HoldshortError
from outbox.intent import Intent, Proposal
from outbox.submit import submit_each

log = logging.getLogger("holdshort")


@dataclass(frozen=True, slots=True)
class Held:
    """What a mail that was handed in has as its attribute `holdshort`."""

    intent: Intent
    said: str


class EmailBackend(BaseEmailBackend):  # type: ignore[misc]  # Django ships no types
    """Proposes what it is given: all of it, or none.

    Raises what `submit` does, unless it is to fail silently: then it logs that, and says 0.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were proposed; none is sent."""
        mails = [mail for mail in email_messages if mail.recipients()]
        try:
            intents = _proposed([_proposal(mail) for mail in mails])
        except HoldshortError as error:
            if not self.fail_silently:
                raise
            log.error("not held, and not sent: %s", error)
            return 0
        for mail, intent in zip(mails, intents, strict=True):
            mail.holdshort = Held(intent, _SAID.format(intent.id))
        return len(mails)


_SAID = (
    "held, not sent: intent {} waits for a person, or has had an answer if its key was"
    " proposed before. This call has sent nothing."
)


def _proposal(mail: EmailMessage) -> Proposal:
    producer = getattr(settings, "HOLDSHORT_PRODUCER", "")
    if not producer:
        raise ImproperlyConfigured("HOLDSHORT_PRODUCER says in whose name mails are proposed")
    artifact, key = artifact_of(mail)
    return Proposal(artifact=artifact, key=key or f"django-{uuid.uuid4()}", producer=producer)


def _proposed(proposals: list[Proposal]) -> list[Intent]:
    if not proposals:
        return []
    alias = getattr(settings, "HOLDSHORT_DATABASE", "default")
    # Within a transaction this is a savepoint: after a refusal the caller's goes on.
    with transaction.atomic(using=alias):
        return submit_each(_psycopg(alias), proposals)


def _psycopg(alias: str) -> psycopg.Connection[Any]:
    connection = connections[alias].connection
    if not isinstance(connection, psycopg.Connection):
        raise ImproperlyConfigured(
            f"HOLDSHORT_DATABASE={alias}: mails are proposed over PostgreSQL with psycopg 3"
        )
    return connection
